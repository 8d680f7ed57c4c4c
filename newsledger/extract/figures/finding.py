"""Numbers with what they count."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from newsledger.extract.figures.changes import change_of
from newsledger.extract.figures.comparing import base_unit
from newsledger.extract.figures.context import Clause, quantity_of
from newsledger.extract.figures.quantities import BETWEEN, RATED_UNITS, hedge_after, hedge_before
from newsledger.extract.figures.scanning import scan_figures
from newsledger.extract.figures.units import is_duration, is_money, read_rate
from newsledger.extract.lines import unwrapped
from newsledger.records.extraction import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from newsledger.extract.document import Document
    from newsledger.extract.figures.counted import Counted
    from newsledger.extract.mentions import Mentions
    from newsledger.records.extraction import Bound, Change, Citation, Statement, Time

_Days = tuple["date | None", "date | None"]
_NEVER: _Days = (None, None)
_ABOUT = ("GPE", "ORG", "BLOC")
# Statements nest, but never deep.
_DEPTH = 8
# What stands farther off says nothing of a figure; it also keeps the work linear where sentences never end.
_REACH = 400
# "He said on Tuesday" dates the saying and not the figure.
_SAID = re.compile(
    r"\b(?:said|says|told|reported|announced|stated|added|noted|stressed|wrote|declared)[^.;!?]{0,24}?\b(?:on[^\S\n]+)?$"
)
_LASTING = re.compile(
    r"\b(?:for|well|after|been|is|was|were|of|last(?:s|ed|ing)?|takes?|took|spent|wait(?:s|ed|ing)?|aged|than)[^\S\n]+"
    r"(?:well[^\S\n]+)?$"
)
_MEASURED = re.compile(r"[^\S\n]+of(?:[^\S\n]+[^\W\d_]+){1,4}?(?=[^\S\n]+(?:an?|per|each|every|annually)\b)")
# A time across these is told of something else.
_OTHER_CLAUSE = re.compile(
    r";|\b(?:that|which|who|whose|where|while|whereas|but|after|before)\b|,[^\S\n]+\w+ing\b", re.IGNORECASE
)
# "290 passengers plus cargo" are no more than 290.
_AND_MORE = re.compile(r"[^\S\n]plus[^\S\n]")
# What goes on to or from a time, or is compared with it, is of no such period.
_OPEN_ENDED = re.compile(
    r"\b(?:(?:before|since|until|till|after|from)"
    r"|(?:than|as|versus|against|compared[^\S\n](?:with|to))(?:[^\S\n](?:in|on|for|at))?)[^\S\n]+$",
    re.IGNORECASE,
)
# Both ends of "January-May" and of "between 8 and 10 March" are of one period.
_RUNS = re.compile(
    r"[^\S\n]?[-\u2013\u2014/][^\S\n]?|[^\S\n](?:to|until|till|through|(?P<joined>and))[^\S\n](?:the[^\S\n])?",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"\)?[^\S\n]*[-\u2013\u2014]")
_DATELINE_REACH = 120


def find_figures(
    document: Document,
    times: tuple[Time, ...],
    mentions: Mentions,
    statements: tuple[Statement, ...],
    citations: tuple[Citation, ...],
) -> tuple[Figure, ...]:
    """Find the figures; ordinals, dates and list numbers are none.

    Spans don't overlap and stand in the order of the text. What isn't told near a figure is null.
    """
    surroundings = _Surroundings(document, times, mentions, statements, citations)
    return surroundings.read(scan_figures(surroundings.text, times))


class _Surroundings:
    """What stands around the figures of one text, looked up by place."""

    def __init__(
        self,
        document: Document,
        times: tuple[Time, ...],
        mentions: Mentions,
        statements: tuple[Statement, ...],
        citations: tuple[Citation, ...],
    ) -> None:
        self.text = unwrapped(document)
        self._printed = document.text
        self._document = document
        self._mentions = mentions
        self._times = times
        self._time_starts = [time.start for time in times]
        self._periods = {time.start: pair for pair in pairwise(times) if self._runs(*pair) for time in pair}
        self._statements = sorted(statements, key=lambda statement: statement.content.start)
        self._contents = [statement.content.start for statement in self._statements]
        self._sources = {
            document.sentence_at(citation.start): citation.source
            for citation in reversed(citations)
            if not self._is_dateline(citation)
        }

    def read(self, found: Sequence[Counted]) -> tuple[Figure, ...]:
        """Make the records, each with what its surroundings say."""
        figures: list[Figure] = []
        for index, counted in enumerate(found):
            if figures and counted.start < figures[-1].end:
                continue
            following = found[index + 1].start if index + 1 < len(found) else len(self.text)
            figures.append(self._figure(counted, figures[-1] if figures else None, following))
        return tuple(figures)

    def _figure(self, counted: Counted, before: Figure | None, following: int) -> Figure:
        quantity = counted.quantity
        sentence = self._document.sentence_at(counted.start)
        statement = self._statement_around(counted.start)
        floor, ceiling = (statement.content.start, statement.content.end) if statement else sentence
        floor, ceiling = (
            max(floor, sentence[0], counted.start - _REACH),
            min(ceiling, sentence[1], counted.end + _REACH),
        )
        times = self._times_within(floor, ceiling)
        bound, hedge = self._bound(counted)
        near: Change | None = before.change if before and counted.start - before.end < _DEPTH else None
        again = before if before and self._restates(counted, before) else None
        clause = Clause(floor, hedge, before.end if before else 0, times)
        what = quantity_of(self.text, counted, clause)
        period = self._period(counted, times, following)
        return Figure(
            start=counted.start,
            end=counted.end,
            text=self._printed[counted.start : counted.end],
            value=quantity.value,
            value_max=quantity.value_max,
            unit=self._unit(counted, ceiling),
            change=again.change if again else change_of(self.text, counted, floor, hedge, near),
            bound=again.bound if again and bound == "exact" else bound,
            quantity_of=again.quantity_of if again else " ".join(self.text[slice(*what)].split()) if what else None,
            about=again.about if again else self._about(what, counting=counted.noun is not None) if what else (),
            period_start=period[0],
            period_end=period[1],
            attributed_to=statement.speaker if statement else self._sources.get(sentence),
        )

    def _restates(self, counted: Counted, before: Figure) -> bool:
        """Tell the miles of "100 km (62 miles)" and the euros of "$5 million (4.6 million euros)"."""
        unit, other = counted.quantity.unit or "count", before.unit
        same = base_unit(unit) == base_unit(other) or (is_money(unit) and is_money(other))
        return same and unit != other and self.text[before.end : counted.start].strip() == "("

    def _bound(self, counted: Counted) -> tuple[Bound, int]:
        """Give the bound and the place where the words that set it begin."""
        hedge = hedge_before(self.text, counted.quantity.start)
        bound, start = hedge or ("exact", counted.start)
        word = self.text[start : counted.quantity.start].strip().lower()
        # "Over five years" lasts as long, "for over five years" lasts longer, "people over 60" are older.
        told = self.text[counted.start : counted.end]
        during = word == "over" and is_duration(counted.quantity.unit or "") and not told.isdigit()
        if during and not _LASTING.search(self.text, max(0, start - 24), start):
            bound = "exact"
        if counted.quantity.bound == "between":
            bound = "between"
        behind = hedge_after(self.text, counted.quantity.end)
        if not behind and not _AND_MORE.match(self.text, counted.end):
            behind = hedge_after(self.text, counted.end)
        return behind[0] if behind else bound, min(start, counted.start)

    def _unit(self, counted: Counted, ceiling: int) -> str:
        """Add the rate that stands behind what is measured: "tonnes of cargo a year"."""
        unit = counted.quantity.unit or "count"
        if unit not in RATED_UNITS:
            return unit
        behind = _MEASURED.match(self.text, counted.end, ceiling)
        rate = read_rate(self.text, behind.end()) if behind else None
        return unit + rate.code if rate else unit

    def _statement_around(self, offset: int) -> Statement | None:
        """Give the innermost statement that holds the place; one that several share yields to one around it."""
        last = bisect_right(self._contents, offset)
        around = [
            statement for statement in self._statements[max(0, last - _DEPTH) : last] if offset < statement.content.end
        ]
        around.sort(key=lambda statement: statement.content.end - statement.content.start)
        shared = [each for each in around if each.content == around[0].content]
        outer = around[len(shared) :]
        return outer[0] if len(shared) > 1 and outer else around[0] if around else None

    def _times_within(self, start: int, end: int) -> tuple[Time, ...]:
        return self._times[bisect_left(self._time_starts, start) : bisect_left(self._time_starts, end)]

    def _period(self, counted: Counted, times: Sequence[Time], following: int) -> _Days:
        """Give the days of the nearest dated time of the clause, both ends where it is one; a duration has its own."""
        if is_duration(counted.quantity.unit or ""):
            own = (time for time in times if counted.start < time.end and time.start < counted.end)
            return next(((time.date_start, time.date_end) for time in own), _NEVER)
        best: tuple[int, Time] | None = None
        for time in times:
            inside = time.start < counted.end and counted.start < time.end
            if time.date_start is None or inside:
                continue
            if time.start >= counted.end:
                distance, between = time.start - counted.end, self.text[counted.end : time.start]
            else:
                distance, between = counted.start - time.end, self.text[time.end : counted.start]
            hidden = following < time.start or bool(_OTHER_CLAUSE.search(between))
            open_ended = _OPEN_ENDED.search(self.text, max(0, time.start - 24), time.start)
            hidden = hidden or bool(open_ended and time.start not in self._periods)
            said = _SAID.search(self.text, max(0, time.start - 40), time.start)
            if not hidden and not said and (best is None or distance < best[0]):
                best = distance, time
        if best is None:
            return _NEVER
        first, last = self._periods.get(best[1].start, (best[1], best[1]))
        return first.date_start, last.date_end

    def _runs(self, first: Time, last: Time) -> bool:
        """Tell whether a period reaches from one time to the other."""
        joint = _RUNS.fullmatch(self.text, first.end, last.start)
        if not joint or not (first.date_start and last.date_end and first.date_start <= last.date_end):
            return False
        return not joint["joined"] or bool(BETWEEN.search(self.text, max(0, first.start - 12), first.start))

    def _about(self, region: tuple[int, int], *, counting: bool) -> tuple[str, ...]:
        """Give the states, organisations and blocs that the words of the quantity name, each once."""
        named = [
            entity.id
            for mention, entity in self._mentions.within(*region)
            if entity.type in _ABOUT and not (counting and mention.kind == "role")
        ]
        return tuple(dict.fromkeys(named))

    def _is_dateline(self, citation: Citation) -> bool:
        """Tell a dateline, which says who wires, from a citation, which says who vouches."""
        opens = citation.start < _DATELINE_REACH and not self.text[: citation.start].strip(" \n").endswith((".", "!"))
        return opens and bool(_DATELINE.match(self.text, citation.end))
