"""`newsledger export` and `newsledger backup`: what they write, and how they refuse."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import duckdb
import pytest

from store import run_query, write_lock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(newsledger: Command, write_config: Callable[..., Path], seeds: Path) -> Path:
    """A folder in which Newsledger ran."""
    write_config()
    assert newsledger("run", "--plain").returncode == 0
    return seeds.parent


def count(database: Path, relation: str) -> int:
    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(f"SELECT count(*) FROM {relation}").fetchone()[0]


def test_an_export_tells_what_it_wrote_and_opens(newsledger: Command, folder: Path) -> None:
    done = newsledger("export", "--parquet", "lake")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\narticles\t2\t2\t2\t0\t" in done.stdout
    assert done.stdout.endswith("catalogue lake/catalog.duckdb\n")
    assert count(folder / "lake" / "catalog.duckdb", "v_articles") == 2
    assert (folder / "lake" / "articles" / "day=2021-03-04").is_dir()
    again = json.loads(newsledger("export", "--parquet", "lake", "--since", "2021-03-05", "--json").stdout)
    tables = {table["name"]: table for table in again["tables"]}
    assert again["catalogue"] == "lake/catalog.duckdb"
    assert {name: tables["articles"][name] for name in ("rows", "files", "changed", "removed")} == {
        "rows": 1,
        "files": 1,
        "changed": 0,
        "removed": 0,
    }
    assert tables["articles"]["size_bytes"] > 500


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        (["--since", "2022-02-02", "--until", "2022-02-01"], "write the earlier day first"),
        (["--since", "yesterday"], "not a date: 'yesterday'"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    newsledger: Command, write_config: Callable[..., Path], days: list[str], problem: str
) -> None:
    write_config()
    done = newsledger("export", "--parquet", "lake", *days)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert problem in done.stderr


def test_a_backup_is_checked_and_tells_how_to_restore_it(newsledger: Command, folder: Path) -> None:
    done = newsledger("backup", "copy.duckdb")
    assert (done.returncode, done.stderr) == (0, "")
    assert "compared with the ledger" in done.stdout
    assert "restore   copy it to" in done.stdout
    assert "data/ledger.duckdb, then `newsledger doctor`" in done.stdout
    assert count(folder / "copy.duckdb", "articles") == 2
    refused = newsledger("backup", "copy.duckdb")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "newsledger: error: copy.duckdb exists: name another file, or replace it with --force\n"
    made = json.loads(newsledger("backup", "copy.duckdb", "--force", "--json").stdout)
    assert made["size_bytes"] == (folder / "copy.duckdb").stat().st_size
    assert made["rows"] > 10


def test_a_backup_in_the_place_of_a_lost_ledger_goes_on(newsledger: Command, folder: Path) -> None:
    newsledger("backup", "copy.duckdb")
    (folder / "data" / "ledger.duckdb").unlink()
    (folder / "copy.duckdb").rename(folder / "data" / "ledger.duckdb")
    assert "added     0 articles" in newsledger("run", "--plain").stdout
    assert run_query(folder / "data" / "news.duckdb", "SELECT count(*) FROM articles", 10).rows == ((2,),)


def test_a_backup_does_not_wait_for_a_writer(newsledger: Command, folder: Path) -> None:
    with write_lock(folder / "data" / "ledger.duckdb", "newsledger monitor"):
        done = newsledger("backup", "copy.duckdb")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "newsledger monitor (process" in done.stderr
    assert not (folder / "copy.duckdb").exists()


@pytest.mark.parametrize(
    "place",
    ["data/ledger.duckdb", "data/ledger.duckdb.lock", "data/news.duckdb", "data/search.sqlite", "seeds/talks.txt"],
)
def test_a_backup_takes_the_place_of_nothing_that_is_kept(newsledger: Command, folder: Path, place: str) -> None:
    before = (folder / place).read_bytes()
    done = newsledger("backup", "--force", place)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "name another file for the backup" in done.stderr
    assert (folder / place).read_bytes() == before
