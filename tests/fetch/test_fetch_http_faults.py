"""What HTTP forbids, over a real socket: each fault has its outcome, in time."""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsledger.fetch.http.answers import Failure, Request, Response
from tests.webserver import Listener, Web, hears, listening, read_head, says

Get = Callable[..., list[Response | Failure]]
OK = b"HTTP/1.1 200 OK\r\n"


def ask(get: Get, script: Callable[[socket.socket], None], **changes: object) -> Response | Failure:
    with listening(script) as server:
        return get(server.url, allow_addresses=("127.0.0.1",), **changes)[0]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (b"", "connection_error"),
        (b"\x00\x01\x02garbage\r\n\r\n", "connection_error"),
        (b"HTTP/1.1 two hundred\r\n\r\n", "connection_error"),
        (b"<html>not even a status</html>", "connection_error"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "connection_error"),
        (OK + b"Content-", "connection_error"),
        (OK + b"no colon here\r\n\r\n", "connection_error"),
        (OK + b"Content-Length: -5\r\n\r\n", "connection_error"),
        (OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello", "connection_error"),
        (OK + b"Content-Length: 10\r\n\r\nhello", "connection_error"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "connection_error"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", "connection_error"),
        (OK + b"X: " + b"x" * 200_000 + b"\r\n\r\n", "connection_error"),
        (OK + b"X: y\r\n" * 40_000 + b"\r\n", "connection_error"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", "connection_error"),
        (b"HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n", "server_error"),
    ],
)
def test_what_is_no_answer(get: Get, said: bytes, outcome: str) -> None:
    failure = ask(get, says(said))
    assert isinstance(failure, Failure), failure
    assert failure.outcome == outcome
    assert failure.detail


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.0 200 OK\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more than was declared",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200\r\nConnection: close\r\n\r\nhello",
        OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nTrailer: 1\r\n\r\n",
        OK + b"X-Odd: \xff\xfe\r\nContent-Length: 5\r\n\r\nhello",
    ],
    ids=["1.0", "longer than declared", "early hints", "no reason", "chunked", "odd bytes"],
)
def test_what_can_be_read_all_the_same(get: Get, said: bytes) -> None:
    answer = ask(get, says(said))
    assert isinstance(answer, Response), answer
    assert answer.body == b"hello"


@pytest.mark.parametrize(
    "script",
    [
        hears,
        says(OK, then=itertools.repeat(b"X"), pause_s=0.02),
        says(OK, then=itertools.repeat(b"X-Header: 1\r\n"), pause_s=0.02),
        says(then=itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n"), pause_s=0.01),
        says(OK + b"\r\n", then=itertools.repeat(b"x"), pause_s=0.02),
        says(OK + b"Transfer-Encoding: chunked\r\n\r\n", then=itertools.repeat(b"1\r\nx\r\n"), pause_s=0.02),
        says(OK + b"Content-Length: 900000\r\n\r\n", then=itertools.repeat(b"x"), pause_s=0.02),
    ],
    ids=["silence", "a header letter by letter", "headers", "100 Continue", "a body", "chunks", "a declared body"],
)
def test_whatever_drips_is_cut_off_in_time(get: Get, script: Callable[[socket.socket], None]) -> None:
    began = time.monotonic()
    failure = ask(get, script, total_timeout_s=0.5, retries=2)
    assert isinstance(failure, Failure)
    assert failure.outcome == "timeout"
    assert time.monotonic() - began < 3


def test_headers_without_end_are_not_kept(get: Get) -> None:
    failure = ask(get, says(OK, then=itertools.repeat(b"X: " + b"x" * 60_000)))
    assert isinstance(failure, Failure)
    assert failure.outcome == "connection_error"


def test_half_an_answer_is_asked_for_again(get: Get) -> None:
    lengths = iter([b"10", b"5"])

    def script(connection: socket.socket) -> None:
        says(OK + b"Content-Length: " + next(lengths) + b"\r\n\r\nhello")(connection)

    answer = ask(get, script, retries=1)
    assert isinstance(answer, Response)
    assert answer.body == b"hello"


class TestConnections:
    @pytest.fixture
    def counting(self) -> Iterator[Listener]:
        def answer_for_ever(connection: socket.socket) -> None:
            while read_head(connection):
                connection.sendall(OK + b"Content-Length: 5\r\n\r\nhello")

        with listening(answer_for_ever) as server:
            yield server

    def test_one_is_kept_open_for_the_host(self, get: Get, counting: Listener) -> None:
        answers = get(*[f"{counting.url}/{n}" for n in range(5)], allow_addresses=("127.0.0.1",))
        assert all(isinstance(answer, Response) for answer in answers)
        assert counting.accepted == 1

    def test_another_host_name_gets_its_own(self, get: Get, counting: Listener) -> None:
        other = f"http://localhost:{counting.port}/"
        get(f"{counting.url}/", other, f"{counting.url}/", other, allow_addresses=("127.0.0.0/8",))
        assert counting.accepted == 2

    def test_one_that_the_server_closed_is_not_used_again(self, get: Get) -> None:
        with listening(says(OK + b"Content-Length: 5\r\n\r\nhello")) as server:
            answers = get(server.url, server.url, allow_addresses=("127.0.0.1",), host_delay_s=0.1)
        assert all(isinstance(answer, Response) for answer in answers)
        assert server.accepted == 2

    def test_many_that_hang_leave_room_for_others(self, web: Web, get: Get) -> None:
        good = web.put("/a", "hello")
        with listening(hears) as server:
            hung = [f"http://127.0.0.{n}:{server.port}/" for n in range(2, 8)]
            *_, answer = get(*hung, good, allow_addresses=("127.0.0.0/8",), concurrency=3, total_timeout_s=0.3)
        assert isinstance(answer, Response)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.sampled_from(
                [
                    b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 301 Moved\r\n", b"HTTP/1.1 304 Not Modified\r\n", b"\r\n",
                    b"Content-Length: 9\r\n", b"Content-Length: 99999999999999999999\r\n", b"Location: \xff\xfe\r\n",
                    b"Location: http://[\r\n", b"Location: //127.0.0.9:1/\r\n", b"Content-Encoding: zstd\r\n",
                    b"Content-Encoding: \xff\r\n", b"Content-Encoding: br\r\n", b"Content-Encoding: deflate\r\n",
                    b"Transfer-Encoding: chunked\r\n", b"Retry-After: \xb2\r\n", b"Cache-Control: max-age=\xb2,,=\r\n",
                    b"Expires: Mon, 99 Foo 99999 99:99:99 GMT\r\n", b"HTTP/1.1 429 No\r\n", b"\x1f\x8b\x08", b"hello",
                    b"Retry-After: Thu, 01 Jan 0000 00:00:00 +9999\r\n", b"ETag: \x7f\x80\r\n", b"Age: -1\r\n",
                ]
            ),
            max_size=8,
        ).map(b"".join),
    )
)  # fmt: skip
def test_no_bytes_make_it_raise(get: Get, said: bytes) -> None:
    with listening(says(said)) as server:
        request = Request(url=server.url, accept="*/*", max_bytes=1000, etag='"1"')
        answer = get(request, allow_addresses=("127.0.0.1",), total_timeout_s=2)[0]
    assert isinstance(answer, (Response, Failure))
