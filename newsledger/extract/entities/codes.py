"""Names that are built by a pattern: weapons with a number ("S-400"), exercises with a year ("West-2021")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.extract.entities.scene import Profile
from newsledger.extract.entities.vocabulary import vocabulary
from newsledger.extract.lists.countries import slug

if TYPE_CHECKING:
    from newsledger.extract.entities.scene import Scene
    from newsledger.records.extraction import EntityType

_LETTERS = re.compile(r"[A-Z][A-Za-z]{0,3}$")
_NUMBER = re.compile(r"\d{1,4}[A-Za-z]{0,3}\d?$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_QUOTES = frozenset('"“”«»')
_LONGEST_QUOTED = 4


def sight_codes(scene: Scene) -> None:
    """Sight names with numbers, names of arms before "missiles" and the like, and quoted names of exercises."""
    for index in range(len(scene.keys)):
        last = _numbered(scene, index)
        if last is not None:
            _sight(scene, index, last, "EVENT" if _YEAR.match(scene.key(last - 1)) else "PRODUCT")
        elif _is_arm(scene, index):
            _sight(scene, index, index + 1, "PRODUCT")
        elif (last := _exercise(scene, index)) is not None:
            _sight(scene, index + 1, last, "EVENT")


def _numbered(scene: Scene, index: int) -> int | None:
    """Give where "S-400" or "West-2021" ends that begins at `index`; "Covid-19" and "G-7" are other things."""
    glued = scene.key(index + 1) == "-" and _stands_alone(scene, index)
    if not glued or not scene.is_capitalised(index):
        return None
    number = scene.key(index + 2)
    arms = _LETTERS.match(scene.key(index)) and _NUMBER.match(number) and not _YEAR.match(number)
    exercise = scene.key(index).istitle() and _YEAR.match(number)
    return index + 3 if arms or exercise else None


def _stands_alone(scene: Scene, index: int) -> bool:
    """Tell whether a word and what its hyphen joins to it are one in print, with nothing more before."""
    words = scene.words
    if index + 2 >= len(words) or not words[index].end + 1 == words[index + 1].end == words[index + 2].start:
        return False
    return not (index and scene.key(index - 1) == "-" and words[index - 1].end == words[index].start)


def _is_arm(scene: Scene, index: int) -> bool:
    """Tell whether a lone capitalised word names an arm: "Topol missiles"."""
    if not scene.is_capitalised(index) or scene.opens_sentence(index) or scene.at(index) is not None:
        return False
    named = scene.key(index).istitle() and scene.low(index) not in vocabulary().common
    lone = not (scene.is_capitalised(index - 1) and scene.same_sentence(index - 1, index))
    return named and lone and scene.low(index + 1) in vocabulary().product_after


def _exercise(scene: Scene, index: int) -> int | None:
    """Give where the name ends that is quoted from `index` on and called an exercise before or behind."""
    if scene.key(index) not in _QUOTES or not scene.is_capitalised(index + 1):
        return None
    for last in range(index + 2, index + 2 + _LONGEST_QUOTED):
        if not scene.same_sentence(index, last):
            return None
        if scene.key(last) in _QUOTES:
            called = {scene.low(index - 1), scene.low(last + 1)} & vocabulary().event_before
            return last if called else None
    return None


def _sight(scene: Scene, first: int, last: int, kind: EntityType) -> None:
    """Sight a name; one that is sighted already, or part of a longer one, stays."""
    for found in filter(None, map(scene.at, range(first, last))):
        if found.first < first or found.last > last or (found.first, found.last) == (first, last):
            return
    name = scene.text(first, last)
    scene.enter(Profile(id=slug(name), name=name, type=kind))
    scene.sight(first, last, slug(name), "name")
