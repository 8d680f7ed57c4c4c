"""The Arrow schemas of the tables that are written in batches: one place, checked against the SQL by a test."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb

Row = dict[str, Any]

_TEXT, _INT, _REAL, _LONG = pa.string(), pa.int32(), pa.float64(), pa.int64()
_TIMESTAMP, _DATE, _LIST, _FLAG = pa.timestamp("us"), pa.date32(), pa.list_(pa.string()), pa.bool_()
_OFFSETS = pa.list_(_INT)
_KEY = {"article_id": _TEXT, "revision": _INT}


def _span(prefix: str = "") -> dict[str, pa.DataType]:
    """Name the columns of a span."""
    return {
        f"{prefix}char_start": _INT,
        f"{prefix}char_end": _INT,
        f"{prefix}text": _TEXT,
    }


# The tables that hold an extraction, each with the key of an article's revision.
EXTRACTION_SCHEMAS: Mapping[str, pa.Schema] = {
    table: pa.schema(_KEY | columns)
    for table, columns in {
        "articles": {
            "is_newest": _FLAG,
            "origin": _TEXT,
            "source_id": _TEXT,
            "url": _TEXT,
            "title": _TEXT,
            "authors": _LIST,
            "section": _TEXT,
            "language": _TEXT,
            "published_at": _TIMESTAMP,
            "published_from": _TEXT,
            "modified_at": _TIMESTAMP,
            "fetched_at": _TIMESTAMP,
            "text_from": _TEXT,
            "text_sha256": _TEXT,
            "text_chars": _INT,
            "extractor": _TEXT,
            "stored_at": _TIMESTAMP,
            "digest_at": _TIMESTAMP,
            "run_id": _TEXT,
            "relevance": _REAL,
            "extracted_at": _TIMESTAMP,
            "extracted_run_id": _TEXT,
        },
        "article_text": {"text": _TEXT},
        "article_origins": {"no": _INT, "field": _TEXT, "origin": _TEXT},
        "issues": {"no": _INT, "code": _TEXT, "detail": _TEXT},
        "sentences": {"char_starts": _OFFSETS, "char_ends": _OFFSETS},
        "datelines": {**_span(), "agency_id": _TEXT, "place_id": _TEXT, "dateline_date": _DATE},
        "article_entities": {
            "no": _INT,
            "entity_id": _TEXT,
            "name": _TEXT,
            "type": _TEXT,
            "country": _TEXT,
            "sector": _TEXT,
            "role": _TEXT,
            "wikidata": _TEXT,
        },
        "mentions": {"entity_id": _TEXT, "no": _INT, **_span(), "kind": _TEXT},
        "citations": {"no": _INT, **_span(), "entity_id": _TEXT},
        "statements": {
            "no": _INT,
            "statement_id": _TEXT,
            **_span(),
            "kind": _TEXT,
            "speaker_id": _TEXT,
            **_span("speaker_"),
            **_span("cue_"),
            "verb": _TEXT,
            **_span("content_"),
            "group_id": _TEXT,
            "sentence_before": _TEXT,
            "sentence_after": _TEXT,
            "via_names": _LIST,
        },
        "statement_chain": {"statement_id": _TEXT, "no": _INT, "entity_id": _TEXT},
        "events": {
            "no": _INT,
            "event_id": _TEXT,
            **_span(),
            **_span("trigger_"),
            "type": _TEXT,
            "mode": _TEXT,
            "contexts": _LIST,
            "quad": _TEXT,
            "intensity": _REAL,
            "status": _TEXT,
            "location_id": _TEXT,
            "start_date": _DATE,
            "end_date": _DATE,
            "attributed_to_id": _TEXT,
            "statement_id": _TEXT,
            "confidence": _REAL,
            "sentence_before": _TEXT,
            "sentence_after": _TEXT,
            "actor_names": _LIST,
            "recipient_names": _LIST,
            "actor_countries": _LIST,
            "recipient_countries": _LIST,
        },
        "event_participants": {"event_id": _TEXT, "role": _TEXT, "no": _INT, "entity_id": _TEXT},
        "figures": {
            "no": _INT,
            **_span(),
            "value": _REAL,
            "value_max": _REAL,
            "value_exact": _TEXT,
            "value_max_exact": _TEXT,
            "unit": _TEXT,
            "bound": _TEXT,
            "change": _TEXT,
            "quantity_of": _TEXT,
            "about_ids": _LIST,
            "period_start_date": _DATE,
            "period_end_date": _DATE,
            "attributed_to_id": _TEXT,
            "sentence_before": _TEXT,
            "sentence_after": _TEXT,
            "about_names": _LIST,
        },
        "times": {"no": _INT, **_span(), "type": _TEXT, "value": _TEXT, "start_date": _DATE, "end_date": _DATE},
        "topics": {"no": _INT, "topic": _TEXT, "score": _REAL},
        "topic_evidence": {"topic": _TEXT, "no": _INT, **_span()},
    }.items()
}

# Dimensions and books.
OTHER_SCHEMAS: Mapping[str, pa.Schema] = {
    table: pa.schema(columns)
    for table, columns in {
        "entities": {
            "entity_id": _TEXT,
            "name": _TEXT,
            "type": _TEXT,
            "country": _TEXT,
            "sector": _TEXT,
            "wikidata": _TEXT,
            "known_at": _TIMESTAMP,
        },
        "sources": {
            "source_id": _TEXT,
            "name": _TEXT,
            "kind": _TEXT,
            "country": _TEXT,
            "language": _TEXT,
            "url": _TEXT,
        },
        "feeds": {
            "feed_id": _TEXT,
            "etag": _TEXT,
            "last_modified": _TEXT,
            "body_sha256": _TEXT,
            "polled_at": _TIMESTAMP,
            "succeeded_at": _TIMESTAMP,
            "due_at": _TIMESTAMP,
            "failures": _INT,
            "outcome": _TEXT,
            "detail": _TEXT,
            "newest_item_at": _TIMESTAMP,
            "url": _TEXT,
            "adopted_url": _TEXT,
            "redirect_url": _TEXT,
            "redirects": _INT,
            "document_url": _TEXT,
            "retry_at": _TIMESTAMP,
            "interval_s": _REAL,
            "trouble": _REAL,
            "gones": _INT,
            "empties": _INT,
            "items": _INT,
            "size_bytes": _LONG,
            "usual_gap_s": _REAL,
        },
        "feed_warnings": {"feed_id": _TEXT, "no": _INT, "code": _TEXT, "detail": _TEXT},
        "polls": {
            "run_id": _TEXT,
            "feed_id": _TEXT,
            "polled_at": _TIMESTAMP,
            "outcome": _TEXT,
            "http_status": _INT,
            "detail": _TEXT,
            "size_bytes": _LONG,
            "duration_ms": _LONG,
            "items_seen": _INT,
            "charset": _TEXT,
            "charset_from": _TEXT,
            "body_sha256": _TEXT,
            "items_resumed": _INT,
        },
        "items": {
            "feed_id": _TEXT,
            "article_id": _TEXT,
            "url": _TEXT,
            "guid": _TEXT,
            "title": _TEXT,
            "published_at": _TIMESTAMP,
            "modified_at": _TIMESTAMP,
            "authors": _LIST,
            "language": _TEXT,
            "body_html": _TEXT,
            "disposition": _TEXT,
            "detail": _TEXT,
            "tries": _INT,
            "due_at": _TIMESTAMP,
            "page_etag": _TEXT,
            "page_last_modified": _TEXT,
            "first_seen_at": _TIMESTAMP,
            "last_seen_at": _TIMESTAMP,
            "run_id": _TEXT,
            "counted_as": _TEXT,
            "listings": _INT,
        },
        "digests": {
            "digest_date": _DATE,
            "written_at": _TIMESTAMP,
            "articles": _INT,
            "lines": _INT,
            "lines_verified": _INT,
            "markdown_sha256": _TEXT,
        },
        "page_answers": {
            **_KEY,
            "url": _TEXT,
            "http_status": _INT,
            "content_type": _TEXT,
            "body_sha256": _TEXT,
            "size_bytes": _LONG,
            "fetched_at": _TIMESTAMP,
            "run_id": _TEXT,
        },
        "article_changes": {
            **_KEY,
            "no": _INT,
            "field": _TEXT,
            "sentence_no": _INT,
            "before": _TEXT,
            "after": _TEXT,
        },
        "record_changes": {
            **_KEY,
            "no": _INT,
            "kind": _TEXT,
            "record_type": _TEXT,
            "before": _TEXT,
            "after": _TEXT,
            "before_char_start": _INT,
            "before_char_end": _INT,
            "after_char_start": _INT,
            "after_char_end": _INT,
        },
        "replay_counts": {"run_id": _TEXT, "record_type": _TEXT, "change": _TEXT, "records": _LONG},
        "replay_examples": {
            "run_id": _TEXT,
            "no": _INT,
            **_KEY,
            "record_type": _TEXT,
            "change": _TEXT,
            "before": _TEXT,
            "after": _TEXT,
        },
        "story_articles": {
            **_KEY,
            "story_id": _TEXT,
            "copy_of": _TEXT,
            "origin_id": _TEXT,
            "digest_at": _TIMESTAMP,
        },
        "stories": {"story_id": _TEXT, "opened_at": _TIMESTAMP, "ended_into": _TEXT},
        "story_changes": {
            "run_id": _TEXT,
            "no": _INT,
            "kind": _TEXT,
            "story_id": _TEXT,
            "other_id": _TEXT,
            "article_ids": _LIST,
            "changed_at": _TIMESTAMP,
        },
    }.items()
}

SCHEMAS: Mapping[str, pa.Schema] = {**EXTRACTION_SCHEMAS, **OTHER_SCHEMAS}

# Every span column group (table, prefix), for the checks that re-read them.
SPANS: tuple[tuple[str, str], ...] = tuple(
    (table, name.removesuffix("char_start"))
    for table, schema in EXTRACTION_SCHEMAS.items()
    if table != "sentences"
    for name in schema.names
    if name.endswith("char_start")
)


def arrow_table(table: str, rows: Sequence[Row]) -> pa.Table:
    """Make the Arrow table of rows; a row must name every column. Raises UnicodeEncodeError for lone surrogates."""
    names = SCHEMAS[table].names
    return arrow_table_of_values(table, [tuple(row[name] for name in names) for row in rows])


def arrow_table_of_values(table: str, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    """Make the Arrow table of rows, some at least, that hold their values in the order of the columns; see there."""
    schema = SCHEMAS[table]
    columns = zip(schema, zip(*rows, strict=True), strict=True)
    return pa.Table.from_arrays([pa.array(values, field.type) for field, values in columns], schema=schema)


@contextmanager
def given(con: duckdb.DuckDBPyConnection, **columns: Sequence[object]) -> Iterator[None]:
    """Let queries see lists as the table `given`; as parameters they would be converted one by one, slowly."""
    types = {"revision": _INT, "modified_at": _TIMESTAMP}
    table = {name: pa.array(values, types.get(name, _TEXT)) for name, values in columns.items()}
    con.register("given", pa.table(table))
    try:
        yield
    finally:
        con.unregister("given")
