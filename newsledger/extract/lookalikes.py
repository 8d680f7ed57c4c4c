"""Which names may be one entity's: what a person should look at together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from newsledger.extract.naming import SAME, similarity
from newsledger.extract.registry import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.naming.forms import NameKind

# Names less alike by their letters, of 100, are not compared any closer.
_WORTH_COMPARING = 55
_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entity with one of its names."""

    entity: str
    type: str
    name: str


def lookalikes(strangers: Sequence[Named], known: Sequence[Named]) -> dict[str, tuple[str, ...]]:
    """Give for each stranger the ids that it may be the same as, other strangers' or known ones, the likeliest first.

    Spellings, transliterations and initials count as alike; so does a part that stands for the whole: the surname
    of a person, the first or last word of anything else.
    """
    everybody = [*strangers, *known]
    keys = [_key(named.name) for named in everybody]
    found: dict[str, dict[str, float]] = {stranger.entity: {} for stranger in strangers}
    for stranger in strangers:
        scores = found[stranger.entity]
        near = process.extract(
            _key(stranger.name), keys, scorer=fuzz.token_set_ratio, score_cutoff=_WORTH_COMPARING, limit=None
        )
        for _, _, place in near:
            other = everybody[place]
            if other.entity != stranger.entity and _kind(other) == _kind(stranger):
                scores[other.entity] = max(scores.get(other.entity, 0.0), _likeness(stranger, other))
    return {entity: _likeliest(scores) for entity, scores in found.items()}


def _likeliest(scores: dict[str, float]) -> tuple[str, ...]:
    alike = sorted((entity for entity in scores if scores[entity] >= SAME), key=lambda one: (-scores[one], one))
    return tuple(alike[:_MOST])


def _likeness(one: Named, other: Named) -> float:
    score = similarity(one.name, other.name, _kind(one))
    part, whole = sorted((_key(one.name).split(), _key(other.name).split()), key=len)
    ends = whole[-1:] if one.type == "PER" else (*whole[:1], *whole[-1:])
    return max(score, SAME) if len(part) == 1 and part[0] in ends else score


def _kind(named: Named) -> NameKind:
    return "PER" if named.type == "PER" else "ORG" if named.type == "ORG" else "other"


def _key(name: str) -> str:
    return fold(name).lower()
