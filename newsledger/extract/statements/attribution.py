"""Source, cue and content, matched in one stretch of text by the order in which they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsledger.extract.grammar.clauses import antecedent_of, earlier_verb
from newsledger.extract.grammar.cue_lexicon import cue_frames, light_cues, stances
from newsledger.extract.grammar.inflection import word_set
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
from newsledger.extract.statements.complements import complement, skip_adjuncts
from newsledger.extract.statements.contents import clause_end, clause_start, matrix_verb, quote_end
from newsledger.extract.statements.cues import Cue, cue_at, find_cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.grammar.words import Word

_SUBJECTS = frozenset({"name", "det", "poss", "word", "pron", "num"})
_BEFORE_GERUND = frozenset({"punct", "word", "name", "time", "mark"})
_OPEN_ENDS = frozenset({"rel", "that", "sub", "prep", "to", "aux", "modal", "cc"})
_QUOTING = frozenset({"quote", "cite"})
_ASKED = frozenset({"asked", "pressed", "questioned", "quizzed"})
_DASHES = frozenset({"–", "—", "-", "--"})  # noqa: RUF001 - dashes are meant
_CLOSING = frozenset({'"', "”", "''", "»", "“"})
_NOBODY = frozenset({"nobody", "none", "neither", "no"})
_HANGING = frozenset({"after", "as", "before", "since", "until"})
_LEADING = frozenset({",", ":", ";", ".", "–", "—"})  # noqa: RUF001 - dashes are meant
_SAYING = frozenset({"saying", "telling", "having"})
_DOES = frozenset({"do", "does", "did"})
_CONDITIONS = frozenset({"if", "when", "unless", "although", "though", "once", "while"})
_CONJUNCTIONS = frozenset({"and", "but", "then", "or"})
_SAYING_REACH = 10
_OPENING_REACH = 3
_RELATIVE_REACH = 12
# "did not comment", "would not elaborate": nothing was said.
_SILENT = word_set("silent")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution by word numbers; `contents` are the parts of what is said, none where it is still to come.

    `inherits` tells that the source is that of an earlier verb, `weak` that the content is no clause of its own.
    """

    source: Phrase | None
    cue: Phrase
    contents: tuple[Phrase, ...]
    lemma: str
    addressee: Phrase | None = None
    inherits: bool = False
    weak: bool = False


def find_attributions(words: Sequence[Word], low: int, high: int) -> list[Attribution]:
    """Find the attributions by verbs in a stretch of text, those inside quotes aside, in the order of their cues."""
    found: list[Attribution] = []
    for cue in find_cues(words, low, high):
        if words[cue.verb].quote < 0:
            match = (
                _quoted_as_saying(words, cue, low, high)
                or _by_agent(words, cue, low, high)
                or _match(words, cue, found, low, high)
            )
            if match is not None:
                found.append(match)
    return found


def _match(words: Sequence[Word], cue: Cue, found: list[Attribution], low: int, high: int) -> Attribution | None:
    hypothetical = "p" not in cue.frames and any(word.tag == "modal" for word in words[cue.first : cue.verb])
    if hypothetical or cue.voice in {"passive", "infinitive"}:
        return None
    inverted = _inverted(words, cue, low, high)
    source, inherits = _source(words, cue, found, low)
    if inverted is not None or source is None or _is_nobody(words, source, low):
        return inverted
    if words[source.first].low == "what" and source.end - source.first > 1:
        source = Phrase(source.first + 1, source.end)
    begin = cue.first if inherits else min(source.first, cue.first)
    after = complement(words, cue, high)
    if after is not None and _is_what_said(words, source, after.first, low):
        return None
    ahead = Phrase(after.first, _content_end(words, cue, source, after.first, high)) if after else None
    match = Attribution(source, Phrase(cue.first, cue.end), (), cue.lemma, inherits=inherits)
    if after is not None:
        match = replace(match, addressee=after.addressee, weak=after.weak)
    left = _left_content(words, cue, begin, low)
    if left is not None and inherits and words[left.end - 1].tag != "mark":
        left = None
    if left is not None and (ahead is None or words[left.end - 1].tag == "mark"):
        told = match.addressee or _told(words, cue, high)
        behind = skip_adjuncts(words, told.end if told is not None else cue.end, high)
        contents = _with_rest(words, left, behind, high)
        match = replace(match, contents=contents, weak=False, addressee=told)
        return match if contents else None
    if ahead is not None and ahead.first < ahead.end:
        silent = cue.negated and (cue.lemma in _SILENT or (match.weak and cue.lemma not in stances()))
        supposed = match.weak and not cue.negated and any(w.tag == "modal" for w in words[cue.first : cue.verb])
        return None if silent or supposed else replace(match, contents=(ahead,))
    leads = "q" in cue.frames and all(words[k].text == ":" for k in range(skip_adjuncts(words, cue.end, high), high))
    return match if leads and words[high - 1].text == ":" else None


