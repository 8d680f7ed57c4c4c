"""TIMEX3 expressions and the days they cover."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from newsledger.extract.lines import unwrapped
from newsledger.extract.times.clock import CLOCK
from newsledger.extract.times.comparing import COMPARISONS
from newsledger.extract.times.dates import DATES
from newsledger.extract.times.feasts import FEASTS
from newsledger.extract.times.foreign import FOREIGN
from newsledger.extract.times.nodes import Resolved, When
from newsledger.extract.times.offsets import Away, Compared
from newsledger.extract.times.parts import PARTS_OF_TIMES, with_part
from newsledger.extract.times.relative import RELATIVE
from newsledger.extract.times.rules import DIGIT, Found, by_first_word, compiled, read_longest
from newsledger.extract.times.sets import SETS
from newsledger.extract.times.spans import SPANS
from newsledger.extract.times.tense import tense_at
from newsledger.records.extraction import Time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from newsledger.extract.document import Document
    from newsledger.extract.times.days import Unit
    from newsledger.extract.times.nodes import Node

_RULES = by_first_word((*DATES, *FOREIGN, *FEASTS, *RELATIVE, *SPANS, *SETS, *COMPARISONS, *PARTS_OF_TIMES, *CLOCK))
_WORD = re.compile(r"[0-9]+|[^\W0-9_]+")
_UNIT_FORMS: tuple[tuple[re.Pattern[str], Unit], ...] = (
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*"), "day"),
    (re.compile(r"[0-9]{4}-[0-9]{2}"), "month"),
    (re.compile(r"[0-9]{4}-Q."), "quarter"),
    (re.compile(r"[0-9]{4}-H."), "half"),
    (re.compile(r"[0-9]{4}-W.*"), "week"),
    (re.compile(r"[0-9]{4}"), "year"),
)


def find_times(document: Document, reference: date | None) -> tuple[Time, ...]:
    """Find every time expression; `reference` is the dateline's or the publication date, null if neither is known.

    Spans don't overlap and stand in the order of the text. Without a reference no year is made up: the value keeps
    XXXX, and there are no days.
    """
    place = _Place(document, reference)
    times = []
    for found in read_times(unwrapped(document)):
        if found.node is None:
            continue
        resolved = found.node.resolve(place.when(found))
        place.remember(found, resolved)
        first, last = resolved.interval or (None, None)
        times.append(
            Time(
                start=found.start,
                end=found.end,
                text=document.text[found.start : found.end],
                type=resolved.type,
                value=resolved.value,
                date_start=first,
                date_end=last,
            )
        )
    return tuple(times)


def read_times(text: str) -> Iterator[Found]:
    """Read the expressions of a text from left to right, the longest at each place; those without a node are none."""
    reached = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < reached or _inside_a_name(text, start):
            continue
        key = DIGIT if word[0][0].isdigit() and word[0].isascii() else word[0].lower()
        rules = _RULES.get(key)
        found = read_longest(rules, text, start) if rules else None
        if found:
            found = with_part(text, found)
            reached = found.end
            yield found


def _inside_a_name(text: str, start: int) -> bool:
    """Tell whether a word hangs on the one before it: the 2021 of Zapad-2021, the daily of non-daily."""
    before = text[max(0, start - 2) : start]
    if not before or before[-1].isspace():
        return False
    if before[-1].isalnum() or before[-1] in "_@#":
        return True
    hyphened = before[-1] in "-\u2013" and before[:1].isalpha()
    return hyphened and not _PREFIX.search(text, max(0, start - 12), start)


# "Pre-2022" is of 2022, "January-November" of both months, "6am-9am" of both hours.
_PREFIX = compiled(r"(?:\b(?:pre|post|mid|end|@MONTH|@WEEKDAY)|[0-9] ?[ap]\.?m\.?)[-\u2013]$")


def _looks_aside(node: Node | None) -> bool:
    """Tell whether an expression only compares: "a year earlier" leaves the text where it is."""
    return isinstance(node, Compared) or (isinstance(node, Away) and node.unit == "year" and node.amount == 1)


# What joins a date to the one before it: both are of one year or of two that follow each other.
_JOINT = compiled(r",? ?(?:and|or|,|(?P<runs>to|until|till|through|[-\u2013\u2014])) ?(?:(?:in|on|by|the)~)?(?:the )?")


class _Place:
    """Where in the text we are, and what the text has named so far."""

    def __init__(self, document: Document, reference: date | None) -> None:
        self._text = document.text
        self._reference = reference
        self._sentences = [start for start, _ in document.sentences]
        self._paragraphs = [start for start, _ in document.paragraphs]
        self._day: date | None = None
        self._last: date | None = None
        self._unit: Unit | None = None
        self._quarter: date | None = None
        self._at = self._end = 0

    def when(self, found: Found) -> When:
        """Say from where an expression at this place counts."""
        same_paragraph = self._same(self._paragraphs, found.start)
        is_near = self._unit in ("day", "month", "quarter")
        joint = _JOINT.fullmatch(self._text, self._end, found.start) if is_near else None
        return When(
            reference=self._reference,
            day=self._day,
            last=self._last if same_paragraph else None,
            last_unit=self._unit if same_paragraph else None,
            quarter=self._quarter,
            near=self._last is not None and self._same(self._sentences, found.start),
            tense=lambda: tense_at(self._text, self._sentence_start(found.start), found.start, found.end),
            beside=self._last if joint else None,
            runs=bool(joint and joint["runs"]),
        )

    def remember(self, found: Found, resolved: Resolved) -> None:
        """Keep what a dated expression names."""
        if resolved.interval is None or resolved.type not in ("DATE", "TIME") or _looks_aside(found.node):
            return
        unit = next((unit for form, unit in _UNIT_FORMS if form.fullmatch(resolved.value)), None)
        if unit is None:
            return
        self._last, self._unit, self._at, self._end = resolved.interval[0], unit, found.start, found.end
        if unit == "day":
            self._day = self._last
        if unit == "quarter" and self._quarter is None and (self._reference is None or self._last <= self._reference):
            self._quarter = self._last

    def _same(self, starts: list[int], offset: int) -> bool:
        return bisect_right(starts, offset) == bisect_right(starts, self._at)

    def _sentence_start(self, offset: int) -> int:
        index = bisect_right(self._sentences, offset)
        return self._sentences[index - 1] if index else 0
