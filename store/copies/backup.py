"""A copy of the ledger to put away: checked against the ledger before it counts as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.records.errors import StoreError
from store.copies.copying import copy_beside, put_in_place
from store.database import reading_ledger, row_counts
from store.migrate import schema_version

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup holds, as read from it: the schema's version, how many tables and rows, its size."""

    schema_version: int
    tables: int
    rows: int
    size_bytes: int


def back_up(ledger: Path, target: Path, *, replace: bool = False) -> Backup:
    """Copy the ledger to `target`, compare the copy with it, and only then put it there.

    Hold the write lock meanwhile. Raises StoreError where there is no ledger or no folder for the copy, where something
    stands at `target` that is not to be replaced, or where the copy does not hold what the ledger holds.
    """
    _require_place(ledger, target, replace=replace)
    with copy_beside(ledger, target) as draft:
        # As private as the ledger: it holds what was never published.
        draft.chmod(0o600)
        found = _contents(draft)
        if found != _contents(ledger):
            message = f"{ledger} could not be copied to {target}: the copy holds something else; run it again"
            raise StoreError(message)
        put_in_place(draft, target)
        version, rows = found
        return Backup(
            schema_version=version, tables=len(rows), rows=sum(rows.values()), size_bytes=target.stat().st_size
        )


def _require_place(ledger: Path, target: Path, *, replace: bool) -> None:
    if not ledger.exists():
        message = f"there is no ledger at {ledger} to back up: `newsledger run` makes it"
    elif target.is_dir():
        message = f"{target} is a folder: name the file to write"
    elif not target.parent.is_dir():
        message = f"there is no folder {target.parent}: make it, or mount the disk that holds it"
    elif target.exists() and target.samefile(ledger):
        message = f"{target} is the ledger itself: name another file"
    elif target.exists() and not replace:
        message = f"{target} exists: name another file, or replace it with --force"
    else:
        return
    raise StoreError(message)


def _contents(path: Path) -> tuple[int, dict[str, int]]:
    """Open a database and count the rows of each table."""
    with reading_ledger(path, of_any_schema=True) as con:
        return schema_version(con, path), row_counts(con)
