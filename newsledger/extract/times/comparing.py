"""Rules for times named by comparison: "the year-ago quarter", "the same month last year", "the 1988 period"."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from newsledger.extract.grammar.numerals import read_number
from newsledger.extract.times.nodes import Yearly
from newsledger.extract.times.offsets import Away, Compared, Length
from newsledger.extract.times.rules import ORDINALS, rule
from newsledger.extract.times.spans import duration

if TYPE_CHECKING:
    import re

    from newsledger.extract.times.days import Unit
    from newsledger.extract.times.nodes import Node

_UNITS: dict[str, Unit] = {"quarter": "quarter", "month": "month", "half": "half"}


def _compared(match: re.Match[str]) -> Node:
    """Read "the year-ago quarter", "the same month last year", "the 1988 period"."""
    return Compared(_UNITS.get(match["unit"].lower()), int(match["year"]) if match["year"] else None)


def _year_ago(match: re.Match[str]) -> Node:
    """Read "year-ago", "the year-earlier third quarter", "the year-ago nine months"."""
    if match["number"]:
        return Yearly(f"Q{ORDINALS.index(match['number'].lower()) + 1}", year_turn="last")
    if match["months"]:
        number = read_number(match["months"], 0)
        return Length(duration(number.value if number else None, "month"))
    return Away(Decimal(1), "year", -1, from_context=True, of_results=True)


COMPARISONS = (
    rule(
        ["the", "year"],
        r"(?:the )?(?:@LIKE )?year~(?:ago|earlier) (?P<unit>period|quarter|month|half)\b(?P<year>)",
        _compared,
    ),
    rule(
        ["the"],
        r"the @LIKE (?P<unit>period|quarter|month|half|time|week|day)(?: of| in)? (?:(?P<year>@YEAR)|last year"
        r"|a year (?:ago|earlier|before)|the (?:previous|prior) year|the year (?:before|earlier))\b",
        _compared,
    ),
    rule(["the"], r"the (?P<year>@YEAR) (?P<unit>quarter|period)\b", _compared),
    rule(
        ["the", "a", "year"],
        r"(?:the )?year~(?:ago|earlier) (?:(?P<number>first|second|third|fourth)~quarter|(?P<months>@COUNT months))\b"
        r"|(?:(?:the |a )?year |year-)(?:ago|earlier)\b",
        _year_ago,
    ),
)
