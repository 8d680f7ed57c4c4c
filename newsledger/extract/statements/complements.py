"""What follows a cue: where its content begins, and whom it addresses first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.grammar.cue_lexicon import cue_nouns
from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.phrases import Phrase, begins_verb, has_finite_verb, is_time, phrase_end
from newsledger.extract.grammar.words import FINITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.grammar.words import Word
    from newsledger.extract.statements.cues import Cue

_ADJUNCT_PREPOSITIONS = word_set("adjunct_prepositions")
_TIME_TAIL = word_set("time_tail")
_OPENERS = word_set("clause_openers")
_QUESTIONS = word_set("question_words")
_CITING = frozenset({"citing", "quoting"})
_NAMING = frozenset({"call", "dub", "label", "brand", "declare"})
_INSERTED = frozenset({"rel", "prep", "past", "ing", "adv"})
_BEHIND_ADJUNCT = frozenset({"that", "mark", "punct", "adv", "sub", "pron", "det", "poss"})
_INFINITIVES = frozenset({"verb", "aux", "word", "past"})
_COUNTING = frozenset({"count", "estimate", "put"})
_OF_NOUN = word_set("of_noun")
_FACT = ["the", "fact", "that"]
_POINTING = frozenset({"this", "that", "it", "these"})
_ANSWERS = frozenset({"yes", "no"})
_SUBORDINATE = frozenset({"as", "after", "before", "since", "until", "than"})
_ASIDES = frozenset({",", "(", ")", "-", "–", "—", "--"})  # noqa: RUF001 - dashes are meant
_STOPS = frozenset({".", ";", ":", "?", "!"})
_CLAUSE_REACH = 14
_MAIN_REACH = 40
_NAME_REACH = 8
_COUNT_REACH = 4
_PARENTHESIS_REACH = 30
_MAX_ADJUNCTS = 5


@dataclass(frozen=True, slots=True)
class Complement:
    """The first word of a content, and the addressee before it; `weak` content is no clause of its own."""

    first: int
    addressee: Phrase | None = None
    weak: bool = False


def complement(words: Sequence[Word], cue: Cue, high: int) -> Complement | None:
    """Find where the content of a cue begins to its right; None where nothing that it takes follows."""
    k, addressee = cue.end, None
    if "o" in cue.frames:
        end = phrase_end(words, k, high)
        if end > k:
            addressee, k = Phrase(k, end), end
    if "l" in cue.frames and k + 1 < high and words[k].low in _OF_NOUN:
        infinitive = words[k].tag == "to" and words[k + 1].tag in _INFINITIVES
        return Complement(k if infinitive else k + 1, weak=words[k].tag != "that")
    direct = _noun_complement(words, cue, high)
    fact = _past_fact(words, k, high, alone="c" not in cue.frames)
    if fact is not None:
        return Complement(fact, addressee)
    start = _past_parenthesis(words, skip_adjuncts(words, k, high), high)
    frames = cue.frames - {"w"} if start < high and words[start].tag == "rel" and start > cue.end else cue.frames
    clause = _clause_complement(words, start, frames, high) if start < high else None
    if clause is None and cue.frames & {"c", "t"}:
        clause = _that_ahead(words, k, high)
    if clause is None and "q" in cue.frames:
        clause = _quote_ahead(words, k, high)
    if clause is not None and clause < high:
        judged = words[clause].tag == "mark" and not cue.frames & {"q", "c"}
        return Complement(clause, addressee, weak=judged or words[clause].tag == "to")
    return Complement(direct, weak=True) if direct is not None else None


def _past_fact(words: Sequence[Word], k: int, high: int, *, alone: bool) -> int | None:
    """Step over "to the fact that", of which the clause is what is said; and over it `alone`, without "to"."""
    start = k + 1 if k < high and words[k].low in _OF_NOUN else k
    fact = [word.low for word in words[start : min(high - 1, start + len(_FACT))]]
    return start + len(_FACT) if fact == _FACT and (alone or start > k) else None


def skip_adjuncts(words: Sequence[Word], k: int, high: int) -> int:
    """Step over adverbs and times behind a verb, and over phrases such as "in a statement"."""
    for _ in range(_MAX_ADJUNCTS):
        step = k
        if k >= high:
            break
        if _is_adverb(words, k, high):
            step = k + 1
        elif is_time(words, k):
            step = _time_end(words, k, high)
        elif words[k].low in _ADJUNCT_PREPOSITIONS and k + 1 < high and not _opens_infinitive(words, k):
            step = _prepositional_end(words, k, high)
        if step == k:
            break
        k = step
    return k


def _opens_infinitive(words: Sequence[Word], k: int) -> bool:
    """Tell whether "to" leads up to a verb, be it one that no list knows, not to whoever is spoken to."""
    return words[k].tag == "to" and words[k + 1].tag in _INFINITIVES and not words[k + 1].low.endswith("s")


def _is_adverb(words: Sequence[Word], k: int, high: int) -> bool:
    """Tell whether an adverb stands here; the "there" of "there is" begins a clause."""
    if k + 1 >= high or words[k].quote >= 0:
        return False
    return words[k + 1].tag not in FINITE if words[k].low == "there" else words[k].tag == "adv"


def _time_end(words: Sequence[Word], k: int, high: int) -> int:
    while k < high and (words[k].tag in {"time", "num"} or words[k].low in _TIME_TAIL):
        k += 1
    return k


def _prepositional_end(words: Sequence[Word], k: int, high: int) -> int:
    """Give the end of a prepositional phrase that a content, a comma or the end of the sentence follows; else `k`."""
    if is_time(words, k + 1) or words[k + 1].tag == "num":
        end = _time_end(words, k + 1, high)
        return end if end > k + 1 else k
    end = phrase_end(words, k + 1, high)
    if end == k + 1:
        return k
    if end >= high or words[end].tag in _BEHIND_ADJUNCT or is_time(words, end):
        return end
    chained = words[end].tag in {"prep", "to"} and end + 1 < high and _prepositional_end(words, end, high) > end
    return end if chained else k


def _past_parenthesis(words: Sequence[Word], k: int, high: int) -> int:
    """Step over ", however," and over ", citing X," where a "that" goes on behind it."""
    if k + 2 >= high or words[k].text != ",":
        return k
    if words[k + 1].tag == "adv" and words[k + 2].text == ",":
        return k + 3
    if words[k + 1].low in _CITING or words[k + 1].tag == "prep":
        for n in range(k + 2, min(high - 1, k + _PARENTHESIS_REACH)):
            if words[n].text == "," and words[n + 1].tag == "that":
                return n + 1
    return k


def _clause_complement(words: Sequence[Word], k: int, frames: frozenset[str], high: int) -> int | None:
    word = words[k]
    quoted = word.tag == "mark" and word.quote >= 0
    if word.text in {":", ","}:
        follows = k + 1 < high and words[k + 1].tag == "mark" and words[k + 1].quote >= 0
        return k + 1 if "q" in frames and k + 1 < high and (word.text == ":" or follows) else None
    if quoted:
        return k if frames & {"q", "c", "n", "a"} else None
    if word.tag == "that" and frames & {"c", "t", "l"}:
        pronoun = k + 1 < high and words[k + 1].tag in {"verb", "aux", "modal"}
        return k if pronoun else k + 1
    question = "w" in frames and (word.tag == "rel" or word.low in _QUESTIONS)
    infinitive = "i" in frames and word.tag == "to" and k + 1 < high and words[k + 1].tag in _INFINITIVES
    bare = "c" in frames and _is_clause(words, k, high)
    return k if question or infinitive or bare or ("s" in frames and holds_clause(words, k, high)) else None


def _quote_ahead(words: Sequence[Word], k: int, high: int) -> int | None:
    """Find the quote that a comma or a colon announces behind whoever is spoken to: "told those who came, "..."."""
    for n in range(k, min(high - 1, k + _PARENTHESIS_REACH)):
        if words[n].quote >= 0 or words[n].tag in {"sub", "cc"} or words[n].text in {";", "."}:
            return None
        if words[n].text in {",", ":"}:
            return n + 1 if words[n + 1].tag == "mark" and words[n + 1].quote >= 0 else None
    return None


