"""Rules for times of the clock, with their zone and the date that follows them."""

from __future__ import annotations

import re

from newsledger.extract.times.nodes import DayOfMonth, Weekday, Yearly
from newsledger.extract.times.offsets import Clock, Relative
from newsledger.extract.times.parts import BASES
from newsledger.extract.times.rules import DIGIT, Found, compiled, read_at, rule

# "At 2 at night" is two hours after midnight, "at 10 at night" two before it.
_SMALL_HOURS = 6
_ZONE = re.compile(
    r"[^\S\n]?\(?(?:(?P<code>UTC|GMT|CEST|CET|EEST|EET|EST|EDT|ET|PST|PDT|CST|CDT|MST|MDT|BST|MSK|IST|JST|KST)\b"
    r"(?P<offset>[^\S\n]?[+\u2212-][0-9]{1,2}(?::[0-9]{2})?)?"
    r"|(?:local|[A-Z][a-z]{2,15}(?:[^\S\n](?:Standard|Daylight|Summer|European))?)(?:[^\S\n][Tt]ime)\b"
    r"|(?:Eastern|Central|Pacific)\b)\)?"
)
_BEHIND_BRACKET = compiled(r" \([^)\n]{1,30}\)")
_DATE_AFTER = compiled(
    r",?(?P<on> on)? (?:early |late )?(?=@SHORTDAY\b|@MONTH\b|[0-9]|today|yesterday|tomorrow|the [0-9])"
)


def _clock(match: re.Match[str]) -> Found | None:
    """Read a time of the clock with its zone and the date that follows it."""
    groups = match.groupdict()
    named = (groups.get("name") or "").lower()
    hour, minute = int(groups.get("hour") or 12), groups.get("minute") or "00"
    if named:
        hour = 24 if named == "midnight" else 12
    half = (groups.get("half") or "").lower().replace(".", "").replace(" ", "")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    part = groups.get("part") or groups.get("at") or "morning"
    if part.lower() != "morning" and not (groups.get("at") and hour < _SMALL_HOURS):
        hour = hour % 12 + 12
    if hour > 24 or (hour == 24 and minute != "00"):  # noqa: PLR2004 - hours of a day
        return None
    time = f"{hour:02}:{minute}" + (f":{groups['second']}" if groups.get("second") else "")
    zone = _ZONE.match(match.string, match.end())
    utc = bool(zone and zone["code"] in ("UTC", "GMT") and not zone["offset"])
    end = _zone_end(zone) if zone else match.end()
    if groups.get("bare") and not zone:
        return None
    bracket = _BEHIND_BRACKET.match(match.string, end)
    # "10:30 a.m. (0730 GMT) Friday": both are of Friday, and neither holds it.
    closes = match.string[end : end + 1] == ")"
    joint = _DATE_AFTER.match(match.string, bracket.end() if bracket else end + closes)
    date = read_at(BASES, match.string, joint.end()) if joint else None
    node = date.node if date and isinstance(date.node, Yearly | Weekday | Relative | DayOfMonth) else None
    apart = bool(bracket) or closes or joint is None or bool(joint["on"])
    inside = date is not None and node is not None and not apart
    return Found(match.start(), date.end if inside and date else end, Clock(time, utc=utc, base=node))


def _zone_end(zone: re.Match[str]) -> int:
    """Leave a closing bracket out that the zone doesn't open."""
    closes = zone[0].endswith(")") and "(" not in zone[0]
    return zone.end() - closes


CLOCK = (
    rule(
        [DIGIT],
        r"(?P<hour>[01]?[0-9]|2[0-4])[:](?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?"
        r"(?![0-9:]|[.,][0-9])(?: ?(?P<half>[ap]\.m\.|[ap]\.?m\b))?",
        _clock,
    ),
    rule(
        [DIGIT],
        r"(?P<hour>1[0-2]|0?[1-9])(?:[.](?P<minute>[0-5][0-9]))?(?: ?(?P<half>[ap]\.m\.|[ap]\.?m\b)| o['\u2019]clock)",
        _clock,
    ),
    rule(
        [DIGIT],
        r"(?P<hour>1[01]|0?[1-9])(?:[.:](?P<minute>[0-5][0-9]))?(?: o['\u2019]clock)? "
        r"(?:in the (?P<part>morning|afternoon|evening)\b|at (?P<at>night)\b)",
        _clock,
    ),
    rule(
        [DIGIT],
        r"(?P<bare>)(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9])(?! time)(?= (?:GMT|UTC|local time)\b)",
        _clock,
    ),
    rule(["noon", "midnight", "midday"], r"(?P<name>noon|midnight|midday)\b(?!-)", _clock),
)
