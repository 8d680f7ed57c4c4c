"""Which stories of a day matter most, and which articles are read in full to tell them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain, islice
from math import log2
from typing import TYPE_CHECKING

from newsledger.records.day import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.records.config import DigestPolicy, Weights
    from newsledger.records.day import ArticleRow, DayView, Spot, StoryRow

# From so many independent origins on a story is as well sourced as can be.
MANY_ORIGINS = 16
# So many times the articles of the day before, as a power of two, is as much growth as can be.
MUCH_GROWTH = 4
# Added to both days, so that one article after none is no explosion.
SMOOTHING = 2
# PLOVER's scale ends here.
STRONGEST = 10.0
# So many articles of a story are read in full, and so many more for what is cited of them elsewhere.
READ, CITED = 15, 30
QUIET = frozenset(("quiet", "ended"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A story of the day with its articles, what each part of its importance is from 0 to 1, and their weighted sum.

    `has_news` is so unless it merely goes on: it is new or updated, a watch hit it, a second origin confirms what one
    alone told, or an article of it was edited.
    """

    row: StoryRow
    articles: tuple[ArticleRow, ...]
    parts: tuple[tuple[str, float], ...]
    weight: float
    has_news: bool
    is_watched: bool


def ranked(view: DayView, weights: Weights) -> list[Ranked]:
    """Put the stories that have articles of the day in order, the most important first.

    Importance is the sum of five parts, each from 0 to 1 times its weight. sources: log2(1 + independent origins) of
    log2(1 + 16). growth: log2((articles + 2) / (articles of the day before + 2)) of 4, not below 0. relevance: the
    greatest of its originals, 1 where nothing measures it. intensity: the strongest deed of 10. watched: 1 where a
    watch hit it. Of equals the one with more origins, then articles, then the older comes first. Whether a story is
    reliable is no part of this: that is said in words beside it.
    """
    articles = defaultdict[str, list["ArticleRow"]](list)
    for row in view.articles:
        if row.story_id is not None:
            articles[row.story_id].append(row)
    watched = {article_id for watch in view.watch if watch.is_hit for article_id in watch.articles}
    edited = {edit.article_id for edit in view.edits}
    told = [
        _ranked(story, tuple(articles[story.story_id]), weights, watched, edited)
        for story in view.stories
        if story.state not in QUIET
    ]
    return sorted(told, key=_order)


def told_in_full(view: DayView, policy: DigestPolicy) -> list[Ranked]:
    """Give the stories that the digest of a day tells in full: the most important of those that have news."""
    return newsworthy(ranked(view, policy.weights), policy)


def newsworthy(stories: Sequence[Ranked], policy: DigestPolicy) -> list[Ranked]:
    """Give those of ranked stories that are told in full."""
    return [story for story in stories if story.has_news][: policy.stories]


def select(view: DayView, policy: DigestPolicy) -> Selection:
    """Choose the articles whose records the digest needs, and the stories whose earlier articles it needs.

    Of each story told in full these are its originals of the day, 15 at most: the article that names it, then such of
    different origins, those with most records first. Beside them come articles that denials, disputes and dates cite.
    """
    stories = told_in_full(view, policy)
    chosen = chain.from_iterable(_to_read(story) for story in stories)
    return Selection(
        articles=tuple(dict.fromkeys((*chosen, *islice(_cited(view), CITED)))),
        stories=tuple(story.row.story_id for story in stories if story.row.articles_total > story.row.articles),
    )


def _ranked(
    row: StoryRow, articles: tuple[ArticleRow, ...], weights: Weights, watched: set[str], edited: set[str]
) -> Ranked:
    ids = {article.article_id for article in articles}
    originals = [article for article in articles if article.copy_of is None] or articles
    known = [article.relevance for article in originals if article.relevance is not None]
    is_watched = not ids.isdisjoint(watched)
    growth = log2((row.articles + SMOOTHING) / (row.articles_before + SMOOTHING)) / MUCH_GROWTH
    parts = {
        "sources": min(log2(1 + row.independent) / log2(1 + MANY_ORIGINS), 1.0),
        "growth": min(max(growth, 0.0), 1.0),
        "relevance": max(known, default=1.0),
        "intensity": min(max((abs(article.intensity) for article in articles), default=0.0) / STRONGEST, 1.0),
        "watched": float(is_watched),
    }
    return Ranked(
        row=row,
        articles=articles,
        parts=tuple((name, round(value, 4)) for name, value in parts.items()),
        weight=round(sum(getattr(weights, name) * value for name, value in parts.items()), 6),
        has_news=row.state != "continuing" or is_watched or row.is_confirmed or not ids.isdisjoint(edited),
        is_watched=is_watched,
    )


def _order(story: Ranked) -> tuple[object, ...]:
    row = story.row
    return -story.weight, -row.independent, -row.articles, row.first_at, row.story_id


def _to_read(story: Ranked) -> Iterator[str]:
    """Give the articles of a story in the order in which they are worth reading."""
    ids = {article.article_id for article in story.articles}
    originals = [article for article in story.articles if article.copy_of not in ids]
    place = Counter[str | None]()
    turns: dict[str, int] = {}
    for article in sorted(originals, key=_wealth):
        turns[article.article_id] = place[article.origin]
        place[article.origin] += 1
    return islice(
        (
            article.article_id
            for article in sorted(
                originals,
                key=lambda one: (one.article_id != story.row.lead, turns[one.article_id], _wealth(one)),
            )
        ),
        READ,
    )


def _wealth(article: ArticleRow) -> tuple[object, ...]:
    return -article.records, article.told_at, article.article_id


def _cited(view: DayView) -> Iterator[str]:
    """Give the articles of the day that other sections cite: their records prove the names that stand there."""
    day = {row.article_id for row in view.articles}
    spots: Sequence[Spot | None] = [
        *(spot for row in view.denials for spot in (row.spot, row.claim)),
        *(claim.spot for row in view.disputes for claim in (row.one, row.other)),
        *(spot for row in view.calendar for spot in (row.spot, row.deed)),
    ]
    found = dict.fromkeys(spot.article_id for spot in spots if spot is not None)
    return (article_id for article_id in found if article_id in day)
