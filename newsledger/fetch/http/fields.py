"""The header fields of an answer: byte for byte, and what they say about time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.fetch.dates import read_http_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    Fields = Sequence[tuple[bytes, bytes]]

_DAY_S = 86400.0
_YEAR_S = 365 * _DAY_S
_DIRECTIVE = re.compile(r'([^\s,=]+)(?:\s*=\s*("[^"]*"|[^\s,]*))?')


def field(fields: Fields, name: str) -> str | None:
    """Give the first field of a name, as Latin-1, which maps each byte to one character; None where there is none."""
    return next(iter(_all(fields, name)), None)


def fresh_s(fields: Fields, now: datetime) -> float | None:
    """Tell for how many seconds the answer is fresh (RFC 9111, 4.2), from 0 to a year; None where it does not say.

    Cache-Control goes before Expires, whose malformed forms such as `0` mean at once. The time it spent in caches (Age)
    is taken off.
    """
    written = ",".join(_all(fields, "cache-control"))
    directives = {name.lower(): value.strip('"') for name, value in _DIRECTIVE.findall(written)}
    # With a value, no-cache is about single fields.
    if "no-store" in directives or directives.get("no-cache") == "":
        return 0.0
    if "max-age" in directives:
        lifetime = _seconds(directives["max-age"]) or 0.0
    elif (expires := field(fields, "expires")) is not None:
        until, since = read_http_date(expires), read_http_date(field(fields, "date") or "") or now
        lifetime = (until - since).total_seconds() if until else 0.0
    else:
        return None
    age = _seconds(field(fields, "age") or "") or 0.0
    return min(max(lifetime - age, 0.0), _YEAR_S)


def retry_after_s(fields: Fields, now: datetime) -> float | None:
    """Read Retry-After, seconds or a date; never below zero and never beyond a day. None where it says neither."""
    value = field(fields, "retry-after") or ""
    seconds = _seconds(value)
    if seconds is None and (moment := read_http_date(value)):
        seconds = (moment - now).total_seconds()
    return None if seconds is None else min(max(seconds, 0.0), _DAY_S)


def _all(fields: Fields, name: str) -> list[str]:
    wanted = name.encode("ascii")
    return [value.decode("latin-1") for key, value in fields if key.lower() == wanted]


def _seconds(value: str) -> float | None:
    """Read whole seconds, however many digits; beyond a year makes no difference."""
    value = value.strip()
    return min(float(value), _YEAR_S) if value.isascii() and value.isdigit() else None
