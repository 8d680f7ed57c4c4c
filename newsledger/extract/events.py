"""Who did what to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from newsledger.extract.document import Document
    from newsledger.extract.mentions import Mentions
    from newsledger.records.extraction import Citation, Event, Statement, Time


def find_events(
    document: Document,
    mentions: Mentions,
    times: tuple[Time, ...],
    statements: tuple[Statement, ...],
    citations: tuple[Citation, ...],
    reference: date | None,
) -> tuple[Event, ...]:
    """Find the events, in the order of the text."""
    return ()
