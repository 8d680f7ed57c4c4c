"""Offices beside names: "Polish Foreign Minister X", "X, the mayor of Lublin", "its spokesman X"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.extract.entities.bodies import sector_of
from newsledger.extract.entities.memory import is_person
from newsledger.extract.entities.nominals import country_of, role_words
from newsledger.extract.entities.standing import ELITE
from newsledger.extract.entities.vocabulary import singular, vocabulary
from newsledger.extract.lexicon import plain_title

if TYPE_CHECKING:
    from newsledger.extract.entities.memory import Memory
    from newsledger.extract.entities.nominals import Nominal
    from newsledger.extract.entities.scene import Profile, Scene, Sighting
    from newsledger.extract.lexicon import Entry

COUNTERPARTS = frozenset({"counterpart", "colleague"})
_REACH = 3
_LONGEST_OF = 7
_ANYBODY = ("CVL", "UNK", None)
_PUBLIC = ("GOV", "MIL", "LEG", "COP", "JUD", "ELI")
_HANGS_ON = ("of", "for", "to", "in", "at")
_BREAKS = frozenset(
    {"and", "or", "who", "that", "which", "with", "by", "from", "met", "is", "was", "has", "had", "will"}
)
_GOES_ON = (",", ")", ".", "of", "for", "and", "who")


def attach_to_name(scene: Scene, memory: Memory, nominal: Nominal) -> str | None:
    """Give the office to the person whose name stands before or behind it, and say who that is."""
    named = _name_behind(scene, nominal) or _name_before(scene, nominal)
    if named is None:
        return None
    country = country_of(scene, nominal)
    profile = _registered(scene, named, nominal, country) or scene.profiles[named.id]
    role, office = _office(scene, memory, nominal)
    memory.offices.setdefault(profile.id, office)
    sector = sector_of_phrase(scene, nominal)
    of_home = sector in _PUBLIC and not nominal.belongs_to and nominal.determiner in ("", "a", "an", "the")
    home = country or (scene.home if of_home else None)
    scene.amend(
        replace(
            profile,
            role=profile.role or role,
            country=profile.country or (home.country if home else None),
            # Whom the text gives an office holds it, whatever the registry knows.
            sector=sector or profile.sector if profile.sector in (None, "ELI") else profile.sector,
            gender=profile.gender or gender_of_noun(nominal.noun),
        ),
    )
    return profile.id


def sector_of_phrase(scene: Scene, nominal: Nominal) -> str | None:
    """Give the sector of whoever a noun phrase means, by its head, its modifiers or whose it is.

    A former office is ELI.
    """
    words = vocabulary()
    before = [
        scene.lower[at]
        for at in range(nominal.first, nominal.head)
        if scene.at(at) is None and scene.lower[at] not in words.determiners and scene.lower[at] != "-"
    ]
    noun = singular(nominal.noun)
    owned = [scene.profiles[owner.id] for owner in nominal.belongs_to]
    owners = [(who.type, who.sector) for who in owned if who.sector]
    owner = next((sector for kind, sector in owners if kind == "ORG"), None)
    own = sector_of(noun)
    told = sector_of(" ".join((*before, noun)))
    sector = told or owner
    faith = "REL" if ("NORP", "REL") in owners else None
    if noun in words.generic and told == own:
        sector = owner or _sector_behind(scene, nominal) or faith or told
    if sector in _ANYBODY and faith:
        return faith
    if sector in ELITE and (not words.former.isdisjoint(before) or noun.split()[0] in words.former):
        return "ELI"
    return sector


def _sector_behind(scene: Scene, nominal: Nominal) -> str | None:
    """Give the sector of what a head leads: "of the Catholic Church", "of the rebels"."""
    last = first = nominal.head + len(nominal.noun.split())
    if scene.low(first) != "of":
        return None
    while last - first < _LONGEST_OF and scene.same_sentence(first, last) and scene.low(last).isalpha():
        last += 1
    found = sector_of(" ".join(scene.lower[first + 1 : last]))
    return None if found in _ANYBODY else found


def gender_of_noun(noun: str) -> str | None:
    """Tell whether a noun means a man or a woman; None where it says neither."""
    last = noun.rsplit(maxsplit=1)[-1] if noun else ""
    return "m" if last in vocabulary().male else "f" if last in vocabulary().female else None


def _name_behind(scene: Scene, nominal: Nominal) -> Sighting | None:
    at = nominal.last
    if scene.low(at) == "." and scene.words[at].start == scene.words[at - 1].end:
        at += 1
    if (scene.low(at) in _HANGS_ON or nominal.behind is not None) and nominal.is_definite:
        at = _past_phrase(scene, at)
    if scene.low(at) == "," and nominal.is_definite:
        at += 1
        closing = scene.at(at)
        if closing is None or closing.first != at or scene.low(closing.last) not in (",", ".", "and"):
            return None
    found = scene.at(at)
    if found is None or found.first != at or not is_person(scene.profiles[found.id]):
        return None
    return found if scene.same_sentence(nominal.head, at) else None


def _past_phrase(scene: Scene, at: int) -> int:
    """Pass over "of the regional administration" and "to China" to the comma or the person behind it."""
    for index in range(at, at + _LONGEST_OF):
        found, low = scene.at(index), scene.low(index)
        person = found is not None and found.first == index and is_person(scene.profiles[found.id])
        if low == "," or (person and scene.low(index - 1) not in _HANGS_ON):
            return index
        if person or not (low.isalpha() or low == "'s") or low in _BREAKS or low in vocabulary().speech:
            break
    return at


def _name_before(scene: Scene, nominal: Nominal) -> Sighting | None:
    """Find X in "X, the Polish foreign minister," and "X (the Polish foreign minister)"."""
    at = nominal.first - 1
    if scene.low(at) not in (",", "(") or not scene.same_sentence(at, nominal.first):
        return None
    found = scene.at(at - 1)
    if found is None or scene.low(nominal.last) not in _GOES_ON or found.kind != "name":
        return None
    return found if is_person(scene.profiles[found.id]) else None


def _office(scene: Scene, memory: Memory, nominal: Nominal) -> tuple[str | None, str]:
    """Give the office as printed, and in the form that offices are compared in."""
    first, last = role_words(scene, nominal)
    printed = scene.text(first, last) if first < last else None
    office = plain_title(printed or nominal.noun)
    if nominal.noun in COUNTERPARTS:
        subject = memory.best(nominal.first, _REACH, is_person)
        printed = scene.profiles[subject].role if subject else None
        office = (memory.office_of(subject) if subject else None) or office
    return None if nominal.noun in vocabulary().honorifics else printed, office


def _registered(scene: Scene, named: Sighting, nominal: Nominal, country: Entry | None) -> Profile | None:
    """Find a surname that stands alone behind an office in the registry."""
    if named.last - named.first != 1 or named.id in scene.lexicon.entries:
        return None
    owners = {owner.id for owner in nominal.belongs_to} | ({country.id} if country else set())
    found = [
        entry
        for entry in scene.lexicon.bearers(scene.key(named.first))
        if any(office.of in owners for office in entry.offices) or (country and entry.country == country.country)
    ]
    day = scene.reference
    serving = [entry for entry in found if day is not None and any(o.held_on(day) for o in entry.offices)]
    best = (serving or found)[:1]
    if not best:
        return None
    profile = scene.enter_entry(best[0])
    scene.rename(named.id, profile.id)
    return profile
