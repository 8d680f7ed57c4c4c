"""Figures that can't both be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.digest.lines import FigureLine
from newsledger.digest.model import DisputeLine, Section
from newsledger.digest.reading import anchor_of, merged, plain
from newsledger.digest.sections.spots import Spots, place, section, strongest

if TYPE_CHECKING:
    from collections.abc import Hashable
    from decimal import Decimal

    from newsledger.digest.reading import Reading
    from newsledger.records.day import ClaimRow, DisputeRow

LIMIT = 8


def dispute_lines(reading: Reading) -> Section[DisputeLine]:
    """Give the figures that disagree, two by two, those farthest apart first; copies of both are one line."""
    spots = Spots(reading)
    lines = merged((_line(spots, row) for row in reading.view.disputes), key=_same)
    return section(strongest(lines), LIMIT)


def _line(spots: Spots, row: DisputeRow) -> DisputeLine:
    one, other = _figure(spots, row.one), _figure(spots, row.other)
    titles = [title for title in (one.quantity_of, other.quantity_of) if title]
    return DisputeLine(
        anchor=anchor_of("x", *place(row.one.spot), *place(row.other.spot)),
        passages=(one.printed, other.printed),
        proofs=(*one.proofs, *other.proofs),
        sources=spots.sources(row.one.spot, row.other.spot),
        weight=_apart(one.value, other.value),
        title=min(titles, key=lambda title: (len(title), title), default=""),
        one=one,
        other=other,
    )


def _figure(spots: Spots, claim: ClaimRow) -> FigureLine:
    printed = spots.reading.passage(claim.spot)
    about, shown = spots.proven(claim.about, claim.spot)
    owner, said = spots.proven((claim.attributed_to,), claim.spot)
    return FigureLine(
        anchor=anchor_of("f", *place(claim.spot)),
        passages=(printed,),
        proofs=(*shown, *said),
        sources=spots.sources(claim.spot),
        printed=printed,
        value=claim.value,
        value_max=claim.value_max,
        unit=claim.unit,
        bound=claim.bound,
        change=None,
        quantity_of=claim.quantity_of,
        about=about,
        period=claim.period,
        attributed_to=owner[0] if owner else None,
    )


def _apart(one: Decimal, other: Decimal) -> float:
    """Tell how far apart two values are, as a share of the greater, from 0 to 1; 2 at most where the signs differ."""
    if not one.is_finite() or not other.is_finite():
        return 0.0
    greater = max(abs(one), abs(other))
    return float(abs(one - other) / greater) if greater else 0.0


def _same(line: DisputeLine) -> Hashable:
    sides = ((one.value, one.value_max, one.attributed_to) for one in (line.one, line.other))
    return plain(line.title), line.one.unit, frozenset(sides)
