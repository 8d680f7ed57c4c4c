"""The integrity queries find nothing in a sound ledger, and each finds its kind of damage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsledger.records.article import Issue
from newsledger.records.feeds import FetchedItem, PageAnswer
from newsledger.records.run import Batch
from store.database import attached
from store.integrity import checks, problems
from store.schemas import EXTRACTION_SCHEMAS, SPANS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import duckdb

DAMAGE = {
    "duplicates in article_text": "INSERT INTO article_text SELECT * FROM article_text",
    "duplicates in item_ledger": "INSERT INTO item_ledger SELECT * FROM item_ledger",
    "duplicates in statements": "INSERT INTO statements SELECT * FROM statements",
    "articles without article_text": "DELETE FROM article_text",
    "articles without runs": "DELETE FROM runs",
    "mentions without article_entities": "DELETE FROM article_entities",
    "article_entities without entities": "DELETE FROM entities WHERE entity_id = 'courier'",
    "statement_chain without statements": "DELETE FROM statements",
    "event_participants without events": "DELETE FROM events WHERE event_id = 'e2'",
    "topic_evidence without topics": "DELETE FROM topics",
    "item_ledger without polls": "DELETE FROM polls",
    "duplicates in items": "INSERT INTO items SELECT * FROM items",
    "items without runs": "UPDATE items SET run_id = 'r9'",
    "items stored without an article": "UPDATE items SET article_id = 'a7' WHERE article_id = 'a8'",
    "feed_warnings without feeds": "DELETE FROM feeds",
    "page_answers without articles": "UPDATE page_answers SET revision = 9",
    "article_changes without articles": "UPDATE article_changes SET revision = 9",
    "figures without articles": "UPDATE figures SET revision = 9",
    "sentences outside their text": "UPDATE sentences SET char_end = 9999 WHERE no = 1",
    "articles with no newest revision, or not the last one": "UPDATE articles SET is_newest = false",
    "feeds whose items do not balance": "UPDATE item_ledger SET items = items + 1",
}


@pytest.fixture
def sound(
    ledger_path: Path, save: Callable, extraction: Callable, poll: Callable, entry: Callable
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A ledger with a row in every table."""
    save(extraction())
    save(extraction(title="Second"))
    warned = poll(articles=("a8", "a9"), warnings=(Issue(code="silent", detail="listed nothing for a day"),))
    answer = PageAnswer(url="https://courier.example/a8", http_status=200)
    fetched = extraction("a8")
    items = (
        FetchedItem(entry=entry("a8"), article=fetched.article, answer=answer),
        FetchedItem(entry=entry("a9"), dropped="deferred"),
    )
    save(batch=Batch(extractions=(fetched,), polls=(warned,), items=items))
    with attached(ledger_path) as con:
        yield con


def test_a_sound_ledger_has_no_problems(sound: duckdb.DuckDBPyConnection) -> None:
    assert problems(sound) == ()
    for (table,) in sound.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        if table in {"digests", "takedowns", "record_changes", "replay_counts", "replay_examples"}:
            continue
        assert sound.execute(f"SELECT count(*) > 0 FROM {table}").fetchall() == [(True,)], table


def test_each_damage_is_found(sound: duckdb.DuckDBPyConnection) -> None:
    for problem, damage in DAMAGE.items():
        sound.execute("BEGIN")
        sound.execute(damage)
        assert f"{problem}: " in "\n".join(problems(sound))
        sound.execute("ROLLBACK")
    assert problems(sound) == ()


def test_every_span_that_does_not_re_read_is_found(sound: duckdb.DuckDBPyConnection) -> None:
    for table, prefix in SPANS:
        sound.execute("BEGIN")
        sound.execute(f"UPDATE {table} SET {prefix}char_start = 2, {prefix}char_end = 4")
        assert f"{prefix}spans in {table} that do not re-read: " in "\n".join(problems(sound))
        sound.execute("ROLLBACK")
    assert len(SPANS) > 9


def test_every_table_of_an_extraction_is_checked() -> None:
    names = " ".join(check.name for check in checks())
    for table in EXTRACTION_SCHEMAS:
        assert f"duplicates in {table}" in names
