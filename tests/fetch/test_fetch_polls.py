"""Polling: what a feed costs, what is remembered of it, and how each trouble is told."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from newsledger.fetch import Network, poll_feeds
from newsledger.records.feeds import FeedPoll, FeedState
from tests.fetch.watching import Watch, make_watch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsledger.records.config import Feed, FetchPolicy
    from tests.webserver import SharedSite, Web

    Poll = Callable[..., FeedPoll]

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
RSS = """<rss version="2.0"><channel><title>Wire</title><item><title>One</title>
<link>https://wire.example/1</link><pubDate>Tue, 10 Mar 2026 10:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture
def poll(
    feed: Callable[..., Feed], policy: Callable[..., FetchPolicy], clock: Callable[[], datetime]
) -> Callable[..., FeedPoll]:
    """Poll one address, with what is remembered of it."""

    def ask(url: str, state: FeedState | None = None, **changes: object) -> FeedPoll:
        network = Network(policy=policy(**changes), clock=clock)
        (answer,) = poll_feeds([feed(url)], {"wire": state} if state else {}, network)
        return answer

    return ask


def test_a_first_poll(web: Web, poll: Poll) -> None:
    answer = poll(web.put("/feed", RSS, headers={"ETag": '"1"', "Last-Modified": "then"}))
    assert (answer.outcome, answer.http_status, answer.size_bytes) == ("ok", 200, len(RSS))
    assert [entry.url for entry in answer.entries] == ["https://wire.example/1"]
    state = answer.state
    assert (state.etag, state.last_modified, state.failures) == ('"1"', "then", 0)
    assert state.polled_at == state.succeeded_at == answer.polled_at == NOW
    assert state.newest_item_at == NOW.replace(hour=10)
    assert state.body_sha256 is not None


def sitemap(*pages: str) -> str:
    listed = "".join(f"<url><loc>{page}</loc></url>" for page in pages)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'


def sitemap_index(web: Web, dated: Mapping[str, str | None]) -> str:
    listed = "".join(
        f"<sitemap><loc>{web.url}{path}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</sitemap>"
        for path, date in dated.items()
    )
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'


def test_an_index_of_sitemaps_stands_for_the_one_that_changed_last(
    web: Web, feed: Callable[..., Feed], policy: Callable[..., FetchPolicy], clock: Callable[[], datetime]
) -> None:
    index = sitemap_index(web, {"/old.xml": "2026-03-08", "/new.xml": "2026-03-10T09:00:00Z", "/undated.xml": None})
    watched = feed(web.put("/index.xml", index, headers={"ETag": '"index"'}), type="sitemap")
    web.put("/new.xml", sitemap("https://wire.example/1"), headers={"ETag": '"new"'})
    web.put("/new.xml", status=304)
    network = Network(policy=policy(), clock=clock)
    (first,) = poll_feeds([watched], {}, network)
    assert ([entry.url for entry in first.entries], first.state.etag) == (["https://wire.example/1"], '"new"')
    (second,) = poll_feeds([watched], {"wire": first.state}, network)
    assert second.outcome == "not_modified"
    asked = [(one.path, one.headers.get("if-none-match")) for one in web.seen]
    assert asked == [("/index.xml", None), ("/new.xml", None), ("/index.xml", None), ("/new.xml", '"new"')]


@pytest.fixture
def sitemaps(web: Web, policy: Callable[..., FetchPolicy], feed: Callable[..., Feed]) -> Watch:
    return make_watch(web, policy, feed, type="sitemap")


def test_the_validators_of_a_sitemap_are_sent_to_no_other(web: Web, sitemaps: Watch) -> None:
    march = {"/march.xml": "2026-03-31"}
    for dated in (march, march | {"/april.xml": "2026-04-01"}, march):
        sitemaps.says(sitemap_index(web, dated))
    pages = [f"https://wire.example/{number}" for number in range(99)]
    sitemaps.says(sitemap(*pages), path="/march.xml", headers={"ETag": '"1"', "Last-Modified": "then"})
    sitemaps.says(sitemap("https://wire.example/april"), path="/april.xml")
    seen = [(len(sitemaps.poll(hours).entries), sitemaps.state.etag, sitemaps.codes()) for hours in range(3)]
    assert seen == [(99, '"1"', {"undated"}), (1, None, {"undated"}), (99, '"1"', {"undated"})]
    assert not any("if-none-match" in one.headers or "if-modified-since" in one.headers for one in web.seen)


def test_what_fails_of_one_sitemap_keeps_the_validators_of_the_other(web: Web, sitemaps: Watch) -> None:
    march = {"/march.xml": "2026-03-31"}
    for dated in (march, march | {"/april.xml": "2026-04-01"}, march):
        sitemaps.says(sitemap_index(web, dated))
    sitemaps.says(sitemap("https://wire.example/march"), path="/march.xml", headers={"ETag": '"1"'})
    sitemaps.says(path="/march.xml", status=304)
    sitemaps.says("Sign in", path="/april.xml", headers={"ETag": '"portal"'})
    assert [sitemaps.poll(hours).outcome for hours in range(3)] == ["ok", "not_a_feed", "not_modified"]
    assert web.seen[-1].headers["if-none-match"] == '"1"'


