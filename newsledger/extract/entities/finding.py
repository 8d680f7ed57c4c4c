"""Who is who: names, metonyms, demonyms, roles and pronouns, each resolved to one entity."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.extract.entities.acronyms import link_acronyms
from newsledger.extract.entities.bodies import sight_bodies
from newsledger.extract.entities.codes import sight_codes
from newsledger.extract.entities.coreference import link_names, resolve_references
from newsledger.extract.entities.known import sight_known
from newsledger.extract.entities.metonyms import settle_capitals
from newsledger.extract.entities.names import sight_names
from newsledger.extract.entities.origins import settle_origins
from newsledger.extract.entities.scene import Scene
from newsledger.extract.entities.titles import mark_titles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from newsledger.extract.document import Document
    from newsledger.extract.lexicon import Lexicon
    from newsledger.extract.model.reading import Told
    from newsledger.records.extraction import Entity


def find_entities(
    document: Document, lexicon: Lexicon, reference: date | None, names: Sequence[Told]
) -> tuple[Entity, ...]:
    """Find the entities of a text with all their mentions.

    `reference` decides who held which office; `names` are the spans that the model tells to be names.
    """
    scene = Scene(document, lexicon, reference)
    sight_known(scene)
    sight_bodies(scene)
    mark_titles(scene)
    sight_codes(scene)
    sight_names(scene, names)
    link_acronyms(scene)
    link_names(scene)
    settle_capitals(scene)
    resolve_references(scene)
    settle_origins(scene)
    return tuple(_with_office(entity, scene) for entity in scene.entities())


def _with_office(entity: Entity, scene: Scene) -> Entity:
    """Add the office that the registry knows for the day where the text prints none."""
    known = scene.lexicon.entries.get(entity.id)
    if entity.role is not None or known is None or scene.reference is None:
        return entity
    held = [office.title for office in known.offices if office.held_on(scene.reference)]
    return replace(entity, role=held[-1].title()) if held else entity
