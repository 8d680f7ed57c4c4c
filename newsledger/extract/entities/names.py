"""Names that the registry does not know, or knows as part of something else: what the model tells, made consistent."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.entities.bodies import entry_named, sector_of
from newsledger.extract.entities.known import CURRENCIES
from newsledger.extract.entities.scene import Profile, profile_of
from newsledger.extract.entities.vocabulary import vocabulary
from newsledger.extract.lists.countries import slug
from newsledger.extract.model.labels import NAME_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.extract.entities.scene import Scene
    from newsledger.extract.lexicon import Entry
    from newsledger.extract.model.reading import Told
    from newsledger.records.extraction import EntityType

_ORIGIN_REACH = 4
# What is told with a smaller share is wrong more often than right.
_UNSURE = 0.45
# How sure the model must be to see an adjective in the name of a place.
_SURE = 0.9
_CLOSING = frozenset(")!+")
_SIGNS = frozenset("$€£¥")
_NO_NAMES = frozenset({"DATE", "MONEY"})


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` up to `last` are told to be a name of a type."""

    first: int
    last: int
    type: str
    share: float
    odds: tuple[float, ...] = ()  # by NAME_TYPES; empty where the model told nothing


def sight_names(scene: Scene, told: Sequence[Told]) -> None:
    """Sight every name that the model tells and the registry does not know better."""
    _sight_regions(scene)
    _drop_currencies(scene, told)
    _part_bodies(scene, told)
    _see_adjectives(scene, told)
    by_text: dict[str, list[Run]] = defaultdict(list)
    for run in _runs(scene, told):
        by_text[scene.text(run.first, run.last)].append(run)
    _repeat(scene, by_text)
    settled = {text: _settled_type(places) for text, places in by_text.items()}
    borne = {word for text, kind in settled.items() if kind == "PER" for word in text.split()[1:]}
    for text, places in by_text.items():
        is_surname = text in borne and settled[text] == "PER"
        kept = [run for run in places if _takes_over(scene, run, is_surname=is_surname)]
        if kept:
            profile = scene.enter(_profile(scene, text, kept, settled[text]))
            for run in kept:
                scene.sight(run.first, run.last, profile.id, "name")


def _drop_currencies(scene: Scene, told: Sequence[Told]) -> None:
    """Take back the "US" of "US $34 billion"; in "lent Belarus 105 billion roubles" the country stays."""
    for first, last in (_words(scene, name) for name in told if name.type == "MONEY"):
        for index in range(first, last):
            found = scene.at(index)
            if found is None or scene.profiles[found.id].type != "GPE":
                continue
            if found.kind == "demonym" or scene.low(found.last) in _SIGNS | CURRENCIES:
                scene.drop(scene.holders[index])


def _part_bodies(scene: Scene, told: Sequence[Told]) -> None:
    """Take back a body that runs on into a person: "Ministry of Foreign Affairs, Ambassador Maria Teresa"."""
    for first, _ in (_words(scene, name) for name in told if name.type == "PER" and name.share >= _UNSURE):
        found = scene.at(first)
        if found is None or found.first == first or found.id in scene.lexicon.entries:
            continue
        if scene.profiles[found.id].type == "ORG":
            scene.drop(scene.holders[first])


def _see_adjectives(scene: Scene, told: Sequence[Told]) -> None:
    """Read "Caribbean" in "Caribbean countries" as an adjective: places whose adjective is their name."""
    for name in told:
        first, last = _words(scene, name)
        found = scene.at(first)
        if found is None or (found.first, found.last, found.kind) != (first, last, "name"):
            continue
        if name.type == "NORP" and name.share >= _SURE and scene.profiles[found.id].type in ("GPE", "LOC"):
            scene.resight(scene.holders[first], found.id, "demonym")


def _words(scene: Scene, name: Told) -> tuple[int, int]:
    """Give the words that a told span touches."""
    first = bisect_right(scene.ends, name.start)
    return first, max(first, bisect_left(scene.starts, name.end))


