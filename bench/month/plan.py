"""What is planted in the month, and where the digest must tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from bench.month.kinds import Expect
    from bench.month.outlets import Outlet

QUIET_DAYS = 3  # after so many days without an article a story is over


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """An article as its feed lists it from `at` on; with `modified` it takes the place of what stood there before.

    `story` is the planted story that it tells, None for local news; `copy_of` the address of what it copies, `origin`
    the outlet whose words it has.
    """

    url: str
    source: str
    title: str
    text: str
    at: datetime
    published: datetime
    story: str | None = None
    origin: str | None = None
    copy_of: str | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """What the digest of `day` must say of a story: `sort` is the sort of thing that is counted in the report.

    For the states of a story `states` are those that are right, `independent` and `copies` what must be counted. For
    all else `expect` says what, with the slots filled, and `on` the date that it speaks of.
    """

    day: date
    sort: str
    story: str
    states: tuple[str, ...] = ()
    independent: int | None = None
    copies: int | None = None
    expect: Expect | None = None
    on: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """All that happens: the days, the sources, what they publish in the order of time, and what is planted."""

    days: tuple[date, ...]
    outlets: tuple[Outlet, ...]
    served: tuple[Served, ...]
    plants: tuple[Plant, ...]

    def number(self, day: date) -> int:
        """Count a day of the month from 1."""
        return (day - self.days[0]).days + 1

    def on(self, day: date) -> tuple[Served, ...]:
        """Give what appears on a day."""
        return tuple(one for one in self.served if one.at.date() == day)
