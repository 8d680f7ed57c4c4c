"""What the digest draws: scales and paths, without colours and without a library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from newsledger.digest.timewords import MONTHS, day_words
from newsledger.digest.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from newsledger.digest.model import Trend
    from newsledger.records.day import TrendRow

# In the units of the picture, which is drawn as wide as its column.
LEFT, RIGHT = 22.0, 366.0
TOP, MIDDLE, BOTTOM = 8.0, 70.0, 132.0
# How much of a day's share of the width its bar fills.
FILLED = 0.66
# PLOVER's scale of intensity goes from -10 to +10.
STRONGEST = 10.0
WEEK = 7
SPARK_WIDTH, SPARK_HEIGHT = 56.0, 16.0
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A day that the axis names, and where."""

    x: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendChart:
    """A picture of a trend: bars of cooperation above the middle, of conflict below it, the mean intensity as a line.

    Bars and line are paths of SVG. `most` is the count at the upper and the lower edge. The line is interrupted where a
    day has no deeds; `dots` mark the days that have. `summary` says in words what there is to see.
    """

    cooperation: str
    conflict: str
    intensity: str
    dots: tuple[tuple[float, float], ...]
    most: int
    ticks: tuple[Tick, ...]
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline:
    """Seven small bars, and the same in words."""

    bars: str
    words: str


def trend_chart(trend: Trend) -> TrendChart:
    """Draw a trend that has at least a day."""
    rows = trend.days
    most = round_up(max(max(row.cooperation, row.conflict) for row in rows))
    step = (RIGHT - LEFT) / len(rows)
    xs = [LEFT + step * (at + 0.5) for at in range(len(rows))]
    half = MIDDLE - TOP
    dots = {at: _height(row.intensity) for at, row in enumerate(rows) if row.intensity is not None}
    return TrendChart(
        cooperation=_bars(xs, step * FILLED, MIDDLE, [-half * row.cooperation / most for row in rows]),
        conflict=_bars(xs, step * FILLED, MIDDLE, [half * row.conflict / most for row in rows]),
        intensity="".join(f"{'L' if at - 1 in dots else 'M'}{_n(xs[at])} {_n(y)}" for at, y in dots.items()),
        dots=tuple((round(xs[at], 1), round(y, 1)) for at, y in dots.items()),
        most=most,
        ticks=tuple(_ticks(rows, xs)),
        summary=summary_of(rows),
    )


def sparkline(days: Iterable[tuple[date, int]], last: date) -> Sparkline:
    """Draw how many articles each of the seven days has that end with `last`; a day that is not given has none."""
    counts = dict(days)
    length = min(WEEK, last.toordinal())
    told = [last - timedelta(days=back) for back in reversed(range(length))]
    most = max(max((counts.get(day, 0) for day in told), default=0), 1)
    step = SPARK_WIDTH / WEEK
    xs = [step * (at + 0.5) for at in range(WEEK - length, WEEK)]
    heights = [-(SPARK_HEIGHT - 1) * counts.get(day, 0) / most for day in told]
    words = ", ".join(f"{day.day} {MONTHS[day.month]}: {counts.get(day, 0)}" for day in told)
    return Sparkline(bars=_bars(xs, step * FILLED, SPARK_HEIGHT, heights), words=f"Articles a day, {words}")


def round_up(count: int) -> int:
    """Give the least of 1, 2, 5, 10, 20, 50 and so on that is not below a count."""
    ten = 1
    while ten * 10 <= count:
        ten *= 10
    return next((step * ten for step in _STEPS if step * ten >= count), 10 * ten)


def summary_of(rows: Sequence[TrendRow]) -> str:
    """Say in words what a trend shows: how many deeds on how many days, the most on which, how intense."""
    told = [row for row in rows if row.cooperation or row.conflict]
    span = f"From {day_words(rows[0].day)} to {day_words(rows[-1].day)}"
    if not told:
        return f"{span}: no deed on any day."
    cooperation, conflict = sum(row.cooperation for row in rows), sum(row.conflict for row in rows)
    peak = max(told, key=lambda row: (row.cooperation + row.conflict, row.day))
    means = [row.intensity for row in told if row.intensity is not None]
    words = (
        f"{span}: {count_words(cooperation, 'deed')} of cooperation and {conflict} of conflict, "
        f"on {len(told)} of {len(rows)} days; "
        f"most on {day_words(peak.day)} ({peak.cooperation} and {peak.conflict})."
    )
    ends = list(dict.fromkeys((signed(min(means)), signed(max(means))))) if means else []
    return f"{words} Mean intensity of a day: {' to '.join(ends)}." if ends else words


def signed(number: float) -> str:
    """Write a number to one place with its sign; what rounds to nothing has none."""
    written = f"{number:+.1f}"
    return "0.0" if float(written) == 0 else written


def _bars(xs: Sequence[float], width: float, base: float, heights: Sequence[float]) -> str:
    """Draw a bar for each height that is not 0, from the base; those below 0 go up."""
    return "".join(
        f"M{_n(x - width / 2)} {_n(base)}h{_n(width)}v{_n(height)}h{_n(-width)}z"
        for x, height in zip(xs, heights, strict=True)
        if height
    )


def _height(intensity: float) -> float:
    return MIDDLE - (MIDDLE - TOP) * max(-STRONGEST, min(STRONGEST, intensity)) / STRONGEST


def _ticks(rows: Sequence[TrendRow], xs: Sequence[float]) -> Iterable[Tick]:
    """Name the last day and those whole weeks before it."""
    for row, x in list(zip(rows, xs, strict=True))[::-WEEK]:
        yield Tick(x=round(x, 1), label=f"{row.day.day} {MONTHS[row.day.month][:3]}")


def _n(number: float) -> str:
    """Write a coordinate to a tenth, as short as it can be written."""
    return f"{number:.1f}".removesuffix(".0").replace("-0.", "-.") if number else "0"
