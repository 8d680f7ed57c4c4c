"""How much of one text stands in another, word by word, and whether the numbers in it are the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.stories.shingles import Body

_RUN = 3
_BRIDGE = 4  # words: an edit between two shared runs that follow each other in both texts
_NOWHERE = -1


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


def overlap(later: Body, earlier: Body) -> Overlap:
    """Compare two texts by their runs of three words, in any order."""
    places = _places(later, earlier)
    shared, of_earlier = _bridged(places, len(earlier.words))
    # What one text says twice and the other once is shared once.
    once = min(1.0, (sum(of_earlier) or 1) / (sum(shared) or 1))
    once_earlier = min(1.0, (sum(shared) or 1) / (sum(of_earlier) or 1))
    same = [one <= other or one >= other for one, other in _numbers(places, later.codes, earlier.codes)]
    return Overlap(
        later=_share(shared, later) * once,
        later_head=_share(shared[: len(of_earlier)], later) * once,
        earlier=_share(of_earlier, earlier) * once_earlier,
        earlier_head=_share(of_earlier[: len(shared)], earlier) * once_earlier,
        numbers=len(same),
        other_numbers=same.count(False),
    )


def _places(later: Body, earlier: Body) -> list[int]:
    """Give of each word of the later text its place in the earlier one, with the same number if that can be."""
    places = [_NOWHERE] * len(later.words)
    for at, run in enumerate(later.threes):
        found = earlier.places.get(run, ())
        if len(found) > 1:
            same = [place for place in found if earlier.codes[place : place + _RUN] == later.codes[at : at + _RUN]]
            found = same or found
        if not found:
            continue
        follows = places[at - 1] + 1 if at else 0
        place = follows if follows in found else found[0]
        for word, other in zip(range(at, at + _RUN), range(place, place + _RUN), strict=True):
            if places[word] == _NOWHERE or earlier.codes[places[word]] != later.codes[word] == earlier.codes[other]:
                places[word] = other
    return places


def _numbers(places: list[int], later: list[int], earlier: list[int]) -> Iterator[tuple[set[int], set[int]]]:
    """Give the numbers that stand between the same two words in both texts."""
    at = 1
    while at < len(places):
        end = at
        while end < len(places) and later[end] & 1:
            end += 1
        if at < end < len(places) and places[at - 1] != _NOWHERE and places[end] != _NOWHERE:
            others = earlier[places[at - 1] + 1 : places[end]]
            if 0 < len(others) <= end - at + _BRIDGE and all(other & 1 for other in others):
                yield set(later[at:end]), set(others)
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


def _share(shared: list[bool], body: Body) -> float:
    """Give the share of the first words, without the quotations unless a text is little else."""
    is_told = sum(body.told) * 2 >= len(body.told)
    counted = list(compress(shared, body.told)) if is_told else shared
    return sum(counted) / len(counted) if counted else 0.0
