"""TIMEX3 expressions and the days they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from newsledger.extract.document import Document
    from newsledger.records.extraction import Time


def find_times(document: Document, reference: date | None) -> tuple[Time, ...]:
    """Find every time expression; `reference` is the dateline's or the publication date, null if neither is known."""
    return ()