def _content_end(words: Sequence[Word], cue: Cue, source: Phrase, first: int, high: int) -> int:
    """Give where a content ends; in a clause that hangs on another one, where that other one goes on."""
    end = clause_end(words, first, high)
    before = words[source.first - 1] if source.first else words[0]
    if words[cue.first - 1].tag == "rel" and words[cue.first - 2].text != ",":
        return min(end, matrix_verb(words, first, end, inner=words[first].tag != "to"))
    if source.first and (before.tag == "sub" or before.low in _HANGING):
        for k in range(first, end):
            parts = words[k].text == "," and words[k].quote < 0 and has_finite_verb(words, first, k)
            if parts and _main_clause_at(words, k + 1, end):
                return k
    return end


def _main_clause_at(words: Sequence[Word], k: int, high: int) -> bool:
    subject = phrase_end(words, k, high)
    return subject > k and subject < high and has_finite_verb(words, subject, subject + 1)


def _is_what_said(words: Sequence[Word], source: Phrase, first: int, low: int) -> bool:
    """Tell whether "what X said" is what the next verb speaks of: "what X said | was true"."""
    heads = {words[source.first].low, words[source.first - 1].low if source.first > low else ""}
    what = source.first if words[source.first].low == "what" else source.first - 1
    begins = what <= low or words[what - 1].tag in {"punct", "mark", "cc", "that", "sub"}
    return "what" in heads and begins and words[first].tag in FINITE


def _is_nobody(words: Sequence[Word], source: Phrase, low: int) -> bool:
    """Tell whether nobody spoke: "no one", "nobody in the ministry"."""
    k = source.first - 2 if source.first - 2 >= low and words[source.first - 1].tag == "prep" else source.first
    return not _NOBODY.isdisjoint({words[k].low, words[source.first].low})


def _told(words: Sequence[Word], cue: Cue, high: int) -> Phrase | None:
    end = phrase_end(words, cue.end, high) if "o" in cue.frames else cue.end
    return Phrase(cue.end, end) if end > cue.end else None


def _inverted(words: Sequence[Word], cue: Cue, low: int, high: int) -> Attribution | None:
    """Match `"...", said X`, `..., said X` and `Said X: "..."`."""
    if "p" not in cue.frames or cue.voice != "finite" or cue.end >= high:
        return None
    quoted = cue.first > low and words[cue.first - 1].tag == "mark"
    head = _participle_end(words, cue.end, high) if quoted or cue.first == low else cue.end
    behind = words[head]
    if behind.tag not in _SUBJECTS or behind.quote >= 0 or ("o" in cue.frames and not quoted):
        return None
    close = phrase_end(words, head, high)
    end = with_apposition(words, close, high)
    source, said = Phrase(cue.end, end), Phrase(cue.first, cue.end)
    if cue.first == low:
        contents = _quote_behind(words, end, high)
        return Attribution(source, said, contents, cue.lemma) if contents else None
    left = _left_content(words, cue, cue.first, low)
    ends = quoted or end >= high or words[end].tag in {"punct", "mark"}
    if left is None or not ends or (behind.tag == "pron" and not quoted) or has_finite_verb(words, head, close):
        return None
    if not quoted and words[left.end - 1].tag not in _OPEN_ENDS and not has_finite_verb(words, left.first, left.end):
        return None
    contents = (left, *_quote_behind(words, end, high)) if quoted else _with_rest(words, left, end, high)
    return Attribution(source, said, contents, cue.lemma) if contents else None


