"""Pronouns: who he, she, they and it are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.extract.entities.memory import gender_of, is_person, is_state
from newsledger.extract.entities.scene import Sighting
from newsledger.extract.entities.vocabulary import vocabulary

if TYPE_CHECKING:
    from newsledger.extract.entities.memory import Memory, Remembered
    from newsledger.extract.entities.scene import Profile, Scene

_GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_THINGS = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "themselves"})
_EMPTY_IT = frozenset({"is", "was", "be", "seems", "seemed", "appears", "appeared", "remains", "takes", "take", "took"})
_MODALS = frozenset({"will", "would", "may", "might", "can", "could", "should", "must"})
_CLAUSE_OPENERS = frozenset(
    {"that", "and", "but", "if", "whether", "because", "as", "when", "while", "since", "what", ","}
)
_CLOSING = frozenset({'"', "”", "»", "''"})
# What stands behind a "her" that is no "her" of "her house".
_BEHIND_OBJECT = frozenset(
    {
        *("to", "at", "in", "on", "for", "with", "from", "by", "as", "that", "and", "of", "about", "into", "over"),
        *("a", "the", "after", "before", "when", "while", "because", "but", "or"),
    },
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
        found = None if empty else _thing(scene, memory, index)
    else:
        gender, until = _GENDERS[low], _until(scene, index)
        found = memory.best(index, 1, lambda who: is_person(who) and gender_of(who) in (gender, None), until=until)
        found = found or memory.best(
            index, _REACH, lambda who: is_person(who) and gender_of(who) == gender, until=until
        )
    if found and scene.profiles[found].gender is None and low in ("he", "she"):
        scene.amend(replace(scene.profiles[found], gender=gender))
    return (found,) if found else ()


def _until(scene: Scene, index: int) -> int | None:
    """Say from which word on nobody is meant.

    In "X should go, he said" it is not X who says so, in "X asked him" it is not X who is asked.
    """
    if _is_attributed(scene, index):
        first = index - 1
        quoted = scene.low(first) in _CLOSING and scene.quoted[first - 1]
        while scene.same_sentence(first - 1, index) and (not quoted or scene.quoted[first - 1]):
            first -= 1
        return first
    if not _is_object(scene, index):
        return None
    first = index
    while scene.same_sentence(first - 1, index) and scene.low(first - 1) not in _CLAUSE_OPENERS:
        first -= 1
    return first


def _is_attributed(scene: Scene, index: int) -> bool:
    """Tell whether a pronoun closes what it says: ", he said"."""
    closes = scene.low(index - 1) == "," or scene.low(index - 1) in _CLOSING
    return scene.low(index) in ("he", "she") and closes and scene.low(index + 1) in vocabulary().speech


def _is_object(scene: Scene, index: int) -> bool:
    low, after = scene.low(index), scene.low(index + 1)
    return low == "him" or (low == "her" and (after in _BEHIND_OBJECT or not after.isalpha()))


def _is_subject(scene: Scene, index: int) -> bool:
    """Tell whether "it" opens a clause and stands for something."""
    opens = scene.opens_sentence(index) or scene.low(index - 1) in _CLAUSE_OPENERS
    after = scene.low(index + 2) if scene.low(index + 1) in _MODALS else scene.low(index + 1)
    return opens and after not in _EMPTY_IT


def _is_thing(profile: Profile) -> bool:
    return profile.type == "ORG" or is_state(profile)


def _thing(scene: Scene, memory: Memory, index: int) -> str | None:
    """Say what "it" is: a subject, or in the same sentence whatever hangs on no preposition and stands nearest."""
    sentence, quoted = scene.sentence_of[index], scene.quoted
    found = [
        item
        for item, profile in memory.backwards(index, 1)
        if _is_thing(profile) and item.free and quoted[item.first] == quoted[index] and not _is_inside(scene, item)
    ]
    here = [item for item in found if item.sentence == sentence]
    subjects = [item for item in found if item.subject]
    chosen = next(iter([item for item in here if item.subject] or here or subjects), None)
    return chosen.id if chosen else None


def _is_inside(scene: Scene, item: Remembered) -> bool:
    """Tell whether a name only tells which official is meant: "a State Department official"."""
    holder = scene.at(item.first)
    return holder is None or holder.id != item.id


def _many(scene: Scene, memory: Memory, index: int) -> tuple[str, ...]:
    """Say who they are: the latest group, else the two who were named side by side."""
    for item, profile in memory.backwards(index, _REACH):
        if item.free and (item.plural or profile.type == "NORP"):
            return (item.id,)
        joined = _joined(scene, memory, item.first)
        if joined:
            return (joined, item.id)
    return ()


def _joined(scene: Scene, memory: Memory, first: int) -> str | None:
    """Give X of "X and Y" where Y begins at `first`."""
    if scene.low(first - 1) != "and":
        return None
    before, behind = scene.at(first - 2), scene.at(first)
    if before is None or behind is None or before.kind == "demonym" or behind.kind == "demonym":
        return None
    if memory.hangs(before.first):
        return None
    same = scene.profiles[before.id].type == scene.profiles[behind.id].type
    return (
        before.id
        if same and before.id != behind.id and scene.profiles[before.id].type in ("PER", "ORG", "GPE")
        else None
    )
