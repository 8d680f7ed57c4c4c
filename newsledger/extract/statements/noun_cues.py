"""Attributions without a verb of speech: "according to X", "X's claim that", "X is sure that"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.grammar.cue_lexicon import cue_nouns
from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.phrases import Phrase, phrase_end, phrase_start, subject_before, verb_group_start
from newsledger.extract.statements.attribution import Attribution, with_apposition
from newsledger.extract.statements.contents import clause_end, clause_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.grammar.words import Word

_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in ("according to", "in the words of", "in the opinion of", "in the view of", "in the eyes of")
)
_STATES = word_set("be") | {"feel", "feels", "felt", "remain", "remains", "remained", "seem", "seems", "seemed"}
_BY_REACH = 8


def find_verbless(words: Sequence[Word], low: int, high: int) -> list[Attribution]:
    """Find the attributions of a stretch of text whose cue is no verb, those inside quotes aside."""
    found: list[Attribution] = []
    for k in range(low, high):
        word = words[k]
        if word.quote >= 0:
            continue
        match = None
        if word.low in {"according", "in"}:
            match = _according(words, k, low, high)
        elif word.low in cue_nouns("clause") and word.tag == "word":
            match = _noun(words, k, low, high)
        elif word.low in cue_nouns("adjectives"):
            match = _adjective(words, k, low, high)
        if match is not None:
            found.append(match)
    return found


def _according(words: Sequence[Word], k: int, low: int, high: int) -> Attribution | None:
    length = _phrase_length(words, k, high)
    end = phrase_end(words, k + length, high) if length else k
    if end <= k + length:
        return None
    end = with_apposition(words, end, high)
    source, cue = Phrase(k + length, end), Phrase(k, k + length)
    lemma = " ".join(word.low for word in words[k : k + length])
    leads = k == low or words[k - 1].text in {"(", ";"} or words[k - 1].low in {"and", "but", "that"}
    if leads:
        start = end + 1 if end < high and words[end].text == "," else end
        content = Phrase(start, clause_end(words, start, high) if start < high else start)
    else:
        stop = k - 1 if words[k - 1].tag == "punct" else k
        content = Phrase(clause_start(words, stop, low), stop)
    return Attribution(source, cue, (content,), lemma) if content.first < content.end else None


def _phrase_length(words: Sequence[Word], k: int, high: int) -> int:
    for phrase in _PHRASES:
        if k + len(phrase) < high and all(words[k + n].low == part for n, part in enumerate(phrase)):
            return len(phrase)
    return 0


def _noun(words: Sequence[Word], k: int, low: int, high: int) -> Attribution | None:
    """Match "X's claim that ..." and "a warning by X that ..."."""
    start = phrase_start(words, k + 1, low)
    owner = next((n for n in range(k - 1, start - 1, -1) if words[n].tag in {"gen", "poss"}), None)
    source = None
    if owner is not None:
        source = Phrase(start, owner) if words[owner].tag == "gen" else Phrase(owner, owner + 1)
    n = k + 1
    if n + 1 < high and words[n].low in {"by", "from", "of"}:
        n = phrase_end(words, n + 1, min(high, n + _BY_REACH))
        source = source or Phrase(k + 2, n)
    if source is None or source.first >= source.end or n + 1 >= high or words[n].tag != "that":
        return None
    content = Phrase(n + 1, clause_end(words, n + 1, high))
    return Attribution(source, Phrase(k, k + 1), (content,), words[k].low) if content.first < content.end else None


def _adjective(words: Sequence[Word], k: int, low: int, high: int) -> Attribution | None:
    """Match "X is sure that ..."."""
    n = k - 1
    while n > low and words[n].tag in {"adv", "neg"}:
        n -= 1
    if n <= low or words[n].low not in _STATES or k + 2 >= high or words[k + 1].low not in {"that", "about", "of"}:
        return None
    source = subject_before(words, verb_group_start(words, n, low), low)
    content = Phrase(k + 2, clause_end(words, k + 2, high))
    if source is None or content.first >= content.end:
        return None
    return Attribution(source, Phrase(n, k + 1), (content,), f"be {words[k].low}", weak=words[k + 1].low != "that")
