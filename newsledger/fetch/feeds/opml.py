"""OPML 2.0 (opml.org), the form in which readers of feeds exchange their lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from newsledger.fetch.feeds.document import NotAFeed
from newsledger.fetch.feeds.entries import primary_language
from newsledger.fetch.text import clean, decode
from newsledger.fetch.urls import canonical_url, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsledger.records.config import Feed, FeedType

# What other programs know is `rss`; the rest is for ourselves.
_TYPES: Final[dict[FeedType, str]] = {"feed": "rss", "json": "json", "sitemap": "sitemap"}
_MOST_BYTES = 10_000_000
# What starts no reference that XML knows; programs write addresses as they are.
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed of a list. `category` is where it is filed: its own category, else the folder around it."""

    url: str
    title: str | None = None
    language: str | None = None
    category: str | None = None
    type: FeedType = "feed"


def read_opml(body: bytes) -> tuple[Subscription, ...] | NotAFeed:
    """Give the feeds of a list in its order, each address once; what is commented out is left out. Never raises."""
    if len(body) > _MOST_BYTES:
        return NotAFeed(outcome="too_large", detail=f"{len(body)} bytes, more than a list of feeds can have")
    text = clean(decode(body, None)).lstrip("\ufeff \t\r\n")
    if "<!ENTITY" in text:
        return NotAFeed(outcome="not_a_feed", detail="it defines entities, which no list of feeds needs")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(_BARE_AMPERSAND.sub("&amp;", text).encode(), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or not isinstance(root.tag, str) or root.tag.lower() != "opml":
        return NotAFeed(outcome="not_a_feed", detail="no OPML")
    listed: dict[str | None, Subscription] = {}
    for outline in root.iter("outline"):
        if subscription := _subscription(outline):
            listed.setdefault(canonical_url(subscription.url), subscription)
    return tuple(listed.values())


def _subscription(outline: etree._Element) -> Subscription | None:
    said = _said(outline)
    url = resolve("", said.get("xmlurl", ""))
    if url is None or said.get("iscomment") == "true":
        return None
    parent = outline.getparent()
    folder = _said(parent).get("text") if parent is not None and parent.tag == "outline" else None
    return Subscription(
        url=url,
        title=" ".join((said.get("title") or said.get("text", "")).split()) or None,
        language=primary_language(said.get("language")),
        category=said.get("category", "").strip("/") or folder or None,
        type=next((ours for ours, theirs in _TYPES.items() if theirs == said.get("type", "").lower()), "feed"),
    )


def _said(outline: etree._Element) -> dict[str, str]:
    """Give the attributes; programs write their names in any case."""
    return {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}


def write_opml(title: str, feeds: Iterable[Feed]) -> str:
    """Write a list of feeds; their kind is their category, those that are disabled are commented out."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">',
        f"  <head>\n    <title>{escape(clean(title))}</title>\n  </head>", "  <body>",
    ]  # fmt: skip
    for feed in feeds:
        said = {
            "type": _TYPES[feed.type],
            "text": feed.name,
            "title": feed.name,
            "xmlUrl": feed.url,
            "language": feed.language,
            "category": f"/{feed.kind}",
        } | ({} if feed.enabled else {"isComment": "true"})
        lines.append(
            "    <outline " + " ".join(f"{name}={quoteattr(clean(value))}" for name, value in said.items()) + "/>"
        )
    return "\n".join([*lines, "  </body>", "</opml>", ""])
