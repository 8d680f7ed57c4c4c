"""Which digests were written, when, and of what; and which are due."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from store.database import transaction
from store.schemas import arrow_table
from store.writing.placing import local_day
from store.writing.rows import utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    import duckdb

    from newsledger.records.run import WrittenDigest

_NEWS = "FROM arrow_in ANTI JOIN digests USING (digest_date, articles, lines, lines_verified, markdown_sha256)"
_TOLD = """
    DELETE FROM digests_due
    WHERE (digest_date, touched_at) IN (SELECT unnest($1::DATE[]), unnest($2::TIMESTAMP[]))
    RETURNING digest_date
"""


def mark_due(con: duckdb.DuckDBPyConnection, days: Sequence[date], now: datetime) -> None:
    """Enter that the digests of these days are due, within a transaction of the caller's."""
    if days:
        con.execute("INSERT OR REPLACE INTO digests_due SELECT unnest($1::DATE[]), $2", [list(days), utc(now)])


def mark_told_due(
    con: duckdb.DuckDBPyConnection, moments: Iterable[datetime], zone: ZoneInfo, now: datetime
) -> tuple[date, ...]:
    """Enter that the digests that told articles of these moments (digest_at) are due; give their days, in order."""
    days = tuple(sorted({local_day(moment.replace(tzinfo=UTC), zone) for moment in moments}))
    mark_due(con, days, now)
    return days


def note_digests(con: duckdb.DuckDBPyConnection, written: Sequence[WrittenDigest], now: datetime) -> bool:
    """Enter the digests that are new or read otherwise than the last time, and that they are due no more.

    What was touched after a digest was read stays due. Tell whether anything was entered. All is one transaction.
    """
    rows = [
        {
            "digest_date": digest.day,
            "written_at": utc(now),
            "articles": digest.articles,
            "lines": digest.lines,
            "lines_verified": digest.lines_verified,
            "markdown_sha256": digest.markdown_sha256,
        }
        for digest in written
    ]
    if not rows:
        return False
    due = [(digest.day, utc(digest.touched)) for digest in written if digest.touched]
    con.register("arrow_in", arrow_table("digests", rows))
    try:
        with transaction(con):
            (news,) = con.execute(f"SELECT count(*) {_NEWS}").fetchall()[0]
            if news:
                con.execute(f"INSERT OR REPLACE INTO digests BY NAME SELECT * {_NEWS}")
            told = con.execute(_TOLD, [[day for day, _ in due], [moment for _, moment in due]]).fetchall()
    finally:
        con.unregister("arrow_in")
    return bool(news or told)
