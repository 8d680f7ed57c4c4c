"""Clauses without a parser: where one begins and ends, its subject, its object and its prepositional phrases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from newsledger.extract.grammar.inflection import inflect, word_set
from newsledger.extract.grammar.phrases import (
    Phrase,
    has_finite_verb,
    is_time,
    phrase_end,
    phrase_start,
    subject_before,
    verb_group_start,
)
from newsledger.extract.grammar.words import FINITE, VERBAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.extract.grammar.words import Word

_BE = word_set("be")
_SUBORDINATE = word_set("subordinate")
_OBJECT_LINKS = frozenset({"for", "of", "from"})
_CONJUNCTIONS = frozenset({"and", "but", "or", "then"})
_BOUNDS = frozenset({"that", "rel", "sub", "verb", "past", "aux", "modal", "mark", "cc"})
_REACH = 45
_OPENER_REACH = 12
# "ahead of", "because of": what follows these is nobody's role.
_COMPOUND = frozenset({"ahead", "because", "instead", "out", "front", "capable"})
# "more than 100 soldiers", "up to 10,000 fighters": no preposition leads out of the object here.
_COUNTING = frozenset({"than", "about", "around", "over", "up", "to", "under", "nearly"})
_COMPARING = frozenset({"more", "less", "fewer", "at"})
_CURRENCIES = frozenset("€$£¥")
_DEGREES = frozenset({"than", "least", "most"})
_OPENERS = frozenset({"after", "before", "since", "until", "as"})
# "adopted a resolution condemning X": whoever adopts it condemns.
_TEXTS = word_set("texts")
# "went on training", "has not ruled out sending"
_PHRASAL = {"on": word_set("going_on"), "out": word_set("ruling_out")}
# What stands behind these tells of other deeds.
_ADJUNCT = frozenset({"after", "before", "during", "since", "following", "amid"})
_CONTROL_REACH = 12
_JOINT_REACH = 3
_MAX_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Subject:
    """Whoever a verb is said of; `control` is the verb that hands it down ("plans" in "plans to visit")."""

    phrase: Phrase
    control: int | None = None


def subject_of(words: Sequence[Word], verb: int, low: int, depth: int = 0) -> Subject | None:
    """Find the subject of a verb: before it, or that of the verb which it hangs on."""
    first = verb_group_start(words, verb, low)
    if depth > _MAX_DEPTH or first <= low:
        return None
    before = words[first - 1]
    group = {word.low for word in words[first:verb]}
    if before.tag == "to" and words[verb].tag in {"verb", "past"}:
        return _of_infinitive(words, first - 1, low, depth)
    if words[verb].tag == "ing" and not group & _BE:
        return _of_gerund(words, first, low, depth)
    if before.low in _CONJUNCTIONS or (before.text == "," and _joined(words, first, low)):
        earlier = earlier_verb(words, first - 1, low)
        return _handed(words, earlier, low, depth, control=False) if earlier is not None else None
    found = subject_before(words, first, low)
    if found is not None and words[found.end - 1].tag == "rel":
        found = antecedent_of(words, found.end - 1, low)
    return Subject(found) if found is not None else None


def antecedent_of(words: Sequence[Word], relative: int, low: int) -> Phrase | None:
    """Find the noun phrase that "who" or "which" takes up."""
    end = relative - 1 if relative > low and words[relative - 1].text == "," else relative
    first = phrase_start(words, end, low)
    return Phrase(first, end) if first < end else None


def _joined(words: Sequence[Word], first: int, low: int) -> bool:
    return any(words[k].low == "and" for k in range(max(low, first - _JOINT_REACH), first))


def earlier_verb(words: Sequence[Word], end: int, low: int) -> int | None:
    """Find the verb that one behind "and" is joined to: the nearest finite one before."""
    for k in range(end - 1, max(low, end - _REACH) - 1, -1):
        finite = words[k].tag in {"past", "aux", "modal"} or (words[k].tag == "verb" and words[k - 1].tag != "to")
        if finite:
            return k
        if words[k].text in {";", ":"}:
            return None
    return None


def _handed(words: Sequence[Word], verb: int, low: int, depth: int, *, control: bool = True) -> Subject | None:
    found = subject_of(words, verb, low, depth + 1)
    if found is None:
        return None
    return Subject(found.phrase, verb) if control else found


def _of_infinitive(words: Sequence[Word], to: int, low: int, depth: int) -> Subject | None:
    """Find who is to do it: the object of "urge X to", else the subject of "plan to" and of "send X to"."""
    for k in range(to - 1, max(low, to - _CONTROL_REACH) - 1, -1):
        word = words[k]
        if word.tag in VERBAL or word.tag == "aux":
            end = phrase_end(words, k + 1, to) if word.tag != "aux" and k + 1 < to else k + 1
            object_between = end > k + 1 and (end == to or is_time(words, end))
            asked = object_between and (word.tag == "aux" or word.low in _asking())
            return Subject(Phrase(k + 1, end), k) if asked else _handed(words, k, low, depth)
        if word.text in {";", ":", ","}:
            return None
    return None


@cache
def _asking() -> frozenset[str]:
    """Give the forms of the verbs whose object is to do what the infinitive says."""
    return frozenset(form for lemma in word_set("object_control") for form, _ in inflect(lemma))


def _of_gerund(words: Sequence[Word], first: int, low: int, depth: int) -> Subject | None:
    """Find who does what "-ing" says: "stopped doing", "for doing", "after doing", ", doing", "X doing"."""
    before = words[first - 1]
    phrasal = first - 2 >= low and words[first - 2].low in _PHRASAL.get(before.low, ())
    if before.tag in VERBAL or phrasal:
        return _handed(words, first - 2 if phrasal else first - 1, low, depth)
    main = _main_of_gerund(words, first, low)
    if main is not None:
        return _handed(words, main, low, depth, control=False)
    if before.low in _OBJECT_LINKS or before.tag in {"name", "word"}:
        end = first - 1 if before.low in _OBJECT_LINKS else first
        start = phrase_start(words, end, low)
        return Subject(Phrase(start, end), start - 1 if start > low else None) if start < end else None
    return None


def _main_of_gerund(words: Sequence[Word], first: int, low: int) -> int | None:
    """Find the verb whose subject a gerund shares; None where a noun or its "of" stands before it."""
    before = words[first - 1]
    if before.low in _TEXTS:
        return earlier_verb(words, first - 1, low)
    if before.low in _OBJECT_LINKS or before.tag in {"name", "word"}:
        return None
    if before.text == ",":
        told = _told_before(words, first - 1, low)
        return told if told is not None else earlier_verb(words, first - 1, low)
    return main_verb(words, low, first - 1) if before.tag in {"prep", "sub"} else None


def _told_before(words: Sequence[Word], end: int, low: int) -> int | None:
    """Find the "bombing" of "accused X of bombing Y, killing Z": what follows hangs on it, not on the accusing."""
    for k in range(end - 1, max(low, end - _REACH), -1):
        if words[k].tag in FINITE:
            return None
        if words[k].tag == "ing" and words[k - 1].low in _OBJECT_LINKS:
            return k
    return None


def main_verb(words: Sequence[Word], low: int, end: int) -> int | None:
    """Give the first finite verb outside quotes."""
    return next((k for k in range(low, end) if words[k].tag in FINITE and words[k].quote < 0), None)


def clause_limit(words: Sequence[Word], start: int, high: int) -> int:
    """Give where the clause that goes on at `start` ends."""
    for k in range(start, min(high, start + _REACH)):
        word = words[k]
        if word.text in {";", ":", "?", "!"} or (word.text == "." and word.tag == "punct"):
            return k
        if word.low in _SUBORDINATE or word.tag in {"that", "rel"}:
            return k - 1 if words[k - 1].text == "," and k - 1 >= start else k
        if k > start and word.low in _OPENERS and has_finite_verb(words, k + 1, min(high, k + _OPENER_REACH)):
            return k - 1 if words[k - 1].text == "," and k - 1 >= start else k
        if k + 1 < high and (
            (word.text == "," and _breaks(words, k + 1, high))
            or (word.low in _CONJUNCTIONS and _verb_next(words, k + 1, high))
        ):
            return k
    return min(high, start + _REACH)


def _breaks(words: Sequence[Word], k: int, high: int) -> bool:
    """Tell whether what follows a comma is no longer part of the clause."""
    word = words[k]
    if word.tag in FINITE | {"ing", "rel", "that", "pron", "sub"} or word.low in {"but", "according"}:
        return True
    if word.tag == "cc" and k + 1 < high:
        return _verb_next(words, k + 1, high) or _verb_soon(words, k + 1, high)
    return _verb_soon(words, k, high)


def _verb_next(words: Sequence[Word], k: int, high: int) -> bool:
    while k < high and words[k].tag in {"adv", "neg"}:
        k += 1
    return k < high and words[k].tag in FINITE


def _verb_soon(words: Sequence[Word], k: int, high: int) -> bool:
    end = phrase_end(words, k, high)
    return end > k and _verb_next(words, end, high)


def clause_begin(words: Sequence[Word], verb: int, subject: Phrase | None, low: int) -> int:
    """Give where the clause of a verb begins: with its subject, or with the time that leads up to it."""
    first = verb_group_start(words, verb, low)
    k = subject.first if subject is not None and subject.first < first else first
    while (
        k > low and k > first - _REACH and words[k - 1].tag not in _BOUNDS and words[k - 1].text not in {";", ":", ")"}
    ):
        k -= 1
    while k < first and words[k].tag in {"punct", "cc"}:
        k += 1
    return k


@dataclass(frozen=True, slots=True)
class Argument:
    """A noun phrase behind a verb: the object, or what a preposition introduces."""

    link: str
    phrase: Phrase


def arguments(words: Sequence[Word], start: int, limit: int) -> Iterator[Argument]:
    """Yield the object and the prepositional phrases of a clause from `start` on."""
    k, link = start, "object"
    while k < limit:
        word = words[k]
        end = phrase_end(words, k, limit, alone=True)
        if counts(words, k, limit):
            k += 2 if word.low in _COMPARING else 1
            continue
        if word.low in _ADJUNCT:
            return
        if word.tag in {"prep", "to"}:
            link = word.low if words[k - 1].low not in _COMPOUND else ""
        elif end > k:
            if not is_time(words, k):
                yield Argument(link, Phrase(k, end))
                link = ""
            k = end
            continue
        elif word.tag in VERBAL:
            link = "inner"
        k += 1


def counts(words: Sequence[Word], k: int, limit: int) -> bool:
    """Tell whether a word belongs to the count that follows: "more than 100", "up to 20"."""
    if k + 2 >= limit:
        return False
    low, following = words[k].low, words[k + 1]
    if low in _COMPARING:
        return following.low in _DEGREES and words[k + 2].tag == "num"
    if low not in _COUNTING or (low == "to" and words[k - 1].low != "up"):
        return False
    paid = following.text in _CURRENCIES and words[k + 2].tag == "num"
    return paid or following.tag == "num" or (low == "up" and following.low == "to" and words[k + 2].tag == "num")
