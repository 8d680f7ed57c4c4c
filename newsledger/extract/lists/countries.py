"""The countries, cities and regions of the world as the press names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pycountry

from newsledger.extract.lists.wordlists import text

# "Republic of China" and its like would claim what the usual name already says, or mean another country.
_OFFICIAL_LEAST_WORDS = 3


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


@cache
def places() -> tuple[Place, ...]:
    """Give the cities and regions of the world that news names most."""
    found = []
    for line in _lines("places.txt"):
        code, cities, regions = line.split("|")
        country = None if code == "*" else code
        found += [Place(name, "city", country) for name in cities.split(",") if name]
        found += [Place(name, "region", country) for name in regions.split(",") if name]
    return tuple(found)


def _lines(name: str) -> list[str]:
    return [line for line in text(name).splitlines() if not line.startswith("#")]


def slug(name: str) -> str:
    """Write a name as an id: lower case, hyphens, nothing else but letters and digits."""
    return re.sub(r"[\W_]+", "-", re.sub(r"['’`.]", "", name.casefold())).strip("-") or "unnamed"  # noqa: RUF001


@cache
def world() -> tuple[Country, ...]:
    """Give the countries and territories of the world, each with its ISO 3166-1 alpha-3 code (Kosovo as XKX)."""
    table = [_country(line) for line in _lines("countries.txt")]
    listed = {country.code for country in table}
    taken = {name for country in table for name in country.names}
    return (
        *(_with_official_name(country, taken) for country in table),
        *(
            Country(code=other.alpha_3, names=(_plain_name(other.name),), capitals=(), demonyms=())
            for other in pycountry.countries
            if other.alpha_3 not in listed
        ),
    )


def _country(line: str) -> Country:
    code, names, capitals, demonyms = line.split("|")
    return Country(
        code=code,
        names=tuple(names.split(",")),
        capitals=tuple(filter(None, capitals.split(","))),
        demonyms=tuple(filter(None, demonyms.split(","))),
    )


def _with_official_name(country: Country, taken: set[str]) -> Country:
    found = pycountry.countries.get(alpha_3=country.code)
    official = getattr(found, "official_name", "")
    if not official or official in taken or len(official.split()) < _OFFICIAL_LEAST_WORDS:
        return country
    return Country(country.code, (*country.names, official), country.capitals, country.demonyms)


def _plain_name(name: str) -> str:
    """Turn "Virgin Islands, U.S." into "U.S. Virgin Islands"."""
    head, _, tail = name.partition(", ")
    return f"{tail} {head}" if tail else head
