"""Feed documents: the small cases of ./feeds, arbitrary bytes, and the real ones."""

from __future__ import annotations

import gzip
import json
import time
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.fetch.feeds.document import FeedDocument, NotAFeed
from newsledger.fetch.feeds.parsing import read_feed
from newsledger.fetch.urls import article_id
from newsledger.records.config import Feed, FeedType

if TYPE_CHECKING:
    from newsledger.records.feeds import FeedEntry

FOLDER = Path(__file__).parent / "feeds"
TYPES: dict[str, FeedType] = {".xml": "feed", ".json": "json", ".sitemap": "sitemap"}
CASES = sorted(file for file in FOLDER.iterdir() if not file.name.endswith(".expected.json"))
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


def read(case: Path) -> FeedDocument | NotAFeed:
    return read_feed(case.read_bytes(), feed=replace(FEED, type=TYPES[case.suffix]), url=URL, content_type=None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    name = case.stem if case.suffix == ".xml" else case.name
    expected = json.loads((FOLDER / f"{name}.expected.json").read_text(encoding="utf-8"))
    document = read(case)
    if isinstance(document, NotAFeed):
        assert {"outcome": document.outcome} == expected
    else:
        assert [told(entry) for entry in document.entries] == expected


@pytest.mark.parametrize(
    ("case", "detail"),
    [
        ("not-xml-json.xml", "set type: json"),
        ("not-xml-sitemap.xml", "set type: sitemap"),
        ("not-sitemap.sitemap", "set type: feed"),
        ("json-not.json", "set type: feed"),
        ("index.sitemap", "such as https://case.example/new.xml"),
    ],
)
def test_a_document_of_another_kind_says_what_to_configure(case: str, detail: str) -> None:
    document = read(FOLDER / case)
    assert isinstance(document, NotAFeed)
    assert detail in document.detail


def test_an_id_depends_neither_on_scheme_nor_www_nor_on_the_field_that_it_stands_in() -> None:
    def ids(item: str) -> str:
        return parse(f"<rss version='2.0'><channel><item>{item}</item></channel></rss>".encode())[0].article_id

    plain = ids("<link>http://case.example/1</link><guid>7</guid>")
    assert plain == ids("<link>https://www.case.example/1?utm_source=x</link>")
    assert plain == ids("<guid isPermaLink='false'>https://case.example/1</guid>")
    assert plain != ids("<guid isPermaLink='false'>7</guid>")


def test_an_opaque_link_tells_items_apart_without_being_a_page() -> None:
    (entry,) = parse((FOLDER / "google-news.xml").read_bytes())
    link = "https://news.google.com/rss/articles/CBMiabc"
    assert entry.url is None
    assert entry.article_id == article_id("wire", url=link + "?oc=5", guid=None, title=None, dated=None)


@pytest.mark.parametrize(
    ("head", "update_s"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<sy:updatePeriod> hourly </sy:updatePeriod>", 3600),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 21_600),
        ("<sy:updatePeriod>dayly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 86_400),
        ("<sy:updatePeriod>always</sy:updatePeriod>", None),
        ("", None),
    ],
)
def test_how_often_a_feed_says_that_it_changes(head: str, update_s: float | None) -> None:
    namespace = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"
    body = f"<rss version='2.0' {namespace}><channel>{head}<title>T</title></channel></rss>".encode()
    document = read_feed(body, feed=FEED, url=URL, content_type=None)
    assert isinstance(document, FeedDocument)
    assert (document.update_s, document.title) == (update_s, "T")


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'><channel>" + b"<item/>" * 200_000,
        b"<rss version='2.0'><channel><item>" + b"<a>" * 200_000,
        gzip.compress(b" " * 60_000_000, 1),
        gzip.compress(b" " * 1_000_000, 1) * 60,
        gzip.compress(b"") * 500_000,
    ],
    ids=["items", "nested", "bomb", "bombs", "members"],
)
def test_what_would_take_minutes_is_too_large(body: bytes) -> None:
    began = time.monotonic()
    document = read_feed(body, feed=FEED, url=URL, content_type=None)
    assert isinstance(document, NotAFeed)
    assert document.outcome == "too_large"
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "item",
    [
        b"<author>" + b"a" * 300_000 + b"</author>",
        b"".join(b"<category>%d</category>" % n for n in range(5_000)),
        b"<description><![CDATA[<p>" + b"<!--" * 500_000 + b"</p>]]></description>",
        b"<guid>" + b" " * 1_000_000,
    ],
    ids=["author", "categories", "comments", "spaces"],
)
def test_what_takes_feedparser_the_square_of_its_length_is_read_in_seconds(item: bytes) -> None:
    began = time.monotonic()
    read_feed(
        b"<rss version='2.0'><channel><item>" + item + b"</item></channel></rss>", feed=FEED, url=URL, content_type=None
    )
    assert time.monotonic() - began < 20


def test_an_id_follows_the_link_else_the_guid_else_title_and_date() -> None:
    bare = parse((FOLDER / "bare.xml").read_bytes())
    assert bare[0].article_id == bare[1].article_id
    assert len({entry.article_id for entry in bare}) == 5
    again = parse((FOLDER / "bare.xml").read_bytes())
    assert [entry.article_id for entry in again] == [entry.article_id for entry in bare]


@pytest.mark.parametrize(
    "content_type", ["text/html", "application/octet-stream", "text/xml; charset=us-ascii", "", ";;;"]
)
def test_a_wrong_content_type_harms_nothing(content_type: str) -> None:
    body = (FOLDER / "windows-1251.xml").read_bytes()
    assert parse(body, content_type)[0].title == parse(body)[0].title


@pytest.mark.parametrize("tail", [b"", b"\x00" * 10, b"\x1f\x8bbroken"])
def test_a_gzip_file_of_several_members_is_one_document(tail: bytes) -> None:
    body = (FOLDER / "rss2.xml").read_bytes()
    members = [gzip.compress(part) for part in (b"", body[:200], body[200:])]
    assert parse(b"".join(members) + tail) == parse(body)


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


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.lists(FRAGMENTS, max_size=25).map(b"".join)), st.text(max_size=20))
def test_nothing_makes_it_raise(body: bytes, content_type: str) -> None:
    entries = read_feed(body, feed=FEED, url=URL, content_type=content_type)
    if not isinstance(entries, NotAFeed):
        assert all(entry.article_id for entry in entries.entries)


def test_deep_nesting_makes_it_neither_raise_nor_hang() -> None:
    for body in (
        b"<a>" * 4_000,
        b"<rss><channel><item>" + b"<b>" * 4_000,
        b"<rss><item><description>" + b"&lt;b>" * 4_000,
    ):
        began = time.monotonic()
        read_feed(body, feed=FEED, url=URL, content_type=None)
        assert time.monotonic() - began < 10


@pytest.mark.needs_shared
def test_the_real_feeds_give_the_entries_that_were_counted_by_hand(shared: Path) -> None:
    counts = tomllib.loads((Path(__file__).parent / "real_feed_counts.toml").read_text(encoding="utf-8"))
    files = [file for file in sorted((shared / "data" / "feeds").glob("*.*")) if file.suffix != ".txt"]
    listed = {file.name: read_feed(file.read_bytes(), feed=FEED, url=URL, content_type=None) for file in files}
    assert len(files) == 49
    read = {name: len(one.entries) for name, one in listed.items() if isinstance(one, FeedDocument)}
    assert read == counts["entries"]
    assert sorted(set(listed) - set(read)) == counts["no_feeds"]
