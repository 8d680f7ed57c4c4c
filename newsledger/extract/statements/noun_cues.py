"""Attributions without a verb of speech: "according to X", "X's claim that", "X is sure that"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.grammar.cue_lexicon import cue_nouns
from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.phrases import (
    Phrase,
    has_finite_verb,
    phrase_end,
    phrase_start,
    subject_before,
    verb_group_start,
)
from newsledger.extract.statements.attribution import Attribution
from newsledger.extract.statements.complements import holds_clause
from newsledger.extract.statements.contents import clause_end, clause_start, main_clause_behind, matrix_verb
from newsledger.extract.statements.sources import with_apposition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.grammar.words import Word

_PHRASES = (("according", "to"), *(("in", "the", noun, "of") for noun in ("words", "opinion", "view", "eyes")))
_STATES = word_set("be") | {"feel", "feels", "felt", "remain", "remains", "remained", "seem", "seems", "seemed"}
_OWNERS = frozenset({"his", "her", "their", "its", "my", "our"})
_CLAUSE_STARTS = frozenset({"name", "pron", "det", "poss"})
_DASHES = frozenset({"―", "—", "–"})  # noqa: RUF001 - dashes are meant
_HEADING_STARTS = frozenset({"name", "det", "word"})
_HEADING_REACH = 14
_OPENINGS = frozenset({"according", "in", "by", "from"})
# "it is not clear whether"
_EMPTY = frozenset({"it", "this", "that", "there", "what"})
_PARTICIPLE_REACH = 12
_BY_REACH = 8
_OWN_REACH = 7


def find_verbless(words: Sequence[Word], low: int, high: int) -> list[Attribution]:
    """Find the attributions of a stretch of text whose cue is no verb, those inside quotes aside."""
    found: list[Attribution] = []
    for k in range(low, high):
        word = words[k]
        if word.quote >= 0:
            continue
        match = None
        if word.low in _OPENINGS:
            match = _according(words, k, low, high)
        elif word.low in cue_nouns("clause") and word.tag in {"word", "name"}:
            match = _noun(words, k, low, high)
        elif word.low in cue_nouns("adjectives"):
            match = _adjective(words, k, low, high)
        elif word.text in _DASHES:
            match = _signed(words, k, low, high)
        if match is not None:
            found.append(match)
    return found


def find_heading(words: Sequence[Word], low: int, high: int) -> Attribution | None:
    """Match `X: ...`, `X on Y: "..."` and "... - X", as headlines and transcripts print it, in a whole paragraph."""
    signed = _signed_headline(words, low, high)
    if signed is not None:
        return signed
    colon = next((k for k in range(low, min(high - 1, low + _HEADING_REACH)) if words[k].text == ":"), None)
    if colon is None or words[low].tag not in _HEADING_STARTS or words[colon + 1].start == words[colon].end:
        return None
    end = phrase_end(words, low, colon)
    quoted = words[colon + 1].tag == "mark" and words[colon + 1].quote >= 0
    named = end == colon or (quoted and words[end].tag in {"prep", "to"})
    told = quoted or has_finite_verb(words, colon + 1, high)
    if end == low or not named or not told or words[high - 1].text == "?" or has_finite_verb(words, low, colon):
        return None
    content = Phrase(colon + 1, clause_end(words, colon + 1, high))
    return Attribution(Phrase(low, end), Phrase(colon, colon + 1), (content,), "say")


def _signed_headline(words: Sequence[Word], low: int, high: int) -> Attribution | None:
    """Match "No decision yet - X"."""
    dash = next((k for k in range(high - 2, low, -1) if words[k].text in _DASHES | {"-"}), None)
    if dash is None or words[dash - 1].tag == "mark" or phrase_end(words, dash + 1, high) != high:
        return None
    if words[dash - 1].end == words[dash].start:
        return None
    return Attribution(Phrase(dash + 1, high), Phrase(dash, dash + 1), (Phrase(low, dash),), "say")


def _signed(words: Sequence[Word], k: int, low: int, high: int) -> Attribution | None:
    """Match `"..." — X`, as the words of readers are signed."""
    end = with_apposition(words, phrase_end(words, k + 1, high), high)
    if k == low or words[k - 1].tag != "mark" or end == k + 1 or words[k + 1].tag != "name":
        return None
    if any(word.tag != "punct" for word in words[end:high]):
        return None
    first = next((n for n in range(k - 1, low, -1) if words[n - 1].quote != words[k - 1].quote), low)
    return Attribution(Phrase(k + 1, end), Phrase(k, k + 1), (Phrase(first, k),), "say")


def _according(words: Sequence[Word], k: int, low: int, high: int) -> Attribution | None:
    """Match "according to X" and "in X's words", before, behind or inside what is said."""
    named = _according_to(words, k, high) or _own_words(words, k, high)
    if named is None:
        return None
    (source, cue), outlet = named, None
    end = max(source.end, cue.end)
    cited = _cited_behind(words, end, high)
    if cited is not None:
        source, outlet, end = cited, source, cited.end
    lemma = " ".join(word.low for word in words[cue.first : cue.end])
    if end + 2 < high and words[end].text == "," and words[end + 1].low in {"cited", "quoted"}:
        end = next((n for n in range(end + 2, high) if words[n].tag == "punct"), end)
    before = k - 2 if words[k - 1].text == "," and k - 2 >= low else k - 1
    leads = k == low or words[k - 1].text in {"(", ";"} or words[before].tag in {"cc", "that", "rel"}
    start = end + 1 if end < high and words[end].text == "," else end
    ahead = Phrase(start, clause_end(words, start, high) if start < high else start)
    stop = k - 1 if words[k - 1].tag == "punct" else k
    left = Phrase(clause_start(words, stop, low), stop) if not leads else Phrase(k, k)
    quoted = start > end and start < high and words[start].tag == "mark"
    parted = start > end and left.first < left.end and not has_finite_verb(words, left.first, left.end)
    if leads or (quoted and words[stop - 1].tag != "mark"):
        left = Phrase(k, k)
    elif not (parted or quoted):
        ahead = Phrase(end, end)
    contents = tuple(part for part in (left, ahead) if part.first < part.end)
    return Attribution(source, cue, contents, lemma, addressee=outlet) if contents else None


def _cited_behind(words: Sequence[Word], k: int, high: int) -> Phrase | None:
    """Find whom an outlet cites in turn: "according to X, citing Y"."""
    if k + 2 >= high or words[k].text != "," or words[k + 1].low not in {"citing", "quoting"}:
        return None
    end = phrase_end(words, k + 2, high)
    while end + 1 < high and words[end].tag != "punct":
        end += 1
    return Phrase(k + 2, end) if end > k + 2 else None


def _according_to(words: Sequence[Word], k: int, high: int) -> tuple[Phrase, Phrase] | None:
    for phrase in _PHRASES:
        start = k + len(phrase)
        if start < high and all(words[k + n].low == part for n, part in enumerate(phrase)):
            end = phrase_end(words, start, high)
            if end < high and words[end].low in {"by", "from"} and words[end - 1].low in cue_nouns("documents"):
                end = max(end, phrase_end(words, end + 1, high))
            if start < end < high and words[end].tag in {"past", "ing"} and words[end].low not in {"quoted", "cited"}:
                reach = range(end, min(high, end + _PARTICIPLE_REACH))
                end = next((n for n in reach if words[n].tag == "punct"), end)
            return (Phrase(start, with_apposition(words, end, high)), Phrase(k, start)) if end > start else None
    return None


def _own_words(words: Sequence[Word], k: int, high: int) -> tuple[Phrase, Phrase] | None:
    """Find "in his words" and "in the minister's opinion": the owner, and the whole phrase."""
    nouns = cue_nouns(f"own_{words[k].low}") if words[k].low != "according" else frozenset()
    for n in range(k + 2, min(high, k + _OWN_REACH)):
        if words[n].low in nouns:
            owner = next((m for m in range(n - 1, k, -1) if words[m].tag == "gen" or words[m].low in _OWNERS), None)
            if owner is None:
                return None
            source = Phrase(k + 1, owner) if words[owner].tag == "gen" else Phrase(owner, owner + 1)
            return (source, Phrase(k, n + 1)) if source.first < source.end else None
        if words[n].tag == "punct":
            return None
    return None


def _noun(words: Sequence[Word], k: int, low: int, high: int) -> Attribution | None:
    """Match "X's claim that ..." and "a warning by X that ..."."""
    start = phrase_start(words, k + 1, low)
    owner = next((n for n in range(k - 1, start - 1, -1) if words[n].tag in {"gen", "poss"}), None)
    source = None
    if owner is not None:
        source = Phrase(start, owner) if words[owner].tag == "gen" else Phrase(owner, owner + 1)
    n = k + 1
    if n + 1 < high and words[n].low in {"by", "from", "of", "among", "in"}:
        n = phrase_end(words, n + 1, min(high, n + _BY_REACH))
        source = source or Phrase(k + 2, n)
    if source is None or source.first >= source.end or n + 1 >= high or words[n].tag != "that":
        return None
    subject = start == low or words[start - 1].tag in {"punct", "cc", "sub", "mark"}
    end = min(clause_end(words, n + 1, high), matrix_verb(words, n + 1, high) if subject else high)
    if start == low + 1 and words[low].tag == "prep":  # "Despite X's claim that ..., Y left"
        end = main_clause_behind(words, n + 1, end)
    content = Phrase(n + 1, end)
    return Attribution(source, Phrase(k, k + 1), (content,), words[k].low) if content.first < content.end else None


def _adjective(words: Sequence[Word], k: int, low: int, high: int) -> Attribution | None:
    """Match "X is sure that ..." and "X is sure ..."."""
    n = k - 1
    while n > low and words[n].tag in {"adv", "neg"}:
        n -= 1
    if n <= low or words[n].low not in _STATES or k + 1 >= high:
        return None
    source = subject_before(words, verb_group_start(words, n, low), low)
    if words[k + 1].tag == "punct" or k + 2 >= high:
        return _is_sure_of_quote(words, source, Phrase(n, k + 1), low)
    linked = words[k + 1].low in {"that", "about", "of"}
    if not linked and not (words[k + 1].tag in _CLAUSE_STARTS and holds_clause(words, k + 1, high)):
        return None
    start = k + 2 if linked else k + 1
    content = Phrase(start, clause_end(words, start, high))
    if source is None or content.first >= content.end or words[source.first].low in _EMPTY:
        return None
    weak = words[k + 1].low in {"about", "of"}
    return Attribution(source, Phrase(n, k + 1), (content,), f"be {words[k].low}", weak=weak)


def _is_sure_of_quote(words: Sequence[Word], source: Phrase | None, said: Phrase, low: int) -> Attribution | None:
    """Match `"...," X is sure`."""
    if source is None or source.first <= low or words[source.first - 1].tag != "mark":
        return None
    content = Phrase(clause_start(words, source.first, low), source.first)
    return Attribution(source, said, (content,), f"be {words[said.end - 1].low}")
