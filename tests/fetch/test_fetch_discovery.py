"""Finding feeds: what a page names, and over a real server where feeds usually are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from newsledger.fetch import Network
from newsledger.fetch.feeds.discovery import Found, discover, find_feeds
from newsledger.records.config import FetchPolicy
from tests.webserver import Web

FEED = (
    "<rss version='2.0'><channel><title>Harbour</title><language>en</language><item><title>A</title>"
    "<link>https://x.example/1</link><pubDate>Tue, 10 Mar 2026 10:00:00 GMT</pubDate></item></channel></rss>"
)
LINK = "<link rel=alternate type=application/rss+xml href={}>"
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://x.example/{}</loc></url></urlset>'


@pytest.fixture
def look(policy: Callable[..., FetchPolicy], clock: Callable[[], datetime]) -> Callable[[str], tuple[Found, ...]]:
    return lambda url: discover(url, Network(policy=policy(), clock=clock))


@pytest.mark.parametrize(
    ("page", "links"),
    [
        ('<link rel=alternate type="application/rss+xml" href="/f" title=A>', [("https://p.example/f", "feed")]),
        ('<link REL="Alternate" type="Application/Atom+XML; x" href="f">', [("https://p.example/n/f", "feed")]),
        ('<link rel="alternate" type="application/feed+json" href="//q.example/f">', [("https://q.example/f", "json")]),
        ('<base href="https://b.example"><link rel=alternate type=text/xml href=f>', [("https://b.example/f", "feed")]),
        ('<link rel=alternate hreflang=de href="/de"><link rel=stylesheet type=text/xml href=/s>', []),
        (
            LINK.format("/comments/feed") + LINK.format("/feed") + LINK.format("https://p.example/feed#x"),
            [("https://p.example/feed", "feed"), ("https://p.example/comments/feed", "feed")],
        ),
        ('<a href="/rss.xml">RSS</a><a href="/feeding-birds">no</a><a href="feed:https://p.example/a/rss">f</a>',
         [("https://p.example/rss.xml", "feed"), ("https://p.example/a/rss", "feed")]),
        ('<link rel=alternate type="application/rss+xml" href="javascript:x">', []),
        ("", []),
        ("<", []),
    ],
)  # fmt: skip
def test_the_feeds_that_a_page_names(page: str, links: list[tuple[str, str]]) -> None:
    found = find_feeds(page.encode(), url="https://p.example/n/page", content_type="text/html")
    assert [(link.url, link.type) for link in found] == links


def test_a_feed_is_found_at_its_own_address(web: Web, look: Callable[[str], tuple[Found, ...]]) -> None:
    url = web.put("/any", FEED)
    newest = datetime(2026, 3, 10, 10, tzinfo=UTC)
    assert look(url) == (Found(url=url, title="Harbour", items=1, newest=newest, language="en"),)


def test_feeds_that_a_page_names_are_read_and_the_broken_ones_told(
    web: Web, look: Callable[[str], tuple[Found, ...]]
) -> None:
    named = "".join(
        f'<link rel=alternate type="application/rss+xml" href="/{name}">' for name in ("good", "bad", "moved")
    )
    url = web.put("/", f"<html><head>{named}</head></html>", headers={"Content-Type": "text/html"})
    web.put("/good", FEED)
    web.put("/bad", "<html>Sign in</html>")
    web.put("/moved", status=301, headers={"Location": "/good"})
    found = look(url)
    assert [(one.url.removeprefix(web.url), one.problem is None) for one in found] == [
        ("/", False), ("/good", True), ("/bad", False)
    ]  # fmt: skip
    assert web.count("/rss.xml") == 0


def test_the_usual_places_are_tried_last_and_robots_txt_names_news_sitemaps(
    web: Web, look: Callable[[str], tuple[Found, ...]]
) -> None:
    web.put("/", "<html>Nothing</html>")
    web.put("/robots.txt", f"User-agent: *\nSitemap: {web.url}/all.xml\nsitemap: {web.url}/news/index\n")
    web.put("/news/index", MAP.replace("urlset", "sitemapindex").replace("url>", "sitemap>").format("").replace(
        "https://x.example/", web.url + "/news/1"
    ))  # fmt: skip
    web.put("/news/1", MAP.format("1"))
    good = [one for one in look(web.url + "/") if one.problem is None]
    assert [(one.url.removeprefix(web.url), one.type, one.items) for one in good] == [("/news/1", "sitemap", 1)]
    assert web.count("/all.xml") == 0


def test_where_nothing_answers_nothing_more_is_asked(look: Callable[[str], tuple[Found, ...]]) -> None:
    (found,) = look("http://127.0.0.1:9/")
    assert found.problem
    assert found.items == 0
