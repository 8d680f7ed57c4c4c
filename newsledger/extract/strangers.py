"""Names that the registry does not know: runs of capitalised words, typed by what they hold and where they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.bodies import entry_named, sector_of
from newsledger.extract.countries import slug
from newsledger.extract.known import CURRENCIES
from newsledger.extract.scene import Profile, profile_of
from newsledger.extract.titles import title_ending_at
from newsledger.extract.typing_cues import cues, is_head, is_headed, lower_head
from newsledger.extract.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.extract.lexicon import Entry
    from newsledger.extract.scene import Scene, Sighting
    from newsledger.extract.typing_cues import Clue
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
    },
)
_SHORTENED = frozenset({"St", "Mt", "Ft"})
_LONGEST = 8
_TITLED_WORDS = 5
_TITLED_SHARE = 0.7
_ORIGIN_REACH = 4
# Clues of such a weight settle the type.
_CLEAR = 5
_COMPANY = 4


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` up to `last` may be a name."""

    first: int
    last: int


def sight_strangers(scene: Scene) -> None:
    """Sight every capitalised run that looks like a name; the clear ones first, they help with the others."""
    _sight_regions(scene)
    shouting = _shouting_sentences(scene)
    by_text: dict[str, list[Run]] = defaultdict(list)
    for run in _runs(scene):
        if _is_name(scene, run):
            by_text[scene.text(run.first, run.last)].append(run)
    doubtful = []
    for text, places in by_text.items():
        if all(scene.sentence_of[run.first] in shouting for run in places) or not _is_worthy(scene, places):
            continue
        weights = _weigh([clue for run in places for clue in cues(scene, run.first, run.last)])
        if weights.most_common(1)[0][1] >= _CLEAR:
            _enter(scene, text, places, weights)
        else:
            doubtful.append((text, places, weights))
    for text, places, weights in doubtful:
        weights.update(dict(_company(scene, places)))
        _enter(scene, text, places, weights)


def _enter(scene: Scene, text: str, places: list[Run], weights: Counter[EntityType]) -> None:
    profile = scene.enter(_profile(scene, text, places, weights.most_common(1)[0][0]))
    for run in places:
        scene.sight(run.first, run.last, profile.id, "name")


def _weigh(clues: list[Clue]) -> Counter[EntityType]:
    weights: Counter[EntityType] = Counter()
    for clue in clues:
        weights[clue.type] += clue.weight
    return weights


def _company(scene: Scene, places: list[Run]) -> Iterator[tuple[EntityType, int]]:
    """Yield the types of the names that stand in one list with a name: "Oran, Bata and Setif"."""
    for run in places:
        for at, step in ((run.first - 2, -1), (run.last + 1, 1)):
            between = scene.low(at - step)
            neighbour = scene.at(at)
            if between in ("and", ",", "or") and neighbour is not None and scene.same_sentence(at, run.first):
                profile = scene.profiles[neighbour.id]
                if neighbour.kind == "name" and profile.type in ("GPE", "PER"):
                    yield profile.type, _COMPANY


def _profile(scene: Scene, text: str, places: list[Run], kind: EntityType) -> Profile:
    origins = (origin(scene, run.first, run.last) for run in places)
    country = next((found for found in origins if found), None)
    known = _registered(scene, places[0], country) if kind == "ORG" else None
    if known is not None:
        return profile_of(known)
    sector = sector_of(text) if kind == "ORG" else None
    return Profile(id=free_id(scene, text, kind), name=text, type=kind, country=country, sector=sector)


def _registered(scene: Scene, run: Run, code: str | None) -> Entry | None:
    """Find "Lithuanian State Security Department" as the registry has it: "State Security Department of Lithuania"."""
    country = scene.lexicon.country_of(code)
    if country is None:
        return None
    own = " ".join(scene.words[index].text for index in range(run.first, run.last) if index not in scene.covered)
    names = (f"{own} of {country.name}", *(f"{adjective} {own}" for adjective in country.demonyms[:1]))
    return next((entry for name in names if (entry := entry_named(scene, name)) is not None), None)


def free_id(scene: Scene, text: str, kind: EntityType) -> str:
    """Make an id of a name; a namesake that is something else keeps his."""
    ident = slug(text)
    known = scene.profiles.get(ident) or scene.lexicon.entries.get(ident)
    return f"{ident}-{kind.lower()}" if known is not None and known.type != kind else ident


def origin(scene: Scene, first: int, last: int) -> str | None:
    """Give the country that the words of a name, or those just before it, speak of."""
    for index in range(first, last):
        found = scene.covered.get(index)
        if found is not None and scene.profiles[found.id].country:
            return scene.profiles[found.id].country
    for index in range(first - 1, max(-1, first - 1 - _ORIGIN_REACH), -1):
        found = scene.at(index)
        if not scene.same_sentence(index, first):
            return None
        if found is not None:
            owns = found.kind == "demonym" or scene.low(found.last) == "'s"
            return scene.profiles[found.id].country if owns else None
        if not scene.low(index).isalpha() and scene.low(index) not in ("'s", "-"):
            return None
        if scene.low(index) in ("and", "or", "of", "in", "by", "with", "the", "a", "said", "to"):
            return None
    return None


def _is_worthy(scene: Scene, places: list[Run]) -> bool:
    """Tell whether a single word that only ever opens sentences is likely to be a name."""
    if any(run.last - run.first > 1 or not scene.opens_sentence(run.first) for run in places):
        return True
    key, low = scene.key(places[0].first), scene.low(places[0].first)
    if not key[1:].islower():
        return True
    if low in scene.ordinary or low.endswith(("ly", "ing", "ed")):
        return False
    after = {scene.low(run.last) for run in places}
    telling = {"'s", *vocabulary().metonyms["acting"], *vocabulary().speech}
    return key in vocabulary().first_names or bool(after & telling) or len(places) > 1


def _shouting_sentences(scene: Scene) -> frozenset[int]:
    """Find the sentences that capitalise every word: there a capital tells nothing."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for index, sentence in enumerate(scene.sentence_of):
        if len(scene.keys[index]) > 3 and scene.keys[index].isalpha():  # noqa: PLR2004 - short words stay small in titles
            counts[sentence][0] += 1
            counts[sentence][1] += scene.is_capitalised(index)
    sentences, text = scene.document.sentences, scene.document.text
    return frozenset(
        sentence
        for sentence, (words, high) in counts.items()
        if words >= _TITLED_WORDS and high >= _TITLED_SHARE * words and text[sentences[sentence][1] - 1] != "."
    )


def _sight_regions(scene: Scene) -> None:
    """Turn "Brest" in "Brest region" into the region."""
    words = vocabulary()
    for number, sighting in scene.standing():
        profile = scene.profiles[sighting.id]
        after = scene.low(sighting.last)
        if profile.type != "GPE" or sighting.kind != "name" or not scene.same_sentence(sighting.first, sighting.last):
            continue
        if after in words.gpe_lower and scene.at(sighting.last) is None and profile.kind != "country":
            name = scene.text(sighting.first, sighting.last + 1)
            region = Profile(
                id=free_id(scene, name, "GPE"), name=name, type="GPE", kind="region", country=profile.country
            )
            scene.drop(number)
            known = scene.lexicon.entries.get(region.id)
            scene.enter_entry(known) if known else scene.enter(region)
            scene.sight(sighting.first, sighting.last + 1, region.id, "name")


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
