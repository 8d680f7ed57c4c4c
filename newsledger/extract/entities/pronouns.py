"""Pronouns: who he, she, they and it are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.entities.memory import gender_of
from newsledger.extract.entities.scene import Sighting

if TYPE_CHECKING:
    from newsledger.extract.entities.memory import Memory
    from newsledger.extract.entities.scene import Profile, Scene

_GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_THINGS = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "themselves"})
_EMPTY_IT = frozenset({"is", "was", "be", "seems", "seemed", "appears", "appeared", "remains", "takes", "take", "took"})
_MODALS = frozenset({"will", "would", "may", "might", "can", "could", "should", "must"})
_CLAUSE_OPENERS = frozenset(
    {"that", "and", "but", "if", "whether", "because", "as", "when", "while", "since", "what", ","}
)
_REACH = 2
PRONOUNS = frozenset({*_GENDERS, *_THINGS, *_MANY})


def resolve(scene: Scene, memory: Memory, index: int) -> list[Sighting]:
    """Say whom a pronoun mentions; nobody where the text gives no clear answer."""
    sightings = [Sighting(index, index + 1, ident, "pronoun") for ident in _meant(scene, memory, index)]
    for sighting in sightings[:1]:
        scene.sight(index, index + 1, sighting.id, "pronoun")
    for sighting in sightings[1:]:
        scene.share(sighting)
    return sightings


def _meant(scene: Scene, memory: Memory, index: int) -> tuple[str, ...]:
    low = scene.low(index)
    if low in _MANY:
        return _many(scene, memory, index)
    if low in _THINGS:
        empty = low == "it" and not _is_subject(scene, index)
        found = None if empty else memory.best(index, 1, _is_thing)
    else:
        gender = _GENDERS[low]
        found = memory.best(index, _REACH, lambda profile: profile.type == "PER" and gender_of(profile) == gender)
        found = found or memory.best(index, 1, lambda profile: profile.type == "PER" and gender_of(profile) is None)
    return (found,) if found else ()


def _is_subject(scene: Scene, index: int) -> bool:
    """Tell whether "it" opens a clause and stands for something."""
    opens = scene.opens_sentence(index) or scene.low(index - 1) in _CLAUSE_OPENERS
    after = scene.low(index + 2) if scene.low(index + 1) in _MODALS else scene.low(index + 1)
    return opens and after not in _EMPTY_IT


def _is_thing(profile: Profile) -> bool:
    return profile.type in ("ORG", "GPE", "BLOC") and profile.kind not in ("city", "region")


def _many(scene: Scene, memory: Memory, index: int) -> tuple[str, ...]:
    """Say who they are: the latest group, else the two who were named side by side."""
    for item, profile in memory.backwards(index, _REACH):
        if item.plural or profile.type == "NORP":
            return (item.id,)
        joined = _joined(scene, item.first)
        if joined:
            return (joined, item.id)
    return ()


def _joined(scene: Scene, first: int) -> str | None:
    """Give X of "X and Y" where Y begins at `first`."""
    if scene.low(first - 1) != "and":
        return None
    before, behind = scene.at(first - 2), scene.at(first)
    if before is None or behind is None or before.kind == "demonym" or behind.kind == "demonym":
        return None
    same = scene.profiles[before.id].type == scene.profiles[behind.id].type
    return (
        before.id
        if same and before.id != behind.id and scene.profiles[before.id].type in ("PER", "ORG", "GPE")
        else None
    )
