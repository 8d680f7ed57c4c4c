"""Rules for days that have a name: Christmas, New Year's Eve, Thanksgiving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from newsledger.extract.times.nodes import Resolved, Yearly, choose
from newsledger.extract.times.rules import rule

if TYPE_CHECKING:
    import re

    from newsledger.extract.times.nodes import Node, When

_DAYS = {
    "christmas": "12-25",
    "christmas day": "12-25",
    "christmas eve": "12-24",
    "new year's eve": "12-31",
    "new year's day": "01-01",
    "valentine's day": "02-14",
    "may day": "05-01",
    "victory day": "05-09",
    "halloween": "10-31",
}


@dataclass(frozen=True, slots=True)
class Thanksgiving:
    """The fourth Thursday of November."""

    turn: int = 0

    def resolve(self, when: When) -> Resolved:
        """Find the year by the tense; "last" leaves no choice."""
        base = when.base
        if base is None or not date.min.year < base.year < date.max.year:
            return Resolved("DATE", "XXXX-11-WXX-4")
        values = [_fourth_thursday(base.year + step) for step in (-1, 0, 1)]
        return choose([day.isoformat() for day in values], base, self.turn or when.tense())


def _fourth_thursday(year: int) -> date:
    first = date(year, 11, 1)
    return first + timedelta(days=(4 - first.isoweekday()) % 7 + 21)


def _feast(match: re.Match[str]) -> Node | None:
    name = " ".join(match["name"].lower().replace("\u2019", "'").split())
    if not match["name"][0].isupper():
        return None
    year = int(match["year"]) if match["year"] else None
    return Yearly(_DAYS[name], year=year)


def _thanksgiving(match: re.Match[str]) -> Node:
    return Thanksgiving(-2 if match["last"] else 0)


FEASTS = (
    rule(
        {name.split()[0].partition("'")[0] for name in _DAYS},
        r"(?P<name>christmas(?: day| eve)?|new year['\u2019]s (?:day|eve)|valentine['\u2019]s day|(?:may|victory) day"
        r"|halloween)\b(?!['\u2019-])(?:,? (?P<year>@YEAR))?",
        _feast,
    ),
    rule(["thanksgiving", "last"], r"(?P<last>last )?(?-i:Thanksgiving)\b(?: Day\b)?(?!-)", _thanksgiving),
)
