"""A text as the model reads it: word pieces, with the letter case that an uncased vocabulary hides."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from newsledger.extract.model.files import model_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

CLS, SEP, UNKNOWN, MASK = 101, 102, 100, 103
# Marks before the two sides of a pair, before a cue: pieces of the vocabulary that no text holds.
ACTOR_MARK, RECIPIENT_MARK, CUE_MARK = 1, 2, 3
# With the two pieces at its ends a window has at most 192.
WINDOW = 190
# What is read around a marked cue, in pieces: its sentence and what is near, since a quote may run on.
CUE_WINDOW = 112
# What a window that cuts a sentence sees on each side of the words that it is asked about, in pieces.
MARGIN = 32

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SPECIAL, _LOWER, _TITLE, _UPPER, _INITIAL, _MIXED, _DIGITS, _CODE, _MARK = range(9)
SHAPES = 9


@dataclass(frozen=True)
class Pieces:
    """The words of a text in pieces; word `w` has the pieces `starts[w]` up to `starts[w + 1]`."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    starts: NDArray[np.int64]  # one more than there are words
    spans: list[tuple[int, int]]  # of the words, in code points of the text

    def __len__(self) -> int:
        return len(self.spans)

    def size(self, first: int, last: int) -> int:
        """Count the pieces of the words `first` up to `last`."""
        return int(self.starts[last] - self.starts[first])


@dataclass(frozen=True, slots=True)
class Window:
    """Words that are read together, `first` up to `last`; what is told of `kept_first` up to `kept_last` counts."""

    first: int
    last: int
    kept_first: int
    kept_last: int


@cache
def tokenizer() -> Tokenizer:
    """Read the vocabulary, once a process."""
    return Tokenizer.from_str(model_file("tokenizer.json").read_text(encoding="utf-8"))


def cut(text: str) -> Pieces:
    """Cut a text into words and pieces; linear in its length, exact for any Unicode."""
    # A lone surrogate has no UTF-8; a character of the same length stands in.
    encoding = tokenizer().encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)
    spans: list[tuple[int, int]] = []
    starts: list[int] = []
    word = None
    for index, (number, (start, end)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True)):
        if number != word:
            word = number
            starts.append(index)
            spans.append((start, end))
        else:
            spans[-1] = (spans[-1][0], end)
    shapes = np.repeat([shape(text[start:end]) for start, end in spans], np.diff([*starts, len(encoding.ids)]))
    return Pieces(
        ids=np.array(encoding.ids, dtype=np.int64),
        shapes=shapes.astype(np.int64),
        starts=np.array([*starts, len(encoding.ids)], dtype=np.int64),
        spans=spans,
    )


def shape(word: str) -> int:
    """Tell the letter case of a word."""
    letters, digits = any(map(str.isalpha, word)), any(map(str.isdigit, word))
    if not letters:
        return _DIGITS if digits else _MARK
    if digits:
        return _CODE
    if word.islower():
        return _LOWER
    if len(word) == 1:
        return _INITIAL if word.isupper() else _LOWER
    if word.isupper():
        return _UPPER
    return _TITLE if word[0].isupper() and word[1:].islower() else _MIXED


def windows(pieces: Pieces, sentences: Sequence[tuple[int, int]], limit: int = WINDOW) -> Iterator[Window]:
    """Pack whole sentences, given in words, into windows of at most `limit` pieces; a longer sentence is cut.

    Every word of a sentence is kept in exactly one window.
    """
    first = last = sentences[0][0] if sentences else 0
    for start, end in sentences:
        if pieces.size(first, end) <= limit:
            last = end
            continue
        if last > first:
            yield Window(first, last, first, last)
        first, last = start, end
        if pieces.size(start, end) > limit:
            yield from _cut_windows(pieces, start, end, limit)
            first = end
    if last > first:
        yield Window(first, last, first, last)


