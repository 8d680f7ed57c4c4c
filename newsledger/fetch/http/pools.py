"""Connections that are kept open: one for each of the origins that were asked last.

httpcore's pool looks through all its connections at each request, so a pool for all hosts has to be small, and then a
page of a host finds the connection of the page before closed. With a pool of one connection for each origin nothing is
looked through, and a host costs one handshake a run.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpcore

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

    from newsledger.fetch.http.pinning import PinnedBackend

_KEPT_OPEN = 64
# Servers close earlier or later; what they closed is opened anew.
_KEPT_OPEN_S = 15.0


class Pools:
    """The pools of a client. An origin is asked for one document at a time."""

    def __init__(self, tls: ssl.SSLContext, backend: PinnedBackend) -> None:
        self._tls = tls
        self._backend = backend
        # The one used last comes last.
        self._idle: dict[str, httpcore.AsyncConnectionPool] = {}

    @asynccontextmanager
    async def to(self, origin: str) -> AsyncIterator[httpcore.AsyncConnectionPool]:
        """Lend the pool of an origin; nobody else has it meanwhile."""
        pool = self._idle.pop(origin, None) or self._new()
        try:
            yield pool
        finally:
            self._idle[origin] = pool
            if len(self._idle) > _KEPT_OPEN:
                await self._idle.pop(next(iter(self._idle))).aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        while self._idle:
            await self._idle.popitem()[1].aclose()

    def _new(self) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls,
            max_connections=1,
            keepalive_expiry=_KEPT_OPEN_S,
            network_backend=self._backend,
        )
