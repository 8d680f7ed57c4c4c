"""Which entities the phrases of a clause name: with what is joined to them, what they belong to, and who "we" is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.phrases import Phrase, head_of, phrase_start
from newsledger.extract.grammar.words import VERBAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.cast import Cast
    from newsledger.extract.grammar.clauses import Subject
    from newsledger.extract.grammar.words import Word

_JOINTS = frozenset({"and", "&"})
# How far, in characters, a name may go on behind the phrase that it begins in.
_NAME_REACH = 80
# "Chad's allies" are not Chad.
_RELATED = word_set("related")
_SINGULAR = frozenset({"he", "she"})
_ANYBODY = frozenset({"i", "we", "they"})
_ONESELF = _SINGULAR | _ANYBODY | {"it"}


@dataclass(frozen=True, slots=True)
class Namer:
    """Names the entities of phrases in one stretch of words; `speaker` says what is told there."""

    words: Sequence[Word]
    cast: Cast
    unit: tuple[int, int]
    speaker: str | None = None

    def subject(self, subject: Subject | None) -> tuple[str, ...]:
        """Name the entities of a subject, with what "and" joins to it from before: "Britain and the | EU agreed"."""
        if subject is None:
            return ()
        parts, low = [subject.phrase], self.unit[0]
        listed = any(word.low in _JOINTS for word in self.words[subject.phrase.first : subject.phrase.end])
        while (left := _conjunct_before(self.words, parts[-1].first, low, listed=listed)) is not None:
            parts.append(left)
            listed = True
        return tuple(dict.fromkeys(name for part in reversed(parts) for name in self.named(part)))

    def named(self, phrase: Phrase) -> tuple[str, ...]:
        """Name the entities of a phrase: those at its heads, else whom it belongs to."""
        phrase, counted = self._whole(phrase), self._counted(phrase)
        if self.words[head_of(self.words, phrase)].low in _RELATED:
            return self.cast.who(self.words, phrase)
        nations = self._nations(phrase)
        if len(nations) > 1:
            return nations
        listed = self._listed(phrase)
        if listed:
            return tuple(dict.fromkeys(name for part in listed for name in self.named(part)))
        who = self.cast.groups(self.words, phrase) or self.cast.who(self.words, phrase)
        who = who or (self.named(counted) if counted is not None else ())
        return who or self._of_several(phrase) or self.cast.owners(self.words, phrase) or self._oneself(phrase)

    def _of_several(self, phrase: Phrase) -> tuple[str, ...]:
        """Name the states of "the presidents of X, Y and Z"."""
        words, head = self.words, head_of(self.words, phrase)
        several = words[head].low.endswith("s") and any(words[k].text == "," for k in range(head, phrase.end))
        if not several or head + 2 >= phrase.end or words[head + 1].low != "of":
            return ()
        return self.cast.who(words, Phrase(head + 2, phrase.end))

    def _listed(self, phrase: Phrase) -> list[Phrase]:
        """Part a list of names that "and" does not close: "X, Y | and other leaders"."""
        words = self.words
        commas = [k for k in range(phrase.first + 1, phrase.end - 1) if words[k].text == ","]
        names = all(words[k - 1].tag == words[k + 1].tag == "name" for k in commas)
        if not commas or not names or any(words[k].low in _JOINTS for k in range(phrase.first, phrase.end)):
            return []
        edges = [phrase.first - 1, *commas, phrase.end]
        parts = [Phrase(left + 1, right) for left, right in pairwise(edges)]
        # "Wilmington, Del." is one name.
        return parts if all(self._whole(part) == part for part in parts) else []

    def _nations(self, phrase: Phrase) -> tuple[str, ...]:
        """Name the states of "the Polish and Chinese presidents"."""
        words = self.words[phrase.first : phrase.end]
        joint = next((k for k, word in enumerate(words) if word.low in _JOINTS), 0)
        if not joint or joint + 2 >= len(words) or not words[-1].low.endswith("s"):
            return ()
        pairs = self.cast.mentions.within(words[0].start, words[joint + 1].end)
        beside = {words[joint - 1].start, words[joint + 1].start}
        return tuple(entity.id for mention, entity in pairs if mention.kind == "demonym" and mention.start in beside)

    def _counted(self, phrase: Phrase) -> Phrase | None:
        """Give what is counted in "thousands of workers"."""
        first, words = phrase.first, self.words
        counts = first + 2 < phrase.end and words[first].tag == "num" and words[first + 1].low == "of"
        return Phrase(first + 2, phrase.end) if counts else None

    def _whole(self, phrase: Phrase) -> Phrase:
        """Let a phrase reach to the end of the name that it breaks off in: "members of the Movement | for Peace"."""
        words, end = self.words, phrase.end
        start, stop = words[phrase.first].start, words[phrase.end - 1].end
        for mention, _ in self.cast.mentions.within(start, stop + _NAME_REACH):
            if mention.start < stop < mention.end and mention.kind != "role":
                while end < self.unit[1] and words[end].start < mention.end:
                    end += 1
        return Phrase(phrase.first, end)

    def _oneself(self, phrase: Phrase) -> tuple[str, ...]:
        """Take a pronoun that nothing resolves for whoever is speaking: "it said that it would", "we will"."""
        low = self.words[phrase.first].low
        if self.speaker is None or phrase.end - phrase.first > 1 or low not in _ONESELF:
            return ()
        person = self.cast.mentions.by_id[self.speaker].type == "PER"
        fits = low in _ANYBODY or (low in _SINGULAR) == person
        return (self.speaker,) if fits else ()


def _conjunct_before(words: Sequence[Word], first: int, low: int, *, listed: bool) -> Phrase | None:
    """Find the noun phrase that "and" joins to the one which begins at `first`; in a list a comma does."""
    if first - 2 > low and words[first - 1].tag == "word" and words[first - 2].tag == "poss":
        # "X and his companion | Y"
        first -= 2
    end = first - 1
    if end <= low or not (words[end].low in _JOINTS or (listed and words[end].text == ",")):
        return None
    if words[end - 1].text == ",":
        end -= 1
    if words[end - 1].tag == "pron":
        return Phrase(end - 1, end)
    start = phrase_start(words, end, low)
    start = next((k + 1 for k in range(end - 1, start, -1) if words[k].text == ","), start)
    if start >= end or words[end - 1].tag not in {"name", "word"}:
        return None
    governed = start > low and words[start - 1].tag in VERBAL | {"prep", "to", "aux", "modal"}
    return None if governed else Phrase(start, end)
