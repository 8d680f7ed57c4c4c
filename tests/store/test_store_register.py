"""The register of what the feeds listed, and the books that are its items counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsledger.records.article import Issue
from newsledger.records.errors import StoreError
from newsledger.records.feeds import Balance, FeedEntry, FetchedItem, KnownItem, PageAnswer
from newsledger.records.run import Batch, Run
from store import open_ledger, publish, read_status, run_query
from store.database import attached

Make = Callable[..., FetchedItem]
NOW = datetime(2024, 3, 6, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
RUNS = tuple(Run(run_id=f"r{no}", flow="monitor", started_at=NOW) for no in range(5))
ANSWER = PageAnswer(
    url="https://courier.example/final",
    http_status=200,
    content_type="text/html",
    etag='W/"p"',
    last_modified="today",
    body_sha256="cd" * 32,
    size_bytes=99,
)


@pytest.fixture
def item(entry: Callable[..., FeedEntry], extraction: Callable) -> Make:
    """Make a dropped item, or one with an article where nothing is said of dropping."""

    def make(article_id: str = "a1", dropped: str | None = None, feed_id: str = "courier", **given: object) -> Make:
        article = None if dropped else extraction(article_id).article
        return FetchedItem(entry=entry(article_id, feed_id), article=article, dropped=dropped, **given)

    return make


def known_items(path: Path, since: datetime = NOW) -> dict[tuple[str, str], KnownItem]:
    with open_ledger(path) as ledger:
        return {(known.entry.feed_id, known.entry.article_id): known for known in ledger.items(since)}


def told(known: KnownItem) -> tuple[object, ...]:
    return known.disposition, known.stored, known.tries, known.due_at


def books(path: Path, run: Run, feed_id: str = "courier") -> dict[str, int]:
    with open_ledger(path) as ledger:
        (balance,) = (one for one in ledger.balances(run) if one.feed_id == feed_id)
        assert balance.is_balanced
        assert ledger.integrity() == ()
    return dict(balance.items)


def test_an_item_comes_back_as_it_was_listed(ledger_path: Path, save: Callable, entry: Callable) -> None:
    listed = replace(
        entry("a1"), guid="tag:1", modified=LATER, authors=("Ann Ost",), language="en", body_html="<p>Ships.</p>"
    )
    save(batch=Batch(items=(FetchedItem(entry=listed, dropped="deferred", tries=2, due_at=LATER),)))
    assert known_items(ledger_path) == {
        ("courier", "a1"): KnownItem(
            entry=listed, disposition="deferred", stored=False, first_seen=NOW, tries=2, due_at=LATER
        )
    }
    save(batch=Batch(items=(FetchedItem(entry=listed, dropped="gone"),)), now=LATER, run=RUNS[2])
    (known,) = known_items(ledger_path).values()
    assert known == KnownItem(
        entry=replace(listed, body_html=None), disposition="gone", stored=False, first_seen=NOW
    ), "the feed's text is kept only while the item is owed"


def test_old_items_are_left_out_unless_they_are_due(ledger_path: Path, save: Callable, item: Make) -> None:
    save(batch=Batch(items=(item("old", "gone"), item("owed", "deferred", due_at=LATER))), now=NOW)
    save(batch=Batch(items=(item("new", "gone"),)), now=LATER)
    assert [key for _, key in known_items(ledger_path, LATER)] == ["new", "owed"]


def test_what_is_entered_before_it_is_fetched_is_counted_once(
    ledger_path: Path, save: Callable, item: Make, poll: Callable, extraction: Callable
) -> None:
    listing = poll(articles=("a1", "a1", "a2", "a3", "a4"))
    owed = {"dropped": "deferred", "detail": "not asked yet", "due_at": NOW}
    first = Batch(
        polls=(replace(listing, resumed=1),),
        items=(
            item("a1", "duplicate"),
            *(item(one, **owed) for one in ("a1", "a2", "a5")),
            item("a3", "filtered"),
            item("a4", "known"),
        ),
    )
    save(batch=first)
    assert books(ledger_path, RUNS[1]) == {"known": 1, "duplicate": 1, "filtered": 1, "deferred": 3}
    assert known_items(ledger_path)["courier", "a1"].disposition == "deferred"
    second = Batch(extractions=(extraction("a1"),), items=(item("a1", due_at=LATER), item("a2", "gone")))
    for _ in range(2):
        save(batch=second)
    assert books(ledger_path, RUNS[1])["deferred"] == 1
    save(batch=Batch(items=(item("a5", "blocked"),)))
    assert books(ledger_path, RUNS[1]) == {
        "stored": 1,
        "known": 1,
        "duplicate": 1,
        "filtered": 1,
        "gone": 1,
        "blocked": 1,
    }
    assert told(known_items(ledger_path)["courier", "a1"]) == ("stored", True, 0, LATER)


def test_the_first_batch_saved_again_changes_nothing(
    ledger_path: Path, save: Callable, item: Make, poll: Callable
) -> None:
    listing = poll(articles=("a1", "a1", "a2"), warnings=(Issue(code="silent", detail="for a day"),))
    first = Batch(
        polls=(listing,), items=(item("a1", "duplicate"), item("a1", "deferred", tries=1), item("a2", "known"))
    )
    found = []
    for _ in range(2):
        save(batch=first)
        with attached(ledger_path) as con:
            tables = ("items", "polls", "item_ledger", "feeds", "feed_warnings")
            found.append([con.execute(f"FROM {table} ORDER BY ALL").fetchall() for table in tables])
    assert found[0] == found[1]
    assert books(ledger_path, RUNS[1]) == {"known": 1, "duplicate": 1, "deferred": 1}


def test_a_batch_that_failed_can_be_saved_again(
    ledger_path: Path, save: Callable, item: Make, poll: Callable, extraction: Callable
) -> None:
    save(batch=Batch(polls=(poll(articles=("a1", "a2")),), items=(item("a1", "deferred"), item("a2", "deferred"))))
    batch = Batch(extractions=(extraction("a1"),), items=(item("a1", answer=ANSWER), item("a2", "gone")))
    with open_ledger(ledger_path) as ledger:
        con = ledger._con  # noqa: SLF001 - to break and mend what a batch writes late
        con.execute("ALTER TABLE page_answers RENAME TO broken")
        with pytest.raises(StoreError, match="page_answers"):
            ledger.save(batch, RUNS[1], ZoneInfo("UTC"), NOW)
        assert {one.disposition for one in ledger.items(NOW)} == {"deferred"}
        con.execute("ALTER TABLE broken RENAME TO page_answers")
        assert ledger.save(batch, RUNS[1], ZoneInfo("UTC"), NOW).added.articles == 1
    assert books(ledger_path, RUNS[1]) == {"stored": 1, "gone": 1}


@pytest.mark.parametrize("seen_again", ["known", "duplicate"])
def test_what_is_only_seen_again_keeps_what_became_of_it(
    seen_again: str, ledger_path: Path, save: Callable, item: Make, extraction: Callable
) -> None:
    items = (item("a1", answer=ANSWER, due_at=LATER), item("a2", "failed", tries=3, detail="timeout", due_at=LATER))
    save(batch=Batch(extractions=(extraction("a1"),), items=items))
    before = known_items(ledger_path)
    assert (before["courier", "a1"].etag, before["courier", "a1"].last_modified) == ('W/"p"', "today")
    renamed = [replace(one, entry=replace(one.entry, title="New", guid="g")) for one in (item("a1", seen_again),)]
    save(batch=Batch(items=(*renamed, item("a2", seen_again))), now=LATER, run=RUNS[2])
    after = known_items(ledger_path, LATER)
    first = before["courier", "a1"]
    assert after["courier", "a1"] == replace(first, entry=renamed[0].entry)
    assert after["courier", "a2"] == before["courier", "a2"]


def test_a_recheck_that_finds_nothing_new_is_over(
    ledger_path: Path, save: Callable, item: Make, extraction: Callable
) -> None:
    save(batch=Batch(extractions=(extraction("a1"),), items=(item("a1", answer=ANSWER, due_at=LATER),)))
    save(batch=Batch(items=(item("a1", "deferred", due_at=LATER),)), now=LATER, run=RUNS[2])
    (owed,) = known_items(ledger_path).values()
    assert (told(owed), owed.etag) == (("deferred", True, 0, LATER), 'W/"p"')
    save(batch=Batch(items=(item("a1", "known"),)), now=LATER, run=RUNS[2])
    (known,) = known_items(ledger_path).values()
    assert (told(known), known.etag) == (("known", True, 0, None), 'W/"p"')


def test_a_dropped_item_of_a_stored_article_is_still_stored(
    ledger_path: Path, save: Callable, item: Make, extraction: Callable
) -> None:
    save(batch=Batch(extractions=(extraction("a1"),), items=(item("a1"),)))
    save(batch=Batch(items=(item("a1", "gone"), item("a1", "filtered", "mirror"))), now=LATER, run=RUNS[2])
    found = known_items(ledger_path)
    assert told(found["courier", "a1"]) == ("gone", True, 0, None)
    assert told(found["mirror", "a1"]) == ("filtered", True, 0, None)


def test_an_item_dropped_again_keeps_its_particulars(ledger_path: Path, save: Callable, item: Make) -> None:
    def detail() -> str | None:
        with attached(ledger_path) as con:
            return con.execute("SELECT detail FROM items").fetchall()[0][0]

    for dropped, given, told_then in (
        ("blocked", "status 403", "status 403"),
        ("blocked", None, "status 403"),
        ("blocked", "status 451", "status 451"),
        ("gone", None, None),
    ):
        save(batch=Batch(items=(item("a1", dropped, detail=given),)))
        assert detail() == told_then


def test_an_item_that_another_feed_lists_first_is_owed_no_longer(
    ledger_path: Path, save: Callable, item: Make, poll: Callable
) -> None:
    save(batch=Batch(polls=(poll(articles=("a1",)),), items=(item("a1", "deferred", due_at=LATER),)))
    second = Batch(
        polls=(poll("mirror", ("a1",)), poll(articles=("a1",))),
        items=(item("a1", "deferred", "mirror", due_at=LATER), item("a1", "duplicate")),
    )
    save(batch=second, run=RUNS[2], now=LATER)
    found = known_items(ledger_path, datetime.max.replace(tzinfo=UTC))
    assert [(key, known.disposition) for key, known in found.items()] == [(("mirror", "a1"), "deferred")]
    assert (books(ledger_path, RUNS[2]), books(ledger_path, RUNS[2], "mirror")) == ({"duplicate": 1}, {"deferred": 1})


def test_attempts_are_not_forgotten_when_an_item_is_entered_again(
    ledger_path: Path, save: Callable, item: Make
) -> None:
    save(batch=Batch(items=(item("a1", "deferred", tries=3, due_at=NOW),)))
    save(batch=Batch(items=(item("a1", "deferred", due_at=NOW),)), run=RUNS[2])
    assert told(known_items(ledger_path)["courier", "a1"]) == ("deferred", False, 3, NOW)
    save(batch=Batch(items=(item("a1", "gone"),)), run=RUNS[2])
    assert told(known_items(ledger_path)["courier", "a1"]) == ("gone", False, 0, None)


def test_each_revision_has_the_answer_it_was_read_from(
    ledger_path: Path, save: Callable, item: Make, extraction: Callable
) -> None:
    def put(text: str, **given: object) -> None:
        made = extraction("a1", text=text, **given)
        fetched = replace(item("a1", answer=replace(ANSWER, body_sha256=text)), article=made.article)
        save(batch=Batch(extractions=(made,), items=(fetched,)))

    put("First.", text_from="feed")
    for text in ("Second.", "Second.", "Third."):
        put(text)
    with attached(ledger_path) as con:
        found = con.execute("FROM page_answers ORDER BY revision").fetchall()
    common = ("https://courier.example/final", 200, "text/html")
    end = (99, NOW.replace(tzinfo=None), "r1")
    assert found == [("a1", 2, *common, "Second.", *end), ("a1", 3, *common, "Third.", *end)]


def test_resumed_items_count_beside_those_listed(ledger_path: Path, save: Callable, item: Make, poll: Callable) -> None:
    save(
        batch=Batch(polls=(replace(poll(articles=("a1",)), resumed=1),), items=(item("a1", "gone"), item("a2", "gone")))
    )
    with open_ledger(ledger_path) as ledger:
        assert ledger.balances(RUNS[1]) == (Balance(feed_id="courier", seen=1, resumed=1, items=(("gone", 2),)),)
        ledger._con.execute("UPDATE polls SET items_resumed = 0")  # noqa: SLF001 - the damage
        assert any("do not balance" in problem for problem in ledger.integrity()), "in a run that has not ended too"


def test_what_was_dropped_can_be_listed(
    ledger_path: Path, save: Callable, item: Make, poll: Callable, extraction: Callable
) -> None:
    batch = Batch(
        extractions=(extraction("a1"),),
        polls=(poll(articles=("a1", "a2", "a3", "a4")),),
        items=(
            item("a1"),
            item("a2", "filtered", detail="none of the words"),
            item("a3", "deferred"),
            item("a4", "known"),
        ),
    )
    save(batch=batch)
    save(batch=Batch(items=(item("a1", "gone"),)), run=RUNS[2])
    published = ledger_path.with_name("news.duckdb")
    publish(ledger_path, published)
    found = run_query(published, "SELECT feed, title, url, disposition, detail FROM v_dropped", 5)
    assert found.rows == (("Courier", "Ministers meet", "https://courier.example/a2", "filtered", "none of the words"),)
    assert dict(read_status(published).tables)["items"] == 4
