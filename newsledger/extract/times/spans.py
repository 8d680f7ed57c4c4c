"""Rules for durations and for "so long ago"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from newsledger.extract.grammar.numerals import listed, read_number
from newsledger.extract.times.nodes import Fixed
from newsledger.extract.times.offsets import Away, Length
from newsledger.extract.times.rules import (
    DIGIT,
    NUMBER_WORDS,
    STOPS_AFTER,
    UNITS,
    Found,
    compiled,
    rule,
    word_before,
)

if TYPE_CHECKING:
    from newsledger.extract.times.days import Unit
    from newsledger.extract.times.nodes import Node

_CODES = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
_MANY_YEARS = {"decade": 10, "century": 100}
_CLOCK_UNITS = ("second", "minute", "hour")
_HALF = Decimal("0.5")
_MOST = 10**6
_SIGNS = {"later": 1, "after": 1, "afterwards": 1, "afterward": 1, "from now": 1, "hence": 1, "thereafter": 1}
_FROM_NOW = ("ago", "from now", "hence", "back")
_DIRECTIONS = {"next": 1, "coming": 1, "last": -1, "past": -1, "recent": -1}
_RESULTS = re.compile(
    r"\b(?:earn(?:s|ed|ings?)|net|profits?|loss(?:es)?|income|sales|revenues?|results|dividend|shipments|a share)\b",
    re.IGNORECASE,
)
_NEAR = 90
# "For a year" lasts, "$5 a year" repeats: what stands shortly before tells.
_RATED = re.compile(
    r"(?:[0-9%€₽$]|\b(?:once|twice|times|percent|million|billion|thousand|hundred|tonnes|barrels)\b)[^.;:!?\n]{0,48}$"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)[^\S\n]+$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"(?:[0-9%]|\b(?:percent|per cent|points?|times|much|far|many))[^\S\n]+$")
_GOVERNS = frozenset(
    listed(
        "for in within after over during than about nearly almost under of until with took take takes taking last "
        "lasts lasted lasting spend spent spends around only just another by or and at quite half once as"
    )
)


def unit_named(word: str) -> Unit:
    """Name the unit that a word stands for, plural or not."""
    low = word.lower()
    return UNITS.get(low) or UNITS[low.removesuffix("s")]


def duration(amount: Decimal | None, unit: Unit, *, fortnights: bool = False) -> str:
    """Write a TIMEX3 duration: P3Y, PT24M, PXD where nobody counted, PXDE for decades."""
    time = "T" if unit in _CLOCK_UNITS else ""
    if amount is None:
        return f"P{time}X{ {'decade': 'DE', 'century': 'CE'}.get(unit) or _CODES[unit] }"
    if unit in _MANY_YEARS:
        return f"P{amount * _MANY_YEARS[unit]:f}Y"
    amount = amount * 2 if fortnights else amount
    whole = int(amount)
    if amount - whole == _HALF and unit in ("year", "hour", "minute"):
        rest = {"year": "6M", "hour": "30M", "minute": "30S"}[unit]
        return f"P{time}{f'{whole}{_CODES[unit]}' if whole else ''}{rest}"
    return f"P{time}{amount:f}{_CODES[unit]}"


def _counted(match: re.Match[str]) -> Found | Node | None:
    """Read "three years", "a week earlier", "two-day", "several months ago"."""
    as_many = match["vague"] and word_before(match.string, match.start()).lower() in ("as", "so", "too", "how")
    if match["old"] or as_many:
        return Found(match.start(), match.end(), None)
    named = match["unit"][0].isupper() and not match["unit"].isupper()
    plural = match["unit"].lower().endswith("s")
    if named or (match["article"] and plural):
        return None
    unit, amount = unit_named(match["unit"]), _amount(match)
    if (amount is not None and amount > _MOST) or _is_no_count(match, unit):
        return None
    away = _away(match, amount, unit)
    if away:
        return away
    if (
        match["article"]
        and match["article"].lower() in ("a", "an", "another")
        and not match["half"]
        and match["glue"] != "-"
    ):
        return _once_a(match, unit)
    value = duration(amount, unit, fortnights="fortnight" in match["unit"].lower())
    node = Length(value, amount, unit)
    relation = _RELATION.match(match.string, match.end("core"))
    if relation:
        node = Length(value, amount, unit, -1 if relation[1].lower() == "after" else 1, from_context=True)
    return Found(match.start(), match.end("core"), node)


def _is_no_count(match: re.Match[str], unit: Unit) -> bool:
    """Tell "a second", "three quarters of" and "the 1988 quarter" from durations."""
    plural = match["unit"].lower().endswith("s")
    if not plural and match["glue"] != "-" and re.fullmatch(r"(?:19|20)[0-9]{2}", match["number"] or ""):
        return True
    if unit == "second":
        return bool(match["article"]) or not plural
    if unit == "quarter" and not match["kind"]:
        return bool(match["article"]) or (match["number"] or "").lower() in ("three", "3", "one")
    return False


def _amount(match: re.Match[str]) -> Decimal | None:
    article = (match["article"] or "").lower()
    if article:
        amount = _HALF if article.startswith(("half", "one-half")) else Decimal(1)
    elif match["couple"]:
        amount = Decimal(2)
    elif match["number"]:
        number = read_number(match["number"].replace("-and-a-", " and a "), 0)
        amount = number.value if number else Decimal(0)
    else:
        return None
    return amount + _HALF if match["half"] else amount


def _away(match: re.Match[str], amount: Decimal | None, unit: Unit) -> Found | None:
    """Read what follows: "ago", "earlier", "later" move a date; "before" and "after" only where nothing follows."""
    tail = " ".join((match["tail"] or "").lower().split())
    if not tail or (
        tail in ("before", "after", "back", "previously") and not STOPS_AFTER.match(match.string, match.end())
    ):
        return None
    if "fortnight" in match["unit"].lower() and amount is not None:
        amount *= 2
    node = Away(amount, unit, _SIGNS.get(tail, -1), from_context=tail not in _FROM_NOW, of_results=tells_results(match))
    return Found(match.start(), match.end(), node)


def tells_results(match: re.Match[str]) -> bool:
    """Tell whether what was earned or sold stands near: such figures are compared quarter by quarter."""
    return bool(_RESULTS.search(match.string, max(0, match.start() - _NEAR), match.end() + _NEAR))


def _once_a(match: re.Match[str], unit: Unit) -> Found | None:
    """Tell "5 tonnes a year" (a set) from "for a year" (a duration)."""
    before = word_before(match.string, match.start()).lower()
    if before not in _GOVERNS and _RATED.search(match.string, max(0, match.start() - 64), match.start()):
        return Found(match.start(), match.end("core"), Fixed(duration(Decimal(1), unit), "SET"))
    return Found(match.start(), match.end("core"), Length(duration(Decimal(1), unit), Decimal(1), unit))


def _turned(match: re.Match[str]) -> Node | None:
    """Read "the next three years", "the past decade", "the first nine months", "coming weeks"."""
    turn, unit = match["turn"].lower(), unit_named(match["unit"])
    single = not match["unit"].lower().endswith("s")
    if single and (match["vague"] or match["number"] or not match["article"] or turn not in _DIRECTIONS):
        return None
    amount = Decimal(1) if single else None
    if match["number"]:
        number = read_number(match["number"], 0)
        amount = number.value if number else None
    elif (match["vague"] or "").lower().startswith("couple"):
        amount = Decimal(2)
    return Length(duration(amount, unit), amount, unit, _DIRECTIONS.get(turn, 0))


def _uncounted(match: re.Match[str]) -> Node | None:
    """Read "for decades", "years", "weeks"; a unit that names something else is none."""
    if match["unit"][0].isupper() and word_before(match.string, match.start())[:1].isalpha():
        return None
    return Length(duration(None, unit_named(match["unit"])))


def _hedged(match: re.Match[str]) -> Found | None:
    """Take "nearly", "more than" and the like into the span, as TimeML does; "5 percent more" is than something."""
    if _COMPARED.search(match.string, max(0, match.start() - 16), match.start()):
        return None
    found = _COUNTED.read(match.string, match.end())
    return Found(match.start(), found.end, found.node) if found and isinstance(found.node, Length | Away) else None


_LONG = ("day", "week", "month", "year", "decade", "century")
_RELATION = compiled(r" (after|before)\b")
_VAGUE_COUNT = r"a few|several|a number of|many|some|dozens of|hundreds of|thousands of|tens of"
_KIND = (
    r"(?:(?:trading|working|business|calendar|consecutive|straight|more|additional|full|whole|long|further|extra|entire|short"
    r"|successive|fiscal)~)?"
)
_COUNTED = rule(
    [
        DIGIT,
        "a",
        "an",
        "another",
        "half",
        "one",
        "several",
        "many",
        "some",
        "dozens",
        "hundreds",
        "thousands",
        "tens",
        "couple",
        "the",
        *NUMBER_WORDS,
    ],
    r"(?P<core>(?:the (?=@COUNT ))?(?:(?P<article>half~an?|one-half|an?(?: single)?|another)"
    r"|(?P<couple>(?:a )?couple(?: of)?)|(?P<vague>" + _VAGUE_COUNT + r")"
    r"|(?P<number>@COUNT)(?: (?:to|or|and|-|\u2013) @COUNT|[-\u2013]@COUNT)?)"
    r"(?P<glue>-| ?)(?P<kind>" + _KIND + r")(?P<unit>@UNITS|@UNIT)\b(?!-(?!long\b|old\b)[a-z])"
    r"(?P<half> and a half)?(?:-long| or so\b)?)"
    r"(?P<old>~?old\b| of age\b)?(?: (?P<tail>ago|earlier|later|before|after|from now|previously|prior(?! to\b)"
    r"|beforehand|back|afterwards?|thereafter|hence)\b)?",
    _counted,
)
_HEDGES = listed("nearly almost more less fewer at no up well")

SPANS = (
    _COUNTED,
    rule(
        _HEDGES,
        r"(?:nearly|almost|(?:more|less|fewer|no more|no less) than|well over|at (?:least|most)|up to) "
        r"(?=[0-9a-z])",
        _hedged,
    ),
    rule(
        [
            "the",
            "this",
            "these",
            "those",
            "next",
            "last",
            "past",
            "coming",
            "previous",
            "first",
            "final",
            "opening",
            "following",
        ],
        r"(?P<article>(?:the|this|these|those|its|his|their) )?(?P<turn>next|last|past|coming|previous|preceding"
        r"|latest|first|final|opening|following|remaining) (?:(?P<vague>few|several|couple of|many)~|(?P<number>@COUNT)"
        r"(?:(?: to | or |-|\u2013)@COUNT)?~)?" + _KIND + r"(?P<unit>@UNITS|@UNIT)\b(?!-)(?: or so\b)?",
        _turned,
    ),
    rule(
        ["the"],
        r"the (?:fiscal )?(?P<unit>year|month|week)(?= end(?:ed|ing)\b)",
        lambda match: Length(duration(Decimal(1), unit_named(match["unit"]))),
    ),
    rule(
        ["the", *(f"{unit}s" for unit in UNITS)],
        r"(?:the (?=\w+ (?:ahead|to come)\b))?(?P<unit>(?:years|months|weeks|days|decades|centuries|hours))\b"
        r"(?:-long\b| ahead\b| to come\b|(?!-)(?! (?:ago|of)\b))",
        _uncounted,
    ),
    rule(
        [*_LONG, *(f"{unit}long" for unit in _LONG)],
        r"(?P<unit>" + "|".join(_LONG) + r")-?long\b",
        lambda match: Length(duration(Decimal(1), unit_named(match["unit"]))),
    ),
    rule(
        ["years", "months", "weeks", "days", "decades"],
        r"(?:years|months|weeks|days|decades) (?:ago|earlier)\b",
        lambda _: Fixed("PAST_REF"),
    ),
)
