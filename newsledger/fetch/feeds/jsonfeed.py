"""JSON Feed, versions 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any

from newsledger.fetch.feeds.document import FeedDocument
from newsledger.fetch.feeds.entries import make_entry, primary_language
from newsledger.fetch.feeds.months import read_date
from newsledger.fetch.text import one_line
from newsledger.fetch.urls import canonical_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.fetch.text import Charset
    from newsledger.records.feeds import FeedEntry


class _Number(str):
    """A number as it is written: an id may be one, of any length."""

    __slots__ = ()


def read_json(body: bytes, charset: Charset, *, feed_id: str, url: str) -> FeedDocument | None:
    """Read a JSON Feed; None where the document is JSON of another kind. What an item says amiss counts as not said.

    Raises ValueError for what is no JSON, and RecursionError for what is nested too deeply.
    """
    text = body.decode(charset.name, errors="replace").removeprefix("\ufeff")
    feed = json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=lambda _: None, strict=False)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return None
    language = primary_language(_text(feed, "language"))
    return FeedDocument(
        entries=tuple(_entry(item, feed_id, url, language) for item in items if isinstance(item, dict)),
        charset=charset.name,
        charset_from=charset.rule,
        title=one_line(_text(feed, "title")),
    )


def _entry(item: dict[str, Any], feed_id: str, base: str, language: str | None) -> FeedEntry:
    modified = read_date(_text(item, "date_modified"))
    guid = str(item["id"]) if isinstance(item.get("id"), str) else None
    # An id should be the address of its item, says the specification.
    permalink = guid if guid and canonical_url(guid) else None
    return make_entry(
        feed_id=feed_id,
        base=base,
        link=_text(item, "url") or _text(item, "external_url") or permalink,
        guid=guid,
        title=html.unescape(_text(item, "title") or ""),
        published=read_date(_text(item, "date_published")) or modified,
        modified=modified,
        authors=_authors(item),
        language=primary_language(_text(item, "language")) or language,
        body_html=_body(item),
    )


def _authors(item: dict[str, Any]) -> Iterator[str | None]:
    """Give the names of `authors`, or of version 1.0's `author`."""
    authors = item.get("authors")
    for author in authors if isinstance(authors, list) else [item.get("author")]:
        yield _text(author, "name") if isinstance(author, dict) else None


def _body(item: dict[str, Any]) -> str | None:
    """Take the longest of the texts that the item carries, as HTML."""
    plain = [_text(item, key) for key in ("content_text", "summary")]
    as_html = [html.escape(text, quote=False).replace("\n", "<br>") for text in plain if text]
    return max([*as_html, _text(item, "content_html") or ""], key=len) or None


def _text(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) and not isinstance(value, _Number) and value.strip() else None
