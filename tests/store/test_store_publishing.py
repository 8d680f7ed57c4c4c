"""The copy that everybody queries is whole at any moment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import duckdb
import pytest

from newsledger.records.errors import StoreError
from store import publish, read_status, run_query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PUBLISHES = 30
READER = """
import sys, time
from pathlib import Path
from store import run_query
published, stop = Path(sys.argv[1]), Path(sys.argv[2])
print("reading", flush=True)
seen, last, reads = set(), 0, 0
while not stop.exists():
    (row,) = run_query(published, '''
        SELECT count(*), (SELECT count(*) FROM article_text), (SELECT max(revision) FROM articles) FROM articles
    ''', 30).rows
    assert row[0] == row[1] and row[0] >= last, row
    last, reads = row[0], reads + 1
    seen.add(row[0])
    time.sleep(0.02)
print(reads, len(seen), flush=True)
"""
PUBLISH_WITHIN = """
import resource, sys
from pathlib import Path
from store import publish
from newsledger.records.errors import StoreError
ledger, published = Path(sys.argv[1]), Path(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    publish(ledger, published)
except StoreError as error:
    print(error)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def titles(published: Path) -> tuple[tuple[str, ...], ...]:
    return run_query(published, "SELECT title FROM v_articles", 10).rows


def test_a_looping_reader_never_meets_an_error_or_a_torn_copy(
    published: Path, ledger_path: Path, save: Callable, extraction: Callable, other_process: Callable
) -> None:
    stop = ledger_path.with_name("stop")
    reader = other_process(READER, published, stop)
    for no in range(PUBLISHES):
        if no % 2:
            save(extraction(f"b{no}"))
        publish(ledger_path, published)
    stop.touch()
    reads, versions = map(int, reader.stdout.read().split())
    assert reader.wait() == 0
    assert reads >= PUBLISHES
    assert versions > PUBLISHES // 4


def test_who_has_the_old_copy_open_keeps_it(
    published: Path, ledger_path: Path, save: Callable, extraction: Callable
) -> None:
    with duckdb.connect(str(published), read_only=True) as con:
        save(extraction(title="Second"))
        publish(ledger_path, published)
        assert con.execute("SELECT title FROM v_articles").fetchall() == [("Ministers meet",)]
    assert titles(published) == (("Second",),)


def test_leftovers_of_a_crash_are_removed(published: Path, ledger_path: Path) -> None:
    for name in ("news.duckdb.tmp", "news.duckdb.tmp.wal", "news.duckdb.wal"):
        published.with_name(name).write_bytes(b"left over " * 100)
    publish(ledger_path, published)
    assert names(published.parent) == ["ledger.duckdb", "news.duckdb"]
    assert titles(published) == (("Ministers meet",),)


def test_a_log_that_a_client_left_beside_the_old_copy_does_not_meet_the_new_one(
    published: Path, ledger_path: Path, other_process: Callable
) -> None:
    client = other_process(
        "import duckdb, sys, time; con = duckdb.connect(sys.argv[1]);"
        "con.execute(\"UPDATE articles SET title = 'mine'\"); print('written', flush=True); time.sleep(60)",
        published,
    )
    client.kill()
    client.wait()
    assert published.with_name("news.duckdb.wal").exists()
    publish(ledger_path, published)
    assert titles(published) == (("Ministers meet",),)


def test_the_ledger_is_read_with_its_log(published: Path, ledger_path: Path, other_process: Callable) -> None:
    writer = other_process(
        "import duckdb, sys, time; con = duckdb.connect(sys.argv[1]);"
        "con.execute(\"UPDATE articles SET title = 'logged'\"); print('written', flush=True); time.sleep(60)",
        ledger_path,
    )
    writer.kill()
    writer.wait()
    assert ledger_path.with_name("ledger.duckdb.wal").exists()
    publish(ledger_path, published)
    assert titles(published) == (("logged",),)


def test_without_room_the_old_copy_stays(
    published: Path, ledger_path: Path, save: Callable, extraction: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(extraction(title="Second"))
    size = ledger_path.stat().st_size
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2 * size - 1))
    with pytest.raises(StoreError, match="no space left"):
        publish(ledger_path, published)
    assert titles(published) == (("Ministers meet",),)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2 * size))
    publish(ledger_path, published)
    assert titles(published) == (("Second",),)


def test_a_copy_that_is_cut_short_leaves_the_old_one_and_no_draft(
    published: Path, ledger_path: Path, save: Callable, extraction: Callable
) -> None:
    save(extraction(title="Second", text=os.urandom(500_000).hex()))
    done = subprocess.run(
        [sys.executable, "-c", PUBLISH_WITHIN, ledger_path, published, "300000"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "no space left on the disk" in done.stdout
    assert names(published.parent) == ["ledger.duckdb", "news.duckdb"]
    assert titles(published) == (("Ministers meet",),)
    publish(ledger_path, published)
    assert titles(published) == (("Second",),)


def test_the_status_counts_rows_and_bytes(published: Path) -> None:
    status = read_status(published)
    tables = dict(status.tables)
    assert (tables["articles"], tables["statements"], tables["runs"], tables["polls"]) == (1, 2, 1, 0)
    assert status.size_bytes == published.stat().st_size
    assert status.newest_article_at == status.runs[0].started_at
    assert status.feeds == ()