def _runs(scene: Scene, told: Sequence[Told]) -> Iterator[Run]:
    """Fit what is told to the words of the scene, without titles in front and possessives behind."""
    for name in told:
        if name.type in _NO_NAMES or name.share < _UNSURE:
            continue
        for first, last in _parts(scene, *_words(scene, name), name.type):
            kind, start, end = name.type, first, last
            if kind == "PER":
                start = _behind_title(scene, first, last)
            while start < end and (scene.low(end - 1) == "'s" or not _may_end(scene, end - 1)):
                end -= 1
            if any(scene.keys[index][0].isalpha() for index in range(start, end)) and not _is_word(scene, start, end):
                kind, end = _with_small_head(scene, end, kind)
                yield Run(start, end, kind, name.share, name.odds if kind == name.type else ())


def _is_word(scene: Scene, first: int, last: int) -> bool:
    """Tell whether a lone word is a day, or has its capital from the beginning of a sentence: "Airlines lost money"."""
    low = scene.low(first)
    if last - first == 1 and scene.key(first) in vocabulary().never:
        return True
    is_usual = low in vocabulary().common or scene.words[first].text.lower() in scene.ordinary
    opens = scene.opens_sentence(first) or scene.key(first - 1) == ":"
    return last - first == 1 and is_usual and opens and scene.key(first).istitle()


def _parts(scene: Scene, first: int, last: int, kind: str) -> Iterator[tuple[int, int]]:
    """Part what is no single name: words of two paragraphs, which the model can't see, and "Minsk, Belarus"."""
    start, paragraph_at = first, scene.document.paragraph_at
    for index in range(first + 1, last):
        if paragraph_at(scene.words[index - 1].start) != paragraph_at(scene.words[index].start):
            yield start, index
            start = index
        elif kind == "LOC" and scene.low(index) == ",":
            yield start, index
            start = index + 1
    if start < last:
        yield start, last


def _behind_title(scene: Scene, first: int, last: int) -> int:
    """Take a title off the head of a person's name; "Queen" of "Queen of Heaven" and "King" of "Mr King" stay."""
    name = next((index for index in range(first, last) if index not in scene.titles and scene.key(index) != "."), last)
    if name == last:
        before = first - 2 if scene.key(first - 1) == "." else first - 1
        return first if scene.low(before) in vocabulary().honorifics else last
    return name if scene.is_capitalised(name) else first


def _with_small_head(scene: Scene, last: int, kind: str) -> tuple[str, int]:
    """Take in the small head that makes a facility of a name: "Mulino training ground"."""
    if kind in ("LOC", "FAC") and scene.same_sentence(last - 1, last):
        for end in (last + 2, last + 1):
            phrase = tuple(scene.lower[last:end])
            if phrase in vocabulary().fac_lower.get(phrase[-1], ()) and scene.is_free(last, end):
                return "FAC", end
    return kind, last


def _may_end(scene: Scene, index: int) -> bool:
    key, before = scene.keys[index], scene.key(index - 1)
    return key[0].isalnum() or key in _CLOSING or (key == "." and len(before) == 1 and before.isupper())


def _repeat(scene: Scene, by_text: dict[str, list[Run]]) -> None:
    """Add the places where a name stands once more and the model did not tell it."""
    taken = {index for places in by_text.values() for run in places for index in range(run.first, run.last)}
    starts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for places in by_text.values():
        words = tuple(scene.keys[places[0].first : places[0].last])
        if len(words) > 1 or (len(places) > 1 and scene.is_capitalised(places[0].first)):
            starts[words[0]].append(words)
    for index, key in enumerate(scene.keys):
        for words in starts.get(key, ()):
            last = index + len(words)
            if tuple(scene.keys[index:last]) == words and taken.isdisjoint(range(index, last)):
                known = by_text.get(scene.text(index, last))
                if known and scene.is_free(index, last):
                    known.append(Run(index, last, known[0].type, 0.5))
                    taken.update(range(index, last))
                    break


