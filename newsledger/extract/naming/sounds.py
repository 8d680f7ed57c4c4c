"""How a name sounds, coarsely: what typists, ears and transliterators of several languages write alike."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from newsledger.extract.naming.vocabulary import vocabulary

_DOUBLED = re.compile(r"([a-zS])\1+")
# Whether a consonant is voiced, and whether a sibilant has its mark, is often lost.
_CONSONANTS = str.maketrans("zgvdbS", "skftps", "aeiouh")


@lru_cache(maxsize=16384)
def sound(word: str) -> str:
    """Level the spelling of a word of lower-case Latin letters."""
    sounds = vocabulary().sounds
    begun = f"s{word[1:]}" if word.startswith("x") else word  # Xi, Xenia; elsewhere it is ks
    return _DOUBLED.sub(r"\1", _spelling().sub(lambda found: sounds[found[0]], begun))


@lru_cache(maxsize=16384)
def skeleton(sounded: str) -> str:
    """Keep the consonants of a levelled word."""
    return _DOUBLED.sub(r"\1", sounded.translate(_CONSONANTS))


@cache
def _spelling() -> re.Pattern[str]:
    return re.compile("|".join(sorted(vocabulary().sounds, key=len, reverse=True)))
