"""The word lists that figures are read by, as they stand in counting.toml."""

from __future__ import annotations

from functools import cache

from newsledger.extract.lists.wordlists import word_table


@cache
def noun_list(name: str) -> frozenset[str]:
    """Give one of the lists about nouns."""
    return frozenset(word_table("counting")["nouns"][name].split())


@cache
def change_words(direction: str) -> frozenset[str]:
    """Give the words that tell of a change: `increase` or `decrease`, in all their forms."""
    return frozenset(word_table("counting")["change"][direction].split())
