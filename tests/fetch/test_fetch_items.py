"""From entries to articles: the page first, the feed's own text as the last resort, a reason where there is neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from newsledger.fetch import Archive, Network, fetch_articles
from newsledger.records.article import Article, Issue
from newsledger.records.feeds import Errand, FeedEntry, FetchedItem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from newsledger.records.config import Feed, FetchPolicy
    from tests.webserver import SharedSite, Web

    Fetch = Callable[..., tuple[FetchedItem, ...]]

SAID = "The ferry between the two towns sails again after a winter of repairs, with goats and a piano on board."
PAGE = f"""<html lang=en><head><title>On the page</title></head>
<body><article><p>{SAID}</p><p>{SAID[::-1]}</p></article></body></html>"""
HTML = {"Content-Type": "text/html; charset=utf-8"}


def entry(url: str | None, **changes: object) -> FeedEntry:
    usual: dict[str, object] = {
        "feed_id": "wire",
        "article_id": f"id of {url}",
        "url": url,
        "title": "In the feed",
        "published": datetime(2026, 3, 9, 18, tzinfo=UTC),
        "modified": None,
        "authors": (),
        "language": "en",
        "body_html": "<p>The feed&#39;s own <b>words</b>.</p>",
    }
    return FeedEntry(**(usual | changes))  # type: ignore[arg-type]


def errand(one: FeedEntry, now: datetime, **changes: object) -> Errand:
    return Errand(entry=one, **({"first_seen": now, "due_at": now} | changes))  # type: ignore[arg-type]


@pytest.fixture
def fetch(
    feed: Callable[..., Feed], policy: Callable[..., FetchPolicy], clock: Callable[[], datetime], now: datetime
) -> Callable[..., tuple[FetchedItem, ...]]:
    def work(
        *wanted: FeedEntry | Errand, deadline: datetime | None = None, archive: Archive | None = None, **changes: object
    ) -> tuple[FetchedItem, ...]:
        errands = [one if isinstance(one, Errand) else errand(one, now) for one in wanted]
        network = Network(policy=policy(**changes), clock=clock, archive=archive)
        return fetch_articles(errands, [feed("https://wire.example/feed")], network, deadline)

    return work


def article_of(items: tuple[FetchedItem, ...]) -> Article:
    (item,) = items
    assert item.article is not None, item
    return item.article


def test_the_page_is_the_article(web: Web, fetch: Fetch, now: datetime) -> None:
    url = web.put("/a?utm_source=rss&id=7", PAGE, headers=HTML)
    listed = entry(url, authors=("A. Brook",), modified=now)
    assert replace(article_of(fetch(listed)), origins=()) == Article(
        article_id=listed.article_id,
        text=f"{SAID}\n{SAID[::-1]}",
        url=f"{web.url}/a?id=7",
        title="In the feed",
        source="wire",
        authors=("A. Brook",),
        language="en",
        published=listed.published,
        published_from="feed",
        modified=now,
        fetched=now,
        origin="feed",
        text_from="page",
    )


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"status": 403}, "page_blocked"),
        ({"status": 404}, "page_not_found"),
        ({"status": 500}, "page_server_error"),
        ({"hangs_up": True}, "page_connection_error"),
        ({"body": b"%PDF", "headers": {"Content-Type": "application/pdf"}}, "page_not_html"),
        ({"body": b"x" * 2_000_000}, "page_too_large"),
        ({"body": b"", "headers": HTML}, "page_empty"),
        ({"body": b"<html><body></body></html>", "headers": HTML}, "page_no_text"),
    ],
)
def test_the_feeds_own_text_stands_in(web: Web, fetch: Fetch, now: datetime, how: dict[str, object], code: str) -> None:
    article = article_of(fetch(entry(web.put("/a?utm_source=rss", **how))))
    assert (article.text, article.text_from, article.title) == ("The feed's own words.", "feed", "In the feed")
    assert (article.url, article.published_from, article.fetched) == (f"{web.url}/a", "feed", now)
    assert [issue.code for issue in article.issues] == [code]
    assert article.issues[0].detail


@pytest.mark.parametrize(
    ("how", "dropped"),
    [
        ({"status": 403}, "blocked"),
        ({"status": 404}, "gone"),
        ({"status": 410}, "gone"),
        ({"status": 418}, "failed"),
        ({"status": 503}, "deferred"),
        ({"hangs_up": True}, "deferred"),
        ({"body": b"x"}, "not_html"),
        ({"body": b"", "headers": HTML}, "no_text"),
        ({"body": b"<html><body></body></html>", "headers": HTML}, "no_text"),
    ],
)
@pytest.mark.parametrize("body_html", [None, "", "<p> </p>", "<img src='a.png'>"])
def test_without_any_text_there_is_a_reason(
    web: Web, fetch: Fetch, how: dict[str, object], dropped: str, body_html: str | None
) -> None:
    (item,) = fetch(entry(web.put("/a", **how), body_html=body_html))
    assert (item.article, item.dropped) == (None, dropped)
    assert item.detail
    assert item.detail.startswith("page_")


def test_an_entry_without_a_link_has_its_own_text(web: Web, fetch: Fetch) -> None:
    article = article_of(fetch(entry(None)))
    assert (article.text, article.url) == ("The feed's own words.", None)
    assert article.issues == (Issue(code="no_link", detail="the feed gives no address"),)
    assert web.seen == []
    assert [item.dropped for item in fetch(entry(None, body_html=None))] == ["no_link"]


def test_a_page_far_shorter_than_the_feeds_text_is_not_the_article(web: Web, fetch: Fetch) -> None:
    own = f"<p>{SAID}</p>" * 5
    wall = "<html><body><p>Please accept our cookies to read on, or leave us for good.</p></body></html>"
    article = article_of(fetch(entry(web.put("/a", wall, headers=HTML), body_html=own)))
    assert (article.text, article.text_from) == ("\n".join([SAID] * 5), "feed")
    assert [issue.code for issue in article.issues] == ["page_short"]


def test_the_text_of_the_page_is_kept_when_it_is_somewhat_shorter(web: Web, fetch: Fetch) -> None:
    own = f"<p>{SAID}</p><p>{SAID[::-1]}</p><p>The post appeared first in the paper.</p>"
    assert article_of(fetch(entry(web.put("/a", PAGE, headers=HTML), body_html=own))).text_from == "page"


class TestDates:
    DATED = PAGE.replace("<head>", "<head><meta property='article:published_time' content='2026-03-08T10:00:00Z'>")

    def read(self, web: Web, fetch: Fetch, page: str, published: datetime | None) -> Article:
        return article_of(fetch(entry(web.put("/a", page, headers=HTML), published=published)))

    def test_the_page_where_the_feed_has_none(self, web: Web, fetch: Fetch) -> None:
        article = self.read(web, fetch, self.DATED, None)
        assert (article.published, article.published_from) == (datetime(2026, 3, 8, 10, tzinfo=UTC), "html")
        assert article.issues == ()

    def test_the_clock_where_nobody_has_one(self, web: Web, fetch: Fetch, now: datetime) -> None:
        article = self.read(web, fetch, PAGE, None)
        assert (article.published, article.published_from) == (now, "fetched")

    def test_a_day_ahead_is_let_pass(self, web: Web, fetch: Fetch, now: datetime) -> None:
        article = self.read(web, fetch, PAGE, now + timedelta(days=1))
        assert (article.published, article.published_from) == (now + timedelta(days=1), "feed")

    @pytest.mark.parametrize(
        ("claimed", "code"),
        [(datetime(2027, 3, 9, tzinfo=UTC), "future_date"), (datetime(1970, 1, 1, tzinfo=UTC), "implausible_date")],
    )
    def test_what_can_not_be_is_not_believed(self, web: Web, fetch: Fetch, claimed: datetime, code: str) -> None:
        article = self.read(web, fetch, self.DATED, claimed)
        assert (article.published, article.published_from) == (datetime(2026, 3, 8, 10, tzinfo=UTC), "html")
        assert [issue.code for issue in article.issues] == [code]
        assert claimed.isoformat() in article.issues[0].detail

    def test_a_page_from_the_future_is_not_believed_either(self, web: Web, fetch: Fetch, now: datetime) -> None:
        article = self.read(web, fetch, self.DATED.replace("2026-03-08", "2097-03-08"), None)
        assert (article.published, article.published_from) == (now, "fetched")
        assert [issue.code for issue in article.issues] == ["future_date"]


@pytest.mark.parametrize(
    ("page_says", "feed_says", "language"),
    [("en-GB", None, "en"), ("de", "en", None), ("", "en", "en"), ("", None, None), ("ru", "ru", None)],
)
def test_a_language_is_declared_where_two_agree(
    web: Web, fetch: Fetch, page_says: str, feed_says: str | None, language: str | None
) -> None:
    url = web.put("/a", PAGE.replace("lang=en", f'lang="{page_says}"'), headers=HTML)
    assert article_of(fetch(entry(url, language=feed_says))).language == language


class TestTroubleThatPasses:
    """A page that may answer another day."""

    @pytest.mark.parametrize("fate", [(503, "deferred", "failed"), (404, "gone", "gone")])
    def test_it_is_tried_for_a_day_and_a_half(
        self, web: Web, fetch: Fetch, now: datetime, fate: tuple[int, str, str]
    ) -> None:
        status, meanwhile, in_the_end = fate
        one = entry(web.put("/a", status=status), body_html=None)
        outcomes = []
        for tries in range(5):
            (item,) = fetch(errand(one, now, tries=tries))
            outcomes.append((item.dropped, item.tries, item.due_at and (item.due_at - now) / timedelta(hours=1)))
        assert outcomes == [*((meanwhile, n, hours) for n, hours in enumerate((0, 2, 8, 24), 1)), (in_the_end, 4, None)]

    def test_the_feeds_text_is_told_at_once_and_the_page_still_owed(
        self, web: Web, fetch: Fetch, now: datetime
    ) -> None:
        (item,) = fetch(entry(web.put("/a", status=503)))
        assert item.article is not None
        assert (item.article.text_from, item.tries, item.due_at) == ("feed", 1, now)
        (last,) = fetch(errand(item.entry, now, tries=4))
        assert last.article is not None
        assert last.due_at is None

    def test_who_was_not_asked_has_not_failed(self, web: Web, fetch: Fetch, now: datetime) -> None:
        first = entry(web.put("/a", status=429, headers={"Retry-After": "3600"}), body_html=None)
        second = entry(web.put("/b", PAGE, headers=HTML), body_html=None)
        asked, unasked = fetch(first, second, robots="none")
        assert (asked.dropped, asked.tries, asked.due_at) == ("deferred", 1, now + timedelta(hours=1))
        assert (unasked.dropped, unasked.tries, web.count("/b")) == ("deferred", 0, 0)
        long_ago = errand(second, now - timedelta(days=8))
        assert [item.dropped for item in fetch(first, long_ago, robots="none")] == ["deferred", "failed"]

    def test_the_time_that_a_server_names_is_kept(self, web: Web, fetch: Fetch, now: datetime) -> None:
        (item,) = fetch(entry(web.put("/a", status=429, headers={"Retry-After": "3600"}), body_html=None))
        assert (item.dropped, item.due_at) == ("deferred", now + timedelta(hours=1))


class TestRechecks:
    """The page of an article that is stored."""

    def test_an_article_is_asked_for_again_hours_later(self, web: Web, fetch: Fetch, now: datetime) -> None:
        url = web.put("/a", PAGE, headers={**HTML, "ETag": '"1"', "Last-Modified": "then"})
        (item,) = fetch(entry(url), recheck_hours=(2, 24))
        assert item.due_at == now + timedelta(hours=2)
        assert item.answer is not None
        assert (item.answer.etag, item.answer.last_modified, item.answer.url) == ('"1"', "then", url)
        (later,) = fetch(errand(item.entry, now - timedelta(hours=3), is_recheck=True), recheck_hours=(2, 24))
        assert later.due_at == now + timedelta(hours=21)
        (last,) = fetch(errand(item.entry, now - timedelta(hours=30), is_recheck=True), recheck_hours=(2, 24))
        assert last.due_at is None

    def test_a_page_that_has_not_changed_costs_no_body(self, web: Web, fetch: Fetch, now: datetime) -> None:
        one = errand(entry(web.put("/a", status=304)), now, is_recheck=True, etag='"1"', last_modified="then")
        (item,) = fetch(one)
        assert (item.dropped, item.detail) == ("known", "the page has not changed")
        (asked,) = (seen for seen in web.seen if seen.path == "/a")
        assert (asked.headers["if-none-match"], asked.headers["if-modified-since"]) == ('"1"', "then")

    @pytest.mark.parametrize("status", [404, 403, 503, 418])
    def test_a_page_that_fails_takes_nothing_away(self, web: Web, fetch: Fetch, now: datetime, status: int) -> None:
        url = web.put("/a", status=status)
        (item,) = fetch(errand(entry(url, body_html=None), now - timedelta(days=2), is_recheck=True))
        assert item.dropped == "known"
        assert item.detail
        assert item.detail.startswith("page_")

    def test_a_change_of_the_feeds_own_text_is_seen_where_the_page_fails(
        self, web: Web, fetch: Fetch, now: datetime
    ) -> None:
        one = entry(web.put("/a", status=403), body_html="<p>Corrected words.</p>")
        article = article_of(fetch(errand(one, now, is_recheck=True)))
        assert (article.text, article.text_from) == ("Corrected words.", "feed")

    def test_a_teaser_does_not_take_the_place_of_the_article(self, web: Web, fetch: Fetch, now: datetime) -> None:
        mark = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
        wall = f"<html><head>{mark}</head><body><article><p>{SAID[:60]}...</p></article></body></html>"
        one = errand(entry(web.put("/a", wall, headers=HTML), body_html=None), now)
        assert article_of(fetch(one)).text_from == "page", "better than nothing"
        (item,) = fetch(replace(one, is_recheck=True))
        assert (item.dropped, item.detail) == ("known", "page_paywalled: only a teaser could be read")


class TestArchive:
    """Raw answers are kept, and a run that was cut off does not ask twice."""

    def test_the_body_is_kept_as_it_came(self, web: Web, fetch: Fetch, tmp_path: Path) -> None:
        archive = Archive(tmp_path)
        (item,) = fetch(entry(web.put("/a", PAGE, headers=HTML)), archive=archive)
        assert item.answer is not None
        assert item.answer.body_sha256 is not None
        assert archive.get(item.answer.body_sha256) == PAGE.encode()

    def test_what_a_killed_run_fetched_is_not_asked_for_again(self, web: Web, fetch: Fetch, tmp_path: Path) -> None:
        archive = Archive(tmp_path)
        one = entry(web.put("/a", PAGE, headers=HTML))
        (item,) = fetch(one, archive=archive)
        (again,) = fetch(one, archive=archive)
        assert (again.article, again.answer) == (item.article, item.answer)
        assert web.count("/a") == 1
        archive.forget()
        fetch(one, archive=archive)
        assert web.count("/a") == 2

    def test_a_recheck_asks_whatever_the_journal_says(
        self, web: Web, fetch: Fetch, now: datetime, tmp_path: Path
    ) -> None:
        archive = Archive(tmp_path)
        one = entry(web.put("/a", PAGE, headers=HTML))
        fetch(one, archive=archive)
        fetch(errand(one, now, is_recheck=True), archive=archive)
        assert web.count("/a") == 2

    @pytest.mark.parametrize("cut", ["", "{", '{"article_id": "x"}', "[]", "null", '{"article_id": 1, "url"'])
    def test_a_journal_that_was_cut_off_does_no_harm(self, web: Web, fetch: Fetch, tmp_path: Path, cut: str) -> None:
        archive = Archive(tmp_path)
        one = entry(web.put("/a", PAGE, headers=HTML))
        fetch(one, archive=archive)
        with (tmp_path / "journal.jsonl").open("a", encoding="utf-8") as journal:
            journal.write(f"\n{cut}")
        fetch(one, archive=archive)
        assert web.count("/a") == 1


class TestRobots:
    """What robots.txt says of pages."""

    def test_a_page_that_is_not_allowed_is_not_asked_for(self, web: Web, fetch: Fetch) -> None:
        web.put("/robots.txt", "User-agent: *\nDisallow: /a", headers={"Content-Type": "text/plain"})
        page = web.put("/a", PAGE, headers=HTML)
        assert [item.dropped for item in fetch(entry(page, body_html=None))] == ["robots"]
        assert [issue.code for issue in article_of(fetch(entry(page))).issues] == ["page_robots"]
        assert web.count("/a") == 0

    def test_it_can_be_left_unasked(self, web: Web, fetch: Fetch) -> None:
        web.put("/robots.txt", "User-agent: *\nDisallow: /a", headers={"Content-Type": "text/plain"})
        assert article_of(fetch(entry(web.put("/a", PAGE, headers=HTML)), robots="none")).text_from == "page"

    def test_one_that_can_not_be_read_is_a_trouble_that_may_pass(self, web: Web, fetch: Fetch) -> None:
        web.put("/robots.txt", status=503)
        (item,) = fetch(entry(web.put("/a", PAGE, headers=HTML), body_html=None))
        assert (item.dropped, web.count("/a")) == ("deferred", 0)


class TestRuns:
    def test_what_is_not_begun_by_the_deadline_is_deferred(
        self, web: Web, feed: Callable[..., Feed], policy: Callable[..., FetchPolicy], now: datetime
    ) -> None:
        ticks = [now + timedelta(seconds=second) for second in range(100)]
        entries = [entry(web.put(f"/{number}", PAGE, headers=HTML)) for number in range(5)]
        network = Network(policy=policy(robots="none"), clock=lambda: ticks.pop(0))
        errands = [errand(one, now) for one in entries]
        items = fetch_articles(errands, [feed(web.url)], network, deadline=now + timedelta(seconds=4))
        assert [item.entry for item in items] == entries
        fetched = [item.article is not None for item in items]
        assert fetched == sorted(fetched, reverse=True)
        assert 0 < sum(fetched) < 5
        assert {item.dropped for item in items if not item.article} == {"deferred"}
        assert len(web.seen) == sum(fetched)

    def test_hosts_side_by_side_and_each_in_order(self, web: Web, fetch: Fetch) -> None:
        for number in range(3):
            web.put(f"/{number}", PAGE, headers=HTML, delay_s=0.2)
        hosts = (web.url, f"http://localhost:{web.port}")
        items = fetch(
            *(entry(f"{host}/{number}") for number in range(3) for host in hosts),
            host_delay_s=0.1,
            robots="none",
            allow_addresses=("127.0.0.1", "localhost"),
        )
        assert all(item.article for item in items)
        for host in ("127.0.0.1", "localhost"):
            seen = sorted((one for one in web.seen if host in one.headers["host"]), key=lambda one: one.began)
            assert [one.path for one in seen] == ["/0", "/1", "/2"]
            assert all(after.began - before.began > 0.28 for before, after in pairwise(seen))
        firsts = [one for one in web.seen if one.path == "/0"]
        assert max(one.began for one in firsts) < min(one.ended for one in firsts)

    def test_each_is_told_as_it_is_done(
        self, web: Web, feed: Callable[..., Feed], policy: Callable[..., FetchPolicy], clock: Callable[[], datetime]
    ) -> None:
        told: list[FetchedItem] = []
        entries = [entry(web.put("/a", PAGE, headers=HTML)), entry(None)]
        errands = [errand(one, clock()) for one in entries]
        network = Network(policy=policy(), clock=clock)
        items = fetch_articles(errands, [feed(web.url)], network, on_item=told.append)
        assert sorted(map(id, told)) == sorted(map(id, items))

    def test_nothing_to_do(self, fetch: Fetch) -> None:
        assert fetch() == ()


@pytest.mark.needs_shared
def test_the_real_pages_over_http(shared_site: SharedSite, fetch: Fetch) -> None:
    limits = {"allow_addresses": (shared_site.web.authority,), "max_page_bytes": 5_000_000, "total_timeout_s": 60}
    items = fetch(*(entry(url, published=None, body_html=None) for url in shared_site.pages.values()), **limits)
    articles = [item.article for item in items if item.article]
    assert len(articles) == 28
    assert {article.text_from for article in articles} == {"page"}
    assert sum(article.published_from == "html" for article in articles) >= 20
