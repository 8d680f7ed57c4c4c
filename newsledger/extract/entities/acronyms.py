"""Short names that a text introduces itself: "the International Monetary Fund (IMF)", or just uses: "the IMF"."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.extract.entities.scene import Scene, Sighting

_LENGTH = range(2, 9)
_SPELT_LEAST = 2
_NAMED = ("ORG", "BLOC", "EVENT", "GPE", "LOC", "FAC", "PRODUCT")


def link_acronyms(scene: Scene) -> None:
    """Give each short name to the name that it stands behind in brackets, else to the one whose initials it is.

    What the registry knows stays.
    """
    owners: dict[str, str] = {}
    for _, sighting in scene.standing():
        short = _introduced(scene, sighting)
        if short is not None:
            owners.setdefault(short, sighting.id)
    for index, key in enumerate(scene.keys):
        owner = owners.get(key)
        if owner is None:
            continue
        found = scene.at(index)
        if found is None:
            scene.sight(index, index + 1, owner, "name")
        elif found.last - found.first == 1 and found.id not in scene.lexicon.entries:
            scene.resight(scene.holders[index], owner, "name")
    _know_by_short_name(scene)
    _link_bracketed_names(scene)
    _link_initials(scene)


def _know_by_short_name(scene: Scene) -> None:
    """Take an unknown long name for the body of the registry whose short name stands in brackets behind it."""
    for _, sighting in scene.standing():
        if sighting.id in scene.lexicon.entries or not _is_long_name(scene, sighting):
            continue
        inner = scene.at(sighting.last + 1)
        if inner is None or scene.low(sighting.last) != "(" or scene.low(inner.last) not in (")", ",", ";"):
            continue
        known = scene.profiles[inner.id].type == "ORG" and inner.id in scene.lexicon.entries
        own = scene.text(sighting.first, sighting.last).lower()
        alike = own in scene.profiles[inner.id].name.lower() or _is_spelt(scene, sighting, scene.low(inner.first))
        if known and alike:
            scene.rename(sighting.id, inner.id)


def _introduced(scene: Scene, sighting: Sighting) -> str | None:
    """Give the short name that stands in brackets behind a name and is made of its letters."""
    if not _is_long_name(scene, sighting):
        return None
    if scene.low(sighting.last) != "(" or scene.low(sighting.last + 2) not in (")", ",", ";"):
        return None
    short = scene.key(sighting.last + 1)
    if len(short) not in _LENGTH or not short.isalpha() or sum(map(str.isupper, short)) * 2 < len(short):
        return None
    return short if _is_spelt(scene, sighting, short.lower()) else None


def _is_spelt(scene: Scene, sighting: Sighting, short: str) -> bool:
    """Tell whether a short name takes its letters from a name: in their order, or mostly the initials of its words."""
    rest = iter(scene.text(sighting.first, sighting.last).lower())
    in_order = all(letter in rest for letter in short) and short[0] == scene.low(sighting.first)[0]
    initials = [scene.low(index)[0] for index in range(sighting.first, sighting.last)]
    return in_order or sum(letter in initials for letter in short) * 2 > len(short)


def _link_bracketed_names(scene: Scene) -> None:
    """Take a name that fills the brackets behind a body for the same body: "(Libre)", "(FEZ Brest)"."""
    for _, sighting in scene.standing():
        if not _is_long_name(scene, sighting) or scene.low(sighting.last) != "(":
            continue
        inner = scene.at(sighting.last + 1)
        if inner is None or inner.kind != "name" or inner.id in scene.lexicon.entries or inner.id == sighting.id:
            continue
        alike = not set(scene.lower[sighting.first : sighting.last]).isdisjoint(scene.lower[inner.first : inner.last])
        one_kind = scene.profiles[inner.id].type == scene.profiles[sighting.id].type == "ORG"
        if scene.low(inner.last) == ")" and (alike or one_kind):
            scene.rename(inner.id, sighting.id)


def _link_initials(scene: Scene) -> None:
    """Give "the IBU" to the one International Biathlon Union of the text."""
    bodies: dict[str, dict[str, None]] = defaultdict(dict)
    for _, sighting in scene.standing():
        if _is_long_name(scene, sighting) and scene.profiles[sighting.id].type in ("ORG", "BLOC"):
            words = range(sighting.first, sighting.last)
            initials = "".join(scene.key(index)[0] for index in words if scene.is_capitalised(index))
            bodies[initials][sighting.id] = None
    for number, sighting in scene.standing():
        key, known = scene.key(sighting.first), sighting.id in scene.lexicon.entries
        if known or sighting.kind != "name" or sighting.last - sighting.first > 1 or len(key) < _SPELT_LEAST:
            continue
        if key.isupper() and len(bodies[key]) == 1:
            scene.resight(number, next(iter(bodies[key])), "name")


def _is_long_name(scene: Scene, sighting: Sighting) -> bool:
    named = scene.profiles[sighting.id].type in _NAMED and sighting.kind == "name"
    return named and sighting.last - sighting.first > 1
