"""Which numbers a few words print, so that a value can be held against them."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TOKEN = re.compile(r"\d+(?:[.,\u2019'\s\u00a0\u202f]\d+)*|[^\W\d_]+")
# As in 2 1/2 and in 2½. More digits are no fraction.
_FRACTION = re.compile(r"(?:\b(\d{1,9})[\s-]+)?\b(\d{1,4})/(\d{1,4})\b")
_VULGAR = re.compile("[\u00bc-\u00be\u2150-\u215e]")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9}
_PARTS["tenth"] = 10
_OTHERS = {"a": 1, "an": 1, "no": 0, "none": 0, "nil": 0, "single": 1, "sole": 1, "once": 1, "both": 2, "couple": 2}
_MORE = {"pair": 2, "twice": 2, "double": 2, "doubled": 2, "twofold": 2, "triple": 3, "tripled": 3, "threefold": 3}
_NUMBERS = {
    **{word: number for number, word in enumerate(_ONES.split())},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), start=2)},
    **_OTHERS,
    **_MORE,
}
_SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCALES["trillion"] = 10**12


def prints(text: str, value: Decimal) -> bool:
    """Tell whether the words print the value, in digits or in English words, whatever its power of ten.

    The power of ten is left open, since it may stand elsewhere (a table in thousands) or be a part of the unit.
    """
    return value.is_finite() and _digits(value) in set(_printed(text))


def _printed(text: str) -> Iterator[str]:
    """Give the digits of all numbers in a text: those in figures, those in words, and those in both."""
    text = normalize("NFKC", _VULGAR.sub(r" \g<0>", text)).replace("\u2044", "/")
    for whole, part, of in _FRACTION.findall(text):
        if Decimal(of):
            yield _digits(Decimal(whole or 0) + round(Decimal(part) / Decimal(of), 3))
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    for token in tokens:
        if token[0].isdigit():
            yield from map(_ascii, (token, *re.split(r"[\s\u00a0\u202f]", token)))
    for is_number, run in groupby(tokens, key=_is_number):
        if is_number:
            words = list(run)
            yield _digits(_value(words))
            # A range or a list stands in one run, too.
            yield from (_digits(_value([word])) for word in words)


def _is_number(token: str) -> bool:
    return token[0].isdigit() or _singular(token) in _NUMBERS | _SCALES | _PARTS


def _value(words: Iterable[str]) -> Decimal:
    """Add words up: `two hundred fifty thousand`, `two dozen`, `three quarters`."""
    total, group = Decimal(0), Decimal(0)
    for word in map(_singular, words):
        if word[0].isdigit():
            group += Decimal(re.sub(r"\D", "", word))
        elif word in _NUMBERS:
            group += _NUMBERS[word]
        elif word in _PARTS:
            group = round((group or Decimal(1)) / _PARTS[word], 3)
        elif _SCALES[word] < 1000:  # noqa: PLR2004 - larger ones close a group
            group = (group or Decimal(1)) * _SCALES[word]
        else:
            total, group = total + (group or Decimal(1)) * _SCALES[word], Decimal(0)
    return total + group


def _singular(word: str) -> str:
    return "half" if word == "halves" else word.removesuffix("s")


def _digits(value: Decimal) -> str:
    """Reduce a value to its digits without the zeros around them."""
    return "".join(map(str, value.as_tuple().digits)).strip("0")


def _ascii(token: str) -> str:
    """Do the same with a number as printed, in the digits of any script."""
    return "".join(str(int(sign)) for sign in token if sign.isdecimal()).strip("0")
