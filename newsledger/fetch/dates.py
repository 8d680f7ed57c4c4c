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
_CLOCK = (
    r"[\s,T]+(?:(?:at|-)\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:\.\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
)
_TIME = rf"(?:{_CLOCK})?\s*(?P<zone>.*)"
_MONTH = r"(?P<month>[a-z]{3})[a-z]*\.?"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?:[^\W\d]+\.?,?\s*)?(?P<day>\d{{1,2}})[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}}|\d\d){_TIME}",
        rf"(?:[^\W\d]+[.,\s]\s*)?{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}){_TIME}",
        rf"(?:[a-z]+,?\s+)?(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}}){_TIME}",
        rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d){_CLOCK}\s*(?P<zone>.*)",
    )
)
_OFFSET = re.compile(r"(?:gmt|utc|ut|z)?\s*([+-])(\d{1,2}):?(\d\d)?\b", re.IGNORECASE)
_ZONE = re.compile(r"\(?([a-z]+)", re.IGNORECASE)
_LAST_MONTH = _NOON = 12
_LONGEST = 100
# Clocks of publishers run ahead by hours, and a date without a zone may be half a day off.
_TOLERANCE = timedelta(days=1)
# No news feed is older; what claims to be is an empty field (1970, year 1).
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)


def read_feed_date(text: str) -> datetime | None:
    """Read `Tue, 5 Dec 2023 10:00:00 MSK`, `December 5, 2023 10:00 pm`, `5.12.2023 10:00`, an ISO date and their kin.

    A time without a zone counts as UTC. None for anything else, and for a date with slashes whose month can't be told:
    neither is one of its numbers above 12, nor is there an AM or PM, which Americans write.
    """
    written = text.strip()
    if moment := read_iso(written):
        return moment
    if len(written) > _LONGEST:
        return None
    found = next((found for shape in _SHAPES if (found := shape.fullmatch(written))), None)
    if found is None:
        return None
    said = found.groupdict()
    try:
        day = _day(said, is_slashed="/" in written[: found.end("year")])
        clock = time(_hour(said), int(said["minute"] or 0), int(said["second"] or 0), tzinfo=UTC)
        return datetime.combine(day, clock) - _offset(said["zone"])
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


def _day(said: dict[str, str | None], *, is_slashed: bool) -> date:
    """Give the day that is said; raises ValueError where there is none, or two are meant."""
    month, day, year = said["month"] or "", int(said["day"] or 0), _full_year(said["year"] or "")
    number = int(month) if month.isdecimal() else _MONTHS.get(month.lower(), 0)
    if is_slashed and number > _LAST_MONTH:
        number, day = day, number
    elif is_slashed and number != day <= _LAST_MONTH and not said["half"]:
        raise ValueError(said)
    return date(year, number, day)


def _hour(said: dict[str, str | None]) -> int:
    hour, half = int(said["hour"] or 0), (said["half"] or "").lower()
    # `15:00 PM` is written too.
    return hour if not half or hour > _NOON else hour % _NOON + (_NOON if half == "p" else 0)


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
