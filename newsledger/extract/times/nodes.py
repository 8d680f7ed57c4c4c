"""What a time expression means: each node turns into a TIMEX3 value once it is known when it was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, Protocol

from newsledger.extract.times.days import Interval, Unit, interval_of, shift, value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsledger.records.extraction import TimeType

# "The coming Sunday" is near, "next Sunday" of next week; of other units both are the same.
Turn = Literal["last", "this", "next", "coming"]
STEPS = {"last": -1, "this": 0, "next": 1, "coming": 1}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A TIMEX3 type and value with the days it covers."""

    type: TimeType
    value: str
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class When:
    """From where a relative expression counts.

    `reference` is the article's day, `day` the last full day that the text named, `last` the last calendar expression
    of the same paragraph with its unit, `near` says that it stands in the same sentence, `quarter` the last quarter of
    the whole text. `tense` tells whether the clause looks back (-1), ahead (1) or neither. `beside` is the date that
    this one is joined to ("May and June"); where it `runs` from there, it lies behind it ("from May to June").
    """

    reference: date | None
    day: date | None
    last: date | None
    last_unit: Unit | None
    near: bool
    quarter: date | None
    tense: Callable[[], int]
    beside: date | None = None
    runs: bool = False

    @property
    def base(self) -> date | None:
        """The article's day, else a day that the same paragraph names in full."""
        return self.reference or (self.last if self.last_unit == "day" else None)


class Node(Protocol):
    """A time expression that has been read but not yet placed in the calendar."""

    def resolve(self, when: When) -> Resolved:
        """Give type, value and days."""
        ...


def dated(value: str) -> Resolved:
    """Make a DATE of a value, with the days that it covers."""
    return Resolved("DATE", value, interval_of(value))


def choose(values: list[str], base: date, tense: int) -> Resolved:
    """Take the nearest of the values, as a writer who means one far off gives its year.

    A clause that looks ahead takes the coming one all the same, one that looks back the last one if that is about as
    near: what was agreed is often still to come.
    """
    found = [(value, interval) for value in values if (interval := interval_of(value))]
    if not found:
        return Resolved("DATE", values[0])
    nearest = min(found, key=lambda pair: _distance(pair[1], base))
    reach = 2 * _distance(nearest[1], base)
    past = [pair for pair in found if pair[1][0] <= base and (_distance(pair[1], base) <= reach or tense < -1)]
    # Results of a quarter that is over are still to come; a month or a day that is over isn't.
    coming = [
        pair for pair in found if pair[1][1] >= base and (_distance(pair[1], base) <= reach or "-Q" not in pair[0])
    ]
    if tense < 0 and past:
        nearest = past[-1]
    elif tense > 0 and coming:
        nearest = coming[0]
    return Resolved("DATE", *nearest)


def _distance(interval: Interval, base: date) -> timedelta:
    return max(interval[0] - base, base - interval[1], timedelta())


@dataclass(frozen=True, slots=True)
class Fixed:
    """An expression whose value stands by itself."""

    value: str
    type: TimeType = "DATE"

    def resolve(self, _: When) -> Resolved:
        """Give the value as it is."""
        return dated(self.value) if self.type == "DATE" else Resolved(self.type, self.value)


