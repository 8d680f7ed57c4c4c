"""How likely two articles of a window tell one story."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from newsledger.stories.wording import FACETS, Facet, expected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from newsledger.stories.wording import Wording

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_SHARES: dict[Facet, float] = {"names": 0.45, "numbers": 0.15, "lead": 0.4}
# How many articles the expectation counts for, beside those of the window.
_PRIOR = 200
# Rarer words than one in so many articles weigh the same, so that a larger window makes no other weights.
_RAREST = 0.01
# Words of more than this share of all articles tell nothing.
_COMMON = 0.1
_REPEATED = 0.5
# Less alike than this, two articles are not looked at further.
_LEAST = 0.12
_NEAR = 0.2
WINDOW_DAYS = 7.0

# A logistic model, first fitted on half of the topics of ECB+, then set by all of it and the simulated month: see
# docs/decisions.md.
_BIAS = -4.2
_COSINE = 22.0
_YEARS = 1.34
# What a day between two articles takes off, and what it adds that they are of one day.
_DAY = -0.5
_SAME_DAY = 0.4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, by their places in the window: how alike they are, and how likely they tell one story."""

    first: int
    second: int
    cosine: float
    probability: float


class Window:
    """The articles of a window, ready to be compared.

    `days` are moments in days, NaN where an article has none; articles more than a week apart are not compared.
    """

    def __init__(self, wordings: Iterable[Wording], days: Floats) -> None:
        self._days, self._size = days, len(days)
        self._years: list[frozenset[int]] = []
        columns = [_Column(facet) for facet in FACETS]
        for wording in wordings:
            self._years.append(wording.years)
            for column, counts in zip(columns, wording.facets, strict=True):
                column.add(counts)
        owners, self._words, self._weights = _joined([column.weighed() for column in columns], self._size)
        self._starts = np.searchsorted(owners, np.arange(self._size + 1))
        order = np.argsort(self._words, kind="stable")
        self._holders, self._held = owners[order], self._weights[order]
        self._postings = np.searchsorted(self._words[order], np.arange(self._words.max(initial=-1) + 2))

    def likeness(self, one: int) -> Floats:
        """Give the cosines of an article with all; 0 with itself and with what is more than a week apart."""
        mine = slice(self._starts[one], self._starts[one + 1])
        starts, ends = self._postings[self._words[mine]], self._postings[self._words[mine] + 1]
        lengths = ends - starts
        at = np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        shared = self._held[at] * np.repeat(self._weights[mine], lengths)
        cosines: Floats = np.asarray(np.bincount(self._holders[at], shared, self._size), float)
        cosines[np.abs(self._days - self._days[one]) > WINDOW_DAYS] = 0
        cosines[one] = 0
        return cosines

    def near(self, one: int) -> list[int]:
        """Give the articles that an article may tell one story with."""
        return np.flatnonzero(self.likeness(one) >= _NEAR).tolist()

    def pairs(self, places: Sequence[int]) -> list[Pair]:
        """Compare articles with one another; pairs that are hardly alike are left out."""
        is_asked = np.zeros(self._size, bool)
        is_asked[list(places)] = True
        found: list[tuple[Ints, Ints, Floats]] = []
        for one in sorted(places):
            row = self.likeness(one)
            row[: one + 1] = 0
            others = np.flatnonzero((row >= _LEAST) & is_asked)
            found.append((np.full(len(others), one), others, row[others]))
        if not found:
            return []
        first, second, cosines = (np.concatenate(column) for column in zip(*found, strict=True))
        gaps = np.abs(self._days[first] - self._days[second])
        years = np.array([self._same_years(a, b) for a, b in zip(first, second, strict=True)], float)
        logits = _BIAS + _COSINE * cosines + _YEARS * years + np.nan_to_num(_SAME_DAY + _DAY * gaps)
        probabilities = 1 / (1 + np.exp(-logits))
        columns = (column.tolist() for column in (first, second, cosines, probabilities))
        return [Pair(*row) for row in zip(*columns, strict=True)]

    def _same_years(self, one: int, other: int) -> int:
        """Give 1 if the latest years that two articles name are the same, -1 if they have no year in common."""
        mine, others = self._years[one], self._years[other]
        if not mine or not others:
            return 0
        return 1 if max(mine) == max(others) else 0 if mine & others else -1


class _Column:
    """A facet of all articles: which words each has, and how often."""

    def __init__(self, facet: Facet) -> None:
        self._facet = facet
        self._ids: dict[str, int] = {}
        self._words, self._times, self._sizes = array("q"), array("q"), array("q")

    def add(self, counts: Mapping[str, int]) -> None:
        """Take the next article in."""
        self._words.extend(self._ids.setdefault(word, len(self._ids)) for word in counts)
        self._times.extend(counts.values())
        self._sizes.append(len(counts))

    def weighed(self) -> tuple[Ints, Ints, Floats]:
        """Give owner, word and weight; the squares of an article's weights add up to the share of the facet."""
        size = len(self._sizes)
        words, times = np.array(self._words, np.int64), np.array(self._times, float)
        owners = np.repeat(np.arange(size), np.array(self._sizes, np.int64))
        prior = np.fromiter((expected(self._facet, word) for word in self._ids), float, len(self._ids))
        share = (np.bincount(words, minlength=len(prior)) + _PRIOR * prior) / (size + _PRIOR)
        rarity = np.where(share < _COMMON, -np.log(share + _RAREST), 0)
        weights = (1 + _REPEATED * np.log(times)) * rarity[words]
        told = weights > 0
        owners, words, weights = owners[told], words[told], weights[told]
        norms = np.sqrt(np.bincount(owners, weights**2, size))
        return owners, words, np.sqrt(_SHARES[self._facet]) * weights / norms[owners]


def _joined(columns: Sequence[tuple[Ints, Ints, Floats]], size: int) -> tuple[Ints, Ints, Floats]:
    """Put facets side by side, owner by owner; the squares of an article's weights add up to 1."""
    shifts = np.cumsum([0, *(words.max(initial=-1) + 1 for _, words, _ in columns)])
    moved = [(owners, words + shift, weights) for (owners, words, weights), shift in zip(columns, shifts, strict=False)]
    owners, words, weights = (np.concatenate(parts) for parts in zip(*moved, strict=True))
    order = np.argsort(owners, kind="stable")
    norms = np.sqrt(np.bincount(owners, weights**2, size))
    return owners[order], words[order], (weights / norms[owners])[order]
