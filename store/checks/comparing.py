"""Looking without changing anything: what is wrong in the ledger, and whether the published copy does for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from newsledger.records.errors import StoreError
from store.checks.integrity import failing
from store.database import connect_scratch, quoted, reading_ledger, row_counts
from store.errors import first_line, store_errors

if TYPE_CHECKING:
    from pathlib import Path


def require_ledger(ledger: Path) -> None:
    """Raise StoreError where there is no ledger as yet, or one of another schema."""
    if not ledger.exists():
        message = f"there is no ledger at {ledger} yet: `newsledger run` makes it"
        raise StoreError(message)
    with reading_ledger(ledger):
        pass


def ledger_problems(ledger: Path) -> tuple[str, ...]:
    """Run all checks over the ledger and change nothing. Raises StoreError, also for one of another schema."""
    with reading_ledger(ledger) as con:
        return tuple(line for _, line in failing(con))


def copy_problem(ledger: Path, published: Path) -> str | None:
    """Say why the published copy does not do for what the ledger holds; None where it does."""
    if not published.exists():
        return f"there is none at {published}"
    con = connect_scratch()
    try:
        with store_errors(ledger):
            con.execute(f"ATTACH {quoted(ledger)} AS ledger (READ_ONLY)")
            held = _state(con, "ledger")
        try:
            con.execute(f"ATTACH {quoted(published)} AS copy (READ_ONLY)")
            copied = _state(con, "copy")
        except duckdb.Error as error:
            return f"{published} can't be read ({first_line(error)})"
    finally:
        con.close()
    differing = sorted(table for table, state in held.items() if copied.get(table) != state)
    return f"{published} differs from the ledger in {', '.join(differing)}" if differing else None


def _state(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, object]:
    """Tell how many rows each table has, and when the last of what happens last was."""
    con.execute(f"USE {database}")
    counts: dict[str, object] = {**row_counts(con)}
    for table, moment in (("runs", "finished_at"), ("articles", "extracted_at"), ("digests", "written_at")):
        counts[table] = con.execute(f"SELECT count(*), max({moment}) FROM {table}").fetchall()  # noqa: S608 - ours
    return counts
