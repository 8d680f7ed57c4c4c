"""Whether an event has happened, goes on, is planned, possible, conditional or denied: tense, mood and negation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.events.memory import SPEECH
from newsledger.extract.grammar.clauses import Subject, clause_limit, earlier_verb
from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.phrases import verb_group_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.events.triggers import Trigger
    from newsledger.extract.grammar.words import Word
    from newsledger.records.extraction import Statement, Status

_BE = word_set("be")
_PLANNING = word_set("planning")
_POSSIBLE = word_set("possible")
_RULING_OUT = word_set("ruling_out")
# "Had Chad attacked, ..."
_INVERTED = frozenset({"had", "were", "should"})
_HOLDING = word_set("holding")
_UNDONE = word_set("failing") | word_set("stopping")
_PREVENTED = word_set("prevented")
_CONTINUING = word_set("continuing")
_CONDITIONS = word_set("conditions")
_HOPING = word_set("hoping")
_DENYING = word_set("denying")
_WAS = frozenset({"was", "were"})
_GROUP = frozenset({"aux", "modal", "neg", "adv"})
_AUXILIARIES = _BE | word_set("have")
# Told in the plain present, these go on: "Chad sells oil to Togo".
_LASTING = frozenset({"COOPERATE"})
_NOBODY = frozenset({"nobody", "no", "none", "neither"})
_MAY = frozenset({"may", "might", "could", "can"})
_WILL = frozenset({"will", "shall", "would", "ll"})


@dataclass(frozen=True, slots=True)
class Setting:
    """A trigger in its clause and stretch: all that its status is read from."""

    words: Sequence[Word]
    trigger: Trigger
    subject: Subject | None
    clause: tuple[int, int]
    unit: tuple[int, int]
    told: Statement | None

    @property
    def control(self) -> str:
        """The verb that governs the trigger, in lower case: "plans" of "plans to visit"."""
        handed = self.subject is not None and self.subject.control is not None
        return self.words[self.subject.control].low if handed else ""  # type: ignore[union-attr,index] # see above

    def helpers(self) -> list[Word]:
        """Give the auxiliaries and adverbs of the trigger, and those of the verb that governs it."""
        words, low = self.words, self.unit[0]
        if self.trigger.nominal:
            verb = earlier_verb(words, self.trigger.word, low)
            held = verb is not None and words[verb].low in _HOLDING
            before = words[verb_group_start(words, verb, low) : verb] if verb is not None and held else ()
            return [*before, *words[max(low, self.trigger.word - 1) : self.trigger.word], *self._predicate()]
        first = verb_group_start(words, self.trigger.word, low)
        found = list(words[first : self.trigger.word])
        if not found and first > low and words[first - 1].low == "and":
            earlier = earlier_verb(words, first - 1, low)
            alike = earlier is not None and words[earlier].tag == words[self.trigger.word].tag
            found += words[verb_group_start(words, earlier, low) : earlier] if earlier is not None and alike else []
        if self.subject is not None and self.subject.control is not None:
            control = self.subject.control
            found += words[verb_group_start(words, control, low) : control]
        return found

    def _predicate(self) -> Sequence[Word]:
        """Give the verb group behind a noun, with the word that completes it: "is not planned", "is due"."""
        words = self.words
        limit = clause_limit(words, self.trigger.end, self.unit[1])
        first = next((k for k in range(self.trigger.end, limit) if words[k].tag in {"aux", "modal"}), limit)
        end = next((k for k in range(first, limit) if words[k].tag not in _GROUP), limit)
        return [word for word in words[first : min(limit, end + 1)] if word.low != "no"]

    def is_prevented(self) -> bool:
        """Tell whether a verb tells of what is not to be: "warned against sending", "has yet to ask"."""
        first = verb_group_start(self.words, self.trigger.word, self.unit[0])
        gerund = self.words[self.trigger.word].tag == "ing" and not self.trigger.nominal
        if first - 2 >= self.unit[0] and [w.low for w in self.words[first - 2 : first]] == ["yet", "to"]:
            return True
        return gerund and first > self.unit[0] and self.words[first - 1].low in _PREVENTED

    def is_open(self) -> bool:
        """Tell whether it is still to be seen: "whether to close the border"."""
        first = verb_group_start(self.words, self.trigger.word, self.unit[0])
        return first - 2 >= self.unit[0] and [w.low for w in self.words[first - 2 : first]] == ["whether", "to"]

    def in_condition(self) -> bool:
        """Tell whether an "if" stands in the stretch, on the same side of its quotes."""
        quote = self.words[self.trigger.word].quote
        return any(w.low in _CONDITIONS and w.quote == quote for w in self.words[self.unit[0] : self.unit[1]])


def status_of(setting: Setting) -> Status | None:
    """Read the status of an event; None where a negation leaves nothing to record."""
    told, helpers = setting.told, setting.helpers()
    negated = any(w.tag == "neg" or w.low.endswith("n't") for w in helpers) or _nobody(setting)
    if setting.control in _RULING_OUT:
        return "possible" if negated else None
    if setting.control in _UNDONE or setting.is_prevented():
        return None
    if told is not None and told.verb in _DENYING:
        return "denied"
    lows = {word.low for word in helpers}
    if negated:
        # What somebody could not do is no denial.
        return "denied" if told is not None and not lows & _MAY else None
    if setting.trigger.nominal:
        return _of_noun(lows, setting.trigger.pattern.status)
    modal = next((word.low for word in helpers if word.tag == "modal"), None)
    return _of_verb(setting, modal, lows)


def _of_noun(lows: set[str], own: Status) -> Status:
    if lows & (_WILL | {"planned", "scheduled", "expected", "due", "upcoming"}):
        return "planned"
    return "possible" if lows & _MAY else own


def _of_verb(setting: Setting, modal: str | None, lows: set[str]) -> Status:
    hoped = setting.told is not None and setting.told.verb in _HOPING
    start = setting.clause[0]
    condition = start > setting.unit[0] and setting.words[start - 1].low in _CONDITIONS
    inverted = setting.words[setting.unit[0]].low in _INVERTED
    if condition or inverted or (modal is not None and setting.in_condition()):
        return "conditional"
    ahead = setting.control in _PLANNING or (setting.control in _BE and not setting.trigger.passive)
    if modal in _WILL or (ahead and modal is None and not setting.is_open()):
        return "possible" if hoped else "planned"
    if modal is not None or setting.control in _POSSIBLE or setting.is_open():
        return "possible"
    if setting.trigger.pattern.status != "occurred":
        return setting.trigger.pattern.status
    present = setting.words[setting.trigger.word].tag == "verb" and not lows & _AUXILIARIES
    if present and setting.trigger.pattern.type in _LASTING and not setting.control:
        return "ongoing"
    # "They were asking" is told as something said.
    past = bool(lows & _WAS) and setting.trigger.pattern.type in SPEECH
    progressive = setting.words[setting.trigger.word].tag == "ing" and bool(lows & _BE) and not past
    return "ongoing" if progressive or setting.control in _CONTINUING else "occurred"


def _nobody(setting: Setting) -> bool:
    return setting.subject is not None and setting.words[setting.subject.phrase.first].low in _NOBODY
