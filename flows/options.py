"""What the commands share: options, how examples begin, and which configuration was read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from newsledger.records.config import Config

EXAMPLES = "\b\nExamples:\n  newsledger "
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The configuration; else $NEWSLEDGER_CONFIG, else ./config.yaml, else the default that comes along.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
PlainOption = Annotated[bool, typer.Option("--plain", help="Run the same stages without Prefect.")]

_read: list[Config] = []


def configured(named: Path | None) -> Config:
    """Read the configuration that a command is given; raises ConfigError."""
    from flows.config import read_config  # noqa: PLC0415

    config = read_config(named)
    _read.append(config)
    return config


def last_configured() -> Config | None:
    """Give the configuration read last, if any was."""
    return _read[-1] if _read else None
