"""The words that tell of events: the lexicon's patterns, matched against tagged words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.grammar.clauses import counts, earlier_verb
from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.phrases import is_role, phrase_end, verb_group_start
from newsledger.extract.grammar.words import VERBAL, verb_forms
from newsledger.extract.plover import Pattern, noun_patterns, patterns_by_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.extract.grammar.words import Word

_BE = word_set("be")
_FAR_PARTICLES = frozenset({"with", "from", "guilty", "against"})
_SEPARABLE = _FAR_PARTICLES | frozenset(
    {"out", "off", "up", "back", "down", "in", "over", "away", "together", "available", "closer"}
)
_SEPARATED = frozenset({"adv", "obj", "name", "det", "word", "poss", "gen"})
_BOUNDS = frozenset({"that", "sub", "rel", "verb", "aux", "modal", "pron", "to"})
_OBJECT_REACH = 9
_SUBJECT_REACH = 14
_PARTICLE_GAP = 3
_WITH_GAP = 8
_COPULA_REACH = 4
_TRANSITIVE = word_set("transitive")
# Nouns as often as verbs, and verbs that nothing but their object follows.
_NOUNS_TOO = frozenset(
    {"sanctions", "forces", "orders", "demands", "supports", "blockades", "rockets", "shells", "arms", "trains"}
)
_COUNTERS = frozenset({"some", "all", "these", "those", "most", "many", "any"})
_INSIDE = frozenset({"of", "as", "about"})
_OBJECT_TAGS = frozenset({"that", "det", "poss", "name"})
# Two quote marks and at most two words between them.
_SCARE_REACH = 4
_AIMS = frozenset({"to", "for", "that"})
_AIM_REACH = 12
# Behind these an "-ing" is a noun: "fighting between".
_OF_NOUNS = frozenset({"between", "among", "of", "by"})
# With these it is another verb: "back out", "call off", "turn down".
_OTHER_VERBS = frozenset({"out", "off", "down"})
# What somebody only calls so: "what they called an attack".
_NAMING = frozenset({"call", "describe", "consider"})
_NAMING_REACH = 4
_GATHERINGS = frozenset({"conference", "briefing"})
_FOR_PRESS = frozenset({"press", "news"})
_OBLIGING = frozenset({"must", "should"})
_OBLIGATION = Pattern("REQUEST", "must")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A pattern found in the text, by word numbers, `end` exclusive.

    A `predicate` is what a speaker calls something or is ready for, an `obligation` what a speaker says others must do.
    `nouns` are the words that complete a verb: "talks" in "hold talks".
    """

    pattern: Pattern
    word: int
    end: int
    passive: bool = False
    nominal: bool = False
    predicate: bool = False
    obligation: bool = False
    nouns: tuple[int, ...] = ()


def find_triggers(words: Sequence[Word], low: int, high: int) -> Iterator[tuple[Trigger, ...]]:
    """Yield the triggers between two words: for each word the patterns that fit, the most specific first."""
    nouns, predicates = noun_patterns("nouns"), noun_patterns("predicates")
    for k in range(low, high):
        word = words[k]
        fitting: tuple[Trigger, ...] = ()
        if word.low in predicates and _is_predicate(words, k, low, high, predicates[word.low]):
            fitting = (Trigger(predicates[word.low], k, k + 1, predicate=True),)
        elif word.low in nouns and word.tag == "ing" and k + 1 < high and words[k + 1].low in _OF_NOUNS:
            fitting = (Trigger(nouns[word.low], k, k + 1, nominal=True),)
        elif word.tag in VERBAL and not _is_noun(words, k, low, high):
            fitting = verb_triggers(words, k, low, high)
        elif word.low in _OBLIGING and word.tag == "modal":
            fitting = (Trigger(_OBLIGATION, k, k + 1, obligation=True),)
        elif word.tag == "word" and word.low in nouns and _stands_for_itself(words, k, low, high):
            fitting = (Trigger(nouns[word.low], k, k + 1, nominal=True),)
        if fitting:
            yield fitting


