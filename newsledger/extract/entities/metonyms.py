"""Capitals and seats of power: a place where something happens, or the country that acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.entities.vocabulary import vocabulary

if TYPE_CHECKING:
    from newsledger.extract.entities.scene import Scene, Sighting

_TO_FROM = frozenset({"to", "from", "for"})
_WHO = (["who"], ["he"], ["she"], ["they"])
_LINKS = frozenset({"and", "or", ",", "nor"})
_GOING_ON = frozenset({"'s", "'"})
_STEERED = frozenset(
    {"backed", "led", "controlled", "appointed", "sponsored", "aligned", "brokered", "friendly", "imposed"}
)
_PLACED = frozenset({"based", "born", "educated", "bound"})
# "East Jerusalem", "downtown Moscow": what has parts is a place.
_PARTS_OF_PLACES = frozenset(
    {
        *("east", "west", "north", "south", "eastern", "western", "northern", "southern"),
        *("central", "downtown", "greater", "near"),
    }
)
_DASHES = frozenset({"-", "\N{EN DASH}", "—"})
_LONGEST_DATELINE = 6
_DEEDS = ("ed", "es")
_LOOK_BACK = 5


def settle_capitals(scene: Scene) -> None:
    """Turn each capital that acts, or that others deal with, into a metonym of its country."""
    acted: dict[int, bool] = {}
    for number, sighting in scene.standing():
        seat = scene.lexicon.seats.get(sighting.id)
        if seat is None or sighting.kind != "name":
            continue
        acts = _acts(scene, sighting, acted)
        acted[sighting.last] = acts
        if acts:
            scene.enter_entry(scene.lexicon.entries[seat])
            scene.resight(number, seat, "metonym")


def _acts(scene: Scene, sighting: Sighting, acted: dict[int, bool]) -> bool:
    first, last = sighting.first, sighting.last
    before = scene.low(first - 1) if scene.same_sentence(first - 1, first) else ""
    after = scene.low(last) if scene.same_sentence(first, last) else ""
    if before in _PARTS_OF_PLACES or _is_described(scene, sighting, after) or _opens_report(scene, sighting):
        return False
    if before in _LINKS and (paired := _first_of_pair(scene, first, acted)) is not None:
        return paired
    if after == "-" and not _is_steering(scene, sighting):
        return False
    if before.isalpha():
        return _acts_behind(scene, first, before, after)
    return _is_deed(after) or (before != "(" and (after.isalpha() or after in {*_GOING_ON, "-"}))


def _acts_behind(scene: Scene, first: int, before: str, after: str) -> bool:
    """Tell by the word before a capital whether it acts or is dealt with."""
    words = vocabulary().metonyms
    if before in _TO_FROM:
        return _is_dealt_with(scene, first)
    if before == "of":
        return scene.low(first - 2) not in words["place_of"]
    if before in ("the", "a", "an", "this") and after.isalpha() and not _is_deed(after):
        return after in words["governing"]
    if before in words["place_verbs"]:
        return _is_deed(after)
    return before not in words["place_before"]


def _is_steering(scene: Scene, sighting: Sighting) -> bool:
    """Tell "Moscow-backed" and "Moscow-Minsk relations" from "the Dhaka-Mymensingh highway"."""
    behind = scene.at(sighting.last + 1)
    if behind is None:
        return scene.low(sighting.last + 1) in _STEERED
    is_state = behind.id in scene.lexicon.seats or scene.profiles[behind.id].kind == "country"
    return is_state and scene.low(behind.last) not in vocabulary().metonyms["journey"] | {"highway", "line", "railway"}


def _opens_report(scene: Scene, sighting: Sighting) -> bool:
    """Tell whether a city says where a report comes from: "KYIV - Two people"."""
    if not scene.opens_sentence(sighting.first) or not scene.keys[sighting.first].isupper():
        return False
    near = range(sighting.last, sighting.last + _LONGEST_DATELINE)
    return any(scene.low(index) in _DASHES or scene.low(index) == "(" for index in near)


def _is_described(scene: Scene, sighting: Sighting, after: str) -> bool:
    """Tell whether the text itself says that a city is meant: "Minsk, the capital", "Minsk region"."""
    if after == "-" and scene.low(sighting.last + 1) in _PLACED:
        return True
    nouns = vocabulary().metonyms["place_nouns"]
    if after in nouns or (after in ("'s", "'") and scene.low(sighting.last + 1) in nouns):
        return True
    if after != ",":
        return False
    follower = scene.at(sighting.last + 1)
    if follower is not None and follower.id == scene.lexicon.seats.get(sighting.id):
        return True
    return scene.low(sighting.last + 1) == "the" and scene.low(sighting.last + 2) in ("capital", "city")


def _first_of_pair(scene: Scene, first: int, acted: dict[int, bool]) -> bool | None:
    """Say how the name before "and" was read; a country beside a capital makes it act."""
    before = first - 2 if scene.low(first - 2) != "," else first - 3
    neighbour = scene.at(before)
    if neighbour is None:
        return None
    if neighbour.last in acted:
        return acted[neighbour.last]
    profile = scene.profiles[neighbour.id]
    if profile.type == "GPE" and profile.kind != "country" and neighbour.id not in scene.lexicon.seats:
        return False
    is_state = profile.kind == "country" and neighbour.kind in ("name", "metonym")
    return True if is_state and scene.low(neighbour.first - 1) not in ("in", "to", "from", "at") else None


def _is_dealt_with(scene: Scene, first: int) -> bool:
    """Tell "assurances from Moscow" from "flew from Moscow": a journey makes a place."""
    words = vocabulary().metonyms
    back = [
        scene.low(index) for index in range(first - 2, first - 2 - _LOOK_BACK, -1) if scene.same_sentence(index, first)
    ]
    if not back or any(word in words["journey"] for word in back) or back[0] in vocabulary().speech:
        return False
    if scene.low(first - 1) == "from" and (scene.at(first - 2) is not None or back[1:2] in _WHO):
        return False  # "he works from Vilnius"
    nearest = back[0]
    return nearest.isalpha() and not nearest.endswith("ing") and nearest not in words["place_nouns"]


def _is_deed(after: str) -> bool:
    return after in vocabulary().metonyms["acting"] or (after.isalpha() and after.endswith(_DEEDS))
