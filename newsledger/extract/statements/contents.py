"""Where the content of a statement ends, and where one that stands before its cue begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.grammar.phrases import begins_verb, phrase_end, subject_before
from newsledger.extract.statements.complements import skip_adjuncts
from newsledger.extract.statements.cues import cue_at, find_cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.grammar.words import Word

_CUE_REACH = 14
_LOOSE_MARKS = frozenset(",.;:–—-(!?")  # noqa: RUF001 - dashes are meant


def clause_end(words: Sequence[Word], first: int, high: int) -> int:
    """Give the end of a content that begins at `first`: the sentence's end, or where the reporter goes on."""
    k = quote_end(words, first, high)
    if k > first and (k >= high or words[k].tag == "punct" or _closes_sentence(words, k)):
        return k
    for n in range(max(k, first), high):
        if words[n].quote < 0 and _cuts(words, n, first, high):
            return _trim(words, first, n)
    return _trim(words, first, high)


def quote_end(words: Sequence[Word], first: int, high: int) -> int:
    """Give the end of the quote that opens at `first`; `first` itself where none does."""
    if first >= high or words[first].quote < 0 or words[first].tag != "mark":
        return first
    k = first
    while k < high and words[k].quote == words[first].quote:
        k += 1
    return k


def _closes_sentence(words: Sequence[Word], end: int) -> bool:
    """Tell whether a quote that ends here ends with a full stop, so that nothing of the clause follows."""
    return words[end - 1].tag == "mark" and words[end - 2].text in {".", "!", "?"}


def _cuts(words: Sequence[Word], n: int, first: int, high: int) -> bool:
    """Tell whether the reporter's own text, or another attribution, begins at the word."""
    word = words[n]
    if word.text == ";" or (word.low == "according" and n > first):
        return True
    if n + 1 >= high:
        return False
    if word.text == ",":
        following = words[n + 1]
        if following.low == "according" or (following.tag == "ing" and cue_at(words, n + 1, n + 1, high)):
            return True
        joined = following.tag == "cc" or following.low in {"while", "whereas"}
        return _cue_ahead(words, n + 2, high) if joined else _trailing_attribution(words, n + 1, high)
    return word.low == "and" and _joined_cue(words, n + 1, high)


def _joined_cue(words: Sequence[Word], k: int, high: int) -> bool:
    """Tell whether a cue in the past is joined here to the one before: "... and demanded"."""
    while k < high and words[k].tag in {"adv", "aux"}:
        k += 1
    return k < high and words[k].tag == "past" and cue_at(words, k, k, high) is not None


def _cue_ahead(words: Sequence[Word], k: int, high: int) -> bool:
    """Tell whether a clause with a cue of its own begins here: "X said", or "said" joined to the verb before."""
    for cue in find_cues(words, k, min(high, k + _CUE_REACH)):
        if words[cue.verb].quote < 0 and cue.voice == "finite":
            if cue.first == k:
                return words[k - 1].low != "or"
            if "p" not in cue.frames:
                continue
            subject = subject_before(words, cue.first, k)
            return subject is not None and subject.first <= k + 1
    return False


def _trailing_attribution(words: Sequence[Word], k: int, high: int) -> bool:
    """Tell whether "X said" stands here with nothing more said behind it."""
    for cue in find_cues(words, k, min(high, k + _CUE_REACH)):
        if words[cue.verb].quote < 0 and "p" in cue.frames and cue.voice == "finite":
            if cue.first == k:
                return cue.end < high
            subject = subject_before(words, cue.first, k)
            if subject is None or subject.first > k:
                return False
            told = phrase_end(words, cue.end, high) if "o" in cue.frames else cue.end
            after = skip_adjuncts(words, told, high)
            return after >= high or words[after].tag == "punct"
    return False


def _trim(words: Sequence[Word], first: int, end: int) -> int:
    while end > first and words[end - 1].text in _LOOSE_MARKS and words[end - 1].quote < 0:
        end -= 1
    return end


def clause_start(words: Sequence[Word], end: int, low: int) -> int:
    """Give the first word of a content that ends at `end`."""
    k = end - 1
    while k > low:
        word = words[k - 1]
        joined = word.low == "but" and k - 2 >= low and words[k - 2].text == ","
        if word.quote < 0 and (word.text == ";" or joined):
            break
        k -= 1
    while k < end and words[k].text in _LOOSE_MARKS:
        k += 1
    return k


def matrix_verb(words: Sequence[Word], first: int, high: int, *, inner: bool = True) -> int:
    """Give the verb that goes on around the clause: "the claim that X did it | is false"; `high` where none does.

    `inner` tells whether the clause has a verb of its own to come.
    """
    for n in range(first, high):
        word = words[n]
        if word.tag in {"cc", "sub", "that", "rel"} or word.quote >= 0:
            inner = True
        elif begins_verb(words, n):
            if not inner:
                return n
            cue = cue_at(words, n, first, high)
            inner = cue is not None and "c" in cue.frames
    return high
