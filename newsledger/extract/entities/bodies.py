"""Bodies of a state that no registry need list: "the Polish foreign ministry", "Ukraine's border service"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from string import capwords
from typing import TYPE_CHECKING

from newsledger.extract.document import split_words
from newsledger.extract.entities.scene import Profile, profile_of
from newsledger.extract.entities.vocabulary import singular, vocabulary
from newsledger.extract.lexicon import fold
from newsledger.extract.lists.countries import slug

if TYPE_CHECKING:
    from newsledger.extract.entities.scene import Scene, Sighting
    from newsledger.extract.lexicon import Entry

_PORTFOLIOS = {
    "foreign affairs": "foreign",
    "internal affairs": "interior",
    "the interior": "interior",
    "national defence": "defence",
    "national defense": "defence",
    "defense": "defence",
    "economic development": "economy",
    "emergency situations": "emergencies",
}
_LONGEST = 6
_ANYBODY = (None, "CVL", "UNK")
_OF = ("ministry", "department")


@dataclass(frozen=True, slots=True)
class Body:
    """Words `first` up to `last` name a body; `tail` is what it is called without its country, in lower case."""

    first: int
    last: int
    tail: str
    owner: Sighting | None


def sight_bodies(scene: Scene) -> None:
    """Sight the bodies whose country stands beside them, and those in capitals."""
    index = 0
    while index < len(scene.keys):
        body = body_at(scene, index)
        if body is None:
            index += 1
            continue
        if body.owner is not None or _is_shouted(scene, body):
            _sight(scene, body, body_profile(scene, body, country_behind(scene, body.owner) or scene.home))
        index = body.last


def _is_shouted(scene: Scene, body: Body) -> bool:
    """Tell whether a body stands in capitals that are not just those of a sentence's first word."""
    several = body.last - body.first > 1 and scene.is_capitalised(body.last - 1)
    return several and scene.is_capitalised(body.first)


def body_at(scene: Scene, index: int) -> Body | None:
    """Read a body whose own words begin at `index`, with the country before or behind it."""
    if scene.at(index) is not None:
        return None
    found = _ministry_of(scene, index) or _compound(scene, index)
    if found is None:
        return None
    last, tail = found
    owner, first = owner_before(scene, index)
    if owner is None and scene.low(last) == "of":
        behind = last + 2 if scene.low(last + 1) == "the" else last + 1
        follower = scene.at(behind)
        if follower is not None and follower.first == behind and _is_state(scene, follower):
            return Body(index, follower.last, tail, follower)
    return Body(first, last, tail, owner)


def owner_before(scene: Scene, index: int) -> tuple[Sighting | None, int]:
    """Give the country or body that owns what stands at `index`, and where the whole phrase begins."""
    before = index - 1
    possessive = scene.low(before) in ("'s", "'")
    holder = scene.at(before - 1 if possessive else before)
    if holder is None or not scene.same_sentence(holder.first, index) or not _is_state(scene, holder):
        return None, index
    return holder, holder.first


def country_behind(scene: Scene, owner: Sighting | None) -> Entry | None:
    """Give the country that a mention stands for; the European Union counts."""
    if owner is None:
        return None
    profile = scene.profiles[owner.id]
    return scene.lexicon.country_of(profile.country) or scene.lexicon.entries.get(profile.id)


def body_profile(scene: Scene, body: Body, country: Entry | None) -> Profile:
    """Say which body of which country is meant, by the registry where it knows it."""
    sector = sector_of(body.tail)
    if country is None:
        return Profile(id=slug(_capitals(body.tail)), name=_capitals(body.tail), type="ORG", sector=sector)
    adjective = country.demonyms[0] if country.demonyms else country.name
    for name in (f"{adjective} {body.tail}", f"{adjective} {_capitals(body.tail)}"):
        entry = entry_named(scene, name)
        if entry is not None:
            return profile_of(entry)
    name = f"{adjective} {_capitals(body.tail)}"
    known = scene.lexicon.entries.get(slug(name))
    return (
        profile_of(known)
        if known
        else Profile(
            id=slug(name),
            name=name,
            type="ORG",
            country=country.country,
            sector=sector,
        )
    )


