"""Who has had the floor: whom "he", "it", "the club" and "the letter" go back to where the text tells no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.cast import is_bare_relay, is_document
from newsledger.extract.grammar.phrases import head_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.cast import Cast
    from newsledger.extract.grammar.phrases import Phrase
    from newsledger.extract.grammar.words import Word

_SINGULAR = frozenset({"he", "she", "him", "his", "her"})
_PLURALS = frozenset({"people", "police", "men", "women", "media"})


@dataclass
class Floor:
    """Remembers who spoke last: a person, a body, several or a group at once."""

    cast: Cast
    person: str | None = None
    body: str | None = None
    group: tuple[str, ...] = ()
    latest: tuple[str, ...] = ()

    def speakers(self, words: Sequence[Word], phrase: Phrase) -> tuple[str, ...]:
        """Name whom a source stands for, and remember them."""
        found = self.cast.who(words, phrase) or self.cast.cited(words, phrase) or self._recalled(words, phrase)
        if found:
            self._remember(words[head_of(words, phrase)].low, found)
        return found

    def _recalled(self, words: Sequence[Word], phrase: Phrase) -> tuple[str, ...]:
        low, start = words[phrase.first].low, words[phrase.first].start
        if low in _SINGULAR:
            person = self.person or self.cast.person_before(start)
            return (person,) if person else ()
        if is_bare_relay(words, phrase):
            return ()
        if phrase.end - phrase.first > 1:
            called = self.cast.body_called(words[phrase.end - 1].low, start) if low == "the" else ()
            return called or (self.latest if low == "the" and is_document(words, phrase) else ())
        if low == "they":
            return self.group or ((self.body,) if self.body else ())
        return (self.body,) if low == "it" and self.body else ()

    def _remember(self, head: str, found: tuple[str, ...]) -> None:
        self.latest = found
        kinds = {self.cast.mentions.by_id[speaker].type for speaker in found}
        if len(found) > 1 or head.endswith("s") or head in _PLURALS:
            self.group = found if head != "they" else self.group
        if "PER" in kinds:
            self.person = next(s for s in found if self.cast.mentions.by_id[s].type == "PER")
        elif kinds:
            self.body = found[0]
