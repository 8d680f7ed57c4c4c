"""Which known word a wrong one was meant to be."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable

# How alike, of 100, words must be: as a whole, or as parts of each other in another order.
_ALIKE, _ALIKE_IN_PART = 66, 75
# A part of a word must be as long as this share of it.
_SHORTEST = 0.5


def nearest(given: str, known: Iterable[str], most: int = 1) -> list[str]:
    """Give the known words that are near enough to be meant, the nearest first, each in one spelling only."""
    wanted = folded(given)
    spellings: dict[str, str] = {}
    for one in known:
        if len(one) >= _SHORTEST * len(wanted):
            spellings.setdefault(folded(one), one)
    words = list(spellings)
    found = [
        *process.extract(wanted, words, scorer=fuzz.ratio, limit=most, score_cutoff=_ALIKE),
        *process.extract(wanted, words, scorer=fuzz.WRatio, limit=most, score_cutoff=_ALIKE_IN_PART),
    ]
    return [spellings[word] for word in dict.fromkeys(word for word, _, _ in found)][:most]


def folded(name: str) -> str:
    """Write a name without case and accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(sign))
