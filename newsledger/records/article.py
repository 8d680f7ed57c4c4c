"""What the fetch stage hands on: one article, or the named reason why there is none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

PublishedFrom = Literal["given", "feed", "html", "dateline", "text", "fetched", "unknown"]
Origin = Literal["seed", "feed", "file"]
TextFrom = Literal["file", "page", "feed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something about an article that a reader should know; `code` is one word in snake_case."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news article as stored (schema.org NewsArticle, where it has the field).

    `text` is the body, verbatim; every offset of every record counts its code points. `title` is no part of it.
    All times are aware and in UTC. `source` is the id of a feed or outlet. `published_from` says where `published`
    comes from, `text_from` where the text does: a file, the article's page, or the feed's own text as a last resort.
    `origins` says of other fields of a fetched article where each was found: pairs of a field's name and a short word
    such as feed, jsonld, meta, html, url; for `text` the extractor that found it, for `charset` the rule that won.
    """

    article_id: str
    text: str
    revision: int = 1
    url: str | None = None
    title: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None
    published: datetime | None = None
    published_from: PublishedFrom = "unknown"
    modified: datetime | None = None
    fetched: datetime | None = None
    origin: Origin = "file"
    text_from: TextFrom = "file"
    origins: tuple[tuple[str, str], ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text in hexadecimal: what tells a revision from a mere re-read."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
