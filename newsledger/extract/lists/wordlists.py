"""The word lists that travel with the package."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_table(name: str) -> dict[str, Any]:
    """Read one of the TOML files beside this module."""
    return tomllib.loads(text(f"{name}.toml"))


@cache
def common_words() -> frozenset[str]:
    """Read the words that begin a sentence or stand in a headline without being a name."""
    return frozenset(text("common.txt").split())


@cache
def frequent_words() -> tuple[str, ...]:
    """Read the words that English uses most, the most frequent first."""
    lines = (line for line in text("frequent.txt").splitlines() if not line.startswith("#"))
    return tuple(word for line in lines for word in line.split())


@cache
def agents() -> dict[str, tuple[str, ...]]:
    """Read the nouns for those who act, by PLOVER sector."""
    rows = (line.split("|") for line in text("agents.txt").splitlines() if not line.startswith("#"))
    return {code: tuple(nouns.split(",")) for code, nouns in rows}


def text(name: str) -> str:
    """Read any file beside this module."""
    return (files("newsledger.extract.lists") / name).read_text(encoding="utf-8")
