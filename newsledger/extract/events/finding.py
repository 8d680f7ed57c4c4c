"""Who did what to whom."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newsledger.extract.cast import Cast
from newsledger.extract.events.factuality import Setting, status_of
from newsledger.extract.events.memory import SPEECH, Memory
from newsledger.extract.events.participants import BODIES, Finder, Roles
from newsledger.extract.events.settings import Scenery
from newsledger.extract.events.speech_acts import act_of
from newsledger.extract.events.told import Deeds
from newsledger.extract.events.triggers import Trigger, find_triggers
from newsledger.extract.grammar.clauses import clause_begin, clause_limit, subject_of
from newsledger.extract.grammar.inflection import inflect, word_set
from newsledger.extract.grammar.phrases import Phrase, phrase_start
from newsledger.extract.grammar.words import VERBAL
from newsledger.extract.plover import Pattern, contexts_of, intensity_of, mode_of, quad_of
from newsledger.records.extraction import Event

if TYPE_CHECKING:
    from datetime import date

    from newsledger.extract.events.told import Deed
    from newsledger.extract.grammar.clauses import Subject
    from newsledger.extract.grammar.reading import Reading
    from newsledger.extract.mentions import Mentions
    from newsledger.extract.model.reading import Reading as ModelReading
    from newsledger.records.extraction import Citation, EventType, Statement, Status, Time

# What these ask for, promise, refuse or threaten is no event of its own.
_ABSORBING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
# What hangs on a verb by these is no part of what it asks for.
_ADJUNCT = frozenset({"after", "during", "at", "following", "before", "since", "amid", "despite", "over"})
_REQUESTING = word_set("requesting")
_ASKING = frozenset(
    form for lemma in ("urge", "ask", "demand", "request", "implore", "beg") for form, _ in inflect(lemma)
)
# Words without somebody who speaks them are no act.
_SPOKEN = frozenset({"AGREE", "CONSULT", "REQUEST", "REJECT", "THREATEN", "SUPPORT"})
_AT = word_set("at")
# Told by the noun, these are not told again by the verb: "the drills of X were held".
_HELD = frozenset({"CONSULT", "COOPERATE", "MOBILIZE"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such", "all"})
_CHARGES = word_set("charges")
_LEAST = 0.1
_ANSWER_REACH = 3
_MODAL_REACH = 5
_AHEAD = frozenset({"planned", "possible", "conditional"})


def find_events(  # noqa: PLR0913, PLR0917 - an event draws on every other kind of record
    reading: Reading,
    mentions: Mentions,
    times: tuple[Time, ...],
    statements: tuple[Statement, ...],
    citations: tuple[Citation, ...],
    reference: date | None,
    model: ModelReading,
) -> tuple[Event, ...]:
    """Find the events, in the order of the text; each has an actor or a recipient among the entities.

    `confidence` is about the share of such events whose type and one side are right, between what was measured on whole
    articles and on single sentences of other kinds: 0.7 for a verb with an actor, 0.8 where both sides are known, 0.85
    where a pattern of several words tells of it; 0.3 less for a noun and without an actor, 0.05 less for what has not
    happened.
    """
    cast = Cast(mentions, citations)
    scenery = Scenery(reading, cast, times, statements, citations, reference)
    return _Coder(reading, cast, scenery, Memory(scenery), Deeds(model, mentions, statements)).events()


@dataclass
class _Coder:
    """Codes the events of one reading, stretch by stretch."""

    reading: Reading
    cast: Cast
    scenery: Scenery
    memory: Memory
    deeds: Deeds
    sideless: list[tuple[Trigger, tuple[int, int]]] = field(default_factory=list)

    def events(self) -> tuple[Event, ...]:
        for unit in self.reading.units:
            governing: set[int] = set()
            spent: set[int] = set()
            for fitting in find_triggers(self.reading.words, *unit):
                for trigger in fitting:
                    again = trigger.pattern.type in _HELD and not spent.isdisjoint(trigger.nouns)
                    event = None if again or trigger.word in spent else self._code(trigger, unit, governing)
                    if event is not None:
                        self.memory.add(event, nominal=trigger.nominal)
                        spent.update(trigger.nouns, (trigger.word,))
                        break
        self._add_told()
        gatherings = {
            kind: self.memory.gatherings(kind) for kind in {trigger.pattern.type for trigger, _ in self.sideless}
        }
        for trigger, unit in self.sideless:
            sides = gatherings[trigger.pattern.type].near(self.reading.words[trigger.word].start)
            event = self._code(trigger, unit, set(), Roles(sides))
            if event is not None and (self._is_located(trigger) or self.scenery.has_time(event)):
                self.memory.add(event, nominal=True)
        ordered = sorted(self.memory.events, key=lambda event: (event.trigger.start, event.start))
        return tuple(replace(event, id=f"e{n}") for n, event in enumerate(ordered, 1))

    def _code(
        self, trigger: Trigger, unit: tuple[int, int], governing: set[int], sides: Roles | None = None
    ) -> Event | None:
        words = self.reading.words
        plain = not trigger.nominal and not trigger.predicate and not trigger.obligation
        subject = None if trigger.nominal else subject_of(words, trigger.word, unit[0])
        told = self.scenery.told(words[trigger.word].start)
        absorbed = trigger.word in governing and trigger.pattern.status != "ongoing"
        absorbed = absorbed or (subject is not None and self._is_asked(subject, governing))
        asked = told is not None and told.verb in _REQUESTING
        if absorbed or (asked and not (trigger.nominal and self._is_adjunct(trigger.word, unit[0]))):
            return None
        limit = max(trigger.end, clause_limit(words, trigger.end, unit[1]))
        finder = Finder(words, self.cast, unit, told.speaker if told is not None else None)
        if trigger.nominal and finder.is_unreal(trigger.word):
            return None
        roles = _said(trigger, finder, told) if trigger.predicate or trigger.obligation else None
        roles = sides or self._without_tellers(roles or finder.roles(trigger, subject, limit))
        if trigger.nominal and not (roles.actors or roles.recipients or sides):
            meets = trigger.pattern.type == "CONSULT" and not trigger.pattern.convened
            if trigger.pattern.sym and (meets or trigger.pattern.joint):
                self.sideless.append((trigger, unit))
            return None
        begin = clause_begin(words, trigger.word, subject.phrase if subject else None, unit[0])
        if trigger.pattern.type in SPEECH and limit + 1 < unit[1] and words[limit].tag == "that":
            limit = clause_limit(words, limit + 1, unit[1])
        setting = Setting(words, trigger, subject, (begin, limit), unit, told)
        act = act_of(setting)
        status = "occurred" if act is not None or trigger.predicate or trigger.obligation else status_of(setting)
        kind = act or trigger.pattern.type
        if kind == "REJECT" and not roles.recipients:
            charged = self.memory.charged(roles.actors) if self._answers(trigger) else ()
            refused = finder.refused(trigger, limit, roles.actors) if act == "REJECT" else ()
            roles = replace(roles, recipients=charged or refused)
        roles = roles.apart()
        if (
            status is None
            or (trigger.pattern.refusal and act is None)
            or not (_is_told_enough(trigger, kind, roles, status) or self._convenes(setting, roles))
        ):
            return None
        if self._is_private(trigger, kind, roles):
            return None
        if kind in SPEECH and (plain or trigger.obligation or trigger.pattern.infinitive):
            governing |= {trigger.word, self._main_verb(trigger, unit)}
            governing |= self._content(trigger.end, limit) if kind in _ABSORBING else set()
        return self._event(kind, setting, roles, status)

    def _add_told(self) -> None:
        """Add what the model tells of sides that no rule found together."""
        known = sorted(self.memory.events, key=lambda event: event.start)
        starts = [event.start for event in known]
        for low, high in self.reading.units:
            first, last = (bisect_left(starts, self.reading.words[k].start) for k in (low, high - 1))
            for deed in self.deeds.between(self.reading.words, low, high, known[first:last]):
                told = self._tell(deed, (low, high))
                if told is not None:
                    self.memory.add(told, nominal=False)

    def _tell(self, deed: Deed, unit: tuple[int, int]) -> Event | None:
        """Make an event of what the model tells; its setting is read by rule, as that of any other."""
        words, phrase = self.reading.words, deed.trigger
        verb = next((k for k in range(phrase.first, phrase.end) if words[k].tag in VERBAL), None)
        word = phrase.first if verb is None else verb
        trigger = Trigger(Pattern(deed.type, words[word].low), word, phrase.end, nominal=verb is None)
        subject = None if verb is None else subject_of(words, word, unit[0])
        told = self.scenery.told(words[word].start)
        begin = clause_begin(words, word, subject.phrase if subject else None, unit[0])
        limit = max(trigger.end, clause_limit(words, trigger.end, unit[1]))
        setting = Setting(words, trigger, subject, (begin, limit), unit, told)
        status = status_of(setting)
        if status is None or not self.cast.tellers.isdisjoint(deed.actors) or (told and told.verb in _REQUESTING):
            return None
        event = self._event(deed.type, setting, Roles(deed.actors, deed.recipients), status)
        return replace(event, confidence=deed.confidence)

    def _is_asked(self, subject: Subject, governing: set[int]) -> bool:
        """Tell whether a deed is only asked for, offered or refused by the verb that governs it."""
        control = subject.control
        return control is not None and (control in governing or self.reading.words[control].low in _ASKING)

    def _content(self, start: int, end: int) -> set[int]:
        """Give the words that only say what is asked for, offered or refused: no deed of their own is told by them."""
        words = self.reading.words
        return {k for k in range(start, end) if words[k].tag in {"word", "ing"} and not self._is_adjunct(k, start)}

    def _is_adjunct(self, noun: int, low: int) -> bool:
        first = phrase_start(self.reading.words, noun + 1, low)
        return first > low and self.reading.words[first - 1].low in _ADJUNCT

    def _is_located(self, trigger: Trigger) -> bool:
        return any(word.low in _AT for word in self.reading.words[trigger.end : trigger.end + 1])

    def _convenes(self, setting: Setting, roles: Roles) -> bool:
        """Tell whether a body meets somewhere or some day: "the NATO summit in July"."""
        trigger = setting.trigger
        bodies = [self.cast.mentions.by_id[actor].type in BODIES for actor in roles.actors]
        if not (trigger.nominal and trigger.pattern.convened) or bodies != [True]:
            return False
        return self._is_located(trigger) or self.scenery.has_time(self.reading.span(Phrase(*setting.clause)))

    def _answers(self, trigger: Trigger) -> bool:
        """Tell whether something said before is rejected: "the charge", "such demands"."""
        words = self.reading.words[trigger.end : trigger.end + _ANSWER_REACH]
        return bool(words) and words[0].low in _POINTING and any(word.low in _CHARGES for word in words)

    def _is_private(self, trigger: Trigger, kind: EventType, roles: Roles) -> bool:
        """Tell whether somebody without an office goes somewhere, or people without a name come together."""
        if kind != "CONSULT" or roles.recipients or len(roles.actors) > 1:
            return False
        actor = self.cast.mentions.by_id[roles.actors[0]]
        if trigger.pattern.mode == "visit":
            return actor.type == "PER" and not (actor.sector or actor.role)
        return not self.cast.is_named(actor.id)

    def _without_tellers(self, roles: Roles) -> Roles:
        """Leave out the agencies that the article cites: they tell of the deed, they don't do it."""
        return replace(roles, actors=tuple(actor for actor in roles.actors if actor not in self.cast.tellers))

    def _main_verb(self, trigger: Trigger, unit: tuple[int, int]) -> int:
        """Give the verb that a "must" belongs to; the trigger itself where it is a verb."""
        ahead = range(trigger.end, min(unit[1], trigger.end + _MODAL_REACH)) if trigger.obligation else range(0)
        return next((k for k in ahead if self.reading.words[k].tag in VERBAL), trigger.word)

    def _event(self, kind: EventType, setting: Setting, roles: Roles, status: Status) -> Event:
        trigger, clause = setting.trigger, setting.clause
        span = self.reading.span(Phrase(*clause))
        lows = [word.low for word in self.reading.words[clause[0] : clause[1]]]
        mode = mode_of(kind, trigger.pattern.mode if kind == trigger.pattern.type else None, lows)
        place = self.scenery.place(kind, clause, trigger.word, visit=mode == "visit" and kind == "CONSULT")
        if kind == "CONSULT" and mode is None:
            mode = self.scenery.meeting_mode(place, roles.actors)
        start, end = self.scenery.days(kind, span, setting.unit, status, self.memory.events, roles.actors)
        if status == "occurred" and trigger.nominal and self.scenery.is_ahead(start):
            status = "planned"
        # An act done by saying is told by the article itself, not by the statement it is done in.
        told = setting.told
        own = kind in SPEECH and told is not None and told.speaker in roles.actors
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
            location=place,
            date_start=start,
            date_end=end,
            attributed_to=None if own else self.scenery.attributed(told, setting.unit),
            statement=setting.told.id if setting.told else None,
        )


