"""Article pages: HTML in, body and metadata out. trafilatura reads; nothing here touches the network.

Its time grows faster than the number of elements (200,000 paragraphs took two minutes), so that number has a cap; news
pages have a few thousand. What it logs is told by the outcome instead.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import load_html

from newsledger.fetch.dates import read_iso
from newsledger.fetch.text import decode
from newsledger.fetch.urls import canonical_url, resolve, same_host

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

    from newsledger.records.feeds import Outcome

_MAX_ELEMENTS = 40_000
_HTML_TYPES = ("text/html", "application/xhtml", "application/xml", "text/xml")
_SNIFFED_BYTES = 1024
# Dates are looked for in markup alone: the extensive search takes any date in the text for the article's. The far limit
# keeps the machine's clock out of it; with a near one, a date beyond it turns into the first of its month.
_DATES = {
    "original_date": True,
    "extensive_search": False,
    "outputformat": "%Y-%m-%dT%H:%M:%S%z",
    "max_date": "2100-01-01",
}

for _name in ("trafilatura", "htmldate", "charset_normalizer"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an article's page says: the body, paragraphs separated by line ends, and what it says of itself.

    `url` is the address the page gives as its canonical one, where that is on the same host and no mere front page.
    """

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPage:
    """Why a document gives no article."""

    outcome: Outcome
    detail: str


def read_page(body: bytes, *, content_type: str | None, url: str | None) -> Page | NoPage:
    """Read the article out of a page's bytes; never raises, whatever they are. Its date is as the page claims it."""
    if not body.strip():
        return NoPage(outcome="empty", detail=f"{len(body)} bytes, none of them text")
    if not _is_html(body, content_type):
        return NoPage(outcome="not_html", detail=f"{content_type or 'no content type'}, {len(body)} bytes")
    return read_html(decode(body, content_type), url=url)


def read_html(markup: str, *, url: str | None) -> Page | NoPage:
    """Read the article out of a page's HTML; never raises, whatever it is."""
    try:
        tree = load_html(markup)
        if tree is None:
            return NoPage(outcome="not_html", detail="holds no HTML document")
        if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
            return NoPage(outcome="too_large", detail=f"more than {_MAX_ELEMENTS:,} elements")
        return _read_tree(tree, url)
    except Exception as error:  # noqa: BLE001 - hostile HTML makes the extractors raise almost anything
        return NoPage(outcome="no_text", detail=f"can't be read ({type(error).__name__})")


def _read_tree(tree: HtmlElement, url: str | None) -> Page | NoPage:
    found = bare_extraction(tree, url=url, include_comments=False, with_metadata=True, date_extraction_params=_DATES)
    text = (found.text or "").strip() if isinstance(found, Document) else ""
    if not isinstance(found, Document) or not text:
        return NoPage(outcome="no_text", detail="no article found on the page")
    return Page(
        text=text,
        title=" ".join((found.title or "").split()) or None,
        authors=tuple(dict.fromkeys(name for part in (found.author or "").split(";") if (name := part.strip()))),
        published=read_iso(found.date) if found.date else None,
        language=(tree.get("lang") or "").replace("_", "-").split("-")[0].strip().lower() or None,
        url=_canonical(tree, url),
    )


def _canonical(tree: HtmlElement, url: str | None) -> str | None:
    """Read rel=canonical; a site that names its front page on every page means nothing by it."""
    for link in tree.xpath('//link[@rel="canonical"]/@href'):
        named = resolve(url or "", str(link))
        canonical = canonical_url(named) if named else None
        if canonical and urlsplit(canonical).path != "/" and (url is None or same_host(canonical, url)):
            return canonical
    return None


def _is_html(body: bytes, content_type: str | None) -> bool:
    """Go by the content type, and by the first bytes where there is none or where it is wrong about text."""
    declared = (content_type or "").strip().lower()
    start = body[:_SNIFFED_BYTES].lower()
    looks_html = b"<html" in start or b"<!doctype html" in start
    return looks_html or declared.startswith(_HTML_TYPES)
