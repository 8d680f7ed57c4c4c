"""The HTTP client against a real server that misbehaves in every way we could think of."""

from __future__ import annotations

import gzip
import itertools
import socket
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from newsledger.fetch.http.answers import Failure, Hop, Request, Response
from tests.webserver import Names, Web, serving

LOCAL = {"allow_addresses": ("127.0.0.1",)}
Get = Callable[..., list[Response | Failure]]


def failed(answer: Response | Failure) -> Failure:
    assert isinstance(answer, Failure), answer
    return answer


def answered(answer: Response | Failure) -> Response:
    assert isinstance(answer, Response), answer
    return answer


def request(url: str, **changes: object) -> Request:
    return Request(**({"url": url, "accept": "*/*", "max_bytes": 1_000_000} | changes))  # type: ignore[arg-type]


def test_says_who_asks_and_keeps_no_cookies(web: Web, get: Get) -> None:
    url = web.put("/a", "hello", headers={"Set-Cookie": "id=1; Path=/", "Content-Type": "text/plain"})
    first, second = get(url, url)
    assert answered(first).body == answered(second).body == b"hello"
    assert answered(first).content_type == "text/plain"
    for seen in web.seen:
        assert "(+https://example.org/contact)" in seen.headers["user-agent"]
        assert seen.headers["accept-encoding"] == "gzip, br, zstd"
        assert not {"cookie", "referer", "authorization"} & seen.headers.keys()


def test_no_proxy_is_taken_from_the_environment(web: Web, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert answered(get(web.put("/a", "hello"))[0]).body == b"hello"


def test_validators_travel_byte_for_byte(web: Web, get: Get) -> None:
    etag, modified = 'W/"a b \xe9/\'x"', "Tue,  10 Mar 2026 9:0:0 +0100"
    url = web.put("/a", "hello", headers={"ETag": etag, "Last-Modified": modified})
    web.put("/a", status=304)
    first = answered(get(url)[0])
    assert (first.etag, first.last_modified) == (etag, modified)
    second = answered(get(request(url, etag=first.etag, last_modified=first.last_modified))[0])
    assert second.is_not_modified
    assert second.body == b""
    assert web.seen[1].headers["if-none-match"] == etag
    assert web.seen[1].headers["if-modified-since"] == modified


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (400, "http_error"), (401, "blocked"), (403, "blocked"), (404, "not_found"), (410, "gone"), (451, "blocked"),
        (429, "rate_limited"), (500, "server_error"), (503, "server_error"),
        (304, "http_error"),  # nobody asked whether it had changed
        (302, "http_error"),  # to nowhere
    ],
)  # fmt: skip
def test_each_status_has_a_name(web: Web, get: Get, status: int, outcome: str) -> None:
    failure = failed(get(web.put("/a", status=status))[0])
    assert (failure.outcome, failure.status) == (outcome, status)


def test_a_challenge_is_told_from_a_dead_page(web: Web, get: Get) -> None:
    failure = failed(get(web.put("/a", status=503, headers={"cf-mitigated": "challenge"}))[0])
    assert failure.outcome == "blocked"


class TestTime:
    def test_a_silent_server(self, web: Web, get: Get) -> None:
        failure = failed(get(web.put("/a", delay_s=1), read_timeout_s=0.2)[0])
        assert failure.outcome == "timeout"

    def test_a_server_that_drips(self, web: Web, get: Get) -> None:
        url = web.put("/a", pieces=itertools.repeat(b"x"), pause_s=0.05)
        began = time.monotonic()
        failure = failed(get(url, total_timeout_s=0.5, retries=2)[0])
        assert failure.outcome == "timeout"
        assert time.monotonic() - began < 4
        assert "0.5 s" in failure.detail

    def test_redirects_share_one_deadline(self, web: Web, get: Get) -> None:
        url = web.put("/a", status=302, headers={"Location": "/b"}, delay_s=0.4)
        web.put("/b", status=302, headers={"Location": "/c"}, delay_s=0.4)
        web.put("/c", "late")
        assert failed(get(url, total_timeout_s=0.6)[0]).outcome == "timeout"

    def test_tries_share_it_too(self, web: Web, get: Get) -> None:
        url = web.put("/a", status=500, delay_s=0.6)
        assert failed(get(url, total_timeout_s=2, retries=5)[0]).outcome == "server_error"
        assert web.count("/a") == 2

    def test_another_try_gets_what_is_left(self, web: Web, get: Get) -> None:
        url = web.put("/a", status=500, delay_s=0.5)
        web.put("/a", pieces=itertools.repeat(b"x"), pause_s=0.05)
        began = time.monotonic()
        assert failed(get(url, total_timeout_s=2, retries=1)[0]).outcome == "timeout"
        assert time.monotonic() - began < 3.2

    def test_pauses_are_not_counted(self, web: Web, get: Get) -> None:
        url = web.put("/a", status=503, headers={"Retry-After": "2"})
        web.put("/a", "at last")
        assert answered(get(url, total_timeout_s=1.5, retries=1)[0]).body == b"at last"


