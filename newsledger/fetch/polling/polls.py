"""Asking the feeds: one poll each, and the state to remember."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.fetch.feeds.parsing import newest_sitemap
from newsledger.fetch.http.answers import Failure, Request, Response
from newsledger.fetch.http.client import Client
from newsledger.fetch.http.hosts import host_name
from newsledger.fetch.http.loop import run_to_end
from newsledger.fetch.polling.judging import Case, judge, not_asked, postponed
from newsledger.fetch.polling.lasting import claims_of
from newsledger.fetch.polling.trouble import forgiven, is_offline, met_somebody
from newsledger.records.feeds import ANSWERED, FeedState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from newsledger.fetch.archive import Archive
    from newsledger.fetch.http.network import Network
    from newsledger.records.config import Feed, FetchPolicy
    from newsledger.records.feeds import FeedPoll

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)


def poll_feeds(  # noqa: PLR0913 - a flow passes all of them, the last three by name
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    network: Network,
    *,
    only_due: bool = False,
    deadline: datetime | None = None,
    on_poll: Callable[[FeedPoll], None] | None = None,
) -> tuple[FeedPoll, ...]:
    """Ask each enabled feed once and tell how that ended, in the order of `feeds`; a bad feed is a poll with a name.

    A feed that has not changed since `states` costs the server no body, and a feed is `not_due` before the time that
    its server named, and where its turn comes after the deadline; with `only_due` also before its own schedule says so.
    Where not one of several hosts could be connected to, the trouble is ours, and the polls hold it against no feed.
    `on_poll` is called as each poll ends, before that is known.
    """
    asked = _Round(feeds, states, network, only_due=only_due, deadline=deadline)
    polls = run_to_end(asked.poll_all(on_poll))
    if not is_offline(asked.hosts):
        return tuple(polls)
    return tuple(forgiven(poll, asked.known[poll.feed.id]) for poll in polls)


class _Round:
    """One call of `poll_feeds`. `hosts` are those asked so far, each with whether somebody was met on the way."""

    def __init__(
        self,
        feeds: Sequence[Feed],
        states: Mapping[str, FeedState],
        network: Network,
        *,
        only_due: bool,
        deadline: datetime | None,
    ) -> None:
        self._feeds = [feed for feed in feeds if feed.enabled]
        self._claims = claims_of(feeds, states)
        self._network = network
        self._only_due = only_due
        self._deadline = deadline
        # The client's own queues take in all feeds at once: here it shows when the turn of each comes.
        self._turns = asyncio.Semaphore(network.policy.concurrency)
        self._alone: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.known = {feed.id: _remembered(feed, states) for feed in self._feeds}
        self.hosts: defaultdict[str, bool] = defaultdict(bool)

    async def poll_all(self, on_poll: Callable[[FeedPoll], None] | None) -> list[FeedPoll]:
        """Poll the feeds side by side; give the polls in the feeds' order."""
        async with Client(self._network) as client:

            async def work(feed: Feed) -> FeedPoll:
                poll = await self._poll_one(client, feed)
                if on_poll:
                    on_poll(poll)
                return poll

            return await asyncio.gather(*(work(feed) for feed in self._feeds))

    async def _poll_one(self, client: Client, feed: Feed) -> FeedPoll:
        state, network = self.known[feed.id], self._network
        poll = postponed(feed, state, network.clock(), only_due=self._only_due, policy=network.policy)
        return poll or await self._ask_in_turn(client, feed, state)

    async def _ask_in_turn(self, client: Client, feed: Feed, state: FeedState) -> FeedPoll:
        policy, clock = self._network.policy, self._network.clock
        address = _address(feed, state)
        host = host_name(address)
        async with self._alone[host], self._turns:
            if self._deadline and clock() >= self._deadline:
                return not_asked(feed, state, clock(), "not asked: the run's time was up")
            document_url, answer = await _ask(client, feed, state, policy)
        self.hosts[host] |= met_somebody(address, answer)
        case = Case(feed=feed, state=state, now=clock(), policy=policy, claims=self._claims, document_url=document_url)
        return await asyncio.to_thread(_conclude, case, answer, self._network.archive)


def _remembered(feed: Feed, states: Mapping[str, FeedState]) -> FeedState:
    """Take up what is known of a feed; an address that is configured anew makes it another one."""
    state = states.get(feed.id)
    if state is None or state.url not in (None, feed.url):
        return FeedState(feed_id=feed.id, url=feed.url)
    return replace(state, url=feed.url)


def _address(feed: Feed, state: FeedState) -> str:
    return state.adopted_url or feed.url


async def _ask(
    client: Client, feed: Feed, state: FeedState, policy: FetchPolicy
) -> tuple[str | None, Response | Failure]:
    """Fetch the feed; where it is an index of sitemaps, the sitemap that changed last, and say which that is.

    How the sitemap was reached tells nothing of the index, so its redirects are left out: it must not be adopted.
    """
    answer = await client.get(_request(state, None, _address(feed, state), policy))
    if feed.type != "sitemap" or isinstance(answer, Failure) or answer.is_not_modified:
        return None, answer
    newest = await asyncio.to_thread(newest_sitemap, answer.body, url=answer.url, content_type=answer.content_type)
    if newest is None:
        return None, answer
    answer = await client.get(_request(state, newest, newest, policy))
    return newest, replace(answer, hops=()) if isinstance(answer, Response) else answer


def _request(state: FeedState, document_url: str | None, url: str, policy: FetchPolicy) -> Request:
    """Ask an address, with validators where they belong to this very document."""
    is_theirs = state.document_url == document_url
    return Request(
        url=url,
        accept=_ACCEPT,
        max_bytes=policy.max_feed_bytes,
        etag=state.etag if is_theirs else None,
        last_modified=state.last_modified if is_theirs else None,
        obeys_robots=policy.robots == "all",
    )


def _conclude(case: Case, answer: Response | Failure, archive: Archive | None) -> FeedPoll:
    """Judge an answer, and keep the document where it is a feed."""
    poll = judge(case, answer)
    if archive and isinstance(answer, Response) and answer.body and poll.outcome in ANSWERED:
        archive.put(answer.body)
    return poll
