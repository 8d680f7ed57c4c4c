"""How much of one text stands in another, word by word, and whether the numbers in it are the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.stories.shingles import Body

_RUN = 3
_BRIDGE = 4  # words: an edit between two shared runs that follow each other in both texts
_NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text, made ready to be held against others: their hashes, the runs of three, where each stands.

    `told` says of each word whether it counts for a share: outside of quotations, unless a text is little else.
    """

    codes: list[int]
    threes: list[int]
    places: dict[int, list[int]]
    told: list[bool]

    @classmethod
    def of(cls, body: Body) -> Words:
        """Make a text ready."""
        threes = cast("list[int]", body.runs(_RUN).tolist())
        places: dict[int, list[int]] = {}
        for at, run in enumerate(threes):
            places.setdefault(run, []).append(at)
        told = body.told()
        told = told if sum(told) * 2 >= len(told) else [True] * len(told)
        return cls(cast("list[int]", body.words.tolist()), threes, places, told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What a text shares with an earlier one.

    `later` and `earlier` say which share of either text it shares with the other, quotations left out, `later_head` and
    `earlier_head` which share of as many first words as the other text has. `numbers` (one or more in a row, days and
    months among them) stand between words that are shared; `other_numbers` of them have another value there.
    """

    later: float
    later_head: float
    earlier: float
    earlier_head: float
    numbers: int
    other_numbers: int


def overlap(later: Words, earlier: Words) -> Overlap:
    """Compare two texts by their runs of three words, in any order."""
    places = _places(later, earlier)
    shared, of_earlier = _bridged(places, len(earlier.codes))
    # What one text says twice and the other once is shared once.
    once = min(1.0, (sum(of_earlier) or 1) / (sum(shared) or 1))
    once_earlier = min(1.0, (sum(shared) or 1) / (sum(of_earlier) or 1))
    same: dict[int, bool] = {}
    for place, one, other in _numbers(places, later.codes, earlier.codes):
        same[place] = same.get(place, False) or one <= other or one >= other
    return Overlap(
        later=_share(shared, later.told) * once,
        later_head=_share(shared[: len(of_earlier)], later.told) * once,
        earlier=_share(of_earlier, earlier.told) * once_earlier,
        earlier_head=_share(of_earlier[: len(shared)], earlier.told) * once_earlier,
        numbers=len(same),
        other_numbers=list(same.values()).count(False),
    )


def _places(later: Words, earlier: Words) -> list[int]:
    """Give of each word of the later text its place in the earlier one, with the same number if that can be."""
    places = [_NOWHERE] * len(later.codes)
    for at, run in enumerate(later.threes):
        found = earlier.places.get(run)
        if found is None:
            continue
        place = found[0] if len(found) == 1 else _best(found, at, places, later, earlier)
        if places[at + 1] == place + 1:
            places[at + 2] = place + 2
            continue
        for word, other in zip(range(at, at + _RUN), range(place, place + _RUN), strict=True):
            if places[word] == _NOWHERE or earlier.codes[places[word]] != later.codes[word] == earlier.codes[other]:
                places[word] = other
    return places


def _best(found: list[int], at: int, places: list[int], later: Words, earlier: Words) -> int:
    """Choose among the places of a run: one with its numbers, the one that goes on from the word before if it can."""
    run = later.codes[at : at + _RUN]
    same = [place for place in found if earlier.codes[place : place + _RUN] == run] or found
    follows = places[at - 1] + 1 if at else 0
    return follows if follows in same else same[0]


def _numbers(places: list[int], later: list[int], earlier: list[int]) -> Iterator[tuple[int, set[int], set[int]]]:
    """Give the numbers that stand between the same two words in both texts, and where in the earlier one."""
    at = 1
    while at < len(places):
        end = at
        while end < len(places) and later[end] & 1:
            end += 1
        if at < end < len(places) and places[at - 1] != _NOWHERE and places[end] != _NOWHERE:
            others = earlier[places[at - 1] + 1 : places[end]]
            if 0 < len(others) <= end - at + _BRIDGE and all(other & 1 for other in others):
                yield places[at - 1], set(later[at:end]), set(others)
        at = end + 1


def _bridged(places: list[int], length: int) -> tuple[list[bool], list[bool]]:
    """Tell which words of either text are shared, small edits within what is shared among them."""
    shared, of_earlier = [place >= 0 for place in places], [False] * length
    last = None
    for at, place in enumerate(places):
        if place == _NOWHERE:
            continue
        of_earlier[place] = True
        if last is not None and at - last <= _BRIDGE + 1 and 0 < place - places[last] <= _BRIDGE + 1:
            shared[last:at] = [True] * (at - last)
            of_earlier[places[last] : place] = [True] * (place - places[last])
        last = at
    return shared, of_earlier


def _share(shared: list[bool], told: list[bool]) -> float:
    counted = list(compress(shared, told))
    return sum(counted) / len(counted) if counted else 0.0
