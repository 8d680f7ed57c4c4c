"""What the registry and the world's map say of entities, as entries."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newsledger.extract.lists.countries import bodies, leaders, places, slug, world

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsledger.records.extraction import EntityType

# Letters that Unicode does not take apart into a plain letter and a mark, and marks that are printed in several ways.
_PLAIN = str.maketrans("łŁøØđĐıІі’‘‐‑", "lLoOdDiИи''--")  # noqa: RUF001


# Offices that a country has once: "the governor" alone names nobody.
_ONE_HOLDER = re.compile(
    r"^(vice |deputy )?(president|king|queen|emperor|emir|sultan|premier|chancellor|supreme leader)$|minister$"
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office that somebody held: `title` in lower case, `of` the id of the country or body, both days included."""

    title: str
    of: str
    start: date | None
    until: date | None

    def held_on(self, day: date) -> bool:
        """Tell whether the office was held on the day."""
        return (self.start is None or self.start <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of an entity before any text is read."""

    id: str
    name: str
    type: EntityType
    kind: str | None = None
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None
    gender: str | None = None
    capital: str | None = None
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    # A place so little known that a lone word of its name is as likely to be somebody's name.
    obscure: bool = False


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Take the diacritics off and level the apostrophes, so that Nauseda finds Nausėda; letter case stays."""
    if word.isascii():
        return word
    levelled = word.translate(_PLAIN)
    plain = "".join(c for c in unicodedata.normalize("NFKD", levelled) if not unicodedata.combining(c))
    return plain or word


def plain_title(title: str) -> str:
    """Bring an office's title into the form that offices are kept under."""
    return " ".join(title.casefold().replace("-", " ").replace("defense", "defence").split())


def read_entries(rows: Iterable[Mapping[str, Any]]) -> dict[str, Entry]:
    """Turn registry rows into entries by id, with the countries, capitals, cities and regions of the world added."""
    entries = {entry.id: entry for entry in map(_entry, rows)}
    _add_world(entries)
    _add_leaders(entries)
    _add_bodies(entries)
    _add_places(entries)
    return entries


def _entry(row: Mapping[str, Any]) -> Entry:
    def strings(key: str) -> tuple[str, ...]:
        return tuple(map(str, row.get(key) or ()))

    return Entry(
        id=str(row["id"]),
        name=str(row["name"]) if "name" in row else str(row["id"]).replace("-", " ").title(),
        type=row["type"],
        kind=row.get("kind"),
        country=row.get("country"),
        sector=row.get("sector"),
        wikidata=row.get("wikidata"),
        gender=row.get("gender"),
        capital=row.get("capital"),
        aliases=strings("aliases"),
        demonyms=strings("demonyms"),
        metonyms=strings("metonyms"),
        offices=tuple(_office(office) for office in row.get("offices") or ()),
    )


def _office(row: Mapping[str, Any]) -> Office:
    first, last = _days(row.get("from")), _days(row.get("until"))
    return Office(
        title=plain_title(str(row["title"])),
        of=str(row["of"]),
        start=first[0] if first else None,
        until=last[1] if last else None,
    )


def _days(value: Any) -> tuple[date, date] | None:  # noqa: ANN401 - what YAML makes of a date
    """Give the first and last day of a day, a month or a year."""
    if value is None:
        return None
    if isinstance(value, date):
        return value, value
    year, month, day = (*map(int, str(value).split("-")), 0, 0)[:3]
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)


def _add_world(entries: dict[str, Entry]) -> None:
    """Add the countries and capitals that the registry leaves out; what it says of a country stands."""
    known = {entry.country: entry for entry in entries.values() if entry.kind == "country" and entry.country}
    names = {fold(name) for entry in entries.values() if entry.type == "GPE" for name in (entry.name, *entry.aliases)}
    for country in world():
        own = known.get(country.code)
        capital = slug(country.capitals[0]) if country.capitals else None
        if own is None:
            own = Entry(
                id=country.id, name=country.names[0], type="GPE", kind="country", country=country.code, capital=capital
            )
        merged = replace(
            own,
            capital=own.capital or capital,
            aliases=tuple(dict.fromkeys((*own.aliases, *country.names))),
            demonyms=tuple(dict.fromkeys((*own.demonyms, *country.demonyms))),
        )
        entries[merged.id] = merged
        if capital and capital == merged.capital and not names.intersection(map(fold, country.capitals)):
            entries.setdefault(
                capital,
                Entry(
                    id=capital,
                    name=country.capitals[0],
                    type="GPE",
                    kind="city",
                    country=country.code,
                    aliases=country.capitals[1:],
                ),
            )


def _add_leaders(entries: dict[str, Entry]) -> None:
    """Add the persons that the registry leaves out."""
    taken = {fold(name) for entry in entries.values() if entry.type == "PER" for name in (entry.name, *entry.aliases)}
    countries = {entry.country: entry.id for entry in entries.values() if entry.kind == "country"}
    for leader in leaders():
        ident = slug(leader.names[0])
        if ident not in entries and taken.isdisjoint(map(fold, leader.names)):
            of = countries.get(leader.country, "")
            rows = [
                {"title": title, "of": of if _ONE_HOLDER.search(title) else "", "from": start, "until": end}
                for title, start, end in leader.offices
            ]
            entries[ident] = Entry(
                id=ident,
                name=leader.names[0],
                type="PER",
                country=leader.country,
                sector=leader.sector,
                gender=leader.gender,
                aliases=leader.names[1:],
                offices=tuple(map(_office, rows)),
            )


def _add_bodies(entries: dict[str, Entry]) -> None:
    """Add the parties, services and armies that the registry leaves out."""
    taken = {fold(name) for entry in entries.values() for name in (entry.name, *entry.aliases)}
    for body in bodies():
        ident = slug(body.names[0])
        if ident not in entries and taken.isdisjoint(map(fold, body.names)):
            entries[ident] = Entry(
                id=ident,
                name=body.names[0],
                type="ORG",
                kind="body",
                country=body.country,
                sector=body.sector,
                aliases=body.names[1:],
            )


def _add_places(entries: dict[str, Entry]) -> None:
    """Add the cities and regions that the registry leaves out; no place takes a name that somebody else is known by."""
    taken = {fold(name) for entry in entries.values() for name in (entry.name, *entry.aliases, *entry.demonyms)}
    for place in places():
        name = fold(place.name)
        if name in taken:
            continue
        taken.add(name)
        ident = slug(place.name)
        while ident in entries:
            ident += f"-{place.kind}"
        entries[ident] = Entry(
            id=ident,
            name=place.name,
            type="GPE" if place.country else "LOC",
            kind=place.kind,
            country=place.country,
            obscure=place.obscure,
        )
