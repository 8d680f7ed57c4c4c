"""Which kinds of sources tell a story, and which are silent."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, get_args

from newsledger.digest.model import Coverage, CoverageCell, CoverageLine
from newsledger.digest.reading import anchor_of
from newsledger.digest.sections.spots import Spots, section
from newsledger.records.config import SourceKind
from newsledger.records.day import CoverageRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from newsledger.digest.lines import BriefLine, StoryLine
    from newsledger.digest.reading import Reading

LIMIT = 10
SILENT = CoverageCell()
KINDS: tuple[str, ...] = get_args(SourceKind)


def coverage_of(reading: Reading, stories: Sequence[StoryLine | BriefLine]) -> Coverage:
    """Give, for each of the stories in the order given, what each kind of source tells of it.

    The kinds are those of the enabled feeds, whether they tell anything or not, and behind them what else tells.
    """
    rows = defaultdict[str, dict[str, CoverageRow]](dict)
    for row in reading.view.coverage:
        rows[row.story_id][row.kind] = row
    spots = Spots(reading)
    told = [story for story in stories if rows[story.story_id]]
    kinds = _kinds(reading, {kind for story in told for kind in rows[story.story_id]})
    return Coverage(
        kinds=kinds, section=section([_line(spots, story, rows[story.story_id], kinds) for story in told], LIMIT)
    )


def _kinds(reading: Reading, telling: set[str]) -> tuple[str, ...]:
    configured = {one.feed.kind for one in reading.view.feeds if one.feed.enabled}
    known = tuple(kind for kind in KINDS if kind in configured | telling)
    return known + tuple(sorted(telling - set(known)))


def _line(
    spots: Spots, story: StoryLine | BriefLine, rows: dict[str, CoverageRow], kinds: tuple[str, ...]
) -> CoverageLine:
    first_at = min(row.first_at for row in rows.values())
    ids = [source for kind in kinds if kind in rows for source in rows[kind].sources]
    return CoverageLine(
        anchor=anchor_of("v", story.story_id),
        passages=(story.headline,) if story.headline else (),
        sources=spots.named(ids),
        weight=story.weight,
        story_id=story.story_id,
        headline=story.headline,
        cells=tuple(_cell(spots, rows.get(kind), first_at) for kind in kinds),
        only=next((kind for kind in rows if kind in KINDS), None) if len(rows) == 1 else None,
    )


def _cell(spots: Spots, row: CoverageRow | None, first_at: datetime) -> CoverageCell:
    if row is None or not row.articles:
        return SILENT
    names = tuple(source.name for source in spots.named(row.sources))
    return CoverageCell(articles=row.articles, sources=names, lag=row.first_at - first_at)
