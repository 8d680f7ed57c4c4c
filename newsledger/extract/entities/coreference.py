"""Who is meant where the full name is not repeated: surnames, misspellings, roles, pronouns."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.extract.entities.bodies import entry_named
from newsledger.extract.entities.fullnames import FullNames, words_of
from newsledger.extract.entities.memory import Memory, gender_of, is_person
from newsledger.extract.entities.nominals import nominals
from newsledger.extract.entities.pronouns import PRONOUNS, resolve
from newsledger.extract.entities.roles import Roles
from newsledger.extract.entities.scene import Sighting
from newsledger.extract.entities.spellings import known_person, respelt
from newsledger.extract.entities.vocabulary import vocabulary

if TYPE_CHECKING:
    from newsledger.extract.entities.nominals import Nominal
    from newsledger.extract.entities.scene import Scene

_AGENCY = re.compile(r"(?<=\w\w\w) ?(?:[Nn]ews )?[Aa]gency$")
_REACH = 2
# "The French said" are many.
_OF_PEOPLES = ("ch", "sh", "ss", "ese")
_SHORT_TITLE = range(2, 4)
# "Mrs Biden" is a woman of that name.
_OF_WOMEN = frozenset({"mrs", "ms", "miss", "madame", "lady"})
_OF_MEN = frozenset({"mr", "sir", "lord"})


def link_names(scene: Scene) -> None:
    """Give a surname, a short name or a misspelt one that stands alone to whoever was named in full."""
    _recognise(scene)
    _merge(scene)
    names = _full_names(scene)
    for number, sighting in scene.standing():
        if sighting.kind == "name" and sighting.id not in scene.lexicon.entries:
            owner = _owner(scene, names, sighting)
            if owner:
                scene.resight(number, owner, "name")
    surnames = _surnames(scene)
    for index, key in enumerate(scene.keys):
        if scene.at(index) is not None or not scene.is_capitalised(index) or index in scene.titles:
            continue
        owner = surnames.get(key) or _misspelt(scene, names, index) or _named_for_short(scene, names, index)
        if owner and not _is_ordinary(scene, index):
            scene.sight(index, index + 1, owner, "name")
    _tell_namesakes(scene)
    _pass_to_named(scene, names)


def _recognise(scene: Scene) -> None:
    """Give a name that spells a known one in another way to whom it names: Uladzimir Makey, "Belta News Agency"."""
    for number, sighting in scene.standing():
        profile = scene.profiles[sighting.id]
        if sighting.id in scene.lexicon.entries or sighting.kind != "name":
            continue
        ident = known_person(scene.lexicon, profile.name) if profile.type == "PER" and " " in profile.name else None
        if profile.type == "ORG" and (agency := entry_named(scene, _AGENCY.sub("", profile.name).upper())):
            ident = agency.id
        if ident is not None:
            scene.enter_entry(scene.lexicon.entries[ident])
            scene.resight(number, ident, "name")


def _merge(scene: Scene) -> None:
    """Take full names that differ in order, middle names or diacritics for one person's."""
    names = FullNames()
    for _, sighting in scene.standing():
        profile = scene.profiles[sighting.id]
        words = words_of(scene, sighting.first, sighting.last)
        if sighting.kind != "name" or len(words) == 1 or profile.type != "PER":
            continue
        same = names.whole.get(words) or names.same_person(words)
        if same is None or same == sighting.id:
            names.add(sighting.id, "PER", words)
        elif sighting.id not in scene.lexicon.entries:
            scene.rename(sighting.id, same)
        elif same not in scene.lexicon.entries:
            scene.rename(same, sighting.id)
    for part, whole in _full_names(scene).longer():
        if part in scene.lexicon.entries and whole not in scene.lexicon.entries:
            scene.rename(whole, part)
        elif part not in scene.lexicon.entries:
            scene.rename(part, whole)


def _full_names(scene: Scene) -> FullNames:
    names = FullNames()
    for _, sighting in scene.standing():
        words = words_of(scene, sighting.first, sighting.last)
        if sighting.kind == "name" and len(words) > 1:
            names.add(sighting.id, scene.profiles[sighting.id].type, words)
    return names


def _owner(scene: Scene, names: FullNames, sighting: Sighting) -> str | None:
    """Find whose full name a name is a part of; what one word is, the text around it tells only roughly."""
    words = words_of(scene, sighting.first, sighting.last)
    kind = scene.profiles[sighting.id].type
    if kind == "PER":
        if _has_short_title(scene, sighting):
            words = words[1:]
        found = names.person(words) or (_misspelt(scene, names, sighting.first) if len(words) == 1 else None)
        return found or (names.thing(words, "ORG", "GPE") if len(words) == 1 else None)
    thing = names.thing(words, kind) if kind in ("ORG", "GPE") else None
    return thing or (names.person(words) if len(words) == 1 else None)


def _has_short_title(scene: Scene, sighting: Sighting) -> bool:
    """Tell "OC Mainuddin" from "Mohammad Mainuddin": ranks and posts are shortened to capitals."""
    key = scene.key(sighting.first)
    return key.isalpha() and key.isupper() and len(key) in _SHORT_TITLE and sighting.last - sighting.first > 1


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


def _named_for_short(scene: Scene, names: FullNames, index: int) -> str | None:
    """Find whose first name, or the head of whose name, stands alone: "Xie" of Xie Xiaoyong."""
    words, after = vocabulary(), scene.low(index + 1)
    if scene.low(index) in words.common or scene.is_capitalised(index + 1) or scene.is_capitalised(index - 1):
        return None
    key = words_of(scene, index, index + 1)
    acts = after in words.speech or after in words.metonyms["acting"] or after.endswith("ed") or not after.isalpha()
    return names.person(key) or (names.thing(key, "ORG") if acts else None)


