"""A text, read once: its paragraphs, sentences and tokens, all by offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"[^\n]+")
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")  # noqa: RUF001 - the apostrophe that agencies print
_SENTENCE_END = re.compile(r"[.!?]+[\"'”’)]*\s+(?=[\"'“‘(]*[A-ZА-Я0-9])")  # noqa: RUF001 - quotes and Cyrillic are meant


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of punctuation."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its structure; every offset counts code points of `text`, ends are exclusive."""

    text: str
    paragraphs: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    tokens: tuple[Token, ...]

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Give the sentence that holds the offset; the whole text where none does."""
        return next((span for span in self.sentences if span[0] <= offset < span[1]), (0, len(self.text)))


def read_document(text: str) -> Document:
    """Split a text into paragraphs, sentences and tokens."""
    paragraphs = tuple(match.span() for match in _PARAGRAPH.finditer(text) if match.group().strip())
    return Document(
        text=text,
        paragraphs=paragraphs,
        sentences=tuple(span for start, end in paragraphs for span in _sentences(text, start, end)),
        tokens=tuple(Token(*match.span(), match.group()) for match in _TOKEN.finditer(text)),
    )


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(match.end() for match in _SENTENCE_END.finditer(text, start, end)), end]
    spans = []
    for left, right in zip(cuts, cuts[1:], strict=False):
        piece = text[left:right]
        if piece.strip():
            spans.append((left + len(piece) - len(piece.lstrip()), right - len(piece) + len(piece.rstrip())))
    return spans
