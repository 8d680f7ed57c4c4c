"""What the watch list hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.digest.model import Section, WatchLine
from newsledger.digest.reading import anchor_of
from newsledger.digest.sections.spots import Spots, section, strongest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsledger.digest.lines import BriefLine, StoryLine
    from newsledger.digest.reading import Reading
    from newsledger.records.day import WatchRow

LIMIT = 20


def watch_lines(reading: Reading, stories: Iterable[StoryLine | BriefLine] = ()) -> Section[WatchLine]:
    """Give the watches that the day hit, those most above their threshold first; `stories` are the page's."""
    spots = Spots(reading)
    anchors = {story.story_id: story.anchor for story in stories}
    told = {row.article_id: anchors[row.story_id] for row in reading.view.articles if row.story_id in anchors}
    return section(strongest(_line(spots, row, told) for row in reading.view.watch if row.is_hit), LIMIT)


def _line(spots: Spots, row: WatchRow, told: dict[str, str]) -> WatchLine:
    passages = tuple(spots.reading.passage(spot) for spot in row.spots)
    hit = (told[article] for article in row.articles if article in told)
    return WatchLine(
        anchor=anchor_of("h", row.name),
        passages=passages,
        sources=spots.sources(*row.spots),
        weight=row.count / (row.more_than + 1),
        name=row.name,
        counted=row.counted,
        count=row.count,
        more_than=row.more_than,
        spots=passages,
        stories=tuple(dict.fromkeys(hit)),
    )
