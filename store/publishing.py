"""The copy that everybody queries: replaced as a whole, so that no reader ever meets a half-written one."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import duckdb

from newsledger.records.errors import StoreError
from store.database import STORAGE_VERSION, connect_scratch, quoted, require_space
from store.errors import store_errors

if TYPE_CHECKING:
    from pathlib import Path

_COPIES = 2


def publish(ledger: Path, published: Path) -> None:
    """Put a fresh copy of the ledger in the place of the published one, atomically.

    Who has the old copy open keeps reading it. Raises StoreError; the old copy then stays as it is.
    """
    if not ledger.exists():
        message = f"there is no ledger at {ledger} to publish: `newsledger run` makes it"
        raise StoreError(message)
    with store_errors(published):
        published.parent.mkdir(parents=True, exist_ok=True)
        draft = published.with_name(published.name + ".tmp")
        _remove(draft)
        require_space(published, _COPIES * ledger.stat().st_size)
        try:
            _copy(ledger, draft)
            # A client that opened the old copy for writing may have left its log; it must not meet the new one.
            published.with_name(published.name + ".wal").unlink(missing_ok=True)
            draft.replace(published)
            _sync(published.parent)
        finally:
            _remove(draft)


def _copy(ledger: Path, draft: Path) -> None:
    con = connect_scratch(draft)
    try:
        con.execute(f"ATTACH {quoted(ledger)} AS ledger (READ_ONLY)")
        con.execute(f"ATTACH {quoted(draft)} AS published (STORAGE_VERSION '{STORAGE_VERSION}')")
        con.execute("COPY FROM DATABASE ledger TO published")
        con.execute("DETACH published")
    finally:
        with suppress(duckdb.Error):
            con.close()
    _sync(draft)


def _sync(path: Path) -> None:
    """Make sure that a file or the entries of a folder are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(draft: Path) -> None:
    """Remove a draft and its log, whether of this publishing or left by one that was cut off."""
    for file in (draft, draft.with_name(draft.name + ".wal")):
        file.unlink(missing_ok=True)
