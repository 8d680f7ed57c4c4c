"""Taking articles out for good: what was read goes, the reason stays, and none of them comes in again."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.checks.integrity import OF_ARTICLES
from store.copies.copying import bring_in_log, copy_beside, put_in_place
from store.database import reading_ledger, require_space, transaction
from store.schemas import given
from store.writing.names import settle_entities
from store.writing.rows import utc
from store.writing.stories import bereave, settle_stories
from store.writing.told import mark_due, mark_told_due

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    import duckdb

    from newsledger.records.article import Article
    from newsledger.records.run import Batch

# By id or by any address that the article or an item of a feed was seen under.
_FOUND = """
    SELECT article_id, first(url ORDER BY rank), first(title ORDER BY rank)
    FROM (
        SELECT article_id, url, title, 0 AS rank FROM articles WHERE is_newest
        UNION ALL
        SELECT article_id, url, title, 1 AS rank FROM items WHERE disposition <> 'forgotten'
    )
    WHERE article_id IN (
        SELECT unnest($1)
        UNION SELECT article_id FROM articles WHERE url = $2
        UNION SELECT article_id FROM items WHERE url = $2
    )
    GROUP BY article_id
    ORDER BY article_id
"""
_ENTERED = """
    INSERT INTO takedowns (article_id, url, reason, forgotten_at)
    SELECT article_id, coalesce(a.url, i.url), $1, $2
    FROM given
    LEFT JOIN (SELECT article_id, url FROM articles WHERE is_newest) AS a USING (article_id)
    LEFT JOIN (SELECT article_id, any_value(url) AS url FROM items GROUP BY ALL) AS i USING (article_id)
    ANTI JOIN takedowns USING (article_id)
"""
_BLANKED = """
    UPDATE items SET
        disposition = 'forgotten', detail = t.reason, title = NULL, authors = [], body_html = NULL, tries = 0,
        due_at = NULL, page_etag = NULL, page_last_modified = NULL
    FROM takedowns AS t
    WHERE t.article_id = items.article_id AND items.article_id IN (FROM given)
"""
# The answers that replays need: of feeds, all but those that may have listed what was taken out; of pages, those read.
_KEPT = """
    SELECT body_sha256 FROM polls WHERE body_sha256 IS NOT NULL
    EXCEPT
    SELECT p.body_sha256 FROM polls AS p
    JOIN (
        SELECT feed_id, min(first_seen_at) AS first_at, max(last_seen_at) AS last_at
        FROM items WHERE disposition = 'forgotten' GROUP BY feed_id
    ) AS f ON f.feed_id = p.feed_id AND p.polled_at BETWEEN f.first_at - INTERVAL 1 DAY AND f.last_at + INTERVAL 1 DAY
    UNION
    SELECT body_sha256 FROM page_answers WHERE body_sha256 IS NOT NULL
"""
_NAMED = """
    SELECT body_sha256 FROM page_answers WHERE body_sha256 IS NOT NULL AND fetched_at >= $1
    UNION SELECT body_sha256 FROM polls WHERE body_sha256 IS NOT NULL AND polled_at >= $1
    ORDER BY ALL
"""
_BARE = "regexp_replace({}, '^https?://(www[.])?', '')"
_TAKEN_OUT = f"""
    SELECT article_id, t.reason FROM given JOIN takedowns AS t USING (article_id)
    UNION ALL
    SELECT given.article_id, any_value(t.reason)
    FROM given JOIN takedowns AS t ON {_BARE.format("t.url")} = {_BARE.format("given.url")}
    GROUP BY ALL
"""  # noqa: S608 - ours
_UNERASED = "SELECT count(*) FROM takedowns WHERE erased_at IS NULL AND reason <> ?"
_EXPIRED = """
    SELECT article_id FROM articles
    WHERE is_newest AND coalesce(published_at, stored_at) < $1
        AND NOT EXISTS (FROM takedowns WHERE reason = $3 AND forgotten_at >= $2)
    ORDER BY article_id
"""
EXPIRED = "retention"  # the reason of those that were kept long enough
# A file that is emptier than this is worth being written anew.
_MOST_FREE = 0.5
# A copy that is made aside may stand in its file and in its log at once; then there are index and digests.
_COPIES = 2
_SPARE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An article that could be taken out: as stored, else as a feed listed it."""

    article_id: str
    url: str | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown:
    """An article that was taken out."""

    article_id: str
    url: str | None
    reason: str


def targets(con: duckdb.DuckDBPyConnection, ids: Sequence[str], url: str) -> tuple[Target, ...]:
    """Find articles by the ids that they may have, or by an address."""
    found = con.execute(_FOUND, [list(ids), url]).fetchall()
    return tuple(Target(article_id=article_id, url=address, title=title) for article_id, address, title in found)


def expired(con: duckdb.DuckDBPyConnection, before: datetime, last: datetime) -> tuple[str, ...]:
    """List the articles that were published before, or stored where it is not known when.

    None where some were taken out for that reason at `last` or later: each time costs as much as if it were many.
    """
    found = con.execute(_EXPIRED, [utc(before), utc(last), EXPIRED]).fetchall()
    return tuple(article_id for (article_id,) in found)


