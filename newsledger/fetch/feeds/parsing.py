"""The way in: the bytes of a feed document of any kind, and what it lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.fetch.feeds.document import FeedDocument, NotAFeed
from newsledger.fetch.feeds.xml import read_xml
from newsledger.fetch.text import charset_of, html_to_text

if TYPE_CHECKING:
    from newsledger.fetch.text import Charset
    from newsledger.records.config import Feed

_EXCERPT = 60


def read_feed(body: bytes, *, feed: Feed, url: str, content_type: str | None) -> FeedDocument | NotAFeed:
    """Read a document of the kind that `feed.type` names; never raises, whatever the bytes.

    `url` is where the document came from: links are resolved against it. A feed may list nothing; a document of
    another kind is `not_a_feed`, with a detail that says what it is.
    """
    if not body.strip():
        return NotAFeed(outcome="empty", detail=f"{len(body)} bytes, none of them text")
    charset = charset_of(body, content_type)
    try:
        document = read_xml(body, charset, feed_id=feed.id, url=url)
    except Exception as error:  # noqa: BLE001 - the parsers raise almost anything over hostile bytes
        told = f"can't be parsed ({type(error).__name__}): {_describe(body, charset)}"
        return NotAFeed(outcome="not_a_feed", detail=told)
    return document or NotAFeed(outcome="not_a_feed", detail=_describe(body, charset))


def _describe(body: bytes, charset: Charset) -> str:
    """Say what a document is that is no feed."""
    start = " ".join(html_to_text(body[:4096].decode(charset.name, errors="replace")).split())
    kind = "an HTML page" if b"<html" in body[:1024].lower() else "no feed"
    return f"{len(body)} bytes, {kind}: {start[:_EXCERPT]!r}"
