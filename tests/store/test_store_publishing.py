"""The copy that everybody queries is whole at any moment."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import TYPE_CHECKING

import duckdb
import pytest

from newsledger.records.errors import BusyError, StoreError
from store import publish, read_status, run_query
from store.copies.copying import REWRITTEN_UP_TO_BYTES
from store.database import STORAGE_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLISHES = 100
AS_IT_LIES = 0
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
    publish(ledger, published, int(sys.argv[4]))
except StoreError as error:
    print(error)
"""


READ_AS_NOBODY = """
import os, sys
import duckdb
os.chdir(sys.argv[1])
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
con = duckdb.connect("news.duckdb", read_only=True)
(articles,) = con.execute("SELECT count(*) FROM v_who_said_what JOIN v_articles USING (article_id)").fetchone()
try:
    open("mine", "w")
except PermissionError:
    print(articles // 2, "article, and nothing can be written")
"""


@pytest.fixture(params=[REWRITTEN_UP_TO_BYTES, AS_IT_LIES], ids=["rewritten", "as it lies"])
def publish_anew(request: pytest.FixtureRequest, published: Path, ledger_path: Path) -> Callable[[], None]:
    """Publish the ledger in the one way and, in another test, in the other."""
    return partial(publish, ledger_path, published, request.param)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def titles(published: Path) -> tuple[tuple[str, ...], ...]:
    return run_query(published, "SELECT title FROM v_articles", 10).rows


@pytest.mark.slow
def test_a_looping_reader_never_meets_an_error_or_a_torn_copy(
    published: Path, publish_anew: Callable, save: Callable, extraction: Callable, other_process: Callable
) -> None:
    stop = published.with_name("stop")
    reader = other_process(READER, published, stop)
    for no in range(PUBLISHES):
        if no % 5 == 0:
            save(extraction(f"b{no}"))
        publish_anew()
    stop.touch()
    reads, versions = map(int, reader.stdout.read().split())
    assert reader.wait() == 0
    assert reads >= PUBLISHES // 4
    assert versions > PUBLISHES // 20


def test_who_has_the_old_copy_open_keeps_it(
    published: Path, publish_anew: Callable, save: Callable, extraction: Callable
) -> None:
    with duckdb.connect(str(published), read_only=True) as con:
        save(extraction(title="Second"))
        publish_anew()
        assert con.execute("SELECT title FROM v_articles").fetchall() == [("Ministers meet",)]
    assert titles(published) == (("Second",),)


def test_both_ways_publish_the_same(published: Path, ledger_path: Path, save: Callable, extraction: Callable) -> None:
    save(extraction(title="Second"), extraction("a2"))
    contents = []
    for rewritten_up_to in (REWRITTEN_UP_TO_BYTES, AS_IT_LIES):
        publish(ledger_path, published, rewritten_up_to)
        with duckdb.connect(str(published), read_only=True) as con:
            rows = {name: con.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in relations(con)}
            comments = con.execute(
                "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() "
                "WHERE NOT internal ORDER BY ALL"
            ).fetchall()
            (storage,) = con.execute(
                "SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal"
            ).fetchone()
        assert storage.startswith(STORAGE_VERSION)
        contents.append((rows, comments))
    assert contents[0] == contents[1]
    assert len(contents[0][0]["articles"]) == 3


