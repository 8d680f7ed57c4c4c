"""Numbers as news prints them: digits with any agency's separators, words, scales and fractions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Style = Literal["digits", "grouped", "words", "fraction"]


def listed(words: str) -> tuple[str, ...]:
    """Take a list that is written as a line of words apart."""
    return tuple(words.split())


SMALL = {
    word: value
    for value, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
SCALES = {
    "hundred": Decimal(100),
    "dozen": Decimal(12),
    "thousand": Decimal(10**3),
    "lakh": Decimal(10**5),
    "crore": Decimal(10**7),
    "million": Decimal(10**6),
    "mil": Decimal(10**6),
    "mln": Decimal(10**6),
    "mn": Decimal(10**6),
    "billion": Decimal(10**9),
    "bln": Decimal(10**9),
    "bn": Decimal(10**9),
    "trillion": Decimal(10**12),
    "trn": Decimal(10**12),
    "tn": Decimal(10**12),
}
_PARTS = {
    word: value
    for value, word in enumerate(listed("half third fourth fifth sixth seventh eighth ninth tenth"), start=2)
} | {"quarter": 4}
_VULGAR = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal("0.333"),
    "⅔": Decimal("0.667"),
}
_AND = {"a half": Decimal("0.5"), "a quarter": Decimal("0.25"), "three quarters": Decimal("0.75")}
# Beyond these the decimal context would round, and no figure in the news is as long or as large.
_LONGEST = 20
_LARGEST = Decimal(10**18)
_MOST_WORDS = 16

# The repetitions are bounded, so that a page of digits costs no more than its length.
_DIGITS = re.compile(
    r"(?:(?P<grouped>[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,9})?"
    r"|[0-9]{1,2}(?:,[0-9]{2}){1,5},[0-9]{3}(?:\.[0-9]{1,9})?"
    r"|[0-9]{1,3}(?:['\u2019][0-9]{3}){1,5}(?:\.[0-9]{1,9})?)"
    r"|(?P<european>[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3}){1,5}(?:[.,][0-9]{1,2})?"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,5}(?:,[0-9]{1,2})?"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){1,5},[0-9]{1,2}"
    r"|[0-9]{1,3},[0-9]{1,2}|0,[0-9]{1,4})"
    r"|[0-9]{1,20}(?:\.[0-9]{1,9})?)(?![0-9]|[.,][0-9])"
)
# A mark before three digits parts thousands, one before the last one or two is the decimal mark.
_SEPARATORS = re.compile(r"[ \u00a0\u2009\u202f]|\.(?=[0-9]{3}(?:[.,]|$))")
_MIXED = re.compile(r"(?: {1,2}|-)?(?:([1-9])/([2-9]|10)(?![0-9/])|([½¼¾⅓⅔]))")
_PURE = re.compile(r"([1-9])/([2-9]|10)(?![0-9/.,])")
_SCALE = re.compile(r"(?:[^\S\n]{0,3}|-)(" + "|".join(SCALES) + r")\b", re.IGNORECASE)
_AND_A_HALF = re.compile(r"[^\S\n]{1,3}and[^\S\n]{1,3}(a half|a quarter|three quarters)\b", re.IGNORECASE)
_NEXT = re.compile(r"(?:[^\S\n]{1,3}|-)(and(?:[^\S\n]{1,3}|-))?([A-Za-z]+)\b")
_FIRST = re.compile(r"[A-Za-z]+")
_FRACTION = re.compile(
    r"(?P<count>an?|one|two|three|four|five|six|seven|eight|nine)[ -](?P<part>half|third|quarter|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth)(?P<plural>s?)\b",
    re.IGNORECASE,
)
_PART_SCALE = re.compile(
    r"(?:(?P<half>half(?:[ -]an?)?)|a quarter(?: of an?)?)[^\S\n]{1,3}"
    r"(?P<scale>hundred|thousand|million|billion|trillion|dozen)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number and where it ends; `grouped` digits carry thousands separators, a `fraction` is a part of one."""

    value: Decimal
    end: int
    style: Style


def read_number(text: str, start: int) -> Numeral | None:
    """Read the number that begins exactly at `start`, with its scale ("1.2 million"); null where none does."""
    if text[start : start + 1] in tuple("0123456789"):
        return _read_digits(text, start)
    return _read_words(text, start)


