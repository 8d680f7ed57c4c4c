"""Ad-hoc SQL on the published copy: reading only, locked down, and stopped in time."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from newsledger.records.errors import QueryError
from store.database import published_copy
from store.errors import first_line, is_damage, store_errors

if TYPE_CHECKING:
    from pathlib import Path

MAX_ROWS = 1_000_000
_FETCHED_AT_ONCE = 10_000
_NAMES = {"LOAD": "INSTALL or LOAD"}  # DuckDB has one type for both
_ALLOWED = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResult:
    """What a query found: the columns' names and DuckDB types, and the rows."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def run_query(published: Path, sql: str, timeout_s: float) -> QueryResult:
    """Run one SELECT or EXPLAIN on the published copy; what has no zone is UTC.

    The query can reach nothing but the tables: no files, no network, no settings. Raises QueryError where it is
    refused, wrong, or takes longer than `timeout_s` seconds, StoreError where nothing is published yet.
    """
    with published_copy(published, of_any_schema=True) as con:
        # A TIMESTAMP compared with now() would else be read in the machine's zone. Where another query of this
        # process has locked the settings already, it has set the zone too.
        with suppress(duckdb.InvalidInputException):
            con.execute("SET GLOBAL TimeZone = 'UTC'")
            con.execute("SET GLOBAL lock_configuration = true")
        _require_one_reading_statement(con, sql)
        deadline = time.monotonic() + timeout_s
        timer = threading.Timer(timeout_s, con.interrupt)
        timer.start()
        try:
            return _fetch(con.execute(sql), deadline, timeout_s)
        except duckdb.InterruptException as error:
            raise _too_slow(timeout_s) from error
        except duckdb.OutOfMemoryException as error:
            message = f"the query needs more memory than it may have: select less, or sort less ({first_line(error)})"
            raise QueryError(message) from error
        except (duckdb.Error, RuntimeError) as error:
            if is_damage(error):
                with store_errors(published):
                    raise
            raise QueryError(first_line(error)) from error
        finally:
            timer.cancel()


def _require_one_reading_statement(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    try:
        sql.encode()
        statements = con.extract_statements(sql)
    except (duckdb.Error, RuntimeError, UnicodeEncodeError) as error:
        raise QueryError(first_line(error)) from error
    if not statements:
        message = "there is no query: write one SELECT"
        raise QueryError(message)
    # DuckDB 2 gives the statements that a PIVOT becomes as one, of a type of its own.
    if len(statements) > 1 or statements[0].type.name == "MULTI":
        message = (
            "one SELECT at a time (a PIVOT counts as several, unless it lists its values: PIVOT ... ON x IN (...))"
        )
        raise QueryError(message)
    if statements[0].type not in _ALLOWED:
        kind = _NAMES.get(statements[0].type.name, statements[0].type.name)
        message = f"only SELECT and EXPLAIN are allowed here, not {kind}: the copy is for reading"
        raise QueryError(message)


def _fetch(found: duckdb.DuckDBPyConnection, deadline: float, timeout_s: float) -> QueryResult:
    columns = tuple(str(column[0]) for column in found.description)
    types = tuple(str(column[1]) for column in found.description)
    rows: list[tuple[Any, ...]] = []
    while chunk := found.fetchmany(_FETCHED_AT_ONCE):
        rows.extend(chunk)
        if len(rows) > MAX_ROWS:
            message = f"the query gives more than {MAX_ROWS:,} rows: add a LIMIT"
            raise QueryError(message)
        if time.monotonic() > deadline:
            raise _too_slow(timeout_s)
    return QueryResult(columns=columns, types=types, rows=tuple(rows))


def _too_slow(timeout_s: float) -> QueryError:
    return QueryError(f"stopped after {timeout_s:g} s: select less, limit it by date, or give it more time")
