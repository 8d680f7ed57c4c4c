"""The dates that the day's articles name: those ahead, and those of the day and before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from newsledger.digest.lines import TimeLine
from newsledger.digest.reading import anchor_of, merged, passage_of, plain

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from newsledger.digest.reading import Reading
    from newsledger.records.extraction import Extraction, Time

# What covers more than a year is an era, not a date.
LONGEST = timedelta(days=366)


def ahead_lines(reading: Reading) -> list[TimeLine]:
    """Give the dates after the day, the nearest first; one sentence that several outlets print is one line."""
    lines = merged(_each(reading, is_ahead=True), key=_same_sentence)
    return list(in_time_order(lines))


def past_lines(reading: Reading) -> list[TimeLine]:
    """Give the dates of the day and before, those that are named most often first; each date is one line."""
    lines = merged(_each(reading, is_ahead=False), key=lambda line: line.when)
    return sorted(lines, key=lambda line: (-line.more - len(line.passages), line.passages[0].citation))


def in_time_order(lines: Iterable[TimeLine]) -> tuple[TimeLine, ...]:
    """Put dates in the order of time."""
    return tuple(sorted(lines, key=lambda line: (str(line.when[0]), str(line.when[1]), line.passages[0].citation)))


def _each(reading: Reading, *, is_ahead: bool) -> Iterator[TimeLine]:
    for extraction in reading.view.extractions:
        for time in extraction.times:
            if time.date_start is None or (time.date_start > reading.view.day) is not is_ahead:
                continue
            if is_ahead or (time.date_end and time.date_end - time.date_start <= LONGEST):
                yield _line(reading, extraction, time, "d" if is_ahead else "p")


def _line(reading: Reading, extraction: Extraction, time: Time, kind: str) -> TimeLine:
    source = reading.source_of(extraction)
    printed = passage_of(extraction, time)
    return TimeLine(
        anchor=anchor_of(kind, extraction.article.article_id, time.start, time.end),
        passages=(printed,),
        sources=(source,) if source else (),
        when=(time.date_start, time.date_end),
        printed=printed,
        sentence=reading.sentence(extraction, time.start, time.end),
    )


def _same_sentence(line: TimeLine) -> Hashable:
    return line.when, plain(line.printed.text), plain(line.sentence.text)
