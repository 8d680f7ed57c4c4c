"""Which way a figure went: "rose by 5 percent", "a 5 percent drop", "10 percent lower", "down from 7"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.extract.figures.counting import change_words
from newsledger.extract.figures.units import is_duration, is_money
from newsledger.extract.grammar.numerals import listed

if TYPE_CHECKING:
    from newsledger.extract.figures.counted import Counted
    from newsledger.records.extraction import Change

_DIRECTIONS: tuple[Change, Change] = ("increase", "decrease")
_REACH = 110
_NEAR = 9
WORDS = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|[0-9]+(?:[.,][0-9]+)*|[.,;:!?\u2014\"\u201c\u201d()\n]")
STOPS = frozenset('.,;:!?\n"\u201c\u201d()\u2014')
_UP_FROM = re.compile(r",?[^\S\n]+(?:which[^\S\n]+is[^\S\n]+)?(up|down)[^\S\n]+(?:from|on)\b")
BEHIND = re.compile(r"[^\S\n]+(?:(?:sharp|annual|year-on-year|further|overall|additional)[^\S\n]+)?([a-z]+)\b")
_JOINED = re.compile(r"[^\S\n]*(?:,[^\S\n]*and|,|and|or)[^\S\n]*$")
_PARTICLE_VERBS = frozenset(
    listed(
        "make makes made making set sets setting end ends ended add adds take takes took put puts pick step sum come "
        "shoot shoots shot shooting gun gunned bring brings brought bringing tear tore torn turn turns turned turning "
        "track tracks tracked hunt hunted strike struck break broke hold holds held sit stand stood"
    )
)
_NOT_BEFORE = frozenset(listed("a an the its another from between with than at for on"))
_QUALIFIERS = frozenset(listed("annual further additional net record combined total"))
_RELATIVE = ("percent", "percentage point", "times", "fraction")


def change_of(text: str, counted: Counted, floor: int, hedge: int, before: Change | None) -> Change | None:
    """Tell whether the figure rose or fell; `floor` is where its clause begins, `hedge` where its hedge does.

    `before` is the change of the figure right before it, which "5 and 7 percent" share.
    """
    behind = _change_behind(text, counted)
    words = WORDS.findall(text, max(floor, hedge - _REACH), hedge)
    if behind or not words:
        return behind
    if before and _JOINED.search(text, max(floor, hedge - 8), hedge):
        return None if is_duration(_measured(counted)) else before
    return _change_before(_without_qualifiers(words), counted)


def _without_qualifiers(words: list[str]) -> list[str]:
    """Take "sharply" and "a further" off the end, behind which a change is told all the same."""
    while words[1:] and words[-1].endswith("ly"):
        words = words[:-1]
    qualified = words[1:] and words[-1] in _QUALIFIERS
    words = words[:-1] if qualified else words
    return words[:-1] if qualified and words[1:] and words[-1] in ("a", "an") else words


def is_noun_of_change(word: str) -> bool:
    """Tell "increase" and "drop" from other words."""
    return any(word in change_words(f"{direction}_noun") for direction in _DIRECTIONS)


def _measured(counted: Counted) -> str:
    return (counted.quantity.unit or "").split("/")[0]


def _change_before(words: list[str], counted: Counted) -> Change | None:
    """Read "fell by", "up", "the loss of"."""
    unit = _measured(counted)
    last, second = words[-1].lower(), words[-2].lower() if words[1:] else ""
    # "Cut supplies to 5 countries" tells where to, "the number rose to 5 countries" how far.
    aims = last == "to" and unit == "count" and counted.noun and not {"from", "number", "total"} & set(words)
    particle = last in ("up", "down") and second in _PARTICLE_VERBS
    if last in _NOT_BEFORE or aims or particle or (last.startswith("rais") and is_money(unit)):
        return None
    lost = last == "of" and second in ("loss", "losses") and unit == "count"
    if lost or (last == "off" and second in STOPS):
        return "decrease"
    if last == "by" and second in ("up", "down"):
        return _direction_of(second)
    return _direction(words[:-1], nouns=last == "of") if last in ("by", "to", "of") else _direction_of(last)


def _change_behind(text: str, counted: Counted) -> Change | None:
    """Read ", up from", "5 percent growth", "10 percent lower"."""
    compared = _UP_FROM.match(text, counted.end)
    if compared:
        return "increase" if compared[1].lower() == "up" else "decrease"
    points = counted.noun is not None and text.endswith("points", 0, counted.noun[1])
    found = BEHIND.match(text, counted.end) if counted.quantity.unit != "count" or points else None
    word = found[1] if found else ""
    relative = counted.quantity.unit in _RELATIVE
    fits = relative or word in ("higher", "lower") or text.startswith(" less than", counted.end)
    for direction in _DIRECTIONS:
        if word in change_words(f"{direction}_noun") or (fits and word in change_words(f"{direction}_after")):
            return direction
    return None


def _direction(words: list[str], *, nouns: bool) -> Change | None:
    """Search back for what rose or fell, as far as the clause and a few words go."""
    for word in reversed(words[-_NEAR:]):
        low = word.lower()
        if low in STOPS:
            return None
        if low in ("up", "down", "added", "adding"):
            continue
        for direction in _DIRECTIONS:
            if low in (change_words(f"{direction}_noun") if nouns else change_words(direction)):
                return direction
    return None


def _direction_of(word: str) -> Change | None:
    return next((direction for direction in _DIRECTIONS if word in change_words(direction)), None)
