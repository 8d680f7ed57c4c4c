"""The peer: what a script of thirty lines does with httpx, feedparser and trafilatura."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import feedparser
import httpx
import trafilatura
from trafilatura.settings import Document

from bench.fetch.fixtures import host
from bench.fetch.measures import timed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.fetch.measures import Task

T = TypeVar("T")


class Item(NamedTuple):
    """What the script keeps of an item."""

    link: str
    title: str
    published: str | None
    summary: str | None
    content: object


class Article(NamedTuple):
    """What the script keeps of a page."""

    title: str | None
    author: str | None
    date: str | None
    text: str | None


class Bare:
    """Reads all feeds, then all pages, as many at once as the semaphore lets through."""

    processes = 0

    def __init__(self, task: Task, *, in_threads: bool) -> None:
        self.spent: list[float] = []
        self._task = task
        self._in_threads = in_threads
        self._items: list[Item] = []

    def read_feeds(self) -> int:
        """Read all feeds; give the number of items found."""
        urls = [f"http://{host(number)}:{self._task.port}/feed/{number}" for number in range(self._task.feeds)]
        feeds = asyncio.run(self._read(urls, timed(_items, self.spent)))
        self._items = [item for items in feeds for item in items]
        return len(self._items)

    def read_pages(self) -> int:
        """Read the pages of these items; give the number of those that gave a text."""
        found = asyncio.run(self._read([item.link for item in self._items], timed(_article, self.spent)))
        return sum(bool(article and article.text) for article in found)

    async def _read(self, urls: Sequence[str], parse: Callable[[bytes], T]) -> list[T]:
        semaphore = asyncio.Semaphore(self._task.concurrency)
        # No proxy from the environment: it would not know these names.
        async with httpx.AsyncClient(follow_redirects=True, timeout=20, trust_env=False) as client:

            async def read_one(url: str) -> T:
                async with semaphore:
                    response = await client.get(url)
                    response.raise_for_status()
                    if self._in_threads:
                        return await asyncio.to_thread(parse, response.content)
                    return parse(response.content)

            return await asyncio.gather(*(read_one(url) for url in urls))


def _items(body: bytes) -> list[Item]:
    return [
        Item(entry.link, entry.title, entry.get("published"), entry.get("summary"), entry.get("content"))
        for entry in feedparser.parse(body).entries
    ]


def _article(body: bytes) -> Article | None:
    found = trafilatura.bare_extraction(body, with_metadata=True)
    return Article(found.title, found.author, found.date, found.text) if isinstance(found, Document) else None


def resolve_here() -> None:
    """Let every name of this process resolve to the server, as the injected resolver does for ours."""

    def resolve(_host: str, port: int, *_: object, **__: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", port))]

    socket.getaddrinfo = resolve  # type: ignore[assignment]  # it stands in for one kind of call
