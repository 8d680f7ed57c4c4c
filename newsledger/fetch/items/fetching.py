"""Fetching the pages of entries: an article each, or the named reason why there is none."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from newsledger.fetch.http.answers import Failure, Request, Response
from newsledger.fetch.http.client import Client
from newsledger.fetch.http.loop import run_to_end
from newsledger.fetch.http.network import Network
from newsledger.fetch.items.articles import feed_text, from_feed, from_page
from newsledger.fetch.pages.reading import NoPage, Page, read_page
from newsledger.fetch.urls import host_of
from newsledger.records.article import Issue
from newsledger.records.feeds import FetchedItem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from newsledger.records.config import Feed, FetchPolicy
    from newsledger.records.feeds import Disposition, FeedEntry, Outcome

_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
# What may end well in a later run: without any text, such an item is not given up.
_PASSING: frozenset[Outcome] = frozenset(
    {"timeout", "dns_error", "connection_error", "tls_error", "server_error", "rate_limited"}
)


def fetch_articles(  # noqa: PLR0913, PLR0917 - the stage's face: two of the six are for those who need them
    entries: Sequence[FeedEntry],
    feeds: Sequence[Feed],
    policy: FetchPolicy,
    clock: Callable[[], datetime],
    deadline: datetime | None = None,
    on_item: Callable[[FetchedItem], None] | None = None,
) -> tuple[FetchedItem, ...]:
    """Fetch the page of each entry and make it an article; one item an entry, in their order.

    Where a page gives none, the feed's own text stands in, with an issue `page_<outcome>`. An entry without any text
    is dropped as `no_text`, or as `failed` where the page may answer another day. What is not begun by the deadline
    is dropped as `deferred`. `on_item` is called as each item is done.
    """
    return run_to_end(_Batch(feeds, policy, clock, deadline, on_item).fetch(entries))


class _Batch:
    """One call of `fetch_articles`."""

    def __init__(
        self,
        feeds: Sequence[Feed],
        policy: FetchPolicy,
        clock: Callable[[], datetime],
        deadline: datetime | None,
        on_item: Callable[[FetchedItem], None] | None,
    ) -> None:
        self._feeds: Mapping[str, Feed] = {feed.id: feed for feed in feeds}
        self._policy = policy
        self._clock = clock
        self._deadline = deadline
        self._on_item = on_item

    async def fetch(self, entries: Sequence[FeedEntry]) -> tuple[FetchedItem, ...]:
        """Work through the hosts side by side, and through the entries of one host in their order."""
        hosts: dict[str, list[int]] = {}
        for position, entry in enumerate(entries):
            hosts.setdefault(host_of(entry.url or ""), []).append(position)
        items: dict[int, FetchedItem] = {}
        async with Client(Network(policy=self._policy, clock=self._clock)) as client:

            async def work(positions: Iterable[int]) -> None:
                for position in positions:
                    items[position] = await self._fetch_one(client, entries[position])
                    if self._on_item:
                        self._on_item(items[position])

            await asyncio.gather(*(work(positions) for positions in hosts.values()))
        return tuple(items[position] for position in range(len(entries)))

    async def _fetch_one(self, client: Client, entry: FeedEntry) -> FetchedItem:
        if self._deadline and self._clock() >= self._deadline:
            return FetchedItem(entry=entry, dropped="deferred", detail="the run's time was up")
        if entry.url is None:
            return self._fall_back(entry, Issue(code="no_link", detail="the feed gives no address"), "no_link")
        request = Request(url=entry.url, accept=_ACCEPT, max_bytes=self._policy.max_page_bytes)
        answer = await client.get(request)
        return await asyncio.to_thread(self._read, entry, answer)

    def _read(self, entry: FeedEntry, answer: Response | Failure) -> FetchedItem:
        """Make the article out of the page, else out of the feed's text."""
        now = self._clock()
        if isinstance(answer, Response):
            page = read_page(answer.body, content_type=answer.content_type, url=answer.url)
            if isinstance(page, Page):
                article = from_page(entry, page, self._feeds.get(entry.feed_id), url=answer.url, now=now)
                return FetchedItem(entry=entry, article=article)
            problem: Failure | NoPage = page
        else:
            problem = answer
        issue = Issue(code=f"page_{problem.outcome}", detail=problem.detail)
        return self._fall_back(entry, issue, "failed" if problem.outcome in _PASSING else "no_text")

    def _fall_back(self, entry: FeedEntry, issue: Issue, otherwise: Disposition) -> FetchedItem:
        """Let the feed's own text stand in; without any, drop the item for the reason given."""
        if not feed_text(entry):
            return FetchedItem(entry=entry, dropped=otherwise, detail=f"{issue.code}: {issue.detail}")
        article = from_feed(entry, self._feeds.get(entry.feed_id), now=self._clock(), issue=issue)
        return FetchedItem(entry=entry, article=article)
