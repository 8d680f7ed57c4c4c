"""Real servers on local sockets: one of HTTP whose answers a test sets, and one of raw bytes for what HTTP forbids.

`serving` (the fixture `web`) plays what a server may say: statuses, headers, bodies in pieces with pauses, wrong
lengths (`declares`), packed bodies (`packed_zeros` makes bombs), silence (`delay_s`), a connection closed without a
word (`hangs_up`). Its `pieces` may be endless.

`listening` plays the rest: a script gets each connection and says what it likes, over TLS too. `says(...)` is the
script that reads the request and answers with fixed bytes, `hears` one that never answers. `Listener.accepted` counts
the connections, so that a test can show that there was none.

`Names` stands in for the DNS: set addresses, one answer after another, and a record of what was asked. Give it to
`get(..., resolve=names)` or to `Network(resolve=names)`.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import sys
import threading
import time
import zlib
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the server says: `pieces` are written one by one with `pause_s` between, `delay_s` comes before it all.

    `declares` is the Content-Length, right or wrong; without one the end of the connection ends the body. A server
    that `hangs_up` closes the connection without a word.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Iterable[bytes] = ()
    declares: int | None = None
    pause_s: float = 0.0
    delay_s: float = 0.0
    hangs_up: bool = False


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    began: float
    ended: float


class Web:
    """The server: set answers with `put`, read what was asked in `seen`, once all answers under way are given."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.authority = f"127.0.0.1:{server.server_port}"
        self.url = f"http://{self.authority}"
        self.port = server.server_port
        self._seen: list[Seen] = []
        self._under_way = 0
        self._changed = threading.Condition()
        self._answers: dict[str, list[Answer]] = {}

    def put(self, path: str, body: bytes | str = b"", **how: Any) -> str:  # noqa: ANN401 - fields of Answer
        """Set the answer of a path, give its address. Set again, a path answers in turn and repeats its last answer."""
        if "pieces" not in how:
            raw = body.encode() if isinstance(body, str) else body
            how = {"declares": len(raw), **how, "pieces": [raw]}
        self._answers.setdefault(path, []).append(Answer(**how))
        return self.url + path

    def change(self, path: str, body: bytes | str = b"", **how: Any) -> str:  # noqa: ANN401 - fields of Answer
        """Set the answer of a path in place of all that were set before."""
        self._answers.pop(path, None)
        return self.put(path, body, **how)

    @property
    def seen(self) -> list[Seen]:
        with self._changed:
            self._changed.wait_for(lambda: self._under_way == 0, timeout=5)
            return list(self._seen)

    @contextmanager
    def answering(self, path: str, headers: Mapping[str, str]) -> Iterator[None]:
        began = time.monotonic()
        with self._changed:
            self._under_way += 1
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self._seen.append(Seen(path=path, headers=headers, began=began, ended=time.monotonic()))
                self._changed.notify_all()

    def next_answer(self, path: str) -> Answer:
        answers = self._answers.get(path) or [Answer(status=404, declares=0)]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def count(self, path: str) -> int:
        return sum(seen.path == path for seen in self.seen)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    web: Web

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.web.answering(self.path, headers), suppress(OSError):
            self._say(self.web.next_answer(self.path))

    def _say(self, answer: Answer) -> None:
        time.sleep(answer.delay_s)
        self.close_connection = True
        if answer.hangs_up:
            return
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.declares is not None:
            self.send_header("Content-Length", str(answer.declares))
        self.send_header("Connection", "close")
        self.end_headers()
        for piece in answer.pieces:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(answer.pause_s)

    def log_message(self, *_: object) -> None:
        """Say nothing: tests read `seen`."""


