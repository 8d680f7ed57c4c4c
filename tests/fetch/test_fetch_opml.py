"""Lists of feeds as OPML."""

from __future__ import annotations

from newsledger.fetch.feeds.document import NotAFeed
from newsledger.fetch.feeds.opml import Subscription, read_opml, write_opml
from newsledger.records.config import Feed

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.1"><head><title>Mine</title></head><body>
<outline text="state"><outline text="Far East"><outline text="Harbour &amp; sea" xmlUrl="https://harbour.example/feed"/></outline></outline>
<outline TEXT="No title here" type="rss" XMLURL="http://old.example/rss" category="/wire" language="en-us"/>
<outline text="again" xmlUrl="HTTP://OLD.example:80/rss"/>
<outline xmlUrl="https://nameless.example/feed"/>
<outline text="a folder"/>
<outline text="off" xmlUrl="https://off.example/" isComment="true"/>
<outline text="file" xmlUrl="file:///etc/passwd"/><outline text="script" xmlUrl="javascript:alert(1)"/>
</body></opml>"""


def test_a_list_gives_each_feed_once_with_the_folder_that_it_is_in() -> None:
    assert read_opml(LIST) == (
        Subscription(url="https://harbour.example/feed", title="Harbour & sea", category="Far East"),
        Subscription(url="http://old.example/rss", title="No title here", category="wire", language="en"),
        Subscription(url="https://nameless.example/feed"),
    )


def test_addresses_with_bare_ampersands_are_read_as_they_are_meant() -> None:
    listed = b"""<opml><body><outline text="Q&A &#38; &quot;M&amp;N&quot; &nbsp;"
        xmlUrl="https://a.example/feed?id=1&copy=2&amp;lang=en&AMP;y"/></body></opml>"""
    assert read_opml(listed) == (
        Subscription(url="https://a.example/feed?id=1&copy=2&lang=en&AMP;y", title='Q&A & "M&N" &nbsp;'),
    )


def test_what_is_written_reads_back() -> None:
    feeds = [
        Feed(id="a", name="A & <B> \"c\" 'd'", kind="state", url="https://a.example/?x=1&y=2", language="be"),
        Feed(id="b", name="B\x00", kind="wire", url="https://b.example/feed.json", type="json"),
        Feed(id="c", name="C", kind="wire", url="https://c.example/map.xml", type="sitemap"),
        Feed(id="d", name="D", kind="wire", url="https://d.example/", enabled=False, note="gone"),
    ]
    written = write_opml("Mine & yours", feeds)
    assert read_opml(written.encode()) == (
        Subscription(url=feeds[0].url, title=feeds[0].name, category="state", language="be"),
        Subscription(url=feeds[1].url, title="B", category="wire", language="en", type="json"),
        Subscription(url=feeds[2].url, title="C", category="wire", language="en", type="sitemap"),
    )
    assert "Mine &amp; yours" in written
    assert "https://d.example/" in written


def test_what_is_no_list_or_would_do_harm_is_refused() -> None:
    laughs = b'<!DOCTYPE opml [<!ENTITY a "ha">]><opml><body><outline xmlUrl="https://a.example/&a;"/></body></opml>'
    for body in (b"", b"<html/>", b"{}", laughs, b"<opml>" + b" " * 10_000_000):
        assert isinstance(read_opml(body), NotAFeed)
    assert read_opml(b"<opml>" + b"<outline>" * 50_000) == ()
