"""Where the figures of a text are: every quantity that counts or measures something, in the order of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.extract.figures.ages import read_age
from newsledger.extract.figures.counted import Counted, counted_by
from newsledger.extract.figures.counting import change_words, noun_list
from newsledger.extract.figures.noun_phrases import plural_head
from newsledger.extract.figures.quantities import Quantity, hedge_before, read_quantity
from newsledger.extract.figures.units import is_duration, read_unit
from newsledger.extract.grammar.numerals import SCALES, SMALL, TENS, tidy
from newsledger.extract.times.rules import word_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.records.extraction import Time

_START = re.compile(r"[0-9]+|[$€£₽₴₹₩₸₪₺¥₱฿₫₡₦]|[A-Za-z]+\$?")
_WORDS = re.compile(r"[0-9]+|[A-Za-z]+")
_NUMBER_WORDS = frozenset([*SMALL, *TENS])
_FIRST_WORDS = _NUMBER_WORDS | {"a", "an", "half"}
_MONEY_CODE = re.compile(r"(?:[A-Z]{1,3}[^\S\n]?\$|[A-Z][A-Za-z]{1,2}\.?)(?=[^\S\n]{0,2}[0-9])")
_NAME_BEFORE = re.compile(r"(?:\w[-\u2013:]|[\w.]\.|[/@#№+_=&?]|\w)$")
_SIGN_BEFORE = re.compile(r"(?:^|[\s(])[-\u2212]$")
_MINUS = re.compile(r"(?:^|[\s(])(?<!or )(minus[^\S\n]|[-\u2212])$", re.IGNORECASE)
_WEIGHED = re.compile(
    r"\b(?:kg|kilograms?|kilos?|weigh\w*|weight)\b[^.;€£$0-9]{0,24}$"
    r"|\b(?:lost|lose|losing|gained|gain|gaining|shed|shedding)[^\S\n](?:\w+[^\S\n]){0,3}$"
)
_NO_WEIGHT = re.compile(r"[^\S\n](?:note|fine|ticket|deal|coin|contract|bill|prize|cheque|reward|voucher|fee|cost)")
_SCALE_LETTER = re.compile(r"(?<=[0-9])[mkK](?![\w-])")
_PHONE = re.compile(
    r"\+[0-9][0-9 ()-]{6,24}[0-9]|[0-9]{2,4}-[0-9]{2}-[0-9]{2}(?![0-9])|\([0-9]{2,5}\)[^\S\n]?[0-9-]{5,12}"
)
_SHORTENED = re.compile(r"\b(?:fig|figs|nos?|art|arts|sec|ch|chap|vol|pp?|par|para|rm|rd|st)\.[^\S\n]?$", re.IGNORECASE)
_AIRLINER = re.compile(r"7[0-8]7\b")
_LIST_MARK = re.compile(r"(?:^|\n)[^\S\n]*[(\[]?$")
_LIST_MARK_AFTER = re.compile(r"[.)\]](?:\s|$)")
_FROM = re.compile(r"\bfrom[^\S\n]+$", re.IGNORECASE)


def scan_figures(text: str, times: Sequence[Time]) -> tuple[Counted, ...]:
    """Find the quantities; numbers inside dates are none, durations with a number are."""
    found = [*_inside_times(text, times), *_counts(text, times)]
    return tuple(sorted(found, key=lambda counted: counted.start))


def _inside_times(text: str, times: Sequence[Time]) -> Iterator[Counted]:
    """Find durations with a number, also in "every two weeks", and the "three times" of "three times a day"."""
    for time in times:
        told = text[time.start : time.end]
        every = time.type == "SET" and told.lower().startswith("every")
        for word in _WORDS.finditer(told) if time.type in ("DURATION", "SET") else ():
            start = time.start + word.start()
            low = word[0].lower()
            quantity = read_quantity(text, start) if _is_number(low) else None
            if quantity is None:
                continue
            unit = quantity.unit or _last_unit(told)
            if time.type == "SET" and quantity.unit == "times":
                yield Counted(quantity, start, quantity.end)
            elif unit and is_duration(unit) and (every or time.type == "DURATION"):
                hedged = hedge_before(text, start)
                begins = start if every or (hedged and hedged[1] >= time.start) else time.start
                yield Counted(replace(quantity, unit=unit), begins, time.end)
            break


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in _NUMBER_WORDS


def _last_unit(text: str) -> str | None:
    unit = read_unit(" " + text.rsplit(maxsplit=1)[-1], 0)
    return unit.code if unit else None


def _counts(text: str, times: Sequence[Time]) -> Iterator[Counted]:
    starts = [time.start for time in times]
    phones = iter([match.span() for match in _PHONE.finditer(text)])
    phone = next(phones, None)
    reached = 0
    previous: Counted | None = None
    for token in _START.finditer(text):
        start = token.start()
        while phone and phone[1] <= start:
            phone = next(phones, None)
        if start < reached or (phone and phone[0] <= start) or not _may_begin(text, token):
            continue
        index = bisect_right(starts, start) - 1
        if index >= 0 and start < times[index].end:
            reached = times[index].end
            continue
        found = _count_at(text, start, previous)
        if found:
            previous, reached = found, found.end
            yield found
        elif token[0][0].isdigit():
            reached = token.end()


def _may_begin(text: str, token: re.Match[str]) -> bool:
    word = token[0]
    if not word[0].isalpha():
        return True
    code = word[0].isupper() and _MONEY_CODE.match(text, token.start())
    inside = text[max(0, token.start() - 1) : token.start()].isalnum()
    return not inside and (word.lower() in _FIRST_WORDS or bool(code))


def _count_at(text: str, start: int, previous: Counted | None) -> Counted | None:
    """Read the figure that begins at a place, unless the number there is part of a name, a date or a list."""
    age = read_age(text, start, previous)
    if age:
        return age
    quantity = read_quantity(text, start, pair=_tells_change(text, start))
    if quantity is None or _is_named(text, quantity):
        return None
    below = _MINUS.search(text, max(0, start - 8), start)
    if below and quantity.unit and quantity.value_max is None:
        quantity = replace(quantity, start=below.start(1), value=-quantity.value)
    quantity = _with_right_unit(text, quantity)
    if not quantity.value and quantity.words and not (quantity.unit or _is_none_of(text, quantity)):
        return None
    if quantity.unit:
        once = quantity.words and quantity.value == 1 and quantity.unit == "times"
        return None if once else Counted(quantity, quantity.start, quantity.end)
    return counted_by(text, quantity, previous)


def _is_none_of(text: str, quantity: Quantity) -> bool:
    """Tell "zero cases" from "net zero", "below zero" and "Ground Zero"."""
    named = text[quantity.start].isupper() or word_before(text, quantity.start).lower() == "net"
    return not named and plural_head(text, quantity.end) is not None


def _with_right_unit(text: str, quantity: Quantity) -> Quantity:
    """Tell pounds of weight from pounds of money, "5m people" from 5 metres, and the strength of a quake."""
    start, end = quantity.start, quantity.end
    if quantity.unit == "GBP":
        hyphened = text[start:end].endswith("-pound") and not _NO_WEIGHT.match(text, end)
        if hyphened or (text[start] != "£" and _WEIGHED.search(text, max(0, start - 40), start)):
            return replace(quantity, unit="lb")
    if not quantity.unit and quantity.plain and word_before(text, start).lower() == "magnitude":
        return replace(quantity, unit="magnitude")
    letter = _SCALE_LETTER.match(text, end - 1 if quantity.unit == "m" else end)
    if letter and quantity.unit in (None, "m") and quantity.value_max is None:
        times = text.startswith(" times", letter.end())
        if times or plural_head(text, letter.end()):
            value = tidy(quantity.value * SCALES["million" if letter[0] == "m" else "thousand"])
            end = letter.end() + times * len(" times")
            return replace(quantity, value=value, unit="times" if times else None, plain=False, end=end)
    return quantity


def _tells_change(text: str, start: int) -> bool:
    """Tell whether "from A to B" here tells of a rise or a fall, so that A and B are figures of their own."""
    if not _FROM.search(text, max(0, start - 8), start):
        return False
    words = re.findall(r"[a-z]+|[.;!?\n]", text[max(0, start - 100) : start].lower())[-14:]
    stop = max((number for number, word in enumerate(words) if not word.isalpha()), default=-1)
    return any(word in change_words("increase") or word in change_words("decrease") for word in words[stop + 1 :])


def _is_named(text: str, quantity: Quantity) -> bool:
    """Tell whether the number belongs to a name, a list or a score: "Su-30", "Article 5", "2) the border"."""
    start = quantity.start
    if _NAME_BEFORE.search(text, max(0, start - 2), start) and not _SIGN_BEFORE.search(text, max(0, start - 2), start):
        return True
    before = word_before(text, start).lower()
    shortened = _SHORTENED.search(text, max(0, start - 8), start)
    model = quantity.plain and _AIRLINER.match(text, start) and "Boeing" in text[max(0, start - 300) : start + 300]
    if not quantity.unit and (shortened or model or before in noun_list("numbered") or before in ("#", "№")):
        return True
    return bool(
        not quantity.unit
        and quantity.plain
        and _LIST_MARK.search(text, max(0, start - 12), start)
        and _LIST_MARK_AFTER.match(text, quantity.end)
    )
