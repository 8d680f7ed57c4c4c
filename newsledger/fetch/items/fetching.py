"""Fetching the pages of entries: an article each, or the named reason why there is none."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from newsledger.fetch.http.answers import Failure, Request, Response
from newsledger.fetch.http.client import Client
from newsledger.fetch.http.hosts import host_name
from newsledger.fetch.http.loop import run_to_end
from newsledger.fetch.items.articles import feed_text, from_feed, from_page
from newsledger.fetch.pages.reading import NoPage, Page, read_page
from newsledger.fetch.urls import is_front_page
from newsledger.records.article import Issue
from newsledger.records.feeds import FetchedItem, PageAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from newsledger.fetch.http.network import Network
    from newsledger.records.article import Article
    from newsledger.records.config import Feed
    from newsledger.records.feeds import Disposition, Errand, Outcome

_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
# What may end well in a later run: an item without any text is then not given up.
_PASSING: frozenset[Outcome] = frozenset(
    {"timeout", "dns_error", "connection_error", "tls_error", "server_error", "rate_limited"}
)
# What may be over as well, though less likely: a page that is not everywhere yet, a wall for a moment.
_SOFT: frozenset[Outcome] = frozenset({"not_found", "blocked", "consent"})
# How long to wait after each failed attempt; a run that comes later tries then. Together longer than an outage lasts.
_WAITS = tuple(timedelta(hours=hours) for hours in (0, 2, 8, 24))
# A host that is never reached in this time is not going to be.
_OWED_FOR = timedelta(days=7)
# Each host under way keeps a connection open, so that its next page finds it.
_HOSTS_AT_ONCE = 64
# What an item without any text comes to, by what its page answered; a page that failed otherwise has `failed`.
_DISPOSITIONS: Mapping[Outcome, Disposition] = {
    "blocked": "blocked",
    "paywalled": "paywalled",
    "consent": "consent",
    "robots": "robots",
    "not_found": "gone",
    "gone": "gone",
    "not_html": "not_html",
    "too_large": "too_large",
    "empty": "no_text",
    "no_text": "no_text",
}


def fetch_articles(
    errands: Sequence[Errand],
    feeds: Sequence[Feed],
    network: Network,
    deadline: datetime | None = None,
    on_item: Callable[[FetchedItem], None] | None = None,
) -> tuple[FetchedItem, ...]:
    """Fetch the page of each errand's entry and make it an article; one item an errand, in their order.

    Where a page gives none, the feed's own text stands in, with an issue `page_<outcome>`; where the reason may pass,
    later runs ask for the page again, four times within a day and a half. An entry without any text is dropped for
    what its page answered. What is not begun by the deadline, or may be had in a later run, is dropped as `deferred`.
    An article that is stored is never given up for a page that fails: it is `known`. `on_item` is called as each item
    is done.
    """
    return run_to_end(_Batch(feeds, network, deadline, on_item).fetch(errands))


class _Batch:
    """One call of `fetch_articles`."""

    def __init__(
        self,
        feeds: Sequence[Feed],
        network: Network,
        deadline: datetime | None,
        on_item: Callable[[FetchedItem], None] | None,
    ) -> None:
        self._feeds: Mapping[str, Feed] = {feed.id: feed for feed in feeds}
        self._network = network
        self._deadline = deadline
        self._on_item = on_item
        # What a run fetched that was cut off before it could store it.
        self._noted = network.archive.noted() if network.archive else {}

    async def fetch(self, errands: Sequence[Errand]) -> tuple[FetchedItem, ...]:
        """Work through the hosts side by side, and through the entries of one host in their order."""
        hosts: dict[str, list[int]] = {}
        for position, errand in enumerate(errands):
            hosts.setdefault(host_name(errand.entry.url or ""), []).append(position)
        items: dict[int, FetchedItem] = {}
        at_once = asyncio.Semaphore(_HOSTS_AT_ONCE)
        async with Client(self._network) as client:

            async def work(positions: Iterable[int]) -> None:
                async with at_once:
                    for position in positions:
                        items[position] = await self._fetch_one(client, errands[position])
                        if self._on_item:
                            self._on_item(items[position])

            await asyncio.gather(*(work(positions) for positions in hosts.values()))
        return tuple(items[position] for position in range(len(errands)))

    async def _fetch_one(self, client: Client, errand: Errand) -> FetchedItem:
        entry = errand.entry
        if entry.url is None:
            return self._fall_back(errand, Issue(code="no_link", detail="the feed gives no address"), "no_link")
        if entry.article_id in self._noted and not errand.is_recheck and (kept := self._from_journal(entry.article_id)):
            return await asyncio.to_thread(self._read, errand, kept)
        if self._deadline and self._network.clock() >= self._deadline:
            return FetchedItem(
                entry=entry,
                dropped="deferred",
                detail="the run's time was up",
                tries=errand.tries,
                due_at=self._network.clock(),
            )
        request = Request(
            url=entry.url,
            accept=_ACCEPT,
            max_bytes=self._network.policy.max_page_bytes,
            etag=errand.etag,
            last_modified=errand.last_modified,
            obeys_robots=self._network.policy.robots != "none",
        )
        answer = await client.get(request)
        return await asyncio.to_thread(self._judge, errand, answer)

    def _judge(self, errand: Errand, answer: Response | Failure) -> FetchedItem:
        """Tell what an answer makes of an item; keep the body before anything else is done with it."""
        if isinstance(answer, Failure):
            return self._failed(errand, answer)
        if answer.is_not_modified:
            return self._unchanged(errand, "the page has not changed", _told(answer, None))
        if answer.hops and is_front_page(answer.url) and not is_front_page(answer.hops[0].url):
            # What many sites answer for an article that they took down.
            gone = NoPage(outcome="gone", detail="redirects to the front page")
            return self._without_page(errand, gone, _told(answer, None))
        archive = self._network.archive
        told = _told(answer, archive.put(answer.body) if archive else None)
        if archive:
            archive.note(errand.entry.article_id, told)
        item = self._read(errand, (answer.body, told))
        if item.article and answer.is_downgraded:
            insecure = Issue(code="insecure_redirect", detail=f"led from https to {answer.url}, which anyone can alter")
            item = replace(item, article=replace(item.article, issues=(*item.article.issues, insecure)))
        return item

    def _read(self, errand: Errand, kept: tuple[bytes, PageAnswer]) -> FetchedItem:
        """Make the article out of the page, else out of the feed's text."""
        body, told = kept
        entry, now = errand.entry, self._network.clock()
        page = read_page(body, content_type=told.content_type, url=told.url)
        if isinstance(page, Page) and errand.is_recheck and page.is_teaser:
            return self._unchanged(errand, "page_paywalled: only a teaser could be read", told)
        if isinstance(page, Page):
            article = from_page(entry, page, self._feeds.get(entry.feed_id), url=told.url, now=now)
            return FetchedItem(entry=entry, article=article, answer=told, due_at=self._next_recheck(errand, now))
        return self._without_page(errand, page, told)

    def _failed(self, errand: Errand, failure: Failure) -> FetchedItem:
        """Ask again in a later run where the reason may pass; nobody who was not asked has failed."""
        is_fresh = self._network.clock() - errand.first_seen < _OWED_FOR
        if failure.is_unasked and is_fresh:
            return self._put_off(errand, failure, errand.tries, timedelta())
        if failure.is_unasked or failure.outcome not in _PASSING | _SOFT or errand.tries >= len(_WAITS):
            return self._without_page(errand, failure, None)
        wait = max(_WAITS[errand.tries], timedelta(seconds=failure.retry_after_s or 0))
        return self._put_off(errand, failure, errand.tries + 1, wait)

    def _put_off(self, errand: Errand, failure: Failure, tries: int, wait: timedelta) -> FetchedItem:
        """Be content with the feed's text until the page is asked again; without any the item is still owed."""
        item = self._without_page(errand, failure, None)
        if item.dropped == "failed":
            item = replace(item, dropped="deferred")
        return replace(item, tries=tries, due_at=self._network.clock() + wait)

    def _without_page(self, errand: Errand, problem: Failure | NoPage, told: PageAnswer | None) -> FetchedItem:
        """Let the feed's own text stand in; without any, drop the item for what its page answered."""
        issue = Issue(code=f"page_{problem.outcome}", detail=problem.detail)
        if errand.is_recheck and not feed_text(errand.entry):
            return self._unchanged(errand, f"{issue.code}: {issue.detail}", told)
        return self._fall_back(errand, issue, _DISPOSITIONS.get(problem.outcome, "failed"), told)

    def _fall_back(
        self, errand: Errand, issue: Issue, otherwise: Disposition, told: PageAnswer | None = None
    ) -> FetchedItem:
        entry, detail = errand.entry, f"{issue.code}: {issue.detail}"
        if not feed_text(entry):
            return FetchedItem(entry=entry, dropped=otherwise, detail=detail, answer=told, tries=errand.tries)
        # Where the page's own text is stored, the store keeps it.
        article, due_at = self._own_article(errand, issue), self._next_recheck(errand, self._network.clock())
        return FetchedItem(
            entry=entry, article=article, detail=detail, answer=told, due_at=due_at if errand.is_recheck else None
        )

    def _own_article(self, errand: Errand, issue: Issue) -> Article:
        return from_feed(errand.entry, self._feeds.get(errand.entry.feed_id), now=self._network.clock(), issue=issue)

    def _unchanged(self, errand: Errand, detail: str, told: PageAnswer | None) -> FetchedItem:
        due_at = self._next_recheck(errand, self._network.clock())
        return FetchedItem(entry=errand.entry, dropped="known", detail=detail, answer=told, due_at=due_at)

    def _next_recheck(self, errand: Errand, now: datetime) -> datetime | None:
        """Give the first of the configured times after the item was first seen that is yet to come."""
        moments = (errand.first_seen + timedelta(hours=hours) for hours in self._network.policy.recheck_hours)
        return min((moment for moment in moments if moment > now), default=None)

    def _from_journal(self, article_id: str) -> tuple[bytes, PageAnswer] | None:
        told, archive = self._noted.get(article_id), self._network.archive
        body = archive.get(told.body_sha256) if told and told.body_sha256 and archive else None
        return (body, told) if told and body is not None else None


def _told(answer: Response, body_sha256: str | None) -> PageAnswer:
    return PageAnswer(
        url=answer.url,
        http_status=answer.status,
        content_type=answer.content_type,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_sha256=body_sha256,
        size_bytes=len(answer.body),
    )
