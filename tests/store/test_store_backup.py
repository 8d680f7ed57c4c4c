"""A backup is the ledger again, or it is not there."""

from __future__ import annotations

import shutil
import stat
from typing import TYPE_CHECKING

import duckdb
import pytest

from newsledger.records.errors import BusyError, StoreError
from store import back_up, open_ledger
from store.migrate import migrations

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backup.duckdb"


@pytest.mark.usefixtures("published")
def test_a_backup_in_the_ledgers_place_is_the_ledger(
    ledger_path: Path, target: Path, save: Callable, extraction: Callable
) -> None:
    save(extraction("a2"))
    made = back_up(ledger_path, target)
    assert made.schema_version == migrations()[-1][0]
    assert made.size_bytes == target.stat().st_size
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with duckdb.connect(str(target), read_only=True) as con:
        assert made.tables == con.execute("SELECT count(*) FROM duckdb_tables()").fetchone()[0]
    save(extraction("a3"))
    shutil.copy(target, ledger_path)
    with open_ledger(ledger_path) as ledger:
        assert set(ledger.known()) == {"a1", "a2"}
        assert ledger.integrity() == ()
    assert save(extraction("a4")).added.articles == 1


@pytest.mark.usefixtures("published")
def test_what_stands_there_is_replaced_only_on_request(
    ledger_path: Path, target: Path, save: Callable, extraction: Callable
) -> None:
    target.write_text("mine")
    with pytest.raises(StoreError, match=r"backup.duckdb exists: .*--force"):
        back_up(ledger_path, target)
    assert target.read_text() == "mine"
    first = back_up(ledger_path, target, replace=True)
    save(extraction("a2"))
    assert back_up(ledger_path, target, replace=True).rows > first.rows


@pytest.mark.usefixtures("published")
def test_a_copy_that_holds_something_else_is_no_backup(
    ledger_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy_too_little(ledger: Path, draft: Path) -> None:
        shutil.copy(ledger, draft)
        with duckdb.connect(str(draft)) as con:
            con.execute("DELETE FROM sentences")

    monkeypatch.setattr("store.copies.copying._rewrite", copy_too_little)
    with pytest.raises(StoreError, match="the copy holds something else"):
        back_up(ledger_path, target)
    assert not list(target.parent.glob("backup*"))


@pytest.mark.usefixtures("published")
def test_files_beside_a_backup_stay(ledger_path: Path, target: Path) -> None:
    mine = [target.with_name(f"{target.name}{ending}") for ending in (".tmp", ".new", "~")]
    for file in mine:
        file.write_text("mine")
    back_up(ledger_path, target)
    assert [file.read_text() for file in mine] == ["mine"] * len(mine)


@pytest.mark.usefixtures("published")
def test_where_a_backup_can_not_be_is_told(ledger_path: Path, tmp_path: Path) -> None:
    for target, problem in (
        (tmp_path, "is a folder"),
        (tmp_path / "unmounted" / "backup.duckdb", "there is no folder"),
        (ledger_path, "is the ledger itself"),
    ):
        with pytest.raises(StoreError, match=problem):
            back_up(ledger_path, target, replace=True)
    with pytest.raises(StoreError, match="there is no ledger"):
        back_up(tmp_path / "none.duckdb", tmp_path / "backup.duckdb")


def test_a_ledger_of_an_earlier_schema_is_backed_up_as_it_is(ledger_path: Path, target: Path) -> None:
    ledger_path.parent.mkdir()
    with duckdb.connect(str(ledger_path)) as con:
        con.execute(
            "CREATE TABLE schema_version (version INTEGER, name VARCHAR); INSERT INTO schema_version VALUES (1, '')"
        )
    assert (back_up(ledger_path, target).schema_version, target.exists()) == (1, True)


def test_another_database_is_no_ledger_to_back_up(ledger_path: Path, target: Path) -> None:
    ledger_path.parent.mkdir()
    with duckdb.connect(str(ledger_path)) as con:
        con.execute("CREATE TABLE recipes (name VARCHAR)")
    with pytest.raises(StoreError, match="database of something else"):
        back_up(ledger_path, target)
    assert not target.exists()


@pytest.mark.usefixtures("published")
def test_a_ledger_that_somebody_writes_is_not_backed_up(
    ledger_path: Path, target: Path, other_process: Callable
) -> None:
    other_process(
        "import duckdb, sys, time; con = duckdb.connect(sys.argv[1]); print('open', flush=True); time.sleep(60)",
        ledger_path,
    )
    with pytest.raises(BusyError, match="is held open by"):
        back_up(ledger_path, target)
    assert not target.exists()
