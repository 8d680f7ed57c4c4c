"""The countries, cities and regions of the world as the press names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import pycountry

from newsledger.extract.lists.wordlists import text

if TYPE_CHECKING:
    from collections.abc import Mapping

# "Republic of China" and its like would claim what the usual name already says, or mean another country.
_OFFICIAL_LEAST_WORDS = 3
_TERM = re.compile(r"(?P<title>\D+) (?P<start>\d[\d-]*)(?: (?P<end>\d[\d-]*))?")
# How the adjectives end whose plural is a people: Bahamian, Omani, New Zealander.
_PLURAL_ENDS = ("an", "i", "er", "ar")


@dataclass(frozen=True, slots=True)
class Country:
    """A country with the names that the press gives it."""

    code: str
    names: tuple[str, ...]
    capitals: tuple[str, ...]
    demonyms: tuple[str, ...]

    @property
    def id(self) -> str:
        """Return the entity id: the usual name as a slug."""
        return slug(self.names[0])


@dataclass(frozen=True, slots=True)
class Place:
    """A city or region; a region without a country lies in several."""

    name: str
    kind: str
    country: str | None
    # Not of the list that was chosen by hand.
    obscure: bool = False


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody who leads, or led: names, gender, PLOVER sector, and offices as title, first and last day."""

    country: str
    names: tuple[str, ...]
    gender: str
    sector: str
    offices: tuple[tuple[str, str, str | None], ...]


@cache
def leaders() -> tuple[Leader, ...]:
    """Give those who lead the states of the world, their armies and their oppositions."""
    found = []
    for line in _lines("leaders.txt"):
        country, names, gender, sector, offices = line.split("|")
        terms = tuple(_TERM.fullmatch(office) for office in offices.split(";") if office)
        held = tuple((term["title"], term["start"], term["end"]) for term in terms if term)
        found.append(Leader(country, tuple(names.split(",")), gender, sector, held))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A party, service or army: names and PLOVER sector; one without a country is of several."""

    country: str | None
    names: tuple[str, ...]
    sector: str


@cache
def bodies() -> tuple[KnownBody, ...]:
    """Give the parties, services and armies of the world that everybody knows by name."""
    rows = (line.split("|") for line in _lines("bodies.txt"))
    return tuple(KnownBody(country or None, tuple(names.split(",")), sector) for country, names, sector in rows)


@cache
def places() -> tuple[Place, ...]:
    """Give the cities and regions of the world that are sighted by their name alone, the best known first."""
    found = []
    for source in ("places.txt", "gazetteer.txt"):
        for line in _lines(source):
            code, cities, regions = line.split("|")[:3]
            country, obscure = None if code == "*" else code, source == "gazetteer.txt"
            found += [Place(name, "city", country, obscure) for name in cities.split(",") if name]
            found += [Place(name, "region", country, obscure) for name in regions.split(",") if name]
    return tuple(found)


@cache
def lesser_places() -> Mapping[str, str]:
    """Give smaller places of the world, and other spellings, by name without diacritics: the code of the country.

    Such a name is a place only where the text shows that it is a name at all.
    """
    rows = (line.split("|") for line in _lines("gazetteer.txt"))
    return MappingProxyType({name: code for code, _, _, lesser in rows for name in lesser.split(",")})


def _lines(name: str) -> list[str]:
    return [line for line in text(name).splitlines() if not line.startswith("#")]


def slug(name: str) -> str:
    """Write a name as an id: lower case, hyphens, nothing else but letters and digits."""
    if name.isalpha():
        return name.casefold()
    return re.sub(r"[\W_]+", "-", re.sub(r"['’`.]", "", name.casefold())).strip("-") or "unnamed"  # noqa: RUF001


@cache
def world() -> tuple[Country, ...]:
    """Give the countries and territories of the world, each with its ISO 3166-1 alpha-3 code (Kosovo as XKX)."""
    table = [_country(line) for line in (*_lines("countries.txt"), *_lines("territories.txt"))]
    taken = {name for country in table for name in country.names}
    return tuple(_with_official_name(country, taken) for country in table)


@cache
def country_ids() -> dict[str, str]:
    """Give the entity id of each country and territory by its code; the registry's entries of them have the same."""
    return {country.code: country.id for country in world()}


def _country(line: str) -> Country:
    code, names, capitals, demonyms = line.split("|")
    adjectives = [word for word in demonyms.split(",") if word]
    peoples = [f"{word}s" for word in adjectives if word.endswith(_PLURAL_ENDS)]
    return Country(
        code=code,
        names=tuple(names.split(",")),
        capitals=tuple(filter(None, capitals.split(","))),
        demonyms=tuple(dict.fromkeys((*adjectives, *peoples))),
    )


def _with_official_name(country: Country, taken: set[str]) -> Country:
    found = pycountry.countries.get(alpha_3=country.code)
    official = getattr(found, "official_name", "")
    if not official or official in taken or len(official.split()) < _OFFICIAL_LEAST_WORDS:
        return country
    return Country(country.code, (*country.names, official), country.capitals, country.demonyms)
