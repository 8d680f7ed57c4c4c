"""Attributions that the model tells of, in the words of a reading: what no rule has a pattern for."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from newsledger.extract.grammar.cue_lexicon import cue_lemmas
from newsledger.extract.grammar.phrases import Phrase, covering, has_finite_verb
from newsledger.extract.grammar.verbs import lemma_of
from newsledger.extract.model.asking import ask_cue
from newsledger.extract.plover import patterns_by_form
from newsledger.extract.statements.attribution import Attribution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.extract.grammar.words import Word
    from newsledger.extract.model.asking import ToldAttribution
    from newsledger.extract.model.reading import Reading, Told

# A word is asked about where it begins a cue with this probability; chosen on PolNeAR's development part.
_LEAST = 0.42
# So many words of a sentence, or of the sentences that a quote holds together, are asked about.
_MOST = 40
# Who bans or bombs something says nothing by it, unless words are told.
_DEEDS = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "COOPERATE", "AID", "RETREAT", "CONSULT"})
# Nor does who has, adds or sees something.
_LIGHT = frozenset({"have", "see", "add", "make", "take", "get", "give", "be", "do", "keep", "put", "bring"})
# A content that is no clause has so many words.
_LEAST_WORDS = 3
# So much of their content two attributions share that are one.
_SAME = 0.8


@dataclass
class Teller:
    """What the model tells of a document; it is asked once about a cue, and only where no rule knows of it."""

    model: Reading
    _asked: dict[int, ToldAttribution] = field(default_factory=dict)

    def attributions(
        self, words: Sequence[Word], low: int, high: int, known: Sequence[Attribution]
    ) -> Iterator[Attribution]:
        """Yield the attributions whose cue stands between two words outside quotes, those aside that are known."""
        taken = [match.cue for match in known]
        for number in self._cues(words[low].start, words[high - 1].end):
            cue = covering(words, *self._extent(number))
            if cue is None or not low <= cue.first < high or words[cue.first].quote >= 0:
                continue
            if any(cue.first < other.end and other.first < cue.end for other in taken):
                continue
            match = self._attribution(words, cue, self._ask(number))
            if match is not None and not any(_share(match, other) >= _SAME for other in known):
                yield match

    def _ask(self, number: int) -> ToldAttribution:
        if number not in self._asked:
            self._asked[number] = ask_cue(self.model, number)
        return self._asked[number]

    def _cues(self, start: int, end: int) -> list[int]:
        """Give the words of the model that begin a cue between two places of the text, of many the likeliest."""
        first, last = bisect_left(self._begins, start), bisect_left(self._begins, end)
        found = [word for word in range(first, last) if self._shares[word] >= _LEAST]
        return sorted(sorted(found, key=lambda word: -self._shares[word])[:_MOST])

    def _extent(self, number: int) -> tuple[int, int]:
        """Give where the cue that begins with a word of the model stands in the text."""
        start, end = self.model.pieces.spans[number]
        return start, max(end, self._ends.get(start, end))

    @cached_property
    def _shares(self) -> list[float]:
        shares: list[float] = self.model.beginnings("cue").tolist()
        return shares

    @cached_property
    def _begins(self) -> list[int]:
        return [start for start, _ in self.model.pieces.spans]

    @cached_property
    def _ends(self) -> dict[int, int]:
        return {cue.start: cue.end for cue in self.model.spans("cue")}

    @staticmethod
    def _attribution(words: Sequence[Word], cue: Phrase, told: ToldAttribution) -> Attribution | None:
        sources, parts = _phrases(words, told.sources), _phrases(words, told.contents)
        # "It is expected that": what "it" stands for is said behind.
        parts = tuple(part for part in parts if words[part.first].tag != "pron" or part.end > part.first + 1)
        contents = tuple(_without_that(words, part) for part in parts)
        if not contents:
            return None
        lemma = lemma_of(words[cue.first : cue.end])
        said = any(has_finite_verb(words, part.first, part.end) for part in contents)
        if not said and (lemma in _deeds() or _is_slight(words, contents) or _is_had(words, lemma, contents)):
            return None
        return Attribution(sources[0] if sources else None, cue, contents, lemma)


@cache
def _deeds() -> frozenset[str]:
    """Give the verbs that always tell a deed."""
    types: dict[str, set[str]] = {}
    for pattern in (pattern for patterns in patterns_by_form().values() for pattern in patterns):
        types.setdefault(pattern.lemma, set()).add(pattern.type)
    return frozenset(lemma for lemma, kinds in types.items() if kinds <= _DEEDS) - cue_lemmas()


def _without_that(words: Sequence[Word], part: Phrase) -> Phrase:
    begins = words[part.first].tag == "that" and part.end > part.first + 1
    return Phrase(part.first + 1, part.end) if begins else part


def _is_had(words: Sequence[Word], lemma: str, contents: tuple[Phrase, ...]) -> bool:
    """Tell whether a light verb only has a thing for its object: "added restrictions", but not "added that"."""
    return lemma in _LIGHT and words[contents[0].first].tag != "to" and not _is_quoted(words, contents)


def _is_quoted(words: Sequence[Word], contents: tuple[Phrase, ...]) -> bool:
    return any(word.quote >= 0 for part in contents for word in words[part.first : part.end])


def _is_slight(words: Sequence[Word], contents: tuple[Phrase, ...]) -> bool:
    """Tell whether a content is neither quoted nor to be done, and no more than a word or two."""
    size = sum(part.end - part.first for part in contents)
    return size < _LEAST_WORDS and words[contents[0].first].tag != "to" and not _is_quoted(words, contents)


def _phrases(words: Sequence[Word], spans: tuple[Told, ...]) -> tuple[Phrase, ...]:
    found = (covering(words, span.start, span.end) for span in spans)
    return tuple(phrase for phrase in found if phrase is not None)


def _share(one: Attribution, other: Attribution) -> float:
    """Tell how much of their contents two attributions share, from 0 to 1."""
    left, right = ({k for part in a.contents for k in range(part.first, part.end)} for a in (one, other))
    return len(left & right) / max(1, len(left | right))
