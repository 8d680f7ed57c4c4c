"""HTTP as a monitor needs it: bounded, polite, and each failure with a name.

One request at a time per host with a pause between two; redirects followed by hand; connections to vetted addresses
alone; robots.txt where it is to be obeyed; bodies read under a cap on decoded bytes; passing failures tried again; a
host that can't be reached, or wants to be left alone, left alone. No cookies, no Referer, no proxies.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Self

import httpcore
import httpx

from newsledger import __version__
from newsledger.fetch.http.answers import TROUBLE, Failure, Hop, Response, failure_of, read_answer
from newsledger.fetch.http.codings import ACCEPTED
from newsledger.fetch.http.hosts import host_name, origin_of
from newsledger.fetch.http.pinning import PinnedBackend
from newsledger.fetch.http.pools import Pools
from newsledger.fetch.http.robots import Robots, robots_request
from newsledger.fetch.urls import canonical_url, resolve

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

    from newsledger.fetch.http.answers import Redirect, Request
    from newsledger.fetch.http.hosts import Host
    from newsledger.fetch.http.network import Network

_MAX_REDIRECTS = 5
_BACKOFF_S = 0.5
# In less time another try ends well too seldom.
_WORTHWHILE_S = 1.0


@dataclass(slots=True)
class _Budget:
    """The seconds that a document may still take: those of its requests, not those of waiting for a host's turn."""

    left_s: float


class Client:
    """The network for one part of a run. Use it as an async context manager, in one event loop."""

    def __init__(self, network: Network) -> None:
        policy = network.policy
        self._policy = policy
        self._clock = network.clock
        self._known = network.hosts
        # Locks belong to an event loop, and so not with what a whole run knows.
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._reading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._slots = asyncio.Semaphore(policy.concurrency)
        self._headers = [(b"User-Agent", _user_agent(policy.contact)), (b"Accept-Encoding", ACCEPTED)]
        times = {"connect": policy.connect_timeout_s, "read": policy.read_timeout_s, "write": policy.read_timeout_s}
        self._extensions = {"timeout": times}
        self._pools = Pools(network.tls or _usual_trust(), PinnedBackend(network))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._pools.aclose()

    async def get(self, request: Request) -> Response | Failure:
        """Fetch a document within the total time-out; never raises for what a server, a name or an address does.

        The time counts that its requests take, with redirects and further tries, and not the pauses between them.
        """
        if canonical_url(request.url) is None:
            return Failure(url=request.url, outcome="http_error", detail="not an address that can be fetched")
        started = time.monotonic()
        budget = _Budget(self._policy.total_timeout_s)
        answer = await self._follow(request, budget)
        for attempt in range(self._policy.retries):
            if isinstance(answer, Response) or not answer.is_passing or self._host(answer.url).resting:
                break
            if budget.left_s < _WORTHWHILE_S:
                break
            pause = _BACKOFF_S * float(2**attempt) * random.uniform(0.5, 1.5)  # noqa: S311 - spreads load, keeps no secret
            self._host(answer.url).rest_for(pause)
            again = await self._follow(request, budget)
            if isinstance(again, Failure) and again.is_unasked:
                break
            answer = again
        return replace(answer, duration_ms=round(1000 * (time.monotonic() - started)))

    async def _follow(self, request: Request, budget: _Budget) -> Response | Failure:
        """Make the request, and the further ones that redirects ask for, within the budget."""
        url = request.url
        hops: tuple[Hop, ...] = ()
        while len(hops) <= _MAX_REDIRECTS:
            if request.obeys_robots and (refused := (await self._robots(url)).refusal(url)):
                return refused
            answer = await self._take_turn(request, url, budget)
            if isinstance(answer, Failure):
                return answer
            if isinstance(answer, Response):
                return replace(answer, hops=hops)
            target = resolve(url, answer.location)
            if target is None:
                detail = f"redirects to {answer.location[:200]!r}"
                return Failure(url=url, outcome="http_error", detail=detail, status=answer.status)
            hops += (Hop(url=url, status=answer.status, target=target),)
            if any(hop.url == target for hop in hops):
                return Failure(url=url, outcome="too_many_redirects", detail=f"redirects in a circle, to {target}")
            url = target
        return Failure(url=url, outcome="too_many_redirects", detail=f"more than {_MAX_REDIRECTS} redirects")

    async def _robots(self, url: str) -> Robots:
        """Give the rules for an address; its robots.txt is asked for once, whoever comes first."""
        origin = self._known.origin(url)
        async with self._reading[origin_of(url)]:
            if origin.robots:
                return origin.robots
            robots = Robots.of(await self.get(robots_request(url)))
            self._host(url).slow_down(robots.delay_s)
            origin.robots = robots.for_others()
        return robots

    async def _take_turn(self, request: Request, url: str, budget: _Budget) -> Response | Redirect | Failure:
        """Wait until the host is free, then ask it."""
        host, origin = self._host(url), self._known.origin(url)
        async with self._turns[host_name(url)]:
            if known := host.resting or origin.unreachable:
                detail = f"{known.detail} (not asked again in this run)"
                return replace(known, url=url, detail=detail, is_unasked=True)
            await host.is_free()
            async with self._slots:
                started = time.monotonic()
                answer = await self._ask(request, url, budget.left_s)
                budget.left_s -= time.monotonic() - started
            host.heed(answer)
            if isinstance(answer, Failure) and answer.is_unreachable:
                origin.unreachable = answer
        return answer

    async def _ask(self, request: Request, url: str, left: float) -> Response | Redirect | Failure:
        """Make one request within the time that is left."""
        try:
            target = httpx.URL(url)
            headers = [
                (b"Host", target.netloc),
                *self._headers,
                (b"Accept", request.accept.encode("ascii")),
                *request.validators(url),
            ]
            wire = httpcore.URL(
                scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path
            )
            async with (
                asyncio.timeout(left),
                self._pools.to(origin_of(url)) as pool,
                pool.stream("GET", wire, headers=headers, extensions=self._extensions) as response,
            ):
                return await read_answer(request, url, response, self._clock())
        except TimeoutError:
            total = self._policy.total_timeout_s
            return Failure(url=url, outcome="timeout", detail=f"not done within {total:g} s")
        except TROUBLE as error:
            return failure_of(error, url)

    def _host(self, url: str) -> Host:
        return self._known.host(url, self._policy.host_delay_s)


@cache
def _usual_trust() -> ssl.SSLContext:
    """Read the certificates of the usual authorities once: that takes longer than many a request."""
    return httpcore.default_ssl_context()


def _user_agent(contact: str) -> bytes:
    reachable = b" ".join(contact.encode("ascii", "ignore").split())
    return f"newsledger/{__version__} (+".encode() + reachable + b")"
