"""The word lists that figures are read by, as they stand in counting.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def counting_table() -> dict[str, Any]:
    """Read the lists."""
    return tomllib.loads((files("newsledger.extract.lists") / "counting.toml").read_text(encoding="utf-8"))


@cache
def noun_list(name: str) -> frozenset[str]:
    """Give one of the lists about nouns."""
    return frozenset(counting_table()["nouns"][name].split())


@cache
def change_words(direction: str) -> frozenset[str]:
    """Give the words that tell of a change: `increase` or `decrease`, in all their forms."""
    return frozenset(counting_table()["change"][direction].split())
