"""What extraction knows beforehand: the registry with what people decided, the topics, the dossier. Once a process."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from newsledger.extract.corrections import Correction, by_article
from newsledger.extract.decisions import Decision, apply
from newsledger.extract.document import split_words
from newsledger.extract.registry import Entry, Office, fold, plain_title, read_entries
from newsledger.extract.relevance import Watched, watched
from newsledger.records.config import TopicRule
from newsledger.resources import data_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newsledger.records.extraction import MentionKind

__all__ = ["Entry", "Form", "Lexicon", "Office", "build_lexicon", "fold", "load_lexicon", "plain_title"]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A form in capitals must be long enough not to be an ordinary short word that is shouted.
_SHOUTED_LEAST = 4
# The names of these are ordinary words without their capitals: "a future movement", "the secret service".
_CAREFUL = ("agency", "outlet", "company", "body")
# Whose surname is printed often enough to be misspelt without ever being spelt out.
_PROMINENT = ("president", "prime minister")


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
    # What of this people can set; and what the dossier watches, if anything.
    decisions: tuple[Decision, ...] = ()
    # By the id of the article that they are about.
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    dossier: tuple[str, ...] = ()
    watched: Watched = field(default_factory=Watched)

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


@cache
def load_lexicon(
    topics: tuple[TopicRule, ...] = (),
    decisions: tuple[Decision, ...] = (),
    dossier: tuple[str, ...] = (),
    corrections: tuple[Correction, ...] = (),
) -> Lexicon:
    """Read the bundled registry and replay the decisions on it; the same lexicon is returned for the same arguments.

    Without topics those of the bundled default configuration are taken. Raises UndecidableError for a decision that
    does not fit the registry.
    """
    rows = _read("registry.yaml").get("entities") or ()
    return build_lexicon(rows, topics or _default_topics(), decisions, dossier, corrections)


def build_lexicon(
    rows: Iterable[Mapping[str, Any]],
    topics: tuple[TopicRule, ...] = (),
    decisions: tuple[Decision, ...] = (),
    dossier: tuple[str, ...] = (),
    corrections: tuple[Correction, ...] = (),
) -> Lexicon:
    """Make a lexicon of registry rows, with the countries of the world and their capitals added."""
    entries = apply(decisions, read_entries(rows))
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
        decisions=decisions,
        corrections=MappingProxyType(by_article(corrections)),
        dossier=dossier,
        watched=watched(dossier, entries),
    )


def _read(name: Any) -> dict[str, Any]:  # noqa: ANN401 - the names that data_file takes
    with data_file(name).open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=_Loader) or {}  # noqa: S506 - a safe loader, in C where there is one


def _default_topics() -> tuple[TopicRule, ...]:
    return tuple(
        TopicRule(id=row["id"], **{key: tuple(map(str, row.get(key, ()))) for key in ("words", "examples")})
        for row in _read("config.yaml").get("topics", ())
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
            # Most names are one word; taking those apart would cost half of the loading time.
            words = (fold(text),) if text.isalpha() else tuple(fold(token.text) for token in split_words(text))
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
    careless = entry.type == "EVENT" or (entry.type == "ORG" and entry.kind not in _CAREFUL)
    if len(words) > 1 and careless and kind == "name":
        yield tuple(word.lower() for word in words)
