"""Offices and unnamed people: who the Belarusian president is, whose spokesman speaks, which officials are meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from newsledger.extract.entities.apposition import COUNTERPARTS, attach_to_name, gender_of_noun, sector_of_phrase
from newsledger.extract.entities.bodies import Body, body_profile
from newsledger.extract.entities.memory import Memory, is_person, is_state
from newsledger.extract.entities.nominals import NOT_NOW, country_of, role_words
from newsledger.extract.entities.scene import Profile, Sighting
from newsledger.extract.entities.standing import settle_standing
from newsledger.extract.entities.vocabulary import singular, vocabulary
from newsledger.extract.lists.countries import slug

if TYPE_CHECKING:
    from newsledger.extract.entities.nominals import Nominal
    from newsledger.extract.entities.scene import Scene
    from newsledger.extract.lexicon import Entry
    from newsledger.records.extraction import EntityType

_REACH = 3
_PAIRED = frozenset({"men", "women", "politicians", "diplomats", "officials", "two"})
# What an office is also called; the first that somebody held counts.
_ALSO = {
    "spokesman": ("spokesperson",),
    "spokeswoman": ("spokesperson",),
    "press secretary": ("spokesperson", "presidential press secretary"),
    "leader": ("president", "prime minister"),
    "head of state": ("president", "king", "queen"),
    "head of government": ("prime minister", "chancellor"),
    "premier": ("prime minister",),
    "top diplomat": ("foreign minister", "foreign policy chief"),
    "secretary general": ("secretary-general",),
}
_SAME_SECTOR = {
    "BUS": ("company", "firm", "group", "airline", "operator", "producer", "manufacturer", "bank"),
    "JRN": ("agency", "newspaper", "channel", "broadcaster", "outlet", "website"),
    "IGO": ("organisation", "organization", "bloc", "alliance", "body"),
    "PTY": ("party",),
}
# These need neither article nor number to mean somebody.
_MANY = frozenset({"staff", "people", "crowd", "body", "pair", "agents"})
_BESIDE_NAMES = ("office", "person", "agent")
_TITLES_OF_PAIRS = frozenset(
    {"president", "minister", "prime minister", "premier", "ambassador", "governor", "senator"}
)
_LANDS = ("country", "nation")
_BLOC_NOUNS = frozenset(
    {"partners", "allies", "countries", "nations", "states", "powers", "governments", "capitals", "leaders"},
)
_NUMBERS = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_UNTELLING = _NUMBERS | {"'s", "'", "several", "some", "many", "most", "few", "both", "all"}


@dataclass
class Roles:
    """Settles the noun phrases of a text one by one."""

    scene: Scene
    memory: Memory
    # Who was last meant by a noun without a name.
    unnamed: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Settle first what those are on the day whom the text names."""
        settle_standing(self.scene)

    def settle(self, nominal: Nominal) -> list[Sighting]:
        """Settle a noun phrase: give its office to the name beside it, or say whom it mentions."""
        named = attach_to_name(self.scene, self.memory, nominal) if nominal.form in _BESIDE_NAMES else None
        if named is not None and (self.scene.at(nominal.last) is not None or not nominal.is_definite):
            return []
        first = nominal.first
        if nominal.owners and (nominal.form == "side" or self._bloc(nominal)):
            first = nominal.owners[0].first
        sightings = [
            Sighting(first, nominal.last, ident, "role") for ident in ((named,) if named else self._meant(nominal))
        ]
        for sighting in sightings[:1]:
            # The names and adjectives in the phrase stay mentions of their own.
            for owner in nominal.belongs_to:
                self.scene.share(owner)
            self.scene.sight(sighting.first, sighting.last, sighting.id, sighting.kind)
        for sighting in sightings[1:]:
            self.scene.share(sighting)
        return sightings

    def _meant(self, nominal: Nominal) -> tuple[str, ...]:
        if nominal.two or nominal.form == "pair":
            pair = self._pair(nominal)
            if pair:
                return pair
            if nominal.form == "pair":
                told = nominal.modified or nominal.belongs_to
                return self._unnamed(nominal) if told and not nominal.two else ()
        if nominal.noun in COUNTERPARTS and nominal.belongs_to:
            return self._counterpart(nominal)
        settle = {
            "side": self._side,
            "definite": self._definite,
            "body": self._body,
            "crowd": self._body,
            "office": self._office,
        }
        return settle.get(nominal.form, self._unnamed)(nominal)

    @staticmethod
    def _side(nominal: Nominal) -> tuple[str, ...]:
        """Say that "the Polish side" is Poland."""
        return tuple(owner.id for owner in nominal.owners[-1:])

    def _office(self, nominal: Nominal) -> tuple[str, ...]:
        """Say who holds an office: by the registry on the day, else by what the text has told."""
        alone = self._stands_alone(nominal)
        if not (nominal.determiner or nominal.belongs_to or alone):
            return ()
        before = self.scene.lower[max(0, nominal.first - 1) : nominal.head]
        stranger = self.scene.low(nominal.last) == "of" and nominal.behind is None
        stranger = stranger or not (vocabulary().former | NOT_NOW).isdisjoint(before)
        if nominal.determiner in ("a", "an", "another") or alone or stranger:
            return self._unnamed(nominal)
        first, last = role_words(self.scene, nominal)
        title = " ".join(self.scene.lower[first:last]) if first < last else nominal.noun
        nouns = (title, nominal.noun, *_ALSO.get(nominal.noun, ()))
        found = self._holder([owner.id for owner in nominal.belongs_to], nouns)
        if found is None:
            country = country_of(self.scene, nominal)
            code = country.country if country else None
            owners = [o.id for o in nominal.belongs_to if self.scene.profiles[o.id].kind != "country"]
            found = self.memory.holder_in_text(nominal.first, nominal.noun, code, owners)
        if found is None and not nominal.belongs_to and self.scene.home is not None:
            found = self._holder([self.scene.home.id], nouns)
        return (found,) if found else self._unnamed(nominal)

    def _holder(self, owners: list[str], nouns: tuple[str, ...]) -> str | None:
        for owner, noun in product(owners, nouns):
            entry = self.scene.lexicon.holder(owner, noun, self.scene.reference)
            if entry is not None:
                return self.scene.enter_entry(entry).id
        return None

    def _counterpart(self, nominal: Nominal) -> tuple[str, ...]:
        """Say who "his Polish counterpart" is: the holder of the same office over there."""
        country = country_of(self.scene, nominal)
        subject = self.memory.best(nominal.first, _REACH, is_person)
        office = self.memory.office_of(subject) if subject else None
        if country is None or office is None:
            return self._unnamed(nominal)
        found = self._holder([country.id], (office,))
        found = found or self.memory.holder_in_text(nominal.first, office, country.country)
        return (found,) if found else self._unnamed(nominal)

    def _definite(self, nominal: Nominal) -> tuple[str, ...]:
        """Say which body or country "the company" or "the country" takes up; none that was not named before."""
        if any(self.scene.profiles[owner.id].type == "ORG" and owner.kind == "name" for owner in nominal.owners):
            return ()  # "TASS news agency" is TASS
        if nominal.noun in _LANDS and nominal.determiner in ("his", "her") and not nominal.modified:
            return self._homeland(nominal)
        if nominal.determiner not in ("the", "this") or nominal.belongs_to or nominal.modified:
            return () if nominal.noun in _LANDS else self._unnamed(nominal)
        if nominal.noun in _LANDS:
            found = self.memory.land(nominal.first, _REACH)
            return (found,) if found else ()
        found = self.memory.body_called(nominal.first, nominal.noun, anywhere=True)
        if found is None:
            sectors = [sector for sector, nouns in _SAME_SECTOR.items() if nominal.noun in nouns]
            found = self.memory.best(nominal.first, _REACH, lambda who: who.type == "ORG" and who.sector in sectors)
        return (found,) if found else self._unnamed(nominal)

    def _homeland(self, nominal: Nominal) -> tuple[str, ...]:
        """Say which country is that of whoever "his country" speaks of."""
        person = self.memory.best(nominal.first, 1, is_person)
        country = self.scene.lexicon.country_of(self.scene.profiles[person].country) if person else None
        return (self.scene.enter_entry(country).id,) if country else ()

    def _body(self, nominal: Nominal) -> tuple[str, ...]:
        """Say which body "the ministry" or "parliament" is: the one spoken of, else the home country's."""
        scene = self.scene
        if not nominal.belongs_to and nominal.form == "body":
            found = self.memory.body_called(nominal.first, nominal.noun)
            if found:
                return (found,)
        nameless = nominal.form == "crowd" and nominal.noun not in ("government", "cabinet")
        if nameless or nominal.modified:
            return self._unnamed(nominal)
        country = country_of(scene, nominal)
        if country is None and not nominal.belongs_to:
            country = self._stage(nominal) or scene.home
        body = Body(nominal.first, nominal.last, nominal.noun, None)
        return (scene.enter(body_profile(scene, body, country)).id,)

    def _stage(self, nominal: Nominal) -> Entry | None:
        """Give the country that a sentence is set in: "In Gaza, the health ministry said"."""
        scene, first = self.scene, nominal.first
        while scene.same_sentence(first - 1, nominal.first):
            first -= 1
        place = scene.at(first + 1)
        if scene.low(first) != "in" or place is None or scene.low(place.last) != ",":
            return None
        return scene.lexicon.country_of(scene.profiles[place.id].country)

    def _pair(self, nominal: Nominal) -> tuple[str, ...]:
        """Say which two are meant by "the two countries", "both sides", "the leaders"."""
        persons = nominal.noun not in vocabulary().pair_countries
        counted = nominal.two or (nominal.determiner in ("the", "their") and not nominal.quantified)
        if not counted or nominal.belongs_to or self.scene.low(nominal.last) in ("of", "from", "in"):
            return ()
        if persons and nominal.form != "pair" and nominal.noun not in _PAIRED:
            return ()
        loose = not persons and nominal.noun not in ("sides", "parties")
        if loose and not nominal.two and nominal.determiner != "their":
            return ()
        fits = (lambda who: self._goes_by(who, nominal)) if persons else is_state
        return self.memory.last_two(nominal.first, _REACH, fits) or ()

    def _goes_by(self, who: Profile, nominal: Nominal) -> bool:
        """Tell whether somebody may be one of "the two presidents"; anybody may be one of "the two leaders"."""
        title = singular(nominal.noun)
        if not is_person(who) or title not in _TITLES_OF_PAIRS:
            return is_person(who)
        return self.memory.goes_by(who.id, title)

    def _bloc(self, nominal: Nominal) -> str | None:
        """Give the bloc that "Western partners" stands for."""
        blocs = [owner.id for owner in nominal.owners if self.scene.profiles[owner.id].type == "BLOC"]
        return blocs[-1] if blocs and nominal.noun in _BLOC_NOUNS else None

    def _unnamed(self, nominal: Nominal) -> tuple[str, ...]:
        """Enter somebody who has no name, under the noun phrase without article and number."""
        plural = nominal.form in _MANY or self._stands_alone(nominal)
        if nominal.form in ("agent", "agents") and (self._is_title_of(nominal) or self._is_thing(nominal)):
            return ()
        if not (plural or nominal.determiner or nominal.belongs_to or nominal.quantified):
            return ()
        bloc = self._bloc(nominal)
        if bloc is not None:
            return (bloc,)
        words = self._telling_words(nominal)
        name = " ".join(words).replace(" 's", "'s").replace(" - ", "-")
        if nominal.determiner in ("the", "this") and len(words) == 1 and nominal.noun in self.unnamed:
            return (self.unnamed[nominal.noun],)
        profile = self.scene.enter(self._profile(nominal, name, country_of(self.scene, nominal)))
        self.unnamed[nominal.noun] = profile.id
        return (profile.id,)

    @staticmethod
    def _is_thing(nominal: Nominal) -> bool:
        """Tell whether a noun of the agents' list stands for a craft or a weapon of nobody in particular."""
        thing = singular(nominal.noun.split()[-1]) in vocabulary().things
        return thing and not nominal.belongs_to and not nominal.bare

    def _is_title_of(self, nominal: Nominal) -> bool:
        """Tell whether the noun only says what the name before it is: "TASS news agency"."""
        named = any(owner.kind == "name" and self.scene.profiles[owner.id].type == "ORG" for owner in nominal.owners)
        return named and nominal.noun.split()[-1] in vocabulary().definite

    def _profile(self, nominal: Nominal, name: str, country: Entry | None) -> Profile:
        noun = singular(nominal.noun)
        kind: EntityType = "PER"
        if nominal.form in ("body", "crowd", "definite") or (
            nominal.form == "staff" and noun not in vocabulary().person
        ):
            kind = "ORG"
        elif nominal.form in ("people", "agents") and noun not in vocabulary().person:
            kind = "NORP"
        ident, known = slug(name), self.scene.profiles
        while ident in self.scene.lexicon.entries or (ident in known and known[ident].type != kind):
            ident += "-unnamed"
        return Profile(
            id=ident,
            name=name,
            type=kind,
            country=country.country if country else None,
            sector=sector_of_phrase(self.scene, nominal),
            role=nominal.noun if kind == "PER" else None,
            gender=gender_of_noun(noun),
        )

    def _stands_alone(self, nominal: Nominal) -> bool:
        """Tell whether the phrase is all that its sentence says."""
        if nominal.bare:
            return True
        before = self.scene.same_sentence(nominal.first - 1, nominal.first)
        return not before and not self.scene.same_sentence(nominal.head, nominal.last)

    def _telling_words(self, nominal: Nominal) -> list[str]:
        """Give the words of a phrase without article, possessive and number."""
        low, words = self.scene.lower, self.scene.words
        skipped = vocabulary().determiners | _UNTELLING
        telling = [i for i in range(nominal.first, nominal.last) if low[i] not in skipped and not low[i].isdecimal()]
        return [words[index].text for index in telling] or [nominal.noun]
