"""Parquet by day: whole at any moment, the same as the published copy, and open from anywhere."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING

import duckdb
import pytest
from pyarrow import dataset

from newsledger.records.errors import BusyError, StoreError
from store import Export, export_parquet, publish, run_query
from store.database import attached

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

READER = """
import sys
from pathlib import Path
import duckdb
catalogue, stop = sys.argv[1], Path(sys.argv[2])
QUERY = "SELECT title, count(*) FROM articles WHERE is_newest AND day = DATE '2024-03-06' GROUP BY ALL"
print("reading", flush=True)
titles = set()
while not stop.exists():
    try:
        with duckdb.connect(catalogue, read_only=True) as con:
            ((title, articles),) = con.execute(QUERY).fetchall()
    except duckdb.IOException as error:
        assert "No files found" in str(error) or "No such file" in str(error), error
        continue
    assert articles == 40, articles
    titles.add(title)
print(len(titles), flush=True)
"""
LATER = datetime(2024, 3, 7, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "lake"


@pytest.fixture
def export(published: Path, ledger_path: Path, folder: Path) -> Callable[..., Export]:
    """Publish what the ledger holds, and export it."""

    def do(**days: date) -> Export:
        publish(ledger_path, published)
        return export_parquet(published, folder, **days)

    return do


def ask(catalogue: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(catalogue), read_only=True) as con:
        return con.execute(query).fetchall()


def relations(catalogue: Path) -> list[str]:
    found = ask(
        catalogue,
        "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views() WHERE NOT internal",
    )
    return sorted(name for (name,) in found)


def files(folder: Path) -> dict[str, int]:
    """The files by name, each with the number that another file in its place would not have."""
    found = [*folder.glob("*.parquet"), *folder.glob("*/day=*/*.parquet")]
    return {str(file.relative_to(folder)): file.stat().st_ino for file in found}


def kept(folder: Path) -> set[int]:
    """The files that the views read, by their numbers."""
    return {file.stat().st_ino for file in (folder / ".files").rglob("*.parquet")}


def days(folder: Path, table: str) -> list[str]:
    return sorted(path.name.removeprefix("day=") for path in (folder / table).glob("day=*"))


def test_the_catalogue_holds_what_the_published_copy_holds(
    export: Callable, published: Path, save: Callable, extraction: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(extraction("a2", published=LATER), extraction("a3", published=None))
    catalogue = export().catalogue
    monkeypatch.chdir("/")
    assert relations(catalogue) == relations(published)
    for name in relations(published):
        columns = ", ".join(column for (column, *_) in ask(published, f"DESCRIBE {name}"))
        query = f"SELECT {columns} FROM {name} ORDER BY ALL"
        assert ask(catalogue, query) == ask(published, query), name
    macros = "SELECT function_name, parameters FROM duckdb_functions() WHERE NOT internal ORDER BY ALL"
    assert ask(catalogue, macros) == ask(published, macros)


def test_comments_and_types_carry_over(export: Callable, published: Path) -> None:
    catalogue = export().catalogue
    about_columns = (
        "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() "
        "WHERE NOT internal AND NOT (column_name = 'day' AND NOT starts_with(table_name, 'v_')) ORDER BY ALL"
    )
    assert ask(catalogue, about_columns) == ask(published, about_columns)
    comments = "SELECT {0}_name, comment FROM duckdb_{0}s() WHERE NOT internal"
    about = f"{comments.format('table')} UNION {comments.format('view')} ORDER BY ALL"
    assert ask(catalogue, about) == ask(published, about)
    assert {
        comment for (comment,) in ask(catalogue, "SELECT comment FROM duckdb_columns() WHERE column_name = 'day'")
    } == {"Day of the file, UTC: when the revision was published, or else stored."}


def test_a_day_is_one_file_and_other_readers_find_it(
    export: Callable, folder: Path, save: Callable, extraction: Callable
) -> None:
    save(*(extraction(f"b{no}", published=LATER) for no in range(100)))
    made = {table.name: table for table in export().tables}
    assert days(folder, "articles") == days(folder, "mentions") == ["2024-03-06", "2024-03-07"]
    assert made["articles"].files == made["mentions"].files == len(list((folder / "mentions").rglob("*.parquet"))) == 2
    assert (made["articles"].rows, made["entities"].files, made["polls"].rows) == (101, 1, 0)
    read = dataset.dataset(folder / "statements", partitioning="hive").to_table()
    assert read.num_rows == made["statements"].rows == 202
    assert set(read["day"].to_pylist()) == {"2024-03-06", "2024-03-07"}
    assert dataset.dataset(folder / "polls.parquet").to_table().num_rows == 0
    compressed = ask(
        folder / "catalog.duckdb", f"SELECT DISTINCT compression FROM parquet_metadata('{folder}/*/*/*.parquet')"
    )
    assert compressed == [("ZSTD",)]


def test_only_what_changed_is_replaced(export: Callable, folder: Path, save: Callable, extraction: Callable) -> None:
    save(extraction("a2", published=LATER))
    export()
    before = files(folder)
    again = export()
    assert files(folder) == before
    assert kept(folder) == set(before.values())
    assert sum(table.changed for table in again.tables) == 0
    save(extraction("a3", published=LATER))
    made = {table.name: table for table in export().tables}
    assert (made["articles"].files, made["articles"].changed) == (2, 1)
    changed = {name for name, file in files(folder).items() if before[name] != file}
    assert kept(folder) == set(files(folder).values())
    assert {name for name in changed if "day=" in name} == {name for name in before if "day=2024-03-07" in name}


def test_what_was_taken_out_is_gone(
    export: Callable, folder: Path, ledger_path: Path, save: Callable, extraction: Callable
) -> None:
    save(extraction("a2", published=LATER))
    export()
    with attached(ledger_path) as con:
        for table in {path.name for path in folder.iterdir() if list(path.glob("day=*"))}:
            con.execute(f"DELETE FROM {table} WHERE article_id = 'a2'")
    made = export()
    assert days(folder, "articles") == days(folder, "article_text") == ["2024-03-06"]
    assert sum(table.removed for table in made.tables) > 5
    assert kept(folder) == set(files(folder).values())
    assert ask(made.catalogue, "SELECT article_id FROM v_articles") == [("a1",)]
    with attached(ledger_path) as con:
        con.execute("DELETE FROM datelines")
    assert ask(export().catalogue, "SELECT article_id, day FROM datelines") == []


def test_days_that_are_not_asked_for_stay_as_they_are(
    export: Callable, folder: Path, save: Callable, extraction: Callable
) -> None:
    third = datetime(2024, 3, 8, tzinfo=UTC)
    save(extraction("a2", published=LATER), extraction("a3", published=third))
    made = export(since=date(2024, 3, 7), until=date(2024, 3, 7))
    assert ask(made.catalogue, "SELECT article_id FROM articles") == [("a2",)]
    export(until=date(2024, 3, 6))
    assert days(folder, "articles") == ["2024-03-06", "2024-03-07"]
    made = export(since=date(2024, 3, 8))
    assert days(folder, "mentions") == ["2024-03-06", "2024-03-07", "2024-03-08"]
    assert ask(made.catalogue, "SELECT count(*) FROM v_who_said_what") == [(6,)]


def test_days_of_another_schema_are_not_mixed(export: Callable, folder: Path) -> None:
    export()
    with duckdb.connect() as con:
        con.execute(f"COPY (SELECT 1 AS version, '0001_ledger.sql' AS name) TO '{folder}/schema_version.parquet'")
    with pytest.raises(StoreError, match=r"exported with schema version 1, .*without --since and --until"):
        export(since=date(2024, 3, 6))
    export()
    export(since=date(2024, 3, 6))


def test_a_copied_folder_is_exported_whole_first(
    export: Callable, published: Path, folder: Path, tmp_path: Path
) -> None:
    export()
    shutil.copytree(folder, tmp_path / "copy")
    with pytest.raises(StoreError, match=r"was copied from elsewhere: .*without --since and --until"):
        export_parquet(published, tmp_path / "copy", since=date(2024, 3, 7))
    made = export_parquet(published, tmp_path / "copy")
    shutil.rmtree(folder)
    assert ask(made.catalogue, "SELECT count(*) FROM v_articles") == [(1,)]


def test_a_snapshot_of_hard_links_leaves_the_export_as_it_is(
    export: Callable, published: Path, folder: Path, save: Callable, extraction: Callable
) -> None:
    export()
    snapshot = folder.with_name("snapshot")
    shutil.copytree(folder, snapshot, copy_function=os.link)
    before = files(snapshot)
    save(extraction(title="Second"))
    made = export()
    for table in ("articles", "runs", "article_text"):
        count = f"SELECT count(*) FROM {table}"
        assert ask(made.catalogue, count) == ask(published, count), table
    assert kept(folder) == set(files(folder).values())
    assert files(snapshot) == before, "the snapshot still holds the earlier state"
    made = export_parquet(published, snapshot, since=date(2024, 3, 6))
    assert ask(made.catalogue, "SELECT title FROM articles ORDER BY revision") == [("Ministers meet",), ("Second",)]


def test_folders_above_are_no_columns(published: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run=5" / "revision=9" / "day=1999-01-01" / "lake"
    folder.parent.mkdir(parents=True)
    made = export_parquet(published, folder)
    assert ask(made.catalogue, "SELECT DISTINCT revision, day FROM articles") == [(1, date(2024, 3, 6))]
    for table in ("articles", "entities"):
        columns = [name for (name, *_) in ask(made.catalogue, f"DESCRIBE {table}") if name != "day"]
        assert columns == [name for (name, *_) in ask(published, f"DESCRIBE {table}")]


def test_of_days_that_are_not_asked_for_no_file_is_opened(
    export: Callable, save: Callable, extraction: Callable
) -> None:
    save(extraction("a2", published=LATER))
    ((_, plan),) = ask(export().catalogue, "EXPLAIN ANALYZE SELECT title FROM articles WHERE day >= DATE '2024-03-07'")
    assert "Scanning Files: 1/2" in plan


def test_a_reader_meets_a_day_whole(
    export: Callable, folder: Path, save: Callable, extraction: Callable, other_process: Callable
) -> None:
    names = [f"a{no}" for no in range(1, 41)]
    save(*(extraction(name, title="0") for name in names))
    catalogue = export().catalogue
    reader = other_process(READER, catalogue, folder.parent / "stop")
    for no in range(1, 8):
        save(*(extraction(name, title=str(no)) for name in names))
        export(since=date(2024, 3, 6))
    (folder.parent / "stop").touch()
    assert int(reader.stdout.read()) > 3
    assert reader.wait() == 0


@pytest.mark.parametrize("name", ["it's [1] *", "Übersee"])
def test_the_folders_name_may_hold_anything(published: Path, tmp_path: Path, name: str) -> None:
    made = export_parquet(published, tmp_path / name)
    assert ask(made.catalogue, "SELECT count(*) FROM v_articles JOIN entities ON true") == [(5,)]


def test_the_export_finds_its_folder_from_another(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = export_parquet(published, type(tmp_path)("lake"))
    monkeypatch.chdir(published.parent)
    assert ask(tmp_path / made.catalogue, "SELECT count(*) FROM v_articles") == [(1,)]


def test_a_folder_of_something_else_is_left_alone(published: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds no earlier export"):
        export_parquet(published, folder)
    with pytest.raises(StoreError, match="is a file"):
        export_parquet(published, folder / "thesis.txt")
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]


def test_an_export_that_was_cut_off_is_taken_up(export: Callable, folder: Path) -> None:
    (folder / ".writing" / "articles" / "day=2024-03-06").mkdir(parents=True)
    (folder / ".writing" / "articles" / "day=2024-03-06" / "data_0.parquet").write_bytes(b"PAR1")
    (folder / "catalog.duckdb.lock").touch()
    assert ask(export().catalogue, "SELECT count(*) FROM articles") == [(1,)]
    assert not (folder / ".writing").exists()


def test_two_exports_do_not_meet(published: Path, folder: Path, other_process: Callable) -> None:
    folder.mkdir()
    other = other_process(
        "import sys, time; from pathlib import Path; from store import write_lock\n"
        "with write_lock(Path(sys.argv[1]), 'newsledger export'): print('locked', flush=True); time.sleep(60)",
        folder / "catalog.duckdb",
    )
    with pytest.raises(BusyError, match=f"newsledger export .process {other.pid}"):
        export_parquet(published, folder)


def test_without_room_nothing_is_written(published: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needed = published.stat().st_size
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=needed - 1))
    with pytest.raises(StoreError, match="no space left"):
        export_parquet(published, folder)
    assert files(folder) == {}
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=needed))
    assert export_parquet(published, folder).tables


def test_what_can_not_be_exported_is_told(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(StoreError, match=r"no database at .* yet"):
        export_parquet(tmp_path / "news.duckdb", folder)
    with duckdb.connect(str(tmp_path / "other.duckdb")) as con:
        con.execute("CREATE TABLE recipes (name VARCHAR)")
    with pytest.raises(StoreError, match="a database of something else"):
        export_parquet(tmp_path / "other.duckdb", folder)


def test_the_published_copy_stays_open_to_queries_meanwhile(export: Callable, published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM v_articles").fetchone() == (1,)
    assert export().tables
    assert run_query(published, "SELECT count(*) FROM v_articles", 10).rows == ((1,),)
