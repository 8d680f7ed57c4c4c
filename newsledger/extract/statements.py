"""Who said what: source, cue and content, and the chain of those who relay it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.extract.document import Document
    from newsledger.extract.mentions import Mentions
    from newsledger.records.extraction import Citation, Statement


def find_statements(document: Document, mentions: Mentions, citations: tuple[Citation, ...]) -> tuple[Statement, ...]:
    """Find direct, indirect and mixed speech and reported attitudes, in the order of the text."""
    return ()
