"""An article with all its records, laid out for people who want to see why: tables, and what each row stands on."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from newsledger.digest import timewords, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from newsledger.records.article import Issue
    from newsledger.records.extraction import Event, Extraction, Figure, Statement
    from newsledger.records.spans import Span

Kind = Literal["statement", "event", "figure", "time", "topic", "citation", "dateline", "entity"]
# No sentence of the news is longer, and one of a page of numbers would be printed for each of them.
_NEAR = 1_000
# What a piece of text is to its record: all of it, or one of its parts.
Role = Literal["record", "source", "cue", "content", "trigger", "word", "mention"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A piece of the text that a row stands on."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A record in words: what one would call it, a cell for each column of its table, and its places in the text."""

    id: str
    title: str
    cells: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The records of one kind; the last column holds what the article prints."""

    kind: Kind
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is known of an article: `facts` are names with their values; of `tables` none is empty."""

    title: str | None
    url: str | None
    language: str | None
    text: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that an article's entities go by."""

    known: dict[str, str]

    def one(self, ident: str | None) -> str:
        return self.known.get(ident, ident) if ident else ""

    def all(self, idents: Iterable[str]) -> str:
        return ", ".join(map(self.one, idents))


def sheet_of(extraction: Extraction) -> Sheet:
    """Lay out what was read of an article. Every span of every record is among the marks of its row."""
    article, names = extraction.article, _Names({entity.id: entity.name for entity in extraction.entities})
    tables = (
        _statements(extraction, names),
        _events(extraction, names),
        _figures(extraction, names),
        _times(extraction),
        _topics(extraction),
        _citations(extraction, names),
        _dateline(extraction, names),
        _entities(extraction),
    )
    return Sheet(
        title=article.title,
        url=article.url,
        language=article.language,
        text=article.text,
        facts=tuple(_facts(extraction)),
        tables=tuple(table for table in tables if table.rows),
        issues=article.issues,
    )


def _facts(extraction: Extraction) -> Iterator[tuple[str, str]]:
    article = extraction.article
    published = timewords.instant_words(article.published)
    yield "published", f"{published} ({words.dated_words(article.published_from)})" if article.published else published
    if article.source:
        yield "source", article.source
    if article.authors:
        yield "by", ", ".join(article.authors)
    if extraction.dateline:
        yield "dateline", extraction.dateline.text
    yield "language", article.language or "not known"
    yield "id", article.article_id
    yield "extractor", extraction.extractor


def _statements(extraction: Extraction, names: _Names) -> Table:
    columns = ("who", "via", "verb", "kind", "content")
    rows = tuple(_statement(one, names) for one in extraction.statements)
    return Table(kind="statement", title="Statements", columns=columns, rows=rows)


def _statement(one: Statement, names: _Names) -> Row:
    who = names.one(one.speaker) or "nobody named"
    parts: tuple[tuple[Role, Span | None], ...]
    parts = (("record", one), ("source", one.speaker_span), ("cue", one.cue), ("content", one.content))
    return Row(
        id=one.id,
        title=f"{who}: {one.verb}" if one.verb else who,
        cells=(who, names.all(one.via), one.verb or "", one.kind, one.content.text),
        marks=tuple(_mark(role, span) for role, span in parts if span),
    )


def _events(extraction: Extraction, names: _Names) -> Table:
    columns = ("type", "mode", "status", "who → whom", "when", "where", "according to", "sure", "clause")
    rows = tuple(_event(one, names) for one in extraction.events)
    return Table(kind="event", title="Events", columns=columns, rows=rows)


def _event(one: Event, names: _Names) -> Row:
    sides = [names.all(one.actors) or "nobody named", *([names.all(one.recipients)] if one.recipients else [])]
    when, where, source = _days(one.date_start, one.date_end), names.one(one.location), names.one(one.attributed_to)
    sure = f"{one.confidence:.2f}"
    return Row(
        id=one.id,
        title=words.event_words(one.type, one.mode, one.status),
        cells=(one.type, one.mode or "", one.status, " → ".join(sides), when, where, source, sure, one.text),
        marks=(_mark("record", one), _mark("trigger", one.trigger)),
    )


