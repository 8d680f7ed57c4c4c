"""How much an article has to do with the dossier, measured by whom it speaks of."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from newsledger.extract.registry import Entry
    from newsledger.records.extraction import Entity, Extraction

# A mention in the first sentences weighs more than one further down; a deed or a statement weighs most.
_LEAD_SENTENCES = 4
_LEAD_WEIGHT = 2.0
_RECORD_WEIGHT = 3.0
# What somebody or something of a country of the dossier counts beside the dossier's own entities.
_COUNTRY_LINK = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The entities that a dossier is about, and the countries (ISO 3166-1 alpha-3) that they are or belong to."""

    entities: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def link(self, entity: Entity) -> float:
        """Say how closely an entity belongs to the dossier, from 0 to 1."""
        if entity.id in self.entities:
            return 1.0
        return _COUNTRY_LINK if entity.country in self.countries else 0.0


def watched(entities: Iterable[str], entries: Mapping[str, Entry]) -> Watched:
    """Make what is watched of the dossier's entity ids; the registry tells their countries."""
    ids = frozenset(entities)
    found = (entries[ident].country for ident in ids if ident in entries)
    return Watched(entities=ids, countries=frozenset(country for country in found if country))


def relevance(extraction: Extraction, dossier: Watched) -> float:
    """Measure, from 0 to 1, how much of what an article speaks of belongs to the dossier.

    The share of weight that is linked: each mention weighs 1, one in the first sentences 2, each event and statement
    3. An entity of the dossier links in full, one of a country of the dossier by half, and a record as closely as the
    closest of those who act, speak or are acted on. Who is only cited and the dateline count for nothing.
    """
    links = {entity.id: dossier.link(entity) for entity in extraction.entities}
    weighed = [*_mentions(extraction, links), *_records(extraction, links)]
    total = sum(weight for weight, _ in weighed)
    return sum(weight * link for weight, link in weighed) / total if total else 0.0


def _mentions(extraction: Extraction, links: Mapping[str, float]) -> Iterator[tuple[float, float]]:
    """Yield the weight and the link of each mention of the text itself."""
    lead = extraction.sentences[:_LEAD_SENTENCES]
    lead_end = lead[-1][1] if lead else 0
    carriers = [*extraction.citations, *((extraction.dateline,) if extraction.dateline else ())]
    carriers.sort(key=lambda span: span.start)
    starts = [span.start for span in carriers]
    for entity in extraction.entities:
        for mention in entity.mentions:
            at = bisect_right(starts, mention.start) - 1
            if at < 0 or mention.end > carriers[at].end:
                yield (_LEAD_WEIGHT if mention.start < lead_end else 1.0), links[entity.id]


def _records(extraction: Extraction, links: Mapping[str, float]) -> Iterator[tuple[float, float]]:
    for event in extraction.events:
        yield _RECORD_WEIGHT, _closest((*event.actors, *event.recipients), links)
    for statement in extraction.statements:
        yield _RECORD_WEIGHT, links.get(statement.speaker or "", 0.0)


def _closest(entities: Iterable[str], links: Mapping[str, float]) -> float:
    return max((links.get(entity, 0.0) for entity in entities), default=0.0)
