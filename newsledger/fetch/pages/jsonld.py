"""What a page says of its article in JSON-LD (schema.org NewsArticle and its kin), however badly it is written."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsledger.fetch.pages.lines import key_of
from newsledger.fetch.urls import canonical_url, resolve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.html import HtmlElement

_ARTICLES = re.compile(r"(?:.*Article|Report|BlogPosting|LiveBlogPosting)", re.IGNORECASE)
# What hangs on an article and may have titles, dates and authors of its own.
_OTHERS = frozenset(
    {
        "image", "video", "author", "publisher", "comment", "liveBlogUpdate", "itemListElement", "isPartOf", "mentions",
        "relatedLink", "significantLink", "hasPart", "citation", "isBasedOn", "about", "subjectOf"
    }
)  # fmt: skip
# Headlines are cut, and the site's name put behind them; a beginning of so many characters tells one.
_TELLING = 20
_MOST_NODES = 5_000
_DIGITS = 8
# No field but the body is longer, whatever a page puts there.
_LONGEST = 2_000
# Comment marks around the JSON, a comma too many, a semicolon at the end.
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|;)\s*$", re.DOTALL)
_LOOSE_COMMA = re.compile(r",\s*(?=[}\]])")
# From JSON that can't be mended, the plain fields still can be had.
_PLAIN = re.compile(r'"(datePublished|dateModified|articleSection|inLanguage)"\s*:\s*"((?:[^"\\]|\\["\\/nrt]){1,300})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What JSON-LD tells of an article, as it is written there; `is_free` is None where nothing is said of it."""

    headline: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    section: str | None = None
    language: str | None = None
    published: str | None = None
    modified: str | None = None
    body: str | None = None
    words: int | None = None
    url: str | None = None
    is_free: bool | None = None


def read_linked(tree: HtmlElement, url: str | None) -> Linked:
    """Read the article out of a page's JSON-LD; an empty one where there is none. Never raises.

    Of several it is the one that has the page's headline or address, else the outermost; a date decides between equals.
    """
    headlines = {key for line in _headlines(tree) if (key := key_of(line))}
    address = _bare(url, url)
    found = [(_is_own(node, headlines, address, url), depth, node) for depth, node in _nodes(tree) if _is_article(node)]
    node = min(found, key=_rank)[2] if found else {}
    body = node.get("articleBody")
    words = str(node.get("wordCount"))
    return Linked(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        description=_text(node.get("description")),
        authors=_names(node.get("author")) or _names(node.get("creator")),
        publisher=next(iter(_names(node.get("publisher"))), None),
        section=_text(node.get("articleSection")),
        language=_text(node.get("inLanguage")),
        published=_text(node.get("datePublished")),
        modified=_text(node.get("dateModified")),
        body=body if isinstance(body, str) else None,
        words=int(words) if words.isdecimal() and len(words) < _DIGITS else None,
        url=_text(node.get("url")) or _text(node.get("mainEntityOfPage")),
        is_free=_is_free(node),
    )


def _rank(found: tuple[bool, int, dict[str, Any]]) -> tuple[int, ...]:
    is_own, depth, node = found
    undated = int(not node.get("datePublished"))
    return (0, undated, depth) if is_own else (1, depth, undated)


def _headlines(tree: HtmlElement) -> Iterator[str]:
    yield from (heading.text_content() for heading in tree.iter("h1"))
    yield from map(str, tree.xpath('//meta[@property="og:title" or @name="og:title"]/@content'))


def _is_own(node: dict[str, Any], headlines: Collection[str], address: str | None, url: str | None) -> bool:
    key = key_of(_text(node.get("headline")) or _text(node.get("name")) or "")
    starts = (min((key, line), key=len) for line in headlines if key.startswith(line) or line.startswith(key))
    if any(start and (len(start) >= _TELLING or start == key) for start in starts):
        return True
    claims = (_bare(_text(node.get(name)), url) for name in ("url", "mainEntityOfPage"))
    return address is not None and address in claims


def _bare(claim: str | None, url: str | None) -> str | None:
    """Give an address as far as two writings of it agree."""
    found = canonical_url(resolve(url or "", claim) or "") if claim else None
    return found and found.partition("://")[2].removeprefix("www.").rstrip("/")


def _nodes(tree: HtmlElement) -> Iterator[tuple[int, dict[str, Any]]]:
    """Walk the objects of all scripts, outer ones first, each with its depth, past what only hangs on an article."""
    queue: list[tuple[int, Any]] = [
        (0, _load(script.text or "")) for script in tree.iter("script") if "ld+json" in (script.get("type") or "")
    ]
    for depth, node in queue:
        if len(queue) > _MOST_NODES:
            return
        if isinstance(node, dict):
            yield depth, node
            queue += [
                (depth + (name != "@graph"), value)
                for name, value in node.items()
                if name not in _OTHERS and isinstance(value, dict | list)
            ]
        elif isinstance(node, list):
            queue += [(depth, one) for one in node]


def _load(text: str) -> Any:  # noqa: ANN401 - JSON is anything
    mended = _LOOSE_COMMA.sub("", _WRAPPING.sub("", text))
    for candidate in (text, mended):
        try:
            return json.JSONDecoder(strict=False).raw_decode(candidate.strip())[0]
        except (ValueError, RecursionError):
            continue
    plain = dict(reversed(_PLAIN.findall(text)))
    return {"@type": "Article", **plain} if plain else None


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    return any(
        isinstance(one, str) and _ARTICLES.fullmatch(one) for one in (types if isinstance(types, list) else [types])
    )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str | None:
    """Give a value as text: of a list its first, of an object its name or address."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@id") or value.get("@value")
    return value[:_LONGEST].strip() or None if isinstance(value, str) else None


def _names(value: object) -> tuple[str, ...]:
    names = [one.get("name") if isinstance(one, dict) else one for one in _listed(value)]
    flat = [name for one in names for name in _listed(one)]
    return tuple(name[:_LONGEST] for name in flat if isinstance(name, str) and name.strip())


def _is_free(node: dict[str, Any]) -> bool | None:
    """Tell whether the article may be read by all; a part that may not be is its body."""
    parts = node.get("hasPart")
    said = [
        part.get("isAccessibleForFree")
        for part in (parts if isinstance(parts, list) else [parts])
        if isinstance(part, dict)
    ]
    claims = {str(claim).strip().lower().rpartition("/")[2] for claim in (node.get("isAccessibleForFree"), *said)}
    return False if "false" in claims else True if "true" in claims else None
