"""An entry and its page made into an article: what comes from where, and which text is taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from newsledger.fetch.items.articles import from_feed, from_page
from newsledger.fetch.pages.reading import Page
from newsledger.records.article import Issue
from newsledger.records.feeds import FeedEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsledger.records.config import Feed

URL = "https://paper.example/2026/ferry"
WALL = Issue(code="page_paywalled", detail="content tier locked")
TEXT = "The ferry sails again. " * 20


def entry(**changes: object) -> FeedEntry:
    usual: dict[str, object] = {
        "feed_id": "wire",
        "article_id": "a1",
        "url": URL + "?utm_source=rss",
        "title": "Ferry back",
        "published": None,
        "modified": None,
        "authors": (),
        "language": None,
        "body_html": None,
    }
    return FeedEntry(**(usual | changes))  # type: ignore[arg-type]


def test_what_the_page_says_is_kept_with_where_it_says_so(now: datetime, feed: Callable[..., Feed]) -> None:
    said = now - timedelta(hours=3)
    origins = (("title", "jsonld"), ("authors", "meta"), ("section", "jsonld"), ("published", "jsonld"))
    page = Page(
        text=TEXT,
        title="Ferry",
        authors=("A. Brook",),
        section="Harbours",
        published=said,
        modified=now,
        language="en",
        origins=(*origins, ("modified", "meta"), ("language", "html"), ("text", "readability"), ("charset", "utf8")),
    )
    article = from_page(entry(), page, feed(URL, language="en"), url=URL, now=now)
    assert (article.section, article.authors, article.published, article.published_from, article.modified) == (
        "Harbours",
        ("A. Brook",),
        said,
        "html",
        now,
    )
    assert dict(article.origins) == {
        "title": "feed",
        "authors": "meta",
        "section": "jsonld",
        "published": "jsonld",
        "modified": "meta",
        "language": "html",
        "text": "readability",
        "charset": "utf8",
    }


def test_the_feeds_date_and_authors_come_first(now: datetime) -> None:
    page = Page(text=TEXT, authors=("A. Brook",), published=now, origins=(("authors", "meta"), ("published", "meta")))
    listed = entry(published=now - timedelta(hours=1), authors=("Jan Tide",))
    article = from_page(listed, page, None, url=URL, now=now)
    assert (article.published, article.published_from, article.authors) == (listed.published, "feed", ("Jan Tide",))
    assert dict(article.origins) == {"title": "feed", "authors": "feed", "published": "feed"}


@pytest.mark.parametrize(
    ("in_feed", "on_page", "taken", "origin"),
    [
        (-2, -1, -1, "meta"),
        (-1, -2, -1, "feed"),
        (None, -2, -2, "meta"),
        (-2, None, -2, "feed"),
        (-2, 72, -2, "feed"),
        (72, None, None, None),
    ],
)
def test_the_later_believable_change_counts(
    now: datetime, in_feed: int | None, on_page: int | None, taken: int | None, origin: str | None
) -> None:
    def moment(hours: int | None) -> datetime | None:
        return None if hours is None else now + timedelta(hours=hours)

    page = Page(text=TEXT, modified=moment(on_page), origins=(("modified", "meta"),) if on_page else ())
    article = from_page(entry(modified=moment(in_feed)), page, None, url=URL, now=now)
    assert article.modified == moment(taken)
    assert dict(article.origins).get("modified") == origin


def test_a_time_without_a_zone_is_told_where_it_counts(now: datetime) -> None:
    naive = Issue(code="naive_date", detail="no zone")
    page = Page(text=TEXT, published=now, issues=(naive,))
    assert from_page(entry(), page, None, url=URL, now=now).issues == (naive,)
    assert from_page(entry(published=now), page, None, url=URL, now=now).issues == ()


class TestTeasers:
    TEASER = Page(
        text="The ferry sails again, and a piano is on board.", origins=(("text", "trafilatura"),), issues=(WALL,)
    )

    def test_the_longer_text_of_the_feed_is_taken(self, now: datetime) -> None:
        article = from_page(entry(body_html=f"<p>{TEXT}</p>"), self.TEASER, None, url=URL, now=now)
        assert (article.text, article.text_from, article.issues) == (TEXT.strip(), "feed", (WALL,))
        assert dict(article.origins)["text"] == "feed"

    @pytest.mark.parametrize("own", [None, "<p>The ferry sails again.</p>"])
    def test_the_teaser_is_taken_where_the_feed_has_less(self, now: datetime, own: str | None) -> None:
        article = from_page(entry(body_html=own), self.TEASER, None, url=URL, now=now)
        assert (article.text, article.text_from, article.issues) == (self.TEASER.text, "page", (WALL,))


def test_a_page_far_shorter_than_the_feeds_text_is_not_taken(now: datetime) -> None:
    article = from_page(entry(body_html=f"<p>{TEXT}</p>"), Page(text="Ferry."), None, url=URL, now=now)
    assert (article.text_from, [issue.code for issue in article.issues]) == ("feed", ["page_short"])


def test_a_feed_alone(now: datetime, feed: Callable[..., Feed]) -> None:
    listed = entry(
        body_html="<p>The ferry sails again.</p>",
        published=datetime(2026, 3, 9, tzinfo=UTC),
        modified=now + timedelta(days=9),
        language="en",
    )
    article = from_feed(listed, feed(URL, language="en"), now=now, issue=WALL)
    assert article.modified is None
    assert article.origins == (("title", "feed"), ("language", "feed"), ("published", "feed"), ("text", "feed"))