def texts(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> tuple[str, ...]:
    """Give the texts of articles, of every revision."""
    with given(con, article_id=article_ids):
        found = con.execute("SELECT text FROM article_text SEMI JOIN given USING (article_id) ORDER BY ALL").fetchall()
    return tuple(text for (text,) in found)


def forget(  # noqa: PLR0913 - who goes, why, and whose digests are due
    con: duckdb.DuckDBPyConnection,
    article_ids: Sequence[str],
    reason: str,
    zone: ZoneInfo,
    now: datetime,
    *,
    cited: Collection[date] = (),
) -> tuple[date, ...]:
    """Take articles out in one transaction; give the days whose digests told or `cited` them, which are due now."""
    with transaction(con):
        told = take_out(con, article_ids, reason, zone, now)
        mark_due(con, sorted(cited), now)
    return tuple(sorted({*told, *cited}))


def take_out(
    con: duckdb.DuckDBPyConnection, article_ids: Sequence[str], reason: str, zone: ZoneInfo, now: datetime
) -> tuple[date, ...]:
    """Do what `forget` does, within a transaction of the caller's; those that are out already keep their reason."""
    with given(con, article_id=article_ids):
        moments = con.execute("SELECT DISTINCT digest_at FROM articles SEMI JOIN given USING (article_id)").fetchall()
        spoken = con.execute("SELECT DISTINCT entity_id FROM article_entities SEMI JOIN given USING (article_id)")
        entity_ids = [entity_id for (entity_id,) in spoken.fetchall()]
        con.execute(_ENTERED, [reason, utc(now)])
        con.execute(_BLANKED)
        story_ids = bereave(con)
        for table in OF_ARTICLES:
            con.execute(f"DELETE FROM {table} WHERE article_id IN (FROM given)")  # noqa: S608 - ours
    settle_entities(con, entity_ids)
    settle_stories(con, story_ids)
    return mark_told_due(con, (moment for (moment,) in moments), zone, now)


def takedowns(con: duckdb.DuckDBPyConnection) -> tuple[Takedown, ...]:
    """List the articles that were taken out."""
    found = con.execute("SELECT article_id, url, reason FROM takedowns ORDER BY article_id").fetchall()
    return tuple(Takedown(article_id=article_id, url=url, reason=reason) for article_id, url, reason in found)


def taken_out(con: duckdb.DuckDBPyConnection, articles: Sequence[Article]) -> dict[str, str]:
    """Give the ids of those of the articles that were taken out, under this id or another, with the reasons."""
    if not articles:
        return {}
    ids, urls = [one.article_id for one in articles], [one.url for one in articles]
    with given(con, article_id=ids, url=urls):
        return dict(con.execute(_TAKEN_OUT).fetchall())


def without_forgotten(con: duckdb.DuckDBPyConnection, batch: Batch) -> Batch:
    """Leave out of a batch what was taken out; an item of a feed stays, as one that was."""
    reasons = taken_out(con, [one.article for one in batch.extractions])
    if not reasons:
        return batch
    return replace(
        batch,
        extractions=tuple(one for one in batch.extractions if one.article.article_id not in reasons),
        items=tuple(
            replace(item, article=None, dropped="forgotten", detail=reasons[item.article.article_id], due_at=None)
            if item.article and item.article.article_id in reasons
            else item
            for item in batch.items
        ),
    )


def kept_bodies(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Name the bodies that the archive may keep: none that holds, or might hold, what was taken out.

    What no article was read from might: the page of a recheck that brought nothing new, for one.
    """
    return frozenset(sha256 for (sha256,) in con.execute(_KEPT).fetchall())


def named_bodies(con: duckdb.DuckDBPyConnection, since: datetime) -> tuple[str, ...]:
    """List the bodies of answers since then that the archive may keep."""
    found = con.execute(_NAMED, [utc(since)]).fetchall()
    kept = kept_bodies(con)
    return tuple(sha256 for (sha256,) in found if sha256 in kept)


def is_mostly_empty(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether most of the file's blocks are free."""
    con.execute("CHECKPOINT")
    total, free = con.execute(
        "SELECT total_blocks, free_blocks FROM pragma_database_size() WHERE database_name = current_database()"
    ).fetchall()[0]
    return bool(free > _MOST_FREE * total)


def note_erased(con: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Enter that the file was written anew after the articles that are out by now were taken out."""
    con.execute("UPDATE takedowns SET erased_at = ? WHERE erased_at IS NULL", [utc(now)])


def unerased(ledger: Path) -> int:
    """Count the articles taken out on request whose bytes may still be in the file. Raises StoreError."""
    with reading_ledger(ledger) as con:
        (count,) = con.execute(_UNERASED, [EXPIRED]).fetchall()[0]
        return int(count)


def needed_room(ledger: Path) -> int:
    """Give how many bytes a disk must have free for writing a copy of the ledger anew, and what goes with it."""
    return _COPIES * ledger.stat().st_size + _SPARE_BYTES


def require_room(ledger: Path, published: Path) -> None:
    """Raise StoreError where a disk has no room for writing ledger and published copy anew."""
    for path in (ledger, published):
        require_space(path, needed_room(ledger))


def compact(ledger: Path) -> None:
    """Write the ledger anew and put it in place of the old file, which goes with all that was deleted in it.

    DuckDB marks deleted rows and frees their blocks, but leaves the bytes. Hold the write lock meanwhile, and have the
    ledger closed. Raises StoreError; the ledger then stays as it is.
    """
    # The log of the old file goes with it: what a writer that was cut off had committed must be in the file before.
    bring_in_log(ledger)
    with copy_beside(ledger, ledger, rewritten_up_to_bytes=sys.maxsize) as draft:
        shutil.copymode(ledger, draft)
        put_in_place(draft, ledger)
