"""An extraction as rows: what loading.py turns back into the same extraction."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from decimal import Decimal

    from newsledger.records.article import Article
    from newsledger.records.extraction import Event, Extraction, Statement
    from newsledger.records.spans import Span
    from store.schemas import Row

NamedRow = tuple[str, "Row"]


def utc(moment: datetime | None) -> datetime | None:
    """Give a moment as the database keeps it: in UTC, without a zone."""
    return moment and moment.astimezone(UTC).replace(tzinfo=None)


def extraction_rows(extraction: Extraction) -> Iterator[NamedRow]:
    """Yield every row of an extraction with its table, all but the row of `articles`."""
    article = extraction.article
    key = {"article_id": article.article_id, "revision": article.revision}
    for table, row in _rows(extraction):
        yield table, key | row


def article_row(extraction: Extraction) -> Row:
    """Give the columns of `articles` that the extraction itself knows."""
    article = extraction.article
    return {
        "article_id": article.article_id,
        "revision": article.revision,
        "origin": article.origin,
        "source_id": article.source,
        "url": article.url,
        "title": article.title,
        "authors": article.authors,
        "section": article.section,
        "language": article.language,
        "published_at": utc(article.published),
        "published_from": article.published_from,
        "modified_at": utc(article.modified),
        "fetched_at": utc(article.fetched),
        "text_from": article.text_from,
        "text_sha256": article.text_sha256,
        "text_chars": len(article.text),
        "extractor": extraction.extractor,
        "relevance": extraction.relevance,
    }


def _rows(extraction: Extraction) -> Iterator[NamedRow]:
    article = extraction.article
    yield "article_text", {"text": article.text}
    yield from _remark_rows(article)
    for no, (start, end) in enumerate(extraction.sentences, 1):
        yield "sentences", {"no": no, "char_start": start, "char_end": end}
    if line := extraction.dateline:
        yield (
            "datelines",
            {**_span(line), "agency_id": line.agency, "place_id": line.place, "dateline_date": line.date},
        )
    yield from _entity_rows(extraction)
    for no, citation in enumerate(extraction.citations, 1):
        yield "citations", {"no": no, **_span(citation), "entity_id": citation.source}
    context = _Context(extraction)
    for no, statement in enumerate(extraction.statements, 1):
        yield from _statement_rows(no, statement, context)
    for no, event in enumerate(extraction.events, 1):
        yield from _event_rows(no, event, context)
    yield from _figure_rows(extraction, context)
    for no, time in enumerate(extraction.times, 1):
        yield (
            "times",
            {
                "no": no,
                **_span(time),
                "type": time.type,
                "value": time.value,
                "start_date": time.date_start,
                "end_date": time.date_end,
            },
        )
    for no, topic in enumerate(extraction.topics, 1):
        yield "topics", {"no": no, "topic": topic.topic, "score": topic.score}
        for place, span in enumerate(topic.evidence, 1):
            yield "topic_evidence", {"topic": topic.topic, "no": place, **_span(span)}


def _remark_rows(article: Article) -> Iterator[NamedRow]:
    for no, (field, origin) in enumerate(article.origins, 1):
        yield "article_origins", {"no": no, "field": field, "origin": origin}
    for no, issue in enumerate(article.issues, 1):
        yield "issues", {"no": no, "code": issue.code, "detail": issue.detail}


def _entity_rows(extraction: Extraction) -> Iterator[NamedRow]:
    for no, entity in enumerate(extraction.entities, 1):
        yield (
            "article_entities",
            {
                "no": no,
                "entity_id": entity.id,
                "name": entity.name,
                "type": entity.type,
                "country": entity.country,
                "sector": entity.sector,
                "role": entity.role,
                "wikidata": entity.wikidata,
            },
        )
        for place, mention in enumerate(entity.mentions, 1):
            yield "mentions", {"entity_id": entity.id, "no": place, **_span(mention), "kind": mention.kind}


def _statement_rows(no: int, statement: Statement, context: _Context) -> Iterator[NamedRow]:
    yield (
        "statements",
        {
            "no": no,
            "statement_id": statement.id,
            **_span(statement),
            "kind": statement.kind,
            "speaker_id": statement.speaker,
            **_span(statement.speaker_span, "speaker_"),
            **_span(statement.cue, "cue_"),
            "verb": statement.verb,
            **_span(statement.content, "content_"),
            "group_id": statement.group,
            "sentence": context.around(statement),
            "via_names": context.names(statement.via),
        },
    )
    for place, entity_id in enumerate(statement.via, 1):
        yield "statement_chain", {"statement_id": statement.id, "no": place, "entity_id": entity_id}


def _event_rows(no: int, event: Event, context: _Context) -> Iterator[NamedRow]:
    yield (
        "events",
        {
            "no": no,
            "event_id": event.id,
            **_span(event),
            **_span(event.trigger, "trigger_"),
            "type": event.type,
            "mode": event.mode,
            "contexts": event.contexts,
            "quad": event.quad,
            "intensity": event.intensity,
            "status": event.status,
            "location_id": event.location,
            "start_date": event.date_start,
            "end_date": event.date_end,
            "attributed_to_id": event.attributed_to,
            "statement_id": event.statement,
            "confidence": event.confidence,
            "sentence": context.around(event),
            "actor_names": context.names(event.actors),
            "recipient_names": context.names(event.recipients),
            "actor_countries": context.countries(event.actors),
            "recipient_countries": context.countries(event.recipients),
        },
    )
    for role, ids in (("actor", event.actors), ("recipient", event.recipients)):
        for place, entity_id in enumerate(ids, 1):
            yield "event_participants", {"event_id": event.id, "role": role, "no": place, "entity_id": entity_id}


def _figure_rows(extraction: Extraction, context: _Context) -> Iterator[NamedRow]:
    for no, figure in enumerate(extraction.figures, 1):
        yield (
            "figures",
            {
                "no": no,
                **_span(figure),
                "value": float(figure.value),
                "value_max": None if figure.value_max is None else float(figure.value_max),
                "value_exact": _decimal(figure.value),
                "value_max_exact": None if figure.value_max is None else _decimal(figure.value_max),
                "unit": figure.unit,
                "bound": figure.bound,
                "change": figure.change,
                "quantity_of": figure.quantity_of,
                "about_ids": figure.about,
                "period_start_date": figure.period_start,
                "period_end_date": figure.period_end,
                "attributed_to_id": figure.attributed_to,
                "sentence": context.around(figure),
                "about_names": context.names(figure.about),
            },
        )


def _decimal(value: Decimal) -> str:
    return format(value, "f")


def _span(span: Span | None, prefix: str = "") -> Row:
    start, end, text = (span.start, span.end, span.text) if span else (None, None, None)
    return {f"{prefix}char_start": start, f"{prefix}char_end": end, f"{prefix}text": text}


class _Context:
    """What an article tells around a record: the sentences that it touches, the names of those it speaks of."""

    def __init__(self, extraction: Extraction) -> None:
        self._entities = {entity.id: entity for entity in extraction.entities}
        self._text = extraction.article.text
        self._starts = [start for start, _ in extraction.sentences]
        self._ends = [end for _, end in extraction.sentences]

    def around(self, span: Span) -> str | None:
        """Cut out the sentences that share a character with the span; None where there is no such sentence."""
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end)
        return self._text[self._starts[first] : self._ends[last - 1]] if first < last else None

    def names(self, ids: Iterable[str]) -> list[str]:
        """Give the names of entities, in that order; the id of one that the article does not hold."""
        return [self._entities[one].name if one in self._entities else one for one in ids]

    def countries(self, ids: Iterable[str]) -> list[str]:
        """Give the countries of entities, each once, in the order of their codes."""
        found = {self._entities[one].country for one in ids if one in self._entities}
        return sorted(country for country in found if country)
