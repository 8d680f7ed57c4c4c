"""Where a text has datelines: at the head of one of its first paragraphs, at the heads of items, at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.dateline_reader import OPEN, Reader, medium
from newsledger.extract.document import split_words
from newsledger.extract.lexicon import fold
from newsledger.records.extraction import Dateline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.extract.document import Document
    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.article import Article

# A dateline stands at the head of one of the first paragraphs: the headline and a byline may come before it.
_PARAGRAPHS = 4
_REACH = 200
_TAIL = 60


def find_dateline(document: Document, article: Article, lexicon: Lexicon) -> Dateline | None:
    """Read the dateline that an agency opens with, or the one that stands at the end in brackets."""
    published = article.published.date() if article.published else None
    for start, end in document.paragraphs[:_PARAGRAPHS]:
        reader = Reader(document.text, start, min(end, start + _REACH), lexicon, published)
        found = reader.read()
        if found is not None:
            return found
    return _closing(document, lexicon)


def find_heads(document: Document, lexicon: Lexicon) -> Iterator[Dateline]:
    """Find the datelines at the heads of paragraphs, those of the items of a round-up too."""
    for start, end in document.paragraphs:
        found = Reader(document.text, start, min(end, start + _REACH), lexicon, None).read()
        if found is not None:
            yield found


def _closing(document: Document, lexicon: Lexicon) -> Dateline | None:
    """Read an agency in brackets or between strokes that ends the text: "/BelTA/"."""
    if not document.paragraphs:
        return None
    start, end = document.paragraphs[-1]
    words = [word for word in split_words(document.text[max(start, end - _TAIL) : end]) if word.text != "."]
    offset = max(start, end - _TAIL)
    if not words or words[-1].text not in OPEN.values():
        return None
    opening = next((n for n in range(len(words) - 2, -1, -1) if OPEN.get(words[n].text) == words[-1].text), None)
    if opening is None:
        return None
    agency = medium(lexicon, [fold(word.text) for word in words[opening + 1 : -1]])
    if agency is None:
        return None
    first, last = offset + words[opening].start, offset + words[-1].end
    return Dateline(start=first, end=last, text=document.text[first:last], agency=agency.id)
