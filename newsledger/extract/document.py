"""A text, read once: its paragraphs, sentences and tokens, all by offsets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from newsledger.extract.boundaries import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsledger.records.spans import Span

_LINE = re.compile(r"[^\n\r]+")
# A dotted acronym, a number with its separators, a word with its hyphens, a possessive ending, or one mark.
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}"
    r"|\w+(?:(?:(?<=\d)[.,](?=\d)|(?!['’][sS]\b)['’‐‑-](?=\w))\w+)*"  # noqa: RUF001 - agencies print these marks
    r"|['’][sS]\b"  # noqa: RUF001 - agencies print this mark
    r"|[^\w\s]",
)
# The same, but with compounds taken apart: what names are matched by.
_WORD = re.compile(
    r"(?:[A-Z]\.){2,}"
    r"|\w+(?:(?:(?<=\d)[.,](?=\d)|(?!['’][sS]\b)['’](?=\w))\w+)*"  # noqa: RUF001 - agencies print this mark
    r"|['’][sS]\b"  # noqa: RUF001 - agencies print this mark
    r"|[^\w\s]",
)
# A run of end marks with the quotes and brackets that close behind it.
_END_MARKS = re.compile(r"[.!?…]+[\"'”’»)\]]*")  # noqa: RUF001 - closing quotes are meant

# What stands between a dateline and the first sentence.
_BEHIND_HEAD = re.compile(r"[\s.:|/*_‐‑–—-]*")  # noqa: RUF001 - agencies print these marks

# A block of lines is one paragraph broken to a width, not a list, if its lines are long and even.
_WRAP_WIDTH = range(45, 121)
_WRAP_SLACK = 25
_WRAP_LINES = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of punctuation; a possessive ending is a token of its own."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Document:
    """A text with its structure; every offset counts code points of `text`, ends are exclusive."""

    text: str
    paragraphs: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    tokens: tuple[Token, ...]

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The tokens with compounds taken apart at their hyphens, as names need them."""
        return split_words(self.text)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def sentence_index(self, offset: int) -> int:
        """Give the number of the sentence that holds the offset or begins last before it; 0 where there is none."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Give the sentence that holds the offset; the whole text where none does."""
        if self.sentences:
            start, end = self.sentences[self.sentence_index(offset)]
            if start <= offset < end:
                return start, end
        return 0, len(self.text)

    def paragraph_at(self, offset: int) -> tuple[int, int]:
        """Give the paragraph that holds the offset; the whole text where none does."""
        if self.paragraphs:
            start, end = self.paragraphs[max(0, bisect_right(self._paragraph_starts, offset) - 1)]
            if start <= offset < end:
                return start, end
        return 0, len(self.text)

    def token_index(self, offset: int) -> int:
        """Give the number of the first token that starts at the offset or behind it."""
        return bisect_left(self._token_starts, offset)


def set_apart(document: Document, heads: Iterable[Span]) -> Document:
    """Make each head of a paragraph, a dateline say, a sentence of its own; the dash behind it belongs to none."""
    ends = {head.start: head.end for head in heads}
    sentences: list[tuple[int, int]] = []
    reached = 0
    for start, end in document.sentences:
        if start in ends:
            sentences.append((start, ends[start]))
            behind = _BEHIND_HEAD.match(document.text, ends[start])
            reached = behind.end() if behind else ends[start]
        if end > reached:
            sentences.append((max(start, reached), end))
    return replace(document, sentences=tuple(sentences))


def read_document(text: str) -> Document:
    """Split a text into paragraphs, sentences and tokens; linear in its length."""
    paragraphs = tuple(_paragraphs(text))
    return Document(
        text=text,
        paragraphs=paragraphs,
        sentences=tuple(span for start, end in paragraphs for span in _sentences(text, start, end)),
        tokens=tuple(Token(*match.span(), match.group()) for match in _TOKEN.finditer(text)),
    )


def split_words(text: str) -> tuple[Token, ...]:
    """Split a text into words and marks; a hyphen is a mark of its own."""
    return tuple(Token(*match.span(), match.group()) for match in _WORD.finditer(text))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines that hold something; the lines of a paragraph broken to a width are one."""
    block: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        start, end = _trimmed(text, *match.span())
        if start == end:
            continue
        if block and text.count("\n", block[-1][1], start) > 1:
            yield from _unwrapped(block)
            block = []
        block.append((start, end))
    yield from _unwrapped(block)


def _unwrapped(block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    lengths = [end - start for start, end in block]
    if len(block) < _WRAP_LINES or max(lengths) not in _WRAP_WIDTH:
        return block
    if min(lengths[:-1]) < max(lengths) - _WRAP_SLACK:
        return block
    return [(block[0][0], block[-1][1])]


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start]
    for match in _END_MARKS.finditer(text, start, end):
        cut = ends_sentence(text, cuts[-1], match.start(), match.end(), end)
        if cut is not None:
            cuts.append(cut)
    cuts.append(end)
    return [span for left, right in pairwise(cuts) if (span := _trimmed(text, left, right))[0] < span[1]]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave the white space at both ends out; of nothing but white space an empty piece remains."""
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return first, first + len(piece.strip())
