"""Connections to vetted addresses: a name is looked up once, and what was looked up and vetted is what is asked.

A second look-up between check and connection could give another answer (DNS rebinding), so there is none. TLS goes on
to verify the name.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import httpcore

from newsledger.fetch.http.addresses import AllowList, parse_address, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsledger.fetch.http.network import Network

_PORTS = (80, 443)
# A host with more addresses than these is no better reached by the rest.
_MAX_ADDRESSES = 4


class RefusedError(Exception):
    """An address of the host, or its port, must not be asked."""


class UnresolvedError(Exception):
    """The name of the host gives no address."""


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to public addresses alone, and to what `fetch.allow_addresses` lets through."""

    def __init__(self, network: Network) -> None:
        self._resolve = network.resolve
        self._allowed = AllowList.of(network.policy.allow_addresses)
        self._connect_s = network.policy.connect_timeout_s
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Look the host up, vet every address, and connect to the first that answers; all within the time-out.

        Raises UnresolvedError or RefusedError before any connection is made, and else what httpcore raises.
        """
        until = time.monotonic() + (timeout or self._connect_s)
        addresses = await self._look_up(host, port)
        self._vet(host, port, addresses)
        trouble: Exception | None = None
        tried = addresses[:_MAX_ADDRESSES]
        for position, address in enumerate(tried):
            share = (until - time.monotonic()) / (len(tried) - position)
            try:
                return await self._sockets.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
        raise trouble or UnresolvedError(f"{host} has no address")

    async def _look_up(self, host: str, port: int) -> Sequence[str]:
        """Give the addresses of a host; nobody is asked about one that is an address itself."""
        if _is_address(host):
            return (host,)
        try:
            async with asyncio.timeout(self._connect_s):
                return await self._resolve(host, port)
        except TimeoutError as error:
            message = f"no answer about {host} within {self._connect_s:g} s"
            raise UnresolvedError(message) from error
        except (OSError, UnicodeError) as error:
            message = f"{host} does not resolve ({error.args[-1] if error.args else error})"
            raise UnresolvedError(message) from error

    def _vet(self, host: str, port: int, addresses: Sequence[str]) -> None:
        """Let one bad address spoil them all: a public host has no business with a private one."""
        for text in addresses:
            address = parse_address(text)
            if self._allowed.covers(host, port, address):
                continue
            reason = refusal(address) or (None if port in _PORTS else f"port {port} is neither 80 nor 443")
            if reason:
                message = f"{host}: {reason}; fetch.allow_addresses can let it through"
                raise RefusedError(message)


def _is_address(host: str) -> bool:
    try:
        parse_address(host)
    except ValueError:
        return False
    return True
