"""Which entries are fetched, and what a feed forgets. Pure functions: no network here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.fetch import choose, settle
from newsledger.records.config import Feed
from newsledger.records.feeds import FeedEntry, FeedPoll, FeedState, FetchedItem

DAY = datetime(2026, 3, 10, tzinfo=UTC)


def entry(article_id: str, **changes: object) -> FeedEntry:
    usual: dict[str, object] = {
        "feed_id": "wire",
        "article_id": article_id,
        "url": f"https://example.org/{article_id}",
        "title": None,
        "published": None,
        "modified": None,
        "authors": (),
        "language": None,
        "body_html": None,
    }
    return FeedEntry(**(usual | changes))  # type: ignore[arg-type]


def poll(*entries: FeedEntry, feed_id: str = "wire") -> FeedPoll:
    feed = Feed(id=feed_id, name=feed_id, url="https://example.org/feed", kind="wire")
    state = FeedState(feed_id=feed_id, etag='"1"', last_modified="then", body_sha256="0")
    return FeedPoll(feed=feed, state=state, outcome="ok", polled_at=DAY, entries=entries)


def ids(entries: tuple[FeedEntry, ...]) -> list[str]:
    return [one.article_id for one in entries]


def test_deferred_first_then_newest() -> None:
    listed = poll(
        entry("undated"),
        entry("old", published=DAY.replace(day=1)),
        entry("new", published=DAY),
        entry("left", published=None),
    )
    wanted, settled = choose([listed], {}, frozenset({"left"}))
    assert ids(wanted) == ["left", "new", "old", "undated"]
    assert settled == ()


@pytest.mark.parametrize(
    ("modified", "stored", "is_wanted"),
    [
        (None, None, False),
        (None, DAY, False),
        (DAY, DAY, False),
        (DAY.replace(day=9), DAY, False),
        (DAY.replace(day=11), DAY, True),
        (DAY, None, True),
    ],
)
def test_a_known_article_is_fetched_again_only_when_modified_later(
    modified: datetime | None,
    stored: datetime | None,
    is_wanted: bool,  # noqa: FBT001 - a table
) -> None:
    wanted, settled = choose([poll(entry("a", modified=modified))], {"a": stored}, frozenset())
    assert ids(wanted) == (["a"] if is_wanted else [])
    assert [item.dropped for item in settled] == ([] if is_wanted else ["known"])


def test_an_item_of_two_feeds_is_fetched_once() -> None:
    wanted, settled = choose([poll(entry("a")), poll(entry("a", feed_id="other"), feed_id="other")], {}, frozenset())
    assert [one.feed_id for one in wanted] == ["wire"]
    assert [(item.dropped, item.entry.feed_id, item.detail) for item in settled] == [
        ("duplicate", "other", "listed by wire already")
    ]


def test_an_item_without_a_link_needs_a_text() -> None:
    listed = poll(entry("a", url=None), entry("b", url=None, body_html="<p>All is said here.</p>"))
    wanted, settled = choose([listed], {}, frozenset())
    assert ids(wanted) == ["b"]
    assert [(item.entry.article_id, item.dropped) for item in settled] == [("a", "no_link")]


ENTRIES = st.lists(
    st.builds(
        entry,
        st.sampled_from("abcdef"),
        feed_id=st.sampled_from(["wire", "other"]),
        url=st.sampled_from([None, "https://example.org/x"]),
        published=st.one_of(st.none(), st.just(DAY)),
        modified=st.one_of(st.none(), st.just(DAY)),
    ),
    max_size=30,
)


@given(
    ENTRIES,
    st.dictionaries(st.sampled_from("abcdef"), st.one_of(st.none(), st.just(DAY))),
    st.frozensets(st.sampled_from("abcdef")),
)
def test_each_item_is_accounted_for_once(
    entries: list[FeedEntry], known: dict[str, datetime | None], deferred: frozenset[str]
) -> None:
    polls = [
        poll(*(one for one in entries if one.feed_id == feed_id), feed_id=feed_id) for feed_id in ("wire", "other")
    ]
    wanted, settled = choose(polls, known, deferred)
    accounted = [*wanted, *(item.entry for item in settled)]
    assert sorted(map(id, accounted)) == sorted(id(one) for listed in polls for one in listed.entries)
    assert len({one.article_id for one in wanted}) == len(wanted)


@pytest.mark.parametrize(
    ("dropped", "forgets"), [("deferred", True), ("failed", True), ("no_text", False), ("known", False)]
)
def test_a_feed_with_leftovers_forgets_its_validators(dropped: str, forgets: bool) -> None:  # noqa: FBT001 - a table
    owing, other = poll(entry("a")), poll(entry("b", feed_id="other"), feed_id="other")
    item = FetchedItem(entry=entry("a"), dropped=dropped)  # type: ignore[arg-type]
    state = replace(owing.state, etag=None, last_modified=None, body_sha256=None) if forgets else owing.state
    assert settle([owing, other], [item]) == (replace(owing, state=state), other)
