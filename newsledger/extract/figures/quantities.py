"""Quantities: a number or a range of two, its unit, and how exactly it is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsledger.extract.figures.counting import change_words
from newsledger.extract.figures.units import UnitRead, is_money, read_money_sign, read_rate, read_unit
from newsledger.extract.grammar.numerals import SCALES, SMALL, Numeral, read_fraction, read_number, tidy
from newsledger.extract.times.rules import word_before

if TYPE_CHECKING:
    from decimal import Decimal

    from newsledger.records.extraction import Bound

_LETTER_SCALE = re.compile(r"[^\S\n]?(m|M|b|B|k|K)(?![\w.]\w|\w)")
_LETTER_SCALES = {"m": SCALES["million"], "b": SCALES["billion"], "k": SCALES["thousand"]}
_JOINT = re.compile(r"[^\S\n]{1,2}(to|and|or)[^\S\n]{1,2}|[^\S\n]?[-\u2013\u2014][^\S\n]?")
_AND = re.compile(r"[^\S\n]+and[^\S\n]+")
_SCALE_IN = re.compile(r"(?:\b|(?<=[0-9]))(" + "|".join(SCALES) + r")\b", re.IGNORECASE)
BETWEEN = re.compile(r"\bbetween[^\S\n]+$", re.IGNORECASE)
_OF_WHOLE = re.compile(r"[^\S\n]+of\b")
_TAKEN_BY = re.compile(r"\b(?:by|than|about|nearly|almost|over|roughly|around|only|up|down|to)[^\S\n]$")
_SHARE_ENDS = re.compile(
    r"[^\S\n]+(?:of|from|in|by|since|and|to|over|than|majority|compared|last|this|vote|were|are|is|was|among|for|on|at|as"
    r"|higher|lower|more|less|fewer|said|say)\b|[^\S\n]*(?:[.,;:)!?\"\u201d]|$)"
)
_FAR = 5
_SMALL = "|".join([*SMALL, "[0-9]{1,2}"])
_ODDS = re.compile(
    rf"({_SMALL})(?:(?:[^\S\n]+|-)(?:out[^\S\n]+of(?:[^\S\n]+every)?"
    r"|(?:in|of)[^\S\n]+every|(?:(?<=one[ -])|(?<=1[ -]))in|(?:in|of)(?=[^\S\n]+(?:ten|10)\b)))"
    rf"(?:[^\S\n]+|-)({_SMALL})\b(?![.,:/-][0-9]|[^\S\n-]+(?:days|weeks|months|years|hours|minutes)\b)",
    re.IGNORECASE,
)
_HALF = re.compile(r"half(?=[^\S\n]+(?:of|the|its|their|his|her|our|all|that|those|these)\b)", re.IGNORECASE)
_HALF_ALONE = re.compile(r"half\b(?!-|[^\S\n]+(?:an?|hour|year|day|past|time)\b)", re.IGNORECASE)
_BEFORE_HALF = re.compile(
    r"\b(?:by|in|than|about|nearly|almost|over|only|least|around|roughly|some|to)[^\S\n]+(?:a )?$"
)

_HEDGES: dict[Bound, str] = {
    "about": "about|around|approximately|approx\\.?|roughly|nearly|almost|some|close to|circa|(?:an )?estimated|~|≈"
    "|virtually|just (?:over|under)|in the region of",
    "at most": "(?:no|not) (?:more|greater|higher) than|(?:less|fewer|lower) than|at most|up to"
    "|as (?:many|much|high|few|little) as|under|below|(?:a )?maximum(?: of)?|not exceed(?:ing)?|<|≤",
    "at least": "(?:no|not) (?:less|fewer|lower) than|(?:well )?(?:more|greater|higher|larger) than|at least"
    "|exceed(?:s|ed|ing)?|(?:well )?over|above|upwards? of|in excess of|(?:a )?minimum(?: of)?|as low as"
    "|surpass(?:es|ed|ing)?|topp(?:ed|ing)|beyond|>|≥",
}
_HEDGE_WORDS = "|".join(f"(?P<h{number}>{words})" for number, words in enumerate(_HEDGES.values()))
# The leftmost match wins, so that "no more than" is not read as "more than".
_HEDGE = re.compile(rf"(?<![\w-])(?:{_HEDGE_WORDS}) *$".replace(" ", r"[^\S\n]"), re.IGNORECASE)
# "Handed over five men" tells no bound.
_HANDED = re.compile(
    r"\b(?:hand|hands|handed|handing|take|takes|took|taken|taking|turn|turned|turning|carried|crossed|gave|give|sent)[^\S\n]$"
)
_AFTER: dict[Bound, re.Pattern[str]] = {
    "at least": re.compile(
        r"[^\S\n]?\+(?![0-9])|-?[^\S\n]?plus\b|[^\S\n]+(?:or|and)[^\S\n]+(?:more|above|over|higher)\b"
    ),
    "at most": re.compile(r"[^\S\n]+or[^\S\n]+(?:less|fewer|below|under)\b"),
    "about": re.compile(r"[^\S\n]+or[^\S\n]+so\b|-odd\b"),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, perhaps with an upper one, and its unit; without a unit it may count what follows.

    `plain` marks digits without separators and scale: they alone don't make a figure.
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None = None
    unit: str | None = None
    bound: Bound = "exact"
    plain: bool = False
    words: bool = False


def read_quantity(text: str, start: int, *, pair: bool = False) -> Quantity | None:
    """Read the quantity that begins exactly at `start`.

    `pair` says that "from A to B" here tells of a change and not of a range.
    """
    share = _read_share(text, start)
    if share:
        return share
    first = _read_one(text, start)
    if not first:
        return None
    found = _first_of_pair(text, first) if pair else _read_range(text, first) or _with_unit_of_next(text, first)
    if found.unit:
        rate = read_rate(text, found.end)
        if rate and (is_money(found.unit) or found.unit in RATED_UNITS):
            found = replace(found, unit=found.unit + rate.code, end=rate.end)
    return found


RATED_UNITS = frozenset({"t", "kt", "kg", "m3", "bcm", "mcm", "barrel", "l", "kWh", "MWh", "GWh", "TWh", "km"})


def hedge_before(text: str, start: int) -> tuple[Bound, int] | None:
    """Give the bound that the words before a number set, and where they begin."""
    found = _HEDGE.search(text, max(0, start - 40), start)
    if not found or (found[0].lower().startswith("over") and _HANDED.search(text, max(0, start - 60), found.start())):
        return None
    return next(bound for number, bound in enumerate(_HEDGES) if found[f"h{number}"]), found.start()


def hedge_after(text: str, end: int) -> tuple[Bound, int] | None:
    """Give the bound that "or more" and the like set behind a quantity, and where they end."""
    for bound, form in _AFTER.items():
        found = form.match(text, end)
        if found:
            return bound, found.end()
    return None


def _read_share(text: str, start: int) -> Quantity | None:
    """Read "two thirds" and "half" as parts of one."""
    odds = _ODDS.match(text, start)
    parts = (read_number(odds[1], 0), read_number(odds[2], 0)) if odds else (None, None)
    if odds and parts[0] and parts[1] and 0 < parts[0].value < parts[1].value:
        return Quantity(start, odds.end(), _quotient(parts[0].value, parts[1].value), unit="fraction")
    share = read_fraction(text, start)
    if share and _is_share(text, start, share):
        return Quantity(start, share.end, share.value, unit="fraction")
    half = _HALF.match(text, start) or (
        _HALF_ALONE.match(text, start) if _BEFORE_HALF.search(text, max(0, start - 14), start) else None
    )
    return Quantity(start, half.end(), tidy(SCALES["hundred"] / 200), unit="fraction") if half else None


def _quotient(part: Decimal, whole: Decimal) -> Decimal:
    return tidy((part / whole).quantize(SCALES["thousand"] ** -1))


def _is_share(text: str, start: int, share: Numeral) -> bool:
    """Tell "a third of exports" from "a third round" and "three quarters" from times."""
    words = text[start : share.end].lower()
    if words.startswith(("a ", "an ", "a-", "an-")):
        taken = _TAKEN_BY.search(text, max(0, start - 16), start)
        return bool(_OF_WHOLE.match(text, share.end)) or bool(taken and _SHARE_ENDS.match(text, share.end))
    return "quarter" not in words or "-" in words or bool(_SHARE_ENDS.match(text, share.end))


def _read_one(text: str, start: int) -> Quantity | None:
    """Read one number with the currency before it and the unit behind it."""
    sign = read_money_sign(text, start)
    number = read_number(text, sign.end if sign else start)
    if not number:
        return None
    value, end = number.value, number.end
    if sign:
        letter = _LETTER_SCALE.match(text, end)
        if letter:
            value, end = tidy(value * _LETTER_SCALES[letter[1].lower()]), letter.end()
        again = read_unit(text, end)
        named = again is not None and text[again.end - 1].isalpha() and is_money(again.code)
        doubled = again if again and named and again.code in (sign.code, "USD") else None
        return Quantity(start, doubled.end if doubled else end, value, unit=sign.code)
    plain = number.style == "digits" and not _SCALE_IN.search(text, start, end)
    unit = _unit_of(text, number, plain=plain)
    return Quantity(
        start,
        unit.end if unit else end,
        value,
        unit=unit.code if unit else None,
        plain=plain,
        words=number.style == "words",
    )


def _unit_of(text: str, number: Numeral, *, plain: bool) -> UnitRead | None:
    unit = read_unit(text, number.end)
    if unit and unit.code == "KRW" and plain and "won" in text[number.end : unit.end]:
        return None
    return unit


def _read_range(text: str, first: Quantity) -> Quantity | None:
    joint = _JOINT.match(text, first.end)
    second = _read_one(text, joint.end()) if joint else None
    if (
        not joint
        or not second
        or (joint[1] == "and" and not BETWEEN.search(text, max(0, first.start - 12), first.start))
    ):
        return None
    low, high = first.value, second.value
    scale = _SCALE_IN.search(text, second.start, second.end) or (
        _LETTER_SCALE.search(text, second.start, second.end) if second.unit else None
    )
    if scale and low < high and not _SCALE_IN.search(text, first.start, first.end):
        factor = (SCALES | _LETTER_SCALES)[scale[1].lower()]
        low = tidy(low * factor) if low * factor < high else low
    units = {unit for unit in (first.unit, second.unit) if unit}
    if low >= high or len(units) > 1 or (joint[1] == "or" and not (first.words or units or high == low + 1)):
        return None
    if _is_step(text, first, second, joint[1]):
        return None
    return Quantity(
        first.start,
        second.end,
        low,
        value_max=high,
        unit=next(iter(units), None),
        bound="between",
        plain=first.plain and second.plain,
        words=first.words and second.words,
    )


def _is_step(text: str, first: Quantity, second: Quantity, joint: str | None) -> bool:
    """Tell "fell 1.8% to 3,999" and "rose by 40 to 2,500", a step and the level it led to, from a range."""
    if first.unit and not second.unit and not is_money(first.unit):
        return True
    before = word_before(text, first.start).lower()
    moved = before == "by" or before in change_words("increase") or before in change_words("decrease")
    return joint == "to" and moved and second.value > first.value * _FAR and bool(first.unit or not second.unit)


def _first_of_pair(text: str, first: Quantity) -> Quantity:
    """Give the 5 of "from 5 to 7 billion dollars" its scale and its unit."""
    both = _read_range(text, first)
    if both:
        return replace(first, value=both.value, unit=both.unit, plain=both.plain)
    joint = _JOINT.match(text, first.end)
    second = _read_one(text, joint.end()) if joint and joint[1] == "to" else None
    return replace(first, unit=second.unit) if second and not first.unit else first


def _with_unit_of_next(text: str, first: Quantity) -> Quantity:
    """Give the 20 of "20 and 30 percent" its unit."""
    if first.unit:
        return first
    joint = _AND.match(text, first.end)
    second = _read_one(text, joint.end()) if joint else None
    return replace(first, unit=second.unit) if second and second.unit and second.unit != "times" else first
