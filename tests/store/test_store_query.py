"""Ad-hoc SQL: it answers, it explains itself, and it reaches nothing but the tables."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from newsledger.records.errors import QueryError, StoreError
from store import read_status, run_query
from store.reading import query

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = (
    "INSERT INTO articles SELECT * FROM articles",
    "UPDATE articles SET title = 'x'",
    "DELETE FROM articles",
    "DROP TABLE articles",
    "CREATE TABLE mine (a INTEGER)",
    "CREATE TEMP TABLE mine (a INTEGER)",
    "CREATE MACRO mine() AS 1",
    "COPY articles TO '{file}'",
    "COPY (SELECT 1) TO '{file}'",
    "EXPORT DATABASE '{file}'",
    "ATTACH '{file}' AS other",
    "ATTACH ':memory:' AS other",
    "DETACH news",
    "SET threads = 8",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET memory_limit",
    "PRAGMA enable_profiling",
    "PRAGMA database_size = 3",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CALL enable_logging(storage = 'file')",
    "CHECKPOINT",
    "VACUUM",
    "BEGIN",
    "PREPARE q AS SELECT 1",
    "CREATE SECRET (TYPE s3)",
    "USE memory",
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_parquet('{file}')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM '{file}'",
    "SELECT * FROM secret_of_python",
    "SELECT getenv('HOME')",
    "SELECT * FROM sniff_csv('{file}')",
    "SELECT * FROM read_text('https://example.org/')",
    "EXPLAIN ANALYZE INSERT INTO articles SELECT * FROM articles",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}'",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE articles",
)


@pytest.mark.parametrize("sql", REFUSED)
def test_what_reaches_further_is_refused(published: Path, tmp_path: Path, sql: str) -> None:
    secret_of_python = [1]  # DuckDB would find a variable of that name
    file = tmp_path / "secret.csv"
    file.write_text("a,b\n1,2\n")
    before, files = published.read_bytes(), sorted(tmp_path.rglob("*"))
    with pytest.raises(QueryError) as caught:
        run_query(published, sql.format(file=file), 5)
    assert "\n" not in str(caught.value)
    assert published.read_bytes() == before
    assert sorted(tmp_path.rglob("*")) == files
    assert (file.read_text(), secret_of_python) == ("a,b\n1,2\n", [1])


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM articles;",
        "FROM v_events",
        "WITH one AS (SELECT 1 AS a) SELECT a FROM one -- done",
        "SHOW TABLES",
        "DESCRIBE articles",
        "SUMMARIZE articles",
        "VALUES (1), (2)",
        "EXPLAIN SELECT * FROM v_figures",
        "PIVOT (SELECT origin FROM articles) ON origin IN ('feed') USING count(*)",
    ],
)
def test_every_way_of_reading_works(published: Path, sql: str) -> None:
    assert run_query(published, sql, 10).rows


def test_the_result_has_names_types_and_rows(published: Path) -> None:
    found = run_query(published, "SELECT article_id, stored_at, authors, 1.5 AS x, NULL AS gone FROM articles", 10)
    assert found.columns == ("article_id", "stored_at", "authors", "x", "gone")
    assert found.types[:4] == ("VARCHAR", "TIMESTAMP", "VARCHAR[]", "DECIMAL(2,1)")
    ((article_id, stored_at, authors, _, gone),) = found.rows
    assert (article_id, authors, gone) == ("a1", ["Ann Ost", "Bo West"], None)
    assert stored_at.replace(tzinfo=UTC) == datetime(2024, 3, 6, 12, tzinfo=UTC)


def test_no_rows_are_a_result_too(published: Path) -> None:
    found = run_query(published, "SELECT title FROM articles WHERE false", 10)
    assert (found.columns, found.rows) == (("title",), ())


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT titel FROM articles", 'Referenced column "titel" not found.*Candidate bindings:.*"title"'),
        ("SELECT * FROM article", 'Table with name article does not exist! Did you mean "articles"'),
        ("SELECT FROM", "syntax error"),
        ("SELECT 'x'::INTEGER", "Could not convert string 'x'"),
        ("", "write one SELECT"),
        ("-- nothing", "write one SELECT"),
        ("SELECT '\ud800'", "surrogates"),
        ("DROP TABLE articles", "not DROP"),
        ("PIVOT articles ON origin USING count(*)", "one SELECT at a time"),
    ],
)
def test_a_wrong_query_is_told_in_one_line(published: Path, sql: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        run_query(published, sql, 10)
    assert "\n" not in str(caught.value)
    assert "LINE 1" not in str(caught.value)


@pytest.mark.parametrize(
    "sql",
    [
        "WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r) SELECT max(a) FROM r",
        "SELECT count(*) FROM range(100000000) AS a, range(100000) AS b WHERE a.range % 7 = b.range % 5",
        "SELECT * FROM range(1000000000)",
    ],
)
def test_a_query_without_end_is_stopped(published: Path, sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "MAX_ROWS", 10**12)
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"stopped after 0\.5 s"):
        run_query(published, sql, 0.5)
    assert time.monotonic() - began < 5
    assert run_query(published, "SELECT 1", 5).rows == ((1,),)


def test_too_many_rows_are_refused(published: Path) -> None:
    with pytest.raises(QueryError, match="add a LIMIT"):
        run_query(published, "SELECT * FROM range(3000000)", 30)


def test_too_much_memory_is_told(published: Path) -> None:
    with pytest.raises(QueryError, match="memory"):
        run_query(published, "SELECT list(repeat('x', 1000) || range) FROM range(30000000)", 30)


def test_now_is_compared_in_utc(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        found = run_query(published, "SELECT TIMESTAMP '2024-03-06 12:00' = TIMESTAMPTZ '2024-03-06 12:00:00+00'", 10)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert found.rows == ((True,),)


def test_queries_at_once_do_not_disturb_each_other(published: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda no: run_query(published, f"SELECT {no}", 10).rows, range(20)))
    assert found == [((no,),) for no in range(20)]


def test_before_anything_is_published_the_first_step_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="newsledger run"):
        run_query(tmp_path / "news.duckdb", "SELECT 1", 5)


def test_a_damaged_copy_is_told_with_what_makes_it_anew(published: Path) -> None:
    whole = published.read_bytes()
    headers = whole[:12_288]
    for content in (b"", whole[:5_000], bytes(len(whole)), headers + bytes(byte ^ 255 for byte in whole[12_288:])):
        published.write_bytes(content)
        for ask in (lambda: run_query(published, "SELECT text FROM article_text", 5), lambda: read_status(published)):
            with pytest.raises(StoreError, match="`newsledger doctor` makes it anew") as caught:
                ask()
            assert "backup" not in str(caught.value)


def test_installing_is_refused_by_its_name(published: Path) -> None:
    with pytest.raises(QueryError, match="not INSTALL or LOAD"):
        run_query(published, "INSTALL httpfs", 5)
