"""Noun phrases, verb groups and their subjects, found by walking over tagged words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.words import FINITE, NOMINAL, VERBAL, role_nouns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.grammar.words import Word

_LINKS = word_set("links")
_NO_ROLES = word_set("no_roles")
_STANDING_ALONE = word_set("standing_alone")
_OPENERS = word_set("clause_openers")
_TIME_PREPOSITIONS = word_set("time_prepositions")
_TIME_LEAD = word_set("time_lead")
# Before a subject these open its clause: "fell after | Lithuania closed the road".
_CLAUSE_PREPOSITIONS = frozenset({"after", "before", "since", "until", "because", "than"})
_HELPING = frozenset({"aux", "modal", "neg", "adv"})
_PARENTHETICAL = frozenset({"rel", "det", "prep", "past", "ing", "adv", "name", "poss", "word", "num", "sub"})
_AGENT_ENDINGS = ("er", "or", "ist", "man", "men", "ian", "ers", "ors", "ists", "ians", "ee", "eer")
_ADJECTIVE_ENDINGS = ("ed", "ian", "ish", "ese", "al", "an", "ic", "ive")
# "its evening report"
_ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their"})
_HOURS = frozenset({"morning", "evening", "night", "afternoon", "weekend"})
_SPOKE = frozenset({"said", "told", "wrote", "added"})
# "sources close to X", "people familiar with X"
_RELATING = frozenset({"close", "familiar", "loyal", "responsible", "present"})
_TIME_OPENINGS = frozenset({"last", "this", "next", "later", "earlier", "early", "late"})
_RANKS = frozenset({"senior", "top", "former", "deputy", "unnamed", "local"})
_JOINTS = frozenset({"and", "&", "or"})
_PARENTHESIS_REACH = 40
_SUBJECT_HOPS = 4
_LIST_REACH = 8
_BRACKET_REACH = 6


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words, by their numbers; `end` is exclusive."""

    first: int
    end: int


def verb_group_start(words: Sequence[Word], verb: int, low: int) -> int:
    """Give where the auxiliaries, negations and adverbs before a verb begin."""
    k = verb
    while k > low and words[k - 1].tag in _HELPING and words[k - 1].quote == words[verb].quote:
        k -= 1
    return k


def subject_before(words: Sequence[Word], verb: int, low: int) -> Phrase | None:
    """Find the noun phrase that a verb group beginning at `verb` has for its subject, if it stands before it."""
    end = _skip_back(words, verb, low)
    if end is None or end <= low:
        return None
    last = words[end - 1]
    if last.tag in {"pron", "rel"} or last.low in _STANDING_ALONE:
        return Phrase(end - 1, end)
    if last.tag == "obj" and end - 2 > low and words[end - 2].low == "of":
        first = phrase_start(words, end - 2, low)
        return Phrase(first, end) if first < end - 2 else Phrase(end - 3, end)
    if last.tag not in NOMINAL and last.tag != "time" and last.text != "%":
        return None
    first = phrase_start(words, end, low)
    return Phrase(_past_attributes(words, first, low), end) if first < end else None


def _past_attributes(words: Sequence[Word], first: int, low: int) -> int:
    """Step back from "Rome" to the head it hangs on: "the plane flying to | Rome was forced"."""
    k = first
    for _ in range(_SUBJECT_HOPS):
        if k - 2 < low or words[k - 1].tag not in {"prep", "to"} or words[k - 1].low in _CLAUSE_PREPOSITIONS:
            break
        end = k - 1
        attributive = words[end - 1].tag in {"ing", "past"} and words[end - 1].low not in _SPOKE
        if attributive or words[end - 1].low in _RELATING:
            end -= 1
        start = phrase_start(words, end, low)
        if start >= end or words[end - 1].tag not in NOMINAL:
            return first
        k = start
    hangs = k - 1 >= low and words[k - 1].tag in VERBAL | {"prep", "to"} and words[k - 1].low not in _OPENERS
    return first if hangs else k


