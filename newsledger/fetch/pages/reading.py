"""Article pages: HTML in; body, metadata, or the name of what stands in the way out. Nothing here touches the network.

The extractors' time grows faster than the number of elements (200,000 paragraphs took two minutes), so that number has
a cap; news pages have a few thousand. What they log is told by the outcome instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trafilatura.utils import load_html

from newsledger.fetch.pages.bodies import read_body
from newsledger.fetch.pages.jsonld import read_linked
from newsledger.fetch.pages.metadata import read_metadata
from newsledger.fetch.pages.walls import wall_of
from newsledger.fetch.text import charset_of
from newsledger.records.article import Issue

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

    from newsledger.records.feeds import Outcome

_MAX_ELEMENTS = 40_000
_HTML_TYPES = ("text/html", "application/xhtml", "application/xml", "text/xml")
_SNIFFED_BYTES = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an article's page says: the body, paragraphs separated by line ends, and what it says of itself.

    `url` is the address the page gives as its canonical one, where that can be believed. `origins` are pairs of a
    field's name and where it was found (see Article). `issues` tell what a reader should know: `page_paywalled`, where
    the body is a mere teaser; `naive_date`, where the time names no zone and was read as UTC.
    """

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    language: str | None = None
    url: str | None = None
    origins: tuple[tuple[str, str], ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def is_teaser(self) -> bool:
        """Tell whether a paywall left only the beginning of the article."""
        return any(issue.code == "page_paywalled" for issue in self.issues)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPage:
    """Why a document gives no article."""

    outcome: Outcome
    detail: str


def read_page(body: bytes, *, content_type: str | None, url: str | None) -> Page | NoPage:
    """Read the article out of a page's bytes; never raises, whatever they are. Its dates are as the page claims them.

    `url` is where the redirects ended.
    """
    if not body.strip():
        return NoPage(outcome="empty", detail=f"{len(body)} bytes, none of them text")
    if not _is_html(body, content_type):
        return NoPage(outcome="not_html", detail=f"{content_type or 'no content type'}, {len(body)} bytes")
    charset = charset_of(body, content_type)
    page = read_html(body.decode(charset.name, errors="replace"), url=url)
    return page if isinstance(page, NoPage) else replace(page, origins=(*page.origins, ("charset", charset.rule)))


def read_html(markup: str, *, url: str | None) -> Page | NoPage:
    """Read the article out of a page's HTML; never raises, whatever it is."""
    try:
        tree = load_html(markup)
        if tree is None:
            return NoPage(outcome="not_html", detail="holds no HTML document")
        if tree.xpath("count(//*)") > _MAX_ELEMENTS:
            return NoPage(outcome="too_large", detail=f"more than {_MAX_ELEMENTS:,} elements")
        return _read_tree(tree, url)
    except Exception as error:  # noqa: BLE001 - hostile HTML makes the extractors raise almost anything
        return NoPage(outcome="no_text", detail=f"can't be read ({type(error).__name__})")


def _read_tree(tree: HtmlElement, url: str | None) -> Page | NoPage:
    linked = read_linked(tree, url)
    said = read_metadata(tree, linked, url)
    body = read_body(tree, url, linked.body, said.headlines, said.descriptions)
    text = body.text if body else ""
    wall = wall_of(tree, linked, text, url)
    if wall and (wall[0] != "paywalled" or not text):
        return NoPage(outcome=wall[0], detail=wall[1])
    if not body:
        return NoPage(outcome="no_text", detail="no article found on the page")
    issues = [Issue(code="page_paywalled", detail=wall[1])] if wall else []
    if said.published and said.published.is_naive:
        issues.append(Issue(code="naive_date", detail="the page's time names no zone and was read as UTC"))
    return Page(
        text=text,
        title=said.title,
        authors=said.authors,
        section=said.section,
        published=said.published.moment if said.published else None,
        modified=said.modified.moment if said.modified else None,
        language=said.language,
        url=said.url,
        origins=(*said.origins, ("text", body.origin)),
        issues=tuple(issues),
    )


def _is_html(body: bytes, content_type: str | None) -> bool:
    """Go by the content type, and by the first bytes where there is none or where it is wrong about text."""
    declared = (content_type or "").strip().lower()
    start = body[:_SNIFFED_BYTES].lower()
    looks_html = b"<html" in start or b"<!doctype html" in start
    return looks_html or declared.startswith(_HTML_TYPES)
