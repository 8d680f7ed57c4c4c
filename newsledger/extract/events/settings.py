"""Where and when an event took place, and who tells of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from newsledger.extract.grammar.inflection import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from newsledger.extract.cast import Cast
    from newsledger.extract.grammar.reading import Reading
    from newsledger.records.extraction import Citation, Entity, Event, EventType, Statement, Status, Time
    from newsledger.records.spans import Span

# What is done by words: undated, it took place at the meeting or on the day that the article tells of.
_DONE_BY_WORDS = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_AT = word_set("at")
_TOWARD = frozenset({"to", "into"})
_GROUND = frozenset({"soil", "territory", "airspace", "waters", "land", "side"})
# Behind these stands what is said, not where.
_OPENING_CONTENT = frozenset({"that", "of", "for", "as", "to", "over"})
_TOLD_REACH = 40
_MEETING_REACH = 7
_LEAD = 8
_OPENING = 16
# What joins the ends of an interval, by what opens it.
_JOINTS = {"": {"-", "\u2013", "\u2014", "through", "until", "till"}, "between": {"and"}}
_JOINTS["from"] = _JOINTS[""] | {"to"}
_JOINT = re.compile(r"\s*(?P<joint>\w+|[-\u2013\u2014])\s*(?:the\s+)?")
_OPENED = re.compile(r"\b(?P<opener>from|between)\s+(?:the\s+)?\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Scenery:
    """The times, statements and citations of a text, looked up by place."""

    reading: Reading
    cast: Cast
    times: tuple[Time, ...]
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    reference: date | None

    @cached_property
    def _content_starts(self) -> list[int]:
        return [statement.content.start for statement in self.statements]

    @cached_property
    def _citation_starts(self) -> list[int]:
        return [citation.start for citation in self.citations]

    @cached_property
    def _time_starts(self) -> list[int]:
        return [time.start for time in self.times]

    def told(self, at: int) -> Statement | None:
        """Find the narrowest statement whose content holds the place."""
        last = bisect_left(self._content_starts, at + 1)
        covering = [s for s in self.statements[max(0, last - _TOLD_REACH) : last] if at < s.content.end]
        return min(covering, key=lambda s: s.content.end - s.content.start, default=None)

    def attributed(self, told: Statement | None, unit: tuple[int, int]) -> str | None:
        """Name who vouches for what is told: the speaker, else the source that the stretch cites."""
        if told is not None:
            return told.speaker or (told.via[0] if told.via else None)
        low, high = self.reading.words[unit[0]].start, self.reading.words[unit[1] - 1].end
        first = bisect_left(self._citation_starts, low)
        cited = self.citations[first : first + 1]
        return cited[0].source if cited and cited[0].start < high else None

    def place(self, kind: EventType, clause: tuple[int, int], verb: int, *, visit: bool) -> str | None:
        """Find the place of a deed: behind "in", "at" or "near" after its verb, else before it.

        Of a visit it is the goal, and so it is where troops are moved; what is said of somewhere is not said there.
        """
        end = clause[1]
        if kind in _DONE_BY_WORDS and kind != "CONSULT":
            content = (k for k in range(verb + 1, end) if self.reading.words[k].low in _OPENING_CONTENT)
            end = next(content, end)
        found = self._place_between(verb, end, visit=visit, toward=visit or kind == "MOBILIZE")
        return found or self._place_between(clause[0], min(verb, clause[0] + _LEAD))

    def _place_between(self, first: int, end: int, *, visit: bool = False, toward: bool = False) -> str | None:
        words = self.reading.words
        for k in range(first, end - 1):
            low = words[k].low
            if low in _AT or low == "on" or (toward and low in _TOWARD) or (visit and k == first):
                n = self._past_ground(k + 2 if words[k + 1].tag == "det" and k + 2 < end else k + 1, end)
                for mention, entity in self.cast.mentions.within(words[n].start, words[end - 1].end):
                    if mention.start > words[n].start:
                        break
                    if entity.type in _PLACES and not (visit and self._is_host(entity)):
                        ground = n + 1 < end and words[n + 1].low in _GROUND
                        if ground if mention.kind == "demonym" else low != "on" or words[n - 1].low == "of":
                            return entity.id
        return None

    def _past_ground(self, k: int, end: int) -> int:
        """Step over "the territory of"."""
        of = k + 2 < end and self.reading.words[k].low in _GROUND and self.reading.words[k + 1].low == "of"
        return k + 2 if of else k

    def _is_host(self, place: Entity) -> bool:
        return self.cast.country_of(place.id) == place.id

    def days(  # noqa: PLR0913, PLR0917 - a day is told from all of these
        self,
        kind: EventType,
        clause: Span,
        unit: tuple[int, int],
        status: Status,
        earlier: Sequence[Event],
        actors: tuple[str, ...],
    ) -> tuple[date | None, date | None]:
        """Date an event by its clause, or by the one date of its stretch.

        An undated verbal act takes the day of the actors' last meeting, else the article's.
        """
        time = self._date_in(clause) or (self._only_date_in(unit, clause) if status == "occurred" else None)
        if time is not None:
            return time.date_start, self._last_day(time)
        if kind not in _DONE_BY_WORDS or status not in {"occurred", "ongoing"} or self.reference is None:
            return None, None
        meeting = next((e for e in reversed(earlier[-_TOLD_REACH:]) if self._is_meeting_of(e, actors)), None)
        return (meeting.date_start, meeting.date_end) if meeting is not None else (self.reference, self.reference)

    def _last_day(self, time: Time) -> date | None:
        """Give the last day of a date: of "from the 3rd to the 5th" that of the second."""
        at = bisect_left(self._time_starts, time.end)
        if at == len(self.times) or (last := self.times[at]).date_end is None or time.date_start is None:
            return time.date_end
        text = self.reading.document.text
        joint = _JOINT.fullmatch(text[time.end : last.start])
        opened = _OPENED.search(text[max(0, time.start - _OPENING) : time.start])
        opener = opened["opener"].lower() if opened else ""
        if joint is None or joint["joint"].lower() not in _JOINTS[opener] or last.date_end < time.date_start:
            return time.date_end
        return last.date_end

    def _dates_in(self, start: int, end: int) -> list[Time]:
        first, last = (bisect_left(self._time_starts, at) for at in (start, end))
        return [t for t in self.times[first:last] if t.date_start is not None and t.type in {"DATE", "TIME"}]

    def _date_in(self, clause: Span) -> Time | None:
        return next(iter(self._dates_in(clause.start, clause.end)), None)

    def _only_date_in(self, unit: tuple[int, int], clause: Span) -> Time | None:
        """Give the one date of a stretch, where the same person tells it: "X was freed and Y jailed on Monday"."""
        dates = self._dates_in(self.reading.words[unit[0]].start, self.reading.words[unit[1] - 1].end)
        alone = len(dates) == 1 and self.told(dates[0].start) is self.told(clause.start)
        return dates[0] if alone else None

    def is_ahead(self, day: date | None) -> bool:
        """Tell whether a day lies behind the article's: what it tells of is still to come."""
        return day is not None and self.reference is not None and day > self.reference

    def has_time(self, span: Span) -> bool:
        """Tell whether a date or a time of day stands in a piece of text."""
        first, last = (bisect_left(self._time_starts, at) for at in (span.start, span.end))
        return any(time.type in {"DATE", "TIME"} for time in self.times[first:last])

    def _is_meeting_of(self, event: Event, actors: tuple[str, ...]) -> bool:
        day = event.date_start
        if event.type != "CONSULT" or event.status != "occurred" or day is None or self.reference is None:
            return False
        return (
            self.are_akin(actors, (*event.actors, *event.recipients))
            and 0 <= (self.reference - day).days <= _MEETING_REACH
        )

    def are_akin(self, actors: tuple[str, ...], others: tuple[str, ...]) -> bool:
        """Tell whether the actors are among the others, themselves or by their countries."""
        entities = self.cast.mentions.by_id
        lands = {entities[other].country for other in others} - {None}
        return bool(actors) and all(actor in others or entities[actor].country in lands for actor in actors)

    def meeting_mode(self, place: str | None, actors: tuple[str, ...]) -> str | None:
        """Tell the mode of a meeting between two countries by its place: one of them receives, or a third one does."""
        entities = self.cast.mentions.by_id
        land = entities[place].country if place is not None else None
        lands = {entities[actor].country for actor in actors} - {None}
        if land is None or len(lands) < len(("guest", "host")):
            return None
        return "visit" if land in lands else "third-party"
