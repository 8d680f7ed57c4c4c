"""Figures as lines: how much of what, of when, according to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.digest.lines import FigureLine
from newsledger.digest.reading import anchor_of, merged, plain

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from newsledger.digest.reading import Reading
    from newsledger.records.extraction import Extraction, Figure

# What disagrees comes before all else.
DISPUTED = 10.0
# Ages and durations are figures too, but seldom what a reader looks for.
DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})


def figure_lines(reading: Reading, extractions: Iterable[Extraction]) -> list[FigureLine]:
    """Give the figures of some articles, those that the day's sources disagree about first, then the weightiest."""
    lines = merged(each_figure(reading, extractions), key=_same)
    return sorted(lines, key=lambda line: (-line.weight, line.passages[0].citation, line.anchor))


def each_figure(reading: Reading, extractions: Iterable[Extraction]) -> Iterator[FigureLine]:
    """Give every figure of some articles, in their order."""
    for extraction in extractions:
        for figure in extraction.figures:
            yield _line(reading, extraction, figure)


def _line(reading: Reading, extraction: Extraction, figure: Figure) -> FigureLine:
    printed = reading.cite(extraction, figure)
    period = (figure.period_start, figure.period_end)
    named = (*figure.about, figure.attributed_to)
    return FigureLine(
        anchor=anchor_of("f", extraction.article.article_id, figure.start, figure.end),
        passages=(printed,),
        proofs=(*reading.name_proofs(extraction, named), *reading.date_proofs(extraction, period)),
        sources=reading.sources_of(extraction),
        weight=_weight(figure) + DISPUTED * (printed in reading.disputed),
        printed=printed,
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit,
        bound=figure.bound,
        change=figure.change,
        quantity_of=figure.quantity_of,
        about=reading.names(figure.about),
        period=period,
        attributed_to=reading.name(figure.attributed_to),
    )


def _weight(figure: Figure) -> float:
    """Weigh a figure by how much is known of it."""
    known = (figure.quantity_of, figure.about, figure.attributed_to, figure.period_start, figure.change)
    return float(sum(map(bool, known)) + bool(figure.quantity_of) - (figure.unit in DURATIONS))


def _same(line: FigureLine) -> Hashable:
    value = (str(line.value), str(line.value_max), line.unit, line.bound, line.change)
    return (*value, plain(line.quantity_of or line.printed.citation), line.about, line.period, line.attributed_to)
