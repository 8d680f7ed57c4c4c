"""Which entries are fetched, which are settled, and what earlier runs left. Pure functions: no network here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.fetch import Choice, choose, without_forgotten
from newsledger.fetch.urls import address_id
from newsledger.records.article import Article
from newsledger.records.config import Feed
from newsledger.records.feeds import Disposition, FeedEntry, FeedPoll, FeedState, FetchedItem, KnownItem, PageAnswer
from newsledger.records.steps import Memory

DAY = datetime(2026, 3, 10, tzinfo=UTC)
NOON = DAY + timedelta(hours=12)
EARLIER, LATER = DAY - timedelta(hours=3), DAY + timedelta(hours=3)


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
    return FeedPoll(feed=feed, state=FeedState(feed_id=feed_id), outcome="ok", polled_at=DAY, entries=entries)


def known(one: FeedEntry, disposition: Disposition = "stored", **changes: object) -> KnownItem:
    usual: dict[str, object] = {"stored": disposition == "stored", "first_seen": EARLIER}
    return KnownItem(entry=one, disposition=disposition, **(usual | changes))  # type: ignore[arg-type]


def pick(
    *polls: FeedPoll, stored: dict[str, datetime | None] | None = None, items: tuple[KnownItem, ...] = ()
) -> Choice:
    memory = Memory(known=stored or {}, states={}, items=items)
    return choose(polls, memory, lambda one: "unwanted" if one.title == "Sport" else None, DAY)


def fates(choice: Choice) -> list[tuple[str, str | None]]:
    return [(item.entry.article_id, item.dropped) for item in choice.settled]


def asked(choice: Choice) -> list[str]:
    return [errand.entry.article_id for errand in choice.errands]


def test_what_is_owed_first_then_the_newest_then_rechecks() -> None:
    listed = poll(
        entry("undated"),
        entry("old", published=DAY.replace(day=1)),
        entry("again", published=DAY),
        entry("new", published=DAY),
        entry("left"),
    )
    choice = pick(
        listed,
        stored={"again": None},
        items=(known(entry("left"), "deferred", due_at=EARLIER), known(entry("again"), due_at=EARLIER)),
    )
    assert asked(choice) == ["left", "new", "old", "undated", "again"]
    assert choice.settled == ()


@pytest.mark.parametrize(
    ("modified", "stored", "is_wanted"),
    [
        (None, None, False),
        (None, DAY, False),
        (DAY, DAY, False),
        (EARLIER, DAY, False),
        (LATER, DAY, True),
        (DAY, None, True),
    ],
)
def test_a_stored_article_is_asked_for_when_its_feed_says_that_it_was_modified(
    modified: datetime | None,
    stored: datetime | None,
    is_wanted: bool,  # noqa: FBT001 - a table
) -> None:
    choice = pick(poll(entry("a", modified=modified)), stored={"a": stored})
    assert asked(choice) == (["a"] if is_wanted else [])
    assert fates(choice) == ([] if is_wanted else [("a", "known")])


def test_a_date_that_can_not_be_is_no_change() -> None:
    never = DAY.replace(year=2036)
    choice = pick(poll(entry("a", modified=never)), stored={"a": None})
    assert fates(choice) == [("a", "known")]


def test_a_change_is_asked_for_once() -> None:
    seen = known(entry("a", modified=DAY))
    choice = pick(poll(entry("a", modified=DAY)), stored={"a": None}, items=(seen,))
    assert fates(choice) == [("a", "known")]


def test_a_stored_article_is_asked_for_when_its_headline_changes() -> None:
    remembered = known(entry("a", title="Talks begin"), etag='"1"')
    choice = pick(poll(entry("a", title="Talks collapse")), stored={"a": None}, items=(remembered,))
    assert [(errand.is_recheck, errand.etag) for errand in choice.errands] == [(True, None)]


@pytest.mark.parametrize(("due_at", "is_wanted"), [(None, False), (LATER, False), (DAY, True), (EARLIER, True)])
def test_a_stored_article_is_asked_for_when_its_recheck_is_due(due_at: datetime | None, is_wanted: bool) -> None:  # noqa: FBT001 - a table
    remembered = known(entry("a"), due_at=due_at, etag='"1"', last_modified="then")
    choice = pick(poll(entry("a")), stored={"a": None}, items=(remembered,))
    assert [(errand.is_recheck, errand.etag, errand.last_modified) for errand in choice.errands] == (
        [(True, '"1"', "then")] if is_wanted else []
    )
    if not is_wanted:
        assert choice.settled[0].due_at == due_at


def test_a_text_without_a_page_is_compared_each_time() -> None:
    own = entry("a", url=None, body_html="<p>All is said here.</p>")
    assert asked(pick(poll(own), stored={"a": None}, items=(known(own),))) == ["a"]


def test_an_item_of_two_feeds_is_fetched_once() -> None:
    choice = pick(poll(entry("a"), entry("a")), poll(entry("a", feed_id="other"), feed_id="other"))
    assert asked(choice) == ["a"]
    assert [(item.dropped, item.entry.feed_id, item.detail) for item in choice.settled] == [
        ("duplicate", "wire", "listed twice"),
        ("duplicate", "other", "listed by wire already"),
    ]


def test_an_item_without_a_link_needs_a_text() -> None:
    choice = pick(poll(entry("a", url=None), entry("b", url=None, body_html="<p>All is said here.</p>")))
    assert (asked(choice), fates(choice)) == (["b"], [("a", "no_link")])


def test_what_does_not_concern_the_dossier_is_filtered_unless_it_is_stored() -> None:
    choice = pick(poll(entry("a", title="Sport"), entry("b", title="Sport")), stored={"b": None})
    assert fates(choice) == [("a", "filtered"), ("b", "known")]
    assert choice.settled[0].detail == "unwanted"


def test_what_was_filtered_is_asked_for_once_the_filter_lets_it_through() -> None:
    assert asked(pick(poll(entry("a")), items=(known(entry("a"), "filtered"),))) == ["a"]


def test_what_was_owed_is_no_longer_once_it_is_filtered() -> None:
    owed = known(entry("a", title="Sport"), "deferred", due_at=EARLIER)
    choice = pick(poll(entry("a", title="Sport")), items=(owed,))
    assert [(item.dropped, item.due_at) for item in choice.settled] == [("filtered", None)]


class TestWithoutAnArticle:
    """An item whose page gave nothing."""

    def test_is_not_asked_again_for_a_reason_that_stays(self) -> None:
        choice = pick(poll(entry("a")), items=(known(entry("a"), "blocked"),))
        assert fates(choice) == [("a", "blocked")]

    def test_is_asked_again_when_its_feed_changed_it(self) -> None:
        assert asked(pick(poll(entry("a", modified=DAY)), items=(known(entry("a"), "blocked"),))) == ["a"]

    @pytest.mark.parametrize(("due_at", "is_wanted"), [(LATER, False), (DAY, True), (None, True)])
    def test_is_asked_again_when_it_is_due(self, due_at: datetime | None, is_wanted: bool) -> None:  # noqa: FBT001 - a table
        choice = pick(poll(entry("a")), items=(known(entry("a"), "deferred", due_at=due_at, tries=2),))
        assert [errand.tries for errand in choice.errands] == ([2] if is_wanted else [])
        assert [(item.dropped, item.tries, item.due_at) for item in choice.settled] == (
            [] if is_wanted else [("deferred", 2, due_at)]
        )


class TestResumed:
    """What is due though no feed lists it any more."""

    def test_what_is_owed_comes_though_its_feed_forgot_it(self) -> None:
        owed = known(entry("a", title="Kept"), "deferred", due_at=EARLIER)
        choice = pick(poll(entry("b")), items=(owed, known(entry("c"), "deferred", due_at=LATER)))
        assert asked(choice) == ["a", "b"]
        assert choice.errands[0].entry == owed.entry
        assert [one.resumed for one in choice.polls] == [1]

    def test_what_is_listed_is_not_resumed_as_well(self) -> None:
        choice = pick(poll(entry("a")), items=(known(entry("a"), "deferred", due_at=EARLIER),))
        assert (asked(choice), choice.polls[0].resumed) == (["a"], 0)

    def test_what_another_feed_lists_waits_for_the_next_run(self) -> None:
        owed = known(entry("a"), "deferred", due_at=EARLIER)
        choice = pick(poll(), poll(entry("a", feed_id="other"), feed_id="other"), items=(owed,))
        assert [errand.entry.feed_id for errand in choice.errands] == ["other"]
        assert [one.resumed for one in choice.polls] == [0, 0]

    def test_a_feed_that_is_no_longer_asked_keeps_what_it_owes(self) -> None:
        owed = known(entry("a", feed_id="gone"), "deferred", due_at=EARLIER)
        assert asked(pick(poll(), items=(owed,))) == []


class TestAnotherName:
    """An entry that its feed listed before under another address or id."""

    FORMER = entry(
        "a",
        url="https://old.example.org/2026/03/10/talks-in-minsk",
        guid="https://old.example.org/2026/03/10/talks-in-minsk",
        title="Talks in Minsk",
        published=NOON,
    )

    @pytest.mark.parametrize(
        ("changes", "is_recognised"),
        [
            ({"url": "https://new.example.com/2026/03/10/talks-in-minsk", "guid": None, "published": None}, True),
            ({"url": "https://new.example.com/x", "published": None}, True),
            ({"url": "https://new.example.com/x", "guid": "77", "title": "Talks in Minsk | The Post"}, True),
            ({"url": "https://new.example.com/x", "guid": "77", "published": LATER}, False),
            (
                {
                    "url": "https://new.example.com/2026/03/10/talks-in-minsk",
                    "guid": None,
                    "title": "Other talks",
                    "published": None,
                },
                False,
            ),
            ({"feed_id": "other", "url": "https://new.example.com/2026/03/10/talks-in-minsk"}, False),
            ({"url": "https://new.example.com/", "guid": None, "published": None}, False),
            ({"title": None, "url": "https://new.example.com/2026/03/10/talks-in-minsk"}, False),
        ],
    )
    def test_two_things_have_to_agree(self, changes: dict[str, object], is_recognised: bool) -> None:  # noqa: FBT001 - a table
        listed = replace(self.FORMER, article_id="b", **changes)  # type: ignore[arg-type]
        choice = pick(poll(listed, feed_id=listed.feed_id), stored={"a": None}, items=(known(self.FORMER),))
        found = [*asked(choice), *(article_id for article_id, _ in fates(choice))]
        assert found == (["a"] if is_recognised else ["b"])

    def test_what_the_document_still_lists_itself_is_something_else(self) -> None:
        new = replace(self.FORMER, article_id="b", url="https://old.example.org/2026/03/11/another-briefing", guid="77")
        choice = pick(poll(new, self.FORMER), stored={"a": None}, items=(known(self.FORMER),))
        assert (asked(choice), fates(choice)) == (["b"], [("a", "known")])

    def test_two_entries_of_one_document_stay_two(self) -> None:
        twin = replace(self.FORMER, article_id="b", url="https://old.example.org/2026/03/10/talks-in-minsk-2")
        assert sorted(asked(pick(poll(self.FORMER, twin)))) == ["a", "b"]
        both = (known(self.FORMER), known(twin))
        choice = pick(poll(self.FORMER, twin), stored={"a": None, "b": None}, items=both)
        assert fates(choice) == [("a", "known"), ("b", "known")]


def test_the_errands_are_what_waits() -> None:
    choice = pick(poll(entry("a")), items=(known(entry("b"), "deferred", due_at=EARLIER, tries=1),))
    assert [(item.entry.article_id, item.dropped, item.tries, item.due_at) for item in choice.waiting] == [
        ("b", "deferred", 1, DAY),
        ("a", "deferred", 0, DAY),
    ]


IDS = st.sampled_from("abcdef")
ENTRIES = st.lists(
    st.builds(
        entry,
        IDS,
        feed_id=st.sampled_from(["wire", "other"]),
        url=st.sampled_from([None, "https://example.org/x", "https://example.com/2026/x"]),
        guid=st.sampled_from([None, "1", "2"]),
        title=st.sampled_from([None, "Sport", "Talks", "Prices"]),
        published=st.sampled_from([None, DAY]),
        modified=st.sampled_from([None, DAY]),
        body_html=st.sampled_from([None, "<p>Text</p>"]),
    ),
    max_size=30,
)
ITEMS = st.lists(
    st.builds(
        known,
        ENTRIES.filter(bool).map(lambda entries: entries[0]),
        st.sampled_from(["stored", "known", "deferred", "blocked", "filtered", "duplicate"]),
        due_at=st.sampled_from([None, EARLIER, LATER]),
    ),
    max_size=10,
    unique_by=lambda item: (item.entry.feed_id, item.entry.article_id),
)


@given(ENTRIES, st.dictionaries(IDS, st.sampled_from([None, DAY])), ITEMS)
def test_each_item_is_accounted_for_once(
    entries: list[FeedEntry], stored: dict[str, datetime | None], items: list[KnownItem]
) -> None:
    polls = [poll(*(one for one in entries if one.feed_id == name), feed_id=name) for name in ("wire", "other")]
    choice = pick(*polls, stored=stored, items=tuple(items))
    for one in choice.polls:
        booked = [item for item in (*choice.settled, *choice.waiting) if item.entry.feed_id == one.feed.id]
        assert len(booked) == len(one.entries) + one.resumed
    assert len(set(asked(choice))) == len(choice.errands)


def test_what_was_taken_down_is_known_by_its_address_too() -> None:
    listed = entry("gone"), entry("moved", url="http://www.example.org/x?utm_source=a"), entry("other")
    forgotten = {"gone": "asked to", address_id("https://example.org/x"): "a court"}
    memory = Memory(known={}, states={}, items=(), forgotten=forgotten)
    choice = choose([poll(*listed)], memory, lambda _: None, DAY)
    assert asked(choice) == ["other"]
    assert [(item.entry.article_id, item.detail) for item in choice.settled] == [
        ("gone", "asked to"),
        ("moved", "a court"),
    ]


@pytest.mark.parametrize("told_by", ["article", "answer"])
def test_what_was_taken_down_is_known_where_its_page_leads(told_by: str) -> None:
    answer = PageAnswer(
        url="https://example.org/x", http_status=200, content_type=None, etag=None, last_modified=None,
        body_sha256=None, size_bytes=0,
    )  # fmt: skip
    item = FetchedItem(entry=entry("short"), article=Article(article_id="short", text="They met."), due_at=LATER)
    if told_by == "answer":
        item = replace(item, answer=answer)
    else:
        item = replace(item, article=Article(article_id="short", text="They met.", url=answer.url))
    assert without_forgotten([item], {}) == (item,)
    forgotten = {address_id(answer.url): "a court"}
    assert without_forgotten([item], forgotten) == (
        FetchedItem(entry=item.entry, dropped="forgotten", detail="a court"),
    )
