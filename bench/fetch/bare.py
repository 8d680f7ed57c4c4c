"""The peer: what a script of thirty lines does with httpx, feedparser and trafilatura."""

from __future__ import annotations

import asyncio
import socket
from functools import partial
from typing import TYPE_CHECKING, Any

import feedparser
import httpx
import trafilatura

from bench.fetch.fixtures import host
from bench.fetch.measures import timed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.fetch.measures import Task


class Bare:
    """Reads all feeds, then all pages, as many at once as the semaphore lets through."""

    processes = 0

    def __init__(self, task: Task, *, in_threads: bool) -> None:
        self.spent: list[float] = []
        self._task = task
        self._in_threads = in_threads
        self._links: list[str] = []
        self._parse_feed = timed(feedparser.parse, self.spent)
        self._extract = timed(partial(trafilatura.bare_extraction, with_metadata=True), self.spent)

    def read_feeds(self) -> int:
        """Read all feeds; give the number of items found."""
        urls = [f"http://{host(number)}:{self._task.port}/feed/{number}" for number in range(self._task.feeds)]
        parsed = asyncio.run(self._read(urls, self._parse_feed))
        self._links = [entry.link for one in parsed for entry in one.entries]
        return len(self._links)

    def read_pages(self) -> int:
        """Read the pages of these items; give the number of those that gave a text."""
        found = asyncio.run(self._read(self._links, self._extract))
        return sum(bool(one and one.text) for one in found)

    async def _read(self, urls: Sequence[str], parse: Callable[[bytes], Any]) -> list[Any]:
        semaphore = asyncio.Semaphore(self._task.concurrency)
        async with httpx.AsyncClient(follow_redirects=True, timeout=20) as client:

            async def read_one(url: str) -> Any:  # noqa: ANN401 - whatever the library gives
                async with semaphore:
                    response = await client.get(url)
                    response.raise_for_status()
                    if self._in_threads:
                        return await asyncio.to_thread(parse, response.content)
                    return parse(response.content)

            return await asyncio.gather(*(read_one(url) for url in urls))


def resolve_here() -> None:
    """Let every name of this process resolve to the server, as the injected resolver does for ours."""

    def resolve(_host: str, port: int, *_: object, **__: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", port))]

    socket.getaddrinfo = resolve  # type: ignore[assignment]  # it stands in for one kind of call
