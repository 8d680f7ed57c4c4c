"""Whatever the integrity queries find is mended, or told; nothing else is touched."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from store.checks.forgetting import compact, is_mostly_empty
from store.checks.integrity import problems
from store.checks.mending import mend
from store.copies.publishing import publish
from store.database import attached
from store.ledger import open_ledger
from store.schemas import SPANS
from tests.store.damage import DAMAGE

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from store.checks.mending import Finding

LOST = {"texts that are not the ones stored"}


def damaged(path: Path, damage: str, now: datetime) -> tuple[Finding, ...]:
    with attached(path) as con:
        con.execute(damage)
        found = mend(con, path.with_name("news.duckdb"), ZoneInfo("UTC"), now)
        assert problems(con) == tuple(one.problem for one in found if not one.done)
    return found


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with attached(path) as con:
        tables = con.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
        return {table: con.execute(f"FROM {table} ORDER BY ALL").fetchall() for (table,) in tables}


def test_a_sound_ledger_stays_as_it_is(sound_ledger: Path, now: datetime) -> None:
    before = rows(sound_ledger)
    assert damaged(sound_ledger, "SELECT 1", now) == ()
    assert rows(sound_ledger) == before


@pytest.mark.parametrize("problem", DAMAGE)
def test_each_damage_is_mended(sound_ledger: Path, now: datetime, problem: str) -> None:
    found = damaged(sound_ledger, DAMAGE[problem], now)
    assert any(one.problem.startswith(f"{problem}: ") for one in found)
    assert [one for one in found if not one.done] == []


@pytest.mark.parametrize("problem", DAMAGE)
def test_without_a_published_copy_only_what_is_lost_is_left(sound_ledger: Path, now: datetime, problem: str) -> None:
    sound_ledger.with_name("news.duckdb").unlink()
    found = damaged(sound_ledger, DAMAGE[problem], now)
    left = {one.problem.partition(":")[0] for one in found if not one.done}
    assert left == LOST & {problem} | ({"feeds whose items do not balance"} & left)
    with attached(sound_ledger) as con:
        assert problem not in LOST or con.execute("SELECT count(*) FROM articles").fetchall() == [(4,)]


@pytest.mark.parametrize("span", SPANS)
def test_records_that_do_not_re_read_are_read_anew(sound_ledger: Path, now: datetime, span: tuple[str, str]) -> None:
    table, prefix = span
    found = damaged(
        sound_ledger, f"UPDATE {table} SET {prefix}char_start = 2, {prefix}char_end = 4 WHERE article_id = 'a1'", now
    )
    assert all(one.done for one in found)
    with attached(sound_ledger) as con:
        stale = con.execute("SELECT article_id, revision FROM articles WHERE is_newest AND extractor = ''").fetchall()
        assert stale == [("a1", 2)]


def test_duplicates_leave_the_row_that_was(sound_ledger: Path, now: datetime) -> None:
    before = rows(sound_ledger)
    for table in ("article_text", "statements", "items", "item_ledger", "takedowns"):
        damaged(sound_ledger, f"INSERT INTO {table} FROM {table}", now)
    assert rows(sound_ledger) == before


def test_what_can_be_worked_out_is_as_it_was(sound_ledger: Path, now: datetime) -> None:
    before = rows(sound_ledger)
    for damage in (
        "DELETE FROM entities",
        "DELETE FROM entity_names",
        "UPDATE articles SET is_newest = NOT is_newest",
        "UPDATE item_ledger SET items = items + 1",
        "DELETE FROM item_ledger",
        "DELETE FROM article_text",
        "UPDATE article_text SET text = 'Other.'",
        "DELETE FROM runs",
    ):
        assert damaged(sound_ledger, damage, now), damage
        assert rows(sound_ledger) == before, damage


def test_books_of_runs_before_the_last_come_from_the_published_copy(sound_ledger: Path, now: datetime) -> None:
    with attached(sound_ledger) as con:
        con.execute("INSERT INTO runs (run_id, flow, started_at) VALUES ('r2', 'monitor', '2024-03-06 14:00:00')")
        con.execute("UPDATE items SET run_id = 'r2'")
    copy = sound_ledger.with_name("news.duckdb")
    publish(sound_ledger, copy)
    before = rows(sound_ledger)
    damage = "UPDATE item_ledger SET items = 0"
    shutil.move(copy, aside := copy.with_suffix(".aside"))
    (left,) = damaged(sound_ledger, damage, now)
    assert left.problem.startswith("feeds whose items do not balance: ")
    assert not left.done
    shutil.move(aside, copy)
    assert damaged(sound_ledger, damage, now)[0].done
    assert rows(sound_ledger) == before


def test_a_text_that_is_nowhere_any_more_goes_with_its_revision_and_is_asked_for_again(
    sound_ledger: Path, now: datetime
) -> None:
    sound_ledger.with_name("news.duckdb").unlink()
    found = damaged(sound_ledger, "DELETE FROM article_text WHERE article_id = 'a8' OR revision = 2", now)
    assert found[0].done == (
        "2 revisions taken out whose text is lost: the next run reads those of the seed corpus anew; "
        "1 items to be asked for again in the next run"
    )
    with attached(sound_ledger) as con:
        stored = con.execute("SELECT article_id, revision, is_newest FROM articles ORDER BY ALL").fetchall()
        assert stored == [("a0", 1, True), ("a1", 1, True)]
        assert con.execute("SELECT DISTINCT article_id, revision FROM mentions ORDER BY ALL").fetchall() == [
            ("a0", 1),
            ("a1", 1),
        ]
        assert con.execute("SELECT article_id FROM takedowns").fetchall() == [("a7",)]
        assert con.execute("SELECT count(*) FROM digests_due").fetchall() == [(1,)]
    with open_ledger(sound_ledger) as ledger:
        owed = {item.entry.article_id: item.disposition for item in ledger.items(now)}
    assert owed["a8"] == "deferred"


def test_an_item_whose_article_is_lost_is_owed_again(sound_ledger: Path, now: datetime) -> None:
    damaged(sound_ledger, DAMAGE["items stored without an article"], now)
    with open_ledger(sound_ledger) as ledger:
        owed = {item.entry.article_id: item.disposition for item in ledger.items(now)}
    assert owed["a7"] == "forgotten", "it was taken down before"


def test_a_file_of_which_most_is_gone_is_known_and_written_anew(ledger_path: Path) -> None:
    with open_ledger(ledger_path):
        pass
    with attached(ledger_path) as con:
        con.execute("INSERT INTO article_text SELECT 'b' || i, 1, md5(i::VARCHAR) FROM range(600_000) AS t (i)")
        assert not is_mostly_empty(con)
        con.execute("DELETE FROM article_text WHERE article_id <> 'b7'")
        assert is_mostly_empty(con)
    before, size = rows(ledger_path), ledger_path.stat().st_size
    compact(ledger_path)
    assert rows(ledger_path) == before
    assert ledger_path.stat().st_size < size / 2