def read_fraction(text: str, start: int) -> Numeral | None:
    """Read "two thirds", "one-fifth" or "3/4" to three decimal places; null where none begins at `start`."""
    pure = _PURE.match(text, start)
    if pure and int(pure[1]) < int(pure[2]):
        return Numeral(_quotient(int(pure[1]), int(pure[2])), pure.end(), "fraction")
    found = _FRACTION.match(text, start)
    if not found:
        return None
    count = SMALL.get(found["count"].lower(), 1)
    parts = _PARTS[found["part"].lower()]
    halved = parts == _PARTS["half"] and found["count"].lower() != "one"
    if bool(found["plural"]) is (count == 1) or count >= parts or halved:
        return None
    return Numeral(_quotient(count, parts), found.end(), "fraction")


def tidy(value: Decimal) -> Decimal:
    """Drop trailing zeros without turning to an exponent: 5.80 is 5.8, and 1E+3 is 1000."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def _quotient(count: int, parts: int) -> Decimal:
    return (Decimal(count) / Decimal(parts)).quantize(Decimal("0.001")).normalize()


def _read_digits(text: str, start: int) -> Numeral | None:
    found = _DIGITS.match(text, start)
    if not found or found.end() - start > _LONGEST:
        return None
    raw, style = found.group(), "digits"
    if found["grouped"]:
        raw, style = re.sub(r"[^0-9.]", "", raw), "grouped"
    elif found["european"]:
        style = "digits" if re.fullmatch(r"[0-9]+,[0-9]+", raw) else "grouped"
        raw = _SEPARATORS.sub("", raw).replace(",", ".")
    value, end = Decimal(raw), found.end()
    mixed = _MIXED.match(text, end) if raw.isdigit() else None
    if mixed:
        value += _VULGAR[mixed[3]] if mixed[3] else _quotient(int(mixed[1]), int(mixed[2]))
        end = mixed.end()
    value, end = _scaled(text, value, end)
    return Numeral(tidy(value), end, "grouped" if style == "grouped" else "digits") if value < _LARGEST else None


def _scaled(text: str, value: Decimal, end: int) -> tuple[Decimal, int]:
    """Add "and a half" and multiply by the scales that follow."""
    half = _AND_A_HALF.match(text, end)
    if half:
        value, end = value + _AND[half[1].lower()], half.end()
    for _ in range(3):
        scale = _SCALE.match(text, end)
        if not scale:
            break
        value, end = value * SCALES[scale[1].lower()], scale.end()
    return value, end


def _read_words(text: str, start: int) -> Numeral | None:
    part = _PART_SCALE.match(text, start)
    if part:
        return Numeral(tidy(SCALES[part["scale"].lower()] / (2 if part["half"] else 4)), part.end(), "words")
    found = _FIRST.match(text, start)
    if not found:
        return None
    word = found.group().lower()
    if word in ("a", "an"):
        return _read_on(text, 1, found.end()) if _SCALE.match(text, found.end()) else None
    if word in SMALL or word in TENS:
        return _read_on(text, SMALL.get(word, TENS.get(word, 0)), found.end())
    return None


def _read_on(text: str, first: int, end: int) -> Numeral | None:
    """Read on after the first word: tens take units, hundreds take tens, larger scales close a group."""
    total, group, closed = Decimal(0), Decimal(first), False
    room = _room(first)
    for _ in range(_MOST_WORDS):
        found = _NEXT.match(text, end)
        if not found:
            break
        word = found[2].lower()
        value = SMALL.get(word, TENS.get(word, 0))
        if found[1] and not closed:
            break
        if word in SCALES and not found[1]:
            scale = SCALES[word]
            if scale < SCALES["thousand"]:
                group, room = group * scale, int(scale)
            else:
                total, group, room = (total + group * scale if group else total * scale), Decimal(0), 1000
            closed = True
        elif 0 < value < room:
            group, room = group + value, _room(value)
        else:
            break
        end = found.end()
    value_read, end = _scaled(text, total + group, end)
    return Numeral(tidy(value_read), end, "words") if value_read < _LARGEST else None


def _room(value: int) -> int:
    """Tens leave room for a unit, everything else for nothing."""
    return TENS["twenty"] // 2 if value >= TENS["twenty"] else 0
