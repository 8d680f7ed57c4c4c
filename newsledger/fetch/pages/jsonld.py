"""What a page says of its article in JSON-LD (schema.org NewsArticle and its kin), however badly it is written."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_ARTICLES = re.compile(r"(?:.*Article|Report|BlogPosting|LiveBlogPosting)", re.IGNORECASE)
# What hangs on an article and may have titles, dates and authors of its own.
_OTHERS = frozenset(
    {"image", "video", "author", "publisher", "comment", "liveBlogUpdate", "itemListElement", "isPartOf", "mentions"}
)
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


def read_linked(tree: HtmlElement) -> Linked:
    """Read the article out of a page's JSON-LD; an empty one where there is none. Never raises."""
    found = [node for node in _nodes(tree) if _is_article(node)]
    node = next((one for one in found if one.get("datePublished")), found[0] if found else {})
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


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Walk the objects of all scripts, outer ones first, past what only hangs on an article."""
    queue = [_load(script.text or "") for script in tree.iter("script") if "ld+json" in (script.get("type") or "")]
    for node in queue:
        if len(queue) > _MOST_NODES:
            return
        if isinstance(node, dict):
            yield node
            queue += [value for name, value in node.items() if name not in _OTHERS and isinstance(value, dict | list)]
        elif isinstance(node, list):
            queue += node


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
