"""The integrity queries find nothing in a sound ledger, and each finds its kind of damage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsledger.records.run import Run
from store.checks.integrity import checks, problems
from store.database import attached
from store.ledger import open_ledger
from store.schemas import EXTRACTION_SCHEMAS, SPANS
from tests.store.damage import DAMAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb
# What is a contradiction only where all rows are seen.
OF_THE_WHOLE = {
    "names that nobody carries",
    "entities without article_entities",
    "entity_names without entities",
    "replay_counts without runs",
    "polls without runs",
    "story_changes without runs",
    "stories that are not what their articles make",
    "copies of what is no original of their story",
}


@pytest.fixture
def sound(sound_ledger: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A ledger with a row in every table."""
    with attached(sound_ledger) as con:
        yield con


def test_a_sound_ledger_has_no_problems(sound: duckdb.DuckDBPyConnection) -> None:
    assert problems(sound) == ()
    for (table,) in sound.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        assert sound.execute(f"SELECT count(*) > 0 FROM {table}").fetchall() == [(True,)], table


@pytest.mark.parametrize("problem", DAMAGE)
def test_each_damage_is_found(sound: duckdb.DuckDBPyConnection, problem: str) -> None:
    sound.execute(DAMAGE[problem])
    assert f"{problem}: " in "\n".join(problems(sound))


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


def test_what_a_run_touched_is_checked_and_nothing_else(sound_ledger: Path, run: Run) -> None:
    other = Run(run_id="r0", flow="seed", started_at=run.started_at)
    with open_ledger(sound_ledger) as ledger:
        assert ledger.integrity(run) == ledger.integrity(other) == ()
    with attached(sound_ledger) as con:
        con.execute("UPDATE mentions SET char_start = 2, char_end = 4 WHERE article_id = 'a0'")
        con.execute("DELETE FROM entities WHERE entity_id = 'harbour-wire'")
    with open_ledger(sound_ledger) as ledger:
        touched, rest = ledger.integrity(run), ledger.integrity(other)
        assert ledger.integrity() == ledger.integrity(), "the parts are gone again"
    assert [line.partition(":")[0] for line in touched] == [
        "article_entities without entities",
        "entity_names without entities",
    ]
    assert [line.partition(":")[0] for line in rest] == [
        "article_entities without entities",
        "entity_names without entities",
        "spans in mentions that do not re-read",
    ]


def test_a_run_that_touched_much_is_checked_with_the_whole(
    sound_ledger: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with attached(sound_ledger) as con:
        con.execute("INSERT INTO entity_names VALUES ('olga-lind', 'Lindt', 'lindt')")
        assert problems(con, run.run_id) == (), "only the whole tells that nobody carries a name"
        monkeypatch.setattr("store.checks.integrity._FEW", 0)
        assert problems(con, run.run_id) == problems(con) != ()


def test_each_damage_of_a_run_is_found_at_its_end(sound_ledger: Path, run: Run) -> None:
    """All but what only the whole ledger can tell."""
    for problem, damage in DAMAGE.items():
        with attached(sound_ledger) as con:
            con.execute("BEGIN")
            con.execute(damage)
            lines = "\n".join(problems(con, run.run_id))
            con.execute("ROLLBACK")
        assert (f"{problem}: " in lines) == (problem not in OF_THE_WHOLE), problem
