"""Names that the registry does not know: runs of capitalised words, typed by what they hold and where they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.countries import slug
from newsledger.extract.scene import Profile
from newsledger.extract.typing_cues import Clue, cues, title_before
from newsledger.extract.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.extract.scene import Scene
    from newsledger.records.extraction import EntityType

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
    }
)
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` up to `last` may be a name."""

    first: int
    last: int


def sight_strangers(scene: Scene) -> None:
    """Sight every capitalised run that looks like a name."""
    runs = [run for run in _runs(scene) if _is_name(scene, run)]
    by_text: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        by_text[scene.text(run.first, run.last)].append(run)
    for text, places in by_text.items():
        clue = _verdict([clue for run in places for clue in cues(scene, run.first, run.last)])
        if clue is None:
            continue
        profile = scene.enter(Profile(id=_free_id(scene, text, clue), name=text, type=clue, country=None))
        for run in places:
            scene.sight(run.first, run.last, profile.id, "name")


def _free_id(scene: Scene, text: str, kind: EntityType) -> str:
    """Make an id of a name; a namesake in the registry that is something else keeps his."""
    ident = slug(text)
    known = scene.lexicon.entries.get(ident)
    return f"{ident}-{kind.lower()}" if known is not None and known.type != kind else ident


def _verdict(clues: list[Clue]) -> EntityType | None:
    """Weigh the clues; a name without any is not taken."""
    weights: Counter[EntityType] = Counter()
    for clue in clues:
        weights[clue.type] += clue.weight
    best = weights.most_common(1)
    return best[0][0] if best and best[0][1] > 0 else None


def _runs(scene: Scene) -> Iterator[Run]:
    """Yield the runs of capitalised words that no sighting holds, without titles at their head."""
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
    return scene.is_capitalised(index) and scene.at(index) is None


def _step(scene: Scene, first: int, index: int) -> int:
    """Say how many words the run goes on by at `index`; 0 where it ends."""
    if not scene.same_sentence(first, index) or scene.at(index) is not None:
        return 0
    key = scene.key(index)
    if scene.is_capitalised(index) or (key[0].isdigit() and scene.key(index - 1) == "-"):
        return 1
    follows = index + 1 < len(scene.keys) and scene.same_sentence(first, index + 1) and scene.at(index + 1) is None
    if key == "." and len(scene.key(index - 1)) == 1 and follows and scene.is_capitalised(index + 1):
        return 2
    if (
        key in _CONNECTORS
        and follows
        and (scene.is_capitalised(index + 1) or (key == "-" and scene.key(index + 1)[0].isdigit()))
    ):
        glued = (
            scene.words[index].start == scene.words[index - 1].end
            and scene.words[index].end == scene.words[index + 1].start
        )
        return 2 if glued or key != "-" else 0
    return 0


def _trimmed(scene: Scene, first: int, last: int) -> Iterator[Run]:
    """Take titles and ordinary words off the head of a run, and what is never a name off both ends."""
    words = vocabulary()
    while first < last:
        title = title_before(scene, last, first)
        if title and title < last:
            first = title
        elif (
            scene.key(first) in words.never
            or scene.key(first) in _CONNECTORS
            or scene.key(first) == "."
            or (
                scene.opens_sentence(first)
                and scene.low(first) in words.common
                and scene.key(first) not in words.first_names
            )
        ):
            first += 1
        else:
            break
    while first < last and (scene.key(last - 1) in words.never or scene.key(last - 1) in _CONNECTORS):
        last -= 1
    if first < last:
        yield Run(first, last)


def _is_name(scene: Scene, run: Run) -> bool:
    """Tell a name from a capital that stands there for another reason."""
    words = vocabulary()
    if run.last - run.first > 1:
        return True
    key = scene.key(run.first)
    if len(key) == 1 or key in words.never:
        return False
    return not (
        key.title() == key and scene.low(run.first) in words.common and scene.key(run.first) not in words.first_names
    )
