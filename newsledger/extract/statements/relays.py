"""What an outlet was told or refers to: "as X was told at Y", "X reports with reference to Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.grammar.phrases import Phrase, phrase_end, subject_before
from newsledger.extract.statements.attribution import Attribution
from newsledger.extract.statements.contents import clause_end, clause_start
from newsledger.extract.statements.cues import find_cues
from newsledger.extract.statements.sources import with_apposition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.grammar.words import Word

_REFERENCES = (("with", "reference", "to"), ("in", "reference", "to"), ("referring", "to"), ("with", "a", "link", "to"))
_TOLD = (("was", "told"), ("were", "told"), ("was", "informed"), ("has", "learned"), ("learned",), ("learnt",))
_CITING = frozenset({"citing", "quoting"})
_AS_REACH = 12
_OPENINGS = _CITING | {"as"} | {phrase[0] for phrase in (*_REFERENCES, *_TOLD)}
_AT = frozenset({"in", "by", "at", "from"})


def find_relayed(words: Sequence[Word], low: int, high: int) -> list[Attribution]:
    """Find the attributions in which an outlet names its own source, those inside quotes aside."""
    found = []
    for k in range(low, high):
        if words[k].quote < 0 and words[k].low in _OPENINGS:
            match = (
                _as_said(words, k, low, high)
                or _citing_first(words, k, low, high)
                or _referring(words, k, low, high)
                or _told_at(words, k, low, high)
            )
            found += [match] if match is not None else []
    return found


def _as_said(words: Sequence[Word], k: int, low: int, high: int) -> Attribution | None:
    """Match "As X said, ...", `..., as X put it, "..."` and "..., as X said"."""
    cue = next((c for c in find_cues(words, k, min(high, k + _AS_REACH)) if c.voice == "finite"), None)
    if words[k].low != "as" or cue is None or "p" not in cue.frames or words[cue.verb].quote >= 0 or cue.end >= high:
        return None
    source = subject_before(words, cue.first, k + 1)
    if source is None or source.first != k + 1:
        return None
    start, content = cue.end + 1, None
    if words[cue.end].text == "," and start < high and (k == low or words[start].tag == "mark"):
        content = Phrase(start, clause_end(words, start, high))
    elif words[k - 1].text == "," and k - 1 > low and words[cue.end].tag == "punct":
        content = Phrase(clause_start(words, k - 1, low), k - 1)
    if content is None or content.first >= content.end:
        return None
    return Attribution(source, Phrase(cue.first, cue.end), (content,), cue.lemma)


def _citing_first(words: Sequence[Word], k: int, low: int, high: int) -> Attribution | None:
    """Match "Citing Y, X reported ...": X cites Y."""
    end = phrase_end(words, k + 1, high)
    if k > low or words[k].low not in _CITING or end == k + 1 or end >= high:
        return None
    cue = next((c for c in find_cues(words, end, high) if "p" in c.frames and words[c.verb].quote < 0), None)
    source = subject_before(words, cue.first, end) if cue is not None else None
    return Attribution(source, Phrase(k, k + 1), (Phrase(k + 1, end),), "cite") if source is not None else None


def _referring(words: Sequence[Word], k: int, low: int, high: int) -> Attribution | None:
    """Match "X reports with reference to Y": X cites Y."""
    end = _phrase(words, k, high, _REFERENCES)
    cited = Phrase(end, phrase_end(words, end, high)) if end is not None else None
    cue = next((c for c in reversed([*find_cues(words, low, k)]) if "p" in c.frames and words[c.verb].quote < 0), None)
    if cited is None or cited.first == cited.end or cue is None:
        return None
    source = subject_before(words, cue.first, low)
    return Attribution(source, Phrase(k, cited.first), (cited,), "cite") if source is not None else None


def _told_at(words: Sequence[Word], k: int, low: int, high: int) -> Attribution | None:
    """Match "as X was told at Y, ..." and "..., X was told at Y": Y speaks, X relays."""
    end = _phrase(words, k, high, _TOLD)
    if end is None or end + 1 >= high or words[end].low not in _AT:
        return None
    outlet = subject_before(words, k, low)
    source = Phrase(end + 1, with_apposition(words, phrase_end(words, end + 1, high), high))
    if outlet is None or source.first >= source.end:
        return None
    leads = outlet.first > low and words[outlet.first - 1].low == "as"
    begin = outlet.first - 1 if leads else outlet.first
    if begin > low and words[begin - 1].text == ",":
        content = Phrase(clause_start(words, begin - 1, low), begin - 1)
    elif leads and source.end < high and words[source.end].text == ",":
        content = Phrase(source.end + 1, clause_end(words, source.end + 1, high))
    else:
        return None
    match = Attribution(source, Phrase(k, end), (content,), "tell", addressee=outlet)
    return match if content.first < content.end else None


def _phrase(words: Sequence[Word], k: int, high: int, phrases: Sequence[Sequence[str]]) -> int | None:
    """Give the end of the first of the phrases that begins at the word."""
    for phrase in phrases:
        if k + len(phrase) < high and all(words[k + n].low == part for n, part in enumerate(phrase)):
            return k + len(phrase)
    return None
