"""Ids of stories, and what changed of those that were known."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from itertools import chain, count
from typing import TYPE_CHECKING

from newsledger.records.stories import StoryChange

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_DIGITS = 12


def new_id(articles: Sequence[str], taken: Collection[str]) -> str:
    """Give a story an id that is not taken: from its first article, or the first whose own is free, else a further one.

    An article that leaves the story which is named after it, alone, has none that is free.
    """
    further = (f"{articles[0]}\n{number}" for number in count(1))
    return next(found for found in map(_id_of, chain(articles, further)) if found not in taken)


def _id_of(text: str) -> str:
    return "s-" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def changes_between(
    before: Mapping[str, str], after: Mapping[str, str], taken: Collection[str]
) -> tuple[StoryChange, ...]:
    """Say how the stories of articles became others: `before` has the articles that had one, in the order of `after`.

    A story whose id is gone was taken in by the one that most of its articles are in now. Articles that went from one
    story to another, which both go on, are told as a story that split off and was taken in, under an id that is not
    `taken`.
    """
    moved: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article, story in after.items():
        if before.get(article, story) != story:
            moved[before[article]][story].append(article)
    return tuple(_changes(moved, set(after.values()), before.values(), taken))


def _changes(
    moved: Mapping[str, Mapping[str, list[str]]], here: set[str], former: Collection[str], taken: Collection[str]
) -> Iterator[StoryChange]:
    begun = {*former}
    taken = {*taken, *here}
    for story, parts in moved.items():
        heir = None if story in here else max(parts, key=lambda part: len(parts[part]))
        for other, articles in parts.items():
            if other == heir:
                continue
            begins = other if other not in begun else new_id(articles, taken)
            begun.add(begins)
            taken.add(begins)
            yield StoryChange(kind="split", story_id=story, other_id=begins, articles=tuple(articles))
            if begins != other:
                yield StoryChange(kind="merged", story_id=other, other_id=begins, articles=tuple(articles))
        if heir:
            yield StoryChange(kind="merged", story_id=heir, other_id=story, articles=tuple(parts[heir]))
