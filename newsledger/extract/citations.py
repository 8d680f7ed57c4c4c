"""The agencies and outlets that an article leans on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.extract.document import Document
    from newsledger.extract.mentions import Mentions
    from newsledger.records.extraction import Citation, Dateline


def find_citations(document: Document, mentions: Mentions, dateline: Dateline | None) -> tuple[Citation, ...]:
    """Find the citations, a dateline's agency among them."""
    return ()
