"""The word lists that figures are read by, as they stand in counting.toml."""

from __future__ import annotations

from functools import cache

from newsledger.extract.lists.wordlists import word_table


@cache
def noun_list(name: str) -> frozenset[str]:
    """Give one of the lists about nouns."""
    return frozenset(word_table("counting")["nouns"][name].split())


@cache
def change_words(kind: str) -> frozenset[str]:
    """Give words that tell of a change: `increase` in all forms, `increase_noun`, `increase_after`, or `decrease`."""
    return frozenset(word_table("counting")["change"][kind].split())
