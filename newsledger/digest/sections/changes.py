"""Who is named more or less than in the week before, and who is new."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

from newsledger.digest.model import RiseLine, Section
from newsledger.digest.reading import anchor_of
from newsledger.digest.sections.spots import Spots, distinct, place

if TYPE_CHECKING:
    from newsledger.digest.reading import Reading
    from newsledger.records.day import EntityRow

# So many lines at most.
RISING, FALLING, NEW = 6, 3, 5
# Who is named by fewer articles, on the day or on average, tells nothing but chance.
FEWEST = 3
FEWEST_NEW = 2
# An article is added to both sides, so that one against none is no endless rise.
SMOOTH = 1.0
# Half as much again, or a third less.
LEAST_CHANGE = log2(1.5)


def rise_lines(reading: Reading) -> Section[RiseLine]:
    """Give those who are named more, then less, than in the week before, then the new ones, each strongest first.

    What is compared are shares of all articles: on a day with twice the articles nobody rises by being named twice.
    Without a week before there is nothing to compare with, and no line.
    """
    spots = Spots(reading)
    lines = [_line(spots, row) for row in reading.view.entities if row.total_mean > 0]
    known = [line for line in lines if not line.is_new]
    rising = [line for line in known if line.change >= LEAST_CHANGE and line.articles >= FEWEST]
    falling = [line for line in known if line.change <= -LEAST_CHANGE and line.mean >= FEWEST]
    new = [line for line in lines if line.is_new and line.articles >= FEWEST_NEW]
    rising.sort(key=lambda line: (-line.change, -line.articles, line.entity_id))
    falling.sort(key=lambda line: (line.change, -line.mean, line.entity_id))
    new.sort(key=lambda line: (-line.articles, line.entity_id))
    told = [*rising[:RISING], *falling[:FALLING], *new[:NEW]]
    return Section(lines=tuple(distinct(told)), total=len(rising) + len(falling) + len(new))


def change_of(row: EntityRow) -> float:
    """Give the logarithm, to base 2, of today's share of the articles over the week's, both smoothed."""
    today = (row.articles + SMOOTH) / (row.total + 2 * SMOOTH)
    week = (row.mean + SMOOTH) / (row.total_mean + 2 * SMOOTH)
    return log2(today / week)


def _line(spots: Spots, row: EntityRow) -> RiseLine:
    passage, change = spots.reading.passage(row.spot), change_of(row)
    return RiseLine(
        anchor=anchor_of("r", row.entity_id, *place(row.spot)),
        passages=(passage,),
        proofs=(spots.proof(row.entity_id, row.name, row.spot) or passage,),
        sources=spots.sources(row.spot),
        weight=abs(change),
        entity_id=row.entity_id,
        name=row.name,
        type=row.type,
        country=row.country,
        articles=row.articles,
        articles_before=row.articles_before,
        mean=row.mean,
        change=change,
        is_new=row.seen_before is None,
    )