def _skip_back(words: Sequence[Word], verb: int, low: int) -> int | None:
    """Step over what may stand between a subject and its verb: times, brackets, parentheses between commas."""
    end = verb
    for _ in range(_SUBJECT_HOPS):
        if end <= low:
            return None
        last = words[end - 1]
        if last.text == ",":
            comma = _opening_comma(words, end - 1, low)
            if comma is None:
                return None
            end = comma
        elif last.text in {")", "]"}:
            reach = range(end - 2, max(low, end - _PARENTHESIS_REACH) - 1, -1)
            end = next((k for k in reach if words[k].text in {"(", "["}), low)
        elif last.tag == "adv":
            end -= 1
        elif last.low == "anonymity" and end - 4 > low:
            # "an official, on condition of anonymity, said"
            end -= 4 if words[end - 3].low == "condition" else 0
            break
        else:
            before = before_time(words, end, low)
            if before == end:
                break
            end = before
    return end


def _opening_comma(words: Sequence[Word], closing: int, low: int) -> int | None:
    """Find the comma that opens the parenthesis which the given comma closes."""
    for k in range(closing - 1, max(low, closing - _PARENTHESIS_REACH) - 1, -1):
        if words[k].text in {";", ":"}:
            return None
        if words[k].text == "," and words[k].quote == words[closing].quote:
            return k if k > low and words[k + 1].tag in _PARENTHETICAL else None
    return None


def before_time(words: Sequence[Word], end: int, low: int) -> int:
    """Step back over a time such as "on Tuesday" or "last week"; `end` itself where none stands before it."""
    k, seen = end, False
    while k > low and (words[k - 1].tag in {"time", "num"} or words[k - 1].low in _TIME_LEAD):
        seen = seen or words[k - 1].tag in {"time", "num"}
        k -= 1
    if not seen:
        return end
    if k > low and words[k - 1].low in _TIME_PREPOSITIONS:
        return k - 1
    return k if words[k].tag == "time" or words[k].low in _TIME_OPENINGS else end


def phrase_start(words: Sequence[Word], end: int, low: int) -> int:
    """Walk back from the end of a noun phrase to its first word."""
    k = end
    while k > low:
        word = words[k - 1]
        if word.text == ")" and k < end:
            opening = next((n for n in range(k - 2, max(low, k - _BRACKET_REACH) - 1, -1) if words[n].text == "("), low)
            if opening == low:
                break
            k = opening
        elif word.tag in {"name", "word", "num", "gen"} or (word.tag == "mark" and word.quote >= 0) or word.text == "%":
            if k < end and _is_break(words, k, low):
                break
            k -= 1
        elif word.tag in {"det", "poss"}:
            k -= 1
            if not (_links_back(words, k, low) or _joins(words, k, low)):
                break
            k -= 1
        elif k < end and (_links_back(words, k, low) or _joins(words, k, low)):
            k -= 1
        else:
            break
    while k < end and words[k].tag in {"mark", "cc", "prep", "to", "punct"}:
        k += 1
    return k


def _is_break(words: Sequence[Word], k: int, low: int) -> bool:
    """Tell whether a noun ends before `k` and a new phrase begins there, as in "after the meeting | Putin"."""
    left, right = words[k - 1], words[k]
    if right.tag != "name" or left.tag != "word":
        return False
    if is_role(left.low) or left.low.endswith(_ADJECTIVE_ENDINGS) or "-" in left.low or left.low in _RANKS:
        return False
    n = k - 1
    while n > low and words[n - 1].tag in {"word", "name", "num"}:
        n -= 1
    return n > low and words[n - 1].tag in {"det", "poss", "gen", "prep", "to", "aux"} | VERBAL


def is_role(noun: str) -> bool:
    """Tell whether a noun names a kind of person or body."""
    known = noun in role_nouns() or noun.removesuffix("s") in role_nouns()
    return known or (noun.endswith(_AGENT_ENDINGS) and noun not in _NO_ROLES)


def _links_back(words: Sequence[Word], k: int, low: int) -> bool:
    """Tell whether the word before `k` is a preposition that hangs on a noun before it."""
    if k - 2 < low or words[k - 1].tag not in {"prep", "to"}:
        return False
    link, head = words[k - 1].low, words[k - 2]
    if link == "of":
        return head.tag in {"word", "name", "num", "pron", "det"}
    return link in _LINKS and head.tag == "word" and is_role(head.low)


