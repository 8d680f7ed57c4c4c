"""Which figures speak of one quantity and can't all be true."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsledger.digest.lines import FigureLine, Interval

# Two descriptions mean one quantity if they share so much of their words.
LIKENESS = 0.5
# Without an entity in common they share so many words.
FEWEST = 2
# "About 30" and 31 do not disagree.
ABOUT = Decimal("0.05")
# What disagrees is printed before all else.
WEIGHT = 10.0
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


def marked(lines: Sequence[FigureLine]) -> list[FigureLine]:
    """Give each disagreement a number: lines that share it speak of one quantity, and not all of them can be true.

    Same unit, like descriptions, an entity in common, no periods apart, different owners, values that no bound
    reconciles. One source that gives two numbers speaks of two things.
    """
    claims = [_claim(line) for line in lines]
    leader = list(range(len(claims)))
    disagreeing = set[int]()
    for one, other in _comparable(claims):
        first, second = sorted((_lead(leader, one), _lead(leader, other)))
        leader[second] = first
        if not _agree(claims[one], claims[other]):
            disagreeing.add(one)
    led = sorted({_lead(leader, index) for index in disagreeing})
    numbers = {index: number for number, index in enumerate(led, start=1)}
    conflicts = [numbers.get(_lead(leader, index)) for index in range(len(claims))]
    return [
        line if conflict is None else replace(line, conflict=conflict, weight=line.weight + WEIGHT)
        for line, conflict in zip(lines, conflicts, strict=True)
    ]


def conflict_titles(lines: Iterable[FigureLine]) -> dict[int, str]:
    """Name each disagreement by the shortest description that its figures give."""
    titles: dict[int, str] = {}
    for line in lines:
        if line.conflict is not None and line.quantity_of:
            known = titles.get(line.conflict)
            if known is None or (len(line.quantity_of), line.quantity_of) < (len(known), known):
                titles[line.conflict] = line.quantity_of
    return titles


def changed(former: Sequence[FigureLine], lines: Sequence[FigureLine]) -> Iterator[tuple[FigureLine, FigureLine]]:
    """Pair each figure that gives another number for what was counted before with the last such number.

    Within a story figures that are about nobody may be of one quantity, too, if their descriptions share two words.
    """
    earlier = defaultdict[tuple[str, str | None], list[tuple[int, _Claim]]](list)
    for place, line in enumerate(reversed(former)):
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


def _comparable(claims: list[_Claim]) -> Iterator[tuple[int, int]]:
    """Pair up the claims about one quantity that come from different mouths.

    Descriptions that are alike share one of their rarer words (the prefix filter of set-similarity joins),
    so only claims under one such word, about one entity, are looked at.
    """
    counts = Counter(word for claim in claims for word in claim.words)
    tables = defaultdict[tuple[str, str, str], list[int]](list)
    for index, claim in enumerate(claims):
        rare = sorted(claim.words, key=lambda word: (counts[word], word))
        for word in rare[: len(rare) - ceil(LIKENESS * len(rare)) + 1]:
            for entity in sorted(claim.about):
                tables[claim.line.unit, word, entity].append(index)
    seen = set[tuple[int, int]]()
    for indexes in tables.values():
        for pair in combinations(indexes, 2):
            if pair not in seen and _is_one_quantity(claims[pair[0]], claims[pair[1]]):
                seen.add(pair)
                yield pair


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


def _lead(leader: list[int], index: int) -> int:
    """Find who leads a group, and shorten the way for the next one who asks."""
    while leader[index] != index:
        leader[index] = leader[leader[index]]
        index = leader[index]
    return index
