"""A bench that ends runs in bad ways is worth what it would notice."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bench.crash.__main__ import table
from bench.crash.checking import Books
from bench.crash.rounds import Round, rude
from newsledger.records.article import Article
from newsledger.records.config import Feed
from newsledger.records.extraction import Extraction
from newsledger.records.feeds import FeedEntry, FeedPoll, FeedState, FetchedItem
from newsledger.records.run import Batch, Run
from store import open_ledger, publish
from store.database import attached

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2024, 3, 6, tzinfo=UTC)
RUN = Run(run_id="r1", flow="monitor", started_at=NOW)
FEED = Feed(id="f", name="F", url="https://f.example/", kind="wire")


def entry(article_id: str) -> FeedEntry:
    return FeedEntry(
        feed_id="f", article_id=article_id, url=None, title=f"Story {article_id}", published=None, modified=None,
        authors=(), language=None, body_html="<p>Ships left.</p>",
    )  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> SimpleNamespace:
    """A ledger with two articles and an item that is owed, published."""
    made = SimpleNamespace(
        ledger=tmp_path / "ledger.duckdb", published=tmp_path / "news.duckdb", titles={"Story a1", "Story a2"}
    )
    extractions = tuple(
        Extraction(article=Article(article_id=one, text="Ships left.", title=f"Story {one}"), extractor="x")
        for one in ("a1", "a2")
    )
    poll = FeedPoll(feed=FEED, state=FeedState(feed_id="f"), outcome="ok", polled_at=NOW, entries=(entry("a3"),))
    owed = FetchedItem(entry=entry("a3"), dropped="deferred", due_at=NOW)
    with open_ledger(made.ledger) as ledger:
        ledger.begin(RUN)
        ledger.save(Batch(extractions=extractions, polls=(poll,), items=(owed,)), RUN, ZoneInfo("UTC"), NOW)
    publish(made.ledger, made.published)
    return made


def change(site: SimpleNamespace, *statements: str) -> None:
    with attached(site.ledger) as con:
        for statement in statements:
            con.execute(statement)


def test_sound_books_have_no_faults(site: SimpleNamespace) -> None:
    books = Books(site)
    assert books.faults() == books.faults() == []
    assert books.articles == 2


def test_an_article_that_is_lost_is_noticed(site: SimpleNamespace) -> None:
    books = Books(site)
    books.faults()
    change(site, "DELETE FROM articles WHERE article_id = 'a1'", "DELETE FROM article_text WHERE article_id = 'a1'")
    assert any(fault == "1 articles are gone from the ledger, such as Story a1" for fault in books.faults())


def test_an_article_that_is_stored_twice_is_noticed(site: SimpleNamespace) -> None:
    change(site, "UPDATE articles SET title = 'Story a1'")
    assert "1 articles are stored twice" in Books(site).faults()


def test_an_item_that_is_forgotten_is_noticed(site: SimpleNamespace) -> None:
    books = Books(site)
    books.faults()
    change(site, "DELETE FROM items")
    assert "1 items were noted as owed and are gone, such as Story a3" in books.faults()


def test_what_the_integrity_queries_find_is_told(site: SimpleNamespace) -> None:
    change(site, "DELETE FROM runs")
    assert any(fault.startswith("articles without runs") for fault in Books(site).faults())


def test_a_published_copy_that_is_torn_is_noticed(site: SimpleNamespace) -> None:
    books = Books(site)
    books.faults()
    site.published.write_bytes(b"half")
    assert any("the published copy does not open" in fault for fault in books.faults())
    site.published.unlink()
    assert "the published copy is gone" in books.faults()


def test_what_an_undisturbed_run_did_not_make_good_is_noticed(site: SimpleNamespace) -> None:
    site.titles.add("Document 7")
    site.ledger.with_name(".news.duckdb.newsledger-draft").touch()
    found = Books(site).unhealed()
    assert "2 articles are not made good, such as Document 7" in found
    assert ".news.duckdb.newsledger-draft was left over" in found


@pytest.mark.parametrize(
    ("complained", "status", "is_rude"),
    [
        ("", 0, False),
        ("newsledger: error: no space left on the disk\n", 2, False),
        ("newsledger: error: something unexpected went wrong\n", 1, True),
        ("Traceback (most recent call last):\nnewsledger: error: no space left\n", 2, True),
        ("", -11, True),
    ],
)
def test_a_run_that_fails_must_say_why_in_one_line(complained: str, status: int, is_rude: bool) -> None:  # noqa: FBT001
    assert bool(rude(complained, status, "o space left")) == is_rude


def test_the_table_counts_rounds_and_violations() -> None:
    rounds = [Round(way="kill", met="it was through", faults=faults) for faults in ((), ("lost",), ())]
    assert table(rounds).splitlines()[1].split() == ["kill", "it", "was", "through", "3", "1"]
