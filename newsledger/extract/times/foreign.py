"""Rules for dates that stand in another language: "12 декабря 2022 года", "12. Dezember", "12 de diciembre de 2022"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.calendar import FOREIGN_MONTHS, MONTHS, YEAR_WORD
from newsledger.extract.times.nodes import Yearly
from newsledger.extract.times.rules import DIGIT, rule

if TYPE_CHECKING:
    import re

    from newsledger.extract.times.nodes import Node

_LONGEST_DAY = 31
_MONTH = "(?P<month>" + "|".join(sorted(FOREIGN_MONTHS, key=len, reverse=True)) + r")\b"
_YEAR = r"\.?,? (?:de )?(?P<year>@YEAR)(?: " + YEAR_WORD + ")?"


def _month_day(match: re.Match[str]) -> Node | None:
    """Read a day; a month that is the same in English is another language's behind "12." and before a year only."""
    name, day = match["month"], int(match["day"])
    is_english = name.lower() in MONTHS and not (match["mark"] == "." and match["year"])
    if name not in FOREIGN_MONTHS or is_english or not 1 <= day <= _LONGEST_DAY:
        return None
    return Yearly(f"{FOREIGN_MONTHS[name]:02}-{day:02}", year=int(match["year"]) if match["year"] else None)


def _month(match: re.Match[str]) -> Node | None:
    name = match["month"] if match["month"] in FOREIGN_MONTHS else match["month"].lower()
    if name not in FOREIGN_MONTHS or name.lower() in MONTHS:
        return None
    return Yearly(f"{FOREIGN_MONTHS[name]:02}", year=int(match["year"]))


FOREIGN = (
    rule(
        [DIGIT],
        r"(?P<day>[0-3]?[0-9])(?P<mark>er|º|\.)? (?:de )?" + _MONTH + "(?:" + _YEAR + ")?",
        _month_day,
    ),
    rule([name.lower() for name in FOREIGN_MONTHS], _MONTH + _YEAR, _month),
)
