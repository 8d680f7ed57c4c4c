"""Which entries to fetch, and what a run with leftovers makes a feed forget. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsledger.records.feeds import FeedEntry, FeedPoll, FetchedItem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsledger.records.feeds import Disposition

_UNDATED = datetime.min.replace(tzinfo=UTC)


def choose(
    polls: Sequence[FeedPoll], known: Mapping[str, datetime | None], deferred: frozenset[str]
) -> tuple[tuple[FeedEntry, ...], tuple[FetchedItem, ...]]:
    """Part the entries that the feeds listed into those to fetch and those that are settled already.

    `known` maps the ids of stored articles to the `modified` they were stored with; an entry that was modified later
    is fetched again. What an earlier run deferred comes first, then the newest. Each entry stands in one of the two.
    """
    wanted: list[FeedEntry] = []
    settled: list[FetchedItem] = []
    chosen: dict[str, str] = {}
    for entry in (entry for poll in polls for entry in poll.entries):
        reason = _reason(entry, known, chosen)
        if reason:
            settled.append(FetchedItem(entry=entry, dropped=reason[0], detail=reason[1]))
        else:
            chosen[entry.article_id] = entry.feed_id
            wanted.append(entry)
    wanted.sort(key=lambda entry: entry.published or entry.modified or _UNDATED, reverse=True)
    wanted.sort(key=lambda entry: entry.article_id not in deferred)
    return tuple(wanted), tuple(settled)


def settle(polls: Sequence[FeedPoll], items: Sequence[FetchedItem]) -> tuple[FeedPoll, ...]:
    """Make a feed with deferred or failed items forget its validators, so that it lists those items again."""
    owing = {item.entry.feed_id for item in items if item.dropped in ("deferred", "failed")}
    return tuple(_forgetful(poll) if poll.feed.id in owing else poll for poll in polls)


def _reason(
    entry: FeedEntry, known: Mapping[str, datetime | None], chosen: Mapping[str, str]
) -> tuple[Disposition, str | None] | None:
    """Say why an entry is not to be fetched; None where it is."""
    if entry.article_id in chosen:
        return "duplicate", f"listed by {chosen[entry.article_id]} already"
    if entry.article_id in known and not _is_later(entry.modified, known[entry.article_id]):
        return "known", None
    if entry.url is None and not entry.body_html:
        return "no_link", None
    return None


def _is_later(modified: datetime | None, stored: datetime | None) -> bool:
    return modified is not None and (stored is None or modified > stored)


def _forgetful(poll: FeedPoll) -> FeedPoll:
    return replace(poll, state=replace(poll.state, etag=None, last_modified=None, body_sha256=None))
