"""Feed documents: the small cases of ./feeds, arbitrary bytes, and the real ones."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.fetch.feeds.document import NotAFeed
from newsledger.fetch.feeds.parsing import read_feed
from newsledger.records.config import Feed

if TYPE_CHECKING:
    from newsledger.records.feeds import FeedEntry

CASES = sorted((Path(__file__).parent / "feeds").glob("*.xml"))
URL = "https://feeds.example/news/feed.xml"
FEED = Feed(id="wire", name="Wire", kind="wire", url=URL)


def parse(body: bytes, content_type: str | None = None) -> tuple[FeedEntry, ...]:
    entries = read_feed(body, feed=FEED, url=URL, content_type=content_type)
    assert not isinstance(entries, NotAFeed), entries
    return entries.entries


def told(entry: FeedEntry) -> dict[str, object]:
    """What an entry says, without what it does not say; its ids have tests of their own."""
    facts = {
        "url": entry.url,
        "title": entry.title,
        "published": entry.published and entry.published.isoformat(),
        "modified": entry.modified and entry.modified.isoformat(),
        "authors": list(entry.authors),
        "language": entry.language,
        "body_html": entry.body_html,
    }
    return {name: value for name, value in facts.items() if value}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    expected = json.loads(case.with_suffix(".expected.json").read_text(encoding="utf-8"))
    entries = read_feed(case.read_bytes(), feed=FEED, url=URL, content_type=None)
    if isinstance(entries, NotAFeed):
        assert {"outcome": entries.outcome} == expected
    else:
        assert [told(entry) for entry in entries.entries] == expected


def test_an_id_follows_the_link_else_the_guid_else_title_and_date() -> None:
    bare = parse((CASES[0].parent / "bare.xml").read_bytes())
    assert bare[0].article_id == bare[1].article_id
    assert len({entry.article_id for entry in bare}) == 5
    again = parse((CASES[0].parent / "bare.xml").read_bytes())
    assert [entry.article_id for entry in again] == [entry.article_id for entry in bare]


@pytest.mark.parametrize(
    "content_type", ["text/html", "application/octet-stream", "text/xml; charset=us-ascii", "", ";;;"]
)
def test_a_wrong_content_type_harms_nothing(content_type: str) -> None:
    body = (CASES[0].parent / "windows-1251.xml").read_bytes()
    assert parse(body, content_type)[0].title == parse(body)[0].title


def test_what_is_no_feed_says_what_it_is() -> None:
    page = read_feed(b"<html><body>Sign in first</body></html>", feed=FEED, url=URL, content_type="text/html")
    assert isinstance(page, NotAFeed)
    assert "an HTML page" in page.detail
    assert "Sign in first" in page.detail
    for body in (b"", b" \n "):
        nothing = read_feed(body, feed=FEED, url=URL, content_type=None)
        assert isinstance(nothing, NotAFeed)
        assert nothing.outcome == "empty"


FRAGMENTS = st.sampled_from(
    [
        b"<rss>", b"<rss version='2.0'>", b"<channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<link>",
        b"<feed>", b"<entry xmlns='http://www.w3.org/2005/Atom'>", b"<pubDate>", b"&", b"&amp;", b"<![CDATA[", b"]]>",
        b"<!--", b"<!DOCTYPE", b"<!ENTITY a '", b"<?xml version='1.0' encoding='", b"utf-16", b"koi8-r", b"'?>",
        b"\x00", b"\xff\xfe", b"http://[", b"<", b"<content type='xhtml'>", b"<div>", b"5 Mar 2026", b"\xe9",
        b"<author>", b"a@b.c", b"<guid isPermaLink='x'>"
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.lists(FRAGMENTS, max_size=25).map(b"".join)), st.text(max_size=20))
def test_nothing_makes_it_raise(body: bytes, content_type: str) -> None:
    entries = read_feed(body, feed=FEED, url=URL, content_type=content_type)
    if not isinstance(entries, NotAFeed):
        assert all(entry.article_id for entry in entries.entries)


def test_deep_nesting_makes_it_neither_raise_nor_hang() -> None:
    for body in (
        b"<a>" * 20_000,
        b"<rss><channel><item>" + b"<b>" * 20_000,
        b"<rss><item><description>" + b"&lt;b>" * 20_000,
    ):
        began = time.monotonic()
        read_feed(body, feed=FEED, url=URL, content_type=None)
        assert time.monotonic() - began < 10


@pytest.mark.needs_shared
def test_the_real_feeds_give_entries(shared: Path) -> None:
    files = [file for file in sorted((shared / "data" / "feeds").glob("*.*")) if file.suffix != ".txt"]
    listed = {file.name: read_feed(file.read_bytes(), feed=FEED, url=URL, content_type=None) for file in files}
    assert len(files) == 49
    assert sum(not isinstance(entries, NotAFeed) and bool(entries.entries) for entries in listed.values()) >= 47
