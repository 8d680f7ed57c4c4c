"""How often a feed has something new, and from when on its silence means something."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

# With fewer times than these, the time between two of them says little.
_FEWEST_TIMES = 4
# How much a new document weighs against all earlier ones: one odd day changes little.
_WEIGHT = 0.25
# Who writes all day long may sleep at night, who writes in office hours is away for a weekend and a holiday, who
# writes rarely may be late by a few times the usual.
_NIGHT_S = timedelta(hours=12).total_seconds()
_WEEKEND_S = timedelta(days=4).total_seconds()
_BUSY_GAPS = 48
_RARE_GAPS = 4


def usual_gap(times: Iterable[datetime], former_s: float | None) -> float | None:
    """Give the usual seconds between two items, of this document and of what earlier ones told; None if unknown.

    It is the median between different times: a few items published at once, or an old one kept on top, change nothing.
    """
    different = sorted(set(times))
    if len(different) < _FEWEST_TIMES:
        return former_s
    here = median((later - earlier).total_seconds() for earlier, later in pairwise(different))
    return here if former_s is None else former_s + _WEIGHT * (here - former_s)


def longest_quiet(gap_s: float) -> float:
    """Give for how many seconds a feed with such a gap may list nothing new before that is worth a word."""
    return max(_NIGHT_S, min(_BUSY_GAPS * gap_s, _WEEKEND_S), _RARE_GAPS * gap_s)


def is_silent(newest: datetime | None, gap_s: float | None, now: datetime) -> bool:
    """Tell whether a feed lists nothing new for longer than it ever does; never where its rhythm is unknown."""
    return newest is not None and gap_s is not None and (now - newest).total_seconds() > longest_quiet(gap_s)
