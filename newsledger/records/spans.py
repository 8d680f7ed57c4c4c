"""Spans: pieces of a text that can be read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIELDS = "__dataclass_fields__"


class SpanError(ValueError):
    """A span that does not re-read: `text[start:end]` differs from the text it carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of an article's text.

    `start` and `end` count Unicode code points, `end` is exclusive, and `text` is the piece itself.
    Raises SpanError where the offsets and the length of the text can't belong together.
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.text) != self.end - self.start:
            message = f"no span of {len(self.text)} characters reaches from {self.start} to {self.end}"
            raise SpanError(message)

    def rereads(self, text: str) -> bool:
        """Tell whether `text` holds this very piece at this very place."""
        return text[self.start : self.end] == self.text

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


def span_of(text: str, start: int, end: int) -> Span:
    """Cut `text[start:end]` out as a span, without the white space around it."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    return Span(start=start, end=start + len(piece), text=piece)


def spans_in(record: object) -> Iterator[Span]:
    """Yield every span in a record, the record itself and the nested ones included."""
    if isinstance(record, Span):
        yield record
    if isinstance(record, tuple):
        for item in record:
            yield from spans_in(item)
    # What `dataclasses.fields` reads, without its cost: this runs over every record of every article.
    for name in getattr(record, _FIELDS, ()):
        value = getattr(record, name)
        if isinstance(value, tuple) or hasattr(value, _FIELDS):
            yield from spans_in(value)


def require_rereading(record: object, text: str) -> None:
    """Raise SpanError if any span in the record does not re-read in `text`."""
    for span in spans_in(record):
        if not span.rereads(text):
            found = text[span.start : span.end]
            message = f"{type(span).__name__} at {span.start}:{span.end} says {span.text!r}, the text says {found!r}"
            raise SpanError(message)
