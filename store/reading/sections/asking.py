"""Asking the query of a section: a file of SQL whose parameters are filled in, as the digest's method prints it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from newsledger.records.day import Spot
from store.database import quoted
from store.reading.loading import aware, rows_of
from store.writing.rows import utc

if TYPE_CHECKING:
    from datetime import date, datetime

    import duckdb

    from newsledger.records.day import SectionName
    from store.schemas import Row

_PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The day that is read: its moments [start, end) in UTC, and the ids of the entities that the dossier watches."""

    day: date
    start: datetime
    end: datetime
    dossier: tuple[str, ...] = ()


def query_of(section: SectionName, window: Window) -> str:
    """Give the query of a section for a day: one SELECT without parameters, to be run on the published copy."""
    literals = {
        "day": f"DATE '{window.day.isoformat()}'",
        "day_start": _moment(window.start),
        "day_end": _moment(window.end),
        "dossier": f"[{', '.join(map(quoted, window.dossier))}]",
    }
    return _PARAMETER.sub(lambda found: literals[found[1]], _sql(section))


def ask(con: duckdb.DuckDBPyConnection, section: SectionName, window: Window) -> list[Row]:
    """Give the rows of a section, in their order."""
    return rows_of(con.execute(query_of(section, window)))


def spot_of(row: Row, prefix: str = "") -> Spot:
    """Make the spot that the columns of a prefix point at."""
    return Spot(
        article_id=row[f"{prefix}article_id"],
        revision=row[f"{prefix}revision"],
        start=row[f"{prefix}char_start"],
        end=row[f"{prefix}char_end"],
        text=row[f"{prefix}text"],
        source=row[f"{prefix}source_id"],
        told_at=aware(row[f"{prefix}told_at"]),
    )


def in_utc(moment: datetime) -> datetime:
    """Give a moment of a column that is never null as the records carry it."""
    return moment.replace(tzinfo=UTC)


@cache
def _sql(section: SectionName) -> str:
    return (files("store.reading.sections") / f"{section}.sql").read_text(encoding="utf-8").rstrip()


def _moment(moment: datetime) -> str:
    return f"TIMESTAMP {quoted(utc(moment))}"
