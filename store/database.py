"""Opening the two files: the private ledger for writing, the published copy for reading."""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import duckdb

from newsledger.records.errors import StoreError
from store.drafts import spill_of
from store.errors import DamagedError, store_errors
from store.migrate import require_present_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The oldest storage that knows ZSTD columns, so that older clients can open the files.
STORAGE_VERSION = "v1.2.0"

Options = dict[str, str | bool | int | float | list[str]]
_OFFLINE: Options = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
# A checkpoint writes the last rows of every table anew. After each batch it would cost more than the batch, and leave
# a file half as large again; so batches go to the log, which is brought in when it is full or the ledger is closed.
_WRITER: Options = _OFFLINE | {
    "checkpoint_threshold": "256MB",
    "auto_checkpoint_skip_wal_threshold": "1000000000000",
}
# Locked down: all that a query could use to reach files, the network, Python's variables or the settings.
# One set of options for all readers, because DuckDB refuses a second connection with others.
_READER: Options = _OFFLINE | {
    "enable_external_access": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "memory_limit": "2GB",
    "threads": "2",
}


def quoted(value: object) -> str:
    """Write a value as an SQL string, for statements that take no parameters."""
    return "'" + str(value).replace("'", "''") + "'"


def connect_scratch(beside: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open a connection to nothing yet; what outgrows memory is spilled beside `beside`."""
    return duckdb.connect(":memory:", config=_OFFLINE | _spilling(beside))


def _spilling(beside: Path | None) -> Options:
    return {"temp_directory": str(spill_of(beside)) if beside else ""}


@contextmanager
def attached(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the ledger for writing; it is made where there is none. Raises StoreError."""
    with store_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        con = duckdb.connect(":memory:", config=_WRITER | _spilling(path))
    try:
        with store_errors(path):
            con.execute(f"ATTACH {quoted(path)} AS ledger (STORAGE_VERSION '{STORAGE_VERSION}')")
            con.execute("USE ledger")
        yield con
    finally:
        # After a full disk the connection is dead and can't even be closed properly.
        with suppress(duckdb.Error):
            con.close()


@contextmanager
def reading_ledger(path: Path, *, of_any_schema: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the ledger, or a copy of it, without writing to it; hold the write lock meanwhile.

    Raises StoreError, also where its schema is not the present one, unless any will do.
    """
    con = connect_scratch(path)
    try:
        with store_errors(path):
            con.execute(f"ATTACH {quoted(path)} AS ledger (READ_ONLY)")
            con.execute("USE ledger")
            if not of_any_schema:
                require_present_schema(con, path)
            yield con
    finally:
        con.close()


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let what is written within be all or, whatever goes wrong, nothing."""
    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except BaseException:
        # A connection that a full disk has killed can't roll back; what it had not committed is lost with it.
        with suppress(duckdb.Error):
            con.execute("ROLLBACK")
        raise


def row_counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Count the rows of each table of the database in use, in the order of their names."""
    tables = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() ORDER BY table_name"
    ).fetchall()
    return {
        table: int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])  # noqa: S608 - ours
        for (table,) in tables
    }


def require_published(path: Path) -> None:
    """Raise StoreError where there is no published copy yet."""
    if not path.exists():
        message = f"there is no database at {path} yet: `newsledger run` makes it"
        raise StoreError(message)


@contextmanager
def published_copy(path: Path, *, of_any_schema: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published copy for reading.

    Raises StoreError, also where there is none yet, and where its schema is not the present one, unless any will do.

    Where the copy is damaged, also as a query comes upon it within, the error says what makes it anew.
    """
    require_published(path)
    try:
        with store_errors(path):
            con = duckdb.connect(str(path), read_only=True, config=_READER)
        try:
            if not of_any_schema:
                with store_errors(path):
                    require_present_schema(con, path)
            yield con
        finally:
            con.close()
    except DamagedError as error:
        message = f"{error.found}; it is only a copy: `newsledger doctor` makes it anew"
        raise StoreError(message) from error


def require_space(path: Path, needed_bytes: int) -> None:
    """Raise StoreError where the disk that holds `path` has less room than needed."""
    with store_errors(path):
        free_bytes = shutil.disk_usage(path.parent).free
    if free_bytes < needed_bytes:
        message = (
            f"no space left on the disk for {path}: {needed_bytes / 1e6:.0f} MB are needed, {free_bytes / 1e6:.0f} MB "
            "are free; free some and run again; nothing stored before is lost"
        )
        raise StoreError(message)
