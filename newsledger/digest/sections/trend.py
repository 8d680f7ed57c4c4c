"""What passes between the countries of the dossier, day by day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from newsledger.digest.model import Trend
from newsledger.digest.reading import anchor_of
from newsledger.records.day import TrendRow

if TYPE_CHECKING:
    from newsledger.digest.reading import Reading

# So many days, that of the digest included, and so many pairs of countries.
DAYS = 30
DYADS = 3


def trends(reading: Reading) -> tuple[Trend, ...]:
    """Give thirty days of each pair of countries, in the order of the rows.

    A day without deeds is there with zeros and no intensity.
    """
    last = reading.view.day
    length = min(DAYS, last.toordinal())
    days = [last - timedelta(days=back) for back in reversed(range(length))]
    found = defaultdict[tuple[str, str], dict[date, TrendRow]](dict)
    for row in reading.view.trend:
        if days[0] <= row.day <= last:
            found[row.one, row.other][row.day] = row
    return tuple(_trend(one, other, rows, days) for (one, other), rows in list(found.items())[:DYADS])


def _trend(one: str, other: str, rows: dict[date, TrendRow], days: list[date]) -> Trend:
    told = (rows.get(day) or TrendRow(one=one, other=other, day=day, cooperation=0, conflict=0) for day in days)
    return Trend(anchor=anchor_of("t", one, other), one=one, other=other, days=tuple(told))