def _is_ordinary(scene: Scene, index: int) -> bool:
    """Tell whether a surname that is also a word stands there as a word."""
    words = vocabulary()
    telling = scene.low(index + 1) in words.speech or scene.low(index + 1) in words.metonyms["acting"]
    return scene.opens_sentence(index) and scene.low(index) in words.common and not telling


def _misspelt(scene: Scene, names: FullNames, index: int) -> str | None:
    key = scene.key(index)
    if scene.low(index) in vocabulary().common:
        return None
    here = names.respelt(scene.low(index))
    if here is not None:
        return here
    found = {ident for name, ident in scene.lexicon.prominent.items() if name[0] == key[0] and respelt(key, name)}
    if len(found) != 1:
        return None
    return scene.enter_entry(scene.lexicon.entries[found.pop()]).id


def _tell_namesakes(scene: Scene) -> None:
    """Learn from "Mrs" and "Mr" who is a woman and who a man, and which of two namesakes is meant."""
    bearers: dict[str, dict[str, None]] = defaultdict(dict)
    for _, sighting in scene.standing():
        if is_person(scene.profiles[sighting.id]) and sighting.kind == "name":
            bearers[scene.low(sighting.last - 1)][sighting.id] = None
    for number, sighting in scene.standing():
        gender, profile = _gender_of_title(scene, sighting), scene.profiles[sighting.id]
        if gender is None or not is_person(profile) or sighting.kind != "name":
            continue
        several = [ident for ident in bearers[scene.low(sighting.last - 1)] if ident != sighting.id]
        fitting = [ident for ident in several if gender_of(scene.profiles[ident]) == gender]
        if gender_of(profile) is None:
            scene.amend(replace(profile, gender=gender))
        elif gender_of(profile) != gender and len(fitting) == 1 and sighting.last - sighting.first == 1:
            scene.resight(number, fitting[0], "name")


def _gender_of_title(scene: Scene, sighting: Sighting) -> str | None:
    title = scene.low(sighting.first - 1)
    if title == ".":
        title = scene.low(sighting.first - 2)
    return "f" if title in _OF_WOMEN else "m" if title in _OF_MEN else None


def _pass_to_named(scene: Scene, names: FullNames) -> None:
    """Take a surname, or the head of a body's name, from a known bearer whom the text never names in full.

    In a text that names Gotabaya Rajapaksa before any other "Rajapaksa" is he; of India's Congress party "Congress" is
    short.
    """
    spelt: dict[str, int] = {}
    for _, sighting in scene.standing():
        if sighting.kind == "name" and sighting.last - sighting.first > 1:
            spelt.setdefault(sighting.id, sighting.first)
    kept: set[str] = set()
    for number, sighting in scene.standing():
        words = words_of(scene, sighting.first, sighting.last)
        known = sighting.id in scene.lexicon.entries and sighting.id not in spelt and sighting.id not in kept
        if not known or sighting.kind != "name" or len(words) != 1:
            continue
        owner = _other_bearer(scene, names, sighting)
        if owner is None or sighting.first - 1 in scene.titles or spelt.get(owner, sighting.first) >= sighting.first:
            kept.add(sighting.id)
        else:
            scene.resight(number, owner, "name")


def _other_bearer(scene: Scene, names: FullNames, sighting: Sighting) -> str | None:
    """Find who else of the text goes by a known name; a city that speaks is a person."""
    profile, words = scene.profiles[sighting.id], words_of(scene, sighting.first, sighting.last)
    if profile.type == "ORG":
        foreign = scene.home is not None and profile.country not in (None, scene.home.country)
        return names.thing(words, "ORG") if foreign else None
    speaks = profile.kind == "city" and scene.low(sighting.last) in vocabulary().speech
    return names.person(words) if profile.type == "PER" or speaks else None


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
            sightings = roles.settle(phrase)
            for sighting in () if _may_be_named(memory, phrase) else sightings:
                memory.see(sighting, plural=phrase.form in ("people", "staff", "agents"))
        elif scene.low(index) in PRONOUNS and scene.at(index) is None:
            for sighting in resolve(scene, memory, index):
                memory.see(sighting)
        for sighting in starts.get(index, ()):
            memory.see(_countryman(scene, memory, sighting) or sighting)
        index += 1


def _may_be_named(memory: Memory, phrase: Nominal) -> bool:
    """Tell whether "the pontiff" may be somebody whom the text has named, and not one more whom "he" could mean."""
    return phrase.form == "agent" and phrase.determiner == "the" and bool(memory.best(phrase.first, _REACH, is_person))


def _countryman(scene: Scene, memory: Memory, adjective: Sighting) -> Sighting | None:
    """Read "the Belarusian" in "the Belarusian said" as the one of that country who was spoken of."""
    first, after = adjective.first - 1, scene.low(adjective.last)
    acts = after in vocabulary().speech or after in vocabulary().metonyms["acting"] or after.endswith("ed")
    acts = acts or after == "met"
    several = scene.low(adjective.last - 1).endswith(_OF_PEOPLES)
    if adjective.kind != "demonym" or scene.low(first) != "the" or not acts or several or scene.at(first) is not None:
        return None
    country = scene.profiles[adjective.id].country
    found = memory.best(first, _REACH, lambda who: is_person(who) and who.country in (country, None))
    if country is None or found is None:
        return None
    profile = scene.profiles[found]
    scene.amend(replace(profile, country=profile.country or country))
    scene.share(adjective)
    scene.sight(first, adjective.last, found, "role")
    return Sighting(first, adjective.last, found, "role")
