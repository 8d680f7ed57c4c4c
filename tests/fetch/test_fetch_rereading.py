"""Reading an archived page anew: as the live monitor reads it, with what the feed said kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from newsledger.fetch import Archive, is_read_alike, read_anew
from newsledger.records.article import Article, Issue
from newsledger.records.config import Feed
from newsledger.records.feeds import PageAnswer

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPH = "The foreign ministers of both countries met in the capital on Tuesday to discuss the border crossing. "
PAGE = f"""<html><head><title>Ministers meet</title>
<meta property="article:published_time" content="2024-03-05T08:00:00Z">
<meta property="article:modified_time" content="2024-03-05T09:00:00Z"></head>
<body><nav>Home News Sport</nav><article><h1>Ministers meet</h1>
<p>{PARAGRAPH * 3}</p><p>{PARAGRAPH * 2}</p></article></body></html>"""
FEED = Feed(id="post", name="Post", url="https://post.example/rss", kind="independent", language="en")
STORED = Article(
    article_id="a1",
    revision=2,
    text=f"Home News Sport\n{PARAGRAPH}",
    title="Headline of the feed",
    source="post",
    published=datetime(2024, 3, 5, 7, tzinfo=UTC),
    published_from="feed",
    modified=datetime(2024, 3, 6, tzinfo=UTC),
    fetched=datetime(2024, 3, 5, 12, tzinfo=UTC),
    origin="feed",
    text_from="page",
    origins=(("title", "feed"), ("published", "feed")),
    issues=(Issue(code="insecure_redirect", detail="http"), Issue(code="naive_date", detail="no zone")),
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def answer(archive: Archive, page: str = PAGE) -> PageAnswer:
    return PageAnswer(
        url="https://post.example/a1",
        http_status=200,
        content_type="text/html",
        body_sha256=archive.put(page.encode()),
    )


def test_the_page_gives_the_text_and_the_feed_what_it_said(archive: Archive) -> None:
    found = read_anew(STORED, answer(archive), archive, FEED)
    assert found
    assert found.text.startswith("The foreign ministers of both countries")
    assert "Sport" not in found.text
    assert (found.title, found.published, found.published_from) == (STORED.title, STORED.published, "feed")
    assert (found.article_id, found.revision, found.fetched) == ("a1", 2, STORED.fetched)
    assert found.modified == STORED.modified, "what became known later is not forgotten"
    assert [issue.code for issue in found.issues] == ["insecure_redirect"]
    assert not is_read_alike(found, STORED)


def test_what_the_page_said_is_read_from_it_again(archive: Archive) -> None:
    stored = replace(STORED, title="Hom", published=STORED.fetched, published_from="fetched", origins=())
    found = read_anew(stored, answer(archive), archive, FEED)
    assert found
    assert (found.title, found.published_from) == ("Ministers meet", "html")
    assert found.published == datetime(2024, 3, 5, 8, tzinfo=UTC)


def test_reading_twice_reads_alike(archive: Archive) -> None:
    once = read_anew(STORED, answer(archive), archive, FEED)
    assert once
    twice = read_anew(once, answer(archive), archive, FEED)
    assert twice == once
    assert is_read_alike(replace(once, published_from="fetched"), replace(once, published=None, published_from="text"))


def test_a_page_that_is_not_kept_or_no_article_gives_none(archive: Archive) -> None:
    told = answer(archive)
    assert read_anew(STORED, replace(told, body_sha256=None), archive, FEED) is None
    assert read_anew(STORED, replace(told, body_sha256="0" * 64), archive, FEED) is None
    assert read_anew(STORED, answer(archive, "<html><body></body></html>"), archive, FEED) is None
