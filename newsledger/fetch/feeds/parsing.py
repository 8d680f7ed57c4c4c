"""The way in: the bytes of a feed document of any kind, and what it lists."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

from newsledger.fetch.feeds.document import FeedDocument, NotAFeed
from newsledger.fetch.feeds.jsonfeed import read_json
from newsledger.fetch.feeds.sitemap import read_index, read_sitemap
from newsledger.fetch.feeds.xml import read_xml
from newsledger.fetch.text import charset_of, html_to_text

if TYPE_CHECKING:
    from newsledger.fetch.text import Charset
    from newsledger.records.config import Feed, FeedType

_READERS: Final = {"feed": read_xml, "json": read_json, "sitemap": read_sitemap}
_NAMES: Final = {"feed": "an XML feed", "json": "a JSON Feed", "sitemap": "a sitemap"}
_ROOTS: Final[dict[str, FeedType]] = {
    "rss": "feed", "rdf": "feed", "feed": "feed", "urlset": "sitemap", "sitemapindex": "sitemap"
}  # fmt: skip
_ROOT = re.compile(r"\s*(?:<[?!][^>]*>\s*|-->\s*)*<(?:\w+:)?(\w+)")
_LOOKED_AT = 4096
_EXCERPT = 60
_GZIP = b"\x1f\x8b"
# A gzip file is unpacked up to the size of the largest feed that makes sense.
_MOST_UNPACKED = 50_000_000
_MOST_MEMBERS = 1000


def read_feed(body: bytes, *, feed: Feed, url: str, content_type: str | None) -> FeedDocument | NotAFeed:
    """Read a document of the kind that `feed.type` names; never raises, whatever the bytes.

    `url` is where the document came from: links are resolved against it. A feed may list nothing; a document of
    another kind is `not_a_feed`, with a detail that says what it is; one that would take minutes is `too_large`.
    A file that is packed with gzip is unpacked.
    """
    unpacked = unpack(body)
    if unpacked is None:
        return NotAFeed(
            outcome="too_large", detail=f"a gzip file of more than {_MOST_UNPACKED} bytes or {_MOST_MEMBERS} members"
        )
    if not unpacked.strip():
        return NotAFeed(outcome="empty", detail=f"{len(body)} bytes, none of them text")
    charset = charset_of(unpacked, content_type)
    kind = kind_of(unpacked, charset)
    if kind and kind != feed.type:
        return NotAFeed(outcome="not_a_feed", detail=f"{_NAMES[kind]}: set type: {kind}")
    try:
        document = _READERS[feed.type](unpacked, charset, feed_id=feed.id, url=url)
    except Exception as error:  # noqa: BLE001 - the parsers raise almost anything over hostile bytes
        told = f"can't be parsed ({type(error).__name__}): {_describe(unpacked, charset)}"
        return NotAFeed(outcome="not_a_feed", detail=told)
    return document or NotAFeed(outcome="not_a_feed", detail=_describe(unpacked, charset))


def newest_sitemap(body: bytes, *, url: str, content_type: str | None) -> str | None:
    """Give the address of the sitemap that changed last, where the document is an index of them; never raises."""
    unpacked = unpack(body) or b""
    try:
        listed = read_index(unpacked, charset_of(unpacked, content_type), url=url)
    except Exception:  # noqa: BLE001 - the parser raises almost anything over hostile bytes; `read_feed` tells of it
        return None
    return listed[0].url if listed else None


def kind_of(body: bytes, charset: Charset) -> FeedType | None:
    """Tell by its beginning what kind of feed a document is; None where that can't be seen."""
    start = body[:_LOOKED_AT].decode(charset.name, errors="replace").lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        return "json" if "jsonfeed.org" in start or '"items"' in start else None
    root = _ROOT.match(start)
    return _ROOTS.get(root[1].lower()) if root else None


def unpack(body: bytes) -> bytes | None:
    """Unpack a gzip file (RFC 1952) of one member or several, up to where it is broken; give anything else as it is.

    None where it is too large.
    """
    if not body.startswith(_GZIP):
        return body
    unpacked, packed = bytearray(), body
    for _ in range(_MOST_MEMBERS):
        stream = zlib.decompressobj(wbits=31)
        try:
            unpacked += stream.decompress(packed, _MOST_UNPACKED - len(unpacked) + 1)
        except zlib.error:
            return bytes(unpacked) or body
        if len(unpacked) > _MOST_UNPACKED:
            return None
        packed = stream.unused_data
        if not packed.startswith(_GZIP):
            return bytes(unpacked)
    return None


def _describe(body: bytes, charset: Charset) -> str:
    """Say what a document is that is no feed."""
    start = " ".join(html_to_text(body[:_LOOKED_AT].decode(charset.name, errors="replace")).split())
    kind = "an HTML page" if b"<html" in body[:1024].lower() else "no feed"
    return f"{len(body)} bytes, {kind}: {start[:_EXCERPT]!r}"