def _is_noun(words: Sequence[Word], k: int, low: int, high: int) -> bool:
    """Tell whether what looks like a plain verb is a noun: "some sanctions on", "Iraqi forces today"."""
    word = words[k]
    if word.tag != "verb" or word.low not in _NOUNS_TOO or k == low:
        return False
    before, behind = words[k - 1], words[k + 1] if k + 1 < high else None
    if before.tag in {"to", "modal", "neg", "pron", "rel"}:
        return False
    return (
        before.low in _COUNTERS
        or behind is None
        or behind.tag in {"prep", "time", "punct", "verb", "past", "aux", "modal"}
    )


def _is_predicate(words: Sequence[Word], k: int, low: int, high: int, pattern: Pattern) -> bool:
    copula = any(word.low in _BE for word in words[max(low, k - _COPULA_REACH) : k])
    return copula and (not pattern.infinitive or (k + 1 < high and words[k + 1].tag == "to"))


def verb_triggers(words: Sequence[Word], k: int, low: int, high: int) -> tuple[Trigger, ...]:
    """Give the patterns that a verb begins, the most specific first; of two the one whose noun stands nearer the head.

    "Launched a missile attack" tells of an attack, not of a missile; "sent troops and tanks" of troops.
    """
    found = _verb_triggers(words, k, low, high)
    listed = next((n for n in range(k, high) if words[n].text == "," or words[n].tag == "cc"), high)

    def rank(trigger: Trigger) -> tuple[int, int]:
        head = max((noun for noun in trigger.nouns if noun < listed), default=0)
        return -trigger.pattern.weight, -head

    return tuple(sorted(found, key=rank))


def _verb_triggers(words: Sequence[Word], k: int, low: int, high: int) -> Iterator[Trigger]:
    patterns = patterns_by_form().get(words[k].low)
    if not patterns:
        return
    passive = words[k].tag == "past" and _is_passive(words, k, low, high)
    before = _subject_words(words, k, low)
    for pattern in patterns:
        end = _particles_end(words, k + 1, high, pattern.particles)
        if not _fits(pattern, words, k, high) or (end is not None and _is_infinitive(words, end, high)):
            continue
        if end is None or (pattern.subjects and (passive or not _hits(words, before, pattern.subjects))):
            continue
        hits = _hits(words, before if passive else _object_words(words, end, high), pattern.objects)
        if hits is not None and (passive or not _is_bare(pattern, words, end, hits)):
            yield Trigger(pattern, k, end, passive=passive, nouns=tuple(hits))


def _is_infinitive(words: Sequence[Word], end: int, high: int) -> bool:
    """Tell whether the "to" that a pattern ends in belongs to a verb: "going to leave", not "going to Rome"."""
    return words[end - 1].tag == "to" and end < high and words[end].tag == "verb"


def _fits(pattern: Pattern, words: Sequence[Word], k: int, high: int) -> bool:
    """Tell whether a verb is followed by what its pattern asks for."""
    if pattern.alone and not pattern.objects and k + 1 < high and words[k + 1].tag in _OBJECT_TAGS:
        return False
    if not pattern.particles and k + 1 < high and words[k + 1].low in _OTHER_VERBS:
        return False
    if pattern.lemma in _NAMING and any(word.low == "what" for word in words[max(0, k - _NAMING_REACH) : k]):
        return False
    if pattern.aims and not any(word.low in _AIMS for word in words[k + 1 : min(high, k + _AIM_REACH)]):
        return False
    if not pattern.somebody:
        return True
    end = phrase_end(words, k + 1, high)
    run = words[k + 1 : end]
    # Not "called Orlov a liar" or "called Orlov unfit".
    more = end < high and words[end].tag in {"det", "word", "mark"}
    ends_in_one = bool(run) and (run[-1].tag in {"name", "obj"} or is_role(run[-1].low))
    return ends_in_one and not more and all(word.tag != "det" for word in run[1:])


def _is_bare(pattern: Pattern, words: Sequence[Word], end: int, hits: Sequence[int]) -> bool:
    """Tell whether a verb of naming names nothing so: "considers an attack unlikely", not "considers it an attack"."""
    named = {"name", "word", "pron", "obj"}
    return pattern.lemma in _NAMING and bool(hits) and all(w.tag not in named for w in words[end : min(hits)])


