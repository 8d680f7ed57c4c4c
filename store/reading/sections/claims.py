"""What disagrees: figures, denials, and plans beside what became of them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from newsledger.records.day import CalendarRow, ClaimRow, DenialRow, DisputeRow
from store.reading.sections.asking import ask, spot_of

if TYPE_CHECKING:
    import duckdb

    from store.reading.sections.asking import Window
    from store.schemas import Row


def read_disputes(con: duckdb.DuckDBPyConnection, window: Window) -> tuple[DisputeRow, ...]:
    """Give the figures that disagree, of which one at least was told on the day; copies don't count."""
    return tuple(DisputeRow(one=_claim(row, ""), other=_claim(row, "other_")) for row in ask(con, "disputes", window))


def read_denials(con: duckdb.DuckDBPyConnection, window: Window) -> tuple[DenialRow, ...]:
    """Give what is denied on the day, or told on it as done where another denied it in the week before."""
    return tuple(
        DenialRow(
            kind=row["kind"],
            type=row["type"],
            mode=row["mode"],
            actors=tuple(row["actors"]),
            recipients=tuple(row["recipients"]),
            denied_by=row["denied_by"],
            spot=spot_of(row),
            claim=spot_of(row, "claim_") if row["claim_article_id"] else None,
            claimed_by=row["claimed_by"],
        )
        for row in ask(con, "denials", window)
    )


def read_calendar(con: duckdb.DuckDBPyConnection, window: Window) -> tuple[CalendarRow, ...]:
    """Give the plans that are due, what became of those told before, and the plans and dates that are told ahead."""
    return tuple(
        CalendarRow(
            outcome=row["outcome"],
            start=row["start_date"],
            end=row["end_date"],
            type=row["type"],
            status="planned" if row["type"] else None,
            sides=tuple(row["sides"]),
            spot=spot_of(row),
            deed=spot_of(row, "deed_") if row["deed_article_id"] else None,
            deed_date=row["deed_date"],
        )
        for row in ask(con, "calendar", window)
    )


def _claim(row: Row, prefix: str) -> ClaimRow:
    most = row[f"{prefix}value_max_exact"]
    return ClaimRow(
        spot=spot_of(row, prefix),
        value=Decimal(row[f"{prefix}value_exact"]),
        value_max=None if most is None else Decimal(most),
        unit=row[f"{prefix}unit"],
        bound=row[f"{prefix}bound"],
        quantity_of=row[f"{prefix}quantity_of"],
        about=tuple(row[f"{prefix}about"]),
        period=(row[f"{prefix}period_start_date"], row[f"{prefix}period_end_date"]),
        attributed_to=row[f"{prefix}attributed_to"],
    )