def _participle_end(words: Sequence[Word], k: int, high: int) -> int:
    """Step over a participle that stands for an adjective: "said | retired general X"."""
    return k + 1 if words[k].tag in {"past", "ing"} and k + 1 < high and words[k + 1].tag in {"name", "word"} else k


def _quote_behind(words: Sequence[Word], k: int, high: int) -> tuple[Phrase, ...]:
    """Give the quote that goes on behind the speaker and what is told of him or her, unless another cue leads to it."""
    for n in range(k, high):
        if words[n].tag == "mark" and words[n].quote >= 0:
            return (Phrase(n, quote_end(words, n, high)),) if n > k and words[n - 1].text in _LEADING else ()
        other = cue_at(words, n, k, high)
        if other is not None and "q" in other.frames:
            return ()
    return ()


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


def _source(words: Sequence[Word], cue: Cue, found: list[Attribution], low: int) -> tuple[Phrase | None, bool]:
    """Find the source of a cue, and whether it is that of an earlier verb rather than its own subject."""
    if cue.first == low:
        return None, False
    before = words[cue.first - 1]
    joined = before.low in _CONJUNCTIONS
    if cue.voice == "gerund" or joined or before.text == ",":
        earlier = next((match.source for match in reversed(found) if match.source is not None), None)
        if cue.voice == "gerund":
            leads = before.text == "," or before.low in light_cues()[1]
            main = _main_subject(words, low, cue.first) if leads else None
            earlier = earlier or main or (subject_before(words, cue.first - 1, low) if before.text == "," else None)
            return (earlier if before.tag in _BEFORE_GERUND else None), True
        own = subject_before(words, cue.first, low) if before.text == "," else None
        if own is not None and earlier is not None and own.first <= earlier.first:
            return _with_name(words, own, low), False
        if earlier is not None or joined:
            return earlier or _joined_subject(words, low, cue.first), True
    subject = subject_before(words, cue.first, low) or _around_relative(words, cue.first, low)
    if subject is not None and words[subject.first].tag == "rel" and subject.end - subject.first == 1:
        return antecedent_of(words, subject.first, low), False
    return (_with_name(words, _past_relative(words, subject, low), low) if subject is not None else None), False


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


def _joined_subject(words: Sequence[Word], low: int, verb: int) -> Phrase | None:
    """Find the subject of the nearest finite verb before one behind "and"."""
    earlier = earlier_verb(words, verb - 1, low)
    return subject_before(words, verb_group_start(words, earlier, low), low) if earlier is not None else None


def _main_subject(words: Sequence[Word], low: int, verb: int) -> Phrase | None:
    """Find the subject of the first finite verb before the given one."""
    main = next((k for k in range(low, verb) if words[k].quote < 0 and has_finite_verb(words, k, k + 1)), None)
    return subject_before(words, main, low) if main is not None else None


def _left_content(words: Sequence[Word], cue: Cue, begin: int, low: int) -> Phrase | None:
    """Find what stands before "X said" as its content, if a comma or a closing quote parts the two."""
    if "p" not in cue.frames or begin <= low:
        return None
    while begin - 2 >= low and words[begin - 1].text in _DASHES and words[begin - 2].text in {",", *_CLOSING}:
        begin -= 1
    before = words[begin - 1]
    quoted = before.tag == "mark" and before.quote >= 0
    hangs = cue.voice == "gerund" or words[cue.first - 1].tag == "rel"
    if not quoted and (before.text != "," or hangs or not cue.frames & {"c", "w"}):
        return None
    end = begin if quoted else begin - 1
    first = clause_start(words, end, low)
    if first >= end or (not quoted and _is_occasion(words, first, end)):
        return None
    whole = quoted and words[first].quote == before.quote
    return Phrase(first, end) if whole or not quoted or has_finite_verb(words, first, end) else None


def _is_occasion(words: Sequence[Word], first: int, end: int) -> bool:
    """Tell whether only the occasion is told before "X said": "Speaking in ...", "When asked about ..."."""
    opening = [word.low for word in words[first : min(end, first + _OPENING_REACH)]]
    verb = first + 1 if words[first].tag == "adv" and first + 1 < end else first
    return words[verb].tag in {"past", "ing"} or (opening[0] == "when" and not _ASKED.isdisjoint(opening))


