"""What somebody is on the day, in office or out of it, and where a place lies that no list sights by its name alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.extract.entities.bodies import sector_of
from newsledger.extract.entities.nominals import is_bare
from newsledger.extract.entities.vocabulary import vocabulary
from newsledger.extract.lexicon import fold
from newsledger.extract.lists.countries import lesser_places

if TYPE_CHECKING:
    from datetime import date

    from newsledger.extract.entities.scene import Profile, Scene, Sighting
    from newsledger.extract.lexicon import Entry, Office

# Who leaves one of these is of the elite, no longer of the state.
ELITE = frozenset({"GOV", "LEG", "MIL", "JUD", "SPY", "COP"})
# Bodies that stand where they are said to stand.
_LOCAL = frozenset({"EDU", "MED", "JUD", "COP", "REL", "JRN"})
_PLACED = ("GPE", "LOC")
_MISTAKEN = ("PER", "ORG", "EVENT", "PRODUCT")


def settle_standing(scene: Scene) -> None:
    """Give everybody who was sighted the sector he has on the reference date, and the country if it is missing."""
    bare = is_bare(scene)
    sighted: dict[str, list[Sighting]] = {}
    for _, sighting in scene.standing():
        sighted.setdefault(sighting.id, []).append(sighting)
    for ident, sightings in sighted.items():
        profile, entry = scene.profiles[ident], scene.lexicon.entries.get(ident)
        if entry is None:
            profile = _located(scene, profile, sightings, bare=bare)
        elif entry.type in ("PER", "ORG"):
            profile = replace(profile, sector=sector_on(entry, scene.reference))
        if profile.type == "NORP":
            country = profile.country or _owner_before(scene, sightings)
            if country is None and entry is None:
                country = _place_inside(scene, sightings[0])
            profile = replace(profile, sector=profile.sector or sector_of(profile.name), country=country)
        if profile.kind == "city" and profile.sector is None and ident not in scene.lexicon.seats:
            # A city that is no seat of power is, as an actor, its people.
            profile = replace(profile, sector="CVL")
        scene.amend(profile)


def sector_on(entry: Entry, day: date | None) -> str | None:
    """Give the sector of a person or body on a day, by office or the lack of one.

    Without a day it is what everybody knows it for.
    """
    if day is None:
        return entry.sector
    held = [office for office in entry.offices if office.held_on(day)]
    if held:
        return next(filter(None, map(_sector_of_office, reversed(held))), entry.sector)
    left = any(office.until is not None and office.until < day for office in entry.offices)
    return "ELI" if left and entry.type == "PER" and entry.sector in ELITE else entry.sector


def _sector_of_office(office: Office) -> str | None:
    """Give the sector of an office whose title says one: a minister's, not a chairman's."""
    head = office.title.partition(" of ")[0]
    return None if head.split()[-1] in vocabulary().generic - {"president"} else sector_of(head)


def _located(scene: Scene, profile: Profile, sightings: list[Sighting], *, bare: bool) -> Profile:
    """Find the country of what no list sights: of a place by its name, of a school by where it stands."""
    code = lesser_places().get(fold(profile.name))
    if code is not None and (profile.type in _PLACED or (bare and profile.type in _MISTAKEN)):
        return replace(profile, type="GPE", kind="city", country=profile.country or code)
    if profile.type == "ORG" and profile.country is None and profile.sector in _LOCAL:
        return replace(profile, country=_place_behind(scene, sightings))
    return profile


def _place_behind(scene: Scene, sightings: list[Sighting]) -> str | None:
    """Give the country of the place that "in", "of" or a comma behind a name leads to."""
    for sighting in sightings:
        found = scene.at(sighting.last + 1)
        leads = scene.low(sighting.last) in ("in", "of", ",")
        if leads and found is not None and scene.profiles[found.id].type == "GPE":
            return scene.profiles[found.id].country
    return None


def _owner_before(scene: Scene, sightings: list[Sighting]) -> str | None:
    """Give the one country whose name or adjective stands right before each mention: "Rakhine Buddhists"."""
    owners = [scene.at(sighting.first - 1) for sighting in sightings]
    codes = {scene.profiles[owner.id].country if owner is not None else None for owner in owners}
    return codes.pop() if len(codes) == 1 else None


def _place_inside(scene: Scene, sighting: Sighting) -> str | None:
    """Give the country that the words of a name speak of: "Rakhine Buddhists" as one name."""
    for index in range(sighting.first, sighting.last):
        form = scene.lexicon.longest(scene.keys, index)
        entry = scene.lexicon.entries[form.candidates[0][0]] if form else None
        if entry is not None and entry.type == "GPE" and entry.country:
            return entry.country
    return None
