"""Who is meant when the full name is not repeated: surnames and pronouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.lexicon import fold
from newsledger.extract.vocabulary import vocabulary

if TYPE_CHECKING:
    from newsledger.extract.scene import Profile, Scene, Sighting

_PRONOUNS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "it": "n", "its": "n"}
_REACH = 2


def link_names(scene: Scene) -> None:
    """Give a surname that stands alone to the person who was named in full."""
    surnames: dict[str, str] = {}
    for _, sighting in scene.standing():
        profile = scene.profiles[sighting.id]
        if profile.type == "PER" and sighting.kind == "name" and sighting.last - sighting.first > 1:
            surnames.setdefault(scene.key(sighting.last - 1), sighting.id)
    for number, sighting in scene.standing():
        owner = surnames.get(scene.key(sighting.first))
        if owner and sighting.last - sighting.first == 1 and sighting.id not in scene.lexicon.entries:
            scene.resight(number, owner, "name")
    for index, key in enumerate(scene.keys):
        if key in surnames and scene.at(index) is None:
            scene.sight(index, index + 1, surnames[key], "name")


def sight_pronouns(scene: Scene) -> None:
    """Give each pronoun to the nearest fitting person or body before it, the subject of its sentence first."""
    sightings = iter([sighting for _, sighting in scene.standing()])
    upcoming = next(sightings, None)
    recent: list[Sighting] = []
    for index, low in enumerate(scene.lower):
        while upcoming is not None and upcoming.first < index:
            recent.append(upcoming)
            del recent[:-12]
            upcoming = next(sightings, None)
        if low in _PRONOUNS and scene.at(index) is None:
            found = _antecedent(scene, index, _PRONOUNS[low], recent)
            if found:
                scene.sight(index, index + 1, found, "pronoun")


def _antecedent(scene: Scene, index: int, gender: str, recent: list[Sighting]) -> str | None:
    sentence = scene.sentence_of[index]
    fitting = [
        sighting
        for sighting in recent
        if sentence - scene.sentence_of[sighting.first] <= _REACH and _fits(scene.profiles[sighting.id], gender)
    ]
    if not fitting:
        return None
    latest = scene.sentence_of[fitting[-1].first]
    return next(s for s in fitting if scene.sentence_of[s.first] == latest).id


def _fits(profile: Profile, gender: str) -> bool:
    if gender == "n":
        return profile.type in ("ORG", "GPE", "BLOC") and profile.kind != "city"
    return profile.type == "PER" and gender_of(profile) in (gender, None)


def gender_of(profile: Profile) -> str | None:
    """Say whether a person is a man or a woman, by the registry or by the first name; None where unknown."""
    return profile.gender or vocabulary().first_names.get(fold(profile.name.split()[0]))
