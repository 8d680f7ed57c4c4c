"""Who and what the articles speak of that the registry does not hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.database import published_copy
from store.errors import store_errors
from store.reading.loading import aware, rows_of
from store.schemas import given

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    import duckdb

    from store.schemas import Row

# Seen so often, and by so many who write independently, an unknown name is worth a person's look.
LEAST_ARTICLES = 3
LEAST_SOURCES = 2
_EXAMPLES = 3

_UNKNOWN = """
    SELECT v.* FROM v_entities AS v ANTI JOIN given USING (entity_id)
    WHERE v.articles >= ? AND v.sources >= ? AND len(v.names) > 0
    ORDER BY v.articles DESC, v.sources DESC, v.entity_id
"""
_SEEN = "SELECT v.* FROM v_entities AS v SEMI JOIN given USING (entity_id) WHERE len(v.names) > 0"
_READINGS = """
    SELECT n.entity_id, n.type, n.country, n.sector
    FROM article_entities AS n
    SEMI JOIN given USING (entity_id)
    JOIN articles AS a ON a.article_id = n.article_id AND a.revision = n.revision
    WHERE a.is_newest
    ORDER BY n.article_id
"""
# The sentence of the first mention in each article; of several, one a source before a second one of the same.
_SENTENCES = f"""
    WITH mentioned AS (
        SELECT
            m.entity_id, m.article_id, m.revision, a.source_id, s.char_start, s.char_end,
            coalesce(a.published_at, a.stored_at) AS seen_at
        FROM mentions AS m
        SEMI JOIN given USING (entity_id)
        JOIN articles AS a ON a.article_id = m.article_id AND a.revision = m.revision
        JOIN v_sentences AS s
            ON s.article_id = m.article_id AND s.revision = m.revision
            AND s.char_start <= m.char_start AND m.char_end <= s.char_end
        WHERE a.is_newest AND m.kind = 'name'
        QUALIFY row_number() OVER (PARTITION BY m.entity_id, m.article_id ORDER BY m.char_start) = 1
    ),
    taking_turns AS (
        SELECT *, row_number() OVER (PARTITION BY entity_id, source_id ORDER BY seen_at DESC, article_id) AS turn
        FROM mentioned
    ),
    chosen AS (
        SELECT *, row_number() OVER (PARTITION BY entity_id ORDER BY turn, seen_at DESC, article_id) AS place
        FROM taking_turns
        QUALIFY place <= {_EXAMPLES}
    )
    SELECT
        c.entity_id, c.article_id, c.source_id, c.char_start, c.char_end,
        substr(t.text, c.char_start + 1, c.char_end - c.char_start) AS sentence
    FROM chosen AS c
    JOIN article_text AS t ON t.article_id = c.article_id AND t.revision = c.revision
    ORDER BY c.entity_id, c.place
"""  # noqa: S608 - ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence that names an entity, read again from the stored text."""

    article_id: str
    source: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An entity that the registry does not hold: how it was read, the most frequent reading first, and where."""

    entity_id: str
    name: str
    types: tuple[str, ...]
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    names: tuple[str, ...]
    articles: int
    sources: int
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    examples: tuple[Example, ...]


def read_proposals(published: Path, settled: Collection[str]) -> tuple[Proposal, ...]:
    """Read who was named in several articles of several sources, the most frequent first; the settled ids left out.

    Raises StoreError.
    """
    with published_copy(published) as con, store_errors(published):
        with given(con, entity_id=sorted(settled)):
            rows = rows_of(con.execute(_UNKNOWN, [LEAST_ARTICLES, LEAST_SOURCES]))
        return _proposals(con, rows)


def read_named(published: Path, entity_id: str) -> Proposal | None:
    """Read how and where an entity is named, however seldom; None where nobody names it. Raises StoreError."""
    with published_copy(published) as con, store_errors(published):
        with given(con, entity_id=[entity_id]):
            rows = rows_of(con.execute(_SEEN))
        return next(iter(_proposals(con, rows)), None)


def _proposals(con: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> tuple[Proposal, ...]:
    with given(con, entity_id=[row["entity_id"] for row in rows]):
        readings = rows_of(con.execute(_READINGS))
        sentences = rows_of(con.execute(_SENTENCES))
    return tuple(_proposal(row, _of(row, readings), _of(row, sentences)) for row in rows)


def _of(row: Row, others: Iterable[Row]) -> list[Row]:
    return [other for other in others if other["entity_id"] == row["entity_id"]]


def _proposal(row: Row, readings: Sequence[Row], sentences: Sequence[Row]) -> Proposal:
    def by_frequency(column: str) -> tuple[str, ...]:
        return tuple(value for value, _ in Counter(one[column] for one in readings if one[column]).most_common())

    return Proposal(
        entity_id=row["entity_id"],
        name=row["name"],
        types=by_frequency("type"),
        countries=by_frequency("country"),
        sectors=by_frequency("sector"),
        names=tuple(row["names"]),
        articles=row["articles"],
        sources=row["sources"],
        first_seen_at=aware(row["first_seen_at"]),
        last_seen_at=aware(row["last_seen_at"]),
        examples=tuple(
            Example(
                article_id=one["article_id"],
                source=one["source_id"],
                start=one["char_start"],
                end=one["char_end"],
                text=one["sentence"],
            )
            for one in sentences
        ),
    )
