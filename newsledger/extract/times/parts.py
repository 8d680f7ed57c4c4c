"""Rules for parts of a year, of a day and of any other time: they stand on other expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.extract.grammar.numerals import listed
from newsledger.extract.times.dates import DATES
from newsledger.extract.times.nodes import DayOfMonth, Fixed, Weekday, Yearly
from newsledger.extract.times.offsets import Edged, PartOfDay, QuarterEnded, Relative, Same, TheUnit, WeekOf
from newsledger.extract.times.relative import RELATIVE
from newsledger.extract.times.rules import (
    DIGIT,
    ORDINALS,
    PARTS,
    SEASON_CODES,
    TURNS,
    UNITS,
    Found,
    by_first_word,
    compiled,
    read_at,
    rule,
    word_before,
)
from newsledger.extract.times.spans import tells_results

if TYPE_CHECKING:
    from newsledger.extract.times.days import Edge
    from newsledger.extract.times.nodes import Node

_EDGES: dict[str, Edge] = {
    "early": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "end",
    "close": "end",
    "beginning": "start",
    "start": "start",
    "outset": "start",
}
_LAST = {"last": 4, "final": 4, "latter": 2}
_PART_AFTER = compiled(r"(?:['\u2019]s)?,? (?:early |late |mid~)?(?P<part>@PART)\b")
_SEASON_AFTER = listed("in into by until since during through of for from to over last early mid late before after")


def with_part(text: str, found: Found) -> Found:
    """Add the part of the day that follows a day: "Friday" grows to "Friday evening"."""
    if not isinstance(found.node, Yearly | Weekday | Relative | Same | DayOfMonth | Fixed):
        return found
    whole_day = not isinstance(found.node, Relative | Same) or found.node.unit == "day"
    part = _PART_AFTER.match(text, found.end) if whole_day else None
    if not part or (isinstance(found.node, Yearly | Fixed) and "-" not in _form(found.node)):
        return found
    return Found(found.start, part.end(), PartOfDay(found.node, PARTS[part["part"].lower()]))


def _form(node: Yearly | Fixed) -> str:
    return node.form if isinstance(node, Yearly) else node.value


def _base(text: str, start: int) -> Found | None:
    found = read_at(BASES, text, start)
    return with_part(text, found) if found and found.node else None


def _edged(match: re.Match[str]) -> Found | None:
    """Read "early 2022", "mid-November", "the end of last year"."""
    base = _base(match.string, match.end())
    if not base or not base.node:
        return None
    return Found(match.start(), base.end, Edged(_EDGES[match["edge"].lower()], base.node))


def _around(match: re.Match[str]) -> Found | None:
    """Read "earlier this month", "later in the day": the plain time; "later Friday" is Friday."""
    base = _base(match.string, match.end())
    day = base is None or isinstance(base.node, Weekday) or base.node == Relative("day", 0)
    return Found(match.start(), base.end, base.node) if base and not day else None


def _quarter(match: re.Match[str]) -> Found | Node | None:
    """Read quarters and halves with the year before or after them; a half without a year may be of a match."""
    word = match["number"].lower()
    number = _LAST.get(word) or (int(word[0]) if word[0].isdigit() else ORDINALS.index(word) + 1)
    half = match["kind"].lower() in ("half", "h")
    form = f"H{min(number, 2)}" if half else f"Q{number}"
    if number > len("1234") or (half and number > 2 and word not in _LAST):  # noqa: PLR2004 - two halves
        return None
    groups = match.groupdict()
    if groups.get("year"):
        return Yearly(form, year=int(match["year"]))
    if groups.get("turn"):
        return Yearly(form, year_turn=TURNS[match["turn"].lower()])
    after = _OF.match(match.string, match.end())
    year = read_at(_YEARS, match.string, after.end()) if after else None
    if year and year.node:
        return Found(match.start(), year.end, Yearly(form, base=year.node))
    return None if half or word in _LAST else Yearly(form, of_results=tells_results(match))


def _code(match: re.Match[str]) -> Node:
    year = match["year"] or match["year_before"]
    return Yearly(f"{match['kind'].upper()}{match['number']}", year=int(year) if year else None)


def _season(match: re.Match[str]) -> Node | None:
    form = SEASON_CODES[match["season"].lower()]
    if match["year"] or match["turn"]:
        year = int(match["year"]) if match["year"] else None
        return Yearly(form, year=year, year_turn=TURNS.get((match["turn"] or "").lower()))
    named = word_before(match.string, match.start()).lower() in _SEASON_AFTER
    return Yearly(form) if named and (match["season"].lower() not in ("fall", "spring") or match["article"]) else None


def _half_of(match: re.Match[str]) -> Found | None:
    """Read "the first half of January": the plain month; halves of years have values of their own."""
    base = _base(match.string, match.end())
    if not base or not base.node:
        return None
    edge: Edge = "first half" if match["number"].lower() == "first" else "second half"
    return Found(match.start(), base.end, Edged(edge, base.node))


def _week_of(match: re.Match[str]) -> Found | None:
    base = read_at(BASES, match.string, match.end())
    if not base or not isinstance(base.node, Yearly | Relative):
        return None
    word = (match["number"] or "").lower()
    number = (-1 if word in _LAST else ORDINALS.index(word) + 1) if word else None
    return Found(match.start(), base.end, WeekOf(number, base.node))


def _quarter_ended(match: re.Match[str]) -> Found | None:
    base = read_at(_DATE_INDEX, match.string, match.end())
    return Found(match.start(), match.end("quarter"), QuarterEnded(base.node)) if base and base.node else None


def _part_of(match: re.Match[str]) -> Found | None:
    """Read "the evening of 5 March"."""
    base = read_at(BASES, match.string, match.end())
    if not base or not isinstance(base.node, Yearly | Weekday | DayOfMonth | Fixed):
        return None
    return Found(match.start(), base.end, PartOfDay(base.node, PARTS[match["part"].lower()]))


def _part_alone(match: re.Match[str]) -> Found:
    """Read "early morning", "mid-afternoon yesterday"."""
    day = re.compile(r"[^\S\n]").match(match.string, match.end())
    base = read_at(_RELATIVE_INDEX, match.string, day.end()) if day else None
    part = PARTS[match["part"].lower()]
    if base and isinstance(base.node, Relative | Weekday):
        return Found(match.start(), base.end, PartOfDay(base.node, part))
    return Found(match.start(), match.end(), PartOfDay(TheUnit("day"), part))


_OF = compiled(r"(?:,? (?:of |in )?|-)")
_YEARS = by_first_word(
    (
        rule([DIGIT], r"(?P<year>@YEAR)", lambda match: Fixed(match["year"])),
        rule(
            ["this", "last", "next"],
            r"(?P<turn>this|last|next) year\b",
            lambda match: Relative("year", {"last": -1, "this": 0, "next": 1}[match["turn"].lower()]),
        ),
        rule(["the"], r"the (?:current )?(?:fiscal )?year\b", lambda _: TheUnit("year")),
        rule(["that", "the"], r"(?:that|the same) year\b", lambda _: Same("year")),
        rule(["the"], r"the previous year\b", lambda _: Relative("year", -1, from_context=True)),
    )
)
_THE_UNIT = rule(
    ["the"],
    r"the (?P<unit>year|month|week|decade|century|quarter|day)\b(?!-)",
    lambda match: TheUnit(UNITS[match["unit"].lower()]),
)
_QUARTERS = (
    rule(
        ["the", *ORDINALS[:4], DIGIT, *_LAST],
        r"(?:the (?!\w+-(?:quarter|half)))?(?:fiscal~)?"
        r"(?P<number>first|second|third|fourth|1st|2nd|3rd|4th|last|final|latter)~(?P<kind>quarter|half)\b(?!-)",
        _quarter,
    ),
    rule(
        ["the", DIGIT],
        r"(?:the )?(?P<year>@YEAR)(?:['\u2019]s)? (?:fiscal )?"
        r"(?P<number>first|second|third|fourth|last|final)~(?P<kind>quarter|half)\b",
        _quarter,
    ),
    rule(
        ["this", "last", "next"],
        r"(?P<turn>this|last|next) year['\u2019]s "
        r"(?P<number>first|second|third|fourth|last|final)~(?P<kind>quarter|half)\b",
        _quarter,
    ),
    rule(
        ["q", "h"],
        r"(?:(?P<year_before>@YEAR) )?(?P<kind>[QH])(?P<number>[1-4])(?![0-9])(?:(?: of)?(?: | ?-)(?P<year>@YEAR))?",
        _code,
    ),
)
_SEASONS = (
    rule(
        ["the", *SEASON_CODES],
        r"(?P<article>the )?(?P<season>@SEASON)(?: (?:of )?(?P<year>@YEAR)"
        r"| (?:of )?(?P<turn>this|last|next) year)?\b(?! of\b)",
        _season,
    ),
)
_DATE_INDEX = by_first_word(DATES)
_RELATIVE_INDEX = by_first_word(RELATIVE)
BASES = by_first_word(
    (
        *DATES,
        *(each for each in RELATIVE if not each.words & {"now", "recently", "soon", "recent"}),
        *_QUARTERS,
        *_SEASONS,
        _THE_UNIT,
    )
)

PARTS_OF_TIMES = (
    *_QUARTERS,
    *_SEASONS,
    rule(
        ["the", "early", "mid", "middle", "late"],
        r"(?:the )?(?:very )?(?P<edge>early|mid|middle|late)~(?:in |on )?",
        _edged,
    ),
    rule(
        ["the", "end", "close", "beginning", "start", "middle", "outset"],
        r"(?:the )?(?:very )?(?P<edge>end|close|beginning|start|middle|outset)~of~",
        _edged,
    ),
    rule(["end"], r"(?P<edge>end)~(?=@YEAR|@MONTH)", _edged),
    rule(
        ["the", "year", "month", "week", "quarter"],
        r"(?:the )?(?:calendar |fiscal )?(?P<unit>year|month|week|quarter)(?:['\u2019]s)?~end\b",
        lambda match: Edged("end", TheUnit(UNITS[match["unit"].lower()])),
    ),
    rule(["the"], r"(?P<quarter>the (?:fiscal )?quarter) end(?:ed|ing)(?: on)? ", _quarter_ended),
    rule(["earlier", "later", "sometime"], r"(?:earlier|later|sometime)(?: in| on)? ", _around),
    rule(["the"], r"the (?:(?P<number>first|second|third|fourth|last|final) )?week of ", _week_of),
    rule(
        ["the", "first", "second"],
        r"(?:the )?(?P<number>first|second) half of (?=@MONTH\b|(?:this|last|next) month)",
        _half_of,
    ),
    rule(["the", *PARTS, "early", "late"], r"(?:the )?(?:early |late )?(?P<part>@PART) of (?:the )?", _part_of),
    rule(["early", "late", "mid"], r"(?:early|late|mid)~(?P<part>@PART)\b", _part_alone),
)