def test_a_plain_sitemap_is_asked_conditionally_until_it_becomes_an_index(web: Web, sitemaps: Watch) -> None:
    sitemaps.says(sitemap("https://wire.example/1"), headers={"ETag": '"1"'})
    sitemaps.says(status=304)
    sitemaps.says(sitemap_index(web, {"/a.xml": None}), headers={"ETag": '"index"'})
    sitemaps.says(sitemap("https://wire.example/2"), path="/a.xml", headers={"ETag": '"a"'})
    assert [sitemaps.poll(hours).outcome for hours in range(4)] == ["ok", "not_modified", "ok", "not_modified"]
    asked = [(one.path, one.headers.get("if-none-match")) for one in web.seen]
    plain, index, part = ("/feed", '"1"'), ("/feed", None), "/a.xml"
    assert asked == [index, plain, plain, (part, None), index, (part, '"a"')]


@pytest.mark.parametrize("moved", ["/feed", "/a.xml"])
def test_an_index_is_asked_again_whatever_moves(web: Web, sitemaps: Watch, moved: str) -> None:
    sitemaps.says(path=moved, status=301, headers={"Location": "/moved"})
    sitemaps.says(sitemap_index(web, {"/a.xml": None}), path="/moved" if moved == "/feed" else "/feed")
    sitemaps.says(sitemap("https://wire.example/1"), path="/moved" if moved == "/a.xml" else "/a.xml")
    for day in range(5):
        sitemaps.poll(24 * day)
    assert (sitemaps.state.adopted_url, sitemaps.state.redirect_url, sitemaps.state.items) == (None, None, 1)
    assert (web.count("/feed"), web.count("/a.xml")) == (5, 5)


def test_an_unchanged_feed_costs_no_body(web: Web, poll: Poll) -> None:
    url = web.put("/feed", RSS, headers={"ETag": '"1"', "Last-Modified": "then"})
    web.put("/feed", status=304, headers={"Last-Modified": "later"})
    first = poll(url)
    second = poll(url, first.state)
    assert (second.outcome, second.size_bytes, second.entries) == ("not_modified", 0, ())
    assert (second.state.etag, second.state.last_modified) == ('"1"', "later")
    assert second.state.newest_item_at == first.state.newest_item_at
    assert web.seen[1].headers["if-none-match"] == '"1"'


@pytest.mark.parametrize(
    ("body", "status", "outcome"),
    [
        ("", 200, "empty"),
        ("OK, or not?", 200, "not_a_feed"),
        ("<html><body>Maintenance</body></html>", 200, "not_a_feed"),
        ("gone", 410, "gone"),
        ("busy", 503, "server_error"),
    ],
)
def test_trouble_keeps_what_was_known(web: Web, poll: Poll, body: str, status: int, outcome: str) -> None:
    then = NOW - timedelta(days=1)
    known = FeedState(
        feed_id="wire", etag='"1"', last_modified="then", succeeded_at=then, newest_item_at=then, failures=2
    )
    answer = poll(web.put("/feed", body, status=status, headers={"ETag": '"portal"'}), known)
    assert answer.outcome == answer.state.outcome == outcome
    assert answer.detail == answer.state.detail is not None
    assert answer.http_status == status
    assert answer.entries == ()
    assert (answer.state.etag, answer.state.last_modified, answer.state.newest_item_at) == ('"1"', "then", then)
    assert (answer.state.succeeded_at, answer.state.polled_at, answer.state.failures) == (then, NOW, 3)


def test_success_ends_a_streak_of_failures(web: Web, poll: Poll) -> None:
    known = FeedState(feed_id="wire", failures=7, outcome="timeout", detail="no answer")
    state = poll(web.put("/feed", RSS), known).state
    assert (state.failures, state.outcome, state.detail) == (0, "ok", None)


def test_a_feed_that_lists_nothing_is_no_failure(web: Web, poll: Poll) -> None:
    answer = poll(web.put("/feed", '<rss version="2.0"><channel></channel></rss>'))
    assert (answer.outcome, answer.entries) == ("ok", ())


def test_a_server_is_not_asked_before_it_said(web: Web, poll: Poll) -> None:
    url = web.put("/feed", status=429, headers={"Retry-After": "7200"})
    first = poll(url)
    assert first.outcome == "rate_limited"
    assert first.state.retry_at == NOW + timedelta(hours=2)
    second = poll(url, first.state)
    assert (second.outcome, second.state) == ("not_due", first.state)
    assert second.detail == "not asked before 2026-03-10 14:00 UTC: its server named that time"
    assert web.count("/feed") == 1
    past = replace(first.state, retry_at=NOW)
    assert poll(url, past).outcome == "rate_limited"
    assert poll(web.put("/other", RSS), first.state).outcome == "ok"


