"""Who is who: names, metonyms, demonyms, roles and pronouns, each resolved to one entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.coreference import link_names, sight_pronouns
from newsledger.extract.known import sight_known
from newsledger.extract.metonyms import settle_capitals
from newsledger.extract.scene import Scene
from newsledger.extract.strangers import sight_strangers

if TYPE_CHECKING:
    from datetime import date

    from newsledger.extract.document import Document
    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.extraction import Entity


def find_entities(document: Document, lexicon: Lexicon, reference: date | None) -> tuple[Entity, ...]:
    """Find the entities of a text with all their mentions; `reference` decides who held which office."""
    scene = Scene(document, lexicon, reference)
    sight_known(scene)
    sight_strangers(scene)
    link_names(scene)
    settle_capitals(scene)
    sight_pronouns(scene)
    return scene.entities()
