"""What a client knows of the hosts that it asks in a run: when they may be asked, and which are left alone."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsledger.fetch.http.answers import Failure
from newsledger.fetch.urls import canonical_url

if TYPE_CHECKING:
    from newsledger.fetch.http.answers import Redirect, Response
    from newsledger.fetch.http.robots import Robots

# Within a run nobody waits longer for a host than this; beyond it the host is left alone until the next run.
_PATIENCE_S = 30.0


@dataclass(slots=True, kw_only=True)
class Host:
    """A host, which is asked by whoever holds its `lock`, `delay_s` after the last answer.

    `resting` is the failure with which it wanted to be left alone for longer than a run waits.
    """

    delay_s: float
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    resting: Failure | None = None
    _free_at: float = 0.0

    async def is_free(self) -> None:
        """Wait until it may be asked."""
        await asyncio.sleep(self._free_at - time.monotonic())

    def rest_for(self, seconds: float) -> None:
        """Leave it alone for so long, or longer where that was settled before."""
        self._free_at = max(self._free_at, time.monotonic() + seconds)

    def heed(self, answer: Response | Redirect | Failure) -> None:
        """Keep the pause after an answer, and what it says of when to come back."""
        self.rest_for(self.delay_s)
        if isinstance(answer, Failure) and answer.is_passing and answer.retry_after_s is not None:
            if answer.retry_after_s <= _PATIENCE_S:
                self.rest_for(answer.retry_after_s)
            else:
                self.resting = answer


@dataclass(slots=True, kw_only=True)
class Origin:
    """A scheme, host and port: its robots.txt once read, and the failure that stands for all its requests."""

    reading_robots: asyncio.Lock = field(default_factory=asyncio.Lock)
    robots: Robots | None = None
    unreachable: Failure | None = None


def origin_of(url: str) -> str:
    """Give scheme, host and port of an address in one spelling."""
    parts = urlsplit(canonical_url(url) or url)
    return f"{parts.scheme}://{parts.netloc}"
