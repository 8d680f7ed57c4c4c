"""Our own fetching, called as the pipeline calls it."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bench.fetch.fixtures import NOW, host
from bench.fetch.measures import timed
from newsledger.fetch import fetch_articles, poll_feeds
from newsledger.fetch.archive import Archive
from newsledger.fetch.feeds.parsing import read_feed
from newsledger.fetch.http.network import Network
from newsledger.fetch.pages.reading import read_page
from newsledger.records.config import Feed, FetchPolicy
from newsledger.records.feeds import Errand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.fetch.measures import Task


class Ours:
    """Polls the feeds, then fetches the articles; raw answers are kept in a folder that is thrown away."""

    def __init__(self, task: Task, *, processes: int = 0) -> None:
        self.spent: list[float] = []
        self.processes = processes
        self._folder = TemporaryDirectory(prefix="newsledger-bench-")
        self._network = Network(
            policy=_policy(task), clock=lambda: NOW, archive=Archive(Path(self._folder.name)), resolve=_resolve
        )
        self._feeds = [
            Feed(
                id=f"f{number}", name=host(number), kind="wire", url=f"http://{host(number)}:{task.port}/feed/{number}"
            )
            for number in range(task.feeds)
        ]
        self._errands: list[Errand] = []
        _replace(read_feed, timed(read_feed, self.spent))

    def read_feeds(self) -> int:
        """Read all feeds; give the number of items found."""
        polls = poll_feeds(self._feeds, {}, self._network)
        self._errands = [Errand(entry=entry, first_seen=NOW, due_at=NOW) for poll in polls for entry in poll.entries]
        return len(self._errands)

    def read_pages(self) -> int:
        """Read the pages of these items; give the number of those that gave a text."""
        if self.processes:
            with ProcessPoolExecutor(self.processes, get_context("spawn")) as pool:
                _replace(read_page, partial(_read_there, pool, self.spent))
                return self._fetch()
        _replace(read_page, timed(read_page, self.spent))
        return self._fetch()

    def _fetch(self) -> int:
        items = fetch_articles(self._errands, self._feeds, self._network)
        unread = [item.detail for item in items if item.article is None or item.article.text_from != "page"]
        if unread:
            message = f"{len(unread)} of {len(items)} pages gave no text, the first one for {unread[0]}"
            raise ValueError(message)
        return len(items)


def _policy(task: Task) -> FetchPolicy:
    return FetchPolicy(
        contact="https://example.org/bench",
        connect_timeout_s=10,
        read_timeout_s=20,
        total_timeout_s=60,
        max_feed_bytes=10_000_000,
        max_page_bytes=5_000_000,
        retries=2,
        concurrency=task.concurrency,
        host_delay_s=0,
        allow_addresses=("127.0.0.0/8",),
    )


async def _resolve(_host: str, _port: int) -> Sequence[str]:
    return ("127.0.0.1",)


def _replace(function: Callable[..., Any], stand_in: Callable[..., Any]) -> None:
    """Put a stand-in wherever fetching holds a function under any name."""
    for name, module in list(sys.modules.items()):
        if name.startswith("newsledger.fetch"):
            for key in [key for key, value in vars(module).items() if value is function]:
                setattr(module, key, stand_in)


def _read_there(pool: ProcessPoolExecutor, spent: list[float], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - opaque
    """Read a page in another process, while this thread waits."""
    page, took = pool.submit(_read_and_time, *args, **kwargs).result()
    spent.append(took)
    return page


def _read_and_time(*args: Any, **kwargs: Any) -> tuple[Any, float]:  # noqa: ANN401 - read_page's
    spent: list[float] = []
    return timed(read_page, spent)(*args, **kwargs), spent[0]
