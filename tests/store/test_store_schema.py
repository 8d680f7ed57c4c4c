"""The schema explains itself, agrees with the Arrow side, and is brought up to date or refused."""

from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from newsledger.records.errors import BusyError, StoreError
from store import open_ledger, publish, read_status, run_query
from store.database import STORAGE_VERSION, attached, published_copy
from store.errors import store_errors
from store.guide.schema import schema_markdown
from store.migrate import migrations
from store.reading.showing import known_articles, read_article
from store.schemas import SCHEMAS
from store.search.searching import known_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsledger.records.extraction import Extraction

DOCS = Path(__file__).parents[2] / "docs" / "schema.md"
DUCKDB_TYPES = {
    "string": "VARCHAR",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "bool": "BOOLEAN",
    "timestamp[us]": "TIMESTAMP",
    "date32[day]": "DATE",
}


def arrow_as_duckdb(kind: object) -> str:
    name = str(kind)
    if name.startswith("list<"):
        return "INTEGER[]" if "int32" in name else "VARCHAR[]"
    return DUCKDB_TYPES[name]


def columns_of(path: Path) -> list[tuple[str, str, str, str | None]]:
    with published_copy(path) as con:
        return con.execute(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() "
            "WHERE database_name = current_database() AND NOT internal ORDER BY column_index"
        ).fetchall()


def test_everything_is_commented_in_the_published_copy_too(published: Path) -> None:
    with published_copy(published) as con:
        relations = con.execute(
            "SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal "
            "UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal "
            "UNION ALL SELECT function_name, comment FROM duckdb_functions() WHERE NOT internal"
        ).fetchall()
    assert {"articles", "v_articles", "mentions_of"} <= {name for name, _ in relations}
    assert [name for name, comment in relations if not comment] == []
    assert [(table, column) for table, column, _, comment in columns_of(published) if not comment] == []


def test_the_arrow_schemas_are_the_tables(published: Path) -> None:
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind, _ in columns_of(published):
        tables.setdefault(table, {})[column] = kind
    arrow = {table: {field.name: arrow_as_duckdb(field.type) for field in schema} for table, schema in SCHEMAS.items()}
    views = {name for name in tables if name.startswith("v_")}
    assert {table: tables[table] for table in arrow} == arrow
    assert set(tables) - set(arrow) - views == {
        "runs", "item_ledger", "schema_version", "entity_names", "takedowns", "digests_due",
    }  # fmt: skip


def test_the_schema_is_documented_as_it_is() -> None:
    assert DOCS.read_text(encoding="utf-8") == schema_markdown(), "run: python -m store.guide.schema > docs/schema.md"


def test_the_description_begins_with_a_link_to_each_heading() -> None:
    text = schema_markdown()
    links = re.findall(r"\[(\w+)\]\(#([\w-]+)\)", text)
    assert [name for name, _ in links] == re.findall(r"^### (\w+)", text, re.MULTILINE)
    assert {"mentions_ofwho-days", "v_events", "articles"} <= {anchor for _, anchor in links}


def test_names_say_what_they_hold(published: Path) -> None:
    for table, column, kind, _ in columns_of(published):
        if table != "schema_version":
            assert (kind == "TIMESTAMP") == column.endswith("_at"), (table, column)
            assert (kind == "DATE") == column.endswith("_date"), (table, column)
            assert (kind == "BOOLEAN") == column.startswith("is_"), (table, column)


def test_text_is_kept_compressed(ledger_path: Path, save: Callable, extraction: Callable[..., Extraction]) -> None:
    save(extraction(text="Grain left the port again today, ship by ship. " * 200))
    with attached(ledger_path) as con:
        con.execute("CHECKPOINT ledger")
        kinds = con.execute(
            "SELECT DISTINCT compression FROM pragma_storage_info('article_text') "
            "WHERE column_name = 'text' AND segment_type = 'VARCHAR'"
        ).fetchall()
    assert kinds == [("ZSTD",)]


def test_both_files_are_in_the_old_storage_format(published: Path, ledger_path: Path) -> None:
    for path in (published, ledger_path):
        with duckdb.connect() as con:
            con.execute(f"ATTACH '{path}' AS one (READ_ONLY)")
            (tags,) = con.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'one'").fetchall()[0]
        assert tags["storage_version"].startswith(STORAGE_VERSION)


def test_each_migration_is_applied_once_and_noted(ledger_path: Path) -> None:
    for _ in range(2):
        with open_ledger(ledger_path):
            pass
    with attached(ledger_path) as con:
        noted = con.execute("SELECT version, name FROM schema_version ORDER BY version").fetchall()
    assert noted == [(version, file.name) for version, file in migrations()]
    assert [version for version, _ in noted] == list(range(1, len(noted) + 1))


