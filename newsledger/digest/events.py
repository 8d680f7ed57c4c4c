"""Events as lines: what is told of one act, in one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from newsledger.digest.lines import EventLine
from newsledger.digest.reading import anchor_of, bearing, merged, plain

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from newsledger.digest.lines import Passage
    from newsledger.digest.reading import Reading
    from newsledger.records.extraction import Event, Extraction

# How much a status takes from an event's weight: what happened comes before what may.
STATUS_WEIGHT = {"occurred": 1.0, "ongoing": 0.8, "planned": 0.8, "denied": 0.7, "possible": 0.5, "conditional": 0.4}
# What makes an event weigh: strength on PLOVER's scale, place in the article, freshness, known sides, confidence.
# Freshness outweighs strength, or a war that is named in passing would lead every day.
INTENSITY, LEAD, FRESH, SIDES, CONFIDENCE = 0.25, 0.25, 0.3, 0.1, 0.1
# A deed of the two days before is still news.
FRESH_DAYS = timedelta(days=2)


def event_lines(reading: Reading, extractions: Iterable[Extraction]) -> list[EventLine]:
    """Give the events of some articles, the weightiest first; the same act told by several articles is one line."""
    lines = [replace(line, quotes=_distinct(line.passages)) for line in merged(_each(reading, extractions), key=_same)]
    return sorted(lines, key=lambda line: (-line.weight, line.passages[0].citation, line.anchor))


def _each(reading: Reading, extractions: Iterable[Extraction]) -> Iterator[EventLine]:
    for extraction in extractions:
        sources = reading.sources_of(extraction)
        article_id = extraction.article.article_id
        for event in extraction.events:
            clause = reading.cite(extraction, event)
            named = (*event.actors, *event.recipients, event.location, event.attributed_to)
            dates = (event.date_start, event.date_end)
            yield EventLine(
                anchor=anchor_of("e", article_id, event.start, event.end, event.id),
                passages=(clause,),
                proofs=(*reading.name_proofs(extraction, named), *reading.date_proofs(extraction, dates)),
                sources=sources,
                weight=_weight(reading, extraction, event),
                type=event.type,
                mode=event.mode,
                status=event.status,
                actors=reading.names(event.actors),
                recipients=reading.names(event.recipients),
                location=reading.name(event.location),
                when=dates,
                attributed_to=reading.name(event.attributed_to),
                quotes=(clause,),
                sentence=reading.sentence(clause),
            )


def _distinct(clauses: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Quote each wording once."""
    return tuple({plain(clause.text): clause for clause in reversed(clauses)}.values())[::-1]


def _same(line: EventLine) -> Hashable:
    """Two lines tell one act if they share sides, in any order, place, date and source of the claim, or every word."""
    sides = (frozenset(line.actors), frozenset(line.recipients))
    act = (line.type, line.mode, line.status, *sides, line.location, line.attributed_to)
    is_known = line.when[0] is not None and line.actors
    return (*act, line.when) if is_known else (*act, line.when, plain(line.quotes[0].text))


def _weight(reading: Reading, extraction: Extraction, event: Event) -> float:
    first, last = event.date_start or event.date_end, event.date_end or event.date_start
    day = reading.view.day
    is_fresh = first is not None and last is not None and last >= day - FRESH_DAYS and first <= day + FRESH_DAYS
    is_two_sided = len(event.actors) > 1 or bool(event.actors and event.recipients)
    weight = (
        INTENSITY * min(abs(event.intensity), 10.0) / 10
        + LEAD * (1 - event.start / len(extraction.article.text))
        + FRESH * is_fresh
        + SIDES * is_two_sided
        + CONFIDENCE * event.confidence
    )
    return round(weight * STATUS_WEIGHT[event.status] * bearing(extraction), 6)
