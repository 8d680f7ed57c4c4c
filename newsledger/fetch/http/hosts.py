"""What a run knows of the hosts that it asks: when they may be asked, and which are left alone."""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsledger.fetch.http.answers import Failure
from newsledger.fetch.urls import canonical_url, host_of

if TYPE_CHECKING:
    from newsledger.fetch.http.answers import Redirect, Response
    from newsledger.fetch.http.robots import Robots

# Within a run nobody waits longer for a host than this; beyond it the host is left alone until the next run.
_PATIENCE_S = 30.0
# What a server says that gets more than it can or will take. So often in a row is often enough, for all its pages.
_BUSY = frozenset({429, 503})
_MOST_BUSY = 4


@dataclass(slots=True, kw_only=True)
class Host:
    """A host, which is asked `delay_s` after the last answer at the earliest.

    `resting` is the failure with which it wanted to be left alone for longer than a run waits, or without saying how
    long.
    """

    delay_s: float
    resting: Failure | None = None
    _free_at: float = 0.0
    _busy: int = 0

    async def is_free(self) -> None:
        """Wait until it may be asked."""
        while (wait := self._free_at - time.monotonic()) > 0:  # noqa: ASYNC110 - it may be put off meanwhile
            await asyncio.sleep(wait)

    def rest_for(self, seconds: float) -> None:
        """Leave it alone for so long, or longer where that was settled before."""
        self._free_at = max(self._free_at, time.monotonic() + seconds)

    def slow_down(self, delay_s: float) -> None:
        """Pause for so long between two requests, and before the next one, or longer where that was settled before."""
        self.delay_s = max(self.delay_s, delay_s)
        self.rest_for(delay_s)

    def heed(self, answer: Response | Redirect | Failure) -> None:
        """Keep the pause after an answer, and what it says of when to come back."""
        self.rest_for(self.delay_s)
        if not isinstance(answer, Failure) or not answer.is_passing:
            self._busy = 0
            return
        self._busy = self._busy + 1 if answer.status in _BUSY else 0
        wait_s = answer.retry_after_s
        if wait_s is None:
            wait_s = math.inf if answer.outcome == "rate_limited" else 0.0
        if wait_s > _PATIENCE_S or self._busy >= _MOST_BUSY:
            self.resting = answer
        else:
            self.rest_for(wait_s)


@dataclass(slots=True, kw_only=True)
class Origin:
    """A scheme, host and port: its robots.txt once read, and the failure that stands for all its requests."""

    robots: Robots | None = None
    unreachable: Failure | None = None


class Hosts:
    """All that a run knows of hosts. Its clients use it one after another; it belongs to no event loop."""

    def __init__(self) -> None:
        self._hosts: dict[str, Host] = {}
        self._origins: dict[str, Origin] = {}

    def host(self, url: str, delay_s: float) -> Host:
        """Give the host of an address; a new one is asked with that pause."""
        return self._hosts.setdefault(host_name(url), Host(delay_s=delay_s))

    def origin(self, url: str) -> Origin:
        """Give the origin of an address."""
        return self._origins.setdefault(origin_of(url), Origin())


def host_name(url: str) -> str:
    """Give the host of an address in one spelling."""
    return host_of(canonical_url(url) or url)


def origin_of(url: str) -> str:
    """Give scheme, host and port of an address in one spelling."""
    parts = urlsplit(canonical_url(url) or url)
    return f"{parts.scheme}://{parts.netloc}"
