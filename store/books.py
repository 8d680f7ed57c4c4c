"""The books of fetching: what each feed answered, and what became of each item that it listed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from newsledger.records.feeds import Balance, Disposition
from store.rows import utc
from store.schemas import given

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import duckdb

    from newsledger.records.feeds import FeedPoll, FetchedItem
    from newsledger.records.run import Batch, Run
    from store.placing import Change, Placement
    from store.schemas import Row

_FATES: Mapping[Change, Disposition] = {
    "stored": "stored",
    "revised": "revised",
    "replaced": "known",
    "known": "known",
}
# Dispositions that leave an item where it was: still to be fetched, or accounted for by another feed's item.
_UNSETTLED = frozenset({"deferred", "duplicate"})


def fates(items: Sequence[FetchedItem], placements: Sequence[Placement]) -> tuple[Disposition, ...]:
    """Name what became of each item: dropped as given, else what saving its article changed.

    A second item with the same article is a duplicate; one whose article was not handed in with it has failed.
    """
    changes: dict[str, list[Disposition]] = {}
    for placement in placements:
        changes.setdefault(placement.extraction.article.article_id, []).append(_FATES[placement.change])
    return tuple(item.dropped or _fate(changes.get(item.entry.article_id)) for item in items)


def _fate(left: list[Disposition] | None) -> Disposition:
    if left is None:
        return "failed"
    return left.pop(0) if left else "duplicate"


def book_rows(con: duckdb.DuckDBPyConnection, batch: Batch, run: Run, settled: Sequence[Disposition]) -> list[Row]:
    """Give the rows of the run's item ledger with this batch's items added to those of its earlier batches."""
    books: Counter[tuple[str, str]] = Counter()
    for feed_id, disposition, items in con.execute(
        "SELECT feed_id, disposition, items FROM item_ledger WHERE run_id = ?", [run.run_id]
    ).fetchall():
        books[feed_id, disposition] += items
    books.update((item.entry.feed_id, fate) for item, fate in zip(batch.items, settled, strict=True))
    return [
        {"run_id": run.run_id, "feed_id": feed_id, "disposition": disposition, "items": items}
        for (feed_id, disposition), items in sorted(books.items())
    ]


def poll_rows(polls: Sequence[FeedPoll], run: Run) -> list[Row]:
    """Give the rows of the fetch ledger."""
    return [
        {
            "run_id": run.run_id,
            "feed_id": poll.feed.id,
            "polled_at": utc(poll.polled_at),
            "outcome": poll.outcome,
            "http_status": poll.http_status,
            "detail": poll.detail,
            "size_bytes": poll.size_bytes,
            "duration_ms": poll.duration_ms,
            "items_seen": len(poll.entries),
        }
        for poll in polls
    ]


def feed_rows(polls: Sequence[FeedPoll]) -> list[Row]:
    """Give the states to remember, one a feed."""
    states = {poll.feed.id: poll.state for poll in polls}
    return [
        {
            "feed_id": feed_id,
            "etag": state.etag,
            "last_modified": state.last_modified,
            "body_sha256": state.body_sha256,
            "polled_at": utc(state.polled_at),
            "succeeded_at": utc(state.succeeded_at),
            "due_at": utc(state.due_at),
            "failures": state.failures,
            "outcome": state.outcome,
            "detail": state.detail,
            "newest_item_at": utc(state.newest_item_at),
        }
        for feed_id, state in states.items()
    ]


def feed_source_rows(polls: Sequence[FeedPoll]) -> list[Row]:
    """Give the feeds as sources, with all that the configuration says of them."""
    feeds = {poll.feed.id: poll.feed for poll in polls}
    return [
        {
            "source_id": feed.id,
            "name": feed.name,
            "kind": feed.kind,
            "country": feed.country,
            "language": feed.language,
            "url": feed.url,
        }
        for feed in feeds.values()
    ]


def deferred_rows(batch: Batch, run: Run, now: datetime) -> list[Row]:
    """Give the items that are left for a later run, one an article."""
    entries = {item.entry.article_id: item.entry for item in batch.items if item.dropped == "deferred"}
    return [
        {
            "article_id": entry.article_id,
            "feed_id": entry.feed_id,
            "url": entry.url,
            "title": entry.title,
            "deferred_at": utc(now),
            "run_id": run.run_id,
        }
        for entry in entries.values()
    ]


def settled_ids(batch: Batch, settled: Sequence[Disposition]) -> tuple[str, ...]:
    """List the articles that are no longer deferred."""
    return tuple(
        item.entry.article_id for item, fate in zip(batch.items, settled, strict=True) if fate not in _UNSETTLED
    )


def balances(con: duckdb.DuckDBPyConnection, runs: Sequence[str]) -> tuple[Balance, ...]:
    """Give the books of the runs taken together, one balance a feed, in the order of their ids."""
    seen: Counter[str] = Counter()
    items: Counter[tuple[str, str]] = Counter()
    with given(con, run_id=runs):
        for feed_id, count in con.execute(
            "SELECT feed_id, items_seen FROM polls SEMI JOIN given USING (run_id)"
        ).fetchall():
            seen[feed_id] += count
        for feed_id, disposition, count in con.execute(
            "SELECT feed_id, disposition, items FROM item_ledger SEMI JOIN given USING (run_id)"
        ).fetchall():
            items[feed_id, disposition] += count
    return tuple(
        Balance(
            feed_id=feed_id,
            seen=seen[feed_id],
            items=tuple(
                (disposition, items[feed_id, disposition])
                for disposition in get_args(Disposition)
                if items[feed_id, disposition]
            ),
        )
        for feed_id in sorted({*seen, *(feed_id for feed_id, _ in items)})
    )
