"""Recognising an entry that its feed listed before under another address or another id. Pure.

Feeds change their ids with the publishing program, their scheme with a certificate, their host with the brand. Ids and
addresses that are new are therefore held against what the same feed listed before; two of headline, date, id and path
have to agree, since each alone repeats: ids are used twice, headlines come back every morning.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from newsledger.fetch.urls import normal_title, without_host

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsledger.records.feeds import FeedEntry, KnownItem

Key = tuple[str, ...]


class Identities:
    """What the feeds listed before, by feed and article, and by what an entry may be recognised by."""

    def __init__(self, items: Iterable[KnownItem]) -> None:
        self._items = {(item.entry.feed_id, item.entry.article_id): item for item in items}
        self._aliases: dict[Key, str] = {}
        # The newest last, so that it wins.
        for item in sorted(self._items.values(), key=lambda item: item.first_seen):
            self._aliases |= dict.fromkeys(_keys(item.entry), item.entry.article_id)

    def item(self, entry: FeedEntry) -> KnownItem | None:
        """Give what is remembered of an entry under its id."""
        return self._items.get((entry.feed_id, entry.article_id))

    def recognise(self, entry: FeedEntry, beside: frozenset[str]) -> FeedEntry:
        """Give the entry the id that it was listed under before, where it was.

        What the same document still lists under its own id, one of those `beside`, is something else.
        """
        if self.item(entry):
            return entry
        ids = (self._aliases[key] for key in _keys(entry) if key in self._aliases)
        known = next((one for one in ids if one not in beside), None)
        return replace(entry, article_id=known) if known else entry


def _keys(entry: FeedEntry) -> Iterator[Key]:
    """Give what the entry is recognised by: pairs of two things that must both agree."""
    title = normal_title(entry.title) if entry.title else ""
    if not title:
        return
    if path := without_host(entry.url) if entry.url else None:
        yield (entry.feed_id, "path", title, path)
    if entry.guid:
        yield (entry.feed_id, "id", title, without_host(entry.guid) or entry.guid)
    # A mere day is that of all the day's items.
    if entry.published and entry.published.time() != time(0):
        yield (entry.feed_id, "date", title, entry.published.isoformat())
