"""What a feed document gives, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.records.feeds import CharsetFrom, FeedEntry, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """A feed that could be read: its entries in its order, its title, and how often it says that it changes.

    `update_s` comes from RSS's ttl or sy:updatePeriod and sy:updateFrequency. A feed may list nothing.
    """

    entries: tuple[FeedEntry, ...]
    charset: str
    charset_from: CharsetFrom
    title: str | None = None
    update_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAFeed:
    """Why a document gives no entries."""

    outcome: Outcome
    detail: str
