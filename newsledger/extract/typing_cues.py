"""What shows of which type a name is: its own words, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.extract.scene import Scene
    from newsledger.records.extraction import EntityType

_STRONG, _FAIR, _WEAK = 8, 3, 1
_PERSON_WORDS = range(2, 5)
_ACRONYM = range(2, 7)


@dataclass(frozen=True, slots=True)
class Clue:
    """A hint that a name is of a type."""

    type: EntityType
    weight: int


def title_before(scene: Scene, last: int, first: int) -> int | None:
    """Say where the title that begins at `first` ends, at `last` at most; None where none begins there."""
    for end in range(min(last, first + 5), first, -1):
        whole = vocabulary().titles.get(scene.low(end - 1), ())
        if tuple(scene.lower[first:end]) in whole:
            return end
    return None


def titles_ending_at(scene: Scene, end: int) -> int | None:
    """Say where the longest title that ends before word `end` begins."""
    stop = end - 1 if scene.key(end - 1) == "." else end
    found = [
        stop - len(title)
        for title in vocabulary().titles.get(scene.low(stop - 1), ())
        if tuple(scene.lower[max(0, stop - len(title)) : stop]) == title
    ]
    return min(found, default=None)


def cues(scene: Scene, first: int, last: int) -> Iterator[Clue]:
    """Yield the hints for one occurrence of a name."""
    yield from _own_words(scene, first, last)
    yield from _before(scene, first, last)
    yield from _behind(scene, first, last)


def _own_words(scene: Scene, first: int, last: int) -> Iterator[Clue]:
    words = vocabulary()
    size = last - first
    head, opening = scene.key(last - 1), scene.key(first)
    if size > 1:
        for kind, heads in (
            ("ORG", words.org),
            ("GPE", words.gpe),
            ("LOC", words.loc),
            ("FAC", words.fac),
            ("EVENT", words.event),
        ):
            if head in heads:
                yield Clue(kind, _STRONG)
        if opening in words.org_of and scene.key(first + 1) in ("of", "for"):
            yield Clue("ORG", _STRONG + 1)
        if opening in words.loc_of and (scene.key(first + 1) == "of" or opening in ("Lake", "Mount", "Cape")):
            yield Clue("LOC", _STRONG + 1)
        if opening in words.first_names and size in _PERSON_WORDS:
            yield Clue("PER", _STRONG - 1)
        elif size in _PERSON_WORDS and all(scene.key(i).istitle() for i in range(first, last)):
            yield Clue("PER", _WEAK)
    if any(scene.key(i)[:1].isdigit() for i in range(first, last)) and scene.key(first + 1) == "-":
        yield Clue("PRODUCT", _STRONG)
    if size == 1 and opening.isupper() and len(opening) in _ACRONYM:
        yield Clue("ORG", _FAIR)
    yield Clue("ORG", _WEAK)


def _before(scene: Scene, first: int, last: int) -> Iterator[Clue]:
    words = vocabulary()
    before = scene.low(first - 1) if scene.same_sentence(first - 1, first) else ""
    if scene.same_sentence(first - 1, first) and titles_ending_at(scene, first) is not None:
        yield Clue("PER", _STRONG)
    if before in words.place_before and last - first <= 2:
        yield Clue("GPE", _FAIR)
    if before == "of" and scene.low(first - 2) in words.place_described:
        yield Clue("GPE", _STRONG)
    if before in words.event_before:
        yield Clue("EVENT", _STRONG)


def _behind(scene: Scene, first: int, last: int) -> Iterator[Clue]:
    words = vocabulary()
    if not scene.same_sentence(first, last):
        return
    after = scene.low(last)
    if after in words.speech:
        yield Clue("PER", _FAIR)
    if after in ("'s", ",") and scene.low(last + 1) in words.place_described:
        yield Clue("GPE", _WEAK)
    for kind, heads in (
        ("ORG", words.org_lower),
        ("GPE", words.gpe_lower),
        ("LOC", words.loc_lower),
        ("FAC", words.fac_lower),
    ):
        if after in heads:
            yield Clue(kind, _STRONG)
    if after in words.product_after:
        yield Clue("PRODUCT", _FAIR)
    if after == "," and scene.key(last + 1).isdigit() and scene.key(last + 2) == ",":
        yield Clue("PER", _STRONG)
    if after == "," and scene.low(last + 1) == "who":
        yield Clue("PER", _STRONG)
