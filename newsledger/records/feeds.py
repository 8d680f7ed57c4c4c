"""What polling hands on: what a feed answered, what it listed, and what became of each item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from newsledger.records.article import Article, Issue
    from newsledger.records.config import Feed

# How a request ended. Whatever is not `ok`, `not_modified` or `not_due` is a failure with a name.
Outcome = Literal[
    "ok",
    "not_modified",
    "not_due",
    "not_found",
    "gone",
    "blocked",
    "paywalled",
    "consent",
    "robots",
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
ANSWERED: frozenset[Outcome] = frozenset({"ok", "not_modified"})
# What became of an item: a new article, a new revision of one, or a named reason for neither. Only `deferred` is not
# the last word: the item is asked for again in a later run. A `forgotten` one was taken down and never is.
Disposition = Literal[
    "stored",
    "revised",
    "known",
    "duplicate",
    "filtered",
    "deferred",
    "blocked",
    "paywalled",
    "consent",
    "robots",
    "gone",
    "not_html",
    "too_large",
    "no_link",
    "no_text",
    "failed",
    "forgotten",
]
# The rule that told the charset of a document.
CharsetFrom = Literal["bom", "utf8", "header", "xml", "meta", "guess"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What the store remembers of a feed between two polls; validators are kept byte for byte.

    `url` is the configured address that all this holds for, `adopted_url` the one that a permanent redirect put in its
    place, `redirect_url` where it was permanently redirected to on `redirects` days. The validators and the hash are of
    the document asked for at `document_url`, None for the feed's own address. Nobody asks before `retry_at`, which the
    server named; a schedule does not ask before `due_at`. `interval_s` is the wait after a poll that goes well.
    `failures` counts failed polls in a row, `trouble` weighs them; `gones` counts the days with an answer 410 since the
    last success, `empties` the polls in a row that listed nothing, or nothing but a document that is no feed. `items`
    and `size_bytes` are those of the last document read, `usual_gap_s` is the usual time between two of its items.
    `warnings` says what a person should look at.
    """

    feed_id: str
    url: str | None = None
    adopted_url: str | None = None
    redirect_url: str | None = None
    redirects: int = 0
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    document_url: str | None = None
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    retry_at: datetime | None = None
    due_at: datetime | None = None
    interval_s: float | None = None
    failures: int = 0
    trouble: float = 0.0
    gones: int = 0
    empties: int = 0
    items: int = 0
    size_bytes: int = 0
    outcome: Outcome | None = None
    detail: str | None = None
    newest_item_at: datetime | None = None
    usual_gap_s: float | None = None
    warnings: tuple[Issue, ...] = ()

    @property
    def next_at(self) -> datetime | None:
        """Return when a schedule asks next; None where it may ask at once."""
        return max((moment for moment in (self.due_at, self.retry_at) if moment), default=None)


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
    guid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """One poll of one feed: how it ended, what it listed, and the state to remember.

    `resumed` counts the items of earlier runs that this run takes up again, beside those that the feed listed.
    """

    feed: Feed
    state: FeedState
    outcome: Outcome
    polled_at: datetime
    http_status: int | None = None
    detail: str | None = None
    size_bytes: int = 0
    duration_ms: int = 0
    charset: str | None = None
    charset_from: CharsetFrom | None = None
    body_sha256: str | None = None
    entries: tuple[FeedEntry, ...] = ()
    resumed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAnswer:
    """The answer that an article was read from; its body lies in the archive under `body_sha256`, if it was kept.

    `url` is where the redirects ended; the validators are kept byte for byte.
    """

    url: str
    http_status: int
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    size_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """What the store remembers of an item that a feed listed: the entry as last listed, and what became of it.

    `stored` tells whether its article is stored. At `due_at`, where given, it is asked for again, though its feed may
    no longer list it. `tries` counts the failed attempts. The validators are those of its page.
    """

    entry: FeedEntry
    disposition: Disposition
    stored: bool
    first_seen: datetime
    tries: int = 0
    due_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """An entry whose page is to be asked for since `due_at`, with what earlier attempts left.

    `is_recheck` says that its article is stored already, `is_owed` that an earlier run left it.
    """

    entry: FeedEntry
    first_seen: datetime
    due_at: datetime
    tries: int = 0
    etag: str | None = None
    last_modified: str | None = None
    is_owed: bool = False
    is_recheck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedItem:
    """What became of one feed entry: an article to store, or the named reason why there is none.

    Exactly one of `article` and `dropped` is given: whether an article is stored, revised or known already
    is for the store to find out. `answer` is what its page answered, `due_at` when to ask again, `tries` how often it
    failed so far. Raises ValueError otherwise.
    """

    entry: FeedEntry
    article: Article | None = None
    dropped: Disposition | None = None
    detail: str | None = None
    answer: PageAnswer | None = None
    tries: int = 0
    due_at: datetime | None = None

    def __post_init__(self) -> None:
        if (self.article is None) == (self.dropped is None):
            message = f"an item is either an article or dropped: {self.entry.article_id}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The books of one feed in one run: what it listed, and what was resumed of earlier runs, is the sum of `items`."""

    feed_id: str
    seen: int
    resumed: int = 0
    items: tuple[tuple[Disposition, int], ...] = ()

    @property
    def is_balanced(self) -> bool:
        """Tell whether every item is accounted for."""
        return self.seen + self.resumed == sum(count for _, count in self.items)