def _cut_windows(pieces: Pieces, start: int, end: int, limit: int) -> Iterator[Window]:
    """Slide over a sentence that is too long; neighbours see something of what the other keeps."""
    kept = start
    while kept < end:
        first = max(_reach_back(pieces, kept, MARGIN), _reach_back(pieces, kept + 1, limit), start)
        last = min(int(np.searchsorted(pieces.starts, pieces.starts[first] + limit, "right")) - 1, end)
        kept_last = last if last == end else max(kept + 1, _reach_back(pieces, last, MARGIN))
        yield Window(first, last, kept, kept_last)
        kept = kept_last


def _reach_back(pieces: Pieces, word: int, size: int) -> int:
    """Give the first word from which on no more than `size` pieces stand before a word."""
    return int(np.searchsorted(pieces.starts, pieces.starts[word] - size, "left"))


def inputs(pieces: Pieces, window: Window) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give the ids and shapes of a window, ends marked, and where each of its words begins among them."""
    piece_range = slice(pieces.starts[window.first], pieces.starts[window.last])
    ids = np.concatenate(([CLS], pieces.ids[piece_range], [SEP]))
    shapes = np.concatenate(([_SPECIAL], pieces.shapes[piece_range], [_SPECIAL]))
    return ids, shapes, pieces.starts[window.first : window.last] - pieces.starts[window.first] + 1


def marked(
    pieces: Pieces, window: Window, marks: Sequence[tuple[int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], tuple[int, ...]]:
    """Give the inputs of a window with a mark before some of its words, and where the marks came to stand.

    `marks` are words of the text, each with its mark; the place of one that lies outside the window is 0.
    """
    ids, shapes, heads = inputs(pieces, window)
    places = [0] * len(marks)
    for number, (word, mark) in sorted(enumerate(marks), key=lambda entry: -entry[1][0]):
        if window.first <= word < window.last:
            at = int(heads[word - window.first])
            ids, shapes = np.insert(ids, at, mark), np.insert(shapes, at, _SPECIAL)
            heads = np.where(heads >= at, heads + 1, heads)
            places = [place + (place >= at > 0) for place in places]
            places[number] = at
    return ids, shapes, heads, tuple(places)


def own_sentence(pieces: Pieces, sentences: Sequence[tuple[int, int]], word: int, limit: int) -> Window:
    """Give the sentence of a word; of one with more than `limit` pieces what stands around the word."""
    first, last = sentences[_number(sentences, word)]
    if pieces.size(first, last) > limit:
        first = max(first, _reach_back(pieces, word, limit // 2))
        last = min(last, int(np.searchsorted(pieces.starts, pieces.starts[first] + limit, "right")) - 1)
    return Window(first, last, first, last)


def _number(sentences: Sequence[tuple[int, int]], word: int) -> int:
    return max(0, bisect_right(sentences, word, key=lambda sentence: sentence[0]) - 1)


def around(pieces: Pieces, sentences: Sequence[tuple[int, int]], word: int, limit: int) -> Window:
    """Give the sentence of a word and, by turns, as many sentences behind and before it as `limit` pieces hold."""
    window = own_sentence(pieces, sentences, word, limit)
    first, last = window.first, window.last
    own = _number(sentences, word)
    before, behind = own - 1, own + 1
    while before >= 0 or behind < len(sentences):
        if behind < len(sentences):
            fits = pieces.size(first, sentences[behind][1]) <= limit
            last, behind = (sentences[behind][1], behind + 1) if fits else (last, len(sentences))
        if before >= 0:
            fits = pieces.size(sentences[before][0], last) <= limit
            first, before = (sentences[before][0], before - 1) if fits else (first, -1)
    return Window(first, last, first, last)


def in_words(pieces: Pieces, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Turn sentences, given in code points, into ranges of words; those without a word are left out."""
    begins = [start for start, _ in pieces.spans]
    ranges = [(bisect_left(begins, start), bisect_left(begins, end)) for start, end in sentences]
    return [(first, last) for first, last in ranges if first < last]
