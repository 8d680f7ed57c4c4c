"""The books of fetching: what each feed answered, and what became of each item that it listed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from newsledger.records.feeds import Balance, Disposition
from store.schemas import arrow_table, given
from store.writing.rows import utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    import duckdb

    from newsledger.records.config import Feed
    from newsledger.records.feeds import FeedPoll, FetchedItem
    from newsledger.records.run import Run
    from store.schemas import Row
    from store.writing.placing import Change, Placement

_FATES: Mapping[Change, Disposition] = {
    "stored": "stored",
    "revised": "revised",
    "replaced": "known",
    "known": "known",
}
# The books of a run are its items in the register, counted; so they hold after each batch, and twice saved is once.
COUNT = """
    SELECT run_id, feed_id, disposition, count(*) AS items
    FROM (
        SELECT run_id, feed_id, counted_as AS disposition FROM items WHERE run_id = $1
        UNION ALL
        SELECT run_id, feed_id, unnest(repeat(['duplicate'], listings - 1)) FROM items WHERE run_id = $1
    )
    GROUP BY ALL
    ORDER BY ALL
"""


def matched(items: Sequence[FetchedItem], placements: Sequence[Placement]) -> tuple[Placement | None, ...]:
    """Give for each item the placement of its article; None for one that is dropped, or that was not handed in."""
    left: dict[str, list[Placement]] = {}
    for placement in placements:
        left.setdefault(placement.key[0], []).append(placement)
    found: list[Placement | None] = []
    for item in items:
        waiting = left.get(item.entry.article_id) if item.article else None
        found.append(waiting.pop(0) if waiting else None)
    return tuple(found)


def fates(items: Sequence[FetchedItem], matches: Sequence[Placement | None]) -> tuple[Disposition, ...]:
    """Name what became of each item: dropped as given, else what saving its article changed.

    A second item with the same article is a duplicate; one whose article was not handed in with it has failed.
    """
    placed = {match.key[0] for match in matches if match}
    return tuple(
        item.dropped
        or (_FATES[match.change] if match else "duplicate" if item.entry.article_id in placed else "failed")
        for item, match in zip(items, matches, strict=True)
    )


def is_of_page(item: FetchedItem) -> bool:
    """Tell whether the item's article was read from its page, and not from the feed."""
    return item.article is not None and item.article.text_from == "page"


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
            "charset": poll.charset,
            "charset_from": poll.charset_from,
            "body_sha256": poll.body_sha256,
            "items_resumed": poll.resumed,
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
            "document_url": state.document_url,
            "polled_at": utc(state.polled_at),
            "succeeded_at": utc(state.succeeded_at),
            "due_at": utc(state.due_at),
            "failures": state.failures,
            "outcome": state.outcome,
            "detail": state.detail,
            "newest_item_at": utc(state.newest_item_at),
            "url": state.url,
            "adopted_url": state.adopted_url,
            "redirect_url": state.redirect_url,
            "redirects": state.redirects,
            "retry_at": utc(state.retry_at),
            "interval_s": state.interval_s,
            "trouble": state.trouble,
            "gones": state.gones,
            "empties": state.empties,
            "items": state.items,
            "size_bytes": state.size_bytes,
            "usual_gap_s": state.usual_gap_s,
        }
        for feed_id, state in states.items()
    ]


def warning_rows(polls: Sequence[FeedPoll]) -> list[Row]:
    """Give what a person should look at, a row a warning."""
    states = {poll.feed.id: poll.state for poll in polls}
    return [
        {"feed_id": feed_id, "no": no, "code": warning.code, "detail": warning.detail}
        for feed_id, state in states.items()
        for no, warning in enumerate(state.warnings, 1)
    ]


def feed_source_rows(feeds: Iterable[Feed]) -> list[Row]:
    """Give the feeds as sources, with all that the configuration says of them."""
    return [
        {
            "source_id": feed.id,
            "name": feed.name,
            "kind": feed.kind,
            "country": feed.country,
            "language": feed.language,
            "url": feed.url,
        }
        for feed in {feed.id: feed for feed in feeds}.values()
    ]


def enter_sources(con: duckdb.DuckDBPyConnection, feeds: Sequence[Feed]) -> None:
    """Enter the feeds as sources, those too that are never polled: articles of other ways in may name them."""
    if feeds:
        con.register("arrow_in", arrow_table("sources", feed_source_rows(feeds)))
        con.execute("INSERT OR REPLACE INTO sources BY NAME FROM arrow_in")
        con.unregister("arrow_in")


def answer_rows(
    items: Sequence[FetchedItem], matches: Sequence[Placement | None], run: Run, now: datetime
) -> list[Row]:
    """Give the answers that the new revisions were read from."""
    return [
        {
            "article_id": match.key[0],
            "revision": match.key[1],
            "url": item.answer.url,
            "http_status": item.answer.http_status,
            "content_type": item.answer.content_type,
            "body_sha256": item.answer.body_sha256,
            "size_bytes": item.answer.size_bytes,
            "fetched_at": utc(match.extraction.article.fetched or now),
            "run_id": run.run_id,
        }
        for item, match in zip(items, matches, strict=True)
        if match and item.answer and match.change in {"stored", "revised"} and is_of_page(item)
    ]


def balances(con: duckdb.DuckDBPyConnection, runs: Sequence[str]) -> tuple[Balance, ...]:
    """Give the books of the runs taken together, one balance a feed, in the order of their ids."""
    seen: Counter[str] = Counter()
    resumed: Counter[str] = Counter()
    items: Counter[tuple[str, str]] = Counter()
    with given(con, run_id=runs):
        for feed_id, listed, taken_up in con.execute(
            "SELECT feed_id, items_seen, items_resumed FROM polls SEMI JOIN given USING (run_id)"
        ).fetchall():
            seen[feed_id] += listed
            resumed[feed_id] += taken_up
        for feed_id, disposition, count in con.execute(
            "SELECT feed_id, disposition, items FROM item_ledger SEMI JOIN given USING (run_id)"
        ).fetchall():
            items[feed_id, disposition] += count
    return tuple(
        Balance(
            feed_id=feed_id,
            seen=seen[feed_id],
            resumed=resumed[feed_id],
            items=tuple(
                (disposition, items[feed_id, disposition])
                for disposition in get_args(Disposition)
                if items[feed_id, disposition]
            ),
        )
        for feed_id in sorted({*seen, *(feed_id for feed_id, _ in items)})
    )
