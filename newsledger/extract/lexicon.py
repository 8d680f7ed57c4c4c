"""What extraction knows beforehand: the entity registry and the topics. Read once a process."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from newsledger.extract.countries import places, slug, world
from newsledger.extract.document import split_words
from newsledger.records.config import TopicRule
from newsledger.resources import data_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newsledger.records.extraction import EntityType, MentionKind

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Letters that Unicode does not take apart into a plain letter and a mark, and marks that are printed in several ways.
_PLAIN = str.maketrans("łŁøØđĐıІі’‘‐‑", "lLoOdDiИи''--")  # noqa: RUF001
# A form in capitals must be long enough not to be an ordinary short word that is shouted.
_SHOUTED_LEAST = 4
# Whose surname is printed often enough to be misspelt without ever being spelt out.
_PROMINENT = ("president", "prime minister")


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


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write something: its words as `fold` gives them, and the entries it may stand for, likeliest first."""

    words: tuple[str, ...]
    candidates: tuple[tuple[str, MentionKind], ...]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The registry's entries and the topic rules, ready to look things up in."""

    topics: tuple[TopicRule, ...]
    entries: Mapping[str, Entry] = field(default_factory=dict)
    # By first word, the longest form first.
    forms: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)
    # Country entry ids by ISO 3166-1 alpha-3 code.
    countries: Mapping[str, str] = field(default_factory=dict)
    # Who is meant when a city acts: the country whose capital it is, or the union that sits there.
    seats: Mapping[str, str] = field(default_factory=dict)
    # Persons by surname, and heads of state and government by a surname that suffices alone.
    surnames: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prominent: Mapping[str, str] = field(default_factory=dict)
    # Who held an office of a country or body, by (`of`, title).
    offices: Mapping[tuple[str, str], tuple[tuple[Office, str], ...]] = field(default_factory=dict)

    def longest(self, keys: Sequence[str], index: int) -> Form | None:
        """Give the longest form that the folded words spell from `index` on."""
        for form in self.forms.get(keys[index], ()):
            if len(form.words) == 1 or tuple(keys[index : index + len(form.words)]) == form.words:
                return form
        return None

    def holder(self, of: str, title: str, day: date | None) -> Entry | None:
        """Say who held the office on the day; None where nobody or no day is known."""
        held = self.offices.get((of, plain_title(title)), ())
        found = [holder for office, holder in held if day is not None and office.held_on(day)]
        return self.entries[found[-1]] if found else None

    def bearers(self, surname: str) -> tuple[Entry, ...]:
        """Give the persons who bear a surname, as `fold` writes it."""
        return tuple(self.entries[ident] for ident in self.surnames.get(surname, ()))

    def country_of(self, code: str | None) -> Entry | None:
        """Give the entry of a country by its ISO 3166-1 alpha-3 code."""
        return self.entries.get(self.countries.get(code or "", ""))


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


@cache
def load_lexicon(topics: tuple[TopicRule, ...] = ()) -> Lexicon:
    """Read the bundled registry; the same lexicon is returned for the same topics.

    Without topics those of the bundled default configuration are taken.
    """
    return build_lexicon(_read("registry.yaml").get("entities") or (), topics or _default_topics())


def build_lexicon(rows: Iterable[Mapping[str, Any]], topics: tuple[TopicRule, ...] = ()) -> Lexicon:
    """Make a lexicon of registry rows, with the countries of the world and their capitals added."""
    entries = {entry.id: entry for entry in map(_entry, rows)}
    _add_world(entries)
    _add_places(entries)
    offices = defaultdict(list)
    for entry in entries.values():
        for office in entry.offices:
            offices[office.of, office.title].append((office, entry.id))
    countries = {entry.country: entry.id for entry in entries.values() if entry.country and entry.kind == "country"}
    return Lexicon(
        topics=topics,
        entries=MappingProxyType(entries),
        forms=MappingProxyType(_forms(entries.values())),
        countries=MappingProxyType(countries),
        seats=MappingProxyType(_seats(entries)),
        surnames=MappingProxyType(_surnames(entries.values())),
        prominent=MappingProxyType(_prominent(entries.values())),
        offices=MappingProxyType(
            {key: tuple(sorted(held, key=lambda pair: pair[0].start or date.min)) for key, held in offices.items()},
        ),
    )


