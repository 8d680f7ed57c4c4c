"""Places the articles of a window: in which story, as a copy of which, from which origin."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsledger.records.stories import StoryPlace, StoryReading
from newsledger.stories.changes import changes_between
from newsledger.stories.clustering import cluster
from newsledger.stories.copies import find_copies
from newsledger.stories.origins import origins
from newsledger.stories.rulings import Rulings

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from newsledger.records.stories import StoryCandidate, StoryDecision


def tell_stories(
    candidates: Sequence[StoryCandidate],
    known: Mapping[str, StoryPlace],
    decisions: Sequence[StoryDecision] = (),
    taken: Collection[str] = (),
) -> StoryReading:
    """Place each article: with its copies, with articles on the same news, or alone.

    The order of the candidates doesn't matter; the places are in order of time. Articles with a place keep it, unless
    the evidence is clear that their story is part of another (merged) or that it is two (split); only those of the last
    day are placed anew when new ones come near. Without new articles only decisions change anything. A new story has
    its id from its first article, unless that is among those `taken` by stories that ended or are out of sight.
    Decisions win over everything, the latest over those before it.
    """
    ordered = sorted(candidates, key=_by_time)
    rulings = Rulings(decisions)
    copies = rulings.accepted(find_copies(ordered, known))
    before = {one.article_id: known[one.article_id].story_id for one in ordered if one.article_id in known}
    ids = frozenset(taken).union(before.values())
    stories = cluster(ordered, copies, before, rulings, ids)
    origin = origins(ordered, copies)
    places = tuple(
        StoryPlace(article_id=article, story_id=story, copy_of=copies.get(article), origin=origin[article])
        for article, story in stories.items()
    )
    return StoryReading(places=places, changes=changes_between(before, stories, ids))


def _by_time(candidate: StoryCandidate) -> tuple[datetime, datetime, str]:
    told_at = candidate.told_at or datetime.min.replace(tzinfo=UTC)
    return told_at, candidate.published or told_at, candidate.article_id
