"""HTTP as a monitor needs it: bounded, polite, and each failure with a name.

One request at a time per host with a pause between two; redirects followed by hand, the address of each hop checked;
bodies read under a cap on decoded bytes; passing failures tried again; a host that can't be reached left alone.
No cookies, no Referer, no proxies from the environment.
"""

from __future__ import annotations

import asyncio
import random
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

import httpx

from newsledger import __version__
from newsledger.fetch.http.addresses import AllowList, parse_address, refusal
from newsledger.fetch.http.answers import Failure, Response, failure_of, read_answer
from newsledger.fetch.urls import canonical_url, host_of, resolve

if TYPE_CHECKING:
    from types import TracebackType

    from newsledger.fetch.http.answers import Redirect, Request
    from newsledger.fetch.http.network import Network

_MAX_REDIRECTS = 5
# Within a run nobody waits longer for a host than this; beyond it the host is left alone until the next run.
_PATIENCE_S = 30.0
_BACKOFF_S = 0.5


@dataclass(slots=True)
class _Host:
    """What the client knows of a host during one run; `unreachable` is the failure that all its requests share."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    unreachable: dict[str, Failure] = field(default_factory=dict)


class Client:
    """The network for one run. Use it as an async context manager, in one event loop."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._policy = policy = network.policy
        self._allowed = AllowList.of(policy.allow_addresses)
        self._hosts: dict[str, _Host] = {}
        self._slots = asyncio.Semaphore(max(1, policy.concurrency))
        # Lookups may hang for many seconds each; the loop's own few threads are needed for parsing.
        self._resolvers = ThreadPoolExecutor(max(1, policy.concurrency), thread_name_prefix="resolver")
        self._http = httpx.AsyncClient(
            headers={"User-Agent": _user_agent(policy.contact), "Accept-Encoding": "gzip"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(policy.read_timeout_s, connect=policy.connect_timeout_s, pool=None),
            follow_redirects=False,
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._resolvers.shutdown(wait=False, cancel_futures=True)
        await self._http.__aexit__(kind, error, traceback)

    async def get(self, request: Request) -> Response | Failure:
        """Fetch a document; never raises for anything that a server, a name or an address does."""
        if canonical_url(request.url) is None:
            return Failure(url=request.url, outcome="http_error", detail="not an address that can be fetched")
        started = time.monotonic()
        answer = await self._follow(request)
        for attempt in range(self._policy.retries):
            pause = self._pause(answer, attempt)
            if pause is None:
                break
            host = self._host(answer.url)
            host.free_at = max(host.free_at, time.monotonic() + pause)
            answer = await self._follow(request)
        return replace(answer, duration_ms=round(1000 * (time.monotonic() - started)))

    def _pause(self, answer: Response | Failure, attempt: int) -> float | None:
        """Say how many seconds to wait before another try; None where there must be none."""
        if isinstance(answer, Response) or not answer.is_passing:
            return None
        if answer.retry_after_s is None:
            return _BACKOFF_S * float(2**attempt) * random.uniform(0.5, 1.5)  # noqa: S311 - spreads load, keeps no secret
        if answer.retry_after_s <= _PATIENCE_S:
            return answer.retry_after_s
        self._host(answer.url).unreachable[_authority(answer.url)] = answer
        return None

    async def _follow(self, request: Request) -> Response | Failure:
        """Make the request, and the further ones that redirects ask for, within the total time-out."""
        url, left = request.url, self._policy.total_timeout_s
        for _ in range(_MAX_REDIRECTS + 1):
            answer, took = await self._take_turn(request, url, left)
            if isinstance(answer, (Response, Failure)):
                return answer
            target = resolve(url, answer.location)
            if target is None:
                return Failure(url=url, outcome="http_error", detail=f"redirects to {answer.location[:200]!r}")
            url, left = target, left - took
        return Failure(url=url, outcome="too_many_redirects", detail=f"more than {_MAX_REDIRECTS} redirects")

    async def _take_turn(self, request: Request, url: str, left: float) -> tuple[Response | Redirect | Failure, float]:
        """Wait until the host is free, then ask it; say how long it took itself."""
        host = self._host(url)
        async with host.lock:
            if known := host.unreachable.get(_authority(url)):
                return replace(known, url=url, detail=f"{known.detail} (not asked again in this run)"), 0.0
            await asyncio.sleep(host.free_at - time.monotonic())
            async with self._slots:
                started = time.monotonic()
                answer = await self._ask(request, url, left)
                took = time.monotonic() - started
            host.free_at = time.monotonic() + self._policy.host_delay_s
            if isinstance(answer, Failure) and answer.is_unreachable:
                host.unreachable[_authority(url)] = answer
        return answer, took

    async def _ask(self, request: Request, url: str, left: float) -> Response | Redirect | Failure:
        """Make one request within the time that is left."""
        try:
            async with asyncio.timeout(left):
                if refused := await self._refusal(url):
                    return refused
                async with self._http.stream("GET", url, headers=request.headers()) as response:
                    return await read_answer(request, url, response, self._network.clock())
        except TimeoutError:
            total = self._policy.total_timeout_s
            return Failure(url=url, outcome="timeout", detail=f"not done within {total:g} s", is_passing=False)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return failure_of(error, url)

    async def _refusal(self, url: str) -> Failure | None:
        """Resolve the host and refuse addresses that are not public, unless the configuration lets them through."""
        parts = urlsplit(canonical_url(url) or url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        lookup = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        try:
            async with asyncio.timeout(self._policy.connect_timeout_s):
                found = await asyncio.get_running_loop().run_in_executor(self._resolvers, lookup)
        except TimeoutError:
            detail = f"no answer about {host} within {self._policy.connect_timeout_s:g} s"
            return Failure(url=url, outcome="dns_error", detail=detail, is_unreachable=True)
        except (OSError, UnicodeError) as error:
            detail = f"{host} does not resolve ({error.args[-1] if error.args else error})"
            return Failure(url=url, outcome="dns_error", detail=detail, is_unreachable=True)
        for address in {parse_address(str(entry[4][0])) for entry in found}:
            reason = None if self._allowed.covers(host, port, address) else refusal(address)
            if reason:
                hint = f"{host}: {reason}; fetch.allow_addresses can let it through"
                return Failure(url=url, outcome="refused_address", detail=hint)
        return None

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(host_of(url), _Host())


def _authority(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _user_agent(contact: str) -> str:
    reachable = " ".join(contact.encode("ascii", "ignore").decode().split())
    return f"newsledger/{__version__} (+{reachable})"
