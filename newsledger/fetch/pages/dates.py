"""When an article was published, by what its page states; a day must be stated as a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from htmldate import find_date
from lxml import etree

from newsledger.fetch.dates import read_feed_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    _Metas = Mapping[str, list[str]]

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "pub_date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "date.available",
    "dcterms.created", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "date.created", "sailthru.date",
    "prism.publicationdate", "citation_publication_date", "date", "article.published", "cxenseparse:recs:publishtime"
)  # fmt: skip
_TIMES = '//time[@datetime and (@pubdate or @itemprop="datePublished" or contains(@class, "publish"))]/@datetime'
_ANY_TIMES = "(//article//time | //main//time | //header//time)/@datetime"
_SPACED_OFFSET = re.compile(r"\s+([+-]\d\d:?\d\d)$")
_DAY = re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}|\d{8}")
_ZONE = re.compile(r"(?:[+-]\d\d:?\d\d|z|[a-z]{3,4})\s*$", re.IGNORECASE)
_CLOCK = re.compile(r"\d:\d\d")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?:/|$)")
_URL_DATE_DASHED = re.compile(r"[/-]((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[/-]|$)")
# The far limit keeps the machine's clock out of htmldate; with a near one, a date beyond it turns into the first of its
# month. The extensive search takes any date in the text for the article's.
_FAR = "2100-01-01"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment in UTC, where the page states it, and whether that names a time without its zone, here read as UTC."""

    moment: datetime
    origin: str
    is_naive: bool = False


def read_date(text: str, origin: str) -> Dated | None:
    """Read a date or time that a page gives to machines; None unless it states a day."""
    stated = _SPACED_OFFSET.sub(r"\1", text.strip())
    if not _DAY.search(stated) and not any(name[:3] in stated.lower() for name in _MONTHS):
        return None
    moment = read_feed_date(stated)
    return Dated(moment, origin, bool(_CLOCK.search(stated)) and not _ZONE.search(stated)) if moment else None


def published_of(
    tree: HtmlElement, linked: str | None, metas: Mapping[str, list[str]], url: str | None
) -> Dated | None:
    """Find when the article was published, by the first source that states it; as claimed, believable or not."""
    return next(_claims(tree, linked, metas, url), None)


def _claims(tree: HtmlElement, linked: str | None, metas: _Metas, url: str | None) -> Iterator[Dated]:
    stated = [("jsonld", linked or ""), *(("meta", value) for name in _PUBLISHED for value in metas.get(name, ()))]
    for origin, text in stated:
        if dated := read_date(text, origin):
            yield dated
    for path in (_TIMES, _ANY_TIMES):
        for text in tree.xpath(path)[:5]:
            if dated := read_date(text, "html"):
                yield dated
    if dated := _of_url(url or ""):
        yield dated
    if dated := _searched(tree):
        yield dated


def _of_url(url: str) -> Dated | None:
    path = urlsplit(url).path
    found = _URL_DATE.search(path) or _URL_DATE_DASHED.search(path)
    try:
        year, month, day = map(int, found.groups()) if found else (0, 0, 0)
        return Dated(datetime(year, month, day, tzinfo=UTC), "url") if found else None
    except ValueError:
        return None


def _searched(tree: HtmlElement) -> Dated | None:
    """Let htmldate search the markup; a first of a month that it finds may be a mere month, unless it is written."""
    found = find_date(tree, original_date=True, extensive_search=False, outputformat="%Y-%m-%d", max_date=_FAR)
    day = datetime.fromisoformat(found).replace(tzinfo=UTC) if found else None
    if day is None or (day.day == 1 and not _is_written(day, tree)):
        return None
    return Dated(day, "html")


def _is_written(day: datetime, tree: HtmlElement) -> bool:
    month, year = _MONTHS[day.month - 1], day.year
    numbers = rf"{year}\D?0?{day.month}\D?0?1(?!\d)|(?<!\d)0?1\.0?{day.month}\.{year}"
    words = rf"(?<!\d)0?1(?:st)?\.? {month[:3]}\w*\.?,? {year}|{month[:3]}\w*\.? 0?1(?:st)?,? {year}"
    markup = etree.tostring(tree, encoding="unicode")
    return re.search(f"{numbers}|{words}", markup, re.IGNORECASE) is not None
