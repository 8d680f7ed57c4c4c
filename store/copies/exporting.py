"""The published copy as Parquet, a file a day and table, with a small database of views over the files.

Each file has two names. Under DIR/TABLE/day=.../ readers of folders find it; there it is replaced in one step. The
views name its other place, which no other content ever takes: DuckDB opens a file more than once in a query, and would
read the foot of one and the rows of another. So whoever reads meanwhile meets a day whole, old or new; a query that the
views of yesterday send to a file that has gone ends with an error.
"""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from newsledger.records.errors import StoreError
from store.copies.copying import put_in_place
from store.database import STORAGE_VERSION, connect_scratch, quoted, require_published, require_space
from store.errors import store_errors
from store.lock import write_lock
from store.migrate import schema_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import duckdb

CATALOGUE = "catalog.duckdb"
# What is being written stands here first; readers of folders of Parquet pass over names with a dot.
_ASIDE = ".writing"
_FILES = ".files"
# These tell of runs, though they name articles.
_NOT_BY_DAY = {"replay_examples"}
# One thread, because several would cut a day into several files.
_SETTINGS = "SET threads = 1; SET memory_limit = '1GB'; SET partitioned_write_max_open_files = 16"
_PARQUET = "FORMAT parquet, COMPRESSION zstd"
# DuckDB works this out before it opens a file, and so opens only those of the days asked for. A column of the file
# would do as well, but then other readers find the day twice.
_DAY_OF_FILE = r"CAST(regexp_extract(filename, '/day=([^/]+)/[^/]+/[^/]+$', 1) AS DATE)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedTable:
    """What was exported of a table.

    Of its files `changed` are new or other than before; `removed` were those of days that hold nothing any more.
    """

    name: str
    rows: int
    files: int
    changed: int
    removed: int
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What was exported, and the database to open it with."""

    catalogue: Path
    tables: tuple[ExportedTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    """The days to export, both ends included; all of them where no end is set."""

    since: date | None
    until: date | None

    def __contains__(self, day: date) -> bool:
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table of the published copy: its columns with their types, and what the comments say of both."""

    name: str
    comment: str
    columns: Mapping[str, str]
    comments: Mapping[str, str]

    @property
    def is_by_day(self) -> bool:
        return {"article_id", "revision"} <= self.columns.keys() and self.name not in _NOT_BY_DAY


def export_parquet(published: Path, folder: Path, *, since: date | None = None, until: date | None = None) -> Export:
    """Write every table of the published copy to `folder`; what is there of another export is brought up to date.

    What belongs to an article goes by the day, in UTC, on which the revision was published, or else stored; `since` and
    `until` (both included) leave other days as they are. All else is one file a table. Memory stays below 1.5 GB.
    Raises StoreError; each file is then whole all the same. BusyError where another export writes there.
    """
    days = _Days(since=since, until=until)
    _require_ours(folder)
    with store_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with (
        write_lock(folder / CATALOGUE, "newsledger export"),
        _aside(folder) as aside,
        _opened(published, aside) as con,
        store_errors(folder),
    ):
        tables = _tables(con)
        if since or until:
            _require_whole(con, tables, folder)
        require_space(folder / CATALOGUE, published.stat().st_size)
        _set_days(con, days)
        rows = {table.name: _write(con, table, aside) for table in tables}
        exported = tuple(_put_out(table, rows[table.name], aside, folder, days) for table in tables)
        _write_catalogue(con, tables, aside, folder)
        for table in tables:
            _sweep(table, folder)
        return Export(catalogue=folder / CATALOGUE, tables=exported)


