"""An entry and what its page gave, made into an article: page first, the feed's own text as the last resort."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.fetch.dates import is_believable
from newsledger.fetch.text import html_to_text
from newsledger.fetch.urls import canonical_url
from newsledger.records.article import Article, Issue

if TYPE_CHECKING:
    from datetime import datetime

    from newsledger.fetch.pages.reading import Page
    from newsledger.records.article import PublishedFrom
    from newsledger.records.config import Feed
    from newsledger.records.feeds import FeedEntry

# A page that holds less than this share of the feed's own text is a teaser, a consent wall or a notice.
_LEAST_SHARE = 0.5


def from_page(entry: FeedEntry, page: Page, feed: Feed | None, *, url: str, now: datetime) -> Article:
    """Make the article of an entry whose page was read at `url`; the feed's own text where it is far longer."""
    own = feed_text(entry)
    if len(page.text) < _LEAST_SHARE * len(own):
        issue = Issue(code="page_short", detail=f"{len(page.text)} characters, {len(own)} in the feed")
        return from_feed(entry, feed, now=now, issue=issue)
    published, published_from, doubts = _date(entry, page, now)
    return Article(
        article_id=entry.article_id,
        text=page.text,
        url=page.url or canonical_url(url),
        title=entry.title or page.title,
        source=entry.feed_id,
        authors=entry.authors or page.authors,
        language=_language(page.language or entry.language, feed),
        published=published,
        published_from=published_from,
        modified=entry.modified,
        fetched=now,
        origin="feed",
        text_from="page",
        issues=doubts,
    )


def from_feed(entry: FeedEntry, feed: Feed | None, *, now: datetime, issue: Issue) -> Article:
    """Make the article of an entry out of the feed's own text; `issue` says why its page is not used."""
    published, published_from, doubts = _date(entry, None, now)
    return Article(
        article_id=entry.article_id,
        text=feed_text(entry),
        url=canonical_url(entry.url) if entry.url else None,
        title=entry.title,
        source=entry.feed_id,
        authors=entry.authors,
        language=_language(entry.language, feed),
        published=published,
        published_from=published_from,
        modified=entry.modified,
        fetched=now,
        origin="feed",
        text_from="feed",
        issues=(issue, *doubts),
    )


def feed_text(entry: FeedEntry) -> str:
    """Give the text that the feed itself carries for an entry; may be empty."""
    return html_to_text(entry.body_html) if entry.body_html else ""


def _date(entry: FeedEntry, page: Page | None, now: datetime) -> tuple[datetime, PublishedFrom, tuple[Issue, ...]]:
    """Take the first believable date, of the feed, then of the page; the time of fetching where there is none."""
    claims: tuple[tuple[PublishedFrom, datetime | None], ...] = (
        ("feed", entry.published),
        ("html", page.published if page else None),
    )
    issues: list[Issue] = []
    for origin, moment in claims:
        if moment and is_believable(moment, now):
            return moment, origin, tuple(issues)
        if moment:
            code = "future_date" if moment > now else "implausible_date"
            issues.append(Issue(code=code, detail=f"{origin} says {moment.isoformat()}"))
    return now, "fetched", tuple(issues)


def _language(declared: str | None, feed: Feed | None) -> str | None:
    """Declare a language only where two sources agree: labels of pages are often the publishing program's default."""
    return declared if feed and declared == feed.language else None
