"""The word lists of names, in the form that reading needs."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_NUMERALS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_LITTLE = 0.3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of names by what they tell."""

    titles: frozenset[str]
    suffixes: frozenset[str]
    ships: frozenset[str]
    filiation: frozenset[str]
    weights: dict[str, float]  # of words that tell little; any other weighs 1
    legal: frozenset[tuple[str, ...]]
    legal_starts: frozenset[str]
    legal_ends: frozenset[str]
    longest_legal: int
    same: dict[str, str]
    variants: dict[str, frozenset[int]]  # first name -> the numbers of the names that it is a form of
    sounds: dict[str, str]  # spelling -> sound
    numerals: dict[str, int]


@cache
def vocabulary() -> Vocabulary:
    """Read the lists once."""
    table = tomllib.loads((files("newsledger.extract.naming") / "words.toml").read_text(encoding="utf-8"))
    legal = frozenset(tuple(form.split()) for form in table["legal"])
    return Vocabulary(
        titles=frozenset(table["titles"].split()),
        suffixes=frozenset(table["suffixes"].split()),
        ships=frozenset(table["ships"].split()),
        filiation=frozenset(table["filiation"].split()),
        weights=dict.fromkeys((*table["particles"].split(), *table["generic"].split()), _LITTLE),
        legal=legal,
        legal_starts=frozenset(form[0] for form in legal),
        legal_ends=frozenset(form[-1] for form in legal),
        longest_legal=max(map(len, legal)),
        same=_turned(table["same"]),
        variants=_variants(table["variants"]),
        sounds=_turned(table["sounds"]),
        numerals=_numerals(),
    )


def _turned(table: dict[str, str]) -> dict[str, str]:
    return {way: word for word, ways in table.items() for way in ways.split()}


def _variants(table: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(table.splitlines()):
        for word in line.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _numerals() -> dict[str, int]:
    ones = {word: number for number, word in enumerate(_NUMERALS.split())}
    tens = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
    ordinals = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}
    return {**ones, **tens, **ordinals}
