"""What `newsledger registry` does: shows what is proposed, and enters what a person decides about it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from flows.console import say
from flows.decisions import add_record, kind_of, lexicon_of, shows
from flows.tables import print_json, print_table
from flows.typed_yaml import proposal
from newsledger.extract.decisions import Accept, Merge, Reject, Split
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.lookalikes import Named, lookalikes
from newsledger.records.errors import InputError
from store import read_named, read_proposals

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from newsledger.extract.decisions import Decision
    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.config import Config
    from store import Proposal

_COLUMNS = (
    "entity", "name", "type", "country", "sector", "articles", "sources", "first", "last", "printed", "looks like",
    "example",
)  # fmt: skip


def show_proposals(config: Config, *, as_json: bool) -> None:
    """Show the entities that wait for a person's decision, those that look alike one below the other."""
    lexicon = lexicon_of(config)()
    found = read_proposals(config.paths.published, {*lexicon.entries, *(one.entity for one in lexicon.decisions)})
    printed = [Named(entity=one.entity_id, type=one.types[0], name=name) for one in found for name in one.names]
    alike = lookalikes(printed, _registered(lexicon))
    ordered = _together(found, alike)
    if as_json:
        rows = [asdict(one) | {"looks_like": alike[one.entity_id]} for one in ordered]
        print_json(tuple(rows[0]) if rows else (), [tuple(row.values()) for row in rows])
        return
    if not ordered:
        say("nothing to review: every entity of several articles and sources is known or decided")
    print_table(_COLUMNS, [_row(one, alike[one.entity_id]) for one in ordered])


def accept(config: Config, entity: str, today: date, given: dict[str, Any]) -> None:
    """Enter that an unknown entity is one for the registry, as it was read but for what is given."""
    seen = _seen(config, entity)
    read = {
        "name": seen.name,
        "type": seen.types[0],
        "country": next(iter(seen.countries), None),
        "sector": next(iter(seen.sectors), None),
    }
    said = read | {key: value for key, value in given.items() if value is not None}
    # A surname alone may be anybody's; within an article it finds its bearer anyway.
    forms = tuple(form for form in seen.names if form != said["name"] and (said["type"] != "PER" or " " in form))
    _enter(config, Accept, {"forms": forms} | said, entity, today, seen=seen)


def merge(config: Config, entity: str, into: str, today: date, given: dict[str, Any]) -> None:
    """Enter that an entity is the same as one of the registry."""
    is_known = entity in lexicon_of(config)().entries
    seen = read_named(config.paths.published, entity) if is_known else _seen(config, entity)
    forms = seen.names if seen else ()
    _enter(config, Merge, {"into": into, "forms": forms} | given, entity, today, seen=seen)


def split(config: Config, entity: str, today: date, given: dict[str, Any]) -> None:
    """Enter that a printed form belongs to another entity than the registry says."""
    _enter(config, Split, given, entity, today, seen=read_named(config.paths.published, entity))


def reject(config: Config, entity: str, today: date, given: dict[str, Any]) -> None:
    """Enter that an unknown entity is none for the registry."""
    _enter(config, Reject, given, entity, today, seen=_seen(config, entity))


def _enter(  # noqa: PLR0913 - what all kinds of decisions have in common
    config: Config, kind: type[Decision], said: dict[str, Any], entity: str, today: date, *, seen: Proposal | None
) -> None:
    """Put a decision into the file if it can be replayed, with the first sentence that shows it."""
    path, lexicon = config.paths.decisions, lexicon_of(config)()
    if (country := said.get("country")) and country not in lexicon.countries:
        message = (
            f"there is no country {country!r}{proposal(country, lexicon.countries)}; give an ISO 3166-1 alpha-3 code"
        )
        raise InputError(message)
    try:
        decision = kind(entity=entity, decided=today, **said)
        changed = load_lexicon(config.topics, (*lexicon.decisions, decision), config.dossier.entities)
    except ValueError as error:  # what a record may not hold, or what can't be replayed
        raise InputError(str(error)) from error
    examples = (replace(decision, example=example.text) for example in (seen.examples if seen else ()))
    decision = next((one for one in examples if shows(one, changed)), decision)
    add_record(path, decision)
    say(f"{path}: {kind_of(decision)} {entity} added; `newsledger reprocess` reads the stored text with it")


def _seen(config: Config, entity: str) -> Proposal:
    """Give how an entity that waits for a decision is named. Raises InputError where it waits for none."""
    for one in lexicon_of(config)().decisions:
        if one.entity == entity and not isinstance(one, Split):
            message = f"{entity!r} is decided already ({kind_of(one)}, {one.decided}); delete that record to undo it"
            raise InputError(message)
    seen = read_named(config.paths.published, entity)
    if seen is None:
        proposed = [one.entity_id for one in read_proposals(config.paths.published, ())]
        message = f"no article names {entity!r}{proposal(entity, proposed)}; `newsledger registry review` lists ids"
        raise InputError(message)
    return seen


def _registered(lexicon: Lexicon) -> list[Named]:
    return [
        Named(entity=entry.id, type=entry.type, name=name)
        for entry in lexicon.entries.values()
        for name in (entry.name, *entry.aliases)
    ]


def _together(found: Sequence[Proposal], alike: dict[str, tuple[str, ...]]) -> list[Proposal]:
    """Order proposals by how often they are seen, each followed by those that look like it."""
    left = {one.entity_id: one for one in found}
    ordered: list[Proposal] = []
    for one in found:
        waiting = [one.entity_id]
        while waiting:
            entity = waiting.pop(0)
            if entity in left:
                ordered.append(left.pop(entity))
                waiting += _of_group(entity, alike)
    return ordered


def _of_group(entity: str, alike: dict[str, tuple[str, ...]]) -> Collection[str]:
    return [*alike[entity], *(other for other in alike if entity in alike[other])]


def _row(one: Proposal, alike: Sequence[str]) -> tuple[object, ...]:
    return (
        one.entity_id, one.name, " ".join(one.types), " ".join(one.countries), " ".join(one.sectors), one.articles,
        one.sources, _day(one.first_seen_at), _day(one.last_seen_at), "; ".join(one.names), " ".join(alike),
        one.examples[0].text if one.examples else "",
    )  # fmt: skip


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""
