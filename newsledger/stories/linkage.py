"""Average linkage on sparse pairs: what is most alike on average grows together, until nothing is alike enough."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from newsledger.stories.likeness import WINDOW_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsledger.stories.likeness import Pair

_WELL_TOLD = 3  # texts
_DIGITS = 9  # further down, sums of probabilities differ with the order of adding


@dataclass(frozen=True, slots=True)
class Atom:
    """Texts that are together from the start.

    One that is `known` is a story, or a part of one: two of them must be surer to grow together. What is `loose` came
    off a story and joins no other one.
    """

    members: tuple[int, ...]
    known: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs of members that must come together, and of those that must not, which win."""

    together: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What the mean probability over the pairs of two groups must reach for them to grow together.

    A lone text has little to show, and a story of three texts or more is told from others well: there `lone` is enough.
    But two groups must be as alike as a `share` of what such a story is in itself, or other news of the same people
    would join it. Two known stories must reach `margin` more.
    """

    least: float
    lone: float
    share: float
    margin: float = 0.0

    def lowered(self) -> Bar:
        """Give the bar that what is known must not fall below."""
        return Bar(least=self.least - self.margin, lone=self.lone - self.margin, share=self.share - self.margin)

    def height(self, smaller: int, larger: int, *, are_known: bool) -> float:
        """Give the bar for two groups of so many texts."""
        is_lone = smaller == 1 and larger >= _WELL_TOLD
        return (self.lone if is_lone else self.least) + self.margin * are_known


class _Sum(NamedTuple):
    """Of the pairs between two clusters."""

    probability: float = 0.0
    cosine: float = 0.0

    def plus(self, other: _Sum | Pair) -> _Sum:
        return _Sum(self.probability + other.probability, self.cosine + other.cosine)


_NOTHING = _Sum()


@dataclass(slots=True)
class _Cluster:
    atoms: list[int]
    days: list[float]  # in order, without NaN
    undated: int
    known: bool
    loose: bool
    inside: float = 0.0  # the sum of the cosines of its pairs
    sums: dict[int, _Sum] = field(default_factory=dict)
    apart: set[int] = field(default_factory=set)

    @property
    def size(self) -> int:
        """Count the texts."""
        return len(self.days) + self.undated

    def likeness(self) -> float:
        """Give the mean cosine of its pairs, 0 if it has too few texts to tell."""
        if self.size < _WELL_TOLD:
            return 0.0
        pairs = (self.comparable(self) - self.size) / 2
        return self.inside / pairs if pairs else 0.0

    def comparable(self, other: _Cluster) -> int:
        """Count the pairs of texts that are not too far apart in time to be compared."""
        pairs = self.size * other.size
        if not self.days or not other.days:
            return pairs
        first, last = min(self.days[0], other.days[0]), max(self.days[-1], other.days[-1])
        if last - first <= WINDOW_DAYS:
            return pairs
        return pairs - sum(
            bisect_left(other.days, day - WINDOW_DAYS) + len(other.days) - bisect_right(other.days, day + WINDOW_DAYS)
            for day in self.days
        )


def grow(atoms: Sequence[Atom], pairs: Iterable[Pair], days: Sequence[float], ties: Ties, bar: Bar) -> list[list[int]]:
    """Give the atoms that grow together, by their places, in the order of the first of each group.

    `days` has the moment of each text, NaN where it has none; pairs that are a week apart don't count for the mean. A
    pair that is not given has probability 0. Of equals those grow together first that stand first.
    """
    return _Growth(atoms, pairs, days, ties, bar).run(ties.together)


def _begun(at: int, atom: Atom, moments: Sequence[float]) -> _Cluster:
    days = sorted(day for member in atom.members if not isnan(day := moments[member]))
    return _Cluster([at], days, len(atom.members) - len(days), atom.known, atom.loose)


class _Growth:
    def __init__(
        self, atoms: Sequence[Atom], pairs: Iterable[Pair], days: Sequence[float], ties: Ties, bar: Bar
    ) -> None:
        self._bar = bar
        self._clusters = {at: _begun(at, atom, days) for at, atom in enumerate(atoms)}
        self._count = len(atoms)
        self._home = {member: at for at, atom in enumerate(atoms) for member in atom.members}
        self._into: dict[int, int] = {}
        self._heap: list[tuple[float, int, int, int, int]] = []
        for pair in pairs:
            one, other = self._home.get(pair.first), self._home.get(pair.second)
            if one is None or other is None:
                continue
            if one == other:
                self._clusters[one].inside += pair.cosine
            else:
                total = self._clusters[one].sums.get(other, _NOTHING).plus(pair)
                self._clusters[one].sums[other] = self._clusters[other].sums[one] = total
        for ends in ties.apart:
            if self._home.keys() >= set(ends):
                one, other = map(self._cluster_of, ends)
                self._clusters[one].apart.add(other)
                self._clusters[other].apart.add(one)

    def run(self, together: Iterable[tuple[int, int]]) -> list[list[int]]:
        """Join what must be, then the best pair of clusters again and again."""
        for ends in together:
            one, other = map(self._cluster_of, ends)
            if one != other and other not in self._clusters[one].apart:
                self._join(one, other)
        for at, cluster in self._clusters.items():
            self._heap += [entry for near in cluster.sums if at < near and (entry := self._entry(at, near))]
        heapify(self._heap)
        while self._heap:
            *_, one, other = heappop(self._heap)
            if one in self._clusters and other in self._clusters:
                self._join(one, other)
        return sorted(sorted(cluster.atoms) for cluster in self._clusters.values())

    def _cluster_of(self, member: int) -> int:
        at = self._home[member]
        while at in self._into:
            at = self._into[at]
        return at

    def _join(self, one: int, other: int) -> None:
        mine, theirs = self._clusters.pop(one), self._clusters.pop(other)
        both = _Cluster(
            atoms=mine.atoms + theirs.atoms,
            days=sorted(mine.days + theirs.days),
            undated=mine.undated + theirs.undated,
            known=mine.known or theirs.known,
            loose=mine.loose or theirs.loose,
            inside=mine.inside + theirs.inside + mine.sums.get(other, _NOTHING).cosine,
            apart=mine.apart | theirs.apart,
        )
        at = self._into[one] = self._into[other] = self._count
        self._count += 1
        self._clusters[at] = both
        for far in both.apart:
            self._clusters[far].apart -= {one, other}
            self._clusters[far].apart.add(at)
        for near in dict.fromkeys((*mine.sums, *theirs.sums)):
            if near not in (one, other):
                sums = self._clusters[near].sums
                both.sums[near] = sums[at] = sums.pop(one, _NOTHING).plus(sums.pop(other, _NOTHING))
                if entry := self._entry(at, near):
                    heappush(self._heap, entry)

    def _entry(self, one: int, other: int) -> tuple[float, int, int, int, int] | None:
        """Give a place in the queue for two clusters, None if they must not grow together or are not alike enough."""
        mine, theirs = self._clusters[one], self._clusters[other]
        are_known = mine.known and theirs.known
        if other in mine.apart or (are_known and (mine.loose or theirs.loose)):
            return None
        pairs, between = mine.comparable(theirs), mine.sums[other]
        mean = round(between.probability / pairs, _DIGITS)
        if mean < self._bar.height(*sorted((mine.size, theirs.size)), are_known=are_known):
            return None
        if between.cosine / pairs < self._bar.share * max(mine.likeness(), theirs.likeness()):
            return None
        first, second = sorted((min(mine.atoms), min(theirs.atoms)))
        return -mean, first, second, one, other
