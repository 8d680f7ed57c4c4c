"""Where the figures of a text are: every quantity that counts or measures something, in the order of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsledger.extract.figures.counting import change_words, noun_list
from newsledger.extract.figures.noun_phrases import plural_head, singular_head
from newsledger.extract.figures.quantities import Quantity, hedge_after, hedge_before, read_quantity
from newsledger.extract.figures.units import is_duration, read_unit
from newsledger.extract.grammar.numerals import SCALES, SMALL, TENS, read_number
from newsledger.extract.times.rules import word_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.records.extraction import Time

_START = re.compile(r"[0-9]+|[$€£₽₴₹₩₸₪₺¥]|[A-Za-z]+\$?")
_NUMBER_WORDS = frozenset([*SMALL, *TENS, "a", "an", "half"]) - {"zero"}
_MONEY_CODE = re.compile(r"(?:[A-Z]{1,3}[^\S\n]?\$|[A-Z]{3})(?=[^\S\n]{0,2}[0-9])")
_NAME_BEFORE = re.compile(r"(?:\w[-\u2013:]|[\w.]\.|[/@#№+_=&?]|\w)$")
_SIGN_BEFORE = re.compile(r"(?:^|[\s(])[-\u2212]$")
_MINUS = re.compile(r"(?:^|[\s(])(?<!or )(minus[^\S\n]|[-\u2212])$", re.IGNORECASE)
_WEIGHED = re.compile(r"\b(?:kg|kilograms?|kilos?|weigh\w*|weight)\b[^.;€£$0-9]{0,24}$")
_PHONE = re.compile(
    r"\+[0-9][0-9 ()-]{6,24}[0-9]|[0-9]{2,4}-[0-9]{2}-[0-9]{2}(?![0-9])|\([0-9]{2,5}\)[^\S\n]?[0-9-]{5,12}"
)
_LIST_MARK = re.compile(r"(?:^|\n)[^\S\n]*[(\[]?$")
_LIST_MARK_AFTER = re.compile(r"[.)\]](?:\s|$)")
_LETTERS_AFTER = re.compile(r"-?[A-Za-z\u0400-\u04ff]|[-\u2013:/][0-9]|\^")
_STANDS_ALONE = re.compile(r"[^\S\n]+(?:of[^\S\n]+(?:them|us|whom|which)|were|are|have|others|more|died|people)\b")
_AGE = re.compile(r"(?<=[^\W\d_]),[^\S\n]$")
_AGED = re.compile(r"\b(?:aged|age of|the age of)[^\S\n]$", re.IGNORECASE)
_AGE_AFTER = re.compile(r",[^\S\n](?!000)")
_NAME = re.compile(r"[A-Z\u0410-\u042f][\w\u2019'-]*,[^\S\n]$")
_OLDEST = 120
_DOZEN = 12
_PAIR = 2
_NEAR = 16
_SAME_CLAUSE = 60
_SENTENCE_END = re.compile(r"[.!?;\n]")
_INSIDE_SENTENCE = re.compile(r"\w,?[^\S\n]+[\"\u201c]?$")
_MORE = re.compile(r"[^\S\n]*(?:(?:more|other|additional|further|such)[^\S\n]+)?")
_AFTER_TO = re.compile(r"\b(?:to|and)[^\S\n]+$")
_FROM = re.compile(r"\bfrom[^\S\n]+$", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:from|to|against|than|of whom|of them|and)[^\S\n]+(?:(?:about|around|nearly|some|almost|over|more than|up to)"
    r"[^\S\n]+)?$"
)
_CHANGED = re.compile(
    r"\b(?:rise|rises|rose|risen|fall|falls|fell|grew|grown|increased|dropped|reached|totalled|totaled|reaches)(?:[^\S\n]+(?:to|by))?[^\S\n]+$"
)
_GENITIVES = ("'s ", "\u2019s ")
_OLD = re.compile(r"(?:-|[^\S\n])old\b|[^\S\n]of[^\S\n]age\b")


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity that is a figure, with the span of the noun phrase it counts."""

    quantity: Quantity
    start: int
    end: int
    noun: tuple[int, int] | None = None


def scan_figures(text: str, times: Sequence[Time]) -> tuple[Counted, ...]:
    """Find the quantities; numbers inside dates are none, durations with a number are."""
    found = [*_durations(text, times), *_counts(text, times)]
    return tuple(sorted(found, key=lambda counted: counted.start))


def _durations(text: str, times: Sequence[Time]) -> Iterator[Counted]:
    for time in times:
        if time.type != "DURATION":
            continue
        told = text[time.start : time.end]
        for word in re.finditer(r"[0-9]+|[A-Za-z]+", told):
            start = time.start + word.start()
            low = word[0].lower()
            if not low[0].isdigit() and (low not in _NUMBER_WORDS or low in ("a", "an", "half")):
                continue
            quantity = read_quantity(text, start)
            if quantity is None:
                continue
            unit = quantity.unit or _last_unit(told)
            if unit and is_duration(unit):
                hedged = hedge_before(text, start)
                begins = start if hedged and hedged[1] >= time.start else time.start
                yield Counted(replace(quantity, unit=unit), begins, time.end)
            break


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
    code = (word.isupper() or "$" in word) and _MONEY_CODE.match(text, token.start())
    inside = text[max(0, token.start() - 1) : token.start()].isalnum()
    return not inside and (word.lower() in _NUMBER_WORDS or bool(code))


