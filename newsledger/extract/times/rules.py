"""How a rule for time expressions is written, and how the rules are tried at a place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from newsledger.extract.grammar.numerals import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsledger.extract.times.days import Unit
    from newsledger.extract.times.nodes import Node, Turn
    from newsledger.extract.times.offsets import Part

MONTHS = listed("january february march april may june july august september october november december")
WEEKDAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
ORDINALS = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
SEASON_CODES = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
UNITS: dict[str, Unit] = {
    "second": "second",
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
    "century": "century",
    "centurie": "century",
    "sec": "second",
    "min": "minute",
    "hr": "hour",
    "yr": "year",
}
TURNS: dict[str, Turn] = {
    "last": "last",
    "past": "last",
    "this past": "last",
    "this": "this",
    "current": "this",
    "the current": "this",
    "present": "this",
    "next": "next",
    "coming": "coming",
    "this coming": "coming",
    "upcoming": "coming",
}
PARTS: dict[str, Part] = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
# The key under which rules that begin with a digit are kept.
DIGIT = "#"

_SPACE = r"(?:[^\S\n]{1,3})"
_NUMBER_WORDS = listed(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand"
)
_FRAGMENTS = {
    "MONTH": r"(?:" + "|".join(MONTHS) + r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)",
    "WEEKDAY": r"(?:" + "|".join(WEEKDAYS) + r")",
    "SHORTDAY": r"(?:" + "|".join(WEEKDAYS) + r"|(?:mon|tues?|wed|thur?s?|fri|sat|sun)\b\.?)",
    "DAY": r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9A-Za-z])",
    "YEAR": r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9])",
    "SEASON": r"(?:spring|summer|autumn|fall|winter)",
    "PART": r"(?:morning|afternoon|evening|night)",
    "UNITS": r"(?:seconds|minutes|hours|days|weeks|fortnights|months|quarters|years|decades|centuries"
    r"|secs|mins|hrs|yrs)",
    "UNIT": r"(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade|century|sec|min|hr|yr)",
    "COUNT": r"(?:[0-9]{1,3}(?:,[0-9]{3})|[0-9]{1,6}(?:\.[0-9]{1,3})?(?: [1-9]/[2-9])?½?"
    r"|(?:an? (?=hundred|thousand))?(?:"
    + "|".join(_NUMBER_WORDS)
    + r")(?:~(?:and )?(?:"
    + "|".join(_NUMBER_WORDS)
    + r")\b){0,5}"
    r"(?:~and~a~half\b)?)",
    "LIKE": r"(?:same|corresponding|comparable|equivalent|like)",
    "ORDINAL": r"(?:1st|2nd|3rd|4th|" + "|".join(ORDINALS[:12]) + r")",
}

# What shows that nothing follows that a time could be before or after.
STOPS_AFTER = re.compile(r"[^\S\n]*(?:[.,;:)!?\"\u201d\u2019\n]|$|and\b|but\b)")

NUMBER_WORDS = frozenset(_NUMBER_WORDS[:-2])
_FIRST = re.compile(r"[0-9]|[^\W0-9_]+")
# The word before a place: enough to tell "in 2021" from "No. 2021".
_BEFORE = re.compile(r"([^\W\d_]+|[0-9]+|\S)[^\S\n]*$")


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of text that a rule has read; without a node it is no time, and nothing inside it is one either."""

    start: int
    end: int
    node: Node | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that is tried where a text has one of the `words`, and what to make of a match."""

    words: frozenset[str]
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Found | Node | None]

    def read(self, text: str, start: int) -> Found | None:
        """Read the expression that begins exactly here."""
        match = self.pattern.match(text, start)
        built = self.build(match) if match else None
        if match is None or built is None:
            return None
        return built if isinstance(built, Found) else Found(start, match.end(), built)


def rule(words: Iterable[str], pattern: str, build: Callable[[re.Match[str]], Found | Node | None]) -> Rule:
    """Write a rule: a space stands for white space within a line, ~ for that or a hyphen, @NAME for a fragment."""
    return Rule(frozenset(words), compiled(pattern), build)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in the notation of the rules; it ends at a word's end and ignores case."""
    for name, fragment in sorted(_FRAGMENTS.items(), key=lambda pair: -len(pair[0])):
        pattern = pattern.replace("@" + name, fragment)
    return re.compile(pattern.replace("~", f"(?:{_SPACE}|-)").replace(" ", _SPACE), re.IGNORECASE)


def read_longest(rules: Iterable[Rule], text: str, start: int) -> Found | None:
    """Try the rules at one place and keep the longest reading, the first of equal ones."""
    best: Found | None = None
    for each in rules:
        found = each.read(text, start)
        if found and (best is None or found.end > best.end):
            best = found
    return best


def by_first_word(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    """Index rules by the words they may begin with."""
    index: dict[str, list[Rule]] = {}
    for each in rules:
        for word in each.words:
            index.setdefault(word, []).append(each)
    return {word: tuple(found) for word, found in index.items()}


def read_at(index: dict[str, tuple[Rule, ...]], text: str, start: int) -> Found | None:
    """Read the longest expression of an index that begins exactly at `start`."""
    word = _FIRST.match(text, start)
    return read_longest(index.get(DIGIT if word[0].isdigit() else word[0].lower(), ()), text, start) if word else None


def word_before(text: str, start: int) -> str:
    """Give the word or mark that stands before a place on the same line, empty where there is none."""
    found = _BEFORE.search(text, max(0, start - 30), start)
    return found[1] if found else ""


def month_number(name: str) -> int:
    """Give the number of a month by its name or abbreviation."""
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name.lower()[:3]))


def weekday_number(name: str) -> int:
    """Give the number of a weekday by its name or abbreviation; Monday is 1."""
    return next(number for number, day in enumerate(WEEKDAYS, start=1) if day.startswith(name.lower()[:3]))


def is_capital(match: re.Match[str], group: str) -> bool:
    """Tell whether a name is written as one."""
    return match.string[match.start(group)].isupper()