def _that_ahead(words: Sequence[Word], k: int, high: int) -> int | None:
    """Find the clause of a "that" which more than an adjunct parts from its verb: "said, in a letter to X, that"."""
    if k >= high or not (words[k].tag in {"prep", "adv"} or words[k].text in _ASIDES):
        return None
    for n in range(k + 1, min(high - 1, k + _PARENTHESIS_REACH)):
        if words[n].quote >= 0 or words[n].text in {".", ";", ":"}:
            return None
        closed = words[n - 1].text in _ASIDES if words[k].text in _ASIDES else words[n - 1].tag not in {"cc", "prep"}
        if words[n].tag == "that" and words[n + 1].tag not in FINITE and closed:
            return n + 1
        participle = words[n].tag == "past" and words[n + 1].tag in {"to", "prep"}
        if words[n].tag in FINITE and words[k].text not in _ASIDES and not participle:
            return None
    return None


def holds_clause(words: Sequence[Word], k: int, high: int) -> bool:
    """Tell whether a main clause follows a verb such as "say", whatever it begins with."""
    finite = words[k].tag in FINITE - {"verb"} and words[k].quote < 0
    if finite or words[k].tag == "pron" or words[k].low in _ANSWERS:
        return True
    if words[k].low == "than" or (words[k].tag == "ing" and words[k + 1 : k + 2] and words[k + 1].low == "to"):
        return False
    if words[high - 1].tag not in {"punct", "mark"} and words[k].tag in {"word", "name", "det", "num"} and high - k > 1:
        return True  # a headline leaves verbs out: "X says ready to talk"
    subordinate, fronted = False, words[k].tag == "prep"
    for n in range(k, min(high, k + _MAIN_REACH)):
        word = words[n]
        if word.tag == "punct" and word.text in _STOPS:
            return False
        if word.text == ",":
            subordinate = fronted = False
        elif word.tag in {"sub", "rel", "that"} or word.low in _SUBORDINATE:
            subordinate = True
        elif n > k and begins_verb(words, n):
            if not subordinate:
                return words[n - 1].tag != "cc" and not fronted
            subordinate = False
    return False