class TestReach:
    def test_a_refused_connection_is_not_tried_again(self, get: Get) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        one, two = get(f"http://127.0.0.1:{port}/a", f"http://127.0.0.1:{port}/b", allow_addresses=("127.0.0.1",))
        assert failed(one).outcome == failed(two).outcome == "connection_error"
        assert "Connect call failed" in failed(one).detail
        assert "not asked again" not in failed(one).detail
        assert "not asked again" in failed(two).detail

    def test_a_name_that_does_not_resolve(self, get: Get) -> None:
        one, two = get("http://nothing.invalid/a", "http://nothing.invalid/b")
        assert failed(one).outcome == failed(two).outcome == "dns_error"
        assert "nothing.invalid does not resolve" in failed(one).detail
        assert "not asked again" in failed(two).detail

    def test_a_resolver_that_says_nothing(self, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(2))
        began = time.monotonic()
        failure = failed(get("http://example.org/a", connect_timeout_s=0.2)[0])
        assert failure.outcome == "dns_error"
        assert time.monotonic() - began < 1.8

    def test_a_server_that_hangs_up(self, web: Web, get: Get) -> None:
        assert failed(get(web.put("/a", hangs_up=True))[0]).outcome == "connection_error"

    def test_plain_http_where_tls_was_asked_for(self, web: Web, get: Get) -> None:
        assert failed(get(f"https://{web.authority}/a")[0]).outcome in ("tls_error", "connection_error")

    @pytest.mark.parametrize(
        "url", ["http://", "http://[::1", "http://a b/", "ftp://example.org/", "http://" + "a" * 300]
    )
    def test_no_address_at_all(self, get: Get, url: str) -> None:
        assert failed(get(url)[0]).outcome in ("http_error", "dns_error")


class TestSize:
    def test_gzip_is_unpacked(self, web: Web, get: Get) -> None:
        body = b"text " * 50_000
        url = web.put("/a", gzip.compress(body), headers={"Content-Encoding": "gzip"})
        assert answered(get(url)[0]).body == body

    def test_the_cap_itself_is_let_through(self, web: Web, get: Get) -> None:
        assert len(answered(get(request(web.put("/a", b"x" * 1000), max_bytes=1000))[0]).body) == 1000
        assert failed(get(request(web.put("/b", b"x" * 1001), max_bytes=1000))[0]).outcome == "too_large"

    def test_an_endless_body_is_cut(self, web: Web, get: Get) -> None:
        url = web.put("/a", pieces=itertools.repeat(b"x" * 65536))
        assert failed(get(url)[0]).outcome == "too_large"

    def test_a_body_that_says_it_is_too_large_is_not_read(self, web: Web, get: Get) -> None:
        url = web.put("/a", pieces=[b"x"], declares=2_000_000, pause_s=4)
        began = time.monotonic()
        assert failed(get(url)[0]).outcome == "too_large"
        assert time.monotonic() - began < 3

    @pytest.mark.parametrize(
        "how",
        [
            {"pieces": [b"half"], "declares": 8},
            {"pieces": [gzip.compress(b"text " * 1000)[:-9]], "headers": {"Content-Encoding": "gzip"}},
        ],
        ids=["shorter than declared", "gzip without its end"],
    )
    def test_half_a_body_is_none(self, web: Web, get: Get, how: dict[str, Any]) -> None:
        url = web.put("/a", **how)
        web.put("/a", "whole")
        assert failed(get(url)[0]).outcome == "connection_error"
        assert answered(get(url)[0]).body == b"whole"

    @pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "compress", "gzip, gzip"])
    def test_a_coding_that_is_not_what_it_says(self, web: Web, get: Get, coding: str) -> None:
        failure = failed(get(web.put("/a", "plain " * 1000, headers={"Content-Encoding": coding}))[0])
        assert failure.outcome == "http_error"

    def test_an_empty_body_needs_no_coding(self, web: Web, get: Get) -> None:
        assert answered(get(web.put("/a", headers={"Content-Encoding": "gzip"}))[0]).body == b""


