"""What relative times, durations and parts of other times mean: the nodes that count from another time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from newsledger.extract.times.days import UNKNOWN, Edge, Unit, narrowed, shift, value_of
from newsledger.extract.times.nodes import Resolved, dated

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from newsledger.extract.times.nodes import Node, When

Part = Literal["MO", "AF", "EV", "NI"]
_UNITS_OF_DAYS = ("second", "minute", "hour", "day", "week")


def _named(unit: Unit, when: When) -> date | None:
    """Give the date that the text is at: for days and weeks the last full day, else the last date of the paragraph."""
    return when.day if unit in _UNITS_OF_DAYS else when.last or when.day


def _is_yet_to_come(day: date | None, when: When) -> bool:
    """Tell whether "five years later" is told of what is over: the text then counts from a day that it doesn't name."""
    return bool(day and when.reference and day > when.reference and when.tense() < 0)


@dataclass(frozen=True, slots=True)
class Relative:
    """A whole unit, counted from now or from what the text is at: "last year", "the following day"."""

    unit: Unit
    count: int
    from_context: bool = False

    def resolve(self, when: When) -> Resolved:
        """Name the unit that lies so far away."""
        named = _named(self.unit, when) if self.from_context else None
        base = named or when.base
        moved = shift(base, self.count, self.unit) if base else None
        if self.from_context and not named and _is_yet_to_come(moved, when):
            moved = None
        return dated(value_of(moved, self.unit) if moved else UNKNOWN[self.unit])


@dataclass(frozen=True, slots=True)
class Away:
    """So many units from now or from what the text is at: "two weeks ago", "a day earlier"."""

    amount: Decimal | None
    unit: Unit
    sign: int
    from_context: bool
    of_results: bool = False

    def resolve(self, when: When) -> Resolved:
        """Give days for days and weeks, months for months, years for years; a month or quarter compared stays one.

        Results are those of a quarter where the text has named one.
        """
        if self.amount is None and self.unit not in _UNITS_OF_DAYS[:3]:
            return Resolved("DATE", "PAST_REF" if self.sign < 0 else "FUTURE_REF")
        compared = when.last is not None and (self.from_context or when.near)
        unit = self.unit if self.unit != "week" else "day"
        if unit in ("decade", "century"):
            unit = "year"
        named = _named(self.unit, when) if self.from_context else None
        base = named or when.base
        compared = compared and (self.from_context or self.amount == 1)
        if self.unit == "year" and compared and when.last_unit in ("month", "quarter", "half"):
            base, unit = when.last, when.last_unit
        elif self.of_results and self.unit == "year" and self.amount == 1 and when.quarter:
            base, unit = when.quarter, "quarter"
        if self.unit == "year" and self.amount is not None and self.amount != int(self.amount):
            unit = "month"
        moved = self._moved(base) if base else None
        if self.from_context and not named and _is_yet_to_come(moved, when):
            moved = None
        return dated(value_of(moved, unit) if moved else UNKNOWN[unit])

    def _moved(self, base: date) -> date | None:
        years = {"year": 1, "decade": 10, "century": 100}.get(self.unit)
        amount = self.amount or 0
        if years and amount != int(amount):
            return shift(base, self.sign * int(amount * years * 12), "month")
        return shift(base, self.sign * int(amount), self.unit)


@dataclass(frozen=True, slots=True)
class Compared:
    """The same part of another year: "the same period last year", "the year-ago quarter", "the 1988 period"."""

    unit: Unit | None
    year: int | None = None

    def resolve(self, when: When) -> Resolved:
        """Take the month, quarter or half that the text is at, in the given year or the one before."""
        named = when.last_unit in ("month", "quarter", "half") and self.unit in (None, when.last_unit)
        base, unit = (when.last, when.last_unit) if named else (when.quarter, "quarter")
        if base is None or unit is None or self.unit not in (None, unit):
            year = self.year or (when.base.year - 1 if when.base else None)
            return dated(f"{year:04}" if year else UNKNOWN["year"])
        moved = shift(base, (self.year - base.year if self.year else -1) * 12, "month")
        return dated(value_of(moved, unit) if moved else UNKNOWN[unit])


