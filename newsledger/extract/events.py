"""Who did what to whom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newsledger.extract.cast import Cast
from newsledger.extract.clauses import clause_begin, clause_limit, subject_of
from newsledger.extract.factuality import Setting, status_of
from newsledger.extract.inflection import word_set
from newsledger.extract.participants import Finder, Roles
from newsledger.extract.phrases import Phrase
from newsledger.extract.plover import contexts_of, intensity_of, mode_of, quad_of
from newsledger.extract.reading import Reading, read
from newsledger.extract.settings import Scenery
from newsledger.extract.triggers import Trigger, find_triggers
from newsledger.records.extraction import Event

if TYPE_CHECKING:
    from datetime import date

    from newsledger.extract.document import Document
    from newsledger.extract.mentions import Mentions
    from newsledger.records.extraction import Citation, Statement, Status, Time

# What these ask for, promise, refuse or threaten is no event of its own.
_GOVERNING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "CONCEDE"})
_REQUESTING = word_set("requesting")
# Words without somebody who speaks them are no act.
_SPOKEN = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"})
_AHEAD = frozenset({"planned", "possible", "conditional"})


def find_events(  # noqa: PLR0913, PLR0917 - an event draws on every other kind of record
    document: Document,
    mentions: Mentions,
    times: tuple[Time, ...],
    statements: tuple[Statement, ...],
    citations: tuple[Citation, ...],
    reference: date | None,
) -> tuple[Event, ...]:
    """Find the events, in the order of the text; each has an actor or a recipient among the entities.

    `confidence` adds up what the event rests on: 0.6 for a trigger; 0.15 more for a pattern of several words, 0.15
    where both sides are known; 0.2 less for a noun, 0.1 less without an actor, 0.05 less where it has not happened.
    """
    reading, cast = read(document), Cast(mentions, citations)
    return _Coder(reading, cast, Scenery(reading, cast, times, statements, citations, reference)).events()


@dataclass
class _Coder:
    """Codes the events of one reading, stretch by stretch."""

    reading: Reading
    cast: Cast
    scenery: Scenery
    found: list[Event] = field(default_factory=list)
    seen: dict[tuple[object, ...], list[int]] = field(default_factory=dict)

    def events(self) -> tuple[Event, ...]:
        for unit in self.reading.units:
            governing: set[int] = set()
            for trigger in find_triggers(self.reading.words, *unit):
                event = self._code(trigger, unit, governing)
                if event is not None:
                    self._add(event)
        ordered = sorted(self.found, key=lambda event: (event.trigger.start, event.start))
        return tuple(replace(event, id=f"e{n}") for n, event in enumerate(ordered, 1))

    def _code(self, trigger: Trigger, unit: tuple[int, int], governing: set[int]) -> Event | None:
        words, pattern = self.reading.words, trigger.pattern
        verbal = not trigger.nominal and not trigger.predicate
        subject = subject_of(words, trigger.word, unit[0]) if verbal else None
        if subject is not None and subject.control in governing:
            return None
        told = self.scenery.told(words[trigger.word].start)
        if told is not None and told.verb in _REQUESTING:
            return None
        limit = max(trigger.end, clause_limit(words, trigger.end, unit[1]))
        roles = Finder(words, self.cast, unit).roles(trigger, subject, limit)
        if trigger.predicate:
            roles = Roles((told.speaker,)) if told is not None and told.speaker is not None else Roles()
        begin = clause_begin(words, trigger.word, subject.phrase if subject else None, unit[0])
        status = status_of(Setting(words, trigger, subject, (begin, limit), unit, told))
        if status is None or not _is_told_enough(trigger, roles, status):
            return None
        if pattern.type in _GOVERNING and verbal:
            governing.add(trigger.word)
        return self._event(trigger, roles, (begin, limit), status, None if trigger.predicate else told)

    def _event(
        self, trigger: Trigger, roles: Roles, clause: tuple[int, int], status: Status, told: Statement | None
    ) -> Event:
        kind = trigger.pattern.type
        span = self.reading.span(Phrase(*clause))
        lows = [word.low for word in self.reading.words[clause[0] : clause[1]]]
        mode = mode_of(kind, trigger.pattern.mode, lows)
        start, end = self.scenery.days(kind, span, status, self.found)
        return Event(
            start=span.start,
            end=span.end,
            text=span.text,
            id="",
            trigger=self.reading.span(Phrase(trigger.word, trigger.end)),
            type=kind,
            quad=quad_of(kind),
            intensity=intensity_of(kind, mode),
            status=status,
            confidence=_confidence(trigger, roles, status),
            mode=mode,
            contexts=contexts_of(lows),
            actors=roles.actors,
            recipients=roles.recipients,
            location=self.scenery.place(clause),
            date_start=start,
            date_end=end,
            attributed_to=None if trigger.predicate else self.scenery.attributed(span.start, told),
            statement=told.id if told else None,
        )

    def _add(self, event: Event) -> None:
        """Keep an event, unless it repeats one: then the earlier takes over the place that it lacks."""
        key = (event.type, event.status, event.attributed_to, frozenset(event.actors), frozenset(event.recipients))
        for index in self.seen.get(key, []):
            other = self.found[index]
            if _repeats(event, other):
                confidence = max(other.confidence, event.confidence)
                self.found[index] = replace(other, location=other.location or event.location, confidence=confidence)
                return
        self.seen.setdefault(key, []).append(len(self.found))
        self.found.append(event)


def _is_told_enough(trigger: Trigger, roles: Roles, status: Status) -> bool:
    pattern = trigger.pattern
    if pattern.future and status not in _AHEAD:
        return False
    if not roles.actors and (pattern.type in _SPOKEN or not roles.recipients):
        return False
    both = roles.actors and (roles.recipients or len(roles.actors) > 1)
    return bool(both) or not (pattern.strict or (trigger.nominal and pattern.sym and len(roles.actors) < len("xy")))


def _repeats(event: Event, other: Event) -> bool:
    """Tell whether two events of one kind between the same sides are one deed told twice."""
    if event.location and other.location and event.location != other.location:
        return False
    if event.date_start and other.date_start and event.date_start != other.date_start:
        return False
    return event.type not in _GOVERNING or event.trigger.text.lower() == other.trigger.text.lower()


def _confidence(trigger: Trigger, roles: Roles, status: Status) -> float:
    pattern = trigger.pattern
    both = roles.actors and (roles.recipients or len(roles.actors) > 1)
    score = 0.6 + 0.15 * bool(pattern.weight) + 0.15 * bool(both)
    score -= 0.2 * trigger.nominal + 0.1 * (not roles.actors) + 0.05 * (status != "occurred")
    return round(score, 2)
