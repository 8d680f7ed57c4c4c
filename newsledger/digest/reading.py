"""A day's rows to look things up in: names, sources, stored texts and the sentences around a passage."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from newsledger.digest.lines import Line, Passage
from newsledger.records.day import SourceName, TextRow

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from datetime import date

    from newsledger.records.day import ArticleRow, DayView, Spot
    from newsledger.records.extraction import Entity, Extraction, Mention
    from newsledger.records.spans import Span

# A sentence longer than this is shown around the passage only: some articles have no sentence ends at all.
CONTEXT = 80
# So many passages a line cites; the rest is counted.
CITED = 2
# What each further source adds to the weight of a line.
FURTHER = 0.05
# What a record keeps of its weight where its article has nothing to do with the dossier.
UNLINKED = 0.5
_WORD = re.compile(r"\w+")

L = TypeVar("L", bound=Line)
Key = tuple[str, int]


@dataclass(frozen=True)
class Reading:
    """A view of a day with the indexes that every section needs."""

    view: DayView

    @cached_property
    def extractions(self) -> tuple[Extraction, ...]:
        """All that is read with its records: earlier articles, then those of the day."""
        return (*self.view.before, *self.view.extractions)

    @cached_property
    def by_revision(self) -> dict[Key, Extraction]:
        """The same by article and revision."""
        return {_key(extraction): extraction for extraction in self.extractions}

    @cached_property
    def texts(self) -> dict[Key, TextRow]:
        """The stored texts that the digest may cite, by article and revision."""
        found = {(row.article_id, row.revision): row for row in self.view.texts}
        for extraction in self.extractions:
            article = extraction.article
            found[article.article_id, article.revision] = TextRow(
                article_id=article.article_id,
                revision=article.revision,
                text=article.text,
                sentences=extraction.sentences,
                title=article.title,
                url=article.url,
                source=article.source,
            )
        return found

    @cached_property
    def told(self) -> dict[str, int]:
        """The revision that the day tells of each of its articles."""
        rows = {row.article_id: row.revision for row in self.view.articles}
        return rows | {article_id: found.article.revision for article_id, found in self.by_article.items()}

    @cached_property
    def rows(self) -> dict[str, ArticleRow]:
        """The rows of the day's articles and of the earlier ones that are told with them."""
        return {row.article_id: row for row in (*self.view.earlier, *self.view.articles)}

    @cached_property
    def by_article(self) -> dict[str, Extraction]:
        """The extraction of each article of the day that is told in full."""
        return {extraction.article.article_id: extraction for extraction in self.view.extractions}

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The entities; the day's articles outdo earlier ones, and the first that knows an office the others."""
        found: dict[str, Entity] = {}
        for extraction in (*self.view.extractions, *self.view.before):
            for entity in extraction.entities:
                known = found.get(entity.id)
                if known is None or (known.role is None and entity.role is not None):
                    found[entity.id] = entity
        return found

    @cached_property
    def sources(self) -> dict[str, SourceName]:
        """The sources by their id."""
        return {source.id: source for source in self.view.sources}

    @cached_property
    def _mentions(self) -> dict[tuple[str, int, str], Mention]:
        """Where each article names an entity first, or points at it where it never does."""
        found: dict[tuple[str, int, str], Mention] = {}
        for extraction in self.extractions:
            for entity in extraction.entities:
                named = next((one for one in entity.mentions if one.kind == "name"), None)
                first = named or next(iter(entity.mentions), None)
                if first is not None:
                    found[(*_key(extraction), entity.id)] = first
        return found

    def name(self, entity_id: str | None) -> str | None:
        """Give the name of an entity or source; one that nothing describes goes by its id."""
        if entity_id is None:
            return None
        known = self.entities.get(entity_id) or self.sources.get(entity_id)
        return known.name if known else entity_id

    def names(self, entity_ids: Iterable[str]) -> tuple[str, ...]:
        """Give the names of entities, in the order given."""
        return tuple(self.name(entity_id) or entity_id for entity_id in entity_ids)

    def source(self, source_id: str | None) -> SourceName | None:
        """Give a source by its id; one that nothing names goes by its id."""
        return self.sources.get(source_id, SourceName(id=source_id, name=source_id)) if source_id else None

    def sources_of(self, extraction: Extraction) -> tuple[SourceName, ...]:
        """Give the outlet of an article, if one is known."""
        source = self.source(extraction.article.source)
        return (source,) if source else ()

    def cite(self, extraction: Extraction, span: Span) -> Passage:
        """Point at a span of an article's text; of an earlier article or revision this says of which."""
        article_id, revision = _key(extraction)
        return Passage(
            article_id=article_id,
            start=span.start,
            end=span.end,
            text=span.text,
            revision=self._unless_told(article_id, revision),
        )

    def passage(self, spot: Spot) -> Passage:
        """Point at a spot; the same place always gives an equal passage."""
        return Passage(
            article_id=spot.article_id,
            start=spot.start,
            end=spot.end,
            text=spot.text,
            revision=self._unless_told(spot.article_id, spot.revision),
            is_title=spot.is_title,
        )

    def _unless_told(self, article_id: str, revision: int) -> int | None:
        """Give a revision, or None where it is the one that the day tells."""
        return None if self.told.get(article_id) == revision else revision

    @cached_property
    def disputed(self) -> frozenset[Passage]:
        """Where the figures stand that other figures of the day disagree with."""
        return frozenset(self.passage(one.spot) for row in self.view.disputes for one in (row.one, row.other))

    @cached_property
    def _headlines(self) -> dict[str, str | None]:
        """The headlines of articles whose text is not at hand: of the day's, and of those that name its stories."""
        leads = {story.lead: story.headline for story in self.view.stories}
        return leads | {row.article_id: row.title for row in self.rows.values()}

    def title(self, article_id: str) -> Passage | None:
        """Point at the headline of an article of the day or of one that names a story, if it has one."""
        title = self._headlines.get(article_id)
        if not title or not title.strip():
            return None
        return Passage(article_id=article_id, start=0, end=len(title), text=title, is_title=True)

    def headline_of(self, passage: Passage) -> str | None:
        """Give the stored headline of the article that a passage is cited from."""
        row = self.text_of(passage)
        return row.title if row else self._headlines.get(passage.article_id) if passage.revision is None else None

    def text_of(self, passage: Passage) -> TextRow | None:
        """Give the stored text that a passage is cited from."""
        revision = self.told.get(passage.article_id) if passage.revision is None else passage.revision
        return None if revision is None else self.texts.get((passage.article_id, revision))

    def sentence(self, passage: Passage) -> Passage:
        """Give the sentence or sentences that a passage stands in, or the passage where no sentence holds it."""
        row = self.text_of(passage)
        if row is None or passage.is_title:
            return passage
        start, end = row.sentence(passage.start, passage.end)
        return replace(passage, start=start, end=end, text=row.text[start:end])

    def context(self, passage: Passage) -> tuple[str, str]:
        """Give what stands before and after a passage in its sentence or headline, cut to a readable length."""
        row = self.text_of(passage)
        if passage.is_title:
            title = self.headline_of(passage) or ""
            before, after = title[: passage.start], title[passage.end :]
        elif row is None:
            return "", ""
        else:
            sentence = self.sentence(passage)
            before = row.text[sentence.start : passage.start]
            after = row.text[passage.end : sentence.end]
        if len(before) > CONTEXT:
            before = "… " + before[-CONTEXT:].partition(" ")[2]
        if len(after) > CONTEXT:
            after = after[:CONTEXT].rpartition(" ")[0] + " …"
        return before, after

    def name_proofs(self, extraction: Extraction, entity_ids: Iterable[str | None]) -> tuple[Passage, ...]:
        """Point at where an article names each of some entities."""
        key = _key(extraction)
        mentions = (self._mentions.get((*key, entity_id)) for entity_id in dict.fromkeys(entity_ids) if entity_id)
        return tuple(self.cite(extraction, mention) for mention in mentions if mention)

    def date_proofs(self, extraction: Extraction, dates: Iterable[date | None]) -> tuple[Passage, ...]:
        """Point at where an article tells each of some dates; its own day of publication needs no telling."""
        wanted = {day for day in dates if day is not None}
        found: dict[date, Span] = {}
        for time in extraction.times:
            for day in wanted & {time.date_start, time.date_end}:
                if day is not None:
                    found.setdefault(day, time)
        line = extraction.dateline
        if line is not None and line.date in wanted and line.date is not None:
            found.setdefault(line.date, line)
        return tuple(dict.fromkeys(self.cite(extraction, found[day]) for day in sorted(found)))


def bearing(extraction: Extraction) -> float:
    """Give what a record of an article weighs by the article's relevance, from UNLINKED to 1; 1 where none is known."""
    return 1.0 if extraction.relevance is None else UNLINKED + (1 - UNLINKED) * extraction.relevance


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
        weight=max(first.weight, other.weight) + FURTHER * len(new),
    )


def plain(text: str) -> str:
    """Reduce a text to what tells it from another: neither case nor spacing."""
    return " ".join(text.split()).casefold()


def words_of(text: str) -> str:
    """Reduce a text to its words, with a space around each, so that a part of it can be looked for by whole words."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _key(extraction: Extraction) -> Key:
    return extraction.article.article_id, extraction.article.revision
