"""What tests of fetching share: a policy that lets the local server through, and a clock that stands still."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from newsledger.fetch.http.answers import Failure, Request, Response
from newsledger.fetch.http.client import Client
from newsledger.fetch.http.network import Network
from newsledger.records.config import Feed, FetchPolicy

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.webserver import Web

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture
def policy(web: Web) -> Callable[..., FetchPolicy]:
    def make(**changes: object) -> FetchPolicy:
        usual: dict[str, object] = {
            "contact": "https://example.org/contact",
            "connect_timeout_s": 2,
            "read_timeout_s": 2,
            "total_timeout_s": 5,
            "max_feed_bytes": 1_000_000,
            "max_page_bytes": 1_000_000,
            "retries": 0,
            "concurrency": 8,
            "host_delay_s": 0,
            "allow_addresses": (web.authority,),
        }
        return FetchPolicy(**(usual | changes))  # type: ignore[arg-type]

    return make


@pytest.fixture
def get(policy: Callable[..., FetchPolicy], clock: Callable[[], datetime]) -> Callable[..., list[Response | Failure]]:
    """Fetch addresses or requests side by side with one client; keyword arguments change the policy.

    `resolve` and `tls` change the network instead: how names resolve, and whom to trust.
    """

    def fetch(*wanted: str | Request, **changes: object) -> list[Response | Failure]:
        requests = [
            one if isinstance(one, Request) else Request(url=one, accept="*/*", max_bytes=1_000_000) for one in wanted
        ]

        others = {name: changes.pop(name) for name in ("resolve", "tls") if name in changes}

        async def work() -> list[Response | Failure]:
            async with Client(Network(policy=policy(**changes), clock=clock, **others)) as client:
                return list(await asyncio.gather(*(client.get(request) for request in requests)))

        return asyncio.run(work())

    return fetch


@pytest.fixture
def feed() -> Callable[..., Feed]:
    def make(url: str, **changes: object) -> Feed:
        return Feed(**({"id": "wire", "name": "Wire", "kind": "wire", "url": url} | changes))  # type: ignore[arg-type]

    return make
