"""What people decided about entities: small records that are replayed on the registry before any text is read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rapidfuzz.process import extractOne

from newsledger.extract.registry import Entry, fold
from newsledger.records.extraction import EntityType, EntryKind  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsledger.records.config import TopicRule

_FORMS = {
    "entity": (re.compile(r"[^\W_]+(-[^\W_]+)*"), "an id: words in lower case with hyphens between them"),
    "into": (re.compile(r"[^\W_]+(-[^\W_]+)*"), "an id: words in lower case with hyphens between them"),
    "country": (re.compile(r"[A-Z]{3}"), "an ISO 3166-1 alpha-3 code such as BLR"),
    "sector": (re.compile(r"[A-Z]{3}"), "a PLOVER sector code such as GOV"),
    "wikidata": (re.compile(r"Q[1-9]\d*"), "the number of a Wikidata item such as Q184"),
}
_DIGEST_CHARS = 8
_ALIKE = 75  # how alike, of 100, an id must be to be proposed in place of a wrong one


class UndecidableError(ValueError):
    """A decision that can't be replayed on this registry; the message is one line that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What every decision tells: about whom, when, by whom, why, and a sentence in which it shows."""

    entity: str
    decided: date
    by: str | None = None
    why: str | None = None
    example: str | None = None

    def __post_init__(self) -> None:
        for name, (form, meaning) in _FORMS.items():
            value = getattr(self, name, None)
            if value is not None and not form.fullmatch(value):
                message = f"{name} must be {meaning}, not {value!r}"
                raise ValueError(message)
        if not all(form.strip() for form in printed_forms(self)):
            message = "names and forms must not be empty"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Decision):
    """An unknown entity enters the registry; `forms` are other ways in which it is printed."""

    name: str
    type: EntityType
    kind: EntryKind | None = None
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Decision):
    """An entity is the same as another, `into`, which gets its names; `forms` are those of an unknown one."""

    into: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Decision):
    """A printed form belongs to `into`, not to the entity; `name` and what follows make an `into` that is new."""

    form: str
    into: str
    name: str | None = None
    type: EntityType | None = None
    kind: EntryKind | None = None
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(Decision):
    """What was found under this id is nothing that the registry should hold; it is not proposed again."""


KINDS: Final[Mapping[str, type[Decision]]] = MappingProxyType(
    {kind.__name__.lower(): kind for kind in (Accept, Merge, Split, Reject)}
)


def kind_of(decision: Decision) -> str:
    """Give the word that a decision's record begins with."""
    return type(decision).__name__.lower()


def decided_entity(decision: Decision) -> str | None:
    """Give the id that the decision's example has to be read as; None where it names nobody."""
    if isinstance(decision, (Merge, Split)):
        return decision.into
    return decision.entity if isinstance(decision, Accept) else None


def printed_forms(decision: Decision) -> tuple[str, ...]:
    """Give the printed forms that the decision is about."""
    match decision:
        case Accept():
            return (decision.name, *decision.forms)
        case Merge():
            return decision.forms
        case Split():
            return (decision.form, decision.name or decision.form)
    return ()