def _count_at(text: str, start: int, previous: Counted | None) -> Counted | None:
    """Read the figure that begins at a place, unless the number there is part of a name, a date or a list."""
    age = _age_at(text, start)
    if age:
        return age
    quantity = read_quantity(text, start, pair=_tells_change(text, start))
    if quantity is None or _is_named(text, quantity):
        return None
    below = _MINUS.search(text, max(0, start - 8), start)
    if below and quantity.unit and quantity.value_max is None:
        quantity = replace(quantity, start=below.start(1), value=-quantity.value)
    if quantity.unit == "GBP" and _WEIGHED.search(text, max(0, start - 40), start):
        quantity = replace(quantity, unit="lb")
    if quantity.unit:
        once = quantity.words and quantity.value == 1 and quantity.unit == "times"
        return None if once else Counted(quantity, quantity.start, quantity.end)
    if _LETTERS_AFTER.match(text, quantity.end):
        return None
    return _counted(text, quantity, previous)


def _age_at(text: str, start: int) -> Counted | None:
    """Read "aged 35", "35-year-old", and the 35 of "Ivan Ivanov, 35, a miner"."""
    number = read_number(text, start)
    if not number or not 0 < number.value < _OLDEST:
        return None
    years = read_unit(text, number.end)
    old = _OLD.match(text, years.end) if years and is_duration(years.code) else None
    if years and old:
        return Counted(Quantity(start, old.end(), number.value, unit=years.code), start, old.end())
    apposed = _AGE.search(text, max(0, start - 4), start) and _AGE_AFTER.match(text, number.end)
    name = _NAME.search(text, max(0, start - 40), start)
    if (apposed and name and number.style == "digits") or (_AGED.search(text, max(0, start - 12), start) and not years):
        return Counted(Quantity(start, number.end, number.value, unit="year"), start, number.end)
    return None


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
    before = word_before(text, start).lower().rstrip(".")
    if not quantity.unit and (before in noun_list("numbered") or before in ("#", "№")):
        return True
    return bool(
        not quantity.unit
        and quantity.plain
        and _LIST_MARK.search(text, max(0, start - 12), start)
        and _LIST_MARK_AFTER.match(text, quantity.end)
    )


def _counted(text: str, quantity: Quantity, previous: Counted | None) -> Counted | None:
    """Read what a number without a unit counts."""
    one = quantity.value == 1 and quantity.value_max is None
    behind = hedge_after(text, quantity.end)
    begin = behind[1] if behind else quantity.end
    head = (singular_head if one else plural_head)(text, begin)
    if head is None:
        return None if one else _bare(text, quantity, previous)
    if _is_title(text, quantity.start, head) or _is_known(
        text, quantity, text[begin:head].rsplit(maxsplit=1)[-1].lower()
    ):
        return None
    lead = _MORE.match(text, begin)
    begin = lead.end() if lead else begin
    return Counted(replace(quantity, unit="count"), quantity.start, head, (begin, head))


def _is_title(text: str, start: int, head: int) -> bool:
    """Tell the "Four Seasons" of a name from the four seasons."""
    capital = text[start].isupper() and text[start:head].rsplit(maxsplit=1)[-1][:1].isupper()
    return capital and bool(_INSIDE_SENTENCE.search(text, max(0, start - 24), start))


def _is_small(quantity: Quantity) -> bool:
    return quantity.value <= _DOZEN and quantity.value_max is None


def _is_known(text: str, quantity: Quantity, noun: str) -> bool:
    """Tell "the three ministers" and "two sides", which point at somebody, from a count."""
    before = word_before(text, quantity.start).lower()
    genitive = text[max(0, quantity.start - 3) : quantity.start] in _GENITIVES
    determined = before in noun_list("determined") or genitive
    return (_is_small(quantity) and determined) or (quantity.value == _PAIR and noun in noun_list("paired"))


def _bare(text: str, quantity: Quantity, previous: Counted | None) -> Counted | None:
    """Accept a number without a noun where its form or the words around it show that it counts."""
    start = quantity.start
    large = quantity.value >= SCALES["thousand"] if quantity.words else not quantity.plain
    compared = bool(
        previous
        and previous.quantity.unit == "count"
        and _COMPARED.search(text, max(previous.end, start - 24), start)
        and (start - previous.end < _NEAR or not _AFTER_TO.search(text, max(0, start - 8), start))
    )
    shown = not _is_small(quantity) and (hedge_before(text, start) or _CHANGED.search(text, max(0, start - 24), start))
    if not (large or compared or shown or _STANDS_ALONE.match(text, quantity.end)):
        return None
    # "15 people were hurt, up to 30 are missing": the noun is not repeated.
    same = previous and start - previous.end < _SAME_CLAUSE and not _SENTENCE_END.search(text, previous.end, start)
    noun = previous.noun if previous and (compared or same) else None
    return Counted(replace(quantity, unit="count"), start, quantity.end, noun)
