"""Capitals and seats of power: a place where something happens, or the country that acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.extract.scene import Scene, Sighting

# Behind these a capital is a place.
_PLACE = frozenset(
    [
        "in",
        "at",
        "to",
        "from",
        "near",
        "outside",
        "around",
        "into",
        "through",
        "via",
        "inside",
        "across",
        "off",
        "reach",
        "reached",
        "leave",
        "left",
        "visit",
        "visited",
    ]
)
_MARKS = frozenset({",", ".", ")", "(", ";", ":"})


def settle_capitals(scene: Scene) -> None:
    """Turn each capital that acts into a metonym of its country."""
    for number, sighting in scene.standing():
        country = scene.lexicon.capitals.get(sighting.id)
        if country and sighting.kind == "name" and _acts(scene, sighting):
            scene.enter_entry(scene.lexicon.entries[country])
            scene.resight(number, country, "metonym")


def _acts(scene: Scene, sighting: Sighting) -> bool:
    before, after = scene.low(sighting.first - 1), scene.low(sighting.last)
    if not scene.same_sentence(sighting.first - 1, sighting.first):
        return after.isalpha() or after == "'s"
    return before not in _PLACE and after not in _MARKS
