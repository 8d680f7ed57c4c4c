"""Whom somebody else quotes or judges: "X was quoted by Y as saying", `Y quoted X: "..."`, "Y was condemned by X"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.extract.grammar.cue_lexicon import cue_frames
from newsledger.extract.grammar.phrases import Phrase, phrase_end, subject_before
from newsledger.extract.statements.attribution import Attribution
from newsledger.extract.statements.complements import complement
from newsledger.extract.statements.contents import clause_end, left_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.grammar.words import Word
    from newsledger.extract.statements.cues import Cue

_QUOTING = frozenset({"quote", "cite"})
_SAYING = frozenset({"saying", "telling", "having"})
_SAYING_REACH = 10


def quoted_as_saying(words: Sequence[Word], cue: Cue, low: int, high: int) -> Attribution | None:
    """Match "X was quoted by Y as saying ..." and "Y quoted X as saying ..."; Y relays it, as an addressee would."""
    if cue.lemma not in _QUOTING or cue.voice not in {"passive", "finite"}:
        return None
    reach = range(cue.end, min(high - 1, cue.end + _SAYING_REACH))
    k = next((k for k in reach if words[k].low == "as" and words[k + 1].low in _SAYING), None)
    subject = subject_before(words, cue.first, low) if k is not None else None
    if k is None or subject is None:
        return _quoted(words, cue, low, high)
    source, said = subject, Phrase(cue.first, k + 2)
    behind = phrase_end(words, k + 3, high) if k + 3 < high and words[k + 2].low == "by" else k + 3
    relay = Phrase(k + 3, behind) if behind > k + 3 else None
    relay = Phrase(cue.end + 1, k) if words[cue.end].low == "by" and k > cue.end + 1 else relay
    if cue.voice == "finite":
        source, said, relay = Phrase(cue.end, k), Phrase(cue.first, cue.end), subject
    saying = replace(cue, end=k + 2, lemma="say", frames=cue_frames()["say"], voice="finite")
    match = Attribution(source, said, (), "say", addressee=relay)
    after = complement(words, saying, high)
    if after is not None:
        return replace(match, contents=(Phrase(after.first, clause_end(words, after.first, high)),))
    left = left_content(words, saying, subject.first, low)
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


def by_agent(words: Sequence[Word], cue: Cue, low: int, high: int) -> Attribution | None:
    """Match "Y was condemned by X": Y is what X judges."""
    if cue.voice != "passive" or "n" not in cue.frames or cue.end + 1 >= high or words[cue.end].low != "by":
        return None
    end = phrase_end(words, cue.end + 1, high)
    judged = subject_before(words, cue.first, low)
    if judged is None or end == cue.end + 1 or words[cue.first].tag == "modal":
        return None
    return Attribution(Phrase(cue.end + 1, end), Phrase(cue.first, cue.end), (judged,), cue.lemma, weak=True)
