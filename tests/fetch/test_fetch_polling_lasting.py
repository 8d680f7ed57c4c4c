"""What a server says for good, a move or a 410: believed after three days, undone when it was wrong."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from newsledger.fetch.http.answers import Hop, Response
from newsledger.fetch.polling.judging import Case, judge
from newsledger.fetch.polling.lasting import claims_of
from newsledger.records.feeds import FeedState
from tests.fetch.watching import Watch, after, make_watch, rss

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsledger.records.config import Feed, FetchPolicy
    from tests.webserver import Web

LISTED = [-hours for hours in range(10)]
PORTAL = "<html><head><title>Sign in</title></head><body>Welcome to the hotel's network. Please sign in." + " " * 99


@pytest.fixture
def watch(web: Web, policy: Callable[..., FetchPolicy], feed: Callable[..., Feed]) -> Watch:
    return make_watch(web, policy, feed)


def moves(watch: Watch, *statuses: int, to: str = "/new") -> str:
    """Let the feed's address redirect by these statuses, one hop each, to an address that ends there."""
    paths = ["/feed", *(f"/hop/{number}" for number in range(1, len(statuses))), to]
    for status, (path, target) in zip(statuses, pairwise(paths), strict=True):
        watch.says(status=status, path=path, headers={"Location": target})
    return watch.web.url + to


@pytest.mark.parametrize("statuses", [(301,), (308,), (301, 308, 301)])
def test_a_move_is_adopted_on_the_third_day(watch: Watch, statuses: tuple[int, ...]) -> None:
    target = moves(watch, *statuses)
    watch.says(rss(LISTED), path="/new", headers={"ETag": '"1"'})
    watch.says(path="/new", status=304)
    for hours, days in ((0, 1), (1, 1), (11.9, 1), (13, 2), (14, 2)):
        watch.poll(hours)
        assert (watch.state.redirect_url, watch.state.redirects, watch.state.adopted_url) == (target, days, None)
        assert watch.codes() == {"redirect_pending"}
    assert watch.told("redirect_pending") == f"moved for good to {target}; taken over once seen on 3 days, so far 2"
    asked = watch.web.count("/feed")
    watch.poll(37)
    assert (watch.state.redirect_url, watch.state.redirects, watch.state.adopted_url) == (None, 0, target)
    assert watch.told("redirect_adopted") == f"moved for good; asked at {target}: put that into config.yaml"
    assert watch.poll(38).outcome == "not_modified"
    assert watch.web.count("/feed") == asked + 1
    assert (watch.state.adopted_url, watch.codes()) == (target, {"redirect_adopted"})


@pytest.mark.parametrize("statuses", [(302,), (307,), (303,), (301, 302), (302, 301)])
def test_a_way_with_a_passing_hop_is_never_adopted(watch: Watch, statuses: tuple[int, ...]) -> None:
    moves(watch, *statuses)
    watch.says(rss(LISTED), path="/new")
    for day in range(6):
        assert watch.poll(24 * day).outcome in ("ok", "not_modified")
    assert (watch.state.redirect_url, watch.state.adopted_url) == (None, None)
    assert "redirect_pending" not in watch.codes()


def test_a_move_to_a_feed_without_items_is_not_adopted(watch: Watch) -> None:
    moves(watch, 301)
    watch.says(rss([]), path="/new")
    for day in range(6):
        watch.poll(24 * day)
    assert (watch.state.redirect_url, watch.state.adopted_url) == (None, None)


def test_a_move_counts_from_the_start_when_it_leads_elsewhere_or_stops(watch: Watch) -> None:
    for target in ("/a", "/a", "/b", "/b", None, "/b", "/b"):
        if target:
            watch.says(status=301, headers={"Location": target})
        else:
            watch.says(rss(LISTED))
    for path in ("/a", "/b"):
        watch.says(rss(LISTED), path=path)
    counts = []
    for day in range(7):
        watch.poll(24 * day)
        counts.append(watch.state.redirects)
    assert counts == [1, 2, 1, 2, 0, 1, 2]
    watch.poll(24 * 7)
    assert watch.state.adopted_url == f"{watch.web.url}/b"


def test_a_captive_portal_changes_nothing(watch: Watch) -> None:
    target = moves(watch, 301)
    watch.says(rss(LISTED), path="/new", headers={"ETag": '"1"'})
    for day in range(3):
        watch.poll(24 * day)
    adopted = watch.state
    assert adopted.adopted_url == target
    watch.says(path="/new", status=302, headers={"Location": "/portal"})
    watch.says(PORTAL, path="/portal", headers={"ETag": '"portal"'})
    watch.poll(24 * 3)  # the last answer that /new has left
    for hour in (1, 2, 3):
        assert watch.poll(24 * 3 + hour).outcome == "not_a_feed"
    assert (watch.state.adopted_url, watch.state.etag) == (target, '"1"')
    assert watch.codes() == {"not_the_feed", "no_items", "failing", "redirect_adopted"}