def _settled_type(places: list[Run]) -> str:
    """Choose one type for all places of a name: the likeliest if all places are taken together."""
    odds = [sum(column) for column in zip(*(run.odds for run in places if run.odds), strict=True)]
    ranked = (pair for pair in zip(odds, NAME_TYPES, strict=True) if pair[1] not in _NO_NAMES)
    return max(ranked)[1] if odds else places[0].type


def _takes_over(scene: Scene, run: Run, *, is_surname: bool) -> bool:
    """Tell whether a name is sighted where the registry, or a rule, may have sighted something already."""
    held = {found for index in range(run.first, run.last) if (found := scene.at(index)) is not None}
    if any(found.first < run.first or found.last > run.last for found in held):
        return False
    rest = [index for index in range(run.first, run.last) if scene.at(index) is None]
    small = all(not scene.key(index)[:1].isupper() or scene.low(index) == "the" for index in rest)
    if rest and small and run.type != "FAC":
        return False  # "TASS news agency" is TASS, "The Economist" is what the registry has as Economist
    persons = [scene.profiles[found.id].type == "PER" for found in held]
    if any(persons) and not all(persons) and not rest:
        return False  # names that stand side by side: "in Saint Petersburg Putin said"
    whole = next((found for found in held if (found.first, found.last) == (run.first, run.last)), None)
    # "Michael Jordan" makes a lone Jordan a person, and no country.
    return whole is None or (is_surname and scene.profiles[whole.id].type == "GPE" and whole.kind == "name")


def _profile(scene: Scene, text: str, places: list[Run], kind: str) -> Profile:
    entity_type = _entity_type(scene, places[0], kind)
    country = next((found for run in places if (found := origin(scene, run.first, run.last))), None)
    bloc = entry_named(scene, text)
    if bloc is not None and bloc.type == "BLOC":
        return profile_of(bloc)  # "accused the West of it" looked like a direction
    known = _registered(scene, places[0], country) if entity_type == "ORG" else None
    if known is not None:
        return profile_of(known)
    sector = sector_of(text) if entity_type == "ORG" else None
    return Profile(id=free_id(scene, text, entity_type), name=text, type=entity_type, country=country, sector=sector)


def _entity_type(scene: Scene, run: Run, kind: str) -> EntityType:
    """Split the model's coarse types by what a name calls itself and what stands beside it."""
    words, head, opening = vocabulary(), scene.key(run.last - 1), scene.key(run.first)
    if kind == "LOC":
        natural = head in words.loc or opening in words.loc_of
        return "LOC" if natural else "GPE"
    if kind == "MISC":
        digits = any(character.isdigit() for character in head)
        product = scene.low(run.last) in words.product_after or (digits and not head.isdecimal())
        return "PRODUCT" if product else "EVENT"
    return kind  # type: ignore[return-value]


def _registered(scene: Scene, run: Run, code: str | None) -> Entry | None:
    """Find "Lithuanian State Security Department" as the registry has it: "State Security Department of Lithuania"."""
    country = scene.lexicon.country_of(code)
    if country is None:
        return None
    covered = {index for index in range(run.first, run.last) if scene.at(index) is not None}
    own = " ".join(scene.words[index].text for index in range(run.first, run.last) if index not in covered)
    names = (f"{own} of {country.name}", *(f"{adjective} {own}" for adjective in country.demonyms[:1]))
    return next((entry for name in names if own and (entry := entry_named(scene, name)) is not None), None)


def free_id(scene: Scene, text: str, kind: EntityType) -> str:
    """Make an id of a name; a namesake that is something else keeps his."""
    ident = slug(text)
    known = scene.profiles.get(ident) or scene.lexicon.entries.get(ident)
    return f"{ident}-{kind.lower()}" if known is not None and known.type != kind else ident


def origin(scene: Scene, first: int, last: int) -> str | None:
    """Give the country that the words of a name, or those just before it, speak of."""
    for index in range(first, last):
        found = scene.at(index)
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
