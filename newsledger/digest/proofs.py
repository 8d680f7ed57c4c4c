"""What each place of the stored texts proves: whose name it is, which date it tells, which figure stands there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from newsledger.digest.lines import ChangeLine, EventLine, FigureLine, StatementLine
from newsledger.digest.numbers import prints
from newsledger.digest.reading import plain
from newsledger.digest.words import number_words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator
    from datetime import date

    from newsledger.digest.lines import Line, Passage
    from newsledger.digest.reading import Reading
    from newsledger.records.day import ClaimRow, Spot
    from newsledger.records.extraction import Extraction, Figure
    from newsledger.records.spans import Span

# An article, a revision, and where in its text.
Place = tuple[str, int, int, int]


@dataclass(frozen=True)
class Proofs:
    """The stored records of a day, by the place where each stands."""

    reading: Reading

    def rereads(self, passage: Passage) -> bool:
        """Tell whether the stored text or headline holds these very words at this very place."""
        row = self.reading.text_of(passage)
        stored = self.reading.headline_of(passage) if passage.is_title else row.text if row else None
        if stored is None or not 0 <= passage.start < passage.end:
            return False
        return stored[passage.start : passage.end] == passage.text

    def names(self, passage: Passage) -> set[str]:
        """Give the names that a passage stands for; where no record stands, the words themselves."""
        place = self._place(passage)
        found = self._names.get(place) if place else None
        return found or {plain(passage.text)}

    def dates(self, passages: Iterable[Passage]) -> set[date]:
        """Give the dates that passages tell, and those on which their articles were published."""
        found = set["date"]()
        for passage in passages:
            found |= self._published.get(passage.article_id, set())
            place = self._place(passage)
            if place:
                found |= self._dates.get(place, set())
        return found

    def records(self, line: Line) -> bool:
        """Tell whether the record that stands where a line is cited from says what the line says.

        That is the number of a figure, which its words have to print, too, and what it counts, the deed, status and
        sides of an event, the speaker of a statement, and the status or number before and after a change.
        """
        if isinstance(line, FigureLine):
            values = (line.value, line.value if line.value_max is None else line.value_max)
            return self._holds(line.printed, _amount(line)) and all(prints(line.printed.text, one) for one in values)
        if isinstance(line, EventLine):
            deed = (line.type, line.mode, line.status, line.actors, line.recipients)
            return any(self._holds(passage, deed) for passage in line.passages)
        if isinstance(line, StatementLine):
            return any(self._holds(passage, (line.kind, line.speaker.key)) for passage in line.passages)
        if isinstance(line, ChangeLine):
            said = ((line.before, line.before_words), (line.after, line.after_words))
            return all(passage is not None and self._holds(passage, words) for passage, words in said if words)
        return True

    def _holds(self, passage: Passage, said: Hashable) -> bool:
        place = self._place(passage)
        return place is not None and said in self._records.get(place, ())

    @cached_property
    def _names(self) -> dict[Place, set[str]]:
        found = defaultdict[Place, set[str]](set)
        for extraction in self.reading.extractions:
            for entity in extraction.entities:
                known = {plain(entity.name), plain(self.reading.name(entity.id) or entity.name)}
                for mention in entity.mentions:
                    found[_of(extraction, mention)] |= known
        for row in self.reading.view.entities:
            found[_at(row.spot)].add(plain(row.name))
        return found

    @cached_property
    def _dates(self) -> dict[Place, set[date]]:
        found = defaultdict[Place, set["date"]](set)
        for extraction in self.reading.extractions:
            for time in extraction.times:
                found[_of(extraction, time)] |= {day for day in (time.date_start, time.date_end) if day}
            line = extraction.dateline
            if line is not None and line.date is not None:
                found[_of(extraction, line)].add(line.date)
        for row in self.reading.view.calendar:
            found[_at(row.spot)] |= {row.start, row.end}
            if row.deed and row.deed_date:
                found[_at(row.deed)].add(row.deed_date)
        for claim in self._claims():
            found[_at(claim.spot)] |= {day for day in claim.period if day}
        return found

    @cached_property
    def _records(self) -> dict[Place, set[Hashable]]:
        """What the figures, events and statements say that stand at a place."""
        found = defaultdict[Place, set["Hashable"]](set)
        names = self.reading.names
        for extraction in self.reading.extractions:
            for figure in extraction.figures:
                number = number_words(figure.value, figure.value_max, figure.unit, figure.bound)
                found[_of(extraction, figure)] |= {_amount(figure), number}
            for event in extraction.events:
                sides = (names(event.actors), names(event.recipients))
                found[_of(extraction, event)] |= {(event.type, event.mode, event.status, *sides), event.status}
            for statement in extraction.statements:
                found[_of(extraction, statement)].add((statement.kind, statement.speaker or ""))
        for claim in self._claims():
            found[_at(claim.spot)].add(_amount(claim))
        return found

    @cached_property
    def _published(self) -> dict[str, set[date]]:
        """The day, in UTC, on which each article was published."""
        found = defaultdict[str, set["date"]](set)
        for row in self.reading.rows.values():
            if row.published is not None:
                found[row.article_id].add(row.published.date())
        for extraction in self.reading.extractions:
            if extraction.article.published is not None:
                found[extraction.article.article_id].add(extraction.article.published.date())
        return found

    def _claims(self) -> Iterator[ClaimRow]:
        for row in self.reading.view.disputes:
            yield from (row.one, row.other)

    def _place(self, passage: Passage) -> Place | None:
        revision = self.reading.told.get(passage.article_id) if passage.revision is None else passage.revision
        if revision is None or passage.is_title:
            return None
        return passage.article_id, revision, passage.start, passage.end


def _amount(figure: FigureLine | Figure | ClaimRow) -> Hashable:
    return str(figure.value), str(figure.value_max), figure.unit, figure.bound, figure.quantity_of


def _of(extraction: Extraction, span: Span) -> Place:
    return extraction.article.article_id, extraction.article.revision, span.start, span.end


def _at(spot: Spot) -> Place:
    return spot.article_id, spot.revision, spot.start, spot.end
