"""Reading an archived page anew: the article that the same answer gives today."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.fetch.items.articles import from_page
from newsledger.fetch.pages.reading import Page, read_page
from newsledger.records.feeds import FeedEntry

if TYPE_CHECKING:
    from newsledger.fetch.archive import Archive
    from newsledger.records.article import Article
    from newsledger.records.config import Feed
    from newsledger.records.feeds import PageAnswer

# What fetching found out, and no reading of the page can.
_OF_FETCHING = frozenset({"insecure_redirect"})
_STATED = frozenset({"feed", "html"})


def read_anew(article: Article, answer: PageAnswer, archive: Archive, feed: Feed | None) -> Article | None:
    """Read the page that a stored article came from as a live run would; what the feed said of it is kept.

    None where the answer is not kept, or gives no article any more.
    """
    body = archive.get(answer.body_sha256) if answer.body_sha256 else None
    page = read_page(body, content_type=answer.content_type, url=answer.url) if body is not None else None
    if not isinstance(page, Page) or article.fetched is None:
        return None
    found = from_page(_as_listed(article), page, feed, url=answer.url, now=article.fetched)
    kept = (issue for issue in article.issues if issue.code in _OF_FETCHING)
    modified = max((moment for moment in (article.modified, found.modified) if moment), default=None)
    return replace(found, revision=article.revision, modified=modified, issues=(*found.issues, *kept))


def is_read_alike(article: Article, other: Article) -> bool:
    """Tell whether two readings of a page agree in all that a reader sees; a date counts where the source states it."""
    return _seen(article) == _seen(other)


def _seen(article: Article) -> tuple[object, ...]:
    stated = article.published if article.published_from in _STATED else None
    return (article.text, article.title, article.url, article.authors, article.section, stated)


def _as_listed(article: Article) -> FeedEntry:
    """Give the feed's entry as far as the article was made of it."""
    of_feed = {name for name, origin in article.origins if origin == "feed"}
    return FeedEntry(
        feed_id=article.source or "",
        article_id=article.article_id,
        url=article.url,
        title=article.title if "title" in of_feed else None,
        published=article.published if article.published_from == "feed" else None,
        modified=article.modified if "modified" in of_feed else None,
        authors=article.authors if "authors" in of_feed else (),
        language=article.language if "language" in of_feed else None,
        body_html=None,
    )
