"""The site that is read: `python -m bench.fetch.server FEEDS` prints its port once all answers are made."""

from __future__ import annotations

import asyncio
import gzip
import json
import sys

from bench.fetch.fixtures import ITEMS, feed
from bench.fetch.pages import page

LATENCY_S = 0.02
_LEVEL = 6
_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Site:
    """Whole answers by path, made beforehand, and how often was asked: `/count` says so, and does not count itself."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.connections = 0
        self.requests = 0

    def fill(self, feeds: int, port: int) -> None:
        """Make the answers, compressed: all clients ask for gzip."""
        for number in range(feeds):
            self.answers[f"/feed/{number}"] = _answer(feed(number, port), "application/rss+xml; charset=utf-8")
        for number in range(feeds * ITEMS):
            self.answers[f"/page/{number}"] = _answer(page(number, port), "text/html; charset=utf-8")

    def answer(self, path: str) -> bytes:
        """Give the answer of a path."""
        if path == "/count":
            counted = {"connections": self.connections, "requests": self.requests}
            body = json.dumps(counted).encode()
            return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
        self.requests += 1
        return self.answers.get(path, _NOT_FOUND)


class _Connection(asyncio.Protocol):
    """Answers one request after the other; no client here sends the next before it has its answer."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._head = b""
        self._is_new = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a TCP server makes no other kind
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._head += data
        if not self._head.endswith(b"\r\n\r\n"):
            return
        path = self._head.split(b" ", 2)[1].partition(b"?")[0].decode("ascii")
        self._head = b""
        if path != "/count" and self._is_new:
            self._is_new = False
            self._site.connections += 1
        asyncio.get_running_loop().call_later(LATENCY_S, self._write, path)

    def _write(self, path: str) -> None:
        if not self._transport.is_closing():
            self._transport.write(self._site.answer(path))


def _answer(body: bytes, content_type: str) -> bytes:
    packed = gzip.compress(body, _LEVEL, mtime=0)
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Encoding: gzip\r\n"
        f"Content-Length: {len(packed)}\r\nVary: Accept-Encoding\r\n\r\n"
    )
    return head.encode("ascii") + packed


async def _serve(feeds: int) -> None:
    site = Site()
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(site), "127.0.0.1", 0, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    site.fill(feeds, port)
    print(port, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
