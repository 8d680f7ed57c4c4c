"""Numbers with what they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.extract.document import Document
    from newsledger.extract.mentions import Mentions
    from newsledger.records.extraction import Citation, Figure, Statement, Time


def find_figures(
    document: Document,
    times: tuple[Time, ...],
    mentions: Mentions,
    statements: tuple[Statement, ...],
    citations: tuple[Citation, ...],
) -> tuple[Figure, ...]:
    """Find the figures; ordinals, dates and list numbers are none."""
    return ()