def _hits(words: Sequence[Word], places: Sequence[int], sets: tuple[frozenset[str], ...]) -> list[int] | None:
    """Find a word of each set among the places; None where a set has none."""
    hits = [next((n for n in places if words[n].low in names and not _is_press(words, n)), None) for names in sets]
    return None if None in hits else [hit for hit in hits if hit is not None]


def _stands_for_itself(words: Sequence[Word], k: int, low: int, high: int) -> bool:
    """Tell whether a noun tells of what it names: not "opposition leaders", not what scare quotes hold in doubt."""
    compound = k + 1 < high and words[k + 1].tag == "word"
    return not compound and not _is_scare_quoted(words, k, low, high)


def _is_scare_quoted(words: Sequence[Word], k: int, low: int, high: int) -> bool:
    """Tell whether a word stands in quotes that hold hardly anything else: what it tells of is held in doubt."""
    if words[k].quote < 0:
        return False
    near = range(max(low, k - _SCARE_REACH), min(high, k + _SCARE_REACH + 1))
    return sum(words[n].quote == words[k].quote for n in near) <= _SCARE_REACH


def _is_press(words: Sequence[Word], n: int) -> bool:
    """Tell whether a conference is one for the press: nobody is met there."""
    return words[n].low in _GATHERINGS and words[n - 1].low in _FOR_PRESS


def _is_passive(words: Sequence[Word], k: int, low: int, high: int) -> bool:
    first = verb_group_start(words, k, low)
    if any(word.low in _BE for word in words[first:k]):
        return True
    if first - 1 > low and words[first - 1].low == "and" and first == k:
        earlier = earlier_verb(words, first - 1, low)
        return earlier is not None and words[earlier].tag == "past" and _is_passive(words, earlier, low, high)
    # "sanctions imposed by the West": a participle behind a noun, with its agent
    by = k + 2 < high and words[k + 1].low == "by" and words[k + 2].tag != "num"
    by = by and "participle" in verb_forms().get(words[k].low, ())
    objectless = words[k].low in _TRANSITIVE and first == k and k + 1 < high and words[k + 1].tag in {"prep", "to"}
    return (by or objectless) and first > low and words[first - 1].tag in {"word", "name"}


def _particles_end(words: Sequence[Word], start: int, high: int, particles: tuple[str, ...]) -> int | None:
    k = start
    for particle in particles:
        gap = _WITH_GAP if particle in _FAR_PARTICLES else _PARTICLE_GAP
        limit = min(high, k + gap) if particle in _SEPARABLE else k
        while k < limit and words[k].low != particle and (words[k].tag in _SEPARATED or words[k].text in {"(", ")"}):
            k += 1
        if k >= high or words[k].low != particle:
            return None
        k += 1
    return k


def _object_words(words: Sequence[Word], start: int, high: int) -> list[int]:
    """Give the words of the object behind a verb, up to a preposition that leads out of it."""
    found: list[int] = []
    if start + 1 < high and words[start].tag == "ing" and words[start + 1].tag in {"det", "poss", "name"}:
        return found
    for k in range(start, min(high, start + _OBJECT_REACH)):
        word = words[k]
        leads_out = word.tag == "prep" and word.low not in _INSIDE and not counts(words, k, high)
        if (word.tag in _BOUNDS and not _is_noun(words, k, start, high)) or leads_out or word.text in {".", ";", ":"}:
            break
        found.append(k)
    return found


def _subject_words(words: Sequence[Word], verb: int, low: int) -> list[int]:
    """Give the words before a verb group that can belong to its subject."""
    found: list[int] = []
    k = verb_group_start(words, verb, low) - 1
    if k > low and words[k].tag == "to":
        # "troops were to come", "allowed troops to enter"
        k = verb_group_start(words, k, low) - 1
    while k >= low and len(found) < _SUBJECT_REACH and words[k].tag not in _BOUNDS and words[k].text not in {";", ":"}:
        found.append(k)
        k -= 1
    return found
