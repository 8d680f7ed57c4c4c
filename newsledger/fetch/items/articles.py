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

# A page that holds less than this share of the feed's own text is a teaser or a notice.
_LEAST_SHARE = 0.5


def from_page(entry: FeedEntry, page: Page, feed: Feed | None, *, url: str, now: datetime) -> Article:
    """Make the article of an entry whose page was read at `url`; the feed's own text where it is far longer.

    Of a paywall's teaser and the feed's own text the longer one is taken. The feed's date and authors come before the
    page's; the later of their changes counts.
    """
    own = len(feed_text(entry))
    if page.is_teaser and len(page.text) < own:
        return from_feed(entry, feed, now=now, issue=page.issues[0])
    if len(page.text) < _LEAST_SHARE * own:
        issue = Issue(code="page_short", detail=f"{len(page.text)} characters, {own} in the feed")
        return from_feed(entry, feed, now=now, issue=issue)
    published, published_from, doubts = _date(entry, page, now)
    modified, modified_from = _modified(entry, page, now)
    found = dict(page.origins) | ({"modified": modified_from} if modified_from else {})
    found |= {name: "feed" for name, value in (("title", entry.title), ("authors", entry.authors)) if value}
    found |= {"published": "feed"} if published_from == "feed" else {}
    found |= {} if page.language else {"language": "feed"}
    language = _language(page.language or entry.language, feed)
    given = {"published": published_from in ("feed", "html"), "modified": modified is not None, "language": language}
    return Article(
        article_id=entry.article_id,
        text=page.text,
        url=page.url or canonical_url(url),
        title=entry.title or page.title,
        source=entry.feed_id,
        authors=entry.authors or page.authors,
        section=page.section,
        language=language,
        published=published,
        published_from=published_from,
        modified=modified,
        fetched=now,
        origin="feed",
        text_from="page",
        origins=tuple((name, origin) for name, origin in found.items() if given.get(name, True)),
        issues=(*(issue for issue in page.issues if _matters(issue, published_from)), *doubts),
    )


def from_feed(entry: FeedEntry, feed: Feed | None, *, now: datetime, issue: Issue) -> Article:
    """Make the article of an entry out of the feed's own text; `issue` says why its page is not used."""
    published, published_from, doubts = _date(entry, None, now)
    language = _language(entry.language, feed)
    modified = entry.modified if entry.modified and is_believable(entry.modified, now) else None
    given = {
        "title": entry.title,
        "authors": entry.authors,
        "language": language,
        "published": published_from == "feed",
        "modified": modified,
        "text": True,
    }
    return Article(
        article_id=entry.article_id,
        text=feed_text(entry),
        url=canonical_url(entry.url) if entry.url else None,
        title=entry.title,
        source=entry.feed_id,
        authors=entry.authors,
        language=language,
        published=published,
        published_from=published_from,
        modified=modified,
        fetched=now,
        origin="feed",
        text_from="feed",
        origins=tuple((name, "feed") for name, value in given.items() if value),
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


def _modified(entry: FeedEntry, page: Page, now: datetime) -> tuple[datetime | None, str | None]:
    """Take the later believable change of feed and page, and where it stands."""
    claims = ((entry.modified, "feed"), (page.modified, dict(page.origins).get("modified", "html")))
    believed = [(moment, origin) for moment, origin in claims if moment and is_believable(moment, now)]
    return max(believed, default=(None, None), key=lambda claim: claim[0])


def _matters(issue: Issue, published_from: PublishedFrom) -> bool:
    """Keep an issue of the page's date only where that date is the article's."""
    return issue.code != "naive_date" or published_from == "html"


def _language(declared: str | None, feed: Feed | None) -> str | None:
    """Declare a language only where two sources agree: labels of pages are often the publishing program's default."""
    return declared if feed and declared == feed.language else None
