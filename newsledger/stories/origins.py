"""From whom an article has its news: the agency whose text it is, or the outlet that was first with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsledger.records.stories import StoryCandidate

_LEAD = 400  # characters: who is credited here has told the news
_LEANING = 1200  # characters of text for each credit: an article that leans less has more of its own


def origins(candidates: Sequence[StoryCandidate], copies: Mapping[str, str]) -> dict[str, str | None]:
    """Give each article's origin: one for all that have one text, so that they count as one source.

    That is the agency of the original's dateline or of most copies' datelines, else the original's outlet where it is
    an agency itself, else the agency that the original or most copies lean on, else the original's outlet; None where
    that is not known. An agency that a long text cites in one sentence is not its origin.
    """
    by_id = {one.article_id: one for one in candidates}
    agencies = {agency for one in candidates for agency in one.agencies}
    groups: dict[str, list[StoryCandidate]] = defaultdict(list)
    for one in candidates:
        groups[copies.get(one.article_id, one.article_id)].append(one)
    return {
        one.article_id: origin
        for original, texts in groups.items()
        for origin in [_origin(by_id.get(original, texts[0]), texts, agencies)]
        for one in texts
    }


def _origin(original: StoryCandidate, texts: Sequence[StoryCandidate], agencies: set[str]) -> str | None:
    datelined = original.dateline or _commonest(one.dateline for one in texts)
    own = original.source if original.source in agencies else None
    return datelined or own or _leant_on(original) or _commonest(map(_leant_on, texts)) or original.source


def _leant_on(one: StoryCandidate) -> str | None:
    """Give the agency that the lead credits, if the text comes back to it as often as its length asks for."""
    lead = [agency for agency, at in sorted(one.credits, key=lambda credit: credit[1]) if at < _LEAD]
    often = Counter(agency for agency, _ in one.credits)
    return next((agency for agency in lead if often[agency] * _LEANING >= len(one.text)), None)


def _commonest(agencies: Iterable[str | None]) -> str | None:
    often = Counter(agency for agency in agencies if agency)
    return min(often, key=lambda agency: (-often[agency], agency), default=None)
