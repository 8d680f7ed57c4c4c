"""Pieces of a text in which much of what was looked for stands together."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.records.spans import Span, span_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Place = tuple[int, int]

_MOST, _CHARS, _LEAD_CHARS = 2, 240, 80
# So far an edge of a snippet moves so as not to cut a word.
_WORD_CHARS = 30
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet(Span):
    """A piece of a text; `hits` are places in the text, not in the piece."""

    hits: tuple[Place, ...]


def snippets(text: str, hits: Sequence[Place]) -> tuple[Snippet, ...]:
    """Cut out up to two pieces with the most hits, in the order of the text; its beginning where there is no hit.

    `hits` are sorted and don't overlap. A piece is about 240 code points long, and cuts no hit.
    """
    if not hits:
        start = len(text) - len(text.lstrip())
        return (_cut(text, start, min(start + _CHARS, len(text)), ()),) if start < len(text) else ()
    chosen: list[Snippet] = []
    left = list(hits)
    while left and len(chosen) < _MOST:
        piece = _densest(text, left)
        chosen.append(piece)
        left = [hit for hit in left if hit[1] <= piece.start - _CHARS or hit[0] >= piece.end + _LEAD_CHARS]
    return tuple(sorted(chosen, key=lambda piece: piece.start))


def _densest(text: str, hits: Sequence[Place]) -> Snippet:
    starts = [start for start, _ in hits]
    reach = [bisect_left(starts, start + _CHARS - _LEAD_CHARS) for start in starts]
    first = max(range(len(hits)), key=lambda no: (reach[no] - no, -no))
    within = tuple(hits[first : reach[first]])
    start = max(0, within[0][0] - _LEAD_CHARS)
    return _cut(text, start, max(within[-1][1], min(start + _CHARS, len(text))), within)


def _cut(text: str, start: int, end: int, hits: tuple[Place, ...]) -> Snippet:
    """Cut a piece out, not within a word where a space is near, and without the white space around it."""
    first, last = (hits[0][0], hits[-1][1]) if hits else (end, start)
    if text[start - 1 : start].strip() and (space := _SPACE.search(text, start, min(first, start + _WORD_CHARS))):
        start = space.end()
    if text[end : end + 1].strip() and (space := _SPACE.search(text[end - 1 : max(last, end - _WORD_CHARS) : -1])):
        end -= space.end()
    piece = span_of(text, start, end)
    return Snippet(start=piece.start, end=piece.end, text=piece.text, hits=hits)
