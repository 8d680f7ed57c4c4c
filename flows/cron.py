"""A check of cron expressions that costs no import of Prefect, which would only complain when it schedules."""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day of the month", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("day of the week", 0, 7, _WEEKDAYS),
)
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PART = re.compile(r"(?:\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>\d+))?", re.ASCII)


def cron_problem(expression: str) -> str | None:
    """Say what is wrong with a cron expression of five fields, or nothing where it names at least one moment."""
    texts = expression.split()
    if len(texts) != len(_FIELDS):
        return f"a cron expression has five fields (such as */30 * * * *), this one has {len(texts)}"
    chosen: list[set[int]] = []
    for text, (name, low, high, words) in zip(texts, _FIELDS, strict=True):
        values = _values(text, low, high, words)
        if not values:
            return f"the {name} {text!r} is not within {low}-{high}"
        chosen.append(values)
    _, _, days, months, _ = chosen
    if texts[4] == "*" and min(days) > max(_LONGEST[month - 1] for month in months):
        return f"no month {texts[3]} has a day {texts[2]}"
    return None


def _values(text: str, low: int, high: int, words: tuple[str, ...]) -> set[int]:
    """List what a field stands for; nothing where one of its parts is no number, range or step within the limits."""
    values: set[int] = set()
    for part in text.split(","):
        found = _PART.fullmatch(part)
        if not found:
            return set()
        step = int(found["step"] or 1)
        first = low if found["first"] is None else _value(found["first"], low, words)
        last = _last(found, first, high, low, words)
        if not low <= first <= last <= high or step < 1:
            return set()
        values.update(range(first, last + 1, step))
    return values


def _last(found: re.Match[str], first: int, high: int, low: int, words: tuple[str, ...]) -> int:
    """Tell where a part ends: at the named end, at the field's end where it is open, else where it begins."""
    if found["last"] is not None:
        return _value(found["last"], low, words)
    return high if found["first"] is None or found["step"] else first


def _value(text: str, low: int, words: tuple[str, ...]) -> int:
    """Read a number or a name such as `mon`; -1 stands for neither."""
    if text.isdigit():
        return int(text)
    return words.index(text.lower()) + low if text.lower() in words else -1
