"""What a run learns of a host holds for the whole run, for every spelling of the host, and for no other run."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from newsledger.fetch.http.answers import Failure, Request, Response
from newsledger.fetch.http.client import Client
from newsledger.fetch.http.network import Network
from tests.webserver import Names, Web, serving

if TYPE_CHECKING:
    from datetime import datetime

    from newsledger.records.config import FetchPolicy

Get = Callable[..., list[Response | Failure]]


def page(url: str) -> Request:
    return Request(url=url, accept="text/html", max_bytes=1_000_000, obeys_robots=True)


@pytest.fixture
def parts(policy: Callable[..., FetchPolicy], clock: Callable[[], datetime]) -> Callable[..., list[Response | Failure]]:
    """Fetch addresses with one network, each with a client and an event loop of its own, one after another."""

    def fetch(*wanted: str | Request, **changes: object) -> list[Response | Failure]:
        network = Network(policy=policy(**changes), clock=clock)

        async def ask(one: str | Request) -> Response | Failure:
            request = one if isinstance(one, Request) else Request(url=one, accept="*/*", max_bytes=1_000_000)
            async with Client(network) as client:
                return await client.get(request)

        return [asyncio.run(ask(one)) for one in wanted]

    return fetch


def pauses(web: Web) -> list[float]:
    seen = sorted(web.seen, key=lambda one: one.began)
    return [after.began - before.ended for before, after in itertools.pairwise(seen)]


class TestParts:
    def test_who_wants_to_be_left_alone_is_left_alone_by_all(self, web: Web, parts: Get) -> None:
        url = web.put("/feed", status=429, headers={"Retry-After": "3600"})
        _, answer = parts(url, web.put("/a", "hello"))
        assert isinstance(answer, Failure)
        assert (answer.outcome, answer.retry_after_s) == ("rate_limited", 3600)
        assert [seen.path for seen in web.seen] == ["/feed"]

    @pytest.mark.parametrize(("how", "seconds"), [({}, 0.3), ({"status": 503, "headers": {"Retry-After": "1"}}, 1)])
    def test_the_pause_is_kept_between_them(self, web: Web, parts: Get, how: dict[str, Any], seconds: float) -> None:
        parts(web.put("/feed", **how), web.put("/a", "hello"), host_delay_s=0.3)
        assert pauses(web)[0] > seconds - 0.05

    def test_rules_are_read_once_and_their_pace_is_kept(self, web: Web, parts: Get) -> None:
        web.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\nDisallow: /private")
        web.put("/a", "hello")
        one, two, _ = parts(*(page(web.url + path) for path in ("/a", "/private", "/a")))
        assert isinstance(one, Response)
        assert isinstance(two, Failure)
        assert [seen.path for seen in web.seen] == ["/robots.txt", "/a", "/a"]
        assert min(pauses(web)) > 0.28

    def test_who_is_out_of_reach_is_asked_once(self, web: Web, parts: Get) -> None:
        one, two = parts(f"http://127.0.0.1:{web.port + 1}/a", f"http://127.0.0.1:{web.port + 1}/b")
        assert isinstance(one, Failure)
        assert isinstance(two, Failure)
        assert one.outcome == two.outcome
        assert "not asked again" in two.detail

    def test_another_run_starts_afresh(self, web: Web, get: Get) -> None:
        get(web.put("/feed", status=429, headers={"Retry-After": "3600"}))
        assert isinstance(get(web.put("/a", "hello"))[0], Response)


@pytest.mark.parametrize("other", ["News.TEST", "news.test.", "NEWS.test."])
def test_a_host_has_many_spellings(web: Web, get: Get, other: str) -> None:
    names = Names({host: [["127.0.0.1"]] for host in ("news.test", "news.test.")})
    web.put("/a", "hello")
    urls = [f"http://{host}:{web.port}/a" for host in ("news.test", other)]
    answers = get(*urls, resolve=names, host_delay_s=0.3)
    assert all(isinstance(answer, Response) for answer in answers)
    assert pauses(web)[0] > 0.28


def test_also_in_other_scripts_and_on_other_ports(web: Web, get: Get) -> None:
    host, ascii_host = "новости.test", "xn--b1amnebsh.test"
    names = Names({ascii_host: [["127.0.0.1"]]})
    web.put("/a", status=429, headers={"Retry-After": "3600"})
    with serving() as other:
        urls = (f"http://{host}:{web.port}/a", f"http://{ascii_host}:{other.port}/b")
        get(*urls, resolve=names, allow_addresses=("127.0.0.1",))
        assert other.seen == []
    assert web.count("/a") == 1


def test_crawl_delay_is_kept_before_the_first_page(web: Web, get: Get) -> None:
    web.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.4\n")
    get(page(web.put("/a", "hello")), host_delay_s=0.1)
    assert pauses(web)[0] > 0.38


class TestLeftAlone:
    @pytest.mark.parametrize("headers", [{}, {"Retry-After": "soon"}])
    def test_too_many_requests_are_not_made_more(self, web: Web, parts: Get, headers: dict[str, str]) -> None:
        one, two = parts(web.put("/a", status=429, headers=headers), web.put("/b", "hello"), retries=2)
        assert isinstance(one, Failure)
        assert isinstance(two, Failure)
        assert one.outcome == two.outcome == "rate_limited"
        assert [seen.path for seen in web.seen] == ["/a"]

    def test_who_is_busy_is_not_asked_for_page_after_page(self, web: Web, parts: Get) -> None:
        urls = [web.put(f"/{number}", status=503) for number in range(5)]
        answers = parts(*urls, retries=2)
        assert [seen.path for seen in web.seen] == ["/0", "/0", "/0", "/1"]
        assert [isinstance(answer, Failure) and answer.is_unasked for answer in answers] == [False, False] + [True] * 3

    @pytest.mark.parametrize("status", [200, 404, 500])
    def test_who_was_busy_for_a_while_is_asked_on(self, web: Web, parts: Get, status: int) -> None:
        busy = [web.put(f"/{number}", status=503) for number in range(6)]
        other = web.put("/other", status=status)
        parts(*busy[:3], other, *busy[3:])
        assert len(web.seen) == 7

    def test_a_short_wait_asked_for_over_and_over_is_a_long_one(self, web: Web, parts: Get) -> None:
        urls = [web.put(f"/{number}", status=429, headers={"Retry-After": "0"}) for number in range(5)]
        parts(*urls, retries=1)
        assert [seen.path for seen in web.seen] == ["/0", "/0", "/1", "/1"]


class TestUnasked:
    def told(self, answers: list[Response | Failure]) -> list[bool]:
        return [answer.is_unasked for answer in answers if isinstance(answer, Failure)]

    def test_who_rests_is_not_asked(self, web: Web, get: Get) -> None:
        web.put("/a", status=429, headers={"Retry-After": "3600"})
        assert self.told(get(*[f"{web.url}/a"] * 3)) == [False, True, True]

    def test_who_is_out_of_reach_is_not_asked(self, get: Get) -> None:
        assert self.told(get("http://nothing.invalid/a", "http://nothing.invalid/b")) == [False, True]

    @pytest.mark.parametrize("how", [{"hangs_up": True}, {"status": 503, "headers": {"Retry-After": "3600"}}])
    def test_nor_where_its_rules_cannot_be_read(self, web: Web, get: Get, how: dict[str, Any]) -> None:
        web.put("/robots.txt", **how)
        assert self.told(get(*(page(f"{web.url}/{number}") for number in range(3)))) == [False, True, True]

    def test_who_is_forbidden_is_not_among_them(self, web: Web, get: Get) -> None:
        web.put("/robots.txt", "User-agent: *\nDisallow: /")
        assert self.told(get(page(f"{web.url}/a"), page(f"{web.url}/b"))) == [False, False]

    def test_what_was_asked_once_stays_asked(self, web: Web, get: Get) -> None:
        web.put("/a", status=503)
        web.put("/b", status=429, headers={"Retry-After": "3600"})
        one, two = get(f"{web.url}/a", f"{web.url}/b", retries=1)
        assert self.told([one, two]) == [False, False]
        assert isinstance(one, Failure)
        assert (one.status, web.count("/a")) == (503, 1)
