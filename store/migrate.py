"""Bringing a database to the present schema by numbered SQL files, each in one transaction."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from newsledger.records.errors import StoreError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

    import duckdb

_VERSION_TABLE = """
CREATE TABLE schema_version (version INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
COMMENT ON TABLE schema_version IS 'The migrations applied; the highest version is the schema''s.';
COMMENT ON COLUMN schema_version.version IS 'Number of the migration.';
COMMENT ON COLUMN schema_version.name IS 'Name of its file.';
"""


def migrations() -> tuple[tuple[int, Traversable], ...]:
    """List the migrations by number."""
    found = (file for file in (files("store") / "migrations").iterdir() if file.name.endswith(".sql"))
    return tuple(sorted(((int(file.name[:4]), file) for file in found), key=lambda item: item[0]))


def migrate(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Apply what the database at `path` lacks.

    Raises StoreError for a database of a newer schema, and for one that is not ours.
    """
    present = schema_version(con, path)
    known = migrations()
    newest = known[-1][0]
    if present > newest:
        message = (
            f"{path} has schema version {present}, this Newsledger knows versions up to {newest}: "
            "upgrade Newsledger, or name another database in the configuration"
        )
        raise StoreError(message)
    for version, file in known:
        if version > present:
            con.execute("BEGIN")
            if version == 1:
                con.execute(_VERSION_TABLE)
            con.execute(file.read_text(encoding="utf-8"))
            con.execute("INSERT INTO schema_version VALUES (?, ?)", [version, file.name])
            con.execute("COMMIT")


def require_present_schema(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise StoreError where the schema of the database at `path` is not the present one."""
    present, newest = schema_version(con, path), migrations()[-1][0]
    if present != newest:
        message = f"{path} has schema version {present}, this Newsledger reads version {newest}: " + (
            "`newsledger run` brings it to the present one" if present < newest else "upgrade Newsledger"
        )
        raise StoreError(message)


def schema_version(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Give the schema's version of the database at `path`, 0 for an empty one. Raises StoreError for one not ours."""
    tables = {
        name
        for (name,) in con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
        ).fetchall()
    }
    if not tables:
        return 0
    if "schema_version" not in tables:
        message = f"{path} is a database of something else: name another file in the configuration"
        raise StoreError(message)
    (version,) = con.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchall()[0]
    return int(version)
