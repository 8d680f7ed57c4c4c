"""What sources changed in their articles without saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.digest.model import EditLine, Section
from newsledger.digest.reading import anchor_of, plain
from newsledger.digest.sections.spots import Spots, section, strongest
from newsledger.records.day import Spot

if TYPE_CHECKING:
    from newsledger.digest.lines import Passage
    from newsledger.digest.reading import Reading
    from newsledger.records.day import EditRow

LIMIT = 8
# What was said, counted or done weighs more than how a passage reads.
RECORD, HEADLINE, PASSAGE = 3.0, 2.0, 1.0


def edit_lines(reading: Reading) -> Section[EditLine]:
    """Give the edits of the day: those of quotes, figures and deeds first, then headlines, then passages.

    What differs in spaces or letter case alone is no edit.
    """
    spots = Spots(reading)
    return section(strongest(line for row in reading.view.edits if _differs(line := _line(spots, row))), LIMIT)


def _line(spots: Spots, row: EditRow) -> EditLine:
    before = _passage(spots, row, row.before, row.revision - 1, row.headline_before)
    after = _passage(spots, row, row.after, row.revision, row.headline_after)
    is_headline = bool(row.headline_before or row.headline_after)
    return EditLine(
        anchor=anchor_of("w", row.article_id, row.revision, row.kind, *_places(before), *_places(after)),
        passages=tuple(passage for passage in (before, after) if passage),
        sources=spots.named((row.source,)),
        weight=HEADLINE if is_headline else PASSAGE if row.record_type == "article" else RECORD,
        kind=row.kind,
        title=row.title,
        url=row.url,
        revised_at=row.revised_at,
        former_at=row.former_at,
        before=before,
        after=after,
    )


def _passage(spots: Spots, row: EditRow, spot: Spot | None, revision: int, headline: str | None) -> Passage | None:
    """Point at what stands in a revision: at the spot, else at the headline."""
    if spot is None and headline:
        spot = Spot(
            article_id=row.article_id, revision=revision, start=0, end=len(headline), text=headline, is_title=True
        )
    return spots.reading.passage(spot) if spot else None


def _differs(line: EditLine) -> bool:
    before, after = (plain(passage.text) if passage else None for passage in (line.before, line.after))
    return before != after


def _places(passage: Passage | None) -> tuple[object, ...]:
    return (passage.start, passage.end) if passage else ("none",)
