"""Rules for what repeats: "every Monday", "twice a day", "weekly", "per year"."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from newsledger.extract.grammar.numerals import read_number
from newsledger.extract.times.nodes import Fixed
from newsledger.extract.times.rules import (
    DIGIT,
    MONTHS,
    NUMBER_WORDS,
    PARTS,
    SEASON_CODES,
    UNITS,
    WEEKDAYS,
    month_number,
    rule,
    weekday_number,
    word_before,
)
from newsledger.extract.times.spans import duration, unit_named

if TYPE_CHECKING:
    import re

    from newsledger.extract.times.nodes import Node

_ADVERBS = {
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "monthly": "P1M",
    "quarterly": "P1Q",
    "annually": "P1Y",
    "yearly": "P1Y",
    "hourly": "PT1H",
}


def _every(match: re.Match[str]) -> Node | None:
    word, count = match["unit"].lower(), (match["number"] or "").strip()
    word = single = word.removesuffix("s") if word == "weekends" else word
    single = single.removesuffix("s")
    if single in UNITS or word == "centuries":
        number = read_number(count, 0)
        amount = Decimal(2) if count.lower() in ("other", "second") else number.value if number else Decimal(1)
        return Fixed(duration(amount, unit_named(word)), "SET")
    if single in WEEKDAYS:
        form = f"WXX-{weekday_number(word)}"
    elif single in MONTHS:
        form = f"{month_number(word):02}" if match["unit"][0].isupper() else ""
    else:
        form = {"weekend": "WXX-WE", **SEASON_CODES, **{part: f"XX-XXT{code}" for part, code in PARTS.items()}}.get(
            word, ""
        )
    return Fixed(f"XXXX-{form}", "SET") if form else None


def _adverb(match: re.Match[str]) -> Node | None:
    following = match.string[match.end() : match.end() + 2].strip()
    # "A quarterly dividend" is of a kind.
    if match[0].lower() == "quarterly" and following[:1].isalpha():
        return None
    # "The Daily Mail" and "Novaya Weekly" are names.
    if match[0][0].isupper() and (following[:1].isupper() or word_before(match.string, match.start())[:1].isalpha()):
        return None
    return Fixed(_ADVERBS[match[0].lower()], "SET")


SETS = (
    rule(
        ["every", "each"],
        r"(?:every|each)(?: single)? (?:(?P<number>@COUNT|other|second) )?"
        r"(?P<unit>@UNITS|@UNIT|@WEEKDAY|@MONTH|@SEASON|@PART|weekend)\b",
        _every,
    ),
    rule(
        ["once", "twice", "thrice", "several", "many", *NUMBER_WORDS, DIGIT],
        r"(?:once|twice|thrice|(?:@COUNT|several|many) times) (?:an?|per|each|every)"
        r"(?P<number> @COUNT)? (?P<unit>@UNITS|@UNIT)\b",
        _every,
    ),
    rule(
        ["per"],
        r"per (?P<unit>day|week|month|quarter|year|annum)(?P<number>)\b",
        lambda m: Fixed(duration(Decimal(1), unit_named(m["unit"].replace("annum", "year"))), "SET"),
    ),
    rule(_ADVERBS, r"(?:daily|nightly|weekly|monthly|quarterly|annually|yearly|hourly)\b(?!-)", _adverb),
    rule([f"{day}s" for day in (*WEEKDAYS, "weekend")], r"(?P<unit>(?:@WEEKDAY|weekend)s)(?P<number>)\b", _every),
)
