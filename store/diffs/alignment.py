"""Where a place of one text lies in another that was made of it. Pure, and never quadratic."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What stands once in both texts ties them together: sentences first, then words between the sentences that are tied.
_PIECES = (re.compile(r"[^\s.!?][^.!?\n]*"), re.compile(r"\w+"))

Window = tuple[int, int, int, int]
Block = tuple[int, int, int]


class Alignment:
    """The passages that two texts share, in the same order in both; between them lies what was changed."""

    def __init__(self, old: str, new: str) -> None:
        ends = (len(old), len(new), 0)
        blocks = ((0, 0, len(old)),) if old == new else tuple(_blocks(old, new, (0, len(old), 0, len(new)), 0))
        self._blocks: Sequence[Block] = sorted({(0, 0, 0), *blocks, ends})
        self._starts = [start for start, _, _ in self._blocks]

    def interval(self, start: int, end: int) -> tuple[int, int]:
        """Give where a stretch of the old text lies in the new one: of a changed passage, the whole of it."""
        old, new, length = self._blocks[bisect_right(self._starts, start) - 1]
        first = new + min(start - old, length)
        at = max(bisect_left(self._starts, end) - 1, 0)
        old, new, length = self._blocks[at]
        last = new + end - old if end <= old + length else self._blocks[at + 1][1]
        return first, max(first, last)

    def point(self, place: int) -> int:
        """Give where a place of the old text lies in the new one: in a changed passage, as far on as it was before."""
        at = bisect_right(self._starts, place) - 1
        old, new, length = self._blocks[at]
        if place <= old + length or at + 1 == len(self._blocks):
            return new + min(place - old, length)
        next_old, next_new, _ = self._blocks[at + 1]
        begin, new_begin = old + length, new + length
        return new_begin + (place - begin) * (next_new - new_begin) // (next_old - begin)


def _blocks(old: str, new: str, window: Window, level: int) -> Iterator[Block]:
    """Yield the passages that two windows share, in order."""
    start, end, new_start, new_end = window
    head = _shared(old[start:end], new[new_start:new_end])
    if head:
        yield start, new_start, head
    start, new_start = start + head, new_start + head
    tail = _shared(old[start:end][::-1], new[new_start:new_end][::-1])
    end, new_end = end - tail, new_end - tail
    if start < end and new_start < new_end and level < len(_PIECES):
        ties = _ties(old, new, (start, end, new_start, new_end), _PIECES[level])
        for (before, new_before, length), (after, new_after, _) in pairwise(
            [(start, new_start, 0), *ties, (end, new_end, 0)]
        ):
            if length:
                yield before, new_before, length
            yield from _blocks(old, new, (before + length, after, new_before + length, new_after), level + 1)
    if tail:
        yield end, new_end, tail


def _ties(old: str, new: str, window: Window, pieces: re.Pattern[str]) -> list[Block]:
    """Find the pieces that stand once in either window, and of them the most that stand in one order in both."""
    start, end, new_start, new_end = window
    places, new_places = _once(old, start, end, pieces), _once(new, new_start, new_end, pieces)
    shared = [(place, new_places[piece], len(piece)) for piece, place in places.items() if piece in new_places]
    return _rising(shared)


def _once(text: str, start: int, end: int, pieces: re.Pattern[str]) -> dict[str, int]:
    found = [(match.group(), match.start()) for match in pieces.finditer(text, start, end)]
    counts = Counter(piece for piece, _ in found)
    return {piece: place for piece, place in found if counts[piece] == 1}


def _rising(ties: Sequence[Block]) -> list[Block]:
    """Give a longest series that rises in the new text, too, of blocks that are in the order of the old one."""
    lows: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, new, _) in enumerate(ties):
        rank = bisect_left(lows, new)
        before.append(ends[rank - 1] if rank else -1)
        lows[rank : rank + 1] = [new]
        ends[rank : rank + 1] = [number]
    series = []
    at = ends[-1] if ends else -1
    while at >= 0:
        series.append(ties[at])
        at = before[at]
    return series[::-1]


def _shared(one: str, other: str) -> int:
    """Count the characters that both begin with, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
