"""What DuckDB's errors mean to a user."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from newsledger.records.errors import BusyError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NO_SPACE = re.compile(r"no space left|file too large|disk quota|not enough space", re.IGNORECASE)
_DAMAGE = re.compile(r"corrupt database|could not read enough bytes", re.IGNORECASE)
_HOLDER = re.compile(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")


class DamagedError(StoreError):
    """A file that is no database any more; `found` says so without the advice, which depends on whose file it is."""

    def __init__(self, found: str, advice: str) -> None:
        super().__init__(f"{found}: {advice}")
        self.found = found


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn what DuckDB and the file system raise over `path` into a StoreError with one clear line."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        raise _explained(error, path) from error


def first_line(error: BaseException) -> str:
    """Give the message as one line, without the query that DuckDB prints below it."""
    message = str(error).split("\n\nLINE ", maxsplit=1)[0]
    return " ".join(line.strip() for line in message.splitlines() if line.strip())


def is_damage(error: BaseException) -> bool:
    """Tell whether the error is about a database file that is broken."""
    return bool(_DAMAGE.search(str(error)))


def _explained(error: Exception, path: Path) -> StoreError:
    message = str(error)
    if holder := _HOLDER.search(message):
        return BusyError(
            f"{path} is held open by {holder['program']} (process {holder['pid']}): close it there; "
            "for queries open the published copy, read-only"
        )
    if _NO_SPACE.search(message):
        return StoreError(
            f"no space left on the disk for {path}: free some and run again; nothing stored before is lost"
        )
    if "not a valid DuckDB database" in message:
        return DamagedError(f"{path} is no DuckDB database", "move it away, or name another file in the configuration")
    if "with version number" in message:
        return StoreError(f"{path} was written by a newer DuckDB than this one ({duckdb.__version__}): upgrade duckdb")
    if is_damage(error):
        return DamagedError(
            f"{path} is damaged ({first_line(error)})",
            "move it away and put a backup or the published copy in its place",
        )
    return StoreError(f"{path}: {first_line(error)}")
