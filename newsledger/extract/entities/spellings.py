"""Other spellings and slips of the names of known people, told more strictly than two whole names are."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from newsledger.extract.naming import similarity
from newsledger.extract.naming.forms import LONGEST, form_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsledger.extract.lexicon import Lexicon
    from newsledger.extract.naming.forms import Word

# Shorter surnames that differ in one letter are mostly two surnames.
_LEAST = 7
_LEAST_IN_FULL = 5
# Of two names in one text one may sooner be a slip for the other.
_LEAST_NEAR = 6
_LEAST_SWAPPED = 5
_LEAST_WITH_SLIP = 9
_SURE = 0.7
# What tells a woman's surname from a man's in Slavic languages.
_FEMININE = ("ova", "eva", "ina", "aya", "aia", "aja", "ska", "cka")
_GENERATIONS = (" jr", " sr", " ii", " iii")
_MASCULINE = ("ov", "ev", "in", "y", "i", "j")


def respelt(surname: str, known: str) -> bool:
    """Tell whether a surname that stands alone is a known one, spelt as another language does or with one slip."""
    if min(len(surname), len(known)) < _LEAST or _gender_differs(surname, known):
        return False
    if OSA.distance(surname, known, score_cutoff=1) <= 1:
        return True
    one, other = _last(surname), _last(known)
    return one is not None and other is not None and one.sound == other.sound


def misprinted(surname: str, near: str) -> bool:
    """Tell whether a surname is a misprint of one that the same text spells otherwise: Peksov of Peskov."""
    if surname[:1] != near[:1] or _gender_differs(surname, near):
        return False
    slips = OSA.distance(surname, near, score_cutoff=1)
    if slips <= 1 and sorted(surname) == sorted(near):
        return len(near) >= _LEAST_SWAPPED
    return slips <= 1 and min(len(surname), len(near)) >= _LEAST_NEAR


def known_person(lexicon: Lexicon, name: str) -> str | None:
    """Find whom of the registry a full name spells in another way: Uladzimir Makey is Vladimir Makei.

    Who is called junior or senior to be told from a namesake is not taken for him.
    """
    surname = _last(name)
    if surname is None or name.casefold().rstrip(".").endswith(_GENERATIONS) or len(surname.text) < _LEAST_IN_FULL:
        return None
    found = {
        ident
        for own, known, ident in _by_consonants(lexicon).get(surname.skeleton, ())
        if _one_surname(surname, own) and similarity(name, known, "PER") >= _SURE
    }
    return found.pop() if len(found) == 1 else None


def _one_surname(surname: Word, known: Word) -> bool:
    if _gender_differs(surname.text, known.text):
        return False
    slip = len(surname.text) >= _LEAST_WITH_SLIP
    return OSA.distance(surname.sound, known.sound, score_cutoff=1) <= slip


def _gender_differs(surname: str, other: str) -> bool:
    one, two = surname.lower(), other.lower()
    return (one.endswith(_FEMININE) and two.endswith(_MASCULINE)) or (
        two.endswith(_FEMININE) and one.endswith(_MASCULINE)
    )


def _last(name: str) -> Word | None:
    words = form_of(name[:LONGEST], "PER").words
    return words[-1] if words else None


@lru_cache(maxsize=4)
def _by_consonants(lexicon: Lexicon) -> Mapping[str, tuple[tuple[Word, str, str], ...]]:
    """Index all people's surnames, full names and ids by the consonants of the surname."""
    found: dict[str, list[tuple[Word, str, str]]] = defaultdict(list)
    for entry in lexicon.entries.values():
        if entry.type == "PER":
            for name in (entry.name, *entry.aliases):
                surname = _last(name) if " " in name else None
                if surname is not None:
                    found[surname.skeleton].append((surname, name, entry.id))
    return {skeleton: tuple(names) for skeleton, names in found.items()}
