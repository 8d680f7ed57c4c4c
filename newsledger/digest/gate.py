"""The verbatim gate: what does not re-read in the stored text is not printed."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from newsledger.digest.lines import Line, Passage
from newsledger.digest.model import Digest, Section, Verification

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SECTIONS = ("glance", "events", "statements", "figures", "ahead", "past", "articles")


def verified(digest: Digest, texts: Mapping[str, str]) -> Digest:
    """Slice every piece of text that the digest prints out of the articles again.

    A line with a piece that reads otherwise is left out and counted as refused. Lines that print no text
    (an article with a title) are not counted.
    """
    kept: dict[str, Any] = {}
    lines = digest.verification.lines
    refused = list(digest.verification.refused)
    for name in SECTIONS:
        section: Section[Line] = getattr(digest, name)
        good = []
        for line in section.lines:
            passages = tuple(_passages(line))
            bad = [passage for passage in passages if not rereads(passage, texts)]
            lines += bool(passages)
            refused += [passage.citation for passage in bad[:1]]
            good += [] if bad else [line]
        lost = len(section.lines) - len(good)
        kept[name] = replace(section, lines=tuple(good), total=section.total - lost)
    return replace(digest, **kept, verification=Verification(lines=lines, refused=tuple(refused)))


def rereads(passage: Passage, texts: Mapping[str, str]) -> bool:
    """Tell whether the article holds these very words at this very place."""
    text = texts.get(passage.article_id)
    return text is not None and 0 <= passage.start < passage.end and text[passage.start : passage.end] == passage.text


def _passages(record: object) -> Iterator[Passage]:
    """Yield every passage that a line carries, those of the line it points at included."""
    if isinstance(record, Passage):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from _passages(item)
    elif isinstance(record, Line):
        for field in fields(record):
            yield from _passages(getattr(record, field.name))
