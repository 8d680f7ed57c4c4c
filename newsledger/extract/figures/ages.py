"""Ages: "aged 35", "35-year-old", and the 35 of "Ivan Ivanov, 35, a miner"."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.extract.figures.counted import Counted
from newsledger.extract.figures.noun_phrases import plural_head
from newsledger.extract.figures.quantities import Quantity, read_quantity
from newsledger.extract.figures.units import is_duration, read_unit
from newsledger.extract.grammar.numerals import read_number

_OLD = re.compile(r"(?:-|[^\S\n])old\b|[^\S\n]of[^\S\n]age\b")
_APPOSED = re.compile(r"(?<=[^\W\d_]),[^\S\n]$")
_APPOSED_AFTER = re.compile(r",[^\S\n](?!000)")
_NAME = re.compile(r"[A-Z\u0410-\u042f][\w\u2019'-]*,[^\S\n]$")
_THEN = re.compile(r"[^\W\d_],[^\S\n](?:then|now|only|just)[^\S\n]$")
# "The winger, 22, joined": roles that news names people by.
_PERSON = re.compile(
    r"\b(?:[a-z]{2,}(?:er|or|ist|ian|ent|ant|man|woman|boy|girl)|victim|coach|captain|pilot|chief|star|widow|host)"
    r",[^\S\n]$"
)
_AGED = re.compile(
    r"\b(?:aged?|ages|age of|aged?[^\S\n](?:between|over|under|above|below|at[^\S\n]least|up[^\S\n]to))[^\S\n]$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:people|children|adults|men|women|boys|girls|voters|those|residents|anyone|everyone|kids|athletes|persons)"
    r"[^\S\n](?:over|under|above|below)[^\S\n]$",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:(?:turn|turns|turned|turning)|(?:when|since|after)[^\S\n](?:he|she|i|they|we)[^\S\n](?:was|were|is|am))[^\S\n]$",
    re.IGNORECASE,
)
_NEXT_AGE = re.compile(r"(?:,|,?[^\S\n](?:and|or))[^\S\n]$")
_ENDS = re.compile(r"[^\S\n]*(?:[,;.)!?\n]|$|[^\S\n](?:and|or|to|who|were|was|are|in|at|from|with|is|said|have|can)\b)")
_OLDEST = 120


def read_age(text: str, start: int, previous: Counted | None) -> Counted | None:
    """Read the age that begins at a place; null where none does.

    `previous` is the figure before it: "aged 15 and 17" tells two.
    """
    number = read_number(text, start)
    if not number or not 0 < number.value < _OLDEST:
        return None
    years = read_unit(text, number.end)
    if years and is_duration(years.code):
        old = _OLD.match(text, years.end)
        end = old.end() if old else start
        return Counted(Quantity(start, end, number.value, unit=years.code), start, end) if old else None
    before = max(0, start - 40)
    apposed = number.style == "digits" and _APPOSED.search(text, max(0, start - 4), start)
    then = number.style == "digits" and _THEN.search(text, before, start)
    named = then or (apposed and (_NAME.search(text, before, start) or _PERSON.search(text, before, start)))
    if named and _APPOSED_AFTER.match(text, number.end):
        return Counted(Quantity(start, number.end, number.value, unit="year"), start, number.end)
    told = _AGED.search(text, before, start)
    limited = _LIMIT.search(text, before, start) and plural_head(text, number.end) is None
    reached = _REACHED.search(text, before, start) and _ENDS.match(text, number.end)
    if years or not (told or limited or reached or _is_next(text, start, number.end, previous)):
        return None
    span = read_quantity(text, start)
    if span is None or span.unit or span.value_max is None or span.value_max > _OLDEST:
        span = Quantity(start, number.end, number.value)
    return Counted(replace(span, unit="year"), start, span.end)


def _is_next(text: str, start: int, end: int, previous: Counted | None) -> bool:
    """Tell whether an age follows right behind another that was told as a mere number."""
    return bool(
        previous
        and previous.quantity.unit == "year"
        and text[previous.start : previous.end].isalnum()
        and _NEXT_AGE.fullmatch(text, previous.end, start)
        and _ENDS.match(text, end)
    )
