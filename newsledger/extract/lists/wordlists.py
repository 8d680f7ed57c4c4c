"""The word lists that travel with the package, as they stand in names.toml and common.txt."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_table() -> dict[str, Any]:
    """Read names.toml."""
    return tomllib.loads((files("newsledger.extract.lists") / "names.toml").read_text(encoding="utf-8"))


@cache
def common_words() -> frozenset[str]:
    """Read the words that begin a sentence or stand in a headline without being a name."""
    return frozenset((files("newsledger.extract.lists") / "common.txt").read_text(encoding="utf-8").split())