def _with_rest(words: Sequence[Word], left: Phrase, k: int, high: int) -> tuple[Phrase, ...]:
    """Add what goes on behind `"...", he said, `: a quote, or the rest of a clause that stands open before it.

    Nothing is left where neither side has a clause to say.
    """
    start = k + 1 if k < high and words[k].text in {",", ":", ".", ";"} else k
    end = quote_end(words, start, high)
    if end > start:
        return (left, Phrase(start, end))
    if k < high and words[k].text == "," and start < high and words[start].tag == "rel":
        return (left, Phrase(start, clause_end(words, start, high)))
    open_end = words[left.end - 1].tag in _OPEN_ENDS and words[left.end - 1].low not in _DOES
    whole = has_finite_verb(words, left.first, left.end) and words[left.first].low not in _CONDITIONS
    if words[left.end - 1].quote >= 0 or (whole and not open_end):
        return (left,)
    parted = k < high and words[k].text == "," and words[left.first].tag in _SUBJECTS
    if start in {k, high} or not (parted or has_finite_verb(words, start, high)):
        return (left,) if has_finite_verb(words, left.first, left.end) else ()
    rest = Phrase(start, clause_end(words, start, high))
    return (rest,) if open_end else (left, rest)


def _quoted_as_saying(words: Sequence[Word], cue: Cue, low: int, high: int) -> Attribution | None:
    """Match "X was quoted by Y as saying ..." and "Y quoted X as saying ..."; Y relays it, as an addressee would."""
    if cue.lemma not in _QUOTING or cue.voice not in {"passive", "finite"}:
        return None
    reach = range(cue.end, min(high - 1, cue.end + _SAYING_REACH))
    k = next((k for k in reach if words[k].low == "as" and words[k + 1].low in _SAYING), None)
    subject = subject_before(words, cue.first, low) if k is not None else None
    if k is None or subject is None:
        return _quoted(words, cue, low, high)
    if cue.voice == "finite":
        source, relay, said = Phrase(cue.end, k), subject, Phrase(k, k + 2)
    else:
        by = words[cue.end].low == "by" and k > cue.end + 1
        source, relay, said = subject, Phrase(cue.end + 1, k) if by else None, Phrase(cue.first, k + 2)
    saying = replace(cue, end=k + 2, lemma="say", frames=cue_frames()["say"], voice="finite")
    match = Attribution(source, said, (), "say", addressee=relay)
    after = complement(words, saying, high)
    if after is not None:
        return replace(match, contents=(Phrase(after.first, clause_end(words, after.first, high)),))
    left = _left_content(words, saying, subject.first, low)
    return replace(match, contents=(left,)) if left is not None and source.first < source.end else None


def _quoted(words: Sequence[Word], cue: Cue, low: int, high: int) -> Attribution | None:
    """Match `Y quoted X: "..."`."""
    end = phrase_end(words, cue.end, high)
    relay = subject_before(words, cue.first, low)
    leads = end > cue.end and end + 1 < high and words[end].text == ":" and words[end + 1].tag == "mark"
    if cue.voice != "finite" or not leads or relay is None:
        return None
    contents = (Phrase(end + 1, clause_end(words, end + 1, high)),)
    return Attribution(Phrase(cue.end, end), Phrase(cue.first, cue.end), contents, cue.lemma, addressee=relay)


def _by_agent(words: Sequence[Word], cue: Cue, low: int, high: int) -> Attribution | None:
    """Match "Y was condemned by X": Y is what X judges."""
    if cue.voice != "passive" or "n" not in cue.frames or cue.end + 1 >= high or words[cue.end].low != "by":
        return None
    end = phrase_end(words, cue.end + 1, high)
    judged = subject_before(words, cue.first, low)
    if judged is None or end == cue.end + 1 or words[cue.first].tag == "modal":
        return None
    return Attribution(Phrase(cue.end + 1, end), Phrase(cue.first, cue.end), (judged,), cue.lemma, weak=True)