def _read(name: Any) -> dict[str, Any]:  # noqa: ANN401 - the names that data_file takes
    with data_file(name).open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=_Loader) or {}  # noqa: S506 - a safe loader, in C where there is one


def _default_topics() -> tuple[TopicRule, ...]:
    return tuple(
        TopicRule(id=row["id"], words=tuple(map(str, row["words"]))) for row in _read("config.yaml").get("topics", ())
    )


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
        merged = _merged(own, country.names, country.demonyms, capital)
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


def _add_places(entries: dict[str, Entry]) -> None:
    """Add the cities and regions that the registry leaves out."""
    names = {
        fold(name)
        for entry in entries.values()
        if entry.type in ("GPE", "LOC")
        for name in (entry.name, *entry.aliases)
    }
    for place in places():
        if fold(place.name) not in names:
            ident = slug(place.name)
            while ident in entries:
                ident += f"-{place.kind}"
            entries[ident] = Entry(
                id=ident,
                name=place.name,
                type="GPE" if place.country else "LOC",
                kind=place.kind,
                country=place.country,
            )


def _merged(own: Entry, names: tuple[str, ...], demonyms: tuple[str, ...], capital: str | None) -> Entry:
    return Entry(
        id=own.id,
        name=own.name,
        type=own.type,
        kind=own.kind,
        country=own.country,
        sector=own.sector,
        wikidata=own.wikidata,
        gender=own.gender,
        capital=own.capital or capital,
        aliases=tuple(dict.fromkeys((*own.aliases, *names))),
        demonyms=tuple(dict.fromkeys((*own.demonyms, *demonyms))),
        metonyms=own.metonyms,
        offices=own.offices,
    )


def _seats(entries: Mapping[str, Entry]) -> dict[str, str]:
    seats = {entry.capital: entry.id for entry in entries.values() if entry.capital}
    acting = {name: entry.id for entry in entries.values() for name in entry.metonyms}
    for entry in entries.values():
        if entry.type == "GPE" and entry.kind == "city" and entry.name in acting:
            seats[entry.id] = acting[entry.name]
    return seats


def _surnames(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in entries:
        if entry.type == "PER":
            for name in (entry.name, *entry.aliases):
                found[fold(name.split()[-1])][entry.id] = None
    return {surname: tuple(bearers) for surname, bearers in found.items()}


def _prominent(entries: Iterable[Entry]) -> dict[str, str]:
    return {
        fold(name): entry.id
        for entry in entries
        if entry.type == "PER" and any(office.title in _PROMINENT for office in entry.offices)
        for name in entry.aliases
        if " " not in name and name.isascii()
    }


def _forms(entries: Iterable[Entry]) -> dict[str, tuple[Form, ...]]:
    """Index every way to write every entry by its first word."""
    found: dict[tuple[str, ...], dict[str, MentionKind]] = defaultdict(dict)
    for entry in entries:
        for text, kind in _written(entry):
            words = tuple(fold(token.text) for token in split_words(text))
            for spelling in _spellings(words, entry, kind):
                found[spelling].setdefault(entry.id, kind)
    index: dict[str, list[Form]] = defaultdict(list)
    for words, candidates in found.items():
        index[words[0]].append(Form(words, tuple(candidates.items())))
    return {first: tuple(sorted(forms, key=lambda form: -len(form.words))) for first, forms in index.items()}


def _written(entry: Entry) -> Iterator[tuple[str, MentionKind]]:
    for name in (entry.name, *entry.aliases):
        yield name, "name"
    for name in entry.demonyms:
        yield name, "demonym"
    for name in entry.metonyms:
        yield name, "metonym"


def _spellings(words: tuple[str, ...], entry: Entry, kind: MentionKind) -> Iterator[tuple[str, ...]]:
    """Yield a form as given, in capitals, and - for what has several words - as a careless writer puts it."""
    if words and words[0].lower() == "the" and len(words) > 1:
        words = words[1:]
    if not words:
        return
    yield words
    if entry.type == "BLOC" and kind != "metonym":
        yield tuple(word.lower() for word in words)
    shouted = tuple(word.upper() for word in words)
    if sum(map(len, words)) >= _SHOUTED_LEAST:
        yield shouted
    careless = entry.type == "EVENT" or (entry.type == "ORG" and entry.kind not in ("agency", "outlet", "company"))
    if len(words) > 1 and careless and kind == "name":
        yield tuple(word.lower() for word in words)
