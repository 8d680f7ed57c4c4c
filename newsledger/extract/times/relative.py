"""Rules for times that count from the article's day or from what the text is at, and for vague words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.extract.times.dates import DAY_WORDS
from newsledger.extract.times.nodes import STEPS, Fixed, Weekday, Weekend, Yearly
from newsledger.extract.times.offsets import PartOfDay, Relative, Same, TheUnit
from newsledger.extract.times.rules import (
    PARTS,
    SEASON_CODES,
    STOPS_AFTER,
    TURNS,
    UNITS,
    Found,
    is_capital,
    month_number,
    rule,
    weekday_number,
    word_before,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsledger.extract.times.nodes import Node

_NAMED_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_AROUND = {"the day before yesterday": -2, "the day after tomorrow": 2}
_FROM_CONTEXT = {"previous": -1, "preceding": -1, "following": 1, "next": 1}
_TURN = r"(?P<turn>this past|this coming|last|past|next|this|coming|upcoming|current|present)"
_VAGUE = {
    "PRESENT_REF": (
        "now|currently|current|at present|presently|at the moment|nowadays|these days|so far|to date|at this moment"
    ),
    "PAST_REF": "recently|more recently|most recently|very recently|recent|lately|the past|long ago",
    "FUTURE_REF": (
        "soon|very soon|in future|the future|the near future|the foreseeable future|the distant future|the near term"
        "|the short term"
    ),
}
# "A Sunday Times reporter", "Black Friday", "Good Friday" name something else.
_NAMES_AFTER_DAY = re.compile(r" (?:Times|Telegraph|Mirror|Express|Mail|Post|Herald|Independent|Night Live)\b")
_AFTER_PAST = re.compile(
    r"[^\S\n](?:[0-9]|few|several|couple|decades?|years?|months?|weeks?|days?|hours?|centur|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|seasons?|summers?|winters?|practice)"
)

_AFTER_SOON = re.compile(r"[^\S\n]+(?:after|as)\b")


def _day(match: re.Match[str]) -> Node | None:
    # "USA Today" is a name.
    if match["word"].istitle() and word_before(match.string, match.start())[:1].isupper():
        return None
    word = " ".join(match["word"].lower().split())
    return Relative("day", _AROUND[word] if word in _AROUND else _NAMED_DAYS[word])


def _weekday(match: re.Match[str]) -> Found | Node | None:
    before = word_before(match.string, match.start())
    if not is_capital(match, "day") or before in ("Black", "Good", "Ash", "Bloody", "Palm", "Maundy", "Holy"):
        return None
    if _NAMES_AFTER_DAY.match(match.string, match.end("day")):
        return Found(match.start(), match.end("day"), None)
    number = weekday_number(match["day"])
    turn = (match["turn"] or "").lower().removeprefix("the ")
    if turn in ("previous", "preceding", "following"):
        return Weekday(number, turn="next" if turn == "following" else "last", from_context=True)
    return Weekday(number, turn=TURNS.get(turn), week=TURNS.get((match["week"] or "").lower()))


def _turned(match: re.Match[str]) -> Node | None:
    """Read "last year", "this March", "next summer", "the past week"."""
    turn, unit = TURNS[" ".join(match["turn"].lower().split())], match["unit"].lower()
    needs_article = match["turn"].lower() in ("past", "present", "coming", "upcoming", "current")
    is_name = unit in UNITS and match["unit"][0].isupper() and not match["unit"].isupper()
    # "The past year" is a duration, and a duration's rule reads it.
    if match["turn"].lower() == "past" or is_name or (needs_article and not match["article"]):
        return None
    if unit in PARTS:
        return _part_of(turn, unit) if not match["article"] else None
    if unit in UNITS:
        return Relative(UNITS[unit], STEPS[turn])
    if unit == "weekend":
        return Weekend(turn)
    form = SEASON_CODES.get(unit) or (f"{month_number(unit):02}" if is_capital(match, "unit") else "")
    return Yearly(form, turn=turn) if form else None


def _part_of(turn: str, unit: str) -> Node | None:
    """Read "last night" as yesterday's, "this morning" as today's."""
    if turn == "next":
        return PartOfDay(Relative("day", 1, from_context=True), PARTS[unit])
    return PartOfDay(Relative("day", STEPS[turn]), PARTS[unit])


def _from_context(match: re.Match[str]) -> Node:
    """Read "the next day", "the following month", "the previous evening"."""
    unit, step = match["unit"].lower(), _FROM_CONTEXT[match["turn"].lower()]
    if unit in PARTS:
        return PartOfDay(Relative("day", step, from_context=True), PARTS[unit])
    if unit in SEASON_CODES:
        return Yearly(SEASON_CODES[unit], turn="next" if step > 0 else "last")
    return (
        Weekend("next" if step > 0 else "last") if unit == "weekend" else Relative(UNITS[unit], step, from_context=True)
    )


def _neighbour(match: re.Match[str]) -> Node | None:
    """Read "the year before last", and "the day before" where nothing follows that it is before."""
    unit, which = UNITS.get(match["unit"].lower()), match["which"].lower()
    if unit is None or (which != "before last" and not STOPS_AFTER.match(match.string, match.end())):
        return None
    return (
        Relative(unit, -2)
        if which == "before last"
        else Relative(unit, 1 if which == "after" else -1, from_context=True)
    )


def _same(match: re.Match[str]) -> Node:
    unit = match["unit"].lower()
    return PartOfDay(Same("day"), PARTS[unit]) if unit in PARTS else Same(UNITS[unit])


def _the_unit(match: re.Match[str]) -> Node | None:
    """Read "the year" and "the quarter" where a preposition shows that one is meant."""
    unit, before = match["unit"].lower(), word_before(match.string, match.start()).lower()
    if unit == "weekend":
        return Weekend(None)
    if unit == "quarter":
        return Same("quarter")
    wanted = ("for", "during", "over", "through", "throughout", "within", "of", "in", "earlier", "later", "on")
    if before not in wanted or (before == "of" and match["unit"][0].isupper()):
        return None
    return PartOfDay(Same("day"), PARTS[unit]) if unit in PARTS else TheUnit(UNITS[unit])


def _vague(value: str) -> Callable[[re.Match[str]], Node | None]:
    def build(match: re.Match[str]) -> Node | None:
        word, before = match[0].lower(), word_before(match.string, match.start()).lower()
        if word.endswith("past") and _AFTER_PAST.match(match.string, match.end()):
            return None
        if word == "soon" and (before == "as" or _AFTER_SOON.match(match.string, match.end())):
            return None
        return Fixed(value)

    return build


_UNITS = r"day|week|weekend|month|quarter|year|decade|century"
RELATIVE = (
    rule(["today", "yesterday", "tomorrow"], r"(?P<word>today|yesterday|tomorrow)\b", _day),
    rule(["the"], r"(?P<word>the day before yesterday|the day after tomorrow)\b", _day),
    rule(
        ["the"],
        r"the (?P<unit>day|week|weekend|month|year) (?P<which>before last|before|after|earlier|previously)\b",
        _neighbour,
    ),
    rule(["tonight"], r"tonight\b", lambda _: PartOfDay(Relative("day", 0), "NI")),
    rule(["overnight"], r"overnight\b", lambda _: PartOfDay(Relative("day", 0), "NI")),
    rule(
        [*DAY_WORDS, "the", "last", "this", "next", "past", "coming", "upcoming"],
        r"(?:(?P<turn>last|this past|this coming|this|next|(?:the )?"
        r"(?:past|coming|upcoming|previous|preceding|following)) )?"
        r"(?P<day>@WEEKDAY)\b(?:,? (?:of )?(?P<week>last|this|next) week\b)?",
        _weekday,
    ),
    rule(
        ["the", "last", "this", "next", "past", "coming", "upcoming", "current"],
        r"(?P<article>the )?"
        + _TURN
        + r" (?:fiscal |calendar |whole |entire |full )?(?P<unit>week|weekend|month|quarter|year"
        r"|century|@SEASON|@PART|@MONTH)\b(?!-)",
        _turned,
    ),
    rule(
        ["the", "previous", "following"],
        r"(?:the )?(?P<turn>previous|preceding|following) (?P<unit>" + _UNITS + r"|@SEASON|@PART)\b(?!-)",
        _from_context,
    ),
    rule(["the"], r"the (?P<turn>next) (?P<unit>day|morning|afternoon|evening|night)\b", _from_context),
    rule(["next"], r"(?P<turn>next) (?P<unit>day)\b", _from_context),
    rule(
        ["that", "the", "this"],
        r"(?:that|the|this)(?: very)?(?: same)?(?<!the)(?<!this) (?P<unit>day|week|month|quarter|year|decade|@PART)\b"
        r"(?!-| (?:a year|last year)\b)",
        _same,
    ),
    rule(
        ["the"],
        r"the (?:full |fiscal |whole |entire )?(?P<unit>week|weekend|month|quarter|year|@PART)\b"
        r"(?!-|'|\u2019| (?:of|to|that|when|before|after|[0-9])|(?<!quarter) end(?:ed|ing)\b)",
        _the_unit,
    ),
    rule(["the"], r"the (?:latest|latest fiscal) (?P<unit>quarter|period)\b", lambda _: Same("quarter")),
    rule(["recent"], r"recent (?:years|months|weeks|days|decades|hours|quarters)\b", lambda _: Fixed("PAST_REF")),
    *(
        rule({phrase.split()[0] for phrase in phrases.split("|")}, rf"(?:{phrases})\b(?!-)", _vague(value))
        for value, phrases in _VAGUE.items()
    ),
)
