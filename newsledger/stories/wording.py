"""What tells one story from another in a text: its names, its numbers and the other words that it begins with."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Facet = Literal["names", "numbers", "lead"]
FACETS: tuple[Facet, ...] = ("names", "numbers", "lead")

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]
_SHORT = [month[:3] for month in _MONTHS]
_MONTH = rf"({'|'.join([*_MONTHS, *_SHORT])}|Sept)"
_DAY = r"(\d\d?)(?![\d.,]*\d)"
_DATE = re.compile(rf"\b(?:{_MONTH}\.? {_DAY}|{_DAY} {_MONTH}\b)")
_READ = 6_000  # characters: what stands further down is background
_LEAD = 150  # words, the headline's among them
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDINGS = ("ing", "ed", "ly", "er", "e")
_STEM = 4  # letters that an ending leaves at least

# How likely an article of usual length holds a word, as its rank among the words tells: Zipf's law, in round numbers.
_ARTICLE = 250
_MOST_USED = 0.1
_RANKS_MERGED = 3
_UNKNOWN_RANK = 60_000
_HELD_AS: dict[Facet, float] = {"names": 0.4, "lead": 0.4, "numbers": 1.0}


@dataclass(frozen=True, slots=True)
class Wording:
    """How often a text has what is telling in it, facet by facet, and the years that it names."""

    facets: tuple[Mapping[str, int], ...]  # in the order of FACETS
    years: frozenset[int]


def read_wording(title: str | None, text: str) -> Wording:
    """Read a text from its beginning. Without letter case, as in Arabic, it has no names to show."""
    headed = text if title is None or text.startswith(title) else f"{title}\n{text}"
    tokens = _TOKEN.findall(_DATE.sub(_date, headed[:_READ]))
    counts = Counter(tokens)
    stems: Counter[str] = Counter()
    for token, times in counts.items():
        stems[stem(token)] += times
    lower = {stem(token) for token in counts if token[0].islower()}
    names = (name for token in counts if token[0].isupper() and (name := stem(token)) not in lower)
    told = {name: stems[name] for name in names if len(name) > 1}
    words = (word for token in tokens[:_LEAD] if len(word := stem(token)) > 1 and word not in told)
    numbers = {token: times for token, times in counts.items() if token[0].isdigit()}
    return Wording(
        facets=(told, numbers, {word: stems[word] for word in words}),
        years=frozenset(int(number) for number in numbers if _YEAR.fullmatch(number)),
    )


def _date(found: re.Match[str]) -> str:
    """Write a date as one number: the 18 of a month is not that of 18 men, and its month is no name."""
    month, day = (found[1], found[2]) if found[1] else (found[4], found[3])
    return f" {day}.{_SHORT.index(month[:3]) + 1:02} "


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Cut the commonest English endings off, so that forms of a word are one."""
    word = word.casefold()
    if word.endswith("ies") and len(word) > _STEM + 1:
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss") and len(word) >= _STEM:
        word = word[:-1]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word[: -len(ending)]
            if len(word) > _STEM and word[-1] == word[-2]:
                word = word[:-1]
            break
    return f"{word[:-1]}y" if word.endswith("i") else word


def expected(facet: Facet, word: str) -> float:
    """Give how likely any article at all holds a word in a facet."""
    if facet == "numbers":
        return 1 / 40 if _YEAR.fullmatch(word) else 1 / 300 if len(word) <= 2 else 1 / 3000  # noqa: PLR2004
    share = _shares().get(word, 1 / _UNKNOWN_RANK)
    return _HELD_AS[facet] * (1 - (1 - _MOST_USED * share) ** _ARTICLE)


@cache
def _shares() -> Mapping[str, float]:
    lines = (files("newsledger.stories") / "frequent.txt").read_text(encoding="utf-8").splitlines()
    words = (word for line in lines if not line.startswith("#") for word in line.split())
    shares: defaultdict[str, float] = defaultdict(float)
    for rank, word in enumerate(words, _RANKS_MERGED):
        shares[stem(word)] += 1 / rank
    return shares
