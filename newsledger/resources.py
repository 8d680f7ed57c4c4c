"""The files that travel with the package: the default configuration and the registry's seed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

DataFile = Literal["config.yaml", "registry.yaml"]

# In a checkout the files stand where users edit them; the wheel carries copies of them (see pyproject.toml).
_CHECKOUT = Path(__file__).resolve().parent.parent
_IN_CHECKOUT = {"config.yaml": _CHECKOUT / "config.yaml", "registry.yaml": _CHECKOUT / "seeds" / "registry.yaml"}


def data_file(name: DataFile) -> Traversable:
    """Find a data file of the package, installed or in a checkout."""
    packaged = files("newsledger") / "data" / name
    return packaged if packaged.is_file() else _IN_CHECKOUT[name]
