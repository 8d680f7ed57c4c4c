"""Where the content of a statement ends, and where one that stands before its cue begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.grammar.phrases import Phrase, begins_verb, has_finite_verb, phrase_end, subject_before
from newsledger.extract.statements.complements import skip_adjuncts
from newsledger.extract.statements.cues import cue_at, find_cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.grammar.words import Word
    from newsledger.extract.statements.cues import Cue

# What a subject begins with.
SUBJECTS = frozenset({"name", "det", "poss", "word", "pron", "num"})
# A clause that ends with one of these goes on behind "X said".
OPEN_ENDS = frozenset({"rel", "that", "sub", "prep", "to", "aux", "modal", "cc"})
_ASKED = frozenset({"asked", "pressed", "questioned", "quizzed"})
_DASHES = frozenset({"–", "—", "-", "--"})  # noqa: RUF001 - dashes are meant
_CLOSING = frozenset({'"', "”", "''", "»", "“"})
_LEADING = frozenset({",", ":", ";", ".", "–", "—"})  # noqa: RUF001 - dashes are meant
_DOES = frozenset({"do", "does", "did"})
_CONDITIONS = frozenset({"if", "when", "unless", "although", "though", "once", "while"})
# "..., demanded that", and not the participle of "..., demanded by X"
_OBJECTS = frozenset({"that", "det", "poss", "name", "pron", "obj", "mark", "to"})
_LOOSE_MARKS = frozenset(",.;:–—-(!?")  # noqa: RUF001 - dashes are meant
_OPENING_REACH = 3
_CUE_REACH = 14


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
        verb = following.tag == "ing" or (following.tag == "past" and words[min(n + 2, high - 1)].tag in _OBJECTS)
        if following.low == "according" or (verb and cue_at(words, n + 1, n + 1, high)):
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
    while (
        end > first
        and (words[end - 1].text in _LOOSE_MARKS or words[end - 1].low == "and")
        and words[end - 1].quote < 0
    ):
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


def left_content(words: Sequence[Word], cue: Cue, begin: int, low: int) -> Phrase | None:
    """Find what stands before "X said" as its content, if a comma or a closing quote parts the two."""
    if "p" not in cue.frames or begin <= low:
        return None
    if begin - 3 >= low and words[begin - 1].text in _DASHES and _ends_speech(words, begin - 2):
        begin -= 1
    before = words[begin - 1]
    quoted = before.tag == "mark" and before.quote >= 0
    hangs = cue.voice == "gerund" or words[cue.first - 1].tag == "rel"
    if not quoted and (before.text != "," or hangs or not cue.frames & {"c", "w"}):
        return None
    end = begin if quoted else begin - 1
    first = clause_start(words, end, low) if end > low else end
    if first >= end or (not quoted and _is_occasion(words, first, end)):
        return None
    if not quoted and words[first].tag == "prep" and not _has_main_verb(words, first, end):
        return None
    whole = quoted and words[first].quote == before.quote
    return Phrase(first, end) if whole or not quoted or has_finite_verb(words, first, end) else None


def _has_main_verb(words: Sequence[Word], first: int, end: int) -> bool:
    """Tell whether a run has a verb beside those of its relative clauses: not "With the talks, which failed"."""
    relative = False
    for n in range(first, end):
        if words[n].tag == "rel":
            relative = True
        elif begins_verb(words, n):
            if not relative:
                return True
            relative = False
    return False


def _ends_speech(words: Sequence[Word], k: int) -> bool:
    """Tell whether a quote that is more than a name ends here: `..."`, with a mark of punctuation on one side."""
    return words[k].text == "," or (words[k].text in _CLOSING and words[k - 1].tag == "punct")


def _is_occasion(words: Sequence[Word], first: int, end: int) -> bool:
    """Tell whether only the occasion is told before "X said": "Speaking in ...", "When asked about ..."."""
    opening = [word.low for word in words[first : min(end, first + _OPENING_REACH)]]
    verb = first + 1 if words[first].tag == "adv" and first + 1 < end else first
    return words[verb].tag in {"past", "ing"} or (opening[0] == "when" and not _ASKED.isdisjoint(opening))


def with_rest(words: Sequence[Word], left: Phrase, k: int, high: int) -> tuple[Phrase, ...]:
    """Add what goes on behind `"...", he said, `: a quote, or the rest of a clause that stands open before it.

    Nothing is left where neither side has a clause to say.
    """
    start = k + 1 if k < high and words[k].text in {",", ":", ".", ";"} else k
    end = quote_end(words, start, high)
    if end > start:
        return (left, Phrase(start, end))
    if k < high and words[k].text == "," and start < high and words[start].tag == "rel":
        return (left, Phrase(start, clause_end(words, start, high)))
    open_end = words[left.end - 1].tag in OPEN_ENDS and words[left.end - 1].low not in _DOES
    whole = has_finite_verb(words, left.first, left.end) and words[left.first].low not in _CONDITIONS
    if words[left.end - 1].quote >= 0 or (whole and not open_end):
        return (left,)
    parted = k < high and words[k].text == "," and words[left.first].tag in SUBJECTS
    if start in {k, high} or not (parted or has_finite_verb(words, start, high)):
        return (left,) if has_finite_verb(words, left.first, left.end) else ()
    rest = Phrase(start, clause_end(words, start, high))
    return (rest,) if open_end else (left, rest)


def quote_behind(words: Sequence[Word], k: int, high: int) -> tuple[Phrase, ...]:
    """Give the quote that goes on behind the speaker and what is told of him or her, unless another cue leads to it."""
    for n in range(k, high):
        if words[n].tag == "mark" and words[n].quote >= 0:
            return (Phrase(n, quote_end(words, n, high)),) if n > k and words[n - 1].text in _LEADING else ()
        other = cue_at(words, n, k, high)
        if other is not None and "q" in other.frames:
            return ()
    return ()


def main_clause_behind(words: Sequence[Word], first: int, end: int) -> int:
    """Give the comma behind which the clause goes on that the one beginning at `first` hangs on; else `end`."""
    for k in range(first, end):
        if words[k].text == "," and words[k].quote < 0 and has_finite_verb(words, first, k):
            subject = phrase_end(words, k + 1, end)
            if k + 1 < subject < end and has_finite_verb(words, subject, subject + 1):
                return k
    return end