@pytest.mark.parametrize(
    ("answer", "outcome"), [({"status": 404}, "not_found"), ({"status": 410}, "gone"), ({"body": PORTAL}, "not_a_feed")]
)
def test_a_dead_adopted_address_is_given_up(watch: Watch, answer: dict[str, object], outcome: str) -> None:
    target = f"{watch.web.url}/new"
    watch.says(path="/new", **answer)  # type: ignore[arg-type]
    watch.says(rss(LISTED))
    watch.states["wire"] = FeedState(feed_id="wire", url=watch.feed.url, adopted_url=target, etag='"1"', items=10)
    assert watch.poll(0).outcome == outcome
    assert (watch.state.adopted_url, watch.state.etag) == (None, None)
    assert watch.poll(1).outcome == "ok"
    assert watch.web.seen[-1].path == "/feed"


@pytest.mark.parametrize("status", [500, 503, 429, 403])
def test_a_passing_trouble_keeps_the_adopted_address(watch: Watch, status: int) -> None:
    target = watch.says(path="/new", status=status)
    watch.states["wire"] = FeedState(feed_id="wire", url=watch.feed.url, adopted_url=target, etag='"1"')
    watch.poll(0)
    assert (watch.state.adopted_url, watch.state.etag) == (target, '"1"')


def test_another_address_in_the_configuration_starts_anew(watch: Watch) -> None:
    watch.says(rss(LISTED), headers={"ETag": '"2"'})
    old = FeedState(
        feed_id="wire",
        url="https://old.example/feed",
        adopted_url="https://adopted.example/",
        etag='"1"',
        retry_at=after(48),
        failures=9,
    )
    watch.states["wire"] = old
    assert watch.poll(0).outcome == "ok"
    assert (watch.state.url, watch.state.adopted_url, watch.state.etag) == (watch.feed.url, None, '"2"')
    assert "if-none-match" not in watch.web.seen[0].headers


def test_the_address_of_another_feed_is_not_adopted(watch: Watch, feed: Callable[..., Feed]) -> None:
    target = moves(watch, 301)
    watch.says(rss(LISTED), path="/new")
    other = feed(target, id="other", enabled=False, note="2026-03-01: off")
    for day in range(5):
        watch.poll(24 * day, other)
    assert (watch.state.redirect_url, watch.state.adopted_url) == (None, None)
    assert watch.told("redirect_taken") == f"moved for good to {target}, the address of other: one of the two can go"


def test_of_two_feeds_that_move_to_one_address_the_first_has_it(feed: Callable[..., Feed]) -> None:
    feeds = [feed(f"https://{name}.example/", id=name) for name in "abc"]
    new = "https://new.example/"
    states = {
        "a": FeedState(feed_id="a", redirect_url="https://c.example/"),
        "b": FeedState(feed_id="b", redirect_url=new),
        "c": FeedState(feed_id="c", adopted_url=new),
    }
    assert claims_of(feeds, states) == {feed.url: feed.id for feed in feeds} | {new: "b"}


def test_a_way_from_https_to_http_is_told_and_never_adopted(
    feed: Callable[..., Feed], policy: Callable[..., FetchPolicy]
) -> None:
    wire = feed("https://wire.example/feed")
    target = "http://wire.example/feed"
    answer = Response(
        url=target,
        status=200,
        body=rss(LISTED).encode(),
        content_type="text/xml",
        etag=None,
        last_modified=None,
        hops=(Hop(url=wire.url, status=301, target=target),),
    )
    state = FeedState(feed_id="wire", url=wire.url)
    for day in range(5):
        case = Case(feed=wire, state=state, now=after(24 * day), policy=policy(), claims={})
        state = judge(case, answer).state
        assert [issue.code for issue in state.warnings if "redirect" in issue.code] == ["insecure_redirect"]
    assert (state.redirect_url, state.adopted_url) == (None, None)


def test_a_410_is_believed_on_the_third_day_and_the_feed_still_asked(watch: Watch) -> None:
    watch.says(rss(LISTED))
    watch.says(status=410)
    watch.poll(0)
    for hours, days in ((1, 1), (2, 1), (13, 2), (14, 2), (20, 2)):
        assert watch.poll(hours).outcome == "gone"
        assert (watch.state.gones, watch.state.retry_at, watch.codes()) == (days, None, {"gone"})
    assert watch.told("gone").endswith("believed once it says so on 3 days, so far on 2")
    watch.poll(37)
    assert (watch.state.gones, watch.state.retry_at) == (3, after(37 + 7 * 24))
    assert watch.told("gone").endswith("asked every 7 days: look for its new address")
    asked = watch.web.count("/feed")
    idle = watch.poll(38)
    assert (idle.outcome, idle.state.retry_at) == ("not_due", after(37 + 7 * 24))
    assert idle.detail == "not asked before 2026-03-19 01:00 UTC: its server says it is gone (410)"
    assert watch.poll(37 + 7 * 24).outcome == "gone"
    assert watch.state.retry_at == after(37 + 14 * 24)
    assert watch.web.count("/feed") == asked + 1


def test_a_feed_that_was_gone_comes_back(watch: Watch) -> None:
    watch.says(rss(LISTED))
    watch.states["wire"] = FeedState(feed_id="wire", url=watch.feed.url, gones=3, failures=9, trouble=4.5)
    assert watch.poll(0).outcome == "ok"
    assert (watch.state.gones, watch.state.failures, watch.state.trouble) == (0, 0, 0)
    assert watch.state.warnings == ()
