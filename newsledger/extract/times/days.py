"""Days: what a TIMEX3 value covers, and how far a unit of time moves a date. No year is ever made up here."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

Interval = tuple[date, date]
Unit = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "half", "year", "decade", "century"]
Edge = Literal["early", "start", "mid", "late", "end", "first half", "second half"]

# TIMEX3 season codes with the month they begin in; a winter belongs to the year it begins in.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS_IN: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}

_FORMS = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*)?|(?P<month>[0-9]{4}-[0-9]{2})|(?P<week>[0-9]{4}-W[0-9]{2})(?P<end>-WE)?"
    r"|(?P<part>[0-9]{4})-(?P<code>Q[1-4]|H[12]|SP|SU|FA|WI)|(?P<year>[0-9]{4})|(?P<decade>[0-9]{3})|(?P<century>[0-9]{2})"
)
# The month that a part of a year begins in, and how many it has.
_PARTS = (
    {f"Q{number}": (3 * number - 2, 3) for number in range(1, 5)}
    | {f"H{number}": (6 * number - 5, 6) for number in (1, 2)}
    | {code: (month, 3) for code, month in SEASONS.items()}
)


def interval_of(value: str) -> Interval | None:
    """Give the closed interval of days that a DATE or TIME value covers; null for vague and incomplete values."""
    found = _FORMS.fullmatch(value)
    try:
        return _interval_of(found) if found else None
    except (ValueError, OverflowError):
        return None


def _interval_of(found: re.Match[str]) -> Interval:
    if found["day"]:
        day = date.fromisoformat(found["day"])
        interval = day, day
    elif found["week"]:
        monday = date.fromisocalendar(int(found["week"][:4]), int(found["week"][-2:]), 1)
        interval = monday + timedelta(days=5 if found["end"] else 0), monday + timedelta(days=6)
    elif found["month"]:
        interval = _months(int(found["month"][:4]), int(found["month"][-2:]), 1)
    elif found["code"]:
        interval = _months(int(found["part"]), *_PARTS[found["code"]])
    elif found["year"]:
        interval = _months(int(found["year"]), 1, 12)
    elif found["decade"]:
        interval = _months(10 * int(found["decade"]), 1, 120)
    else:
        interval = _months(100 * int(found["century"]) + 1, 1, 1200)
    return interval


def _months(year: int, month: int, count: int) -> Interval:
    last = year * 12 + month - 1 + count - 1
    end_year, end_month = last // 12, last % 12 + 1
    return date(year, month, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])


def narrowed(interval: Interval, edge: Edge) -> Interval:
    """Keep the early, middle or late part: of a year January-April, May-August, September-December, and so on.

    The start and the end of a year are one month, those of a month are ten days and what comes from the 21st.
    """
    first, last = interval
    length = (last - first).days + 1
    if edge in ("first half", "second half"):
        middle = first + timedelta(days=14 if 28 <= length <= 31 else (length - 1) // 2)  # noqa: PLR2004 - days of a month
        return (first, middle) if edge == "first half" else (min(middle + timedelta(days=1), last), last)
    if length == 1:
        return interval
    if length <= 7:  # noqa: PLR2004 - days of a week
        cuts = {"early": (0, 1), "start": (0, 1), "mid": (2, 3), "late": (4, 6), "end": (4, 6)}[edge]
        return min(first + timedelta(days=cuts[0]), last), min(first + timedelta(days=cuts[1]), last)
    if length <= 31:  # noqa: PLR2004 - days of a month
        parts = {"early": (1, 10), "start": (1, 10), "mid": (11, 20), "late": (21, 31), "end": (21, 31)}[edge]
        return first.replace(day=parts[0]), min(first.replace(day=min(parts[1], last.day)), last)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    third = months // 3
    if months == 120:  # noqa: PLR2004 - months of a decade
        begin, end = {"early": (0, 4), "start": (0, 4), "mid": (4, 7), "late": (7, 10), "end": (7, 10)}[edge]
        return _months(first.year + begin, 1, 12 * (end - begin))
    if edge in ("start", "end") and months == 12:  # noqa: PLR2004 - months of a year
        third = 1
    offset = {"early": 0, "start": 0, "mid": months // 3, "late": months - third, "end": months - third}[edge]
    begin = first.year * 12 + first.month - 1 + offset
    return _months(begin // 12, begin % 12 + 1, third)


def shift(day: date, count: int, unit: Unit) -> date | None:
    """Move a day by a number of units; the 31st becomes the last day of a shorter month. Null beyond the calendar."""
    try:
        if unit in ("second", "minute", "hour"):
            seconds = {"second": 1, "minute": 60, "hour": 3600}[unit] * count
            return day + timedelta(days=int(seconds / 86400))
        if unit in ("day", "week"):
            return day + timedelta(days=count * (7 if unit == "week" else 1))
        months = day.year * 12 + day.month - 1 + count * _MONTHS_IN[unit]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError, IndexError):
        return None


def value_of(day: date, unit: Unit) -> str:
    """Name the unit that holds the day in TIMEX3's way: 2024-03-06, 2024-W10, 2024-03, 2024-Q1, 2024-H1, 2024, 202."""
    year, week, _ = day.isocalendar()
    values = {
        "week": f"{year:04}-W{week:02}",
        "month": f"{day.year:04}-{day.month:02}",
        "quarter": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "half": f"{day.year:04}-H{(day.month + 5) // 6}",
        "year": f"{day.year:04}",
        "decade": f"{day.year // 10:03}",
        "century": f"{(day.year - 1) // 100:02}",
    }
    return values.get(unit, day.isoformat())


UNKNOWN: dict[str, str] = {
    "second": "XXXX-XX-XX",
    "minute": "XXXX-XX-XX",
    "hour": "XXXX-XX-XX",
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}
