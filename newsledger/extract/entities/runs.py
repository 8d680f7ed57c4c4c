"""Runs of capitalised words that may be names: where they begin and end, and what they take in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.entities.known import CURRENCIES
from newsledger.extract.entities.titles import title_ending_at
from newsledger.extract.entities.typing_cues import is_head, is_headed, lower_head
from newsledger.extract.entities.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.extract.entities.scene import Scene, Sighting

_CONNECTORS = frozenset(
    {
        "of",
        "for",
        "de",
        "del",
        "la",
        "el",
        "al",
        "bin",
        "ibn",
        "von",
        "van",
        "der",
        "den",
        "di",
        "da",
        "du",
        "dos",
        "&",
        "-",
    },
)
_SHORTENED = frozenset({"St", "Mt", "Ft"})
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` up to `last` may be a name."""

    first: int
    last: int


def name_runs(scene: Scene) -> Iterator[Run]:
    """Yield the runs that look like names."""
    return (run for run in _runs(scene) if _is_name(scene, run))


def _runs(scene: Scene) -> Iterator[Run]:
    """Yield the runs of capitalised words that no sighting holds; a headed one takes the country beside it in."""
    index, size = 0, len(scene.keys)
    while index < size:
        if not _may_start(scene, index):
            index += 1
            continue
        last = index + 1
        while last < size and last - index < _LONGEST and (step := _step(scene, index, last)):
            last += step
        yield from _trimmed(scene, index, last)
        index = last


def _may_start(scene: Scene, index: int) -> bool:
    return scene.is_capitalised(index) and scene.at(index) is None and index not in scene.titles


def _step(scene: Scene, first: int, index: int) -> int:
    """Say how many words the run goes on by at `index`; 0 where it ends."""
    if not scene.same_sentence(first, index) or scene.at(index) is not None or index in scene.titles:
        return 0
    key = scene.key(index)
    if scene.is_capitalised(index) or (key[0].isdigit() and scene.key(index - 1) == "-"):
        return 1
    follows = scene.same_sentence(first, index + 1) and _may_start(scene, index + 1)
    if key == "." and (len(scene.key(index - 1)) == 1 or scene.key(index - 1) in _SHORTENED) and follows:
        return 2
    if key == "'s":
        # "People's Party" is one name, "Nowak's Party" is not.
        return 2 if follows and scene.low(index - 1) in vocabulary().common else 0
    if key == "-":
        return 2 if _is_glued(scene, index) and scene.key(index + 1)[0].isalnum() else 0
    return 2 if key in _CONNECTORS and follows else 0


def _is_glued(scene: Scene, index: int) -> bool:
    """Tell a hyphen inside a word from a dash between words."""
    words = scene.words
    return index + 1 < len(words) and words[index - 1].end == words[index].start == words[index + 1].start - 1


def _trimmed(scene: Scene, first: int, last: int) -> Iterator[Run]:
    """Take ordinary words off the head of a run, and what is never a name off both ends."""
    words = vocabulary()
    headed = is_headed(scene, first, last) or (last - first == 1 and is_head(scene, first))
    while first < last:
        key, low = scene.key(first), scene.low(first)
        loose = scene.opens_sentence(first) and low in words.common and key not in words.first_names and not headed
        if loose or _is_never(scene, first) or key in _CONNECTORS or key == "." or low in words.starters:
            first += 1
        else:
            break
    while first < last and (_is_never(scene, last - 1) or scene.key(last - 1) in _CONNECTORS):
        last -= 1
    if first < last and scene.is_capitalised(first):
        small = lower_head(scene, last)
        yield _with_country(scene, Run(first, small[1] if small and scene.is_free(last, small[1]) else last))


def _is_never(scene: Scene, index: int) -> bool:
    """Tell a month or a label from a first name that looks like one: "Jan Kowalski"."""
    key, words = scene.key(index), vocabulary()
    return key in words.never and not (key in words.first_names and scene.is_capitalised(index + 1))


def _with_country(scene: Scene, run: Run) -> Run:
    """Take in "Minsk" of "Minsk Tractor Works" and "of Warsaw" of "University of Warsaw"."""
    first, last = run.first, run.last
    if not is_headed(scene, first, last) and not (last - first == 1 and is_head(scene, first)):
        return run
    before = scene.at(first - 1)
    if before is not None and scene.same_sentence(before.first, first) and _is_country_or_city(scene, before):
        first = before.first
    behind = last + 1 + (scene.low(last + 1) == "the")
    follower = scene.at(behind)
    if (
        scene.low(last) == "of"
        and follower is not None
        and follower.first == behind
        and _is_country_or_city(scene, follower)
    ):
        last = follower.last
    for index in range(first, last):
        found = scene.at(index)
        if found is not None:
            scene.covered[index] = found
    return Run(first, last)


def _is_country_or_city(scene: Scene, sighting: Sighting) -> bool:
    profile = scene.profiles[sighting.id]
    union = profile.type == "ORG" and profile.sector == "IGO" and sighting.kind == "name"
    return union or (profile.type == "GPE" and sighting.kind in ("name", "demonym"))


def _is_name(scene: Scene, run: Run) -> bool:
    """Tell a name from a capital that stands there for another reason."""
    words = vocabulary()
    if run.last - run.first > 1:
        return True
    key, low = scene.key(run.first), scene.low(run.first)
    if scene.low(run.last) in CURRENCIES:
        return False
    if len(key) == 1 or key in words.never or low.startswith("i'"):
        return False
    if title_ending_at(scene, run.first) is not None and scene.same_sentence(run.first - 1, run.first):
        return True
    return not (key.istitle() and (low in words.common or low in scene.ordinary) and key not in words.first_names)
