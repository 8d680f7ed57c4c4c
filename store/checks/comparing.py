"""Looking without changing anything: what is wrong in the ledger, and whether the published copy does for it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from newsledger.records.errors import StoreError
from store.checks.integrity import failing
from store.database import connect_scratch, quoted
from store.errors import first_line, store_errors
from store.migrate import require_present_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def _opened(ledger: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    con = connect_scratch(ledger)
    try:
        with store_errors(ledger):
            con.execute(f"ATTACH {quoted(ledger)} AS ledger (READ_ONLY)")
            con.execute("USE ledger")
            require_present_schema(con, ledger)
            yield con
    finally:
        con.close()


def require_ledger(ledger: Path) -> None:
    """Raise StoreError where there is no ledger as yet, or one of another schema."""
    if not ledger.exists():
        message = f"there is no ledger at {ledger} yet: `newsledger run` makes it"
        raise StoreError(message)
    with _opened(ledger):
        pass


def ledger_problems(ledger: Path) -> tuple[str, ...]:
    """Run all checks over the ledger and change nothing. Raises StoreError, also for one of another schema."""
    with _opened(ledger) as con:
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
    tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()").fetchall()
    counts: dict[str, object] = {
        table: con.execute(f"SELECT count(*) FROM {table}").fetchall()  # noqa: S608 - ours
        for (table,) in tables
    }
    for table, moment in (("runs", "finished_at"), ("articles", "extracted_at"), ("digests", "written_at")):
        counts[table] = con.execute(f"SELECT count(*), max({moment}) FROM {table}").fetchall()  # noqa: S608 - ours
    return counts
