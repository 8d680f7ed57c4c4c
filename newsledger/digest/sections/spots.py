"""What the rows of a day point at: the passage, its sentence, its source, and where the names in it stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from newsledger.digest.lines import Line, Passage
from newsledger.digest.model import Section
from newsledger.records.day import SourceName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsledger.digest.reading import Reading
    from newsledger.records.day import Spot, TextRow
    from newsledger.records.extraction import Extraction
    from newsledger.records.spans import Span

# A last name that is shorter proves nobody.
_LAST_NAME = 4

L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Spots:
    """The stored texts of a day to look spots up in."""

    reading: Reading

    @cached_property
    def texts(self) -> dict[tuple[str, int], TextRow]:
        """The stored texts by article and revision."""
        return {(row.article_id, row.revision): row for row in self.reading.view.texts}

    def passage(self, spot: Spot) -> Passage:
        """Point at a spot."""
        return _cut(spot, spot.start, spot.end, spot.text)

    def sentence(self, spot: Spot) -> Passage:
        """Give the sentence or sentences that a spot stands in, or the spot itself where no sentence is known."""
        row = self.texts.get((spot.article_id, spot.revision))
        if row is None or spot.is_title:
            return self.passage(spot)
        first = bisect_right(row.sentences, (spot.start, len(row.text))) - 1
        last = bisect_right(row.sentences, (spot.end - 1, len(row.text))) - 1
        if first < 0 or not row.sentences[first][0] <= spot.start < spot.end <= row.sentences[last][1]:
            return self.passage(spot)
        start, end = row.sentences[first][0], row.sentences[last][1]
        return _cut(spot, start, end, row.text[start:end])

    def sources(self, *spots: Spot | None) -> tuple[SourceName, ...]:
        """Name the sources of spots, each once, in the order given."""
        return self.named(spot.source for spot in spots if spot and spot.source)

    def named(self, source_ids: Iterable[str]) -> tuple[SourceName, ...]:
        """Name sources by their ids, each once, in the order given; one that nothing describes goes by its id."""
        known = self.reading.sources
        return tuple(known.get(one) or SourceName(id=one, name=one) for one in dict.fromkeys(source_ids))

    def proven(self, names: Iterable[str | None], *spots: Spot | None) -> tuple[tuple[str, ...], tuple[Passage, ...]]:
        """Give the names, as printed, of those whom one of the spots' articles names, and where it does.

        A name that stands in none of them has no proof, and is left out.
        """
        found: dict[str, Passage] = {}
        for given in names:
            name = self.reading.name(given)
            if given is None or name is None or name in found:
                continue
            proofs = (self._proof(given, name, spot) for spot in spots if spot)
            proof = next((proof for proof in proofs if proof), None)
            if proof:
                found[name] = proof
        return tuple(found), tuple(found.values())

    def dated(self, when: tuple[object, object], spot: Spot) -> tuple[Passage, ...]:
        """Give where the spot's article names a date, the place nearest to the spot; nothing where it isn't read."""
        extraction = self._read(spot)
        times = extraction.times if extraction else ()
        return self._nearest(spot, (time for time in times if (time.date_start, time.date_end) == when))

    def _proof(self, given: str, name: str, spot: Spot) -> Passage | None:
        extraction = self._read(spot)
        entities = extraction.entities if extraction else ()
        mentions = (one for entity in entities if {given, name} & {entity.id, entity.name} for one in entity.mentions)
        found = self._nearest(spot, mentions) or self._literal(spot, name)
        return found[0] if found else None

    def _literal(self, spot: Spot, name: str) -> tuple[Passage, ...]:
        """Find a name as it is written, else the last of its words, nearest to a spot."""
        row = self.texts.get((spot.article_id, spot.revision))
        last = name.rpartition(" ")[2]
        for words in (name, last) if len(last) >= _LAST_NAME else (name,):
            places = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", row.text if row else "")
            best = min(places, key=lambda place: (_away(spot, *place.span()), place.start()), default=None)
            if best:
                return (_cut(replace(spot, is_title=False), *best.span(), best[0]),)
        return ()

    def _nearest(self, spot: Spot, spans: Iterable[Span]) -> tuple[Passage, ...]:
        best = min(spans, key=lambda span: (_away(spot, span.start, span.end), span.start), default=None)
        return (_cut(replace(spot, is_title=False), best.start, best.end, best.text),) if best else ()

    def _read(self, spot: Spot) -> Extraction | None:
        """Give the extraction of a spot's article if it is of that revision."""
        extraction = self.reading.by_article.get(spot.article_id)
        return extraction if extraction and extraction.article.revision == spot.revision else None


def section(lines: Sequence[L], limit: int, total: int | None = None) -> Section[L]:
    """Close a section: the first of its lines, how many there are, and an anchor of its own for each."""
    return Section(lines=tuple(distinct(lines[:limit])), total=len(lines) if total is None else total)


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


def _cut(spot: Spot, start: int, end: int, text: str) -> Passage:
    return Passage(
        article_id=spot.article_id, start=start, end=end, text=text, revision=spot.revision, is_title=spot.is_title
    )


def _away(spot: Spot, start: int, end: int) -> int:
    """Tell how many code points lie between a spot and a piece of its text; none where they touch."""
    return 0 if spot.is_title else max(start - spot.end, spot.start - end, 0)
