"""Whose words a cue introduces: its subject, however far off, or that of an earlier verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.grammar.clauses import antecedent_of, earlier_verb
from newsledger.extract.grammar.cue_lexicon import light_cues
from newsledger.extract.grammar.phrases import (
    Phrase,
    has_finite_verb,
    head_of,
    is_role,
    phrase_end,
    phrase_start,
    subject_before,
    verb_group_start,
)
from newsledger.extract.grammar.words import FINITE, VERBAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.grammar.words import Word
    from newsledger.extract.statements.cues import Cue

_BEFORE_GERUND = frozenset({"punct", "word", "name", "time", "mark"})
_CONJUNCTIONS = frozenset({"and", "but", "then", "or"})
_MEANWHILE = frozenset({"while", "after", "before", "by", "when"})
_NOBODY = frozenset({"nobody", "none", "neither", "no"})
_RELATIVE_REACH = 12


def source_of(words: Sequence[Word], cue: Cue, earlier: Phrase | None, low: int) -> tuple[Phrase | None, bool]:
    """Find the source of a cue, and whether it is that of an earlier verb rather than its own subject.

    `earlier` is the source of the attribution before.
    """
    if cue.first == low:
        return None, False
    if cue.voice == "gerund":
        return _of_gerund(words, cue, earlier, low), True
    before = words[cue.first - 1]
    own = subject_before(words, cue.first, low) or _around_relative(words, cue.first, low)
    if before.low in _CONJUNCTIONS:
        return earlier or _joined_subject(words, low, cue.first), True
    # "X, who had come by boat, said": the comma before the verb closes what is told of its own subject.
    if before.text == "," and earlier is not None and not (own is not None and own.first <= earlier.first):
        return earlier, True
    if own is not None and words[own.first].tag == "rel" and own.end - own.first == 1:
        return antecedent_of(words, own.first, low), False
    return (_with_name(words, _past_relative(words, own, low), low) if own is not None else None), False


def _of_gerund(words: Sequence[Word], cue: Cue, earlier: Phrase | None, low: int) -> Phrase | None:
    """Find who says what "-ing" tells: "X left, saying", "X's call, saying", "after telling Y, X left"."""
    before = words[cue.first - 1]
    if before.low in _MEANWHILE:
        return _subject_of_main(words, cue, low)
    if before.tag not in _BEFORE_GERUND:
        return None
    leads = before.text == "," or before.low in light_cues()[1]
    main = _main_subject(words, low, cue.first) if leads else None
    return earlier or main or (subject_before(words, cue.first - 1, low) if before.text == "," else None)


def _past_relative(words: Sequence[Word], subject: Phrase, low: int) -> Phrase:
    """Step back from "the family" to "the man who spoke for the family", which is the true subject."""
    if subject.first - 1 <= low or words[subject.first - 1].tag not in {*VERBAL, "prep", "to", "aux", "adv"}:
        return subject
    return _around_relative(words, subject.first, low) or subject


def _around_relative(words: Sequence[Word], end: int, low: int) -> Phrase | None:
    """Find the noun of a relative clause that ends here: "an official who would not be named | said"."""
    for k in range(end - 1, max(low, end - _RELATIVE_REACH), -1):
        if words[k].low == "who":
            free = words[k - 1].text != "," and has_finite_verb(words, k, end)
            return antecedent_of(words, k, low) if free else None
        if words[k].tag in {"punct", "mark", "that", "sub", "rel"}:
            break
    return None


def _with_name(words: Sequence[Word], subject: Phrase, low: int) -> Phrase:
    """Take in the other half of a subject between commas: "X, the mayor, who was ill, said", "the mayor, X, said"."""
    k = subject.first
    if words[subject.end].text != "," or k - 2 < low or words[k - 1].text != ",":
        return subject
    first = phrase_start(words, k - 1, low)
    free = first == low or words[first - 1].tag in {"punct", "mark", "cc", "that", "sub"}
    named = words[k].tag in {"det", "word"} and words[k - 2].tag == "name"
    titled = words[k].tag == "name" and first < k - 1 and is_role(words[head_of(words, Phrase(first, k - 1))].low)
    return Phrase(first, subject.end) if free and (named or titled) else subject


def _subject_of_main(words: Sequence[Word], cue: Cue, low: int) -> Phrase | None:
    """Find who acts in the clause that "while saying" or "after telling X" hangs on, before it or behind its comma."""
    if cue.first - 1 > low:
        return _joined_subject(words, low, cue.first)
    comma = next((k for k in range(cue.end, len(words)) if words[k].text == "," and words[k].quote < 0), len(words))
    end = phrase_end(words, comma + 1, len(words))
    return Phrase(comma + 1, end) if comma + 1 < end < len(words) and words[end].tag in FINITE else None


def _joined_subject(words: Sequence[Word], low: int, verb: int) -> Phrase | None:
    """Find the subject of the nearest finite verb before one behind "and"."""
    earlier = earlier_verb(words, verb - 1, low)
    return subject_before(words, verb_group_start(words, earlier, low), low) if earlier is not None else None


def _main_subject(words: Sequence[Word], low: int, verb: int) -> Phrase | None:
    """Find the subject of the first finite verb before the given one."""
    main = next((k for k in range(low, verb) if words[k].quote < 0 and has_finite_verb(words, k, k + 1)), None)
    return subject_before(words, main, low) if main is not None else None


def with_apposition(words: Sequence[Word], end: int, high: int) -> int:
    """Take in what explains a name that ends here: "said X, the mayor of Y", "the head of Y (Z), X"."""
    if end + 2 < high and words[end].text == "(" and words[end + 2].text == ")":
        behind = with_apposition(words, end + 3, high)
        return behind if behind > end + 3 else end
    if end + 1 < high and words[end].text == "," and words[end + 1].tag in {"det", "word", "name"}:
        close = phrase_end(words, end + 1, high)
        if words[end + 1].quote < 0 and (close >= high or words[close].text in {".", ",", ";"}):
            return close
    return end


def is_nobody(words: Sequence[Word], source: Phrase, low: int) -> bool:
    """Tell whether nobody spoke: "no one", "nobody in the ministry", "neither X nor Y"."""
    k = source.first - 2 if source.first - 2 >= low and words[source.first - 1].tag == "prep" else source.first
    before = words[source.first - 1].low if source.first > low else ""
    return before == "nor" or not _NOBODY.isdisjoint({words[k].low, words[source.first].low})
