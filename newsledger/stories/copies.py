"""Which articles copy the text of others: by page, by body, and by the runs of words that they share."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING

from newsledger.stories.overlap import Overlap, Words, overlap
from newsledger.stories.pages import page_of
from newsledger.stories.shingles import Body, Vocabulary, sharing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsledger.records.stories import StoryCandidate, StoryPlace

_LEAST = 10  # words: less is no text that one could copy
_SHORT = 40  # words: less must agree nearly word for word
_NEAR = 0.9
_MOST = 0.5  # of a text, outside quotations
_HEAD = 0.25  # of as many words at the beginning of the longer text
_PART = 0.3  # of a text that goes on where an earlier one was cut
_FEW = 0.08  # of the runs of four words: what a pair must share to be looked at
_RUNS = 3
_LOOKS = 5  # earlier texts that a text is held against
_READY = 2000  # texts that are kept ready, about 100 kB each
_OTHER_NUMBERS = 0.25  # of the numbers in what is shared


def find_copies(candidates: Sequence[StoryCandidate], known: Mapping[str, StoryPlace]) -> dict[str, str]:
    """Give the original of each article that copies one; the original itself is no copy.

    The original is the earliest of a text: told first, of one run published first; but an agency's own text comes
    before papers that were faster. A known copy keeps its original while that is among the candidates. What differs in
    its numbers and dates is no copy, and neither is a report that shares quotations and background.
    """
    ids = {candidate.article_id for candidate in candidates}
    copies = {
        one.article_id: place.copy_of
        for one in candidates
        if (place := known.get(one.article_id)) and place.copy_of in ids and place.copy_of != one.article_id
    }
    kept = {*copies, *copies.values()}
    ordered = _in_order(candidates, kept)
    asked = [
        at
        for at, one in enumerate(ordered)
        if one.article_id not in kept and (one.article_id not in known or known[one.article_id].copy_of)
    ]
    for article, original in _found(ordered, asked):
        if article not in kept:
            copies[article] = copies.get(original, original)
    return copies


def _in_order(candidates: Sequence[StoryCandidate], kept: set[str]) -> list[StoryCandidate]:
    """Put first what keeps its place, then the agencies' own texts, then all by time: an original before its copies."""
    agencies = {agency for one in candidates for agency in one.agencies}
    return sorted(
        candidates,
        key=lambda one: (
            one.article_id not in kept,
            one.source not in agencies,
            one.told_at.timestamp() if one.told_at else inf,
            moment.timestamp() if (moment := one.published or one.told_at) else inf,
            one.article_id,
        ),
    )


def _found(ordered: Sequence[StoryCandidate], asked: Sequence[int]) -> list[tuple[str, str]]:
    """Pair the articles with the earlier ones that they copy, in order."""
    vocabulary = Vocabulary()
    bodies = [Body.read(one.text, vocabulary) for one in ordered]
    found = _alike(ordered, bodies)
    earlier: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for first, second, runs in sharing(bodies, asked, _RUNS):
        lengths = len(bodies[first].words), len(bodies[second].words)
        if runs >= _FEW * min(lengths):
            earlier[second].append((-runs / lengths[0] - runs / lengths[1], first))
    ready = lru_cache(_READY)(Words.of)
    for at, looks in sorted(earlier.items()):
        if at not in found:
            nearness = {
                other: _nearness(ready(bodies[at]), ready(bodies[other])) for _, other in sorted(looks)[:_LOOKS]
            }
            copied = max(nearness, key=lambda other: (nearness[other], -other))
            if nearness[copied]:
                found[at] = copied
    return [(ordered[at].article_id, ordered[found[at]].article_id) for at in sorted(found)]


def _alike(ordered: Sequence[StoryCandidate], bodies: Sequence[Body]) -> dict[int, int]:
    """Pair articles with the first of the same page or the same words."""
    found: dict[int, int] = {}
    firsts: dict[str | bytes, int] = {}
    for at, (one, body) in enumerate(zip(ordered, bodies, strict=True)):
        words = body.words.tobytes() if len(body.words) >= _LEAST else None
        for key in (page_of(one.url), words):
            if key is not None and (first := firsts.setdefault(key, at)) != at:
                found.setdefault(at, first)
    return found


def _nearness(later: Words, earlier: Words) -> float:
    """Say how much two texts have in common, of 2; nothing where neither copies the other."""
    shared = overlap(later, earlier)
    has_other_numbers = shared.other_numbers > _OTHER_NUMBERS * shared.numbers
    if has_other_numbers or not _is_copy(shared, len(later.codes), len(earlier.codes)):
        return 0.0
    return shared.later + shared.earlier


def _is_copy(shared: Overlap, later: int, earlier: int) -> bool:
    """Tell a copy by what the shorter text holds of the longer, and whether that is how the longer begins."""
    if min(later, earlier) < _SHORT:
        return min(later, earlier) >= _LEAST and min(shared.later, shared.earlier) >= _NEAR
    if later <= earlier:
        return shared.later >= _MOST and shared.earlier_head >= _HEAD
    return shared.earlier >= _MOST and shared.later_head >= _HEAD and shared.later >= _PART