def _is_clause(words: Sequence[Word], k: int, high: int) -> bool:
    """Tell whether a clause without "that" begins here: a noun phrase with a finite verb close behind."""
    end = phrase_end(words, k, high)
    if end == k:
        return words[k].low in _OPENERS and holds_clause(words, k, high)
    if words[min(end, high - 1)].text == "," and has_finite_verb(words, end + 1, min(high, end + 2)):
        return False
    relative = inserted = False
    for n in range(end, min(high, end + _CLAUSE_REACH)):
        if begins_verb(words, n):
            if not (relative or inserted):
                return words[n - 1].tag != "cc"
            relative = False
        relative = relative or words[n].tag == "rel"
        inserted = inserted != (words[n].text == ",")
        ends = words[n].tag == "punct" and not (n + 1 < high and words[n].text == "," and words[n + 1].tag in _INSERTED)
        if ends or words[n].tag in {"sub", "that"}:
            return False
    return False


def _noun_complement(words: Sequence[Word], cue: Cue, high: int) -> int | None:
    """Find the noun phrase that a cue takes: what is judged, named, asked for or spoken of."""
    k, frames = cue.end, cue.frames
    while k < high and words[k].tag == "adv":
        k += 1
    if k >= high or not frames & {"n", "m", "x", "a"} or not _may_be_object(words, k):
        return None
    if frames & {"n", "m"} or (cue.lemma in _COUNTING and any(w.tag == "num" for w in words[k : k + _COUNT_REACH])):
        return k
    end = phrase_end(words, k, high)
    if end == k and words[k].tag != "mark":
        return None
    after = skip_adjuncts(words, end, high)
    if "x" in frames and after < high and words[after].tag in {"to", "neg"}:
        return k
    named = end < high and (
        words[end].low in {"at", "a", "an"}
        or (words[end].tag == "ing" and cue.lemma == "see")
        or _named_as(words, end, high)
        or "mark" in {words[end].tag, words[end - 1].tag}
    )
    named = (
        named
        or _judged(words, end, high)
        or any(words[n].low == "at" and words[n + 1].tag == "num" for n in range(k + 1, end - 1))
    )
    second = any(words[n].tag in {"det", "mark"} for n in range(k + 1, end)) or words[k].low in _POINTING
    second = second or words[k].tag in {"obj", "mark"} or _quoted_ahead(words, end, high)
    return k if "a" in frames and (named or (cue.lemma in _NAMING and second)) else None


def _judged(words: Sequence[Word], k: int, high: int) -> bool:
    """Tell whether a verdict follows behind what hangs on a thing: "an attack from there unlikely"."""
    for n in range(k - 1, min(high, k + _NAME_REACH)):
        if words[n].low in cue_nouns("verdicts"):
            return True
        if words[n].tag in FINITE or words[n].tag == "punct":
            return False
    return False


def _named_as(words: Sequence[Word], k: int, high: int) -> bool:
    """Tell whether "as" says what something is, behind what hangs on it, and not when: "as estimates differ"."""
    for n in range(k, min(high, k + _NAME_REACH)):
        if words[n].low == "as":
            return not (n + 1 < high and _is_clause(words, n + 1, high))
        if words[n].tag in FINITE or words[n].tag in {"punct", "that", "rel", "cc", "sub"}:
            return False
    return False


def _quoted_ahead(words: Sequence[Word], k: int, high: int) -> bool:
    """Tell whether the name that something is called by stands in quotes, behind what hangs on the thing."""
    for n in range(k, min(high, k + _NAME_REACH)):
        if words[n].tag == "mark" and words[n].quote >= 0:
            return True
        if words[n].tag in FINITE or words[n].tag == "punct":
            return False
    return False


def _may_be_object(words: Sequence[Word], k: int) -> bool:
    word = words[k]
    starts = word.tag in {"name", "det", "poss", "word", "num", "obj", "ing", "mark", "that"}
    return (starts or (word.tag == "pron" and word.low != "there")) and not is_time(words, k)
