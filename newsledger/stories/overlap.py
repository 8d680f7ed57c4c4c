"""How much of one text stands in another, word by word, and whether the numbers in it are the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.stories.shingles import Body

_RUN = 3
_BRIDGE = 4  # words: an edit between two shared runs that follow each other in both texts
_NOWHERE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What a text shares with an earlier one.

    `words` are shared; `later` and `earlier` say which share of either text that is, quotations left out, and `head`
    which share of as many first words of the later text as the earlier one has. `numbers` stand in what is shared, of
    which `other_numbers` have another value there.
    """

    words: int
    later: float
    earlier: float
    head: float
    numbers: int
    other_numbers: int


def overlap(later: Body, earlier: Body) -> Overlap:
    """Compare two texts by their runs of three words, in any order."""
    places = _places(later, earlier)
    numbers = [(code, earlier.codes[at]) for code, at in zip(later.codes, places, strict=True) if code & 1 and at >= 0]
    shared, of_earlier = _bridged(places, len(earlier.words))
    told = _told(later)
    return Overlap(
        words=sum(shared),
        later=_share(shared, told),
        earlier=_share(of_earlier, _told(earlier)),
        head=_share(shared[: len(of_earlier)], told[: len(of_earlier)]),
        numbers=len(numbers),
        other_numbers=sum(one != other for one, other in numbers),
    )


def _places(later: Body, earlier: Body) -> list[int]:
    """Give of each word of the later text the place where it stands in the earlier one."""
    places = [_NOWHERE] * len(later.words)
    for at, run in enumerate(later.threes):
        found = earlier.places.get(run)
        if found is None:
            continue
        next_place = places[at - 1] + 1 if at else 0
        place = next_place if next_place in found else found[0]
        for step in range(_RUN):
            if places[at + step] == _NOWHERE or step == 0:
                places[at + step] = place + step
    return places


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


def _told(body: Body) -> list[bool]:
    """Give the words outside quotations, or all where a text is little else than quotations."""
    return body.told if sum(body.told) * 2 >= len(body.told) else [True] * len(body.told)


def _share(shared: list[bool], told: list[bool]) -> float:
    counted = list(compress(shared, told))
    return sum(counted) / len(counted) if counted else 0.0
