"""Attributions by verbs: source, cue and content, matched by the order in which they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.extract.cast import is_document
from newsledger.extract.grammar.cue_lexicon import stances
from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.phrases import Phrase, has_finite_verb, phrase_end
from newsledger.extract.grammar.words import FINITE
from newsledger.extract.statements.attribution import Attribution
from newsledger.extract.statements.complements import complement, skip_adjuncts
from newsledger.extract.statements.contents import (
    OPEN_ENDS,
    SUBJECTS,
    clause_end,
    left_content,
    main_clause_behind,
    matrix_verb,
    quote_behind,
    with_rest,
)
from newsledger.extract.statements.cues import find_cues
from newsledger.extract.statements.quoting import by_agent, quoted_as_saying
from newsledger.extract.statements.sources import is_nobody, source_of, with_apposition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.grammar.words import Word
    from newsledger.extract.statements.cues import Cue

_CITING = frozenset({"cite", "quote"})
_HANGING = frozenset({"after", "as", "before", "since", "until"})
# "did not comment", "would not elaborate": nothing was said.
_SILENT = word_set("silent")


def find_attributions(words: Sequence[Word], low: int, high: int) -> list[Attribution]:
    """Find the attributions by verbs in a stretch of text, those inside quotes aside, in the order of their cues."""
    found: list[Attribution] = []
    earlier: Phrase | None = None
    for cue in find_cues(words, low, high):
        if words[cue.verb].quote < 0:
            match = quoted_as_saying(words, cue, low, high) or by_agent(words, cue, low, high)
            match = match or _match(words, cue, earlier, low, high)
            if match is not None:
                found.append(match)
                earlier = match.source or earlier
    return found


def _match(words: Sequence[Word], cue: Cue, earlier: Phrase | None, low: int, high: int) -> Attribution | None:
    hypothetical = "p" not in cue.frames and any(word.tag == "modal" for word in words[cue.first : cue.verb])
    if hypothetical or cue.voice in {"passive", "infinitive"}:
        return None
    inverted = _inverted(words, cue, low, high)
    source, inherits = source_of(words, cue, earlier, low)
    if inverted is not None or source is None or is_nobody(words, source, low) or _is_sent(words, cue, source, high):
        return inverted
    if words[source.first].low == "what" and source.end - source.first > 1:
        source = Phrase(source.first + 1, source.end)
    begin = cue.first if inherits else min(source.first, cue.first)
    after = complement(words, cue, high)
    if after is not None and _is_what_said(words, source, after.first, low):
        return None
    ahead = Phrase(after.first, _content_end(words, cue, source, after.first, high)) if after else None
    match = Attribution(source, Phrase(cue.first, cue.end), (), cue.lemma)
    if after is not None:
        match = replace(match, addressee=after.addressee, weak=after.weak)
    left = left_content(words, cue, begin, low)
    if left is not None and inherits and words[left.end - 1].tag != "mark":
        left = None
    if left is not None and ahead is not None and _stands_between(words, left, ahead):
        match = replace(match, contents=(left, ahead), weak=False)
    elif left is not None and (ahead is None or words[left.end - 1].tag == "mark"):
        told = match.addressee or _told(words, cue, high)
        behind = skip_adjuncts(words, told.end if told is not None else cue.end, high)
        match = replace(match, contents=with_rest(words, left, behind, high), weak=False, addressee=told)
    elif ahead is not None and ahead.first < ahead.end:
        match = replace(match, contents=() if _says_nothing(words, cue, weak=match.weak) else (ahead,))
    else:
        start = skip_adjuncts(words, cue.end, high)
        leads = "q" in cue.frames and all(words[k].text == ":" for k in range(start, high))
        return match if leads and words[high - 1].text == ":" else None
    return match if match.contents else None


def _says_nothing(words: Sequence[Word], cue: Cue, *, weak: bool) -> bool:
    """Tell whether a negation or a supposition leaves nothing said: "did not condemn X", "may repeat X"."""
    if cue.negated:
        return cue.lemma in _SILENT or (weak and cue.lemma not in stances())
    return weak and any(word.tag == "modal" for word in words[cue.first : cue.verb])


def _content_end(words: Sequence[Word], cue: Cue, source: Phrase, first: int, high: int) -> int:
    """Give where a content ends; in a clause that hangs on another one, where that other one goes on."""
    end = clause_end(words, first, high)
    if source.first > cue.end:
        return min(end, source.first - 1)
    if cue.lemma in _CITING and cue.voice == "gerund":
        return next((k for k in range(first, end) if words[k].text == "," and words[k].quote < 0), end)
    before = words[source.first - 1] if source.first else words[0]
    if words[cue.first - 1].tag == "rel" and words[cue.first - 2].text != ",":
        return min(end, matrix_verb(words, first, end, inner=words[first].tag != "to"))
    if words[cue.first - 1].tag == "rel":
        commas = (k for k in range(first, end - 1) if words[k].text == "," and words[k].quote < 0)
        return next((k for k in commas if has_finite_verb(words, k + 1, k + 2)), end)
    if source.first and (before.tag == "sub" or before.low in _HANGING):
        return main_clause_behind(words, first, end)
    return end


def _is_sent(words: Sequence[Word], cue: Cue, source: Phrase, high: int) -> bool:
    """Tell whether the verb is but a participle: "a statement emailed to X"."""
    bare = cue.first == cue.verb == source.end and words[cue.verb].tag == "past"
    linked = cue.end < high and words[cue.end].tag in {"to", "prep"}
    return bare and linked and is_document(words, source)


def _stands_between(words: Sequence[Word], left: Phrase, ahead: Phrase) -> bool:
    """Tell whether "X said" stands inside a sentence whose verb is quoted: `The two, X said, "are friends"`."""
    quoted = words[ahead.first].tag == "mark" and words[ahead.first - 1].text == ","
    return quoted and words[left.first].tag in SUBJECTS and not has_finite_verb(words, left.first, left.end)


def _is_what_said(words: Sequence[Word], source: Phrase, first: int, low: int) -> bool:
    """Tell whether "what X said" is what the next verb speaks of: "what X said | was true"."""
    heads = {words[source.first].low, words[source.first - 1].low if source.first > low else ""}
    what = source.first if words[source.first].low == "what" else source.first - 1
    begins = what <= low or words[what - 1].tag in {"punct", "mark", "cc", "that", "sub"}
    return "what" in heads and begins and words[first].tag in FINITE


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
    if behind.tag not in SUBJECTS or behind.quote >= 0 or ("o" in cue.frames and not quoted):
        return None
    close = phrase_end(words, head, high)
    end = with_apposition(words, close, high)
    source, said = Phrase(cue.end, end), Phrase(cue.first, cue.end)
    if cue.first == low:
        contents = quote_behind(words, end, high)
        return Attribution(source, said, contents, cue.lemma) if contents else None
    left = left_content(words, cue, cue.first, low)
    ends = quoted or end >= high or words[end].tag in {"punct", "mark"}
    if left is None or not ends or (behind.tag == "pron" and not quoted) or has_finite_verb(words, head, close):
        return None
    headline = end == high and words[high - 1].tag not in {"punct", "mark"}
    told = quoted or headline or has_finite_verb(words, left.first, left.end)
    if not told and words[left.end - 1].tag not in OPEN_ENDS:
        return None
    contents = (left,) if headline else with_rest(words, left, end, high)
    contents = (left, *quote_behind(words, end, high)) if quoted else contents
    return Attribution(source, said, contents, cue.lemma) if contents else None


def _participle_end(words: Sequence[Word], k: int, high: int) -> int:
    """Step over a participle that stands for an adjective: "said | retired general X"."""
    return k + 1 if words[k].tag in {"past", "ing"} and k + 1 < high and words[k + 1].tag in {"name", "word"} else k
