"""Sitemaps (sitemaps.org) and the news in them (Google's news extension), and the indexes that list sitemaps."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from newsledger.fetch.feeds.document import FeedDocument, NotAFeed
from newsledger.fetch.feeds.entries import make_entry, primary_language
from newsledger.fetch.feeds.months import read_date
from newsledger.fetch.text import clean, one_line
from newsledger.fetch.urls import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from newsledger.fetch.text import Charset
    from newsledger.records.feeds import FeedEntry

# The protocol's own limit.
_MOST_URLS = 50_000
_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A sitemap that an index lists, with the time of its last change where that is told."""

    url: str
    modified: datetime | None


def read_sitemap(body: bytes, charset: Charset, *, feed_id: str, url: str) -> FeedDocument | NotAFeed | None:
    """Read a sitemap; None for another document. An index lists no pages: it is no feed, and the detail says what is.

    Raises etree.LxmlError for what is no XML.
    """
    if listed := read_index(body, charset, url=url):
        newest = ", ".join(one.url for one in listed[:_NAMED])
        return NotAFeed(outcome="not_a_feed", detail=f"an index of {len(listed)} sitemaps: watch one, such as {newest}")
    entries: list[FeedEntry] = []
    title = None
    for page, news in _blocks(body, charset, "url"):
        title = title or one_line(news.get("name"))
        entries.append(_entry(page, news, feed_id, url))
        if len(entries) > _MOST_URLS:
            return NotAFeed(outcome="too_large", detail=f"a sitemap of more than {_MOST_URLS} pages")
    if not entries and b"urlset" not in body:
        return None
    return FeedDocument(entries=tuple(entries), charset=charset.name, charset_from=charset.rule, title=title)


def read_index(body: bytes, charset: Charset, *, url: str) -> tuple[Listed, ...]:
    """Give the sitemaps that an index lists, those changed last first; nothing for any other document.

    Raises etree.LxmlError for what is no XML.
    """
    listed = [
        Listed(url=found, modified=read_date(fields.get("lastmod")))
        for fields, _ in _blocks(body, charset, "sitemap")
        if (found := resolve(url, fields.get("loc", "")))
    ]
    return tuple(sorted(listed, key=lambda one: one.modified.timestamp() if one.modified else 0, reverse=True))


def _entry(page: dict[str, str], news: dict[str, str], feed_id: str, base: str) -> FeedEntry:
    return make_entry(
        feed_id=feed_id,
        base=base,
        link=page.get("loc"),
        title=one_line(news.get("title")),
        published=read_date(news.get("publication_date")),
        modified=read_date(page.get("lastmod")),
        language=primary_language(news.get("language")),
    )


def _blocks(body: bytes, charset: Charset, name: str) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Give what each element of this name says itself, and what the news in it says; images and videos don't count."""
    # Decoded first, since what the document says of its charset may be wrong.
    if b"<!ENTITY" in body:
        message = "it defines entities, which no sitemap needs"
        raise ValueError(message)
    utf8 = clean(body.decode(charset.name, errors="replace")).lstrip().encode()
    options = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False, "recover": True}
    for _, element in etree.iterparse(io.BytesIO(utf8), tag=f"{{*}}{name}", encoding="utf-8", **options):
        news = (part for one in element.iterchildren("{*}news") for part in one.iter("{*}*"))
        yield _fields(element.iterchildren("{*}*")), _fields(news)
        # What was read is let go, so that memory stays flat.
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _fields(parts: Iterable[etree._Element]) -> dict[str, str]:
    """Give what elements say by their local names; the first of each name counts."""
    fields: dict[str, str] = {}
    for part in parts:
        if part.text and part.text.strip():
            fields.setdefault(etree.QName(part).localname, part.text.strip())
    return fields
