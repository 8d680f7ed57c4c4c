"""How the stories and copies that were found agree with those that were planted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision and recall, from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def pairwise(truth: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Score:
    """Score the pairs of articles that are put together."""
    both = _pairs((truth[one], found[one]) for one in truth)
    planted, put = _pairs(truth.values()), _pairs(found[one] for one in truth)
    return Score(precision=both / put if put else 1.0, recall=both / planted if planted else 1.0)


def bcubed(truth: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Score:
    """Score, article by article, with whom it is put together (Bagga and Baldwin 1998)."""
    planted, put = _groups(truth, truth), _groups(found, truth)
    shares = [
        (len(planted[truth[one]] & put[found[one]]), len(planted[truth[one]]), len(put[found[one]])) for one in truth
    ]
    count = max(1, len(shares))
    return Score(
        precision=sum(shared / size for shared, _, size in shares) / count,
        recall=sum(shared / size for shared, size, _ in shares) / count,
    )


def _pairs(groups: Iterable[Hashable]) -> int:
    return sum(comb(size, 2) for size in Counter(groups).values())


def _groups(groups: Mapping[str, Hashable], over: Iterable[str]) -> dict[Hashable, set[str]]:
    found: defaultdict[Hashable, set[str]] = defaultdict(set)
    for one in over:
        found[groups[one]].add(one)
    return found
