"""Which digests were written, when, and of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.schemas import arrow_table
from store.writing.rows import utc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import duckdb

    from newsledger.records.run import WrittenDigest

_NEWS = "FROM arrow_in ANTI JOIN digests USING (digest_date, articles, lines, lines_verified, markdown_sha256)"


def note_digests(con: duckdb.DuckDBPyConnection, written: Sequence[WrittenDigest], now: datetime) -> bool:
    """Enter the digests that are new or read otherwise than the last time; tell whether there is any."""
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
    con.register("arrow_in", arrow_table("digests", rows))
    try:
        (news,) = con.execute(f"SELECT count(*) {_NEWS}").fetchall()[0]
        if news:
            con.execute(f"INSERT OR REPLACE INTO digests BY NAME SELECT * {_NEWS}")
    finally:
        con.unregister("arrow_in")
    return bool(news)
