"""How the day stands beside those before: who is named, what is done, and what passes between countries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.records.day import ActRow, EntityRow, TrendRow
from store.reading.sections.asking import ask, spot_of

if TYPE_CHECKING:
    import duckdb

    from store.reading.sections.asking import Window


def read_entities(con: duckdb.DuckDBPyConnection, window: Window) -> tuple[EntityRow, ...]:
    """Give the entities with the clearest rise or fall, and the new ones that two of different origin name.

    There are none where nothing was told in the week before. Who is not named on the day is shown where it was last.
    """
    return tuple(
        EntityRow(
            entity_id=row["entity_id"],
            name=row["name"],
            type=row["type"],
            country=row["country"],
            articles=row["articles"],
            articles_before=row["articles_before"],
            mean=row["mean"],
            total=row["total"],
            total_mean=row["total_mean"],
            seen_before=row["seen_before"],
            spot=spot_of(row),
        )
        for row in ask(con, "entities", window)
    )


def read_acts(con: duckdb.DuckDBPyConnection, window: Window) -> tuple[ActRow, ...]:
    """Give the types of deeds with how many were told; copies don't count."""
    return tuple(ActRow(**row) for row in ask(con, "acts", window))


def read_trend(con: duckdb.DuckDBPyConnection, window: Window) -> tuple[TrendRow, ...]:
    """Give what passed in thirty days between the countries of the dossier, and between each and those next to it."""
    return tuple(TrendRow(**row) for row in ask(con, "trend", window))
