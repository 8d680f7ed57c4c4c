"""Who is meant where the full name is not repeated: surnames, misspellings, roles, pronouns."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from newsledger.extract.entities.memory import Memory
from newsledger.extract.entities.nominals import nominals
from newsledger.extract.entities.pronouns import PRONOUNS, resolve
from newsledger.extract.entities.roles import Roles
from newsledger.extract.entities.spellings import known_person, respelt
from newsledger.extract.entities.vocabulary import vocabulary

if TYPE_CHECKING:
    from newsledger.extract.entities.scene import Scene

# No article has more people; comparing every word with every name of a register would take for ever.
_MOST_SURNAMES = 300


def link_names(scene: Scene) -> None:
    """Give a surname that stands alone, or is misspelt, to the person who was named in full."""
    _recognise(scene)
    surnames = _surnames(scene)
    spelling = surnames if len(surnames) <= _MOST_SURNAMES else {}
    openings = _openings(scene)
    for number, sighting in scene.standing():
        if sighting.last - sighting.first > 1 or sighting.id in scene.lexicon.entries or sighting.kind != "name":
            continue
        key = scene.key(sighting.first)
        owner = surnames.get(key) or _misspelt(scene, sighting.first, spelling) or openings.get(key)
        if owner:
            scene.resight(number, owner, "name")
    for index, key in enumerate(scene.keys):
        if scene.at(index) is not None or not scene.is_capitalised(index) or index in scene.titles:
            continue
        owner = surnames.get(key) or _misspelt(scene, index, spelling)
        if owner and not _is_ordinary(scene, index):
            scene.sight(index, index + 1, owner, "name")


def _recognise(scene: Scene) -> None:
    """Give a full name that spells a known person's in another way to that person."""
    for number, sighting in scene.standing():
        if sighting.id in scene.lexicon.entries or scene.profiles[sighting.id].type != "PER":
            continue
        name = scene.profiles[sighting.id].name
        if sighting.kind == "name" and " " in name and (ident := known_person(scene.lexicon, name)):
            scene.enter_entry(scene.lexicon.entries[ident])
            scene.resight(number, ident, "name")


def _surnames(scene: Scene) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, sighting in scene.standing():
        profile = scene.profiles[sighting.id]
        if profile.type == "PER" and sighting.kind == "name":
            last = sighting.last - 1
            if scene.key(last) in vocabulary().suffixes and last > sighting.first:
                last -= 1
            if sighting.last - sighting.first > 1 or sighting.id in scene.lexicon.entries:
                found.setdefault(scene.key(last), sighting.id)
    return found


def _openings(scene: Scene) -> dict[str, str]:
    """Collect the first words of unknown people and bodies: "David" of David Kato, "Proton" of Proton Technologies."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, sighting in scene.standing():
        profile = scene.profiles[sighting.id]
        unknown = sighting.id not in scene.lexicon.entries and sighting.kind == "name"
        if unknown and profile.type in ("PER", "ORG") and sighting.last - sighting.first > 1:
            found[scene.key(sighting.first)].add(sighting.id)
    return {key: next(iter(idents)) for key, idents in found.items() if len(idents) == 1}


def _is_ordinary(scene: Scene, index: int) -> bool:
    """Tell whether a surname that is also a word stands there as a word."""
    words = vocabulary()
    telling = scene.low(index + 1) in words.speech or scene.low(index + 1) in words.metonyms["acting"]
    return scene.opens_sentence(index) and scene.low(index) in words.common and not telling


def _misspelt(scene: Scene, index: int, surnames: dict[str, str]) -> str | None:
    key = scene.key(index)
    if scene.low(index) in vocabulary().common:
        return None
    for pool in (surnames, scene.lexicon.prominent):
        found = {ident for name, ident in pool.items() if name[0] == key[0] and respelt(key, name)}
        if len(found) == 1:
            ident = found.pop()
            if ident not in scene.profiles:
                scene.enter_entry(scene.lexicon.entries[ident])
            return ident
    return None


def resolve_references(scene: Scene) -> None:
    """Walk through the text and settle each role and pronoun by what came before it."""
    memory = Memory(scene)
    roles = Roles(scene, memory)
    phrases = {nominal.first: nominal for nominal in nominals(scene)}
    starts = defaultdict(list)
    for _, sighting in scene.standing():
        starts[sighting.first].append(sighting)
    index, size = 0, len(scene.lower)
    while index < size:
        phrase = phrases.get(index)
        if phrase is not None:
            for sighting in roles.settle(phrase):
                memory.see(sighting, plural=phrase.form in ("people", "staff"))
        elif scene.low(index) in PRONOUNS and scene.at(index) is None:
            for sighting in resolve(scene, memory, index):
                memory.see(sighting)
        for sighting in starts.get(index, ()):
            memory.see(sighting)
        index += 1
