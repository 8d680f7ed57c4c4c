"""What the entries of all kinds of feeds have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.fetch.text import clean, one_line
from newsledger.fetch.urls import article_id, is_opaque, resolve
from newsledger.records.feeds import FeedEntry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


def make_entry(  # noqa: PLR0913 - one for each thing that a feed can say
    *,
    feed_id: str,
    base: str,
    link: str | None = None,
    guid: str | None = None,
    title: str | None = None,
    published: datetime | None = None,
    modified: datetime | None = None,
    authors: Iterable[str | None] = (),
    language: str | None = None,
    body_html: str | None = None,
) -> FeedEntry:
    """Make an entry of what a feed says of an item, as it stands there; `title` and `authors` are plain text.

    A link that leads to no article (Google News) still tells which one is meant, so the id is made of it; but there
    is no page to fetch.
    """
    guid = clean(guid).strip() or None if guid else None
    title = " ".join(clean(title).split()) or None if title else None
    url = resolve(base, link) if link else None
    return FeedEntry(
        feed_id=feed_id,
        article_id=article_id(feed_id, url=url, guid=guid, title=title, dated=published),
        url=None if url and is_opaque(url) else url,
        title=title,
        published=published,
        modified=modified,
        authors=tuple(dict.fromkeys(name for author in authors if (name := one_line(author)))),
        language=language,
        body_html=clean(body_html) or None if body_html else None,
        guid=guid,
    )


def primary_language(tag: object) -> str | None:
    """Cut a language tag down to its language: en-GB is en. None for anything else."""
    primary = str(tag or "").replace("_", "-").split("-")[0].strip().lower()
    return primary if primary.isascii() and primary.isalpha() and len(primary) in (2, 3) else None