def _figures(extraction: Extraction, names: _Names) -> Table:
    columns = ("printed", "value", "what", "about", "change", "period", "according to", "sentence")
    rows = tuple(
        _figure(number, one, names, _sentence(extraction, one)) for number, one in enumerate(extraction.figures, 1)
    )
    return Table(kind="figure", title="Figures", columns=columns, rows=rows)


def _figure(number: int, one: Figure, names: _Names, sentence: str) -> Row:
    value = words.number_words(one.value, one.value_max, one.unit, one.bound)
    period, source = _days(one.period_start, one.period_end), names.one(one.attributed_to)
    what, about = one.quantity_of or "", names.all(one.about)
    return Row(
        id=f"f{number}",
        title=one.text,
        cells=(one.text, value, what, about, one.change or "", period, source, sentence),
        marks=(_mark("record", one),),
    )


def _times(extraction: Extraction) -> Table:
    rows = tuple(
        Row(
            id=f"t{number}",
            title=one.text,
            cells=(one.type, one.value, _days(one.date_start, one.date_end), one.text),
            marks=(_mark("record", one),),
        )
        for number, one in enumerate(extraction.times, 1)
    )
    return Table(kind="time", title="Times", columns=("type", "value", "days", "printed"), rows=rows)


def _topics(extraction: Extraction) -> Table:
    rows = tuple(
        Row(
            id=f"p{number}",
            title=one.topic,
            cells=(one.topic, f"{one.score:.2f}", _printed(one.evidence)),
            marks=tuple(_mark("word", span) for span in one.evidence),
        )
        for number, one in enumerate(extraction.topics, 1)
    )
    return Table(kind="topic", title="Topics", columns=("topic", "score", "words"), rows=rows)


def _citations(extraction: Extraction, names: _Names) -> Table:
    rows = tuple(
        Row(
            id=f"c{number}",
            title=names.one(one.source),
            cells=(names.one(one.source), one.text),
            marks=(_mark("record", one),),
        )
        for number, one in enumerate(extraction.citations, 1)
    )
    return Table(kind="citation", title="Sources cited", columns=("source", "printed"), rows=rows)


def _dateline(extraction: Extraction, names: _Names) -> Table:
    columns, one = ("agency", "place", "day", "printed"), extraction.dateline
    if one is None:
        return Table(kind="dateline", title="Dateline", columns=columns, rows=())
    cells = (names.one(one.agency), names.one(one.place), _days(one.date, one.date), one.text)
    row = Row(id="d1", title=one.text, cells=cells, marks=(_mark("record", one),))
    return Table(kind="dateline", title="Dateline", columns=columns, rows=(row,))


def _entities(extraction: Extraction) -> Table:
    columns = ("name", "id", "type", "country", "sector", "role", "printed")
    rows = tuple(
        Row(
            id=f"n{number}",
            title=one.name,
            cells=(
                one.name,
                one.id,
                one.type,
                one.country or "",
                one.sector or "",
                one.role or "",
                _printed(one.mentions),
            ),
            marks=tuple(_mark("mention", mention) for mention in one.mentions),
        )
        for number, one in enumerate(extraction.entities, 1)
    )
    return Table(kind="entity", title="Names", columns=columns, rows=rows)


def _mark(role: Role, span: Span) -> Mark:
    return Mark(role=role, start=span.start, end=span.end)


def _printed(spans: Iterable[Span]) -> str:
    """List what the article prints, each once."""
    return ", ".join(dict.fromkeys(span.text for span in spans))


def _days(start: date | None, end: date | None) -> str:
    return timewords.interval_words((start, end)) if start or end else ""


def _sentence(extraction: Extraction, span: Span) -> str:
    """Give the sentence that a span stands in, of an endless one what is near; the span itself where none holds it."""
    text, sentences = extraction.article.text, extraction.sentences
    at = bisect_right(sentences, (span.start, len(text))) - 1
    start, end = sentences[at] if at >= 0 else (span.start, span.end)
    return text[max(start, span.start - _NEAR) : min(end, span.end + _NEAR)] if span.end <= end else span.text
