"""An extraction as rows: what loading.py turns back into the same extraction.

A row is a tuple in the order of its table's columns in schemas.py: a batch has a hundred thousand, and a name for each
value would cost more than the value.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from decimal import Decimal

    from newsledger.records.article import Article
    from newsledger.records.extraction import Extraction, Statement
    from newsledger.records.spans import Span
    from store.writing.placing import Placement

Values = tuple[Any, ...]
_NO_SPAN = (None, None, None)


def utc(moment: datetime | None) -> datetime | None:
    """Give a moment as the database keeps it: in UTC, without a zone."""
    return moment and moment.astimezone(UTC).replace(tzinfo=None)


def article_row(placement: Placement, extracted_at: datetime, run_id: str, *, is_newest: bool) -> Values:
    """Give the row of `articles`; the run is the one whose extractor made the records."""
    extraction = placement.extraction
    article = extraction.article
    return (
        article.article_id,
        article.revision,
        is_newest,
        article.origin,
        article.source,
        article.url,
        article.title,
        article.authors,
        article.section,
        article.language,
        utc(article.published),
        article.published_from,
        utc(article.modified),
        utc(article.fetched),
        article.text_from,
        placement.text_sha256,
        len(article.text),
        extraction.extractor,
        utc(placement.stored_at),
        utc(placement.digest_at),
        placement.run_id,
        extraction.relevance,
        utc(extracted_at),
        run_id,
    )


def enter_extraction(extraction: Extraction, tables: Mapping[str, list[Values]]) -> None:
    """Put every row of an extraction into the list of its table, all but the row of `articles`."""
    article = extraction.article
    article_id, revision = article.article_id, article.revision
    context = _Context(extraction)
    tables["article_text"].append((article_id, revision, article.text))
    if extraction.sentences:
        tables["sentences"].append((article_id, revision, *zip(*extraction.sentences, strict=True)))
    if line := extraction.dateline:
        tables["datelines"].append(
            (article_id, revision, line.start, line.end, line.text, line.agency, line.place, line.date)
        )
    tables["citations"] += [
        (article_id, revision, no, one.start, one.end, one.text, one.source)
        for no, one in enumerate(extraction.citations, 1)
    ]
    tables["times"] += [
        (article_id, revision, no, one.start, one.end, one.text, one.type, one.value, one.date_start, one.date_end)
        for no, one in enumerate(extraction.times, 1)
    ]
    _enter_remarks(article, tables)
    _enter_entities(extraction, tables)
    _enter_statements(extraction, context, tables)
    _enter_events(extraction, context, tables)
    _enter_figures(extraction, context, tables)
    _enter_topics(extraction, tables)


def _enter_remarks(article: Article, tables: Mapping[str, list[Values]]) -> None:
    article_id, revision = article.article_id, article.revision
    tables["article_origins"] += [
        (article_id, revision, no, field, origin) for no, (field, origin) in enumerate(article.origins, 1)
    ]
    tables["issues"] += [
        (article_id, revision, no, issue.code, issue.detail) for no, issue in enumerate(article.issues, 1)
    ]


def _enter_entities(extraction: Extraction, tables: Mapping[str, list[Values]]) -> None:
    article_id, revision = extraction.article.article_id, extraction.article.revision
    for no, one in enumerate(extraction.entities, 1):
        entity_id = one.id
        tables["article_entities"].append(
            (article_id, revision, no, entity_id, one.name, one.type, one.country, one.sector, one.role, one.wikidata)
        )
        tables["mentions"] += [
            (article_id, revision, entity_id, place, mention.start, mention.end, mention.text, mention.kind)
            for place, mention in enumerate(one.mentions, 1)
        ]


def _enter_statements(extraction: Extraction, context: _Context, tables: Mapping[str, list[Values]]) -> None:
    article_id, revision = extraction.article.article_id, extraction.article.revision
    for no, one in enumerate(extraction.statements, 1):
        tables["statements"].append(
            (
                article_id,
                revision,
                no,
                one.id,
                *_span(one),
                one.kind,
                one.speaker,
                *_span(one.speaker_span),
                *_span(one.cue),
                one.verb,
                *_content(one),
                one.group,
                *context.around(one),
                context.names(one.via),
            )
        )
        tables["statement_chain"] += [
            (article_id, revision, one.id, place, entity_id) for place, entity_id in enumerate(one.via, 1)
        ]


def _enter_events(extraction: Extraction, context: _Context, tables: Mapping[str, list[Values]]) -> None:
    article_id, revision = extraction.article.article_id, extraction.article.revision
    for no, one in enumerate(extraction.events, 1):
        tables["events"].append(
            (
                article_id,
                revision,
                no,
                one.id,
                *_span(one),
                *_span(one.trigger),
                one.type,
                one.mode,
                one.contexts,
                one.quad,
                one.intensity,
                one.status,
                one.location,
                one.date_start,
                one.date_end,
                one.attributed_to,
                one.statement,
                one.confidence,
                *context.around(one),
                context.names(one.actors),
                context.names(one.recipients),
                context.countries(one.actors),
                context.countries(one.recipients),
            )
        )
        for role, ids in (("actor", one.actors), ("recipient", one.recipients)):
            tables["event_participants"] += [
                (article_id, revision, one.id, role, place, entity_id) for place, entity_id in enumerate(ids, 1)
            ]


def _enter_figures(extraction: Extraction, context: _Context, tables: Mapping[str, list[Values]]) -> None:
    article_id, revision = extraction.article.article_id, extraction.article.revision
    for no, one in enumerate(extraction.figures, 1):
        tables["figures"].append(
            (
                article_id,
                revision,
                no,
                *_span(one),
                float(one.value),
                None if one.value_max is None else float(one.value_max),
                _decimal(one.value),
                None if one.value_max is None else _decimal(one.value_max),
                one.unit,
                one.bound,
                one.change,
                one.quantity_of,
                one.about,
                one.period_start,
                one.period_end,
                one.attributed_to,
                *context.around(one),
                context.names(one.about),
            )
        )


def _enter_topics(extraction: Extraction, tables: Mapping[str, list[Values]]) -> None:
    article_id, revision = extraction.article.article_id, extraction.article.revision
    for no, one in enumerate(extraction.topics, 1):
        tables["topics"].append((article_id, revision, no, one.topic, one.score))
        tables["topic_evidence"] += [
            (article_id, revision, one.topic, place, span.start, span.end, span.text)
            for place, span in enumerate(one.evidence, 1)
        ]


def _decimal(value: Decimal) -> str:
    return format(value, "f")


def _span(span: Span | None) -> Values:
    return (span.start, span.end, span.text) if span else _NO_SPAN


def _content(statement: Statement) -> Values:
    """Give the span of the content, without its text where the statement's own holds it."""
    content = statement.content
    is_part = statement.start <= content.start and content.end <= statement.end
    return content.start, content.end, None if is_part else content.text


class _Context:
    """What an article tells around a record: the sentences that it touches, the names of those it speaks of."""

    def __init__(self, extraction: Extraction) -> None:
        self._entities = {entity.id: entity for entity in extraction.entities}
        self._text = extraction.article.text
        self._starts = [start for start, _ in extraction.sentences]
        self._ends = [end for _, end in extraction.sentences]

    def around(self, span: Span) -> tuple[str, str]:
        """Cut out what stands before the span and behind it in the sentences that share a character with it."""
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end)
        if first >= last:
            return "", ""
        return self._text[self._starts[first] : span.start], self._text[span.end : self._ends[last - 1]]

    def names(self, ids: Iterable[str]) -> list[str]:
        """Give the names of entities, in that order; the id of one that the article does not hold."""
        return [self._entities[one].name if one in self._entities else one for one in ids]

    def countries(self, ids: Iterable[str]) -> list[str]:
        """Give the countries of entities, each once, in the order of their codes; a bloc stands for itself."""
        known = (self._entities[one] for one in ids if one in self._entities)
        return sorted({code for one in known if (code := one.country or (one.id if one.type == "BLOC" else None))})
