"""The diff of facts: which records two readings have in common, and which are changed, added or lost. Pure.

The readings are two of one text, or those of a text and its revision. Ids and offsets make no difference, nor does the
order of the records.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.diffs.alignment import Alignment
from store.diffs.contents import RECORD_TYPES, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newsledger.records.extraction import Extraction
    from newsledger.records.run import FactChange, RecordType
    from store.diffs.contents import Fact

    Facts = Mapping[RecordType, Sequence[Fact]]

# How many neighbours on either side a record is compared with: in its place, and among those of the same identity.
_NEIGHBOURS = 6
# The sum of three shares: of the words, of the place, of the fields.
_LEAST_LIKENESS = 1.0
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A record that is not the same in both readings: `before` is null where it was added, `after` where it is lost."""

    before: Fact | None
    after: Fact | None

    @property
    def fact(self) -> Fact:
        """Return the record as it is now, or as it was where it is lost."""
        fact = self.after or self.before
        assert fact  # noqa: S101 - one of the two is given
        return fact

    @property
    def change(self) -> FactChange:
        """Name what happened to it."""
        return "changed" if self.before and self.after else "added" if self.after else "lost"

    @property
    def fields(self) -> tuple[str, ...]:
        """Name what differs of a changed record."""
        if not self.before or not self.after:
            return ()
        return tuple(old[0] for old, new in zip(self.before.fields, self.after.fields, strict=True) if old[1] != new[1])

    @property
    def lines(self) -> tuple[str | None, str | None]:
        """Put before and after in one short line each; the lines of a changed record differ."""
        if not self.before or not self.after:
            line = _short(self.fact.line)
            return (line, None) if self.before else (None, line)
        return _apart(*_told(self.before, self.after, self.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What differs, in the order of the types and of the text, and how many records of each type are the same."""

    found: tuple[Difference, ...]
    same: Mapping[RecordType, int]


def differences(before: Extraction, after: Extraction) -> Differences:
    """Compare two readings. Swapped, they give the same with added and lost, before and after swapped."""
    shared = frozenset(entity.id for entity in before.entities) & frozenset(entity.id for entity in after.entities)
    old, new = facts_of(before, shared), facts_of(after, shared)
    # Always worked out in one direction, so that ties fall the same way whichever of the two came first.
    is_turned = (before.article.text, _order(old)) > (after.article.text, _order(new))
    if is_turned:
        before, after, old, new = after, before, new, old
    alignment = Alignment(before.article.text, after.article.text)
    found: list[Difference] = []
    same: dict[RecordType, int] = {}
    for record_type in RECORD_TYPES:
        rest, new_rest = _without_same(old[record_type], new[record_type], alignment)
        same[record_type] = len(old[record_type]) - len(rest)
        of_type = _differing(rest, new_rest, alignment)
        if is_turned:
            of_type = [Difference(before=one.after, after=one.before) for one in of_type]
        found += sorted(of_type, key=lambda one: (one.fact.start, one.change))
    return Differences(found=tuple(found), same=same)


def _order(facts: Facts) -> list[tuple[object, ...]]:
    return [(*fact.fields, fact.start, fact.end) for record_type in RECORD_TYPES for fact in facts[record_type]]


def _without_same(
    old: Sequence[Fact], new: Sequence[Fact], alignment: Alignment
) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Take out of both what says the same; of several that do, those in the same place come first."""
    taken: set[int] = set()
    gone: set[int] = set()
    for is_in_place in (True, False):
        twins: dict[object, deque[int]] = {}
        for number, fact in enumerate(new):
            if number not in gone:
                twins.setdefault((fact.fields, is_in_place and fact.start), deque()).append(number)
        for number, fact in enumerate(old):
            waiting = twins.get((fact.fields, is_in_place and alignment.point(fact.start)))
            if waiting and number not in taken:
                taken.add(number)
                gone.add(waiting.popleft())
    return (
        tuple(fact for number, fact in enumerate(old) if number not in taken),
        tuple(fact for number, fact in enumerate(new) if number not in gone),
    )


def _differing(old: Sequence[Fact], new: Sequence[Fact], alignment: Alignment) -> list[Difference]:
    """Pair what is most alike, best first; what remains is lost or added."""
    likely = sorted((-likeness, one, other) for likeness, one, other in _likely(old, new, alignment))
    pairs: dict[int, int] = {}
    gone: set[int] = set()
    for _, one, other in likely:
        if one not in pairs and other not in gone:
            pairs[one] = other
            gone.add(other)
    return [
        *(
            Difference(before=fact, after=new[pairs[number]] if number in pairs else None)
            for number, fact in enumerate(old)
        ),
        *(Difference(before=None, after=fact) for number, fact in enumerate(new) if number not in gone),
    ]


def _likely(old: Sequence[Fact], new: Sequence[Fact], alignment: Alignment) -> Iterator[tuple[float, int, int]]:
    """Yield the pairs that are alike enough, of those in about the same place and those of the same identity."""
    in_order = sorted((fact.start, number) for number, fact in enumerate(new))
    alike: dict[str, list[tuple[int, int]]] = {}
    for start, number in in_order:
        alike.setdefault(new[number].identity, []).append((start, number))
    words = [frozenset(fact.said.split()) for fact in new]
    for one, fact in enumerate(old):
        place, said = alignment.point(fact.start), frozenset(fact.said.split())
        for other in {*_near(in_order, place), *_near(alike.get(fact.identity, ()), place)}:
            likeness = _dice(said, words[other]) + _same_place(fact, new[other], alignment)
            likeness += _same_fields(fact, new[other])
            if likeness >= _LEAST_LIKENESS:
                yield likeness, one, other


def _near(numbers: Sequence[tuple[int, int]], place: int) -> list[int]:
    """Give those whose starts are next to a place; they come as start and number, in order."""
    at = bisect_left(numbers, (place, -1))
    return [number for _, number in numbers[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]]


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _same_place(one: Fact, other: Fact, alignment: Alignment) -> float:
    """Give how much of the place of both is the same; what has an identity beyond its place goes by that."""
    if one.type in ("entity", "topic") and one.identity == other.identity:
        return 1.0
    start, end = alignment.interval(one.start, one.end)
    shared = min(end, other.end) - max(start, other.start)
    return shared / max(end - start, other.end - other.start) if shared > 0 else 0.0


def _same_fields(one: Fact, other: Fact) -> float:
    """Give the share of the fields that agree, of those that either has."""
    given = [(old, new) for (_, old), (_, new) in zip(one.fields, other.fields, strict=True) if old or new]
    return sum(old == new for old, new in given) / len(given) if given else 0.0


def _told(before: Fact, after: Fact, fields: Iterable[str]) -> tuple[str, str]:
    """Give the lines of a pair, with what differs added where the lines themselves do not show it."""
    if before.line != after.line:
        return before.line, after.line
    old, new = dict(before.fields), dict(after.fields)
    name = next(iter(fields))
    was, now = ((one[name] or "none").replace("~", "") for one in (old, new))
    return f"{before.line} ({name}: {was})", f"{after.line} ({name}: {now})"


def _apart(one: str, other: str) -> tuple[str, str]:
    """Shorten two lines so that they still differ."""
    if _short(one) == _short(other):
        at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
        one, other = (f"{line[: _LONGEST // 4]} … {line[max(at - _LONGEST // 4, 0) :]}" for line in (one, other))
    return _short(one), _short(other)


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 2]} …"
