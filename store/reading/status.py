"""How the store stands: how much it holds, what ran last, how the feeds are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.database import published_copy, row_counts
from store.errors import store_errors
from store.ledger import read_feed_states
from store.migrate import schema_version
from store.reading.loading import aware, rows_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import duckdb

    from newsledger.records.feeds import FeedState

_LAST_RUNS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStatus:
    """A run as the store remembers it; what it added is null until it has finished."""

    run_id: str
    flow: str
    started_at: datetime | None
    finished_at: datetime | None
    articles_added: int | None
    articles_revised: int | None
    feeds_ok: int | None
    feeds_failed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of the published copy: rows a table, the last runs (newest first), the feeds, the size of the file."""

    schema_version: int
    size_bytes: int
    newest_article_at: datetime | None
    tables: tuple[tuple[str, int], ...]
    runs: tuple[RunStatus, ...]
    feeds: tuple[FeedState, ...]


def read_status(published: Path) -> Status:
    """Read how the published copy stands. Raises StoreError."""
    with published_copy(published) as con, store_errors(published):
        (newest,) = con.execute("SELECT max(stored_at) FROM articles").fetchall()[0]
        return Status(
            schema_version=schema_version(con, published),
            size_bytes=published.stat().st_size,
            newest_article_at=aware(newest),
            tables=tuple(row_counts(con).items()),
            runs=_runs(con),
            feeds=tuple(read_feed_states(con).values()),
        )


def _runs(con: duckdb.DuckDBPyConnection) -> tuple[RunStatus, ...]:
    found = con.execute("SELECT * FROM runs ORDER BY started_at DESC, run_id LIMIT ?", [_LAST_RUNS])
    return tuple(
        RunStatus(
            run_id=row["run_id"],
            flow=row["flow"],
            started_at=aware(row["started_at"]),
            finished_at=aware(row["finished_at"]),
            articles_added=row["articles_added"],
            articles_revised=row["articles_revised"],
            feeds_ok=row["feeds_ok"],
            feeds_failed=row["feeds_failed"],
        )
        for row in rows_of(found)
    )
