"""Who is who: names, metonyms, demonyms, roles and pronouns, each resolved to one entity."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.extract.entities.bodies import sight_bodies
from newsledger.extract.entities.coreference import link_names, resolve_references
from newsledger.extract.entities.known import sight_known
from newsledger.extract.entities.metonyms import settle_capitals
from newsledger.extract.entities.scene import Scene
from newsledger.extract.entities.strangers import sight_strangers
from newsledger.extract.entities.titles import mark_titles

if TYPE_CHECKING:
    from datetime import date

    from newsledger.extract.document import Document
    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.extraction import Entity


def find_entities(document: Document, lexicon: Lexicon, reference: date | None) -> tuple[Entity, ...]:
    """Find the entities of a text with all their mentions; `reference` decides who held which office."""
    scene = Scene(document, lexicon, reference)
    for step in (
        sight_known,
        sight_bodies,
        mark_titles,
        sight_strangers,
        link_names,
        settle_capitals,
        resolve_references,
    ):
        step(scene)
    return tuple(_with_office(entity, scene) for entity in scene.entities())


def _with_office(entity: Entity, scene: Scene) -> Entity:
    """Add the office that the registry knows for the day where the text prints none."""
    known = scene.lexicon.entries.get(entity.id)
    if entity.role is not None or known is None or scene.reference is None:
        return entity
    held = [office.title for office in known.offices if office.held_on(scene.reference)]
    return replace(entity, role=held[-1].title()) if held else entity
