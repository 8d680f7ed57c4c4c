"""Names that the registry does not know: runs of capitalised words, typed by what they hold and where they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from newsledger.extract.entities.bodies import entry_named, sector_of
from newsledger.extract.entities.runs import name_runs
from newsledger.extract.entities.scene import Profile, profile_of
from newsledger.extract.entities.typing_cues import cues
from newsledger.extract.entities.vocabulary import vocabulary
from newsledger.extract.lists.countries import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.extract.entities.runs import Run
    from newsledger.extract.entities.scene import Scene
    from newsledger.extract.entities.typing_cues import Clue
    from newsledger.extract.lexicon import Entry
    from newsledger.records.extraction import EntityType

_TITLED_WORDS = 5
_TITLED_SHARE = 0.7
_ORIGIN_REACH = 4
# Clues of such a weight settle the type.
_CLEAR = 5
_COMPANY = 4


def sight_strangers(scene: Scene) -> None:
    """Sight every capitalised run that looks like a name; the clear ones first, they help with the others."""
    _sight_regions(scene)
    shouting = _shouting_sentences(scene)
    by_text: dict[str, list[Run]] = defaultdict(list)
    for run in name_runs(scene):
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
