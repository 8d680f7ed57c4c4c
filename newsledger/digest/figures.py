"""The day's figures, and which of them disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.digest.conflicts import marked
from newsledger.digest.lines import FigureLine
from newsledger.digest.reading import anchor_of, merged, passage_of, plain

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from newsledger.digest.reading import Reading
    from newsledger.records.extraction import Extraction, Figure

# Ages and durations are figures too, but seldom what a reader looks for.
DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})


def figure_lines(reading: Reading) -> list[FigureLine]:
    """Give the day's figures, the weightiest first; those that disagree share `conflict`."""
    lines = marked(merged(_each(reading), key=_same))
    return sorted(lines, key=lambda line: (-line.weight, line.passages[0].citation, line.anchor))


def in_reading_order(lines: tuple[FigureLine, ...]) -> tuple[FigureLine, ...]:
    """Put the figures that disagree first, side by side, the others in the order of the articles."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                line.conflict is None,
                line.conflict or 0,
                line.passages[0].article_id,
                line.passages[0].start,
                line.anchor,
            ),
        )
    )


def _each(reading: Reading) -> Iterator[FigureLine]:
    for extraction in reading.view.extractions:
        for figure in extraction.figures:
            yield _line(reading, extraction, figure)


def _line(reading: Reading, extraction: Extraction, figure: Figure) -> FigureLine:
    source = reading.source_of(extraction)
    printed = passage_of(extraction, figure)
    return FigureLine(
        anchor=anchor_of("f", extraction.article.article_id, figure.start, figure.end),
        passages=(printed,),
        sources=(source,) if source else (),
        weight=_weight(figure),
        printed=printed,
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit,
        bound=figure.bound,
        change=figure.change,
        quantity_of=figure.quantity_of,
        about=reading.names(figure.about),
        period=(figure.period_start, figure.period_end),
        attributed_to=reading.name(figure.attributed_to),
    )


def _weight(figure: Figure) -> float:
    """Weigh a figure by how much is known of it."""
    known = (figure.quantity_of, figure.about, figure.attributed_to, figure.period_start, figure.change)
    return float(sum(map(bool, known)) + bool(figure.quantity_of) - (figure.unit in DURATIONS))


def _same(line: FigureLine) -> Hashable:
    value = (str(line.value), str(line.value_max), line.unit, line.bound, line.change)
    return (*value, plain(line.quantity_of or line.printed.citation), line.about, line.period, line.attributed_to)