def _require_ours(folder: Path) -> None:
    """Raise StoreError for a folder that holds something else: days there might be removed."""
    if folder.exists() and not folder.is_dir():
        message = f"{folder} is a file: name a folder for the export"
        raise StoreError(message)
    # The lock's file stands there from the first export's first moment.
    if folder.exists() and any(folder.iterdir()) and not (folder / f"{CATALOGUE}.lock").exists():
        message = f"{folder} is not empty and holds no earlier export: name a new folder, or empty this one"
        raise StoreError(message)


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    aside = folder / _ASIDE
    with store_errors(folder):
        # What an export that was cut off left.
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _opened(published: Path, aside: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    require_published(published)
    con = connect_scratch(aside / "sorting")
    try:
        with store_errors(published):
            con.execute(_SETTINGS)
            con.execute(f"ATTACH {quoted(published)} AS published (READ_ONLY)")
            con.execute("USE published")
            schema_version(con, published)
        yield con
    finally:
        con.close()


def _tables(con: duckdb.DuckDBPyConnection) -> Sequence[_Table]:
    columns: dict[str, dict[str, str]] = {}
    comments: dict[str, dict[str, str]] = {}
    for table, column, kind, comment in con.execute(
        "SELECT table_name, column_name, data_type, coalesce(comment, '') FROM duckdb_columns() "
        "WHERE database_name = 'published' ORDER BY column_index"
    ).fetchall():
        columns.setdefault(table, {})[column] = kind
        comments.setdefault(table, {})[column] = comment
    found = con.execute(
        "SELECT table_name, coalesce(comment, '') FROM duckdb_tables() WHERE database_name = 'published' ORDER BY ALL"
    ).fetchall()
    return [
        _Table(name=name, comment=comment, columns=columns[name], comments=comments[name]) for name, comment in found
    ]


def _require_whole(con: duckdb.DuckDBPyConnection, tables: Sequence[_Table], folder: Path) -> None:
    """Raise StoreError where some days alone can't be added to what is there."""
    earlier = folder / "schema_version.parquet"
    if not earlier.exists():
        return
    query = "SELECT (SELECT max(version) FROM read_parquet(?)), (SELECT max(version) FROM schema_version)"
    there, here = con.execute(query, [glob.escape(str(earlier))]).fetchall()[0]
    if there != here:
        problem = f"was exported with schema version {there}, the published copy has {here}"
    elif any(set(_files(folder, table)) != set(_named_twice(table, folder)) for table in tables):
        problem = "was copied from elsewhere"
    else:
        return
    message = f"{folder} {problem}: export all days once, without --since and --until"
    raise StoreError(message)


def _set_days(con: duckdb.DuckDBPyConnection, days: _Days) -> None:
    con.execute(
        f"""
        CREATE TEMP VIEW days AS
        SELECT article_id, revision, CAST(coalesce(published_at, stored_at) AS DATE) AS day FROM published.articles
        WHERE day BETWEEN DATE '{days.since or "-infinity"}' AND DATE '{days.until or "infinity"}'
        """  # noqa: S608 - dates
    )


def _write(con: duckdb.DuckDBPyConnection, table: _Table, aside: Path) -> int:
    """Write a table aside, give how many rows it has."""
    if table.is_by_day:
        # Sorted, so that a day is written at once and the same rows give the same file.
        copy = f"""
            COPY (
                SELECT t.*, d.day FROM published.{table.name} AS t
                JOIN days AS d ON d.article_id = t.article_id AND d.revision = t.revision
                ORDER BY d.day, t.article_id, t.revision, t.rowid
            ) TO {quoted(aside / table.name)} ({_PARQUET}, PARTITION_BY (day))
        """  # noqa: S608 - ours
    else:
        copy = f"COPY published.{table.name} TO {quoted(aside / f'{table.name}.parquet')} ({_PARQUET})"
    (rows,) = con.execute(copy).fetchall()[0]
    return int(rows)


def _put_out(table: _Table, rows: int, aside: Path, folder: Path, days: _Days) -> ExportedTable:
    """Give a table's files their two names; those that hold nothing new stay as they are."""
    written = {file.relative_to(aside): file.stat().st_size for file in _files(aside, table)}
    changed = sum(_name_twice(name, aside, folder) for name in written)
    gone = [
        file
        for file in _files(folder, table)
        if file.relative_to(folder) not in written and date.fromisoformat(file.parent.name.removeprefix("day=")) in days
    ]
    for file in gone:
        file.unlink()
        file.parent.rmdir()
    return ExportedTable(
        name=table.name,
        rows=rows,
        files=len(written),
        changed=changed,
        removed=len(gone),
        size_bytes=sum(written.values()),
    )


def _name_twice(name: Path, aside: Path, folder: Path) -> bool:
    """Put a file that was written aside to both its places; tell whether it holds anything new."""
    public = folder / name
    with (aside / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    lasting = folder / _FILES / name.with_suffix("") / f"{digest}.parquet"
    if lasting.exists() and public.exists() and lasting.samefile(public):
        return False
    for place in (lasting, public):
        place.parent.mkdir(parents=True, exist_ok=True)
    (aside / name).replace(lasting)
    os.link(lasting, aside / name)
    (aside / name).replace(public)
    return True


def _files(folder: Path, table: _Table) -> Iterator[Path]:
    return folder.glob(f"{table.name}/day=*/*.parquet" if table.is_by_day else f"{table.name}.parquet")


def _lasting(table: _Table, folder: Path) -> Iterator[Path]:
    return folder.glob(f"{_FILES}/{table.name}/" + ("day=*/*/*.parquet" if table.is_by_day else "*.parquet"))


def _named_twice(table: _Table, folder: Path) -> dict[Path, Path]:
    """Give the public names of the files that have both of theirs, each with the lasting one.

    To count names would not do: a copy of the folder that is made of hard links gives every file some more.
    """
    found = {}
    for file in _lasting(table, folder):
        place = file.parent.relative_to(folder / _FILES)
        public = folder / place.with_name(f"{place.name}.parquet")
        if public.exists() and public.samefile(file):
            found[public] = file
    return found


def _sweep(table: _Table, folder: Path) -> None:
    """Remove what no folder of days names any more."""
    for file in {*_lasting(table, folder)} - {*_named_twice(table, folder).values()}:
        file.unlink()


def _write_catalogue(con: duckdb.DuckDBPyConnection, tables: Sequence[_Table], aside: Path, folder: Path) -> None:
    """Make a database with the views and macros of the published copy, and views in the place of its tables."""
    draft = aside / CATALOGUE
    con.execute(f"ATTACH {quoted(draft)} AS catalogue (STORAGE_VERSION '{STORAGE_VERSION}')")
    con.execute("COPY FROM DATABASE published TO catalogue (SCHEMA)")
    con.execute("USE catalogue")
    for table in tables:
        con.execute(f"DROP TABLE {table.name}")
        con.execute(f"CREATE VIEW {table.name} AS {_reading(table, folder)}")
        con.execute(f"COMMENT ON VIEW {table.name} IS {quoted(table.comment)}")
        for column, comment in table.comments.items():
            con.execute(f"COMMENT ON COLUMN {table.name}.{column} IS {quoted(comment)}")
        if table.is_by_day:
            day = "Day of the file, UTC: when the revision was published, or else stored."
            con.execute(f"COMMENT ON COLUMN {table.name}.day IS {quoted(day)}")
    con.execute("USE published")
    con.execute("DETACH catalogue")
    put_in_place(draft, folder / CATALOGUE)


def _reading(table: _Table, folder: Path) -> str:
    """Write the query that gives the table again, with the day where there is one."""
    columns = ", ".join(table.columns)
    if files := sorted(str(file.resolve()) for file in _named_twice(table, folder).values()):
        listed = ", ".join(quoted(glob.escape(file)) for file in files)
        # Of the path only the day counts: what folders above are called is nobody's column.
        day = f", {_DAY_OF_FILE} AS day" if table.is_by_day else ""
        return f"SELECT {columns}{day} FROM read_parquet([{listed}], hive_partitioning = false, filename = true)"  # noqa: S608 - ours
    # No file tells the columns.
    typed = {**table.columns, "day": "DATE"}
    return f"SELECT {', '.join(f'CAST(NULL AS {kind}) AS {name}' for name, kind in typed.items())} WHERE false"