def _joins(words: Sequence[Word], k: int, low: int) -> bool:
    """Tell whether the word before `k` joins two names, or two phrases that name roles."""
    if k - 2 < low:
        return False
    joint, left, right = words[k - 1], words[k - 2], words[k]
    if left.tag == "name" and right.tag == "name":
        return joint.low in _JOINTS or (joint.text == "," and _lists(words, k))
    if joint.low != "and" or right.tag not in {"word", "det", "name", "poss"}:
        return False
    return (left.tag == "word" and is_role(left.low)) or (left.tag == "name" and right.tag == "poss")


def phrase_end(words: Sequence[Word], first: int, high: int, *, alone: bool = False) -> int:
    """Walk from the first word of a noun phrase to its end; `first` itself where none begins there.

    `alone` leaves out what hangs on it by a preposition other than "of".
    """
    if first < high and words[first].tag in {"pron", "obj"}:
        return first + 1
    k = first
    while k < high and _goes_on(words, first, k, high):
        if alone and words[k].tag == "prep" and words[k].low != "of":
            break
        k += 1
    return k


def _goes_on(words: Sequence[Word], first: int, k: int, high: int) -> bool:
    word = words[k]
    if k > first and word.tag in {"det", "poss"} and words[k - 1].tag in {"word", "name"}:
        return False
    if word.tag in NOMINAL or k == first or k + 1 >= high:
        return word.tag in NOMINAL or (word.tag == "mark" and word.quote >= 0 and k > first)
    left, right = words[k - 1], words[k + 1]
    if word.tag == "past":
        return left.tag in {"det", "poss", "gen", "cc"} and right.tag in {"word", "name"}
    if word.tag in {"prep", "time"}:
        hour = word.low in _HOURS and right.tag == "word" and (left.tag == "gen" or left.low in _ARTICLES)
        hangs = word.low == "of" or (word.low in _LINKS and left.tag == "word" and is_role(left.low))
        return hour or (hangs and right.tag in NOMINAL and (word.low == "of" or not is_time(words, k + 1)))
    if word.low in _JOINTS:
        return left.tag in {"name", "word"} and right.tag in {"name", "det"}
    in_list = word.text == "," and left.tag == "name" and right.tag == "name"
    quoted = word.tag == "mark" and word.quote >= 0
    return quoted or (in_list and _lists(words, k + 1))


def _lists(words: Sequence[Word], k: int) -> bool:
    """Tell whether a list of names goes on here: "X, | Y and Z"."""
    for word in words[k : k + _LIST_REACH]:
        if word.low in _JOINTS:
            return True
        if word.tag not in NOMINAL and word.text != ",":
            return False
    return False


def is_time(words: Sequence[Word], k: int) -> bool:
    """Tell whether a time begins at the word."""
    for word in words[k : k + 4]:
        if word.tag == "time":
            return True
        if word.low not in _TIME_LEAD and word.tag != "num":
            return False
    return False


def head_of(words: Sequence[Word], phrase: Phrase) -> int:
    """Give the word that a noun phrase is built around: the last one before a preposition, a comma or a clause."""
    for k in range(phrase.first + 1, phrase.end):
        if words[k].tag in {"prep", "to", "punct", "rel", "cc"}:
            hangs = words[k - 1].low in _RELATING or words[k - 1].tag in {"past", "ing"}
            return k - 2 if k - 2 >= phrase.first and hangs else k - 1
    last = phrase.end - 1
    return last - 1 if words[last].text == "." and last > phrase.first else last


def covering(words: Sequence[Word], start: int, end: int) -> Phrase | None:
    """Give the words that a piece of the text covers; None where it covers none of these."""
    first = bisect_right(words, start, key=lambda word: word.end)
    last = bisect_left(words, end, key=lambda word: word.start)
    return Phrase(first, last) if first < last else None


def has_finite_verb(words: Sequence[Word], first: int, end: int) -> bool:
    """Tell whether a verb that can carry a clause stands in the run; an infinitive can't."""
    return any(words[k].tag in FINITE and (k == 0 or words[k - 1].tag != "to") for k in range(first, end))


def begins_verb(words: Sequence[Word], k: int) -> bool:
    """Tell whether a group of verbs that can carry a clause begins at the word, counting neither adverbs nor "not"."""
    n = k - 1
    while n >= 0 and words[n].tag in {"adv", "neg"}:
        n -= 1
    return words[k].tag in FINITE and (n < 0 or words[n].tag not in {"aux", "modal", "to"})