@dataclass(frozen=True, slots=True)
class Yearly:
    """Something that comes every year: `form` is its TIMEX3 value after the year, such as 03-06, 12, Q3 or SU."""

    form: str
    year: int | None = None
    year_turn: Turn | None = None
    turn: Turn | None = None
    base: Node | None = None
    of_results: bool = False

    def resolve(self, when: When) -> Resolved:
        """Find the year: given, next to it, or by the tense, which leaves no choice where results are told."""
        reference = when.base
        if self.year is not None:
            return dated(f"{self.year:04}-{self.form}")
        if self.base:
            return dated(f"{self.base.resolve(when).value[:4]:X<4}-{self.form}")
        if reference is None:
            return Resolved("DATE", f"XXXX-{self.form}")
        if self.year_turn:
            return dated(f"{reference.year + STEPS[self.year_turn]:04}-{self.form}")
        values = [f"{reference.year + step:04}-{self.form}" for step in (-1, 0, 1)]
        if self.turn is None:
            tense = when.tense()
            joined = self._joined(when.beside, runs=when.runs) if when.beside else None
            return joined or choose(values, reference, 2 * tense if tense < 0 and self.of_results else tense)
        return self._turned(values, reference)

    def _joined(self, first: date, *, runs: bool) -> Resolved | None:
        """Stay in the year of the date before; what runs from there may end in the next."""
        found = [dated(f"{year:04}-{self.form}") for year in (first.year, first.year + 1)[: 1 + runs]]
        return next((each for each in found if each.interval and each.interval[0] >= first), None)

    def _turned(self, values: list[str], reference: date) -> Resolved:
        found = [(value, interval) for value in values if (interval := interval_of(value))]
        earlier = [value for value, interval in found if interval[1] < reference]
        later = [value for value, interval in found if interval[0] > reference]
        if self.turn == "last" and earlier:
            return dated(earlier[-1])
        if self.turn in ("next", "coming") and later:
            return dated(later[0])
        return dated(values[1])


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day whose month the context gives: "the 19th"."""

    day: int
    month_turn: Turn | None = None

    def resolve(self, when: When) -> Resolved:
        """Stay near the date that the paragraph has named; else look back, or ahead if the clause does."""
        anchor = when.last if when.last_unit in ("day", "month") else None
        if anchor and not self.month_turn:
            if when.last_unit == "month":
                return dated(f"{value_of(anchor, 'month')}-{self.day:02}")
            return self._placed(anchor, 0)
        if when.reference is None:
            return Resolved("DATE", f"XXXX-XX-{self.day:02}")
        if self.month_turn:
            moved = shift(when.reference, STEPS[self.month_turn], "month") or when.reference
            return dated(f"{value_of(moved, 'month')}-{self.day:02}")
        return self._placed(when.reference, 1 if when.tense() > 0 else -1)

    def _placed(self, base: date, tense: int) -> Resolved:
        months = [moved for step in (-2, -1, 0, 1, 2) if (moved := shift(base, step, "month"))]
        values = [f"{value_of(month, 'month')}-{self.day:02}" for month in months]
        days = [day[0] for value in values if (day := interval_of(value))]
        past = [day for day in days if day <= base]
        coming = [day for day in days if day >= base]
        if tense < 0 and past:
            return dated(past[-1].isoformat())
        return dated(coming[0].isoformat()) if tense > 0 and coming else choose(values, base, 0)


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (1 is Monday); in the news the last one, unless the clause looks ahead."""

    number: int
    turn: Turn | None = None
    week: Turn | None = None
    from_context: bool = False

    def resolve(self, when: When) -> Resolved:
        """Count from the article's day, or from the day the text is at."""
        base = (when.day if self.from_context else None) or when.base
        if base is None:
            return Resolved("DATE", f"XXXX-WXX-{self.number}")
        monday = base - timedelta(days=base.isoweekday() - 1)
        in_week = (self.number - base.isoweekday()) % 7
        if self.week:
            day = shift(monday, 7 * STEPS[self.week] + self.number - 1, "day")
        elif self.turn == "last":
            day = shift(base, in_week - 7, "day")
        elif self.turn == "next":
            day = shift(base, in_week or 7, "day") if self.from_context else shift(monday, self.number + 6, "day")
        elif self.turn == "coming":
            day = shift(base, in_week or 7, "day")
        elif self.turn == "this":
            day = shift(monday, self.number - 1, "day")
        else:
            day = shift(base, in_week if in_week == 0 or when.tense() > 0 else in_week - 7, "day")
        return dated(day.isoformat()) if day else Resolved("DATE", f"XXXX-WXX-{self.number}")


@dataclass(frozen=True, slots=True)
class Weekend:
    """Saturday and Sunday."""

    turn: Turn | None

    def resolve(self, when: When) -> Resolved:
        """Take the one that has begun, or the coming one."""
        if when.base is None:
            return Resolved("DATE", "XXXX-WXX-WE")
        weeks = [value_of(moved, "week") for step in (-1, 0, 1) if (moved := shift(when.base, step, "week"))]
        values = [f"{week}-WE" for week in weeks]
        if self.turn and len(values) == 3:  # noqa: PLR2004 - three weeks, save at the ends of the calendar
            return dated(values[STEPS[self.turn] + 1])
        ahead = when.tense() > 0 or when.base.isoweekday() > 5  # noqa: PLR2004 - Saturday or Sunday
        return dated(values[len(values) // 2] if ahead else values[0])
