"""Dates ahead, and what became of those that were told before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.digest.model import CalendarLine, Section
from newsledger.digest.reading import anchor_of, merged, plain
from newsledger.digest.sections.spots import Spots, place, section

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator

    from newsledger.digest.reading import Reading
    from newsledger.records.day import CalendarRow, Outcome

AHEAD = 12
OUTCOMES = 8
# What is surprising comes first.
_OUTCOMES: tuple[Outcome, ...] = ("denied", "came_true", "not_seen")
# A plan says who is to do what; a date alone says when.
PLAN, DATE = 1.0, 0.5


def calendar_lines(reading: Reading) -> Section[CalendarLine]:
    """Give what is due today and what is ahead, in the order of time; of one day plans come before mere dates."""
    lines = merged(_each(reading, {"due", "ahead"}), key=_same)
    lines.sort(key=lambda line: (str(line.when[0]), -line.weight, str(line.when[1]), line.anchor))
    return section(lines, AHEAD)


def outcome_lines(reading: Reading) -> Section[CalendarLine]:
    """Give what became of plans told before: what was denied, what came true, and of what nothing is told."""
    lines = merged(_each(reading, set(_OUTCOMES)), key=_same)
    lines.sort(key=lambda line: (_OUTCOMES.index(line.outcome), -line.weight, str(line.when[0]), line.anchor))
    return section(lines, OUTCOMES)


def _each(reading: Reading, outcomes: Collection[Outcome]) -> Iterator[CalendarLine]:
    spots = Spots(reading)
    return (_line(spots, row) for row in reading.view.calendar if row.outcome in outcomes)


def _line(spots: Spots, row: CalendarRow) -> CalendarLine:
    printed = spots.reading.passage(row.spot)
    deed = spots.reading.passage(row.deed) if row.deed else None
    sides, named = spots.proven(row.sides, row.spot, row.deed)
    dates = spots.dated(row.spot, row.start, row.end) + (spots.dated(row.deed, row.deed_date) if row.deed else ())
    return CalendarLine(
        anchor=anchor_of("k", row.outcome, *place(row.spot), *place(row.deed)),
        passages=(printed, deed) if deed else (printed,),
        proofs=(*named, *dates),
        sources=spots.sources(row.spot, row.deed),
        weight=PLAN if row.type else DATE,
        outcome=row.outcome,
        when=(row.start, row.end),
        type=row.type,
        sides=sides,
        printed=printed,
        sentence=spots.reading.sentence(printed),
        deed=deed,
        deed_date=row.deed_date,
    )


def _same(line: CalendarLine) -> Hashable:
    return line.outcome, line.when, line.type, plain(line.printed.text), plain(line.sentence.text)
