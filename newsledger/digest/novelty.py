"""What is new in a story: what its earlier articles told is not told again, and what changed comes first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from newsledger.digest.quantities import quantity_words
from newsledger.digest.reading import plain, words_of
from newsledger.digest.statements import quote_key

if TYPE_CHECKING:
    from collections.abc import Hashable

    from newsledger.records.extraction import Event, Extraction, Figure, Statement

# So many characters of a speaker's words tell one utterance from another; so many do, whoever is named for them.
TELLING, SAYS_MUCH = 15, 30


@dataclass(frozen=True)
class Told:
    """What the earlier articles of a story told."""

    extractions: tuple[Extraction, ...]

    @cached_property
    def _events(self) -> frozenset[Hashable]:
        return frozenset(key for one in self.extractions for event in one.events for key in event_keys(event))

    @cached_property
    def _figures(self) -> frozenset[Hashable]:
        return frozenset(figure_key(figure) for one in self.extractions for figure in one.figures)

    @cached_property
    def _contents(self) -> dict[str | None, str]:
        """What each speaker said, and under None what anybody said."""
        found: dict[str | None, list[str]] = {None: []}
        for one in self.extractions:
            for statement in one.statements:
                for speaker in {statement.speaker, None}:
                    found.setdefault(speaker, []).append(words_of(statement.content.text))
        return {speaker: "\n".join(("", *contents, "")) for speaker, contents in found.items()}

    @cached_property
    def _texts(self) -> str:
        return "\n".join(plain(one.article.text) for one in self.extractions)

    def event(self, event: Event) -> bool:
        """Tell whether the event was told: the same deed with the same status, or in the same words."""
        return not self._events.isdisjoint(event_keys(event))

    def figure(self, figure: Figure) -> bool:
        """Tell whether the figure was told: the same value of the same quantity."""
        return figure_key(figure) in self._figures

    def statement(self, statement: Statement) -> bool:
        """Tell whether the words, or words of which they are a part, were told as the speaker's.

        Longer ones count as told whoever is named for them.
        """
        words = words_of(statement.content.text)
        if len(words) >= SAYS_MUCH:
            return words in self._contents[None]
        said = self._contents.get(statement.speaker, "")
        return words in said if len(words) >= TELLING else f"\n{words}\n" in said

    def sentence(self, text: str) -> bool:
        """Tell whether an earlier article has this very sentence."""
        return plain(text) in self._texts


def unseen(extraction: Extraction, told: Told) -> tuple[Extraction, int]:
    """Take the records out of an article that were told before, and count them.

    A quote in several parts stays whole where one of them is new.
    """
    new = {quote_key(statement) for statement in extraction.statements if not told.statement(statement)}
    statements = tuple(statement for statement in extraction.statements if quote_key(statement) in new)
    events = tuple(event for event in extraction.events if not told.event(event))
    figures = tuple(figure for figure in extraction.figures if not told.figure(figure))
    given, left = (extraction.statements, extraction.events, extraction.figures), (statements, events, figures)
    told_before = sum(map(len, given)) - sum(map(len, left))
    if not told_before:
        return extraction, 0
    return replace(extraction, statements=statements, events=events, figures=figures), told_before


def event_keys(event: Event) -> tuple[Hashable, ...]:
    """Name what an event tells: the deed, where its sides and its day are known, and its words."""
    sides = (event.type, event.status, frozenset(event.actors), frozenset(event.recipients))
    words = (*sides, plain(event.text))
    is_known = event.date_start is not None and (event.actors or event.recipients)
    return (words, (*sides, event.date_start)) if is_known else (words,)


def figure_key(figure: Figure) -> Hashable:
    """Name what a figure tells: how much of what."""
    value = (figure.value.normalize() if figure.value.is_finite() else str(figure.value), figure.unit)
    words = quantity_words(figure.quantity_of)
    return (*value, words) if words else (*value, frozenset(figure.about))