@contextmanager
def serving() -> Iterator[Web]:
    """Serve on a free port of the loopback address until the block ends."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.web = web = Web(server)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Listener:
    """A listening socket: where it is, and how many connections it took."""

    def __init__(self, port: int, scheme: str) -> None:
        self.port = port
        self.authority = f"127.0.0.1:{port}"
        self.url = f"{scheme}://{self.authority}"
        self._accepted = 0
        self._changed = threading.Condition()

    def count_one(self) -> None:
        with self._changed:
            self._accepted += 1

    @property
    def accepted(self) -> int:
        with self._changed:
            return self._accepted


@contextmanager
def listening(script: Callable[[socket.socket], None], tls: ssl.SSLContext | None = None) -> Iterator[Listener]:
    """Run the script with each connection, side by side, until the block ends; then the connection is closed.

    With `tls` the handshake is made first, and the end comes without a farewell (close_notify), as if it were cut off.
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        listener = Listener(server.getsockname()[1], "https" if tls else "http")
        is_over = threading.Event()

        def talk(connection: socket.socket) -> None:
            with ExitStack() as stack, suppress(OSError):
                raw = stack.enter_context(connection)
                raw.settimeout(5)
                script(stack.enter_context(tls.wrap_socket(raw, server_side=True)) if tls else raw)

        def accept() -> None:
            while not is_over.is_set():
                with suppress(TimeoutError):
                    connection, _ = server.accept()
                    listener.count_one()
                    threading.Thread(target=talk, args=(connection,), daemon=True).start()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield listener
        finally:
            is_over.set()
            thread.join()


def says(*pieces: bytes, then: Iterable[bytes] = (), pause_s: float = 0.0) -> Callable[[socket.socket], None]:
    """Give the script that reads a request and writes `pieces`, then those of `then`, which may be endless."""

    def script(connection: socket.socket) -> None:
        read_head(connection)
        for part in (pieces, then):
            for piece in part:
                connection.sendall(piece)
                time.sleep(pause_s)

    return script


def hears(connection: socket.socket) -> None:
    """Read whatever comes and say nothing."""
    while connection.recv(65536):
        pass


def read_head(connection: socket.socket) -> bytes:
    """Read a request up to the empty line that ends it."""
    head = b""
    while b"\r\n\r\n" not in head and (more := connection.recv(65536)):
        head += more
    return head


class Names:
    """A resolver that gives each name's answers in turn, the last one again: `Names({"a.test": [["1.1.1.1"], []]})`.

    `asked` lists the names that were looked up. Other names do not resolve.
    """

    def __init__(self, answers: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self._answers = {host: list(turns) for host, turns in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:  # noqa: ARG002 - what a resolver takes
        self.asked.append(host)
        turns = self._answers.get(host)
        if not turns:
            raise OSError(-2, "Name or service not known")
        return turns.pop(0) if len(turns) > 1 else turns[0]


def packed_zeros(coding: str, size: int) -> bytes:
    """Pack so many zero bytes: a bomb a thousand times smaller, or more."""
    packers: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": partial(brotli.compress, quality=3),
        "zstd": zstd.compress,
    }
    return packers[coding](bytes(size))


@dataclass(frozen=True, kw_only=True)
class SharedSite:
    """The real feeds and pages that lie beside the checkout, served: addresses by file name."""

    web: Web
    index: str
    feeds: Mapping[str, str]
    pages: Mapping[str, str]


def serve_shared(web: Web, feeds: Path, pages: Path) -> SharedSite:
    """Serve the feed documents at /feeds/, the unpacked pages at /pages/, and at /index.xml a feed of those pages."""
    types = {".atom": "application/atom+xml", ".rdf": "application/rdf+xml", ".html": "text/html"}
    feed_urls, page_urls = {}, {}
    for file in sorted(feeds.glob("*.*")):
        if file.suffix != ".txt":
            body = file.read_bytes()
            headers = {"Content-Type": types.get(file.suffix, "application/rss+xml")}
            if body.startswith(b"\x1f\x8b"):
                headers["Content-Encoding"] = "gzip"
            feed_urls[file.name] = web.put(f"/feeds/{file.name}", body, headers=headers)
    for file in sorted(pages.glob("*.html.gz")):
        name = file.name.removesuffix(".gz")
        page_urls[name] = web.put(
            f"/pages/{name}", gzip.decompress(file.read_bytes()), headers={"Content-Type": "text/html"}
        )
    listed = "".join(f"<item><title>{name}</title><link>{url}</link></item>" for name, url in page_urls.items())
    index = f'<rss version="2.0"><channel><title>Index</title>{listed}</channel></rss>'
    return SharedSite(
        web=web,
        index=web.put("/index.xml", index, headers={"Content-Type": "application/rss+xml", "ETag": '"index-1"'}),
        feeds=feed_urls,
        pages=page_urls,
    )