class TestRetries:
    def test_a_passing_failure_is_tried_again(self, web: Web, get: Get) -> None:
        url = web.put("/a", status=503)
        web.put("/a", hangs_up=True)
        web.put("/a", "at last")
        assert answered(get(url, retries=2)[0]).body == b"at last"
        assert web.count("/a") == 3

    def test_not_more_often_than_allowed(self, web: Web, get: Get) -> None:
        assert failed(get(web.put("/a", status=500), retries=1)[0]).outcome == "server_error"
        assert web.count("/a") == 2

    @pytest.mark.parametrize("status", [403, 404, 410])
    def test_a_lasting_failure_is_not(self, web: Web, get: Get, status: int) -> None:
        get(web.put("/a", status=status), retries=3)
        assert web.count("/a") == 1

    def test_retry_after_in_seconds_holds_back_the_whole_host(self, web: Web, get: Get) -> None:
        url = web.put("/a", status=429, headers={"Retry-After": "1"})
        web.put("/a", "at last")
        first, other = get(url, web.put("/b", "other"), retries=1)
        assert answered(first).body == b"at last"
        assert answered(other).body == b"other"
        assert min(seen.began for seen in web.seen[1:]) - web.seen[0].began > 0.95

    @pytest.mark.parametrize("form", ["seconds", "date"])
    def test_a_long_retry_after_ends_the_run_for_the_host(self, web: Web, get: Get, now: datetime, form: str) -> None:
        later = now + timedelta(hours=2)
        value = "7200" if form == "seconds" else format_datetime(later, usegmt=True)
        url = web.put("/a", status=503, headers={"Retry-After": value})
        first, second = get(url, web.put("/b", "other"), retries=3)
        assert failed(first).retry_after_s == 7200
        assert failed(second).outcome == "server_error"
        assert len(web.seen) == 1

    def test_it_holds_though_nobody_tries_again(self, web: Web, get: Get) -> None:
        url = web.put("/a", status=429, headers={"Retry-After": "1"})
        get(url, web.put("/b", "other"), retries=0)
        one, two = sorted(web.seen, key=lambda seen: seen.began)
        assert two.began - one.began > 0.95

    def test_who_wants_to_be_left_alone_is_left_alone_on_every_port(self, web: Web, get: Get) -> None:
        with serving() as other:
            other.put("/b", "other")
            url = web.put("/a", status=429, headers={"Retry-After": "7200"})
            first, second = get(url, f"{other.url}/b", **LOCAL)
        assert failed(first).retry_after_s == failed(second).retry_after_s == 7200
        assert "not asked again" in failed(second).detail
        assert other.seen == []

    @pytest.mark.parametrize(
        ("value", "seconds"),
        [("99999999999", 86400), ("soon", None), ("-5", None), ("Mon, 09 Mar 2026 12:00:00 GMT", 0)],
    )
    def test_retry_after_is_kept_within_bounds(self, web: Web, get: Get, value: str, seconds: float | None) -> None:
        assert failed(get(web.put("/a", status=429, headers={"Retry-After": value}))[0]).retry_after_s == seconds


