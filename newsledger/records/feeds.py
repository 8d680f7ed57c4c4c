"""What polling hands on: what a feed answered, what it listed, and what became of each item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from newsledger.records.article import Article
    from newsledger.records.config import Feed

# How a request ended. Whatever is not `ok` or `not_modified` is a failure with a name.
Outcome = Literal[
    "ok",
    "not_modified",
    "not_found",
    "gone",
    "blocked",
    "rate_limited",
    "server_error",
    "http_error",
    "timeout",
    "dns_error",
    "connection_error",
    "tls_error",
    "refused_address",
    "too_many_redirects",
    "too_large",
    "not_html",
    "not_a_feed",
    "empty",
    "no_text",
]
# What became of an item that a feed listed: a new article, a new revision of one, or a named reason for neither.
Disposition = Literal["stored", "revised", "known", "duplicate", "no_link", "no_text", "deferred", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What the store remembers of a feed between two polls; validators are kept byte for byte."""

    feed_id: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    due_at: datetime | None = None
    failures: int = 0
    outcome: Outcome | None = None
    detail: str | None = None
    newest_item_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An item of a feed. `article_id` is the stable id its article has or will have; times are aware and in UTC."""

    feed_id: str
    article_id: str
    url: str | None
    title: str | None
    published: datetime | None
    modified: datetime | None
    authors: tuple[str, ...]
    language: str | None
    body_html: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """One poll of one feed: how it ended, what it listed, and the state to remember."""

    feed: Feed
    state: FeedState
    outcome: Outcome
    polled_at: datetime
    http_status: int | None = None
    detail: str | None = None
    size_bytes: int = 0
    duration_ms: int = 0
    entries: tuple[FeedEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedItem:
    """What became of one feed entry: an article to store, or the named reason why there is none.

    Exactly one of `article` and `dropped` is given: whether an article is stored, revised or known already
    is for the store to find out. Raises ValueError otherwise.
    """

    entry: FeedEntry
    article: Article | None = None
    dropped: Disposition | None = None
    detail: str | None = None

    def __post_init__(self) -> None:
        if (self.article is None) == (self.dropped is None):
            message = f"an item is either an article or dropped: {self.entry.article_id}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The books of one feed in one run: `seen` equals the sum of `items`."""

    feed_id: str
    seen: int
    items: tuple[tuple[Disposition, int], ...] = ()

    @property
    def is_balanced(self) -> bool:
        """Tell whether every item that was seen is accounted for."""
        return self.seen == sum(count for _, count in self.items)
