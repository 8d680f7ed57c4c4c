"""Which figures speak of one quantity, and which of them gives another number than those before."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsledger.digest.lines import FigureLine, Interval

# Two descriptions mean one quantity if they share so much of their words.
LIKENESS = 0.5
# Without an entity in common they share so many words.
FEWEST = 2
# "About 30" and 31 do not disagree.
ABOUT = Decimal("0.05")
_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset(
    ("a", "an", "the", "of", "in", "on", "to", "for", "from", "by", "with", "and", "or", "at", "as", "its", "their")
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A figure as it is compared: in which words, about whom, out of whose mouth, from how much to how much."""

    line: FigureLine
    words: frozenset[str]
    about: frozenset[str]
    owners: frozenset[tuple[str, str | None]]
    low: Decimal
    high: Decimal


def changed(former: Iterable[FigureLine], lines: Iterable[FigureLine]) -> Iterator[tuple[FigureLine, FigureLine]]:
    """Pair each figure that gives another number for what was counted before with the last such number.

    Within a story figures that are about nobody may be of one quantity, too, if their descriptions share two words.
    """
    earlier = defaultdict[tuple[str, str | None], list[tuple[int, _Claim]]](list)
    for place, line in enumerate(reversed([*former])):
        claim = _claim(line)
        for entity in claim.about or (None,):
            earlier[line.unit, entity].append((place, claim))
    for line in lines:
        claim = _claim(line)
        near = {place: one for entity in claim.about or (None,) for place, one in earlier[line.unit, entity]}
        alike = [near[place] for place in sorted(near) if _is_one_quantity(near[place], claim)]
        if alike and not any(_agree(one, claim) for one in alike):
            yield alike[0].line, line


def quantity_words(description: str | None) -> frozenset[str]:
    """Give the words by which descriptions of a quantity are compared."""
    return frozenset(_WORD.findall((description or "").casefold())) - _FILLERS


def _claim(line: FigureLine) -> _Claim:
    low, high = _range(line) if _is_finite(line) else (Decimal("-Infinity"), Decimal("Infinity"))
    return _Claim(
        line=line,
        words=quantity_words(line.quantity_of),
        about=frozenset(line.about),
        owners=frozenset((passage.article_id, line.attributed_to) for passage in line.passages),
        low=low,
        high=high,
    )


def _is_one_quantity(one: _Claim, other: _Claim) -> bool:
    shared = len(one.words & other.words)
    is_near = shared >= FEWEST if not one.about and not other.about else not one.about.isdisjoint(other.about)
    return (
        is_near
        and shared >= LIKENESS * (len(one.words) + len(other.words) - shared)
        and one.owners.isdisjoint(other.owners)
        and _overlap(one.line.period, other.line.period)
    )


def _overlap(one: Interval, other: Interval) -> bool:
    """Periods differ only where both are known and share no day."""
    (start, end), (other_start, other_end) = one, other
    is_before = end is not None and other_start is not None and end < other_start
    is_after = other_end is not None and start is not None and other_end < start
    return not (is_before or is_after)


def _agree(one: _Claim, other: _Claim) -> bool:
    """Tell whether both can be true: bounds and `about` leave room, opposite changes leave none."""
    changes = {one.line.change, other.line.change} - {None}
    return len(changes) < 2 and one.low <= other.high and other.low <= one.high  # noqa: PLR2004 - up and down


def _range(line: FigureLine) -> tuple[Decimal, Decimal]:
    """Give the values that a figure allows."""
    values = (line.value, line.value if line.value_max is None else line.value_max)
    low, high = min(values), max(values)
    if line.bound == "about":
        return low - abs(low) * ABOUT, high + abs(high) * ABOUT
    return (
        Decimal("-Infinity") if line.bound == "at most" else low,
        Decimal("Infinity") if line.bound == "at least" else high,
    )


def _is_finite(line: FigureLine) -> bool:
    return line.value.is_finite() and (line.value_max is None or line.value_max.is_finite())
