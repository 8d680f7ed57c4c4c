"""What robots.txt allows is asked for, and nothing else (RFC 9309)."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from newsledger.fetch.http.answers import Failure, Request, Response
from newsledger.fetch.http.robots import Robots
from tests.webserver import Names, Web

Get = Callable[..., list[Response | Failure]]
FORBID = "User-agent: *\nDisallow: /private\n"


def page(url: str) -> Request:
    return Request(url=url, accept="text/html", max_bytes=1_000_000, obeys_robots=True)


def outcome(answer: Response | Failure) -> str:
    return answer.outcome if isinstance(answer, Failure) else "ok"


@pytest.mark.parametrize(
    ("rules", "path", "told"),
    [
        ("", "/a", "ok"),
        (FORBID, "/a", "ok"),
        (FORBID, "/private/a", "robots"),
        ("User-agent: *\nDisallow: /", "/a", "robots"),
        ("User-agent: *\nDisallow:", "/a", "ok"),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", "ok"),
        ("User-agent: *\nAllow: /\nDisallow: /a", "/a", "robots"),
        ("User-agent: *\nDisallow: /*.html$", "/a.html", "robots"),
        ("User-agent: *\nDisallow: /*.html$", "/a.html?x=1", "ok"),
        ("User-agent: *\nDisallow: /\n\nUser-agent: newsledger\nDisallow: /b", "/a", "ok"),
        ("User-agent: NewsLedger\nDisallow: /", "/a", "robots"),
        ("User-agent: ledger\nDisallow: /", "/a", "ok"),
        ("User-agent: other\nUser-agent: newsledger\nDisallow: /", "/a", "robots"),
        ("\ufeffUser-agent: *\r\nDisallow: /a # why\r\n", "/a", "robots"),
        ("User-agent: *\nDisallow: /%D0%B0", "/%d0%b0", "robots"),
        ("<html><body>no such file</body></html>", "/a", "ok"),
        ("\0\xff garbage \n:::\nDisallow", "/a", "ok"),
    ],
)
def test_rules(web: Web, get: Get, rules: str, path: str, told: str) -> None:
    web.put("/robots.txt", rules)
    url = web.put(path, "hello")
    (answer,) = get(page(url))
    assert outcome(answer) == told
    assert web.count(path) == (told == "ok")
    if isinstance(answer, Failure):
        assert f"{web.url}/robots.txt" in answer.detail
        assert not answer.is_passing


def test_who_does_not_care_asks_for_no_file(web: Web, get: Get) -> None:
    web.put("/robots.txt", "User-agent: *\nDisallow: /")
    (answer,) = get(web.put("/a", "hello"))
    assert outcome(answer) == "ok"
    assert web.count("/robots.txt") == 0


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_no_file_no_rules(web: Web, get: Get, status: int) -> None:
    web.put("/robots.txt", status=status)
    assert outcome(get(page(web.put("/a", "hello")))[0]) == "ok"


@pytest.mark.parametrize(
    ("how", "told", "why"),
    [
        ({"status": 500}, "server_error", "robots.txt: HTTP 500"),
        ({"status": 503, "headers": {"Retry-After": "7200"}}, "server_error", "robots.txt: HTTP 503"),
        ({"status": 429}, "rate_limited", "robots.txt: HTTP 429"),
        ({"hangs_up": True}, "connection_error", "robots.txt: "),
        ({"delay_s": 1}, "timeout", "robots.txt: "),
        ({"body": "x" * 100, "headers": {"Content-Encoding": "gzip"}}, "http_error", "robots.txt: "),
    ],
)
def test_a_file_that_cannot_be_read_forbids_everything_for_now(
    web: Web, get: Get, how: dict[str, object], told: str, why: str
) -> None:
    web.put("/robots.txt", **how)
    answer, other = get(page(web.put("/a", "hello")), page(web.put("/b", "hello")), read_timeout_s=0.3)
    assert isinstance(answer, Failure)
    assert isinstance(other, Failure)
    assert answer.outcome == other.outcome == told
    assert answer.detail.startswith(why)
    assert {seen.path for seen in web.seen} == {"/robots.txt"}


def test_a_passing_failure_is_asked_again_first(web: Web, get: Get) -> None:
    web.put("/robots.txt", status=503)
    web.put("/robots.txt", FORBID)
    assert outcome(get(page(web.put("/a", "hello")), retries=1)[0]) == "ok"


def test_a_file_behind_redirects(web: Web, get: Get) -> None:
    web.put("/robots.txt", status=301, headers={"Location": "/really/robots.txt"})
    web.put("/really/robots.txt", FORBID)
    assert outcome(get(page(web.put("/private", "hello")))[0]) == "robots"


def test_redirects_without_end_are_no_file(web: Web, get: Get) -> None:
    for number in range(7):
        web.put("/robots.txt" if not number else f"/{number}", status=302, headers={"Location": f"/{number + 1}"})
    assert outcome(get(page(web.put("/a", "hello")))[0]) == "ok"


def test_a_file_that_leads_to_a_private_address_is_not_read(web: Web, get: Get) -> None:
    web.put("/robots.txt", status=302, headers={"Location": "http://169.254.169.254/"})
    assert outcome(get(page(web.put("/a", "hello")))[0]) == "refused_address"


@pytest.mark.parametrize("declared", [True, False])
def test_of_a_long_file_the_beginning_counts(web: Web, get: Get, declared: bool) -> None:  # noqa: FBT001 - a table
    text = FORBID.encode() + b"# filler\n" * 60_000 + b"Disallow: /late\n"
    web.put("/robots.txt", pieces=[text], declares=len(text) if declared else None)
    early, late = get(page(web.put("/private", "hello")), page(web.put("/late", "hello")))
    assert (outcome(early), outcome(late)) == ("robots", "ok")


def test_an_endless_file_is_cut(web: Web, get: Get) -> None:
    web.put("/robots.txt", pieces=itertools.chain([FORBID.encode()], itertools.repeat(b"# filler\n" * 1000)))
    assert outcome(get(page(web.put("/private", "hello")))[0]) == "robots"


def test_a_hundred_pages_ask_once(web: Web, get: Get) -> None:
    web.put("/robots.txt", FORBID, delay_s=0.1)
    answers = get(*[page(web.put(f"/{number}", "hello")) for number in range(100)])
    assert {outcome(answer) for answer in answers} == {"ok"}
    assert web.count("/robots.txt") == 1
    assert web.seen[0].path == "/robots.txt"


def test_each_host_has_its_own(web: Web, get: Get) -> None:
    web.put("/robots.txt", FORBID)
    web.put("/a", "hello")
    names = Names({"one.test": [["127.0.0.1"]], "two.test": [["127.0.0.1"]]})
    urls = [f"http://{host}:{web.port}/a" for host in ("one.test", "two.test", "one.test")]
    get(*map(page, urls), resolve=names)
    asked = [seen.headers["host"] for seen in web.seen if seen.path == "/robots.txt"]
    assert sorted(asked) == [f"one.test:{web.port}", f"two.test:{web.port}"]


def test_each_hop_is_judged(web: Web, get: Get) -> None:
    web.put("/robots.txt", FORBID)
    url = web.put("/a", status=302, headers={"Location": "/private"})
    web.put("/private", "hello")
    (failure,) = get(page(url))
    assert isinstance(failure, Failure)
    assert (failure.outcome, failure.url) == ("robots", f"{web.url}/private")
    assert web.count("/private") == 0


class TestPace:
    def seconds_between(self, web: Web) -> list[float]:
        seen = sorted(web.seen, key=lambda one: one.began)
        return [after.began - before.began for before, after in itertools.pairwise(seen)]

    def test_the_file_itself_is_asked_for_politely(self, web: Web, get: Get) -> None:
        web.put("/robots.txt", FORBID)
        get(page(web.put("/a", "hello")), page(web.put("/b", "hello")), host_delay_s=0.2)
        assert len(web.seen) == 3
        assert min(self.seconds_between(web)) > 0.18

    def test_crawl_delay_is_kept_where_it_is_longer(self, web: Web, get: Get) -> None:
        web.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n")
        get(page(web.put("/a", "hello")), page(web.put("/b", "hello")), host_delay_s=0.1)
        assert self.seconds_between(web)[1] > 0.28

    def test_and_not_where_it_is_shorter(self, web: Web, get: Get) -> None:
        web.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.05\n")
        get(page(web.put("/a", "hello")), page(web.put("/b", "hello")), host_delay_s=0.2)
        assert min(self.seconds_between(web)) > 0.18


@pytest.mark.parametrize(("value", "seconds"), [("99999", 30), ("nan", 0), ("-1", 0), ("soon", 0), ("2", 2)])
def test_a_pace_that_cannot_be_meant(value: str, seconds: float) -> None:
    text = f"User-agent: *\nCrawl-delay: {value}\n".encode()
    read = Response(url="", status=200, body=text, content_type=None, etag=None, last_modified=None)
    assert Robots.of(read).delay_s == seconds