def apply(decisions: Iterable[Decision], entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Replay decisions on the registry, one after the other; the entries that are given stay as they are.

    Raises UndecidableError for a decision about an entity that is not there, or that is there already.
    """
    decided = dict(entries)
    for decision in decisions:
        try:
            _replay(decision, decided)
        except UndecidableError as error:
            message = f"{kind_of(decision)} {decision.entity!r} of {decision.decided}: {error}"
            raise UndecidableError(message) from None
    return decided


def digest(decisions: Iterable[Decision], dossier: Iterable[str] = (), topics: Iterable[TopicRule] = ()) -> str:
    """Give a short mark of all that decisions, dossier and topics change in what is read; empty where none is given."""
    telling = (decision for decision in decisions if not isinstance(decision, Reject))
    changes = [repr(replace(one, decided=date.min, by=None, why=None, example=None)) for one in telling]
    changes += sorted(set(dossier)) + sorted(map(repr, topics))
    return hashlib.sha256("\n".join(changes).encode()).hexdigest()[:_DIGEST_CHARS] if changes else ""


def _replay(decision: Decision, entries: dict[str, Entry]) -> None:
    match decision:
        case Accept():
            if decision.entity in entries:
                message = "the registry holds it already"
                raise UndecidableError(message)
            entries[decision.entity] = _new_entry(
                decision, decision.entity, decision.name, decision.type, decision.forms
            )
        case Merge():
            _merge(decision, entries)
        case Split():
            _split(decision, entries)
        case Reject() if decision.entity in entries:
            message = "the registry holds it"
            raise UndecidableError(message)


def _merge(decision: Merge, entries: dict[str, Entry]) -> None:
    into = _held(decision.into, entries)
    if decision.entity == decision.into:
        message = "it can't be merged into itself"
        raise UndecidableError(message)
    other = entries.pop(decision.entity, None)
    entries[into.id] = _joined(into, other, decision.forms)
    if other is None:
        return
    for entry in tuple(entries.values()):
        offices = tuple(replace(held, of=into.id) if held.of == other.id else held for held in entry.offices)
        capital = into.id if entry.capital == other.id else entry.capital
        if (offices, capital) != (entry.offices, entry.capital):
            entries[entry.id] = replace(entry, offices=offices, capital=capital)


def _joined(into: Entry, other: Entry | None, forms: Iterable[str]) -> Entry:
    """Give an entry the names of another, and what only the other knew."""
    if other is None:
        return replace(into, aliases=_added(into.aliases, forms, into.name))
    unknown = {field.name: getattr(other, field.name) for field in fields(Entry) if getattr(into, field.name) is None}
    names = (other.name, *other.aliases, *forms)
    return replace(
        into,
        **unknown,
        aliases=_added(into.aliases, names, into.name),
        demonyms=_added(into.demonyms, other.demonyms),
        metonyms=_added(into.metonyms, other.metonyms),
        offices=(*into.offices, *other.offices),
    )


def _split(decision: Split, entries: dict[str, Entry]) -> None:
    owner, form = _held(decision.entity, entries), fold(decision.form)
    if decision.into == owner.id:
        message = "the form must go to another entity"
        raise UndecidableError(message)
    if form == fold(owner.name):
        message = f"{decision.form!r} is its own name; give another one in the registry first"
        raise UndecidableError(message)
    entries[owner.id] = replace(
        owner,
        aliases=_without(owner.aliases, form),
        demonyms=_without(owner.demonyms, form),
        metonyms=_without(owner.metonyms, form),
    )
    known = entries.get(decision.into)
    if known is not None:
        entries[known.id] = replace(known, aliases=_added(known.aliases, [decision.form], known.name))
    else:
        name = decision.name or decision.form
        type_ = decision.type or owner.type
        entries[decision.into] = _new_entry(decision, decision.into, name, type_, [decision.form])


def _new_entry(decision: Accept | Split, ident: str, name: str, type_: EntityType, forms: Iterable[str]) -> Entry:
    return Entry(
        id=ident,
        name=name,
        type=type_,
        kind=decision.kind,
        country=decision.country,
        sector=decision.sector,
        wikidata=decision.wikidata,
        aliases=_added((), forms, name),
    )


def _held(ident: str, entries: Mapping[str, Entry]) -> Entry:
    if ident not in entries:
        near = extractOne(ident, list(entries), score_cutoff=_ALIKE)
        message = f"the registry holds no {ident!r}" + (f", did you mean {near[0]!r}?" if near else "")
        raise UndecidableError(message)
    return entries[ident]


def _added(names: tuple[str, ...], more: Iterable[str], but: str = "") -> tuple[str, ...]:
    """Add names to others, each once, all but one."""
    return tuple(name for name in dict.fromkeys((*names, *more)) if name != but)


def _without(names: Iterable[str], folded: str) -> tuple[str, ...]:
    return tuple(name for name in names if fold(name) != folded)
