"""The address by which a page wants to be known, as far as it can be believed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from newsledger.fetch.urls import canonical_url, host_of, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

# Prefixes under which one site serves the same article.
_TWINS = ("www.", "amp.", "m.", "mobile.")
_AMP_STEPS = frozenset({"amp", "amp.html", "index.amp.html"})
_AMP_ENDING = re.compile(r"[._-]amp(?=\.html?$|$)")
_AMP_QUERY = frozenset({"amp", "amp=1", "amp=true", "outputtype=amp", "output=amp", "view=amp", "service=amp"})
# Steps of a path that part one article.
_PAGES = re.compile(r"\d{1,2}|page-?\d{0,3}|p\d{1,2}|print|index")
_PAGE_PAIR = re.compile(r"(?:page|p|print)=\d{0,2}")
# A path's last step that tells an article by itself: a number, or a headline's words.
_TELLING = re.compile(r".*\d{5}.*|(?:[^\W_]+[-_]){3,}[^\W_]+.*")


def canonical_of(tree: HtmlElement, claims: Iterable[str], url: str | None) -> tuple[str, str] | None:
    """Give the canonical address a page names, and whether a link or a meta element does (`html`, `meta`).

    It must be of the page's own site (`www.`, `m.` and `amp.` are one), no front page, nothing above the page (page
    numbers aside), and must not drop all parameters where only they tell which article is meant. Of an AMP page or of a
    twin host it must lead to the same article: the same last step of the path, AMP marks aside.
    """
    links = (("html", str(link)) for link in tree.xpath('//link[@rel="canonical"]/@href'))
    for origin, claim in (*links, *(("meta", claim) for claim in claims)):
        named = resolve(url or "", claim) if claim else None
        canonical = canonical_url(named) if named else None
        if canonical and (url is None or _agrees(canonical, url)) and _steps(canonical):
            return origin, _as_fetched(canonical, url)
    return None


def _agrees(canonical: str, url: str) -> bool:
    if _site(canonical) != _site(url):
        return False
    there, here = _steps(canonical), _steps(url)
    cut = here[len(there) :] if here[: len(there)] == there else []
    if cut and not all(map(_PAGES.fullmatch, cut)):
        return False
    if there == here and not any(map(_TELLING.fullmatch, here[-1:])) and _names(url) and not _names(canonical):
        return False
    is_twin = _is_amp(url) or host_of(canonical).removeprefix("www.") != host_of(url).removeprefix("www.")
    return not is_twin or there[-1:] == here[-1:]


def _site(url: str) -> str:
    host = host_of(url)
    return next((host.removeprefix(prefix) for prefix in _TWINS if host.startswith(prefix)), host)


def _is_amp(url: str) -> bool:
    parts = urlsplit(url)
    query = {pair.lower() for pair in parts.query.split("&")}
    steps = parts.path.lower().split("/")
    is_marked = bool(_AMP_STEPS.intersection(steps)) or _AMP_ENDING.search(parts.path.lower()) is not None
    return is_marked or host_of(url).startswith("amp.") or bool(_AMP_QUERY & query)


def _steps(url: str) -> list[str]:
    """Give the steps of an address's path without what marks AMP or an ending."""
    steps = [_AMP_ENDING.sub("", step) for step in urlsplit(url).path.lower().split("/") if step]
    return [step.removesuffix(".html").removesuffix(".htm") for step in steps if step not in _AMP_STEPS]


def _names(url: str) -> set[str]:
    """Give the parameters that may tell one article from another."""
    query = urlsplit(canonical_url(url) or "").query
    pairs = {pair.lower() for pair in query.split("&") if pair}
    return {pair for pair in pairs - _AMP_QUERY if not _PAGE_PAIR.fullmatch(pair)}


def _as_fetched(canonical: str, url: str | None) -> str:
    """Keep https where the page came over it, whatever the site's program still writes."""
    is_secured = (url or "").startswith("https:") and canonical.startswith("http:")
    return urlunsplit(urlsplit(canonical)._replace(scheme="https")) if is_secured else canonical