def test_a_failing_migration_leaves_nothing_behind(
    ledger_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bad = tmp_path / "9999_bad.sql"
    bad.write_text("CREATE TABLE half (a INTEGER); SELECT * FROM nowhere;")
    monkeypatch.setattr("store.migrate.migrations", lambda: (*migrations(), (9999, bad)))
    with pytest.raises(StoreError, match="nowhere"), open_ledger(ledger_path):
        pass
    with attached(ledger_path) as con:
        assert con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'half'").fetchall() == [(0,)]
        assert con.execute("SELECT max(version) FROM schema_version").fetchall() == [(len(migrations()),)]


def test_a_database_of_a_newer_schema_is_refused(ledger_path: Path) -> None:
    with open_ledger(ledger_path):
        pass
    with attached(ledger_path) as con:
        con.execute("INSERT INTO schema_version VALUES (99, '0099_later.sql')")
    with pytest.raises(StoreError, match=r"schema version 99.*upgrade Newsledger"), open_ledger(ledger_path):
        pass


def test_a_published_copy_of_another_schema_is_refused(published: Path, ledger_path: Path) -> None:
    for version, advice in ((99, "upgrade Newsledger"), (1, "newsledger run")):
        with attached(ledger_path) as con:
            con.execute("DELETE FROM schema_version")
            con.execute("INSERT INTO schema_version VALUES (?, 'x')", [version])
        publish(ledger_path, published)
        for read in (read_status, known_articles, known_sources, partial(read_article, article_id="a1")):
            with pytest.raises(StoreError, match=f"schema version {version}.*{advice}"):
                read(published)
        assert run_query(published, "SELECT count(*) FROM articles", 10).rows == ((1,),)


@pytest.mark.parametrize("content", [b"", b"no database at all " * 1000])
def test_a_file_that_is_no_database_is_refused_and_kept(ledger_path: Path, content: bytes) -> None:
    ledger_path.parent.mkdir()
    ledger_path.write_bytes(content)
    with pytest.raises(StoreError, match="no DuckDB database"), open_ledger(ledger_path):
        pass
    assert ledger_path.read_bytes() == content


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE accounts (a INTEGER)")
    with pytest.raises(StoreError, match="something else"), open_ledger(path):
        pass
    with pytest.raises(StoreError, match="something else"):
        read_status(path)


def test_a_ledger_that_cannot_be_opened_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "ledger.duckdb"):
        with pytest.raises(StoreError) as caught, open_ledger(path):
            pass
        assert "\n" not in str(caught.value)


def test_a_damaged_ledger_is_told(published: Path, ledger_path: Path) -> None:
    whole = ledger_path.read_bytes()
    headers = whole[:12_288]
    for content in (whole[:5_000], headers + bytes(byte ^ 255 for byte in whole[len(headers) :])):
        ledger_path.write_bytes(content)
        with pytest.raises(StoreError, match="is damaged") as caught, open_ledger(ledger_path) as ledger:
            ledger.known()
        assert "\n" not in str(caught.value)
    shutil.copy(published, ledger_path)
    with open_ledger(ledger_path) as ledger:
        assert set(ledger.known()) == {"a1"}, "the published copy serves as the ledger"


def test_a_file_of_a_newer_duckdb_is_told(ledger_path: Path) -> None:
    message = "IO Error: Trying to read a database file with version number 999, but we can only read ... 64 and 68."
    with pytest.raises(StoreError, match="newer DuckDB"), store_errors(ledger_path):
        raise duckdb.IOException(message)


def test_a_ledger_with_a_quote_in_its_name_opens(tmp_path: Path) -> None:
    path = tmp_path / "it's" / "led'ger.duckdb"
    with open_ledger(path) as ledger:
        assert ledger.known() == {}
    publish(path, path.with_name("ne'ws.duckdb"))
    assert read_status(path.with_name("ne'ws.duckdb")).runs == ()


def test_a_ledger_held_open_elsewhere_is_busy_and_the_holder_named(
    ledger_path: Path, save: Callable, extraction: Callable[..., Extraction], other_process: Callable
) -> None:
    save(extraction())
    child = other_process(
        "import duckdb, sys, time; con = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True); "
        "time.sleep(60)",
        ledger_path,
    )
    with pytest.raises(BusyError, match=f"process {child.pid}"), open_ledger(ledger_path):
        pass


def test_a_missing_copy_names_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="newsledger run"):
        read_status(tmp_path / "news.duckdb")
    with pytest.raises(StoreError, match="newsledger run"):
        publish(tmp_path / "ledger.duckdb", tmp_path / "news.duckdb")
