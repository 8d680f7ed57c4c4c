"""Offices and unnamed people: who the Belarusian president is, whose spokesman speaks, which officials are meant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsledger.extract.bodies import Body, body_profile, sector_of
from newsledger.extract.countries import slug
from newsledger.extract.lexicon import plain_title
from newsledger.extract.memory import Memory, is_person, is_state
from newsledger.extract.nominals import Nominal, role_words
from newsledger.extract.scene import Profile, Sighting
from newsledger.extract.vocabulary import singular, vocabulary

if TYPE_CHECKING:
    from newsledger.extract.lexicon import Entry
    from newsledger.extract.scene import Scene

_REACH = 3
_PAIRED = frozenset({"men", "women", "politicians", "diplomats", "officials"})
_COUNTERPARTS = frozenset({"counterpart", "colleague"})
_SPOKEN = {"spokesman": "spokesperson", "spokeswoman": "spokesperson"}
_PEOPLE_TYPE = {"person": "PER", "staff": "ORG", "people": "NORP"}
_BLOC_NOUNS = frozenset(
    {"partners", "allies", "countries", "nations", "states", "powers", "governments", "capitals", "leaders"}
)


@dataclass
class Roles:
    """Settles the noun phrases of a text one by one."""

    scene: Scene
    memory: Memory

    def settle(self, nominal: Nominal) -> list[Sighting]:
        """Settle a noun phrase: give its office to the name beside it, or say whom it mentions."""
        if nominal.form in ("office", "person") and self._belongs_to_name(nominal):
            return []
        idents = self._meant(nominal)
        sightings = [Sighting(nominal.first, nominal.last, ident, "role") for ident in idents]
        for sighting in sightings[:1]:
            self._sight(nominal, sighting)
        for sighting in sightings[1:]:
            self.scene.share(sighting)
        return sightings

    def _sight(self, nominal: Nominal, sighting: Sighting) -> None:
        """Sight the phrase; the names and adjectives in it stay mentions of their own."""
        for owner in nominal.belongs_to:
            self.scene.share(owner)
        self.scene.sight(nominal.first, nominal.last, sighting.id, sighting.kind)

    def _meant(self, nominal: Nominal) -> tuple[str, ...]:
        form = nominal.form
        if form == "pair" or nominal.two:
            pair = self._pair(nominal)
            if pair or form == "pair":
                return pair
        if form == "side":
            return tuple(owner.id for owner in nominal.owners[-1:])
        if form in ("body", "crowd"):
            return self._body(nominal)
        if form == "office":
            return self._office(nominal)
        if nominal.noun in _COUNTERPARTS and nominal.belongs_to:
            return self._counterpart(nominal)
        return self._unnamed(nominal)

    # Names beside the phrase

    def _belongs_to_name(self, nominal: Nominal) -> bool:
        """Give the office to the person whose name stands before or behind it."""
        named = self._name_behind(nominal) or self._name_before(nominal)
        if named is None:
            return False
        self._attach(nominal, named)
        return True

    def _name_behind(self, nominal: Nominal) -> Sighting | None:
        scene, at = self.scene, nominal.last
        if scene.low(at) == "." and scene.words[at].start == scene.words[at - 1].end:
            at += 1
        if scene.low(at) == "," and nominal.is_definite:
            at += 1
            closing = scene.at(at)
            if closing is None or scene.low(closing.last) not in (",", ".", "and") or closing.first != at:
                return None
        found = scene.at(at)
        if found is None or found.first != at or not is_person(scene.profiles[found.id]):
            return None
        return found if scene.same_sentence(nominal.head, at) else None

    def _name_before(self, nominal: Nominal) -> Sighting | None:
        """Find X in "X, the Polish foreign minister," and "X (the Polish foreign minister)"."""
        scene, at = self.scene, nominal.first - 1
        if scene.low(at) not in (",", "(") or not scene.same_sentence(at, nominal.first):
            return None
        if scene.low(nominal.last) not in (",", ")", ".", "of", "for", "and", "who"):
            return None
        found = scene.at(at - 1)
        return found if found is not None and is_person(scene.profiles[found.id]) and found.kind == "name" else None

    def _attach(self, nominal: Nominal, named: Sighting) -> None:
        scene = self.scene
        country = self._country(nominal)
        profile = self._registered(named, nominal, country) or scene.profiles[named.id]
        first, last = role_words(scene, nominal)
        role = scene.text(first, last) if first < last else None
        noun = plain_title(" ".join(scene.lower[first:last]) if first < last else nominal.noun)
        if nominal.noun in _COUNTERPARTS:
            subject = self.memory.best(nominal.first, _REACH, is_person)
            role = scene.profiles[subject].role if subject else None
            noun = (self.memory.office_of(subject) if subject else None) or noun
        if nominal.noun in vocabulary().honorifics:
            role = None
        self.memory.offices.setdefault(profile.id, noun)
        home = country or (scene.home if self._is_public(nominal) else None)
        scene.amend(
            replace(
                profile,
                role=profile.role or role,
                country=profile.country or (home.country if home else None),
                sector=profile.sector or sector_of(nominal.noun),
                gender=profile.gender or _gender(nominal.noun),
            ),
        )

    def _registered(self, named: Sighting, nominal: Nominal, country: Entry | None) -> Profile | None:
        """Find a surname that stands alone behind an office in the registry."""
        scene = self.scene
        if named.last - named.first != 1 or named.id in scene.lexicon.entries:
            return None
        owners = {owner.id for owner in nominal.belongs_to} | ({country.id} if country else set())
        found = [
            entry
            for entry in scene.lexicon.bearers(scene.key(named.first))
            if any(office.of in owners for office in entry.offices) or (country and entry.country == country.country)
        ]
        day = scene.reference
        serving = [e for e in found if day is not None and any(o.held_on(day) for o in e.offices)]
        best = (serving or found)[:1]
        if not best:
            return None
        profile = scene.enter_entry(best[0])
        scene.rename(named.id, profile.id)
        return profile

    # Whose it is

    def _country(self, nominal: Nominal) -> Entry | None:
        for owner in nominal.belongs_to:
            profile = self.scene.profiles[owner.id]
            found = self.scene.lexicon.country_of(profile.country)
            if found is not None:
                return found
        return None

    def _is_public(self, nominal: Nominal) -> bool:
        return sector_of(nominal.noun) in ("GOV", "MIL", "LEG", "COP", "JUD") and not nominal.belongs_to

    # Nobody's name beside it

    def _office(self, nominal: Nominal) -> tuple[str, ...]:
        scene = self.scene
        if not nominal.is_definite and nominal.determiner not in ("a", "an"):
            return ()
        first, last = role_words(scene, nominal)
        title = " ".join(scene.lower[first:last]) if first < last else nominal.noun
        country = self._country(nominal)
        for owner in nominal.belongs_to:
            for noun in (nominal.noun, title):
                entry = scene.lexicon.holder(owner.id, _SPOKEN.get(noun, noun), scene.reference)
                if entry is not None:
                    scene.enter_entry(entry)
                    return (entry.id,)
        if nominal.determiner not in ("a", "an"):
            known = self.memory.holder_in_text(nominal.first, nominal.noun, country.country if country else None)
            if known is not None:
                return (known,)
            if country is None and not nominal.belongs_to and scene.home is not None:
                entry = scene.lexicon.holder(scene.home.id, nominal.noun, scene.reference)
                if entry is not None:
                    scene.enter_entry(entry)
                    return (entry.id,)
        return self._unnamed(nominal)

    def _counterpart(self, nominal: Nominal) -> tuple[str, ...]:
        scene, country = self.scene, self._country(nominal)
        subject = self.memory.best(nominal.first, _REACH, is_person)
        office = self.memory.office_of(subject) if subject else None
        if country is None or office is None:
            return self._unnamed(nominal)
        entry = scene.lexicon.holder(country.id, office, scene.reference)
        if entry is not None:
            scene.enter_entry(entry)
            return (entry.id,)
        known = self.memory.holder_in_text(nominal.first, office, country.country)
        return (known,) if known else self._unnamed(nominal)

    def _body(self, nominal: Nominal) -> tuple[str, ...]:
        """Say which body "the ministry" or "parliament" is: the one spoken of, else the home country's."""
        scene = self.scene
        if not nominal.belongs_to:
            for item, profile in self.memory.backwards(nominal.first, reach=12):
                if profile.type == "ORG" and profile.name.lower().endswith(nominal.noun):
                    return (item.id,)
        if nominal.quantified:
            return self._unnamed(nominal)
        country = self._country(nominal) or (None if nominal.belongs_to else scene.home)
        modifiers = scene.lower[nominal.first : nominal.head]
        modified = any(word in vocabulary().modifiers for word in modifiers)
        if modified or (nominal.form == "crowd" and nominal.noun not in ("government", "cabinet")):
            return self._unnamed(nominal)
        body = Body(nominal.first, nominal.last, nominal.noun, None)
        return (scene.enter(body_profile(scene, body, country)).id,)

    def _pair(self, nominal: Nominal) -> tuple[str, ...]:
        """Say which two are meant by "the two countries", "both sides", "the leaders"."""
        if not (nominal.two or nominal.determiner in ("the", "their")) or nominal.owners:
            return ()
        persons = nominal.noun not in vocabulary().pair_countries
        if nominal.form != "pair" and persons and nominal.noun not in _PAIRED:
            return ()
        if (
            not persons
            and nominal.noun not in ("sides", "parties")
            and not nominal.two
            and nominal.determiner != "their"
        ):
            return ()
        return self.memory.last_two(nominal.first, _REACH, is_person if persons else is_state) or ()

    def _unnamed(self, nominal: Nominal) -> tuple[str, ...]:
        """Enter somebody who has no name, under the noun phrase without article and number."""
        scene = self.scene
        plural = nominal.form in ("staff", "people")
        if not (
            nominal.is_definite
            or nominal.determiner
            or nominal.quantified
            or plural
            or nominal.form in ("body", "crowd")
        ):
            return ()
        blocs = [owner for owner in nominal.owners if scene.profiles[owner.id].type == "BLOC"]
        if blocs and nominal.noun in _BLOC_NOUNS:
            return (blocs[-1].id,)
        name = " ".join(self._telling_words(nominal))
        country = self._country(nominal)
        noun = singular(nominal.noun)
        kind = (
            "ORG"
            if nominal.form in ("body", "crowd")
            else "PER"
            if noun in vocabulary().person
            else _PEOPLE_TYPE.get(nominal.form, "PER")
        )
        ident = slug(name)
        while ident in scene.lexicon.entries or (ident in scene.profiles and scene.profiles[ident].type != kind):
            ident += "-unnamed"
        profile = Profile(
            id=ident,
            name=name,
            type=kind,  # type: ignore[arg-type]
            country=country.country if country else None,
            sector=sector_of(noun) or sector_of(name),
            role=nominal.noun if kind == "PER" else None,
            gender=_gender(noun),
        )
        return (scene.enter(profile).id,)

    def _telling_words(self, nominal: Nominal) -> list[str]:
        """Give the words of a phrase without article, possessive and number."""
        scene = self.scene
        skip = {
            "'s",
            "'",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "several",
            "some",
            "many",
            "most",
            "few",
            "both",
            "all",
        }
        words = []
        for index in range(nominal.first, nominal.last):
            low = scene.low(index)
            if low in vocabulary().determiners or low in skip or low.isdecimal():
                continue
            words.append(scene.words[index].text)
        return words or [nominal.noun]


def _gender(noun: str) -> str | None:
    last = noun.rsplit(maxsplit=1)[-1] if noun else ""
    return "m" if last in vocabulary().male else "f" if last in vocabulary().female else None