def _capitals(tail: str) -> str:
    return capwords(tail).replace(" '", "'")


def entry_named(scene: Scene, name: str) -> Entry | None:
    """Give the registry's entry of a whole name."""
    keys = [fold(word.text) for word in split_words(name)]
    form = scene.lexicon.longest(keys, 0)
    return scene.lexicon.entries[form.candidates[0][0]] if form and len(form.words) == len(keys) else None


@lru_cache(maxsize=4096)
def sector_of(phrase: str) -> str | None:
    """Give the PLOVER sector of a noun phrase, by its longest known ending.

    A head such as "chief", which says little by itself, takes the sector of what stands before it; a name such as
    "University of Warsaw" has its head in front.
    """
    words = phrase.lower().replace("-", " ").split()
    if not words:
        return None
    code, length = _known_ending(words)
    if length <= 1 < len(words) and singular(words[-1]) in vocabulary().generic:
        before = sector_of(" ".join(words[:-1])) or _nearest(words[:-1])
        return code if code and before in _ANYBODY else before or code
    head, of, _ = phrase.partition(" of ")
    return code or (sector_of(head) if of else None)


def _nearest(words: list[str]) -> str | None:
    """Give the sector of the last word that has one: "House" of "House Foreign Affairs Committee"."""
    sectors = vocabulary().sectors
    return next((sectors[word] for word in reversed(words) if word in sectors), None)


def _known_ending(words: list[str]) -> tuple[str | None, int]:
    """Give the sector of the longest ending that the lists know, in the singular too, and how many words it has."""
    sectors, last = vocabulary().sectors, singular(words[-1])
    for start in range(len(words)):
        for ending in (words[start:], [*words[start:-1], last]):
            code = sectors.get(" ".join(ending))
            if code:
                return code, len(ending)
    return None, 0


def _is_state(scene: Scene, sighting: Sighting) -> bool:
    profile = scene.profiles[sighting.id]
    return profile.type == "GPE" or profile.id == "european-union"


def _compound(scene: Scene, index: int) -> tuple[int, str] | None:
    """Read "foreign ministry", "Border Guard Service", "army" from `index` on."""
    for words in vocabulary().institutions.get(scene.low(index), ()):
        last = index + len(words)
        if tuple(scene.lower[index:last]) == words and scene.is_free(index, last):
            return last, " ".join(words).replace("defense", "defence")
    return None


def _ministry_of(scene: Scene, index: int) -> tuple[int, str] | None:
    """Read "Ministry of Foreign Affairs" from `index` on."""
    if scene.low(index) not in _OF or scene.low(index + 1) != "of" or not scene.is_capitalised(index):
        return None
    last = index + 2 + (scene.low(index + 2) == "the")
    start = last
    while last - start < _LONGEST and scene.same_sentence(index, last) and scene.at(last) is None:
        joins = scene.low(last) in ("and", ",") and scene.is_capitalised(last + 1) and scene.at(last + 1) is None
        if not (scene.is_capitalised(last) or joins):
            break
        last += 1
    if last == start:
        return None
    portfolio = " ".join(scene.lower[index + 2 : last])
    portfolio = _PORTFOLIOS.get(portfolio, portfolio)
    return last, f"{portfolio} {scene.low(index)}"


def _sight(scene: Scene, body: Body, profile: Profile) -> None:
    """Sight a body, in small letters by its role; a country in the possessive, or beside a role, is named still."""
    scene.enter(profile)
    owner = body.owner if body.owner is not None and body.owner.first == body.first else None
    own = range(owner.last if owner else body.first, body.last)
    capitals = any(scene.is_capitalised(index) for index in own if scene.at(index) is None)
    if owner is not None and (scene.low(owner.last) in ("'s", "'") or not capitals):
        scene.share(owner)
    scene.sight(body.first, body.last, profile.id, "name" if capitals else "role")
