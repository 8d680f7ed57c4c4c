"""Asking the feeds: one poll each, and the state to remember."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from newsledger.fetch.feeds.document import NotAFeed
from newsledger.fetch.feeds.parsing import read_feed
from newsledger.fetch.http.answers import Failure, Request, Response
from newsledger.fetch.http.client import Client
from newsledger.fetch.http.loop import run_to_end
from newsledger.fetch.http.network import Network
from newsledger.fetch.dates import is_believable
from newsledger.records.feeds import FeedPoll, FeedState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from newsledger.records.config import Feed, FetchPolicy
    from newsledger.records.feeds import FeedEntry, Outcome

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)


def poll_feeds(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    policy: FetchPolicy,
    clock: Callable[[], datetime],
    on_poll: Callable[[FeedPoll], None] | None = None,
) -> tuple[FeedPoll, ...]:
    """Ask each enabled feed once and tell how that ended, in the order of `feeds`; a bad feed is a poll with a name.

    A feed that has not changed since `states` costs the server no body. One that told us when to come back is not
    asked before. `on_poll` is called as each poll ends.
    """
    return run_to_end(_poll_all([feed for feed in feeds if feed.enabled], states, policy, clock, on_poll))


async def _poll_all(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    policy: FetchPolicy,
    clock: Callable[[], datetime],
    on_poll: Callable[[FeedPoll], None] | None,
) -> tuple[FeedPoll, ...]:
    async with Client(Network(policy=policy, clock=clock)) as client:

        async def poll_one(feed: Feed) -> FeedPoll:
            state = states.get(feed.id) or FeedState(feed_id=feed.id)
            poll = _not_due(feed, state, clock())
            if poll is None:
                answer = await client.get(_request(feed, state, policy))
                poll = await asyncio.to_thread(_judge, feed, state, answer, clock())
            if on_poll:
                on_poll(poll)
            return poll

        return tuple(await asyncio.gather(*(poll_one(feed) for feed in feeds)))


def _request(feed: Feed, state: FeedState, policy: FetchPolicy) -> Request:
    return Request(
        url=feed.url,
        accept=_ACCEPT,
        max_bytes=policy.max_feed_bytes,
        etag=state.etag,
        last_modified=state.last_modified,
    )


def _not_due(feed: Feed, state: FeedState, now: datetime) -> FeedPoll | None:
    """Leave a feed alone, and its state as it is, until the time that its server named."""
    if state.due_at is None or state.due_at <= now:
        return None
    detail = f"asked to come back at {state.due_at.isoformat(timespec='seconds')}; not asked before"
    return FeedPoll(feed=feed, state=state, outcome="rate_limited", polled_at=now, detail=detail)


def _judge(feed: Feed, state: FeedState, answer: Response | Failure, now: datetime) -> FeedPoll:
    """Turn an answer into a poll. What is no feed leaves the validators as they were: they belong to the feed."""
    if isinstance(answer, Failure):
        return _failed(feed, state, answer, now)
    etag, last_modified = answer.etag, answer.last_modified
    if answer.is_not_modified:
        same = replace(state, etag=etag or state.etag, last_modified=last_modified or state.last_modified)
        return _succeeded(feed, same, answer, (), now)
    document = read_feed(answer.body, feed=feed, url=answer.url, content_type=answer.content_type)
    if isinstance(document, NotAFeed):
        failure = Failure(
            url=answer.url,
            outcome=document.outcome,
            detail=document.detail,
            status=answer.status,
            duration_ms=answer.duration_ms,
        )
        return replace(_failed(feed, state, failure, now), size_bytes=len(answer.body))
    sha256 = hashlib.sha256(answer.body).hexdigest()
    fresh = replace(state, etag=etag, last_modified=last_modified, body_sha256=sha256)
    return _succeeded(feed, fresh, answer, document.entries, now)


def _succeeded(
    feed: Feed, state: FeedState, answer: Response, entries: tuple[FeedEntry, ...], now: datetime
) -> FeedPoll:
    dates = [entry.published for entry in entries if entry.published and is_believable(entry.published, now)]
    newest = max((*dates, state.newest_item_at) if state.newest_item_at else dates, default=None)
    outcome: Outcome = "not_modified" if answer.is_not_modified else "ok"
    state = replace(
        state,
        polled_at=now,
        succeeded_at=now,
        due_at=None,
        failures=0,
        outcome=outcome,
        detail=None,
        newest_item_at=newest,
    )
    return FeedPoll(
        feed=feed,
        state=state,
        outcome=outcome,
        polled_at=now,
        http_status=answer.status,
        size_bytes=len(answer.body),
        duration_ms=answer.duration_ms,
        entries=entries,
    )


def _failed(feed: Feed, state: FeedState, failure: Failure, now: datetime) -> FeedPoll:
    wait = failure.retry_after_s
    state = replace(
        state,
        polled_at=now,
        due_at=now + timedelta(seconds=wait) if wait is not None else None,
        failures=state.failures + 1,
        outcome=failure.outcome,
        detail=failure.detail,
    )
    return FeedPoll(
        feed=feed,
        state=state,
        outcome=failure.outcome,
        polled_at=now,
        http_status=failure.status,
        detail=failure.detail,
        duration_ms=failure.duration_ms,
    )
