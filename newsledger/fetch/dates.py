"""Dates as feeds and headers write them, read into aware times in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: n for n, name in enumerate(_MONTH_NAMES, start=1)}
# Names that RFC 822 knows, and those of the region; a name that is not listed counts as UTC.
_ZONES = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "bst": 1, "cet": 1, "cest": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3, "msk": 3, "msd": 4, "trt": 3,
    "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "pkt": 5, "aest": 10, "aedt": 11,
}  # fmt: skip
_TIME = r"(?:[\s,T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)?\s*(.*)"
_NAMED = re.compile(
    rf"(?:[^\W\d]+\.?,?\s*)?(\d{{1,2}})[\s-]+([a-z]{{3}})[a-z]*\.?,?[\s-]+(\d{{4}}|\d\d){_TIME}", re.IGNORECASE
)
_DOTTED = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}){_TIME}")
_OFFSET = re.compile(r"(?:gmt|utc|ut|z)?\s*([+-])(\d{1,2}):?(\d\d)?\b", re.IGNORECASE)
_ZONE = re.compile(r"\(?([a-z]+)", re.IGNORECASE)
# Clocks of publishers run ahead by hours, and a date without a zone may be half a day off.
_TOLERANCE = timedelta(days=1)
# No news feed is older; what claims to be is an empty field (1970, year 1).
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)


def read_feed_date(text: str) -> datetime | None:
    """Read `Tue, 5 Dec 2023 10:00:00 MSK`, `5.12.2023 10:00`, an ISO date and their kin; None for anything else.

    A time without a zone counts as UTC.
    """
    named, dotted = _NAMED.fullmatch(text.strip()), _DOTTED.fullmatch(text.strip())
    if named:
        day, name, year, *rest = named.groups()
        month = _MONTHS.get(name.lower(), 0)
    elif dotted:
        day, number, year, *rest = dotted.groups()
        month = int(number)
    else:
        return read_iso(text)
    hour, minute, second, zone = rest
    try:
        clock = time(int(hour or 0), int(minute or 0), int(second or 0), tzinfo=UTC)
        return datetime.combine(date(_full_year(year), month, int(day)), clock) - _offset(zone)
    except (ValueError, OverflowError):
        return None


def read_iso(text: str) -> datetime | None:
    """Read an ISO 8601 date or time into UTC; without a zone it counts as UTC. None for anything else."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_http_date(text: str) -> datetime | None:
    """Read an HTTP date (RFC 9110) into UTC; None for anything else."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None


def is_believable(moment: datetime, now: datetime) -> bool:
    """Tell whether a news item can have been published at this time."""
    return _EARLIEST <= moment <= now + _TOLERANCE


def _full_year(year: str) -> int:
    """Read a year of two digits as RFC 2822 does: up to 49 in this century, else in the last one."""
    written = int(year)
    if len(year) > 2:  # noqa: PLR2004 - longer than two digits
        return written
    return written + (2000 if written < 50 else 1900)  # noqa: PLR2004 - RFC 2822, 4.3


def _offset(zone: str) -> timedelta:
    if offset := _OFFSET.match(zone):
        sign, hours, minutes = offset.groups()
        amount = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return amount if sign == "+" else -amount
    name = _ZONE.match(zone)
    return timedelta(hours=_ZONES.get(name[1].lower(), 0)) if name else timedelta()
