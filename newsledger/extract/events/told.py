"""Deeds that the model tells of between two sides of a sentence: what no rule has a pattern for."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from newsledger.extract.cast import ACTING
from newsledger.extract.grammar.phrases import covering
from newsledger.extract.model.asking import ask_pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from newsledger.extract.grammar.phrases import Phrase
    from newsledger.extract.grammar.words import Word
    from newsledger.extract.mentions import Mentions
    from newsledger.extract.model.asking import ToldDeed
    from newsledger.extract.model.reading import Reading
    from newsledger.records.extraction import Event, EventType, Statement

# A pair is asked about where both sides are told to be sides; what is answered counts where an event, its root and its
# trigger are told. Chosen on sentences and articles at once: few are added, and none that a rule already knows.
_ACTOR, _RECIPIENT, _ANY, _ROOT, _TRIGGER = 0.7, 0.5, 0.98, 0.5, 0.3
# So many pairs of a sentence are asked about.
_MOST = 4
# Two thirds of the product of what the model says are right, on sentences that it did not learn from.
_TRUST = 2 / 3
_MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Deed:
    """What the model tells: a type, the entities of its sides, the words that tell it, and how far it is trusted."""

    type: EventType
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    trigger: Phrase
    confidence: float


@dataclass(frozen=True, slots=True)
class _Pair:
    """An actor and a recipient, each with the word of the model at which it begins."""

    actor: tuple[str, int]
    recipient: tuple[str, int]
    share: float


@dataclass(frozen=True)
class Deeds:
    """The deeds of a text, sentence by sentence; a word at which a cue of `statements` begins tells none."""

    model: Reading
    mentions: Mentions
    statements: tuple[Statement, ...]

    def between(self, words: Sequence[Word], low: int, high: int, known: Sequence[Event]) -> Iterator[Deed]:
        """Yield at most one deed a sentence between two words, of sides that no known event has."""
        first, last = (bisect_left(self._sentences, at) for at in (words[low].start, words[high - 1].end))
        for number in range(first, last):
            asked = [
                (pair, ask_pair(self.model, pair.actor[1], pair.recipient[1])) for pair in self._pairs(number, known)
            ]
            news = (entry for entry in asked if not any(_is_told(*entry, event) for event in known))
            best = max(news, key=lambda entry: entry[1].any, default=None)
            deed = self._deed(words, *best) if best else None
            if deed is not None:
                yield deed

    def _pairs(self, number: int, known: Sequence[Event]) -> list[_Pair]:
        """Give the likeliest pairs of a sentence in which somebody may do something to somebody, no known event's."""
        sides = list(self._sides(number))
        found: dict[tuple[str, str], _Pair] = {}
        for actor, at, end in sides:
            likely = float(self._actors[at:end].max())
            if likely < _ACTOR:
                continue
            sentence = slice(*self.model.sentences[number])
            links = np.maximum(self.model.recipients(at, number), self._recipients[sentence])
            for recipient, begin, stop in sides:
                share = float(links[begin - sentence.start : stop - sentence.start].max())
                pair = _Pair((actor, at), (recipient, begin), likely * share)
                former = found.get((actor, recipient), pair)
                if actor != recipient and share >= _RECIPIENT and former.share <= pair.share:
                    found[actor, recipient] = pair
        sides_of = [{*event.actors, *event.recipients} for event in known]
        new = [pair for ids, pair in found.items() if not any(others.issuperset(ids) for others in sides_of)]
        return sorted(new, key=lambda pair: -pair.share)[:_MOST]

    def _sides(self, number: int) -> Iterator[tuple[str, int, int]]:
        """Yield the entities mentioned in a sentence, with the words of the model that mention them."""
        first, last = self.model.sentences[number]
        spans = self.model.pieces.spans
        for mention, entity in self.mentions.within(spans[first][0], spans[last - 1][1]):
            begin, end = (bisect_left(self._begins, at) for at in (mention.start, mention.end))
            if entity.type in ACTING and begin < min(end, last):
                yield entity.id, begin, end

    def _deed(self, words: Sequence[Word], pair: _Pair, told: ToldDeed) -> Deed | None:
        trigger = next((one for one in told.triggers if one.share >= _TRIGGER), None)
        if told.any < _ANY or told.share < _ROOT or trigger is None:
            return None
        phrase = covering(words, trigger.start, trigger.end)
        if phrase is None or any(word.start in self._cues for word in words[phrase.first : phrase.end]):
            return None
        sides = (pair.actor[0],), (pair.recipient[0],)
        actors, recipients = ((*sides[0], *sides[1]), ()) if told.root in _MUTUAL else sides
        return Deed(told.root, actors, recipients, phrase, round(_TRUST * told.any * told.share, 2))

    @cached_property
    def _cues(self) -> frozenset[int]:
        return frozenset(statement.cue.start for statement in self.statements if statement.cue)

    @cached_property
    def _sentences(self) -> list[int]:
        return [self.model.pieces.spans[first][0] for first, _ in self.model.sentences]

    @cached_property
    def _begins(self) -> list[int]:
        return [start for start, _ in self.model.pieces.spans]

    @cached_property
    def _actors(self) -> NDArray[np.float32]:
        return self.model.beginnings("actor")

    @cached_property
    def _recipients(self) -> NDArray[np.float32]:
        return self.model.beginnings("recipient")


def _is_told(pair: _Pair, told: ToldDeed, event: Event) -> bool:
    """Tell whether an event is of the same type and has one of the sides."""
    return event.type == told.root and not {pair.actor[0], pair.recipient[0]}.isdisjoint(
        {*event.actors, *event.recipients}
    )