class TestRedirects:
    def test_five_are_followed_and_no_more(self, web: Web, get: Get) -> None:
        for number in range(6):
            web.put(f"/{number}", status=(301, 302, 303, 307, 308, 301)[number], headers={"Location": f"{number + 1}"})
        web.put("/6", "there")
        answer = answered(get(f"{web.url}/1")[0])
        assert (answer.body, answer.url) == (b"there", f"{web.url}/6")
        assert failed(get(f"{web.url}/0")[0]).outcome == "too_many_redirects"

    @pytest.mark.parametrize("length", [1, 2, 4])
    def test_a_circle_is_left_where_it_closes(self, web: Web, get: Get, length: int) -> None:
        for number in range(length):
            web.put(f"/{number}", status=302, headers={"Location": f"/{(number + 1) % length}"})
        failure = failed(get(f"{web.url}/0")[0])
        assert failure.outcome == "too_many_redirects"
        assert "circle" in failure.detail
        assert len(web.seen) == length

    @pytest.mark.parametrize(("second", "permanent"), [(308, True), (302, False), (307, False)])
    def test_each_hop_is_written_down(self, web: Web, get: Get, second: int, permanent: bool) -> None:  # noqa: FBT001 - a table
        one = web.put("/a", status=301, headers={"Location": "/b"})
        two = web.put("/b", status=second, headers={"Location": "c#part"})
        web.put("/c", "there")
        answer = answered(get(one)[0])
        assert answer.hops == (
            Hop(url=one, status=301, target=two),
            Hop(url=two, status=second, target=f"{web.url}/c#part"),
        )
        assert answer.is_permanently_moved is permanent
        assert not answer.is_downgraded

    def test_no_hop_no_move(self, web: Web, get: Get) -> None:
        answer = answered(get(web.put("/a", "there"))[0])
        assert answer.hops == ()
        assert not answer.is_permanently_moved

    def test_validators_stay_with_the_host_that_gave_them(self, web: Web, get: Get) -> None:
        names = Names({host: [["127.0.0.1"]] for host in ("news.test", "www.news.test", "other.test")})
        here, there = f"http://www.news.test:{web.port}/b", f"http://other.test:{web.port}/c"
        url = web.put("/a", status=302, headers={"Location": here}).replace("127.0.0.1", "news.test")
        web.put("/b", status=302, headers={"Location": there})
        web.put("/c", status=304)
        failure = failed(get(request(url, etag='"1"', last_modified="then"), resolve=names, **LOCAL)[0])
        assert (failure.outcome, failure.status) == ("http_error", 304)  # an answer to what was not asked
        sent = [{"if-none-match", "if-modified-since"} & seen.headers.keys() for seen in web.seen]
        assert [len(names) for names in sent] == [2, 2, 0]

    @pytest.mark.parametrize("target", ["ftp://example.org/", "javascript:alert(1)", "https://", "http://[oops/"])
    def test_only_to_http(self, web: Web, get: Get, target: str) -> None:
        url = web.put("/a", status=302, headers={"Location": target})
        assert failed(get(url)[0]).outcome == "http_error"

    @pytest.mark.parametrize(
        "host", ["127.0.0.2", "127.1", "2130706434", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "0"]
    )
    def test_not_to_private_addresses(self, web: Web, get: Get, host: str) -> None:
        url = web.put("/a", status=302, headers={"Location": f"http://{host}:{web.port + 1}/secret"})
        assert failed(get(url)[0]).outcome == "refused_address"
        assert web.count("/secret") == 0

    def test_credentials_are_not_taken_over(self, web: Web, get: Get) -> None:
        url = web.put("/a", status=302, headers={"Location": f"http://user:pass@{web.authority}/b"})
        web.put("/b", "there")
        assert answered(get(url)[0]).url == f"{web.url}/b"
        assert "authorization" not in web.seen[1].headers


class TestAddresses:
    def test_the_local_server_is_refused_unless_listed(self, web: Web, get: Get) -> None:
        url = web.put("/a", "hello")
        failure = failed(get(url, allow_addresses=())[0])
        assert failure.outcome == "refused_address"
        assert "allow_addresses" in failure.detail
        assert web.seen == []

    @pytest.mark.parametrize("entry", ["127.0.0.1", "127.0.0.0/8", "127.0.0.1:{port}"])
    def test_it_can_be_listed_in_three_forms(self, web: Web, get: Get, entry: str) -> None:
        listed = (entry.format(port=web.port),)
        assert answered(get(web.put("/a", "hello"), allow_addresses=listed)[0]).body == b"hello"

    def test_another_port_is_not_listed(self, web: Web, get: Get) -> None:
        listed = (f"127.0.0.1:{web.port + 1}",)
        assert failed(get(web.put("/a", "hello"), allow_addresses=listed)[0]).outcome == "refused_address"


class TestPoliteness:
    def test_one_request_at_a_time_with_a_pause(self, web: Web, get: Get) -> None:
        urls = [web.put(f"/{number}", "x", delay_s=0.1) for number in range(3)]
        get(*urls, host_delay_s=0.2)
        seen = sorted(web.seen, key=lambda one: one.began)
        assert [one.path for one in seen] == ["/0", "/1", "/2"]
        assert all(after.began - before.began > 0.28 for before, after in itertools.pairwise(seen))

    def test_two_hosts_are_asked_side_by_side(self, web: Web, get: Get) -> None:
        web.put("/a", "x", delay_s=0.4)
        get(f"{web.url}/a", f"http://localhost:{web.port}/a", allow_addresses=("127.0.0.1", "localhost"))
        one, other = web.seen
        assert one.began < other.ended
        assert other.began < one.ended

    def test_never_more_at_once_than_allowed(self, web: Web, get: Get) -> None:
        web.put("/a", "x", delay_s=0.3)
        urls = (f"{web.url}/a", f"http://localhost:{web.port}/a")
        get(*urls, allow_addresses=("127.0.0.1", "localhost"), concurrency=1)
        one, other = sorted(web.seen, key=lambda seen: seen.began)
        assert other.began - one.began > 0.28
