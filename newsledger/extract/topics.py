"""What an article is about."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from newsledger.extract.document import split_words
from newsledger.extract.topic_words import Weighed, weigh_words
from newsledger.records.extraction import Topic
from newsledger.records.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.extract.document import Document
    from newsledger.records.config import TopicRule

# A hit in the first sentences says more than one further down, a new word more than a repeated one, and a hit of a
# rule with few words more than one of a rule with many.
_LEAD_SENTENCES = 4
_LEAD_WEIGHT = 2.0
_REPEAT_WEIGHT = 0.7
_USUAL_BREADTH = 15
_MOST_WORTH = 1.5
# So many hits are enough in a text of the given number of words; longer texts need more.
_HALF = 2.0
_WORDS_PER_ARTICLE = 300
_LEAST_SCORE = 0.5
_EVIDENCE = 20


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The words of a rule's entry behind its first one; a word ending in * is a beginning."""

    rest: tuple[str, ...]
    topic: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Index:
    """The patterns by their first word, whole or by its beginning; and what a topic's hits are worth."""

    whole: dict[str, tuple[_Pattern, ...]]
    beginnings: dict[str, tuple[_Pattern, ...]]
    lengths: tuple[int, ...]
    worth: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    weight: float


def find_topics(document: Document, rules: tuple[TopicRule, ...]) -> tuple[Topic, ...]:
    """Find the topics whose words the text holds, the strongest first."""
    index = _index(rules)
    hits: dict[str, list[_Hit]] = defaultdict(list)
    words = document.words
    for at, word in enumerate(words):
        for pattern in _patterns(index, word.text):
            last = at + len(pattern.rest)
            if last < len(words) and all(_fits(part, words[at + 1 + n].text) for n, part in enumerate(pattern.rest)):
                hits[pattern.topic].append(_Hit(word.start, words[last].end, pattern.weight))
    lead = document.sentences[min(_LEAD_SENTENCES, len(document.sentences)) - 1][1] if document.sentences else 0
    found = [_topic(document, topic, tuple(_apart(them)), lead, index.worth[topic]) for topic, them in hits.items()]
    return tuple(sorted((t for t in found if t.score >= _LEAST_SCORE), key=lambda t: (-t.score, t.topic)))


def _apart(hits: Sequence[_Hit]) -> Iterator[_Hit]:
    """Take of hits that overlap the first, and of those that begin together the longest."""
    end = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, -hit.weight)):
        if hit.start >= end:
            yield hit
            end = hit.end


def _topic(document: Document, topic: str, hits: Sequence[_Hit], lead: int, worth: float) -> Topic:
    weight, seen = 0.0, set()
    for hit in hits:
        stem = document.text[hit.start : hit.end].lower()[:5]
        place = _LEAD_WEIGHT if hit.start < lead else 1.0
        weight += worth * hit.weight * place * (_REPEAT_WEIGHT if stem in seen else 1.0)
        seen.add(stem)
    size = max(1.0, math.sqrt(len(document.words) / _WORDS_PER_ARTICLE))
    spans = tuple(Span(start=hit.start, end=hit.end, text=document.text[hit.start : hit.end]) for hit in hits)
    return Topic(topic=topic, score=round(weight / (weight + _HALF * size), 3), evidence=spans[:_EVIDENCE])


def _patterns(index: _Index, text: str) -> list[_Pattern]:
    key = text.lower()
    found = [*index.whole.get(key, ())]
    if text != key:
        found += index.whole.get(text, ())
    for length in index.lengths:
        if length > len(key):
            break
        found += index.beginnings.get(key[:length], ())
    return found


def _fits(part: str, text: str) -> bool:
    key = text if part.isupper() else text.lower()
    return key.startswith(part[:-1]) if part.endswith("*") else key == part


@lru_cache(maxsize=8)
def _index(rules: tuple[TopicRule, ...]) -> _Index:
    """Prepare the rules; a word in capitals counts in capitals only, any other in either case."""
    whole: dict[str, list[_Pattern]] = defaultdict(list)
    beginnings: dict[str, list[_Pattern]] = defaultdict(list)
    weighed = weigh_words(rules)
    for entry in weighed:
        parts = _parts(entry)
        if parts:
            first, pattern = parts[0], _Pattern(tuple(parts[1:]), entry.topic, entry.weight)
            if first.endswith("*"):
                beginnings[first[:-1].lower()].append(pattern)
            else:
                whole[first].append(pattern)
    breadth = {rule.id: len(rule.words) or _USUAL_BREADTH for rule in rules}
    return _Index(
        whole={word: tuple(patterns) for word, patterns in whole.items()},
        beginnings={word: tuple(patterns) for word, patterns in beginnings.items()},
        lengths=tuple(sorted({len(word) for word in beginnings})),
        worth={topic: min(_MOST_WORTH, math.sqrt(_USUAL_BREADTH / words)) for topic, words in breadth.items()},
    )


def _parts(entry: Weighed) -> list[str]:
    parts = [part.text for part in split_words(entry.word.rstrip("*"))]
    if parts:
        parts[-1] += "*" if entry.word.endswith("*") else ""
    return [part if part.isupper() else part.lower() for part in parts]
