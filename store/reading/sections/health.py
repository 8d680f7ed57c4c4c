"""The feeds as configured beside what was known of them when the day ended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.records.day import FeedHealth
from store.ledger import read_feed_states
from store.reading.loading import aware
from store.reading.sections.asking import ask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import duckdb

    from newsledger.records.config import Feed
    from newsledger.records.feeds import FeedState
    from store.reading.sections.asking import Window
    from store.schemas import Row


def read_health(con: duckdb.DuckDBPyConnection, window: Window, feeds: Sequence[Feed]) -> tuple[FeedHealth, ...]:
    """Give each feed with its state at the day's end, and with its articles of the day and until its end.

    Of a feed that was asked again since then only what its polls tell is known, and none of its warnings.
    """
    states = read_feed_states(con)
    rows = {row["source_id"]: row for row in ask(con, "health", window)}
    return tuple(
        FeedHealth(
            feed=feed,
            state=_state(states.get(feed.id), rows.get(feed.id), window.end),
            articles_day=rows[feed.id]["articles_day"] if feed.id in rows else 0,
            articles_total=rows[feed.id]["articles_total"] if feed.id in rows else 0,
        )
        for feed in feeds
    )


def _state(state: FeedState | None, row: Row | None, end: datetime) -> FeedState | None:
    """Give the state of a feed at a moment; None where it had not been asked by then."""
    if state is None or state.polled_at is None or state.polled_at < end:
        return state
    if row is None or row["polled_at"] is None:
        return None
    return replace(
        state,
        polled_at=aware(row["polled_at"]),
        succeeded_at=aware(row["succeeded_at"]),
        outcome=row["outcome"],
        detail=row["detail"],
        failures=row["failures"],
        newest_item_at=state.newest_item_at if state.newest_item_at and state.newest_item_at < end else None,
        warnings=(),
    )
