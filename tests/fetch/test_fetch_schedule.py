"""The schedule: as often as a feed has something new, as its server wishes, never never, and never all at once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.fetch import Archive, Network, poll_feeds
from newsledger.fetch.http.answers import Failure, Hop, Response
from newsledger.fetch.polling.judging import Case, judge, postponed
from newsledger.fetch.polling.schedule import share_of_new
from newsledger.fetch.polling.trouble import more_trouble
from newsledger.records.article import Issue
from newsledger.records.config import Expect, Feed, FetchPolicy
from newsledger.records.feeds import FeedState, Outcome
from tests.fetch.watching import START, Watch, after, make_watch, rss
from tests.webserver import Names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from newsledger.records.feeds import FeedPoll
    from tests.webserver import Web

LISTED = [-hours for hours in range(20)]
FLOOR, CEILING = 25, 24 * 60


@pytest.fixture
def watch(web: Web, policy: Callable[..., FetchPolicy], feed: Callable[..., Feed]) -> Watch:
    return make_watch(web, policy, feed)


def minutes(state: FeedState) -> float:
    assert state.interval_s is not None
    return round(state.interval_s / 60, 1)


def test_a_quiet_feed_is_asked_ever_less_and_one_that_writes_again_more(watch: Watch) -> None:
    undated: list[float | str | None] = [None, None]
    for _ in range(2):
        watch.says(rss(undated))
    watch.says(rss([None, *undated]))
    watch.says(rss([None, *undated]))
    seen = []
    for hours in (0, 1, 2, 3, 4):
        watch.poll(hours)
        seen.append(minutes(watch.state))
    assert seen == [25, 31.2, 25, 31.2, 39.1]


@pytest.mark.parametrize(
    ("new", "former_minutes", "minutes_after"),
    [
        (0, 100, 125),  # nothing new: a quarter longer
        (1, 100, 50),  # something new: half as long
        (13, 100, 50),
        (14, 100, 25),  # less than a third was known: the floor at once
        (20, 1400, 25),
        (0, 1400, 1440),
        (1, 30, 25),
    ],
)
def test_the_interval_follows_the_share_of_new_items(
    watch: Watch, new: int, former_minutes: float, minutes_after: float
) -> None:
    daily = [-24 * day for day in range(20)]
    fresh = [1 + n / 100 for n in range(new)]
    watch.states["wire"] = FeedState(
        feed_id="wire",
        url=watch.feed.url,
        polled_at=after(-24),
        newest_item_at=START,
        usual_gap_s=86400,
        interval_s=60 * former_minutes,
    )
    watch.says(rss([*fresh, *daily][:20]))
    watch.poll(2)
    assert minutes(watch.state) == minutes_after


def test_a_feed_that_writes_every_few_minutes_is_asked_at_the_floor_even_at_night(watch: Watch) -> None:
    watch.says(rss([-n / 6 for n in range(20)]), headers={"ETag": '"1"'})
    watch.says(status=304)
    due = [watch.poll(hours).state for hours in (0, 0.5, 1, 4, 8)]
    assert {minutes(state) for state in due} == {FLOOR}
    assert all(state.due_at == state.polled_at + timedelta(minutes=FLOOR) for state in due if state.polled_at)


def test_a_silent_feed_is_asked_less(watch: Watch) -> None:
    watch.says(rss([-n / 6 for n in range(20)]))
    seen = [minutes(watch.poll(hours).state) for hours in (0, 13, 14, 15)]
    assert seen == [25, 31.2, 39.1, 48.8]


def test_asking_by_hand_does_not_lengthen_the_interval(watch: Watch) -> None:
    watch.says(rss([None]))
    for minute in range(10):
        watch.poll(minute / 60)
    assert minutes(watch.state) == FLOOR


@pytest.mark.parametrize(
    ("head", "headers", "minutes_after"),
    [
        ("", {}, 25),
        ("<ttl>90</ttl>", {}, 90),
        ("", {"Cache-Control": "max-age=7200"}, 120),
        ("<ttl>90</ttl>", {"Cache-Control": "max-age=7200"}, 120),
        ("<ttl>5</ttl>", {"Cache-Control": "max-age=60"}, 25),
        ("<ttl>99999</ttl>", {}, 800),  # two thirds of 20 hourly items
        ("", {"Cache-Control": "max-age=9999999999"}, 800),
    ],
)
def test_the_word_of_feed_and_server_counts_within_bounds(
    watch: Watch, head: str, headers: dict[str, str], minutes_after: float
) -> None:
    watch.says(rss(LISTED, head), headers=headers)
    assert minutes(watch.poll(0).state) == minutes_after


def test_the_word_counts_up_to_the_ceiling_where_nothing_is_lost(watch: Watch) -> None:
    watch.says(rss([-24 * day for day in range(20)], "<ttl>99999</ttl>"))
    assert minutes(watch.poll(0).state) == CEILING


def test_a_schedule_waits_and_a_person_does_not(watch: Watch) -> None:
    watch.says(rss([None], "<ttl>90</ttl>"))
    watch.says(rss([None, None], "<ttl>90</ttl>"))
    first = watch.poll(0)
    due_at = first.state.due_at
    assert due_at is not None
    assert timedelta(minutes=FLOOR) < due_at - START <= timedelta(minutes=90)
    idle = watch.poll(0.5, only_due=True)
    assert (idle.outcome, idle.state, idle.entries, idle.http_status) == ("not_due", first.state, (), None)
    assert idle.detail == f"due at {due_at:%Y-%m-%d %H:%M} UTC: nothing new is expected earlier"
    assert watch.web.count("/feed") == 1
    assert watch.poll(0.5).outcome == "ok"
    assert watch.poll(2, only_due=True).outcome == "not_modified"


def test_a_lower_ceiling_holds_at_once(watch: Watch) -> None:
    watch.says(rss([-24 * day for day in range(20)], "<ttl>99999</ttl>"))
    watch.poll(0)
    watch.policy = replace(watch.policy, poll_max_minutes=60)
    idle = watch.poll(0.9, only_due=True)
    assert idle.detail == "due at 2026-03-10 13:00 UTC: nothing new is expected earlier"
    assert watch.poll(1, only_due=True).outcome == "not_modified"


@pytest.mark.parametrize("answer", [{"body": rss(LISTED)}, {"status": 503, "headers": {"Retry-After": "86400"}}])
def test_a_run_with_a_wrong_clock_is_lived_down(watch: Watch, answer: dict[str, Any]) -> None:
    watch.says(**answer)
    watch.says(rss([1, *LISTED]))
    years = 3 * 365 * 24
    assert watch.poll(years).outcome in ("ok", "server_error")
    assert watch.poll(1, only_due=True).outcome == "ok"
    assert watch.poll(1.1, only_due=True).outcome == "not_due"


def test_a_server_that_says_later_is_believed_for_as_long_as_it_may(watch: Watch) -> None:
    watch.says(status=410)
    later = FeedState(feed_id="wire", url=watch.feed.url, retry_at=after(24))
    for state, longest in ((later, 24), (replace(later, gones=3, retry_at=after(7 * 24)), 7 * 24)):
        for hours, is_asked in ((-0.1, True), (0, False), (longest - 0.1, False), (longest, True)):
            watch.states["wire"] = state
            assert (watch.poll(hours).outcome == "gone") == is_asked


@given(feed_id=st.text(min_size=1))
def test_a_run_every_half_hour_asks_a_feed_at_the_floor_each_time(feed_id: str) -> None:
    poll = judged(FeedState(feed_id=feed_id), answered(rss(LISTED)), START)
    assert poll.state.due_at == START + timedelta(minutes=FLOOR)


def test_feeds_asked_together_spread() -> None:
    due = {
        judged(FeedState(feed_id=name, interval_s=4 * 3600.0), answered(rss([None])), START).state.due_at
        for name in ("a", "b", "c", "d")
    }
    assert len(due) == 4


@pytest.mark.parametrize(
    ("outcome", "minutes_to_wait"),
    [
        ("dns_error", [25, 25, 25, 25, 29.7]),
        ("server_error", [25, 25, 35.4, 50, 70.7]),
        ("not_found", [25, 25, 35.4, 50, 70.7]),
        ("too_large", [25, 50, 100, 200, 400]),
    ],
)
def test_trouble_backs_off_by_its_weight(outcome: Outcome, minutes_to_wait: list[float]) -> None:
    state, now = FeedState(feed_id=""), START  # a name that spreads by nothing
    seen = []
    for _ in minutes_to_wait:
        state = judged(state, Failure(url="https://wire.example/", outcome=outcome, detail="no"), now).state
        assert state.due_at is not None
        seen.append(round((state.due_at - now) / timedelta(minutes=1), 1))
        now = state.due_at
    assert seen == minutes_to_wait
    assert judged(state, answered(rss(LISTED)), now).state.trouble == 0


def test_what_no_weight_names_is_hard() -> None:
    assert [more_trouble(0, outcome) for outcome in ("dns_error", "gone", "not_a_feed")] == [0.25, 0.5, 1]
    assert more_trouble(30, "empty") == 30


def test_a_failed_feed_says_why_it_is_not_due(watch: Watch) -> None:
    watch.says(status=503)
    watch.poll(0)
    assert watch.poll(0.2, only_due=True).detail == "due at 2026-03-10 12:25 UTC: it failed"


@pytest.mark.parametrize("told", ["7200", "Tue, 10 Mar 2026 14:00:00 GMT"])
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured_by_whoever_asks(watch: Watch, status: int, told: str) -> None:
    watch.says(status=status, headers={"Retry-After": told})
    watch.says(rss(LISTED))
    watch.poll(0)
    assert watch.state.retry_at == after(2)
    for only_due in (False, True):
        assert watch.poll(1.9, only_due=only_due).outcome == "not_due"
    assert watch.poll(2).outcome == "ok"
    assert watch.state.retry_at is None


@pytest.fixture
def offline(policy: Callable[..., FetchPolicy]) -> Network:
    return Network(policy=policy(), clock=lambda: START, resolve=Names({}))


def test_a_run_without_a_network_is_held_against_no_feed(offline: Network, feed: Callable[..., Feed]) -> None:
    feeds = [feed(f"https://{name}.example/feed", id=name) for name in "abcd"]
    states = {
        one.id: FeedState(
            feed_id=one.id, url=one.url, adopted_url=f"{one.url}/new", etag='"1"', due_at=START, retry_at=None, items=7
        )
        for one in feeds
    }
    states["d"] = replace(states["d"], retry_at=after(9))
    polls = poll_feeds(feeds, states, offline)
    assert [poll.outcome for poll in polls] == ["dns_error", "dns_error", "dns_error", "not_due"]
    for poll in polls[:3]:
        assert poll.detail is not None
        assert poll.detail.endswith("no feed of this run could be reached, so this machine is likely offline")
        former = states[poll.feed.id]
        assert poll.state == replace(former, polled_at=START, outcome="dns_error", detail=poll.detail)
    few = poll_feeds(feeds[1:], states, offline)
    assert [(poll.state.failures, poll.state.adopted_url) for poll in few[:2]] == [(1, None), (1, None)]


def test_what_is_expected_of_a_feed_is_missed_without_a_network_too(
    offline: Network, feed: Callable[..., Feed]
) -> None:
    feeds = [feed(f"https://{name}.example/feed", id=name, expect=Expect(items=1)) for name in "abc"]
    former = (Issue(code="expected", detail="last time's"), Issue(code="undated", detail="the document's"))
    states = {one.id: FeedState(feed_id=one.id, url=one.url, warnings=former) for one in feeds}
    for poll in poll_feeds(feeds, states, offline):
        kept, expected = poll.state.warnings
        assert (kept, expected.code, poll.state.failures) == (former[1], "expected", 0)
        assert expected.detail.startswith("expected at least an item, but it failed: ")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ({"delay_s": 0.5}, "timeout"),
        ({"body": "cut", "declares": 9}, "connection_error"),
        ({"hangs_up": True}, "connection_error"),
        ({"status": 302, "headers": {"Location": "http://nobody.invalid/"}}, "dns_error"),
    ],
)
def test_hosts_that_were_met_make_their_own_trouble(
    web: Web, policy: Callable[..., FetchPolicy], feed: Callable[..., Feed], answer: dict[str, Any], outcome: str
) -> None:
    web.put("/feed", **answer)
    hosts = [f"{name}.example" for name in "abc"]
    network = Network(
        policy=policy(allow_addresses=("127.0.0.1",), read_timeout_s=0.1),
        clock=lambda: START,
        resolve=Names({host: [["127.0.0.1"]] for host in hosts}),
    )
    polls = poll_feeds([feed(f"http://{host}:{web.port}/feed", id=host) for host in hosts], {}, network)
    assert [(poll.outcome, poll.state.failures) for poll in polls] == [(outcome, 1)] * 3


@pytest.mark.parametrize(("hosts", "failures"), [(("a", "b", "c"), 0), (("a", "b", "b"), 1)])
def test_the_ports_of_a_host_are_one_host(
    policy: Callable[..., FetchPolicy], feed: Callable[..., Feed], hosts: tuple[str, ...], failures: int
) -> None:
    names = Names({host: [["127.0.0.1"]] for host in hosts})
    network = Network(policy=policy(allow_addresses=("127.0.0.1",)), clock=lambda: START, resolve=names)
    # Nobody listens on the lowest ports.
    feeds = [feed(f"http://{host}:{port}/", id=f"f{port}") for port, host in enumerate(hosts, start=1)]
    polls = poll_feeds(feeds, {}, network)
    assert [(poll.outcome, poll.state.failures) for poll in polls] == [("connection_error", failures)] * 3


def test_one_feed_that_answers_shows_that_the_network_is_there(
    watch: Watch, policy: Callable[..., FetchPolicy], feed: Callable[..., Feed]
) -> None:
    watch.says(rss(LISTED))
    feeds = [watch.feed, *(feed(f"https://{name}.invalid/feed", id=name) for name in "ab")]
    polls = poll_feeds(feeds, {}, Network(policy=policy(), clock=lambda: START))
    assert [(poll.outcome, poll.state.failures) for poll in polls] == [("ok", 0), ("dns_error", 1), ("dns_error", 1)]


def test_the_same_bytes_are_not_read_again(watch: Watch) -> None:
    watch.says(rss(LISTED), headers={"ETag": '"1"', "Content-Type": "text/xml; charset=utf-8"})
    watch.says(rss(LISTED), headers={"ETag": '"2"'})
    first, second = watch.poll(0), watch.poll(1)
    sha256 = hashlib.sha256(rss(LISTED).encode()).hexdigest()
    assert (first.outcome, first.charset, first.charset_from) == ("ok", "utf-8", "utf8")
    assert (second.outcome, second.http_status, second.entries) == ("not_modified", 200, ())
    assert first.body_sha256 == second.body_sha256 == second.state.body_sha256 == sha256
    assert (second.state.etag, second.state.items, second.size_bytes) == ('"2"', 20, first.size_bytes)
    assert second.charset is None


def test_feeds_are_archived_and_what_is_no_feed_is_not(watch: Watch, tmp_path: Path) -> None:
    watch.archive = archive = Archive(tmp_path)
    watch.says(rss(LISTED))
    watch.says("<html><body>Please sign in</body></html>")
    first, second = watch.poll(0), watch.poll(1)
    assert first.body_sha256 is not None
    assert archive.get(first.body_sha256) == rss(LISTED).encode()
    assert second.body_sha256 is not None
    assert archive.get(second.body_sha256) is None


@pytest.mark.parametrize("robots", ["all", "pages", "none"])
def test_feeds_obey_robots_txt_where_the_policy_says_so(web: Web, watch: Watch, robots: str) -> None:
    web.put("/robots.txt", "User-agent: *\nDisallow: /")
    watch.says(rss(LISTED))
    watch.policy = replace(watch.policy, robots=robots)  # type: ignore[arg-type]
    assert watch.poll(0).outcome == ("robots" if robots == "all" else "ok")


def test_the_share_of_new_items() -> None:
    assert share_of_new([START, after(1)], START) == 0.5
    assert share_of_new([], START) is None
    assert share_of_new([START], None) is None


# Whatever a feed did so far, and whatever it does next.

POLICY = FetchPolicy(
    contact="https://example.org",
    connect_timeout_s=1,
    read_timeout_s=1,
    total_timeout_s=1,
    max_feed_bytes=1,
    max_page_bytes=1,
    retries=0,
    concurrency=1,
    host_delay_s=0,
)
WIRE = Feed(id="wire", name="Wire", kind="wire", url="https://wire.example/")
MOVED = Hop(url=WIRE.url, status=301, target="https://new.example/")


def judged(state: FeedState, answer: Response | Failure, now: datetime, policy: FetchPolicy = POLICY) -> FeedPoll:
    return judge(Case(feed=WIRE, state=state, now=now, policy=policy, claims={}), answer)


def answered(body: str, **more: object) -> Response:
    usual: dict[str, object] = {"url": WIRE.url, "status": 200, "body": body.encode(), "content_type": None}
    return Response(**(usual | {"etag": None, "last_modified": None} | more))  # type: ignore[arg-type]


seconds = st.none() | st.floats(0, 1e12, allow_nan=False)
failures = st.builds(
    Failure,
    url=st.sampled_from([WIRE.url, MOVED.target]),
    outcome=st.sampled_from(get_args(Outcome)),
    detail=st.just("no"),
    retry_after_s=st.none() | st.floats(0, 86400),
)
bodies = st.lists(st.none() | st.floats(-1e5, 1e5), max_size=6).map(rss) | st.sampled_from(["", "<html>", "OK"])
responses = st.builds(
    lambda body, fresh_s, status, hops: answered(
        body, fresh_s=fresh_s, status=status, hops=hops, url=hops[-1].target if hops else WIRE.url
    ),
    bodies,
    seconds,
    st.sampled_from([200, 304]),
    st.sampled_from([(), (MOVED,)]),
)
policies = st.tuples(st.floats(0.1, 1e4), st.floats(0.1, 1e4)).map(
    lambda bounds: replace(POLICY, poll_min_minutes=min(bounds), poll_max_minutes=max(bounds))
)


@settings(max_examples=60)
@given(history=st.lists(st.tuples(failures | responses, st.floats(0, 1e6)), min_size=1, max_size=12), policy=policies)
def test_whatever_happens_a_feed_is_asked_again(
    history: list[tuple[Response | Failure, float]], policy: FetchPolicy
) -> None:
    state, now = FeedState(feed_id="wire", url=WIRE.url), START
    for answer, pause_s in history:
        now += timedelta(seconds=pause_s)
        state = judged(state, answer, now, policy).state
        floor, ceiling = 60 * policy.poll_min_minutes, 60 * policy.poll_max_minutes
        assert state.interval_s is None or floor <= state.interval_s <= ceiling
        assert state.due_at is not None
        # A datetime is rounded to microseconds.
        assert floor - 1e-6 <= (state.due_at - now).total_seconds() <= ceiling + 1e-6
        assert state.retry_at is None or now <= state.retry_at <= now + timedelta(days=7)
        assert state.redirects < 3
        assert all(issue.detail and "\n" not in issue.detail for issue in state.warnings)
        asked = now + max(timedelta(seconds=ceiling + 1), timedelta(days=7))
        assert postponed(WIRE, state, asked, only_due=True, policy=policy) is None


@pytest.mark.parametrize(
    ("listed", "every_minutes", "said", "most_polls"),
    [
        (20, 3, "", 340),  # a wire whose list turns over within the hour
        (20, 15, "<ttl>1440</ttl>", 340),  # one that says "once a day" and lists five hours
        (20, 60, "", 340),
        (10, 24 * 60, "", 60),
        (10, 3 * 24 * 60, "<ttl>60</ttl>", 30),
    ],
)
def test_a_week_of_half_hourly_runs_loses_no_item(listed: int, every_minutes: int, said: str, most_polls: int) -> None:
    written = [START + timedelta(minutes=every_minutes * n) for n in range(-listed, 7 * 24 * 60 // every_minutes + 1)]
    # Nobody writes at night.
    written = [moment for moment in written if every_minutes > 180 or 6 <= moment.hour < 22]
    state, seen, polls = FeedState(feed_id="wire", url=WIRE.url), set[datetime](), 0
    for run in range(7 * 48):
        now = START + timedelta(minutes=30 * run)
        if postponed(WIRE, state, now, only_due=True, policy=POLICY):
            continue
        hours = [(moment - START) / timedelta(hours=1) for moment in written if moment <= now][-listed:]
        poll = judged(state, answered(rss(hours, said)), now)
        state, polls = poll.state, polls + 1
        seen |= {entry.published for entry in poll.entries if entry.published}
    last = state.polled_at or START
    assert {moment for moment in written if START <= moment <= last} <= seen
    assert polls <= most_polls
