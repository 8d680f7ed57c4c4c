"""One writer at a time, and never a lock without a living holder."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
from typing import TYPE_CHECKING

import pytest

from newsledger.records.errors import BusyError, StoreError
from store import write_lock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOLD = """
import sys, time
from pathlib import Path
from store import write_lock
with write_lock(Path(sys.argv[1]), "newsledger serve"):
    print("held", flush=True)
    time.sleep(60)
"""
HOLD_WITH_WORKER = """
import os, sys, time
from pathlib import Path
from store import write_lock
with write_lock(Path(sys.argv[1]), "newsledger run"):
    worker = os.fork()
    if worker == 0:  # it says so itself, since only then is it past the fork
        print("held", flush=True)
        os.close(1)
        time.sleep(5)
        os._exit(0)
    time.sleep(60)
"""


def test_the_holder_is_named(ledger_path: Path, other_process: Callable) -> None:
    child = other_process(HOLD, ledger_path)
    with pytest.raises(BusyError) as caught, write_lock(ledger_path, "newsledger run"):
        pass
    assert re.search(
        rf"newsledger serve \(process {child.pid}\).* since \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", str(caught.value)
    )


def test_a_lock_of_a_killed_process_does_not_block(ledger_path: Path, other_process: Callable) -> None:
    child = other_process(HOLD, ledger_path)
    child.send_signal(signal.SIGKILL)
    child.wait()
    with write_lock(ledger_path, "newsledger run"):
        note = json.loads(ledger_path.with_name("ledger.duckdb.lock").read_text())
    assert (note["pid"], note["command"]) == (os.getpid(), "newsledger run")


def test_a_worker_that_outlives_its_parent_does_not_keep_the_lock(ledger_path: Path, other_process: Callable) -> None:
    child = other_process(HOLD_WITH_WORKER, ledger_path)
    child.kill()
    child.wait()
    with write_lock(ledger_path, "newsledger run"):
        pass


def test_it_is_free_again_afterwards_and_after_an_error(ledger_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(RuntimeError), write_lock(ledger_path, "newsledger run"):
            raise RuntimeError
    with write_lock(ledger_path, "one"), pytest.raises(BusyError, match="one"), write_lock(ledger_path, "two"):
        pass


def test_a_holder_without_a_note_is_told_apart(ledger_path: Path) -> None:
    lock_file = ledger_path.with_name("ledger.duckdb.lock")
    with write_lock(ledger_path, "newsledger run"):
        for note in ("", "[]", "{}", "half a no"):
            lock_file.write_text(note)
            with pytest.raises(BusyError, match="another process"), write_lock(ledger_path, "newsledger run"):
                pass


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError), write_lock(tmp_path / "file" / "ledger.duckdb", "newsledger run"):
        pass


def test_a_folder_that_may_not_be_written_is_named(ledger_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger_path.parent.mkdir()

    def refuse(path: Path, *_: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    # Root may write wherever it likes.
    monkeypatch.setattr("store.lock.os.open", refuse)
    with pytest.raises(StoreError) as caught, write_lock(ledger_path, "newsledger run"):
        pass
    assert str(caught.value) == f"can't write to {ledger_path.parent}: no permission"
