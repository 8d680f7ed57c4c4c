"""Offices and honours in capitals, found before names are, so that no name swallows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.entities.vocabulary import vocabulary

if TYPE_CHECKING:
    from newsledger.extract.entities.scene import Scene

# Before these a portfolio may stand that no list foresees: "Emergency Situations Minister".
_WITH_PORTFOLIO = frozenset(
    {"minister", "secretary", "commissioner", "spokesman", "spokeswoman", "spokesperson", "correspondent"}
)
_LONGEST_PORTFOLIO = 3
_LONGEST_NAME = 6


def title_ending_at(scene: Scene, end: int) -> int | None:
    """Say where the longest title that ends before word `end` begins; a stop behind an abbreviation belongs to it."""
    stop = end - 1 if scene.key(end - 1) == "." else end
    if stop < 1:
        return None
    found = [
        stop - len(title)
        for title in vocabulary().titles.get(scene.low(stop - 1), ())
        if stop >= len(title) and tuple(scene.lower[stop - len(title) : stop]) == title
    ]
    return min(found, default=None)


def mark_titles(scene: Scene) -> None:
    """Note the capitalised words that are titles."""
    for index, low in enumerate(scene.lower):
        if low in vocabulary().titles and scene.is_capitalised(index) and index not in scene.titles:
            first = title_ending_at(scene, index + 1)
            if first is not None and _is_title(scene, first, index + 1):
                scene.titles.update(range(_with_portfolio(scene, first, index), index + 1))


def _is_title(scene: Scene, first: int, last: int) -> bool:
    words = vocabulary()
    before, follower = scene.key(first - 1), last
    if not scene.is_free(first, last):
        return False
    if before in words.first_names and scene.same_sentence(first - 1, first):
        return False
    # "General Staff", "President Hotel": the head says what it is.
    limit = last + _LONGEST_NAME
    while last < limit and scene.is_capitalised(last) and scene.same_sentence(first, last) and scene.at(last) is None:
        last += 1
    head = scene.key(last - 1)
    named = last > follower and (head in words.org or head in words.fac)
    return scene.key(follower) != "-" and not named


def _with_portfolio(scene: Scene, first: int, index: int) -> int:
    if scene.low(index) not in _WITH_PORTFOLIO:
        return first
    start = first
    while (
        first - start < _LONGEST_PORTFOLIO
        and scene.same_sentence(start - 1, first)
        and scene.is_capitalised(start - 1)
        and scene.at(start - 1) is None
        and not (scene.opens_sentence(start - 1) and scene.low(start - 1) in vocabulary().common)
    ):
        start -= 1
    return start
