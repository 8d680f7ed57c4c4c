"""What a page says of its article, and where it says so: JSON-LD first, then meta elements, then the markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from newsledger.fetch.pages.addresses import canonical_of
from newsledger.fetch.pages.authors import clean_authors
from newsledger.fetch.pages.dates import Dated, published_of, read_date
from newsledger.fetch.pages.lines import key_of
from newsledger.fetch.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.html import HtmlElement

    from newsledger.fetch.pages.jsonld import Linked

_Found = TypeVar("_Found")

# Names of meta elements in the order in which they are believed.
_TITLES = ("og:title", "twitter:title", "parsely-title", "dc.title", "sailthru.title")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_AUTHORS = (
    "author", "article:author_name", "article:author", "parsely-author", "byl", "dc.creator", "dcterms.creator",
    "sailthru.author", "mrf:authors", "cxenseparse:author", "citation_author"
)  # fmt: skip
_SECTIONS = ("article:section", "parsely-section", "og:section", "prism.section", "section", "sailthru.section")
_LANGUAGES = ("og:locale", "og:language", "content-language", "dc.language", "language")
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "last-modified",
    "last_modified", "lastmod", "dcterms.modified", "dc.date.modified", "date.modified", "parsely-update-date"
)  # fmt: skip
_SITES = ("og:site_name", "publisher", "dc.publisher", "application-name", "twitter:site")
_BYLINES = (
    '//*[@rel="author" or @itemprop="author" or contains(concat(" ", @class, " "), " byline ") or @class="author"]'
)
_BYLINE = 120
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
_BARS = re.compile(r"\s+[|\u2013\u2014»·-]\s+")
_SECTION = 60
_LEAST_TITLE = 15
# What is said of an article is no longer, whatever a page puts there.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says of its article; `origins` are pairs of a field's name and where it was found.

    `headlines` and `descriptions` are all that the page calls itself, to tell them from the body.
    """

    title: str | None
    authors: tuple[str, ...]
    section: str | None
    language: str | None
    published: Dated | None
    modified: Dated | None
    url: str | None
    headlines: tuple[str, ...]
    descriptions: tuple[str, ...]
    origins: tuple[tuple[str, str], ...]


def read_metadata(tree: HtmlElement, linked: Linked, url: str | None) -> Metadata:
    """Read a page's tree, before anything is taken out of it."""
    metas = _metas(tree)
    sites = tuple(one_line(name) or "" for name in (*_all(metas, _SITES), linked.publisher or ""))
    headlines = [line for heading in tree.iter("h1") if (line := " ".join(heading.text_content().split()))]
    title = _title(tree, linked, metas, headlines, sites)
    authors = _authors(tree, linked, metas, sites)
    section = _first((("jsonld", _section(linked.section)), ("meta", _section(_one(metas, _SECTIONS)))))
    language = _language(tree, linked, metas)
    published = published_of(tree, linked.published, metas, url)
    modified = _modified(linked, metas, published)
    address = canonical_of(tree, (*metas.get("og:url", ()), linked.url or ""), url)
    found = (("title", title), ("authors", authors), ("section", section), ("language", language), ("url", address))
    dated = (("published", published), ("modified", modified))
    return Metadata(
        title=title and title[1],
        authors=authors[1] if authors else (),
        section=section and section[1],
        language=language and language[1],
        published=published,
        modified=modified,
        url=address and address[1],
        headlines=tuple(
            line for line in (*headlines, title and title[1], linked.headline, *metas.get("og:title", ())) if line
        ),
        descriptions=tuple(one_line(text) or "" for text in (*_all(metas, _DESCRIPTIONS), linked.description or "")),
        origins=(
            *((name, one[0]) for name, one in found if one),
            *((name, one.origin) for name, one in dated if one),
        ),
    )


def _metas(tree: HtmlElement) -> Mapping[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        value = (element.get("content") or "").strip()[:_LONGEST]
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if value and (name := element.get(attribute)):
                metas.setdefault(name.strip().lower(), []).append(value)
    return metas


def _all(metas: Mapping[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _one(metas: Mapping[str, list[str]], names: Iterable[str]) -> str | None:
    return next(_all(metas, names), None)


def _first(claims: Iterable[tuple[str, _Found | None]]) -> tuple[str, _Found] | None:
    return next(((origin, value) for origin, value in claims if value), None)


def _title(
    tree: HtmlElement, linked: Linked, metas: Mapping[str, list[str]], headlines: list[str], sites: Iterable[str]
) -> tuple[str, str] | None:
    own = {key_of(site) for site in sites} - {""}
    element = tree.find(".//title")
    named = " ".join((element.text_content() if element is not None else "")[:_LONGEST].split())
    claims = (
        ("jsonld", one_line(linked.headline)),
        ("meta", one_line(_one(metas, _TITLES))),
        ("html", next((line for line in headlines if key_of(line) and key_of(line) in key_of(named)), None)),
        ("html", named or (headlines[0] if headlines else None)),
    )
    return _first((origin, _without_site(title or "", own, headlines)) for origin, title in claims)


def _without_site(title: str, own: set[str], headlines: list[str]) -> str:
    """Cut the name of the site off a title's end: what the page calls its site, or what its headline goes without."""
    for bar in reversed(list(_BARS.finditer(title))):
        head, tail = title[: bar.start()], title[bar.end() :]
        if key_of(tail) in own or head in headlines or ("|" in bar.group() and len(head) >= _LEAST_TITLE):
            return _without_site(head, own, headlines)
    return title


def _authors(
    tree: HtmlElement, linked: Linked, metas: Mapping[str, list[str]], sites: Iterable[str]
) -> tuple[str, tuple[str, ...]] | None:
    own = tuple(sites)
    named = (clean_authors(metas.get(name, ()), own) for name in _AUTHORS)
    stated = (
        ("jsonld", clean_authors(linked.authors, own)),
        ("meta", next((names for names in named if names), ())),
    )
    if found := _first(stated):
        return found
    # Last, since it looks at every element.
    lines = (" ".join(element.text_content().split()) for element in _bylines(tree))
    return _first([("html", clean_authors((line for line in lines if len(line) <= _BYLINE), own))])


def _bylines(tree: HtmlElement) -> list[HtmlElement]:
    """Find the first byline and those beside it; others are of other articles."""
    found = tree.xpath(_BYLINES)[:20]
    beside = found[0].getparent() if found else None
    return [one for one in found if one is found[0] or beside in (one.getparent(), *list(one.iterancestors())[1:2])]


def _section(name: str | None) -> str | None:
    line = one_line(name)
    is_name = line and len(line) <= _SECTION and "://" not in line and line.lower() != "uncategorized"
    return line if is_name else None


def _language(tree: HtmlElement, linked: Linked, metas: Mapping[str, list[str]]) -> tuple[str, str] | None:
    claims = (("html", tree.get("lang")), ("jsonld", linked.language), ("meta", _one(metas, _LANGUAGES)))
    codes = ((origin, _LANGUAGE.fullmatch((claim or "").strip())) for origin, claim in claims)
    return _first((origin, code and code[1].lower()) for origin, code in codes)


def _modified(linked: Linked, metas: Mapping[str, list[str]], published: Dated | None) -> Dated | None:
    """Read when the article was changed; what lies before its publication is a slip of the site's clocks."""
    claims = (("jsonld", linked.modified or ""), *(("meta", claim) for claim in _all(metas, _MODIFIED)))
    dates = (read_date(claim, origin) for origin, claim in claims)
    modified = next((dated for dated in dates if dated), None)
    return None if modified and published and modified.moment < published.moment else modified
