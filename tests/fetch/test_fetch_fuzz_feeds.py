"""Arbitrary and broken feed bytes of each kind: nothing raises, and what comes out keeps its promises."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsledger.fetch.feeds.discovery import Link, find_feeds
from newsledger.fetch.feeds.document import FeedDocument, NotAFeed
from newsledger.fetch.feeds.opml import Subscription, read_opml
from newsledger.fetch.feeds.parsing import read_feed
from newsledger.fetch.text import charset_of
from newsledger.fetch.urls import canonical_url
from newsledger.records.config import Feed, FeedType
from newsledger.records.feeds import FeedEntry

URL = "https://feeds.example/news/feed.xml"
FOLDER = Path(__file__).parent / "feeds"
TYPES: tuple[FeedType, ...] = ("feed", "json", "sitemap")
CORPUS = [
    file.read_bytes() for file in sorted(FOLDER.iterdir()) if not file.name.endswith(".expected.json")
]  # fmt: skip
SEEDS = st.sampled_from([body for body in CORPUS if len(body) < 10_000])
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """A case with bytes flipped, a piece cut out, and a piece of another case put in."""
    body = bytearray(draw(SEEDS))
    for _ in range(draw(st.integers(0, 4))):
        body[draw(st.integers(0, len(body) - 1))] = draw(st.integers(0, 255))
    start, length = draw(st.integers(0, len(body))), draw(st.integers(0, 60))
    other = draw(SEEDS)
    at = draw(st.integers(0, len(other)))
    body[start : start + length] = other[at : at + draw(st.integers(0, 120))]
    return bytes(body[: draw(st.integers(len(body) // 2, len(body)))])


BYTES = st.one_of(st.binary(max_size=300), broken())
NO_HURRY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(entry: FeedEntry) -> None:
    assert re.fullmatch("[0-9a-f]{16}", entry.article_id)
    assert entry.url is None or canonical_url(entry.url)
    for moment in (entry.published, entry.modified):
        assert moment is None or moment.utcoffset() == timedelta(0)
    for text in (entry.url, entry.title, entry.language, entry.body_html, entry.guid, *entry.authors):
        assert text is None or (text and not UNWRITABLE.search(text))
    assert entry.title is None or "\n" not in entry.title
    assert entry.language is None or re.fullmatch("[a-z]{2,3}", entry.language)


@pytest.mark.parametrize("kind", TYPES)
@NO_HURRY
@given(body=BYTES, content_type=st.one_of(st.none(), st.text(max_size=30)))
def test_any_bytes_give_entries_or_a_reason(kind: FeedType, body: bytes, content_type: str | None) -> None:
    feed = Feed(id="wire", name="Wire", kind="wire", url=URL, type=kind)
    document = read_feed(body, feed=feed, url=URL, content_type=content_type)
    assert isinstance(document, (FeedDocument, NotAFeed))
    if isinstance(document, NotAFeed):
        assert document.outcome in ("not_a_feed", "empty", "too_large")
        assert document.detail
    else:
        assert document.update_s is None or document.update_s > 0
        for entry in document.entries:
            check(entry)
    assert read_feed(body, feed=replace(feed), url=URL, content_type=content_type) == document


@NO_HURRY
@given(body=BYTES, content_type=st.one_of(st.none(), st.text(max_size=30)))
def test_any_bytes_have_a_charset_and_give_links_or_none(body: bytes, content_type: str | None) -> None:
    charset = charset_of(body, content_type)
    assert isinstance(body.decode(charset.name, errors="replace"), str)
    for link in find_feeds(body, url=URL, content_type=content_type):
        assert isinstance(link, Link)
        assert canonical_url(link.url)


OUTLINES = st.lists(
    st.sampled_from(
        [b"<opml>", b"<opml version='2.0'><body>", b"<outline ", b"xmlUrl='https://a.example/1'", b'XMLURL="http://["',
         b" text='A &amp; B'", b" title=''", b">", b"/>", b"</outline>", b"</body></opml>", b"<!ENTITY a 'b'>",
         b"&a;", b"\xff", b"<?xml version='1.0' encoding='utf-16'?>", b"language='??'", b"isComment='true'"]
    ), max_size=20
).map(b"".join)  # fmt: skip


@NO_HURRY
@given(st.one_of(BYTES, OUTLINES))
def test_any_bytes_are_a_list_of_feeds_or_not(body: bytes) -> None:
    listed = read_opml(body)
    if not isinstance(listed, NotAFeed):
        assert all(isinstance(one, Subscription) and canonical_url(one.url) for one in listed)
