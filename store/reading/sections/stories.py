"""The stories of the day, and the kinds of sources that tell them."""

from __future__ import annotations

from datetime import timedelta
from itertools import dropwhile
from typing import TYPE_CHECKING

from newsledger.records.day import CoverageRow, StoryRow
from store.reading.sections.asking import ask, in_utc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import duckdb

    from store.reading.sections.asking import Window


def read_stories(con: duckdb.DuckDBPyConnection, window: Window) -> tuple[StoryRow, ...]:
    """Give the stories that have articles of the day, and those that went quiet or ended."""
    return tuple(
        StoryRow(
            story_id=row["story_id"],
            state=row["state"],
            first_at=in_utc(row["first_at"]),
            last_at=in_utc(row["last_at"]),
            articles=row["articles"],
            articles_before=row["articles_before"],
            articles_total=row["articles_total"],
            copies=row["copies"],
            independent=row["independent"],
            independent_before=row["independent_before"],
            lead=row["lead"],
            headline=row["headline"],
            kinds=tuple(row["kinds"]),
            languages=tuple(row["languages"]),
            days=_days(window.day, row["days"]),
        )
        for row in ask(con, "stories", window)
    )


def read_coverage(con: duckdb.DuckDBPyConnection, window: Window) -> tuple[CoverageRow, ...]:
    """Give the kinds of sources that tell each of the day's stories."""
    return tuple(
        CoverageRow(
            story_id=row["story_id"],
            kind=row["kind"],
            articles=row["articles"],
            sources=tuple(row["sources"] or ()),
            first_at=in_utc(row["first_at"]),
        )
        for row in ask(con, "coverage", window)
    )


def _days(last: date, counts: Sequence[int]) -> tuple[tuple[date, int], ...]:
    """Date the counts of the days until the last one, from the first day that has any."""
    ago = range(len(counts) - 1, -1, -1)
    known = dropwhile(lambda one: not one[1], zip(ago, counts, strict=True))
    return tuple((last - timedelta(days=days), count) for days, count in known)