def relations(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [
        name
        for (name,) in con.execute(
            "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
    ]


def test_leftovers_of_a_crash_are_removed(published: Path, publish_anew: Callable) -> None:
    for name in (".news.duckdb.newsledger-draft", ".news.duckdb.newsledger-draft.wal", "news.duckdb.wal"):
        published.with_name(name).write_bytes(b"left over " * 100)
    publish_anew()
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


def test_the_ledger_is_read_with_its_log(
    published: Path, ledger_path: Path, publish_anew: Callable, other_process: Callable
) -> None:
    writer = other_process(
        "import duckdb, sys, time; con = duckdb.connect(sys.argv[1]);"
        "con.execute(\"UPDATE articles SET title = 'logged'\"); print('written', flush=True); time.sleep(60)",
        ledger_path,
    )
    writer.kill()
    writer.wait()
    assert ledger_path.with_name("ledger.duckdb.wal").exists()
    publish_anew()
    assert titles(published) == (("logged",),)


def test_a_ledger_that_somebody_writes_is_not_copied(
    ledger_path: Path, publish_anew: Callable, other_process: Callable
) -> None:
    writer = other_process(
        "import duckdb, sys, time; con = duckdb.connect(sys.argv[1]); print('open', flush=True); time.sleep(60)",
        ledger_path,
    )
    with pytest.raises(BusyError, match=f"ledger.duckdb is held open by .*process {writer.pid}"):
        publish_anew()


@pytest.mark.parametrize(("rewritten_up_to", "copies"), [(REWRITTEN_UP_TO_BYTES, 2), (AS_IT_LIES, 1)])
def test_without_room_the_old_copy_stays(
    published: Path, ledger_path: Path, monkeypatch: pytest.MonkeyPatch, rewritten_up_to: int, copies: int
) -> None:
    size, before = ledger_path.stat().st_size, published.stat().st_ino
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=copies * size - 1))
    with pytest.raises(StoreError, match="no space left"):
        publish(ledger_path, published, rewritten_up_to)
    assert published.stat().st_ino == before
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=copies * size))
    publish(ledger_path, published, rewritten_up_to)
    assert published.stat().st_ino != before


@pytest.mark.parametrize("rewritten_up_to", [REWRITTEN_UP_TO_BYTES, AS_IT_LIES])
def test_a_copy_that_is_cut_short_leaves_the_old_one_and_no_draft(
    published: Path, ledger_path: Path, save: Callable, extraction: Callable, rewritten_up_to: int
) -> None:
    save(extraction(title="Second", text=os.urandom(500_000).hex()))
    done = subprocess.run(
        [sys.executable, "-c", PUBLISH_WITHIN, ledger_path, published, "300000", str(rewritten_up_to)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "no space left on the disk" in done.stdout
    assert names(published.parent) == ["ledger.duckdb", "news.duckdb"]
    assert titles(published) == (("Ministers meet",),)
    publish(ledger_path, published, rewritten_up_to)
    assert titles(published) == (("Second",),)


@pytest.mark.parametrize("mode", [0o640, 0o444])
def test_the_copy_keeps_the_permissions_it_was_given(
    published: Path, ledger_path: Path, publish_anew: Callable, mode: int
) -> None:
    published.chmod(mode)
    publish_anew()
    assert stat.S_IMODE(published.stat().st_mode) == mode
    assert stat.S_IMODE(ledger_path.stat().st_mode) != mode


def test_where_the_kernel_does_not_copy_the_bytes_are_carried(
    published: Path, ledger_path: Path, save: Callable, extraction: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "copy_file_range", refuse)
    save(extraction(title="Second"))
    publish(ledger_path, published, AS_IT_LIES)
    assert titles(published) == (("Second",),)


def test_a_client_that_may_write_nowhere_can_read(published: Path, publish_anew: Callable) -> None:
    publish_anew()
    # Not below the test's own folder, which nobody else may enter.
    with TemporaryDirectory() as outer:
        folder = Path(outer) / "shelf"
        folder.mkdir()
        shutil.copy2(published, folder)
        folder.chmod(0o555)
        Path(outer).chmod(0o711)
        done = subprocess.run(
            [sys.executable, "-c", READ_AS_NOBODY, folder], capture_output=True, text=True, check=True
        )
    assert done.stdout == "1 article, and nothing can be written\n"


def test_the_status_counts_rows_and_bytes(published: Path) -> None:
    status = read_status(published)
    tables = dict(status.tables)
    assert (tables["articles"], tables["statements"], tables["runs"], tables["polls"]) == (1, 2, 1, 0)
    assert status.size_bytes == published.stat().st_size
    assert status.newest_article_at == status.runs[0].started_at
    assert status.feeds == ()
