"""Numbers in names: "Fund III" is "Fund 3" and "Brigade Forty-Four" is "Brigade 44"."""

from __future__ import annotations

import re

from newsledger.extract.naming.vocabulary import vocabulary

_PARTS = re.compile(r"(\d+)(?:st|nd|rd|th)?|([^\W\d_]+)")
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
# Of a person; Xi, Vi and single letters are names.
_REGNAL = re.compile(r"x?(?:i{2,3}|iv|vi{2,3}|ix)|xvi")
_VALUES = {"i": 1, "v": 5, "x": 10}
_LOOK_ALIKE = str.maketrans("013459", "oieasg")


def digits_as_letters(text: str) -> str:
    """Read the digits that stand for letters: Sech1n."""
    return text if text.isalpha() or text.isdigit() else text.translate(_LOOK_ALIKE)


def set_apart(words: list[tuple[str, str]], *, regnal: bool) -> tuple[list[tuple[str, str]], tuple[int, ...]]:
    """Divide words into those of letters and the numbers, in their order."""
    kept, numbers = [], []
    for place, (text, own) in enumerate(words):
        value = _value(text, first=place == 0, regnal=regnal)
        if value is not None:
            numbers.append(value)
        elif text.isalpha():
            kept.append((text, own))
        else:
            for digits, letters in _PARTS.findall(text):
                if digits:
                    numbers.append(int(digits[:9]))
                else:
                    kept.append((letters, letters))
    return kept, tuple(_added_up(numbers))


def _value(text: str, *, first: bool, regnal: bool) -> int | None:
    if not first and (_REGNAL if regnal else _ROMAN).fullmatch(text):
        values = [_VALUES[letter] for letter in text]
        return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
    return None if regnal else vocabulary().numerals.get(text)


def _added_up(numbers: list[int]) -> list[int]:
    """Put tens and ones together: forty, four."""
    found: list[int] = []
    for number in numbers:
        if found and 0 < number < 10 and found[-1] in range(20, 100, 10):  # noqa: PLR2004 - tens and ones
            found[-1] += number
        else:
            found.append(number)
    return found
