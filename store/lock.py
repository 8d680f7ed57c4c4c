"""One writer at a time: an advisory lock on a file beside the ledger, with a note on who holds it."""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsledger.records.errors import BusyError, StoreError
from store.errors import store_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_open: set[int] = set()


@contextmanager
def write_lock(path: Path, holder: str) -> Iterator[None]:
    """Hold the right to write the ledger at `path`; `holder` is the command that others will see.

    Raises BusyError, at once, where another process has it; the message names it. The system gives the lock back
    when its process ends, however it ends.
    """
    lock_file = path.with_name(path.name + ".lock")
    with store_errors(lock_file):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except PermissionError:
            place = lock_file if lock_file.exists() else path.parent
            message = f"can't write to {place}: no permission"
            raise StoreError(message) from None
    _open.add(descriptor)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(_who(descriptor, path)) from None
        with store_errors(lock_file):
            _write_note(descriptor, holder)
        yield
    finally:
        _close(descriptor)


def _write_note(descriptor: int, holder: str) -> None:
    since = datetime.now(UTC).replace(microsecond=0).isoformat()
    note = json.dumps({"pid": os.getpid(), "command": holder, "since": since})
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, note.encode(), 0)


def _who(descriptor: int, path: Path) -> str:
    try:
        note = json.loads(os.pread(descriptor, 4096, 0))
        who = f"{note['command']} (process {note['pid']}) has been writing to {path} since {note['since']}"
    except (ValueError, KeyError, TypeError):
        # The other process has the lock but has not yet written its note.
        who = f"another process is writing to {path}"
    return f"{who}: wait until it has finished, or stop it"


def _close(descriptor: int) -> None:
    if descriptor in _open:
        _open.remove(descriptor)
        os.close(descriptor)


def _let_go() -> None:
    """Close the locks in a forked child: a worker that outlives its parent must not keep the lock."""
    for descriptor in tuple(_open):
        _close(descriptor)


os.register_at_fork(after_in_child=_let_go)
