"""Days, intervals and instants in plain words."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from newsledger.digest.lines import Interval

# Not from `calendar`, whose names follow the locale of the machine.
MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def interval_words(interval: Interval) -> str:
    """Write a closed interval of days as a reader would: a day, a month, a year, or from one day to another."""
    start, end = interval
    if start is None or end is None:
        given = start or end
        side = "from" if start else "until"
        return f"{side} {day_words(given)}" if given else "date not given"
    if start == end:
        return day_words(start)
    last = calendar.monthrange(end.year, end.month)[1]
    if start.day == 1 and end.day == last:
        if (start.month, end.month) == (1, 12):
            return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
        if (start.year, start.month) == (end.year, end.month):
            return f"{MONTHS[start.month]} {start.year}"
    return f"{day_words(start)} to {day_words(end)}"


def day_words(day: date) -> str:
    """Write a day: `20 December 2022`."""
    return f"{day_month_words(day)} {day.year}"


def day_month_words(day: date) -> str:
    """Write a day of the year that is spoken of: `20 December`."""
    return f"{day.day} {MONTHS[day.month]}"


def weekday_words(day: date) -> str:
    """Write a day with its weekday: `Tuesday, 20 December 2022`."""
    return f"{DAYS[day.weekday()]}, {day_words(day)}"


def instant_words(instant: datetime | None) -> str:
    """Write an instant in UTC to the minute; midnight sharp is a day whose hour nobody gave."""
    if instant is None:
        return "date not known"
    return minute_words(instant) if instant.hour or instant.minute or instant.second else instant.date().isoformat()


def minute_words(instant: datetime) -> str:
    """Write an instant in UTC to the minute."""
    return f"{instant.date().isoformat()} {instant.hour:02}:{instant.minute:02} UTC"
