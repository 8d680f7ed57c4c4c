"""Who is mentioned where: the entities of a text, looked up by place."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsledger.records.extraction import Citation, Entity, Event, Figure, Mention, Statement


@dataclass(frozen=True)
class Mentions:
    """All mentions of all entities, in the order of the text."""

    entities: tuple[Entity, ...]

    @cached_property
    def pairs(self) -> tuple[tuple[Mention, Entity], ...]:
        """Every mention with its entity, by start."""
        found = [(mention, entity) for entity in self.entities for mention in entity.mentions]
        return tuple(sorted(found, key=lambda pair: (pair[0].start, -pair[0].end)))

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention, _ in self.pairs]

    @cached_property
    def by_id(self) -> dict[str, Entity]:
        """The entities by their id."""
        return {entity.id: entity for entity in self.entities}

    def within(self, start: int, end: int) -> tuple[tuple[Mention, Entity], ...]:
        """Give the mentions that lie wholly inside the given piece of text."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return tuple(pair for pair in self.pairs[first:last] if pair[0].end <= end)


def used_only(entities: Iterable[Entity], used: frozenset[str]) -> tuple[Entity, ...]:
    """Drop the entities that nobody names: unnamed ones count only where a record points at them."""
    return tuple(
        entity
        for entity in entities
        if entity.id in used or any(mention.kind not in ("role", "pronoun") for mention in entity.mentions)
    )


def referenced(
    citations: tuple[Citation, ...],
    statements: tuple[Statement, ...],
    figures: tuple[Figure, ...],
    events: tuple[Event, ...],
) -> frozenset[str]:
    """Collect the ids of the entities that a record points at."""
    ids = {citation.source for citation in citations}
    for statement in statements:
        ids.update((*statement.via, statement.speaker or ""))
    for figure in figures:
        ids.update((*figure.about, figure.attributed_to or ""))
    for event in events:
        ids.update((*event.actors, *event.recipients, event.location or "", event.attributed_to or ""))
    return frozenset(ids - {""})
