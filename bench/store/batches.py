"""The made-up articles as runs bring them: batches with the polls and items of their feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bench.store.articles import EXTRACTOR, make_extraction
from bench.store.world import FEEDS
from newsledger.records.feeds import FeedEntry, FeedPoll, FeedState, FetchedItem, PageAnswer
from newsledger.records.run import Batch, Run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from newsledger.records.article import Article

A_BATCH = 2_000
ZONE = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A batch with the run that saves it, and the time at which it does."""

    batch: Batch
    run: Run
    now: datetime


def loads(first: int, count: int, articles: int, size: int = A_BATCH, extractor: str = EXTRACTOR) -> Iterator[Load]:
    """Yield so many articles from the first on, of `articles` in the whole year, one run a batch."""
    for start in range(first, first + count, size):
        yield make_load(start, min(size, first + count - start), articles, extractor)


def make_load(first: int, count: int, articles: int, extractor: str = EXTRACTOR) -> Load:
    """Make one batch, stored ten minutes after its last article was fetched."""
    extractions = tuple(make_extraction(number, articles, extractor) for number in range(first, first + count))
    made = [extraction.article for extraction in extractions]
    now = max(article.fetched for article in made if article.fetched) + timedelta(minutes=10)
    listed: dict[str | None, list[FeedEntry]] = {}
    for article in made:
        listed.setdefault(article.source, []).append(_entry(article))
    return Load(
        batch=Batch(
            extractions=extractions,
            polls=tuple(
                FeedPoll(
                    feed=feed,
                    state=FeedState(feed_id=feed.id, url=feed.url, polled_at=now, succeeded_at=now, outcome="ok"),
                    outcome="ok",
                    polled_at=now,
                    http_status=200,
                    entries=tuple(listed.get(feed.id, ())),
                )
                for feed in FEEDS
            ),
            items=tuple(
                FetchedItem(
                    entry=_entry(article),
                    article=article,
                    answer=PageAnswer(url=article.url or "", http_status=200, content_type="text/html"),
                )
                for article in made
            ),
        ),
        run=Run(run_id=f"{now:%Y%m%dT%H%M%S}-{first}", flow="monitor", started_at=now),
        now=now,
    )


def _entry(article: Article) -> FeedEntry:
    return FeedEntry(
        feed_id=article.source or "",
        article_id=article.article_id,
        url=article.url,
        title=article.title,
        published=article.published,
        modified=None,
        authors=article.authors,
        language=article.language,
        body_html=None,
    )
