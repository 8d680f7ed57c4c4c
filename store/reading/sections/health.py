"""The feeds as configured beside what is remembered of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.records.day import FeedHealth
from store.ledger import read_feed_states
from store.reading.sections.asking import ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from newsledger.records.config import Feed
    from store.reading.sections.asking import Window


def read_health(con: duckdb.DuckDBPyConnection, window: Window, feeds: Sequence[Feed]) -> tuple[FeedHealth, ...]:
    """Give each feed with its state, which is the present one, and with its articles of the day and until its end."""
    states = read_feed_states(con)
    counts = {row["source_id"]: (row["articles_day"], row["articles_total"]) for row in ask(con, "health", window)}
    return tuple(
        FeedHealth(
            feed=feed,
            state=states.get(feed.id),
            articles_day=counts.get(feed.id, (0, 0))[0],
            articles_total=counts.get(feed.id, (0, 0))[1],
        )
        for feed in feeds
    )