def test_links_are_resolved_where_the_redirects_end(web: Web, poll: Poll) -> None:
    web.put("/news/feed", '<rss version="2.0"><channel><item><title>A</title><link>a</link></item></channel></rss>')
    answer = poll(web.put("/feed", status=301, headers={"Location": "/news/feed"}))
    assert [entry.url for entry in answer.entries] == [f"{web.url}/news/a"]


def test_the_cap_for_feeds_is_their_own(web: Web, poll: Poll) -> None:
    url = web.put("/feed", RSS)
    assert poll(url, max_feed_bytes=100).outcome == "too_large"
    assert poll(url, max_page_bytes=100).outcome == "ok"


def test_a_date_in_the_future_is_not_the_newest(web: Web, poll: Poll) -> None:
    answer = poll(web.put("/feed", RSS.replace("2026", "2031")))
    assert answer.entries[0].published == NOW.replace(year=2031, hour=10)
    assert answer.state.newest_item_at is None


def test_many_feeds_in_order_without_the_disabled(
    web: Web, feed: Callable[..., Feed], policy: Callable[..., FetchPolicy], clock: Callable[[], datetime]
) -> None:
    feeds = [
        feed(web.put("/slow", RSS, delay_s=0.3), id="slow"),
        feed("http://nothing.invalid/feed", id="dead"),
        feed(web.put("/off", RSS), id="off", enabled=False, note="2026-03-01: off"),
        feed(web.put("/fast", RSS), id="fast"),
    ]
    told: list[str] = []
    polls = poll_feeds(feeds, {}, Network(policy=policy(), clock=clock), on_poll=lambda poll: told.append(poll.feed.id))
    assert [(poll.feed.id, poll.outcome) for poll in polls] == [("slow", "ok"), ("dead", "dns_error"), ("fast", "ok")]
    assert sorted(told) == ["dead", "fast", "slow"]
    assert told[0] == "dead"
    assert web.count("/off") == 0


def test_it_can_be_called_from_within_an_event_loop(web: Web, poll: Poll) -> None:
    url = web.put("/feed", RSS)

    async def within() -> FeedPoll:
        return poll(url)

    assert asyncio.run(within()).outcome == "ok"


def test_it_can_be_called_from_a_thread(web: Web, poll: Poll) -> None:
    url = web.put("/feed", RSS)
    answers: list[FeedPoll] = []
    thread = threading.Thread(target=lambda: answers.append(poll(url)))
    thread.start()
    thread.join()
    assert answers[0].outcome == "ok"


def test_what_a_callback_raises_is_raised(
    web: Web, feed: Callable[..., Feed], policy: Callable[..., FetchPolicy], clock: Callable[[], datetime]
) -> None:
    def complain(_: FeedPoll) -> None:
        message = "no space left"
        raise OSError(message)

    with pytest.raises(OSError, match="no space left"):
        poll_feeds([feed(web.put("/feed", RSS))], {}, Network(policy=policy(), clock=clock), on_poll=complain)


def test_a_feed_whose_turn_comes_after_the_deadline_is_left_as_it_is(
    web: Web, feed: Callable[..., Feed], policy: Callable[..., FetchPolicy]
) -> None:
    hosts = {"a1": "a.example", "b": "b.example", "a2": "a.example", "c": "c.example"}
    feeds = [feed(f"http://{host}:{web.port}/feed", id=name) for name, host in hosts.items()]
    web.put("/feed", RSS)
    looked_up: list[str] = []

    async def resolve(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    # An hour goes by with each host.
    network = Network(
        policy=policy(concurrency=1, allow_addresses=("127.0.0.1",)),
        clock=lambda: NOW + timedelta(hours=len(looked_up)),
        resolve=resolve,
    )
    known = {name: FeedState(feed_id=name, url=one.url, failures=2) for name, one in zip(hosts, feeds, strict=True)}
    polls = poll_feeds(feeds, known, network, deadline=NOW + timedelta(hours=2))
    assert [poll.outcome for poll in polls] == ["ok", "ok", "not_due", "not_due"]
    for poll in polls[2:]:
        assert (poll.state, poll.detail) == (known[poll.feed.id], "not asked: the run's time was up")
    assert web.count("/feed") == len(looked_up) == 2
    late = poll_feeds(feeds, known, network, deadline=NOW + timedelta(hours=2))
    assert {poll.outcome for poll in late} == {"not_due"}
    assert web.count("/feed") == 2


@pytest.mark.needs_shared
def test_the_real_feeds_over_http(
    shared_site: SharedSite,
    feed: Callable[..., Feed],
    policy: Callable[..., FetchPolicy],
    clock: Callable[[], datetime],
) -> None:
    feeds = [feed(url, id=f"feed-{number}") for number, url in enumerate(shared_site.feeds.values())]
    network = Network(policy=policy(allow_addresses=(shared_site.web.authority,)), clock=clock)
    polls = poll_feeds(feeds, {}, network)
    assert len(polls) == 49
    assert sum(bool(poll.entries) for poll in polls) >= 47
    assert {poll.outcome for poll in polls} <= {"ok", "not_a_feed"}
