"""The verbs of a text that introduce what somebody says or thinks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from newsledger.extract.grammar.cue_lexicon import cue_frames, cues_by_form, light_cues
from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.phrases import verb_group_start
from newsledger.extract.grammar.words import VERBAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.extract.grammar.words import Word

Voice = Literal["finite", "passive", "gerund", "infinitive"]

_BE = word_set("be")
_PARTICLE_GAP = 2
_NOUN_REACH = 5


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in the text, by word numbers: `first` begins the verb group, `end` is exclusive."""

    first: int
    verb: int
    end: int
    lemma: str
    frames: frozenset[str]
    voice: Voice
    negated: bool = False


def find_cues(words: Sequence[Word], low: int, high: int) -> Iterator[Cue]:
    """Yield the verbal cues between two words, in order."""
    for index in range(low, high):
        cue = cue_at(words, index, low, high)
        if cue is not None:
            yield cue


def cue_at(words: Sequence[Word], index: int, low: int, high: int) -> Cue | None:
    """Give the cue whose verb is the given word."""
    if words[index].tag not in VERBAL:
        return None
    match = _match_light(words, index, high) or _match(words, index, high)
    return _cue(words, index, low, *match) if match is not None else None


def _match(words: Sequence[Word], index: int, high: int) -> tuple[int, str, frozenset[str]] | None:
    """Find the longest cue that begins with a verb: where it ends, its lemma and its frames."""
    for lemma, particles in cues_by_form().get(words[index].low, ()):
        end = _particles_end(words, index + 1, high, particles)
        if end is not None:
            return end, lemma.replace("_", " "), cue_frames()[lemma]
    return None


def _particles_end(words: Sequence[Word], start: int, high: int, particles: tuple[str, ...]) -> int | None:
    k = start
    for particle in particles:
        limit = min(high, k + _PARTICLE_GAP)
        while k < limit and words[k].low != particle and words[k].tag in {"adv", "obj", "poss"}:
            k += 1
        if k >= high or words[k].low != particle:
            return None
        k += 1
    return k


def _match_light(words: Sequence[Word], index: int, high: int) -> tuple[int, str, frozenset[str]] | None:
    """Find a verb with the noun that makes it a cue, as in "expressed deep concern"."""
    forms, nouns = light_cues()
    verb = forms.get(words[index].low)
    if verb is None:
        return None
    for k in range(index + 1, min(high, index + 1 + _NOUN_REACH)):
        word = words[k]
        if word.low in nouns and word.tag in {"word", "verb", "past"}:
            return k + 1, f"{verb} {word.low}", frozenset("lwi")
        if word.tag not in {"det", "poss", "word", "adv", "past", "name"}:
            return None
    return None


def _cue(words: Sequence[Word], index: int, low: int, end: int, lemma: str, frames: frozenset[str]) -> Cue:  # noqa: PLR0913, PLR0917 - the parts of one cue
    first = verb_group_start(words, index, low)
    group = words[first:index]
    helped = any(word.low in _BE for word in group)
    voice: Voice = "finite"
    if words[index].tag == "past" and helped:
        voice = "passive"
    elif words[index].tag == "ing" and not helped:
        voice = "gerund"
    elif words[index].tag == "verb" and first > low and words[first - 1].tag == "to":
        voice = "infinitive"
    negated = any(word.tag == "neg" or word.low.endswith("n't") for word in group)
    return Cue(first, index, end, lemma, frames, voice, negated)
