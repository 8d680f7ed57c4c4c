"""The phrases that news sites write beside their articles, one pattern a kind."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_TABLES: dict[str, list[str]] = tomllib.loads(
    (files("newsledger.fetch.pages") / "phrases.toml").read_text(encoding="utf-8")
)


def phrases(name: str) -> str:
    """Give a table of `phrases.toml` as one group of alternatives, to be put into a pattern."""
    return f"(?:{'|'.join(_TABLES[name])})"
