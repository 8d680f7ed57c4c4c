"""Finding the feeds of a site: what a page names, else where feeds usually are."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from newsledger.fetch.dates import is_believable
from newsledger.fetch.feeds.document import FeedDocument, NotAFeed
from newsledger.fetch.feeds.parsing import kind_of, read_feed, unpack
from newsledger.fetch.feeds.sitemap import read_index
from newsledger.fetch.http.answers import Failure, Request
from newsledger.fetch.http.client import Client
from newsledger.fetch.http.loop import run_to_end
from newsledger.fetch.text import charset_of, clean, decode, one_line
from newsledger.fetch.urls import canonical_url, resolve
from newsledger.records.config import Feed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from newsledger.fetch.http.answers import Response
    from newsledger.fetch.http.network import Network
    from newsledger.records.config import FeedType

_TYPES: Final[dict[str, FeedType]] = {
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/rdf+xml": "feed",
    "application/xml": "feed", "text/xml": "feed", "application/feed+json": "json", "application/json": "json"
}  # fmt: skip
_LOOKS_LIKE_A_FEED = re.compile(r"[/.](?:feeds?|rss2?|atom|rdf)(?:\.xml|\.json)?/?(?:[?#].*)?$", re.IGNORECASE)
# Feeds of comments, and the JSON of WordPress' programming interface.
_LESS_LIKELY = re.compile(r"comment|wp-json", re.IGNORECASE)
_USUAL_PATHS = (
    "/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/feed.json", "/news-sitemap.xml"
)  # fmt: skip
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_MOST_LINKS = 12
_MOST_SITEMAPS = 3
_ACCEPT = (
    "text/html, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A feed that a page names; `type` is what the page says that it is."""

    url: str
    type: FeedType
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address that was tried: the feed that stands there, or in `problem` why there is none.

    `newest` is the time of its newest item, `language` that of most of them.
    """

    url: str
    type: FeedType = "feed"
    title: str | None = None
    items: int = 0
    newest: datetime | None = None
    language: str | None = None
    problem: str | None = None


def find_feeds(body: bytes, *, url: str, content_type: str | None) -> tuple[Link, ...]:
    """Give the feeds that a page names in its head, else those that its links look like; never raises.

    Feeds of comments come last.
    """
    try:
        markup = clean(decode(body, content_type)).encode()
        page = etree.HTML(markup, etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError):
        page = None
    if page is None:
        return ()
    base = next((found for href in page.xpath("//base/@href") if (found := resolve(url, href))), url)
    links = list(_alternates(page, base)) or list(_lookalikes(page, base))
    links.sort(key=lambda link: bool(_LESS_LIKELY.search(f"{link.url} {link.title}")))
    distinct: dict[str | None, Link] = {}
    for link in links:
        distinct.setdefault(canonical_url(link.url), link)
    return tuple(distinct.values())[:_MOST_LINKS]


def _alternates(page: etree._Element, base: str) -> Iterator[Link]:
    for element in page.iter("link"):
        kind = _TYPES.get((element.get("type") or "").partition(";")[0].strip().lower())
        relations = (element.get("rel") or "").lower().split()
        address = resolve(base, element.get("href") or "")
        if kind and address and {"alternate", "feed"} & set(relations) and "stylesheet" not in relations:
            yield Link(url=address, type=kind, title=one_line(element.get("title")))


def _lookalikes(page: etree._Element, base: str) -> Iterator[Link]:
    for element in page.iter("a"):
        address = resolve(base, (element.get("href") or "").removeprefix("feed:"))
        if address and _LOOKS_LIKE_A_FEED.search(address):
            title = " ".join("".join(element.itertext()).split()) or None
            yield Link(url=address, type="json" if ".json" in address else "feed", title=title)


def discover(url: str, network: Network) -> tuple[Found, ...]:
    """Look for the feeds of a site: at the address itself, in what its page names, else where feeds usually are.

    Gives all that was tried, in that order; those without a `problem` are feeds. Raises nothing for what servers do.
    """
    return run_to_end(_discover(url, network))


async def _discover(url: str, network: Network) -> tuple[Found, ...]:
    async with Client(network) as client:
        search = _Search(client, network)
        answer = await search.get(url)
        if isinstance(answer, Failure):
            found: tuple[Found, ...] = (Found(url=url, problem=answer.detail),)
            return found if answer.is_unreachable else found + await search.try_all(await search.usual_places(url))
        found = await search.read(answer)
        if any(one.problem is None for one in found):
            return found
        links = find_feeds(answer.body, url=answer.url, content_type=answer.content_type)
        found += await search.try_all(link.url for link in links)
        if any(one.problem is None for one in found):
            return found
        return found + await search.try_all(await search.usual_places(answer.url))


class _Search:
    def __init__(self, client: Client, network: Network) -> None:
        self._client = client
        self._network = network
        self._tried: set[str | None] = set()
        self._indexes: set[str | None] = set()

    async def get(self, url: str) -> Response | Failure:
        self._tried.add(canonical_url(url))
        return await self._client.get(Request(url=url, accept=_ACCEPT, max_bytes=self._network.policy.max_feed_bytes))

    async def try_all(self, urls: Iterable[str]) -> tuple[Found, ...]:
        """Ask each address that was not asked yet; one feed under several addresses is listed once."""
        fresh = {canonical_url(url): url for url in urls if canonical_url(url) not in self._tried}
        listed = await asyncio.gather(*(self._try(url) for url in fresh.values()))
        distinct: dict[str | None, Found] = {}
        for one in (one for found in listed for one in found):
            distinct.setdefault(canonical_url(one.url), one)
        return tuple(distinct.values())

    async def _try(self, url: str) -> tuple[Found, ...]:
        answer = await self.get(url)
        return (Found(url=url, problem=answer.detail),) if isinstance(answer, Failure) else await self.read(answer)

    async def read(self, answer: Response) -> tuple[Found, ...]:
        """Read an answer as the feed that it is; in place of an index of sitemaps its newest ones."""
        body = unpack(answer.body) or b""
        charset = charset_of(body, answer.content_type)
        kind = kind_of(body, charset)
        if kind == "sitemap":
            try:
                listed = read_index(body, charset, url=answer.url)
            except etree.LxmlError:
                listed = ()
            if listed and canonical_url(answer.url) not in self._indexes:
                self._indexes.add(canonical_url(answer.url))
                return await self.try_all(one.url for one in listed[:_MOST_SITEMAPS])
        feed = Feed(id="found", name="found", url=answer.url, kind="independent", type=kind or "feed")
        document = read_feed(answer.body, feed=feed, url=answer.url, content_type=answer.content_type)
        return (_found(document, feed, self._network.clock()),)

    async def usual_places(self, url: str) -> list[str]:
        """Give the usual addresses of feeds on a host, and the news sitemaps that its robots.txt names."""
        robots = await self.get(resolve(url, "/robots.txt") or url)
        text = "" if isinstance(robots, Failure) else decode(robots.body, robots.content_type)
        sitemaps = [found for line in _SITEMAP_LINE.findall(text) if "news" in line and (found := resolve(url, line))]
        return [found for path in _USUAL_PATHS if (found := resolve(url, path))] + sitemaps[:_MOST_SITEMAPS]


def _found(document: FeedDocument | NotAFeed, feed: Feed, now: datetime) -> Found:
    if isinstance(document, NotAFeed):
        return Found(url=feed.url, type=feed.type, problem=document.detail)
    moments = [moment for entry in document.entries if (moment := entry.published or entry.modified)]
    languages = Counter(entry.language for entry in document.entries if entry.language)
    return Found(
        url=feed.url,
        type=feed.type,
        title=document.title,
        items=len(document.entries),
        newest=max((moment for moment in moments if is_believable(moment, now)), default=None),
        language=languages.most_common(1)[0][0] if languages else None,
    )
