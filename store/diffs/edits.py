"""What a revision changed of the one before, for the log of silent edits. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING

from store.writing.placing import stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from newsledger.records.article import Article

# A text that changed more than this is told as rewritten; both versions stand in the store in full anyway.
_MOST_PASSAGES = 50
_MOST_CHARACTERS = 20_000
# Comparing takes time by the product of both lengths.
_MOST_PAIRS = 250_000
# White space behind the end of a sentence, with the quotation marks and brackets that close it.
_BREAK = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”\u2019»)\]]))\s+")
_FIELDS: Mapping[str, Callable[[Article], str | None]] = {
    "title": lambda article: article.title,
    "url": lambda article: article.url,
    "source": lambda article: article.source,
    "authors": lambda article: "; ".join(article.authors) or None,
    "section": lambda article: article.section,
    "published": lambda article: _written(stated(article)),
    "text_from": lambda article: article.text_from,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change: of a field, or of a passage of the text, whose `before` and `after` have a sentence a line.

    `sentence_no` counts the sentences of the former text from 1: where the passage begins, or where one is put before.
    """

    field: str
    before: str | None
    after: str | None
    sentence_no: int | None = None


def edits(before: Article, after: Article) -> tuple[Edit, ...]:
    """List what changed from one revision to the next: the fields first, then the text from its beginning."""
    values = ((name, read(before), read(after)) for name, read in _FIELDS.items())
    changed = [Edit(field=name, before=old, after=new) for name, old, new in values if old != new]
    return (*changed, *_passages(sentences(before.text), sentences(after.text)))


def sentences(text: str) -> tuple[str, ...]:
    """Part a text into sentences, never across a line; white space in them is one blank."""
    found = (" ".join(part.split()) for line in text.splitlines() for part in _BREAK.split(line))
    return tuple(sentence for sentence in found if sentence)


def _passages(old: Sequence[str], new: Sequence[str]) -> tuple[Edit, ...]:
    """Give what makes the new sentences of the old ones, or one line for a text that is another altogether."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    found: tuple[Edit, ...] = ()
    is_small = (len(old) - head - tail) * (len(new) - head - tail) <= _MOST_PAIRS
    if is_small:
        found = tuple(_compared(old[head : len(old) - tail], new[head : len(new) - tail], head))
    size = sum(len(edit.before or "") + len(edit.after or "") for edit in found)
    if is_small and len(found) <= _MOST_PASSAGES and size <= _MOST_CHARACTERS:
        return found
    return (Edit(field="rewritten", before=str(len(old)), after=str(len(new))),)


def _compared(old: Sequence[str], new: Sequence[str], skipped: int) -> Iterator[Edit]:
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Edit(
                field="text",
                before="\n".join(old[start:end]) or None,
                after="\n".join(new[new_start:new_end]) or None,
                sentence_no=skipped + start + 1,
            )


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the sentences that both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
