"""What the commands share: options and what they may hold, how examples begin, which configuration was read."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsledger.records.errors import InputError

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
# A midnight of these years is a moment in every zone.
_YEARS = range(2, 9999)

_read: list[Config] = []


def configured(named: Path | None) -> Config:
    """Read the configuration that a command is given; raises ConfigError."""
    from flows.config import read_config  # noqa: PLC0415

    config = read_config(named)
    _read.append(config)
    return config


def day_option(name: str, help_: str) -> Any:  # noqa: ANN401 - as typer types its options
    """Make an option for a day; `read_days` reads what it is given."""
    return typer.Option(name, metavar="YYYY-MM-DD", help=help_)


def read_days(**given: str | None) -> tuple[date | None, date | None]:
    """Read the first and the last day of a time, by the names of their options; None where one is not given.

    Raises InputError for what is no day, and where the last comes before the first.
    """
    (first_name, first), (last_name, last) = ((name.rstrip("_"), _day(text)) for name, text in given.items())
    if first and last and first > last:
        message = f"--{first_name} {first} is after --{last_name} {last}; write the earlier day first"
        raise InputError(message)
    return first, last


def read_day(text: str) -> date:
    """Read a day. Raises InputError for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _no_day(text) from None


def today(config: Config) -> date:
    """Give the day that it is in the configured zone."""
    return datetime.now(config.zone).date()


def _day(text: str | None) -> date | None:
    day = None if text is None else read_day(text)
    if day and day.year not in _YEARS:
        raise _no_day(str(text))
    return day


def _no_day(text: str) -> InputError:
    return InputError(f"not a date: {text!r}; write it as YYYY-MM-DD")


def last_configured() -> Config | None:
    """Give the configuration read last, if any was."""
    return _read[-1] if _read else None
