"""The day's articles to look things up in: names, sources, passages and the sentences around them."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from newsledger.digest.lines import Line, Passage
from newsledger.records.day import SourceName

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from newsledger.records.day import DayView
    from newsledger.records.extraction import Entity, Extraction
    from newsledger.records.spans import Span

# A sentence longer than this is shown around the passage only: some articles have no sentence ends at all.
CONTEXT = 80
# So many passages a line cites; the rest is counted.
CITED = 2
# What a record keeps of its weight where its article has nothing to do with the dossier.
UNLINKED = 0.5

L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Reading:
    """A view of a day with the indexes that every section needs."""

    view: DayView

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of each article."""
        return {extraction.article.article_id: extraction.article.text for extraction in self.view.extractions}

    @cached_property
    def by_article(self) -> dict[str, Extraction]:
        """The extraction of each article."""
        return {extraction.article.article_id: extraction for extraction in self.view.extractions}

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The day's entities; where articles know more or less of one, the fullest record counts."""
        found: dict[str, Entity] = {}
        for extraction in self.view.extractions:
            for entity in extraction.entities:
                known = found.get(entity.id)
                if known is None or (known.role is None and entity.role is not None):
                    found[entity.id] = entity
        return found

    @cached_property
    def sources(self) -> dict[str, SourceName]:
        """The sources by their id."""
        return {source.id: source for source in self.view.sources}

    def name(self, entity_id: str | None) -> str | None:
        """Give the name of an entity or source; one that nothing describes goes by its id."""
        if entity_id is None:
            return None
        known = self.entities.get(entity_id) or self.sources.get(entity_id)
        return known.name if known else entity_id

    def names(self, entity_ids: Iterable[str]) -> tuple[str, ...]:
        """Give the names of entities, in the order given."""
        return tuple(self.name(entity_id) or entity_id for entity_id in entity_ids)

    def source_of(self, extraction: Extraction) -> SourceName | None:
        """Give the outlet of an article, if one is known."""
        source = extraction.article.source
        return self.sources.get(source, SourceName(id=source, name=source)) if source else None

    def sentence(self, extraction: Extraction, start: int, end: int) -> Passage:
        """Give the sentence or sentences that a piece of text stands in, or the piece where no sentence holds it."""
        text, sentences = extraction.article.text, extraction.sentences
        first = bisect_right(sentences, (start, len(text))) - 1
        last = bisect_right(sentences, (end - 1, len(text))) - 1
        if first >= 0:
            opening, closing = sentences[first][0], sentences[last][1]
            if opening <= start < end <= closing <= len(text):
                start, end = opening, closing
        return Passage(article_id=extraction.article.article_id, start=start, end=end, text=text[start:end])

    def context(self, passage: Passage) -> tuple[str, str]:
        """Give what stands before and after a passage in its sentence, cut to a readable length."""
        extraction = self.by_article[passage.article_id]
        sentence = self.sentence(extraction, passage.start, passage.end)
        text = extraction.article.text
        before = text[sentence.start : passage.start]
        after = text[passage.end : sentence.end]
        if len(before) > CONTEXT:
            before = "… " + before[-CONTEXT:].partition(" ")[2]
        if len(after) > CONTEXT:
            after = after[:CONTEXT].rpartition(" ")[0] + " …"
        return before, after


def bearing(extraction: Extraction) -> float:
    """Give what a record of an article weighs by the article's relevance, from UNLINKED to 1; 1 where none is known."""
    return 1.0 if extraction.relevance is None else UNLINKED + (1 - UNLINKED) * extraction.relevance


def passage_of(extraction: Extraction, span: Span) -> Passage:
    """Point at a span of an article."""
    return Passage(article_id=extraction.article.article_id, start=span.start, end=span.end, text=span.text)


def anchor_of(kind: str, *parts: object) -> str:
    """Make the name of a line out of what it stands on, so that links to it outlive a rewrite of the digest."""
    digest = hashlib.sha256("|".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}-{digest[:10]}"


def merged(lines: Iterable[L], key: Callable[[L], Hashable]) -> list[L]:
    """Let lines that say the same be one line that cites them all; each further source adds to its weight."""
    found: dict[Hashable, L] = {}
    for line in lines:
        same = key(line)
        first = found.get(same)
        found[same] = _joined(first, line) if first else line
    return list(found.values())


def _joined(first: L, other: L) -> L:
    """Add another line's passages and sources to a line."""
    new = [source for source in other.sources if source not in first.sources]
    told = {(passage.article_id, plain(passage.text)) for passage in first.passages}
    repeated = [passage for passage in other.passages if (passage.article_id, plain(passage.text)) in told]
    passages = first.passages + tuple(passage for passage in other.passages if passage not in repeated)
    return replace(
        first,
        passages=passages[:CITED],
        more=first.more + other.more + len(repeated) + max(len(passages) - CITED, 0),
        sources=first.sources + tuple(new),
        weight=max(first.weight, other.weight) + 0.05 * len(new),
    )


def plain(text: str) -> str:
    """Reduce a text to what tells it from another: neither case nor spacing."""
    return " ".join(text.split()).casefold()
