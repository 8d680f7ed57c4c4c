"""What has been told so far: a deed told twice is one event, "the talks" and "the charge" are those told before."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.extract.events.settings import Scenery
    from newsledger.records.extraction import Event, EventType

# What is done by words; each way of putting it counts for itself.
SPEECH = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "CONCEDE"})
_CHARGING = frozenset({"ACCUSE", "REQUEST", "THREATEN"})
# How many events back a charge is answered.
_ANSWERABLE = 40


@dataclass
class Memory:
    """The events of one text, in the order in which they are found."""

    scenery: Scenery
    events: list[Event] = field(default_factory=list)
    alike: dict[tuple[object, ...], list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, event: Event, *, nominal: bool) -> None:
        """Keep an event, unless it repeats one: then the earlier takes over the place and the day that it lacks.

        A meeting told by a noun repeats one between people of the same countries, whoever is named.
        """
        key = (event.type, event.status, event.attributed_to, frozenset(event.actors), frozenset(event.recipients))
        lands = (event.status, self._lands(event)) if event.type == "CONSULT" and self._lands(event) else None
        known = self.alike[key] or (self.alike[lands] if nominal and lands else [])
        for index in known:
            other = self.events[index]
            if _repeats(event, other):
                self.events[index] = _joined(other, event)
                return
        for group in (key, lands) if lands else (key,):
            self.alike[group].append(len(self.events))
        self.events.append(event)

    def _lands(self, event: Event) -> frozenset[str]:
        entities = self.scenery.cast.mentions.by_id
        lands = {entities[side].country for side in (*event.actors, *event.recipients)}
        return frozenset(land for land in lands if land) if None not in lands else frozenset()

    def gatherings(self, kind: EventType) -> Gatherings:
        """Give what several sides did together so far."""
        together = (event for event in self.events if event.type == kind and len(event.actors) > 1)
        return Gatherings(tuple(sorted((e.start, e.actors) for e in together if not e.recipients)))

    def charged(self, actors: tuple[str, ...]) -> tuple[str, ...]:
        """Name whoever last charged the given actors with something."""
        charges = (e for e in reversed(self.events[-_ANSWERABLE:]) if e.type in _CHARGING and e.actors != actors)
        return next((e.actors for e in charges if self.scenery.are_akin(actors, e.recipients)), ())


@dataclass(frozen=True, slots=True)
class Gatherings:
    """The sides of what was told, by place in the text."""

    sides: tuple[tuple[int, tuple[str, ...]], ...]

    def near(self, at: int) -> tuple[str, ...]:
        """Give the sides of the last one told before a place, else of the first behind it."""
        before = bisect_right(self.sides, at, key=lambda side: side[0])
        nearest = self.sides[max(0, before - 1) :][:1]
        return nearest[0][1] if nearest else ()


def _joined(event: Event, again: Event) -> Event:
    """Add to an event what its repetition tells of it."""
    dated = event if event.date_start else again
    return replace(
        event,
        location=event.location or again.location,
        date_start=dated.date_start,
        date_end=dated.date_end,
        confidence=max(event.confidence, again.confidence),
    )


def _repeats(event: Event, other: Event) -> bool:
    """Tell whether two events of one kind between the same sides are one deed told twice."""
    if event.location and other.location and event.location != other.location:
        return False
    if event.date_start and other.date_start and event.date_start != other.date_start:
        return False
    return event.type not in SPEECH or event.trigger.text.lower() == other.trigger.text.lower()
