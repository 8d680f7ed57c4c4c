"""What the rows of a day point at: who says so, and where the names and dates that are printed stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from newsledger.digest.lines import Line, Passage
from newsledger.digest.model import Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from newsledger.digest.reading import Reading
    from newsledger.records.day import SourceName, Spot

L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Spots:
    """A day's articles to look the spots of rows up in."""

    reading: Reading

    def sources(self, *spots: Spot | None) -> tuple[SourceName, ...]:
        """Name the sources of spots, each once, in the order given."""
        return self.named(spot.source for spot in spots if spot)

    def named(self, source_ids: Iterable[str | None]) -> tuple[SourceName, ...]:
        """Name sources by their ids, each once, in the order given."""
        found = (self.reading.source(source_id) for source_id in source_ids)
        return tuple(dict.fromkeys(source for source in found if source))

    def proven(self, names: Iterable[str | None], *spots: Spot | None) -> tuple[tuple[str, ...], tuple[Passage, ...]]:
        """Give the names, as printed, of those whom an article of the spots names, and where it does.

        Whom none of them names is left out: what can't be proven is not printed.
        """
        found: dict[str, Passage] = {}
        for given in names:
            name = self.reading.name(given)
            proofs = (self.proof(given, name, spot) for spot in spots if spot and given and name)
            proof = next((proof for proof in proofs if proof), None)
            if name and proof:
                found.setdefault(name, proof)
        return tuple(found), tuple(found.values())

    def dated(self, spot: Spot, *dates: date | None) -> tuple[Passage, ...]:
        """Give where a spot's article tells dates; nothing where it is not at hand."""
        extraction = self.reading.by_revision.get((spot.article_id, spot.revision))
        return self.reading.date_proofs(extraction, dates) if extraction else ()

    def proof(self, given: str, name: str, spot: Spot) -> Passage | None:
        """Point at a mention of whom `given`, an id or a name, means in a spot's article.

        In an article that is not at hand it is the name itself, where it stands nearest to the spot.
        """
        extraction = self.reading.by_revision.get((spot.article_id, spot.revision))
        if extraction:
            ids = [entity.id for entity in extraction.entities if {given, name} & {entity.id, entity.name}]
            return next(iter(self.reading.name_proofs(extraction, ids)), None)
        whole = replace(self.reading.passage(spot), is_title=False)
        row = self.reading.text_of(whole)
        places = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", row.text if row else "")
        best = min((place.span() for place in places), key=lambda at: (abs(at[0] - spot.start), at), default=None)
        return replace(whole, start=best[0], end=best[1], text=name) if best else None


def section(lines: Sequence[L], limit: int) -> Section[L]:
    """Close a section: the first of its lines, how many there are, and an anchor of its own for each."""
    return Section(lines=tuple(distinct(lines[:limit])), total=len(lines))


def strongest(lines: Iterable[L]) -> list[L]:
    """Put the weightiest lines first; equals in a fixed order."""
    return sorted(lines, key=lambda line: (-line.weight, line.anchor))


def distinct(lines: Iterable[L]) -> Iterator[L]:
    """Tell lines that stand on one and the same piece of text apart by number."""
    anchors: dict[str, int] = {}
    for line in lines:
        anchors[line.anchor] = anchors.get(line.anchor, 0) + 1
        again = anchors[line.anchor] > 1
        yield replace(line, anchor=f"{line.anchor}-{anchors[line.anchor]}") if again else line


def place(spot: Spot | None) -> tuple[object, ...]:
    """Give what an anchor is made of for a spot."""
    return (spot.article_id, spot.revision, spot.start, spot.end) if spot else ()
