"""Where unknown people, bodies and places are from, by whom and what the text names beside them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.extract.entities.scene import Profile, Scene, Sighting

_TYPES = ("ORG", "PER", "GPE", "FAC")
_PLACES = ("GPE", "FAC")
_MEDIA = "JRN"
# Bodies whose names begin with one of these, or have it as their second word, belong to no single country.
_INTERNATIONAL = frozenset(
    {
        *("international", "internationale", "world", "global", "european", "eurasian", "united", "un", "eu", "arab"),
        *("african", "asian", "baltic", "nordic", "euro", "inter", "pan", "asean"),
    },
)
# A phrase that runs up to a name does not go back beyond these.
_BREAKS = frozenset(
    {
        *(".", ";", ":", "(", ")", '"', "“", "”", "and", "or", "but", "that", "who", "which", "whose", "as", "than"),
        *("to", "by", "with", "against", "between", "when", "after", "before", "while", "because", "if", "on", "about"),
        *("in", "at", "near", "from", "into", "during", "under", "over", "without", "through", "for"),
        *("is", "was", "are", "were", "has", "had", "have", "be", "been", "will", "would", "not"),
    },
)
_LEADS = frozenset({"of", "at", "from", "in", "for", "with"})
_ELSEWHERE = frozenset({"lives", "living", "exiled", "exile", "fled", "met", "visiting"})
_REPORTERS = frozenset({"reporter", "correspondent", "editor"})
_LONGEST_DATELINE = 20
_GAP = 7
_MOST_MENTIONS = 12
_TOLD, _BESIDE, _BEHIND, _SAME_SENTENCE, _NEXT_SENTENCE, _SAME_TEXT = 99.0, 8.0, 5.0, 2.0, 0.5, 3.0
_INTRODUCED = 4.0
_MARGIN = 0.01
_FADING = 0.05


def settle_origins(scene: Scene) -> None:
    """Give everybody whom nobody knows the country that the text puts him in; first bodies, then their people."""
    for kind in _TYPES:
        origins = Origins(scene)
        for ident, profile in scene.profiles.items():
            if profile.type == kind and profile.country is None and ident not in scene.lexicon.entries:
                country = origins.of(ident)
                if country is not None:
                    scene.amend(replace(profile, country=country))


@dataclass
class Origins:
    """The countries that a text speaks of, and where."""

    scene: Scene

    @cached_property
    def _sighted(self) -> list[Sighting]:
        """All sightings, in the order of the text."""
        scene = self.scene
        found = dict.fromkeys((*(sighting for _, sighting in scene.standing()), *scene.shared))
        return sorted(found, key=lambda sighting: (sighting.first, sighting.last))

    @cached_property
    def _starts(self) -> list[int]:
        return [sighting.first for sighting in self._sighted]

    @cached_property
    def _by_id(self) -> dict[str, list[Sighting]]:
        found: dict[str, list[Sighting]] = defaultdict(list)
        for sighting in self._sighted:
            found[sighting.id].append(sighting)
        return found

    @cached_property
    def _counts(self) -> Counter[str]:
        countries = (self.scene.profiles[s.id].country for s in self._sighted if s.kind != "pronoun")
        return Counter(country for country in countries if country is not None)

    def of(self, ident: str) -> str | None:
        """Say where somebody who is named is from: what stands in one phrase with the name tells most."""
        profile = self.scene.profiles[ident]
        places = self._by_id.get(ident, [])
        if all(sighting.kind in ("role", "pronoun") for sighting in places) or _is_international(profile):
            return None
        votes: dict[str, float] = defaultdict(float)
        for number, sighting in enumerate([s for s in places if s.kind != "pronoun"][:_MOST_MENTIONS]):
            for other, weight in self._evidence(sighting):
                tells = other.id != ident and (profile.type not in _PLACES or self._is_place(other))
                country = self._country(other) if tells else None
                if country or (country == "" and weight >= _BEHIND):
                    votes[country] += weight if number else weight * _INTRODUCED
        total = sum(self._counts.values()) or 1
        for country, count in self._counts.items():
            votes[country] += _SAME_TEXT * count / total
        return _clear_winner(votes) or None

    def _is_place(self, sighting: Sighting) -> bool:
        """Tell whether a place is named, which says more of where another one lies than people do."""
        return sighting.kind == "name" and self.scene.profiles[sighting.id].type == "GPE"

    def _country(self, sighting: Sighting) -> str | None:
        """Give the country of somebody named; of an international body an empty one, which may win."""
        profile = self.scene.profiles[sighting.id]
        stateless = profile.type == "BLOC" or (profile.type == "ORG" and sighting.id in self.scene.lexicon.entries)
        if profile.country is None and (stateless or _is_international(profile)):
            return ""
        return profile.country

    def _evidence(self, sighting: Sighting) -> Iterator[tuple[Sighting, float]]:
        """Yield whom the text names near a mention, with the weight of it."""
        scene = self.scene
        before, behind = self._employer(sighting) or self._before(sighting), self._behind(sighting)
        if before is not None:
            yield before, _BESIDE
        if behind is not None:
            told = behind.kind == "demonym" and scene.low(behind.first - 1) in ("a", "an")
            placed = scene.low(sighting.last) == "in"
            yield behind, _TOLD if told else _SAME_SENTENCE if placed else _BEHIND
        sentence = scene.sentence_of[sighting.first]
        at = bisect_left(self._starts, sighting.first)
        for side in (range(at - 1, -1, -1), range(at, len(self._sighted))):
            for other in map(self._sighted.__getitem__, side):
                distance = abs(scene.sentence_of[other.first] - sentence)
                if distance > 1:
                    break
                if other.kind != "pronoun" and scene.profiles[other.id].sector != _MEDIA:
                    weight = _NEXT_SENTENCE if distance else _SAME_SENTENCE
                    yield other, weight / (1 + _FADING * abs(other.first - sighting.first))

    def _employer(self, sighting: Sighting) -> Sighting | None:
        """Find whose reporter somebody is: "China News Service, Moscow, June 1 (Reporter Li Wei)"."""
        scene = self.scene
        if scene.low(sighting.first - 1) not in _REPORTERS:
            return None
        for number in range(bisect_left(self._starts, sighting.first) - 1, -1, -1):
            other = self._sighted[number]
            if sighting.first - other.first > _LONGEST_DATELINE:
                return None
            if scene.profiles[other.id].sector == "JRN":
                return other
        return None

    def _before(self, sighting: Sighting) -> Sighting | None:
        """Find whose the phrase is that runs up to a name: "the Kenyan runner X", "Viasna's deputy head, X"."""
        scene, near = self.scene, None
        index, first = sighting.first - 1, sighting.first - 1
        while index > first - _GAP and scene.same_sentence(index, first + 1):
            found, low = self._holder(index), scene.low(index)
            if found is not None:
                if scene.low(found.first - 1) not in ("to", "in"):
                    told = scene.low(first) != "," or scene.profiles[found.id].type == "GPE" or index < first - 1
                    return found if told else near
                # "The ambassador of China to Belarus X" and "Ankara's envoy in Tehran, X" lead further back.
                near = near or found
                index = found.first - 1
            elif low in _BREAKS or (low == "," and index < first):
                break
            index -= 1
        return near

    def _behind(self, sighting: Sighting) -> Sighting | None:
        """Find what explains a name behind it: "X of Chad", "X, a Swede,", "X, who heads the Lyon-based Y"."""
        scene, last = self.scene, sighting.last
        comma = scene.low(last) == ","
        if not comma and scene.low(last) not in _LEADS:
            return None
        for index in range(last + 1, last + 1 + _GAP):
            if not scene.same_sentence(sighting.first, index):
                return None
            found = self._holder(index)
            if found is not None:
                return found
            low = scene.low(index)
            if low in _ELSEWHERE or (low in _BREAKS and low not in ("who", "is", "and")) or low == ",":
                return None
        return None

    def _holder(self, index: int) -> Sighting | None:
        """Give who is named at a word: the narrowest, the adjective before the body it belongs to."""
        found = [s for s in self._by_word.get(index, ()) if self._country(s) is not None]
        return min(found, key=lambda s: s.last - s.first, default=None)

    @cached_property
    def _by_word(self) -> dict[int, list[Sighting]]:
        found: dict[int, list[Sighting]] = defaultdict(list)
        for sighting in self._sighted:
            for index in range(sighting.first, min(sighting.last, sighting.first + _GAP + 1)):
                found[index].append(sighting)
        return found


def _is_international(profile: Profile) -> bool:
    return profile.type == "ORG" and not _INTERNATIONAL.isdisjoint(profile.name.lower().replace("-", " ").split()[:2])


def _clear_winner(votes: dict[str, float]) -> str | None:
    ranked = sorted(votes.items(), key=lambda pair: -pair[1])[:2]
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN):
        return None
    return ranked[0][0]
