"""Who is who: names, metonyms, demonyms, roles and pronouns, each resolved to one entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from newsledger.extract.document import Document
    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.extraction import Entity


def find_entities(document: Document, lexicon: Lexicon, reference: date | None) -> tuple[Entity, ...]:
    """Find the entities of a text with all their mentions; `reference` decides who held which office."""
    return ()
