"""A day's rows for the digest."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from newsledger.records.day import DayView, FeedHealth, SourceName
from store.database import published_copy
from store.errors import store_errors
from store.ledger import read_feed_states
from store.reading.loading import aware, load_extractions
from store.schemas import given
from store.writing.books import balances
from store.writing.placing import local_day
from store.writing.rows import utc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    import duckdb

    from newsledger.records.config import Feed
    from newsledger.records.extraction import Extraction

# A live revision stays in the digest of the day it was stored on, so that a digest written again says the same.
# Of an article that counts for its published day only the newest revision is told.
_COUNTS = "(is_newest OR digest_at = stored_at)"
_ARTICLES = f"""
    SELECT article_id, revision, stored_at
    FROM articles
    WHERE digest_at >= ? AND digest_at < ? AND {_COUNTS}
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1
    ORDER BY coalesce(source_id, ''), article_id
"""  # noqa: S608 - ours
_MOMENTS = f"SELECT DISTINCT digest_at FROM articles WHERE {_COUNTS}"  # noqa: S608 - ours


def read_day(published: Path, day: date, zone: ZoneInfo, feeds: Sequence[Feed]) -> DayView:
    """Read what the digest of a day tells, with the newest revision of that day of each article.

    The same published copy and feeds give the same view. Raises StoreError.
    """
    start, end = _window(day, zone)
    with published_copy(published) as con, store_errors(published):
        rows = con.execute(_ARTICLES, [utc(start), utc(end)]).fetchall()
        extractions = load_extractions(con, [(article_id, revision) for article_id, revision, _ in rows])
        finished = con.execute(
            "SELECT run_id, finished_at FROM runs WHERE finished_at >= ? AND finished_at < ?", [utc(start), utc(end)]
        ).fetchall()
        touched = con.execute("SELECT touched_at FROM digests_due WHERE digest_date = ?", [day]).fetchall()
        moments = [row[-1] for row in (*rows, *finished)]
        return DayView(
            day=day,
            timezone=zone.key,
            start=start,
            end=end,
            cut_off=aware(max(moments, default=None)),
            extractions=extractions,
            sources=_sources(con, extractions, feeds),
            feeds=_health(con, extractions, feeds),
            balances=balances(con, [run_id for run_id, _ in finished]),
            touched=aware(max((moment for (moment,) in touched), default=None)),
        )


def due_days(published: Path) -> tuple[date, ...]:
    """List, in order, the days of which something changed that no digest tells as yet. Raises StoreError."""
    with published_copy(published) as con, store_errors(published):
        found = con.execute("SELECT digest_date FROM digests_due ORDER BY ALL").fetchall()
    return tuple(day for (day,) in found)


def days_with_articles(published: Path, zone: ZoneInfo) -> tuple[date, ...]:
    """List, in order, the days of which a digest has articles to tell. Raises StoreError."""
    with published_copy(published) as con, store_errors(published):
        found = con.execute(_MOMENTS).fetchall()
    return tuple(sorted({local_day(moment.replace(tzinfo=UTC), zone) for (moment,) in found}))


def _window(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Give the moments, in UTC, at which a day begins and ends in a zone."""
    tomorrow = day + timedelta(days=1) if day < date.max else day
    start = datetime.min.replace(tzinfo=UTC) if day == date.min else datetime.combine(day, time.min, zone)
    end = datetime.max.replace(tzinfo=UTC) if day == date.max else datetime.combine(tomorrow, time.min, zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def _sources(
    con: duckdb.DuckDBPyConnection, extractions: Sequence[Extraction], feeds: Sequence[Feed]
) -> tuple[SourceName, ...]:
    """Name the sources of the day: as configured, else as remembered, else by the entity of that id."""
    ids = sorted({extraction.article.source for extraction in extractions if extraction.article.source})
    with given(con, source_id=ids):
        found = con.execute(
            "SELECT source_id, coalesce(s.name, e.name, source_id), s.kind, s.country FROM sources AS s "
            "LEFT JOIN entities AS e ON e.entity_id = s.source_id SEMI JOIN given USING (source_id)"
        ).fetchall()
    names = {row[0]: SourceName(id=row[0], name=row[1], kind=row[2], country=row[3]) for row in found}
    names |= {feed.id: SourceName(id=feed.id, name=feed.name, kind=feed.kind, country=feed.country) for feed in feeds}
    return tuple(names.get(source_id) or SourceName(id=source_id, name=source_id) for source_id in ids)


def _health(
    con: duckdb.DuckDBPyConnection, extractions: Sequence[Extraction], feeds: Sequence[Feed]
) -> tuple[FeedHealth, ...]:
    states = read_feed_states(con)
    of_day = Counter(extraction.article.source for extraction in extractions)
    totals = dict(con.execute("SELECT source_id, count(*) FROM articles WHERE is_newest GROUP BY source_id").fetchall())
    return tuple(
        FeedHealth(
            feed=feed,
            state=states.get(feed.id),
            articles_day=of_day[feed.id],
            articles_total=totals.get(feed.id, 0),
        )
        for feed in feeds
    )
