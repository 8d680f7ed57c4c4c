"""Which hosts are connected to: only those at vetted addresses, whatever the names say a moment later."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
import trustme

from newsledger.fetch.http.answers import Failure, Response
from tests.webserver import Listener, Names, Web, hears, listening, says

Get = Callable[..., list[Response | Failure]]
HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


def refused(answer: Response | Failure) -> Failure:
    assert isinstance(answer, Failure), answer
    assert answer.outcome == "refused_address"
    return answer


@pytest.fixture
def trap() -> Iterator[Listener]:
    """A listener that nobody may reach."""
    with listening(hears) as listener:
        yield listener
        assert listener.accepted == 0


class TestNames:
    def test_a_name_is_looked_up_once_and_that_address_asked(self, web: Web, get: Get) -> None:
        web.put("/a", "hello")
        names = Names({"news.test": [["127.0.0.1"], ["169.254.169.254"]]})
        (answer,) = get(f"http://news.test:{web.port}/a", resolve=names, allow_addresses=("127.0.0.1",))
        assert isinstance(answer, Response)
        assert names.asked == ["news.test"]
        assert web.seen[0].headers["host"] == f"news.test:{web.port}"

    def test_an_answer_that_changes_is_vetted_again(self, web: Web, get: Get) -> None:
        web.put("/a", "hello")
        names = Names({"news.test": [["127.0.0.1"], ["127.0.0.2"]]})
        url = f"http://news.test:{web.port}/a"
        first, second = get(url, url, resolve=names, allow_addresses=("127.0.0.1",))
        assert isinstance(first, Response)
        assert "127.0.0.2 is loopback" in refused(second).detail
        assert len(web.seen) == 1

    def test_a_redirect_to_a_name_that_turns_private(self, web: Web, trap: Listener, get: Get) -> None:
        names = Names({"evil.test": [["127.0.0.1"]]})
        url = web.put("/a", status=302, headers={"Location": f"http://evil.test:{trap.port}/"})
        refused(get(url, resolve=names)[0])

    @pytest.mark.parametrize("addresses", [["127.0.0.1", "10.0.0.1"], ["1.1.1.1", "127.0.0.2"], ["::1", "127.0.0.1"]])
    def test_one_bad_address_spoils_them_all(self, web: Web, get: Get, addresses: list[str]) -> None:
        web.put("/a", "hello")
        names = Names({"news.test": [addresses]})
        refused(get(f"http://news.test:{web.port}/a", resolve=names, allow_addresses=("127.0.0.1", "1.1.1.1"))[0])
        assert web.seen == []

    def test_the_next_address_is_tried_where_one_is_dead(self, web: Web, get: Get) -> None:
        web.put("/a", "hello")
        names = Names({"news.test": [["127.0.0.9", "127.0.0.1"]]})
        (answer,) = get(f"http://news.test:{web.port}/a", resolve=names, allow_addresses=("127.0.0.0/8",))
        assert isinstance(answer, Response)

    def test_an_answer_without_addresses(self, get: Get) -> None:
        (failure,) = get("http://news.test/", resolve=Names({"news.test": [[]]}))
        assert isinstance(failure, Failure)
        assert failure.outcome == "dns_error"

    def test_look_ups_that_hang_are_given_up(self, get: Get) -> None:
        async def hang(host: str, port: int) -> Sequence[str]:
            await asyncio.sleep(60)
            raise AssertionError((host, port))

        began = time.monotonic()
        urls = [f"http://{n}.test/" for n in range(6)]
        answers = get(*urls, resolve=hang, connect_timeout_s=0.2, concurrency=6)
        assert {answer.outcome for answer in answers if isinstance(answer, Failure)} == {"dns_error"}
        assert all("no answer about" in answer.detail for answer in answers if isinstance(answer, Failure))
        assert time.monotonic() - began < 1.5

    def test_an_address_asks_no_resolver(self, web: Web, get: Get) -> None:
        names = Names({})
        assert isinstance(get(web.put("/a", "hello"), resolve=names)[0], Response)
        assert names.asked == []


class TestAddresses:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1", "127.1", "2130706433", "0x7f.1", "0x7f000001", "0", "localhost", "10.0.0.1",
            "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "255.255.255.255", "224.0.0.1",
            "0.0.0.0",  # noqa: S104 - nothing is bound
            "[::1]", "[::]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[2002:7f00:1::]",
            "[64:ff9b::7f00:1]", "[2001:0:4136:e378:8000:63bf:f5ff:fffe]", "[ff02::1]", "[::127.0.0.1]",
        ],
    )  # fmt: skip
    def test_what_is_not_public_is_refused_before_any_connection(self, trap: Listener, get: Get, host: str) -> None:
        refused(get(f"http://{host}:{trap.port}/", allow_addresses=())[0])
        refused(get(f"http://{host}/", allow_addresses=())[0])

    @pytest.mark.parametrize(
        "host", ["[fe80::1%25eth0]", "[fe80::1%eth0]", "127.0.0.1%00.test", "0177.0.0.1", "\uff11\uff12\uff17.0.0.1"]
    )
    def test_forms_that_hide_an_address(self, trap: Listener, get: Get, host: str) -> None:
        (failure,) = get(f"http://{host}:{trap.port}/", allow_addresses=())
        assert isinstance(failure, Failure)
        assert failure.outcome in ("http_error", "refused_address", "dns_error")

    def test_a_redirect_to_them_is_refused_as_well(self, web: Web, trap: Listener, get: Get) -> None:
        for n, target in enumerate((f"http://127.0.0.1:{trap.port}/", "http://169.254.169.254/latest/meta-data/")):
            url = web.put(f"/{n}", status=301, headers={"Location": target})
            assert refused(get(url)[0]).url == target

    def test_another_port_of_a_public_host_is_refused(self, get: Get) -> None:
        names = Names({"news.test": [["1.1.1.1"]]})
        assert "port 22" in refused(get("http://news.test:22/", resolve=names)[0]).detail


class TestTls:
    @pytest.fixture
    def authority(self) -> trustme.CA:
        return trustme.CA()

    @pytest.fixture
    def trust(self, authority: trustme.CA) -> ssl.SSLContext:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        return context

    @pytest.fixture
    def server(self, authority: trustme.CA) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("news.test").configure_cert(context)
        return context

    @pytest.fixture
    def ask(self, get: Get, trust: ssl.SSLContext) -> Callable[..., Response | Failure]:
        def work(port: int, host: str = "news.test", **how: object) -> Response | Failure:
            names = Names({"news.test": [["127.0.0.1"]], "other.test": [["127.0.0.1"]]})
            usual: dict[str, object] = {"resolve": names, "tls": trust, "allow_addresses": ("127.0.0.1",)}
            return get(f"https://{host}:{port}/", **(usual | how))[0]

        return work

    def test_the_name_is_verified_though_the_address_is_pinned(
        self, server: ssl.SSLContext, ask: Callable[..., Response | Failure]
    ) -> None:
        names: list[str | None] = []
        server.sni_callback = lambda _, name, __: names.append(name)
        with listening(says(HELLO), tls=server) as listener:
            answer, other = ask(listener.port), ask(listener.port, "other.test")
        assert isinstance(answer, Response)
        assert isinstance(other, Failure)
        assert other.outcome == "tls_error"
        assert names == ["news.test", "other.test"]

    def test_an_authority_that_nobody_trusts(
        self, server: ssl.SSLContext, ask: Callable[..., Response | Failure]
    ) -> None:
        with listening(says(HELLO), tls=server) as listener:
            answer = ask(listener.port, tls=None)
        assert isinstance(answer, Failure)
        assert answer.outcome == "tls_error"

    @pytest.mark.parametrize(
        "said",
        [
            b"",
            b"\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03" + b"\x55" * 20,
            b"\x15\x03\x03\x00\x02\x02\x28",
            b"HTTP/1.1 400 Bad Request\r\n\r\n",
        ],
        ids=["nothing", "half a ServerHello", "an alert", "plain HTTP"],
    )
    def test_a_handshake_that_fails(self, ask: Callable[..., Response | Failure], said: bytes) -> None:
        def script(connection: socket.socket) -> None:
            connection.recv(65536)
            connection.sendall(said)

        with listening(script) as listener:
            answer = ask(listener.port)
        assert isinstance(answer, Failure)
        assert answer.outcome == "tls_error"
        assert answer.is_unreachable

    def test_a_handshake_that_never_ends(self, ask: Callable[..., Response | Failure]) -> None:
        with listening(hears) as listener:
            answer = ask(listener.port, connect_timeout_s=0.3)
        assert isinstance(answer, Failure)
        assert answer.outcome == "timeout"

    @pytest.mark.parametrize(
        "body", [b"Content-Length: 10\r\n\r\nhello", b"Transfer-Encoding: chunked\r\n\r\n9\r\nhello"]
    )
    def test_a_connection_cut_off_in_the_body(
        self, server: ssl.SSLContext, ask: Callable[..., Response | Failure], body: bytes
    ) -> None:
        with listening(says(b"HTTP/1.1 200 OK\r\n" + body), tls=server) as listener:
            answer = ask(listener.port)
        assert isinstance(answer, Failure)
        assert (answer.outcome, answer.is_passing) == ("connection_error", True)

    def test_a_redirect_to_http_is_followed_and_told(
        self, web: Web, server: ssl.SSLContext, ask: Callable[..., Response | Failure]
    ) -> None:
        target = web.put("/a", "hello")
        said = f"HTTP/1.1 301 Moved\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()
        with listening(says(said), tls=server) as listener:
            answer = ask(listener.port)
        assert isinstance(answer, Response)
        assert answer.is_downgraded
        assert answer.is_permanently_moved
