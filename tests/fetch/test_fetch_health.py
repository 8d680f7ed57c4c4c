"""Health: a feed that is silent, empty, something else or not as expected is visible the same day, in plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from newsledger.fetch.polling.rhythm import is_silent, longest_quiet, usual_gap
from newsledger.records.config import Expect
from tests.fetch.watching import START, Watch, after, make_watch, rss

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsledger.records.config import Feed, FetchPolicy
    from tests.webserver import Web

HOURLY = [-hours for hours in range(20)]
CHALLENGE = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser" + "." * 200


@pytest.fixture
def watch(
    request: pytest.FixtureRequest, web: Web, policy: Callable[..., FetchPolicy], feed: Callable[..., Feed]
) -> Watch:
    """A feed to poll; a test that is parametrised with `watch` configures it."""
    return make_watch(web, policy, feed, **getattr(request, "param", {}))


def test_a_feed_in_its_usual_rhythm_has_no_warnings(watch: Watch) -> None:
    watch.says(rss(HOURLY))
    watch.says(rss([1, *HOURLY]))
    watch.poll(0)
    watch.poll(1)
    assert watch.state.usual_gap_s == 3600
    assert watch.state.warnings == ()


@pytest.mark.parametrize("answer", ["304", "same bytes", "same items"])
def test_a_feed_that_went_silent(watch: Watch, answer: str) -> None:
    minutes = [-n / 6 for n in range(20)]
    watch.says(rss(minutes), headers={"ETag": '"1"'})
    if answer == "304":
        watch.says(status=304)
    else:
        watch.says(rss(minutes, "" if answer == "same bytes" else "<lastBuildDate>later</lastBuildDate>"))
    seen = []
    for hours in (0, 4, 8, 11.9, 12.1, 20):
        watch.poll(hours)
        seen.append(watch.codes())
    assert seen == [set(), set(), set(), set(), {"silent"}, {"silent"}]
    assert watch.told("silent") == "nothing new for 20 hours; usually there is something every 10 min"


def test_a_silent_feed_that_writes_again(watch: Watch) -> None:
    watch.says(rss(HOURLY))
    watch.says(rss(HOURLY))
    watch.says(rss([60, *HOURLY]))
    seen = [(watch.poll(hour).outcome, watch.codes()) for hour in (0, 60, 61)]
    assert seen == [("ok", set()), ("not_modified", {"silent"}), ("ok", set())]


@pytest.mark.parametrize(
    ("gap_hours", "limit_hours"), [(0.05, 12), (0.25, 12), (0.5, 24), (1, 48), (3, 96), (24, 96), (24 * 7, 24 * 28)]
)
def test_how_long_a_feed_may_be_quiet(gap_hours: float, limit_hours: float) -> None:
    gap_s = gap_hours * 3600
    assert longest_quiet(gap_s) == limit_hours * 3600
    assert not is_silent(START, gap_s, after(limit_hours))
    assert is_silent(START, gap_s, after(limit_hours) + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("hours", "gap_hours"),
    [
        (range(10), 1),
        ((0, 1, 2, 3, 4, 2000), 1),  # an old item that is kept on top
        ((0, 0, 0, 0, 1, 1, 1, 2, 3), 1),  # several at once
        ((5, 5, 5, 5), None),
        ((), None),
    ],
)
def test_the_usual_gap_is_robust(hours: tuple[float, ...], gap_hours: float | None) -> None:
    assert usual_gap([after(-hour) for hour in hours], None) == (gap_hours and gap_hours * 3600)


def test_the_usual_gap_changes_slowly() -> None:
    assert usual_gap([after(-2 * n) for n in range(9)], 3600) == 4500
    assert usual_gap([START], 3600) == 3600


def test_nothing_listed_where_there_was_something(watch: Watch) -> None:
    watch.says(rss(HOURLY))
    for _ in range(3):
        watch.says(rss([]))
    watch.says(rss([4, *HOURLY]))
    watch.poll(0)
    poll = watch.poll(1)
    assert (poll.outcome, poll.entries, watch.state.empties, watch.state.items) == ("ok", (), 1, 0)
    assert watch.told("no_items") == "lists nothing (1 poll); the newest item was of 2026-03-10"
    watch.poll(2)
    watch.poll(3)
    assert watch.told("no_items").startswith("lists nothing (3 polls in a row); ")
    watch.poll(4)
    assert (watch.state.empties, watch.codes()) == (0, set())


def test_a_failure_between_two_empty_lists_hides_nothing(watch: Watch) -> None:
    watch.says(rss([None]))
    watch.says(rss([]))
    watch.says(status=503)
    watch.says(rss([]))
    seen = [(watch.poll(hour).outcome, watch.codes()) for hour in range(4)]
    empty = {"no_items"}
    assert seen == [("ok", {"undated"}), ("ok", empty), ("server_error", empty), ("not_modified", empty)]
    assert watch.told("no_items") == "lists nothing (2 polls in a row)"


def test_a_feed_that_never_listed_anything_is_told_after_a_few_polls(watch: Watch) -> None:
    watch.says(rss([]))
    seen = [watch.poll(hour).state.warnings != () for hour in range(4)]
    assert seen == [False, False, True, True]
    assert watch.codes() == {"no_items"}


@pytest.mark.parametrize(
    ("body", "outcome", "code"),
    [
        ("", "empty", "tiny"),
        ("Not a feed.", "not_a_feed", "tiny"),
        (CHALLENGE, "not_a_feed", "not_the_feed"),
        (" " * 500, "empty", "not_the_feed"),
    ],
)
def test_a_200_that_is_not_the_feed(watch: Watch, body: str, outcome: str, code: str) -> None:
    watch.says(rss(HOURLY), headers={"ETag": '"1"'})
    watch.says(body, headers={"ETag": '"portal"'})
    watch.says(status=304)
    watch.poll(0)
    known = watch.state
    poll = watch.poll(1)
    assert (poll.outcome, poll.http_status, poll.size_bytes) == (outcome, 200, len(body))
    assert watch.codes() == {code, "no_items"}
    assert watch.told(code).startswith(f"answers, but not with a feed: {len(body)} bytes")
    assert (watch.state.etag, watch.state.items, watch.state.size_bytes) == ('"1"', 20, known.size_bytes)
    assert watch.poll(2).outcome == "not_modified"
    assert watch.codes() == set()


def test_a_document_that_shrank(watch: Watch) -> None:
    watch.says(rss([-n / 2 for n in range(60)]))
    watch.says(rss([1]), headers={"ETag": '"1"'})
    watch.says(status=304)
    watch.poll(0)
    watch.poll(1)
    assert watch.told("shrunk").startswith("only 2")
    watch.poll(2)
    assert watch.codes() == {"shrunk"}


@pytest.mark.parametrize(
    ("dates", "detail"),
    [
        ([None] * 4, "4 of 4 items carry no date that can be believed"),
        (["Thu, 01 Jan 1970 00:00:00 GMT", 24 * 90, None, 0], "3 of 4 items carry no date that can be believed"),
        ([None, None, 0, -1], None),
    ],
)
def test_items_without_a_date(watch: Watch, dates: list[float | str | None], detail: str | None) -> None:
    watch.says(rss(dates), headers={"ETag": '"1"'})
    watch.says(status=304)
    for hour in range(2):
        watch.poll(hour)
        assert [issue.detail for issue in watch.state.warnings] == ([detail] if detail else [])


def test_a_streak_of_failures(watch: Watch) -> None:
    watch.says(rss(HOURLY))
    watch.says(status=503)
    seen = []
    for hour in range(4):
        watch.poll(hour)
        seen.append(watch.codes())
    assert seen == [set(), set(), set(), {"failing"}]
    assert watch.told("failing") == "no feed read since 2026-03-10 12:00 UTC (3 polls in a row); the last: HTTP 503"


def test_a_feed_that_is_asked_once_a_day_is_told_at_once(watch: Watch) -> None:
    watch.says(rss(HOURLY))
    watch.says(status=404)
    watch.poll(0)
    watch.poll(25)
    assert watch.told("failing") == "no feed read since 2026-03-10 12:00 UTC (1 poll); the last: HTTP 404"


def test_a_feed_that_never_answered(watch: Watch) -> None:
    watch.says(status=404)
    for hour in range(3):
        watch.poll(hour)
    assert watch.told("failing") == "no feed read ever (3 polls in a row); the last: HTTP 404"


@pytest.mark.parametrize(
    ("watch", "dates", "told"),
    [
        ({"expect": Expect(items=10)}, [0, -1], "expected at least 10 items, but it lists 2"),
        ({"expect": Expect(items=2)}, [0, -1], None),
        (
            {"expect": Expect(newest_hours=6)},
            [-7],
            "expected at least an item, the newest within 6 h, but the newest is 7 hours old",
        ),
        ({"expect": Expect(newest_hours=8)}, [-7], None),
        ({"expect": Expect(newest_hours=6)}, [None, -1], None),
        (
            {"expect": Expect(items=1, newest_hours=6)},
            ["nonsense"],
            "expected at least an item, the newest within 6 h, but none carries a date",
        ),
    ],
    indirect=["watch"],
)
def test_expectations(watch: Watch, dates: list[float | str | None], told: str | None) -> None:
    watch.says(rss(dates), headers={"ETag": '"1"'})
    watch.says(status=304)
    watch.says(status=500)
    for hours in (0, 0.4):
        watch.poll(hours)
        assert [issue.detail for issue in watch.state.warnings if issue.code == "expected"] == ([told] if told else [])
    watch.poll(1)
    assert watch.told("expected").endswith(", but it failed: HTTP 500")