@dataclass(frozen=True, slots=True)
class QuarterEnded:
    """The quarter that ends on a day: "the quarter ended March 31"."""

    day: Node

    def resolve(self, when: When) -> Resolved:
        """Name the quarter that holds the middle of those three months."""
        interval = self.day.resolve(when).interval
        moved = shift(interval[0], -45, "day") if interval else None
        return dated(value_of(moved, "quarter") if moved else UNKNOWN["quarter"])


@dataclass(frozen=True, slots=True)
class Same:
    """What the text is at: "that day", "the same year"."""

    unit: Unit

    def resolve(self, when: When) -> Resolved:
        """Name the unit of what the text is at."""
        base = (when.day if self.unit == "day" else when.last or when.day) or when.base
        if self.unit == "quarter":
            # Whoever reports on "the quarter" without a name reports on the one that is over.
            named = when.last if when.near and when.last_unit == "quarter" else when.quarter
            base = named or (shift(when.base, -1, "quarter") if when.base else None)
        return dated(value_of(base, self.unit) if base else UNKNOWN[self.unit])


@dataclass(frozen=True, slots=True)
class TheUnit:
    """The year, the month: the one the sentence looks back at, else the current one."""

    unit: Unit

    def resolve(self, when: When) -> Resolved:
        """Name the unit."""
        base = when.last if when.near and when.tense() < 0 else None
        base = base or when.base
        return dated(value_of(base, self.unit) if base else UNKNOWN[self.unit])


@dataclass(frozen=True, slots=True)
class Length:
    """A duration; with a direction it reaches from the article's day, or back from the day the sentence is at."""

    value: str
    amount: Decimal | None = None
    unit: Unit = "day"
    direction: int = 0
    from_context: bool = False

    def resolve(self, when: When) -> Resolved:
        """Give the duration, and its days where both ends are known."""
        base = (when.day if when.near and when.last_unit == "day" else None) if self.from_context else when.reference
        interval = None
        if base and self.amount is not None and self.direction:
            other = shift(base, self.direction * int(self.amount), self.unit)
            interval = (min(base, other), max(base, other)) if other else None
        return Resolved("DURATION", self.value, interval)


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week with most of its days in a place: "the last week of March", "the week of 6 March"."""

    number: int | None
    base: Node

    def resolve(self, when: When) -> Resolved:
        """Count weeks from the ends of the month."""
        interval = self.base.resolve(when).interval
        if interval is None:
            return Resolved("DATE", UNKNOWN["week"])
        first, last = interval
        day = first if self.number is None else shift(first, 7 * self.number - 4, "day")
        if self.number == -1:
            day = shift(last, -3, "day")
        return dated(value_of(day, "week") if day else UNKNOWN["week"])


@dataclass(frozen=True, slots=True)
class Edged:
    """The plain value with a narrower interval: "early 2022", "the end of June"."""

    edge: Edge
    base: Node

    def resolve(self, when: When) -> Resolved:
        """Narrow the days."""
        found = self.base.resolve(when)
        return Resolved(found.type, found.value, narrowed(found.interval, self.edge) if found.interval else None)


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """A part of a day: "Friday evening", "last night"."""

    base: Node
    part: Part

    def resolve(self, when: When) -> Resolved:
        """Add the part to the day."""
        found = self.base.resolve(when)
        return Resolved("TIME", f"{found.value.split('T')[0]}T{self.part}", found.interval)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the clock; `utc` marks Greenwich time, other zones keep the hour as printed."""

    time: str
    utc: bool = False
    base: Node | None = None

    def resolve(self, when: When) -> Resolved:
        """Put it on the day next to it, else on the day the sentence is at, else on the article's day."""
        day = when.day if when.near and when.last_unit == "day" else when.base
        found = self.base.resolve(when) if self.base else dated(day.isoformat() if day else UNKNOWN["day"])
        return Resolved("TIME", f"{found.value.split('T')[0]}T{self.time}{'Z' if self.utc else ''}", found.interval)