def _said(trigger: Trigger, finder: Finder, told: Statement | None) -> Roles | None:
    """Give the roles of what a speaker demands or judges; None for what somebody is ready to do."""
    if trigger.obligation:
        return finder.duty(trigger.word)
    if trigger.pattern.infinitive:
        return None
    return Roles((told.speaker,)) if told is not None and told.speaker is not None else Roles()


def _is_told_enough(trigger: Trigger, kind: EventType, roles: Roles, status: Status) -> bool:
    pattern = trigger.pattern
    if (pattern.future and status not in _AHEAD) or (pattern.whom and not roles.recipients):
        return False
    told_of = trigger.passive or trigger.nominal
    if not roles.actors and (pattern.host or kind in _SPOKEN or not roles.recipients or not told_of):
        return False
    both = roles.actors and (roles.recipients or len(roles.actors) > 1)
    return bool(both) or not (pattern.strict or (trigger.nominal and pattern.sym))


def _confidence(trigger: Trigger, roles: Roles, status: Status) -> float:
    both = bool(roles.actors and (roles.recipients or len(roles.actors) > 1))
    score = 0.7 + 0.1 * both + 0.05 * (both and trigger.pattern.weight > 0)
    score -= 0.3 * trigger.nominal + 0.3 * (not roles.actors) + 0.05 * (status != "occurred")
    return round(max(score, _LEAST), 2)
