"""Rows as extractions again: the very objects that were saved."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

from newsledger.records.article import Article, Issue
from newsledger.records.errors import StoreError
from newsledger.records.extraction import (
    Citation,
    Dateline,
    Entity,
    Event,
    Extraction,
    Figure,
    Mention,
    Statement,
    Time,
    Topic,
)
from newsledger.records.spans import Span
from store.schemas import EXTRACTION_SCHEMAS, given

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    import duckdb

    from store.schemas import Row

Key = tuple[str, int]
# How many articles are read at a time, so that memory stays flat over a large store.
CHUNK = 500


def load_extractions(con: duckdb.DuckDBPyConnection, keys: Sequence[Key]) -> tuple[Extraction, ...]:
    """Load the extractions of the given (article_id, revision), in that order; keys that are not stored are left out.

    What was saved comes back equal, orders and all. Raises StoreError where rows of an article are lost or damaged.
    """
    loaded: list[Extraction] = []
    for key, tables in _stored(con, keys):
        with _whole(key):
            loaded.append(_extraction(tables))
    return tuple(loaded)


def load_whole(con: duckdb.DuckDBPyConnection, keys: Sequence[Key]) -> tuple[tuple[Extraction, ...], tuple[Key, ...]]:
    """Load what load_extractions loads, but leave out what is lost or damaged, and give the keys of that beside it."""
    loaded: list[Extraction] = []
    damaged: list[Key] = []
    for key, tables in _stored(con, keys):
        try:
            loaded.append(_extraction(tables))
        except ValueError:
            damaged.append(key)
    return tuple(loaded), tuple(damaged)


def load_articles(con: duckdb.DuckDBPyConnection, keys: Sequence[Key]) -> tuple[Article, ...]:
    """Load the articles of the given (article_id, revision) without their records; see load_extractions."""
    tables = _tables(con, ("articles", "article_text", "article_origins", "issues"), keys)
    loaded: list[Article] = []
    for key in keys:
        if key in tables["articles"]:
            with _whole(key):
                loaded.append(_article(_of(tables, key)))
    return tuple(loaded)


def article_of(row: Row, text: str, origins: Sequence[Row] = (), issues: Sequence[Row] = ()) -> Article:
    """Make an article of its row in `articles`, its text, and its rows in `article_origins` and `issues`."""
    return Article(
        article_id=row["article_id"],
        revision=row["revision"],
        text=text,
        url=row["url"],
        title=row["title"],
        source=row["source_id"],
        authors=tuple(row["authors"]),
        section=row["section"],
        language=row["language"],
        published=aware(row["published_at"]),
        published_from=row["published_from"],
        modified=aware(row["modified_at"]),
        fetched=aware(row["fetched_at"]),
        origin=row["origin"],
        text_from=row["text_from"],
        origins=tuple((origin["field"], origin["origin"]) for origin in origins),
        issues=tuple(Issue(code=issue["code"], detail=issue["detail"]) for issue in issues),
    )


def rows_of(found: duckdb.DuckDBPyConnection) -> list[Row]:
    """Give what a query found as rows by column name."""
    names = [column[0] for column in found.description]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]


def aware(moment: datetime | None) -> datetime | None:
    """Give a moment as the records carry it: with its zone, UTC."""
    return moment and moment.replace(tzinfo=UTC)


def _stored(con: duckdb.DuckDBPyConnection, keys: Sequence[Key]) -> Iterator[tuple[Key, dict[str, list[Row]]]]:
    """Yield the keys that are stored, in the order given, with their rows by table."""
    for first in range(0, len(keys), CHUNK):
        chunk = keys[first : first + CHUNK]
        tables = _tables(con, EXTRACTION_SCHEMAS, chunk)
        for key in chunk:
            if key in tables["articles"]:
                yield key, _of(tables, key)


def _tables(
    con: duckdb.DuckDBPyConnection, tables: Iterable[str], keys: Sequence[Key]
) -> dict[str, dict[Key, list[Row]]]:
    """Read the rows of the keys, by table and key, each in the order it was saved in."""
    with given(con, article_id=[key[0] for key in keys], revision=[key[1] for key in keys]):
        return {table: _rows_by_key(con, table) for table in tables}


def _rows_by_key(con: duckdb.DuckDBPyConnection, table: str) -> dict[Key, list[Row]]:
    names = EXTRACTION_SCHEMAS[table].names
    order = "ORDER BY no" if "no" in names else ""
    # By row number DuckDB unpacks only that part of a table in which the rows stand.
    found = con.execute(
        f"SELECT {', '.join(names)} FROM {table} "  # noqa: S608 - ours
        f"WHERE rowid IN (SELECT rowid FROM {table} SEMI JOIN given USING (article_id, revision)) {order}"
    )
    rows: dict[Key, list[Row]] = {}
    for row in rows_of(found):
        rows.setdefault((row["article_id"], row["revision"]), []).append(row)
    return rows


@contextmanager
def _whole(key: Key) -> Iterator[None]:
    """Turn what rows raise that are no article any more into StoreError."""
    try:
        yield
    except ValueError as error:
        message = f"article {key[0]}, revision {key[1]}, is not stored whole any more: `newsledger doctor` mends that"
        raise StoreError(message) from error


def _of(tables: dict[str, dict[Key, list[Row]]], key: Key) -> dict[str, list[Row]]:
    return {table: rows.get(key, []) for table, rows in tables.items()}


def _article(tables: dict[str, list[Row]]) -> Article:
    (row,) = tables["articles"]
    (body,) = tables["article_text"]
    return article_of(row, body["text"], tables["article_origins"], tables["issues"])


def _extraction(tables: dict[str, list[Row]]) -> Extraction:
    (article,) = tables["articles"]
    return Extraction(
        article=_article(tables),
        extractor=article["extractor"],
        sentences=_sentences(tables["sentences"]),
        dateline=_dateline(tables["datelines"]),
        entities=_entities(tables),
        citations=tuple(Citation(**_span(row), source=row["entity_id"]) for row in tables["citations"]),
        statements=_statements(tables),
        events=_events(tables),
        figures=tuple(_figure(row) for row in tables["figures"]),
        times=tuple(
            Time(
                **_span(row),
                type=row["type"],
                value=row["value"],
                date_start=row["start_date"],
                date_end=row["end_date"],
            )
            for row in tables["times"]
        ),
        topics=_topics(tables),
        relevance=article["relevance"],
    )


def _sentences(rows: list[Row]) -> tuple[tuple[int, int], ...]:
    for row in rows:
        return tuple(zip(row["char_starts"], row["char_ends"], strict=True))
    return ()


def _dateline(rows: list[Row]) -> Dateline | None:
    for row in rows:
        return Dateline(**_span(row), agency=row["agency_id"], place=row["place_id"], date=row["dateline_date"])
    return None


def _entities(tables: dict[str, list[Row]]) -> tuple[Entity, ...]:
    mentions = _grouped(tables["mentions"], "entity_id")
    return tuple(
        Entity(
            id=row["entity_id"],
            name=row["name"],
            type=row["type"],
            country=row["country"],
            sector=row["sector"],
            role=row["role"],
            wikidata=row["wikidata"],
            mentions=tuple(
                Mention(**_span(mention), kind=mention["kind"]) for mention in mentions.get(row["entity_id"], [])
            ),
        )
        for row in tables["article_entities"]
    )


def _statements(tables: dict[str, list[Row]]) -> tuple[Statement, ...]:
    chains = _grouped(tables["statement_chain"], "statement_id")
    return tuple(
        Statement(
            **_span(row),
            id=row["statement_id"],
            kind=row["kind"],
            content=_content(row),
            speaker=row["speaker_id"],
            speaker_span=_span_or_none(row, "speaker_"),
            cue=_span_or_none(row, "cue_"),
            verb=row["verb"],
            via=tuple(link["entity_id"] for link in chains.get(row["statement_id"], [])),
            group=row["group_id"],
        )
        for row in tables["statements"]
    )


def _content(row: Row) -> Span:
    start, end, text = row["content_char_start"], row["content_char_end"], row["content_text"]
    if text is None:
        text = row["text"][start - row["char_start"] : end - row["char_start"]]
    return Span(start=start, end=end, text=text)


def _events(tables: dict[str, list[Row]]) -> tuple[Event, ...]:
    participants = _grouped(tables["event_participants"], "event_id")

    def ids(event_id: str, role: str) -> tuple[str, ...]:
        return tuple(row["entity_id"] for row in participants.get(event_id, []) if row["role"] == role)

    return tuple(
        Event(
            **_span(row),
            id=row["event_id"],
            trigger=Span(**_span(row, "trigger_")),
            type=row["type"],
            quad=row["quad"],
            intensity=row["intensity"],
            status=row["status"],
            confidence=row["confidence"],
            mode=row["mode"],
            contexts=tuple(row["contexts"]),
            actors=ids(row["event_id"], "actor"),
            recipients=ids(row["event_id"], "recipient"),
            location=row["location_id"],
            date_start=row["start_date"],
            date_end=row["end_date"],
            attributed_to=row["attributed_to_id"],
            statement=row["statement_id"],
        )
        for row in tables["events"]
    )


def _figure(row: Row) -> Figure:
    return Figure(
        **_span(row),
        value=Decimal(row["value_exact"]),
        unit=row["unit"],
        value_max=None if row["value_max_exact"] is None else Decimal(row["value_max_exact"]),
        change=row["change"],
        bound=row["bound"],
        quantity_of=row["quantity_of"],
        about=tuple(row["about_ids"]),
        period_start=row["period_start_date"],
        period_end=row["period_end_date"],
        attributed_to=row["attributed_to_id"],
    )


def _topics(tables: dict[str, list[Row]]) -> tuple[Topic, ...]:
    evidence = _grouped(tables["topic_evidence"], "topic")
    return tuple(
        Topic(
            topic=row["topic"],
            score=row["score"],
            evidence=tuple(Span(**_span(span)) for span in evidence.get(row["topic"], [])),
        )
        for row in tables["topics"]
    )


def _span(row: Row, prefix: str = "") -> Row:
    return {"start": row[f"{prefix}char_start"], "end": row[f"{prefix}char_end"], "text": row[f"{prefix}text"]}


def _span_or_none(row: Row, prefix: str) -> Span | None:
    return None if row[f"{prefix}char_start"] is None else Span(**_span(row, prefix))


def _grouped(rows: list[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups
