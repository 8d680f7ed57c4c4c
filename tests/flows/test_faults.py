"""Everything that servers do to a monitor, through a whole run: how each ends, and what was stored."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import repeat
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from flows.config import read_config
from flows.running import run_plainly
from store import run_query
from tests.webserver import hears, listening, packed_zeros, says

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from newsledger.records.config import Config
    from tests.webserver import Web

HTML = {"Content-Type": "text/html; charset=utf-8"}
SAID = "The ferry between the two towns sails again after a winter of repairs, with goats and a piano on board. " * 4
PAGE = f"<html><head><title>Ferry</title></head><body><article><p>{SAID}</p></article></body></html>"
ITEM = "<item><title>An item</title><link>https://news.example/1</link><description>All is said.</description></item>"
CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue"
    "</noscript><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script></body></html>"
)
PORTAL = (
    "<html><head><title>Hotel Wi-Fi</title></head><body><form><p>Please sign in to the hotel's network.</p>"
    "<input type=password></form></body></html>"
)
MEGABYTE = 1_000_000


def rss(items: str) -> str:
    return f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'


def packed(coding: str) -> Mapping[str, Any]:
    return {"body": packed_zeros(coding, 50 * MEGABYTE), "headers": {**HTML, "Content-Encoding": coding}}


# What a server answers, and how a feed ends, and an item without a text of its own.
ANSWERS: Mapping[str, tuple[Mapping[str, Any], str, str]] = {
    "missing": ({"status": 404}, "not_found", "gone"),
    "gone": ({"status": 410}, "gone", "gone"),
    "forbidden": ({"status": 403}, "blocked", "blocked"),
    "challenge-403": ({"status": 403, "headers": {"cf-mitigated": "challenge"}}, "blocked", "blocked"),
    "challenge-200": ({"body": CHALLENGE, "headers": HTML}, "not_a_feed", "blocked"),
    "busy": (
        {"status": 429, "headers": {"Retry-After": "Wed, 01 Jan 2031 00:00:00 GMT"}},
        "rate_limited",
        "deferred",
    ),
    "down": ({"status": 503}, "server_error", "deferred"),
    "teapot": ({"status": 418}, "http_error", "failed"),
    "tiny": ({"body": "eleven byte"}, "not_a_feed", "not_html"),
    "nothing": ({"body": "", "headers": HTML}, "empty", "no_text"),
    "pdf": ({"body": b"%PDF-1.7", "headers": {"Content-Type": "application/pdf"}}, "not_a_feed", "not_html"),
    "endless": ({"pieces": repeat(b"x" * 65536), "headers": HTML}, "too_large", "too_large"),
    "bomb-gzip": (packed("gzip"), "too_large", "too_large"),
    "bomb-br": (packed("br"), "too_large", "too_large"),
    "bomb-zstd": (packed("zstd"), "too_large", "too_large"),
    "short": ({"pieces": [b"<html>"], "declares": 5000, "headers": HTML}, "connection_error", "deferred"),
    "hangs-up": ({"hangs_up": True}, "connection_error", "deferred"),
    "loris": ({"pieces": repeat(b" "), "pause_s": 0.05, "headers": HTML}, "timeout", "deferred"),
    "loop": ({"status": 302, "headers": {"Location": "/loop"}}, "too_many_redirects", "failed"),
    "metadata-service": (
        {"status": 302, "headers": {"Location": "http://169.254.169.254/latest/meta-data/"}},
        "refused_address",
        "failed",
    ),
    "front-page": ({"status": 301, "headers": {"Location": "/"}}, "not_a_feed", "gone"),
    "portal": ({"status": 302, "headers": {"Location": "/login"}}, "not_a_feed", "blocked"),
}


def greets(connection: socket.socket) -> None:
    """Begin a TLS handshake and go away."""
    connection.recv(65536)
    connection.sendall(b"\x16\x03\x03\x00\x7a\x02")


# What only a socket can say.
SCRIPTS: Mapping[str, tuple[Callable[..., None], bool, str, str]] = {
    "silent": (hears, False, "timeout", "deferred"),
    "garbage": (says(b"\x00\x01 no protocol at all\r\n\r\n"), False, "connection_error", "deferred"),
    "half-a-handshake": (greets, True, "tls_error", "deferred"),
}


@pytest.fixture
def sources(web: Web) -> Iterator[Mapping[str, str]]:
    """The addresses of all faults, by name."""
    web.put(
        "/login",
        PORTAL,
        headers=HTML,
    )
    web.put("/", PAGE, headers=HTML)
    with ExitStack() as stack:
        urls = {name: web.put(f"/{name}", **answer) for name, (answer, *_) in ANSWERS.items()}
        # A host that says so is left alone for the run: this one by another name.
        urls["busy"] = f"http://localhost:{web.port}/busy"
        for name, (script, is_tls, *_) in SCRIPTS.items():
            authority = stack.enter_context(listening(script)).authority
            urls[name] = f"http{'s' * is_tls}://{authority}/"
        inner = stack.enter_context(listening(hears))
        urls["inside"] = web.put("/inside", status=302, headers={"Location": f"http://{inner.authority}/"})
        yield urls
        assert inner.accepted == 0, "what is refused is never connected to"


@pytest.fixture
def run(write_config: Callable[..., Path], web: Web) -> Callable[..., Config]:
    def work(*feeds: tuple[str, str], allowed: tuple[str, ...] = ()) -> Config:
        path = write_config(*feeds)
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        raw["fetch"] |= {
            "allow_addresses": [web.authority, "localhost", *allowed],
            "total_timeout_s": 1,
            "read_timeout_s": 1,
            "max_feed_bytes": MEGABYTE,
            "max_page_bytes": MEGABYTE,
        }
        path.write_text(yaml.safe_dump(raw), encoding="utf-8")
        config = read_config(path)
        run_plainly(config, ["monitor"])
        return config

    return work


def rows(config: Config, query: str) -> list[tuple[Any, ...]]:
    return list(run_query(config.paths.published, query, 30).rows)


def authorities(sources: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sources[name].split("/")[2] for name in SCRIPTS)


def test_a_feed_that_fails_is_a_row_with_a_name(
    run: Callable[..., Config], sources: Mapping[str, str], web: Web
) -> None:
    good = web.put("/good", rss(ITEM))
    config = run(("good", good), *sources.items(), allowed=authorities(sources))
    expected = {name: feed for name, (_, feed, _) in ANSWERS.items()}
    expected |= {name: feed for name, (_, _, feed, _) in SCRIPTS.items()} | {"inside": "refused_address", "good": "ok"}
    assert dict(rows(config, "SELECT feed_id, outcome FROM polls")) == expected
    assert rows(config, "SELECT DISTINCT source_id FROM articles") == [("good",)]
    assert rows(config, "SELECT sum(items_seen), count(*) FROM polls WHERE outcome <> 'ok'") == [(0, len(expected) - 1)]
    waits = rows(config, "SELECT feed_id FROM feeds WHERE retry_at > polled_at ORDER BY feed_id")
    assert waits == [("busy",)]


def test_an_item_whose_page_fails_is_accounted_for(
    run: Callable[..., Config], sources: Mapping[str, str], web: Web
) -> None:
    web.put("/good", PAGE, headers=HTML)
    web.put(
        "/latin",
        PAGE.replace("piano", "pian\u00f4").encode("latin-1"),
        headers={"Content-Type": "text/html; charset=utf-8"},
    )
    web.put("/robots.txt", "User-agent: *\nDisallow: /private\n", headers={"Content-Type": "text/plain"})
    web.put("/private", PAGE, headers=HTML)
    urls = {**sources, **{name: f"{web.url}/{name}" for name in ("good", "latin", "private")}}
    listed = "".join(f"<item><title>{name}</title><link>{url}</link></item>" for name, url in urls.items())
    config = run(("paper", web.put("/feed", rss(listed))), allowed=authorities(sources))
    expected = {name: item for name, (_, _, item) in ANSWERS.items()}
    expected |= {name: item for name, (_, _, _, item) in SCRIPTS.items()}
    expected |= {"inside": "failed", "private": "robots", "good": "stored", "latin": "stored"}
    assert dict(rows(config, "SELECT title, disposition FROM items")) == expected
    assert rows(config, "SELECT title, text_from FROM articles ORDER BY title") == [("good", "page"), ("latin", "page")]
    assert rows(config, "SELECT count(*) FROM article_text WHERE text LIKE '%pian\u00f4%'") == [(1,)]
    assert rows(config, "SELECT count(*) FROM items WHERE disposition <> 'stored' AND detail IS NULL") == [(0,)]
    ledger = "SELECT sum(items) = any_value(items_seen) FROM item_ledger JOIN polls USING (run_id, feed_id)"
    assert rows(config, ledger) == [(True,)]


def test_an_item_with_a_text_of_its_own_is_stored_whatever_its_page_does(
    run: Callable[..., Config], sources: Mapping[str, str], web: Web
) -> None:
    listed = "".join(
        f"<item><title>{name}</title><link>{url}</link><description>{SAID}</description></item>"
        for name, url in sources.items()
    )
    config = run(("paper", web.put("/feed", rss(listed))), allowed=authorities(sources))
    stored = dict(rows(config, "SELECT title, text_from FROM articles"))
    assert stored == dict.fromkeys(sources, "feed")
    codes = rows(config, "SELECT count(*) FROM articles ANTI JOIN issues USING (article_id, revision)")
    assert codes == [(0,)], "each says why its page is not used"
