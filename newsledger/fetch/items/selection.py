"""Which entries to fetch: what the feeds list now, and what earlier runs left. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsledger.fetch.dates import is_believable
from newsledger.fetch.items.identity import Identities
from newsledger.fetch.urls import address_id
from newsledger.records.feeds import Errand, FetchedItem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from newsledger.records.feeds import Disposition, FeedEntry, FeedPoll, KnownItem
    from newsledger.records.steps import Memory

_UNDATED = datetime.min.replace(tzinfo=UTC)
# What an article's absence is put down to for good: asked again only when the feed says that the item has changed.
_FINAL = frozenset(
    {
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
    }
)
# What ends an item whatever its page may answer later.
_CLOSED = frozenset({"filtered", "no_link", "forgotten"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a run does with its entries: each is settled already, or an errand.

    `polls` count what is resumed of earlier runs. `waiting` are the errands' entries as items that are still owed: they
    are written down before anything is fetched, so that a run that dies loses none.
    """

    polls: tuple[FeedPoll, ...]
    errands: tuple[Errand, ...]
    settled: tuple[FetchedItem, ...]

    @property
    def waiting(self) -> tuple[FetchedItem, ...]:
        """Give the errands as items that are still owed."""
        return tuple(
            FetchedItem(
                entry=errand.entry, dropped="deferred", detail="not asked yet", tries=errand.tries, due_at=errand.due_at
            )
            for errand in self.errands
        )


def choose(
    polls: Sequence[FeedPoll],
    memory: Memory,
    objection: Callable[[FeedEntry], str | None],
    now: datetime,
) -> Choice:
    """Part the entries that the feeds listed into errands and those that are settled, and add what is due.

    An article that is stored is asked for again where its feed changed its headline or says that it was modified, and
    when a recheck is due. What an earlier run owes comes first, then the newest, rechecks last.
    """
    chooser = _Chooser(memory, objection, now)
    for poll in polls:
        listed = frozenset(entry.article_id for entry in poll.entries)
        for entry in poll.entries:
            chooser.take(entry, listed)
    resumed = Counter(chooser.resume({poll.feed.id for poll in polls}))
    errands = sorted(chooser.errands, key=lambda errand: _dated(errand.entry), reverse=True)
    errands.sort(key=lambda errand: (errand.is_recheck, not errand.is_owed))
    return Choice(
        polls=tuple(replace(poll, resumed=resumed[poll.feed.id]) for poll in polls),
        errands=tuple(errands),
        settled=tuple(chooser.settled),
    )


def without_forgotten(items: Sequence[FetchedItem], forgotten: Mapping[str, str]) -> tuple[FetchedItem, ...]:
    """Drop what was taken down, also where only the page's answer told at which address it stands."""
    settled = []
    for item in items:
        urls = [one.url for one in (item.article, item.answer) if one]
        reason = _reason_of(item.entry.article_id, urls, forgotten)
        if reason is None:
            settled.append(item)
        else:
            settled.append(FetchedItem(entry=item.entry, dropped="forgotten", detail=reason))
    return tuple(settled)


class _Chooser:
    """Goes through the entries of a run one by one."""

    def __init__(self, memory: Memory, objection: Callable[[FeedEntry], str | None], now: datetime) -> None:
        self.errands: list[Errand] = []
        self.settled: list[FetchedItem] = []
        self._memory = memory
        self._identities = Identities(memory.items)
        self._objection = objection
        self._now = now
        self._chosen: dict[str, str] = {}
        self._listed: set[tuple[str, str]] = set()

    def take(self, listed: FeedEntry, beside: frozenset[str]) -> None:
        """Make an entry that a feed listed an errand, or settle it; `beside` are the ids in the same document."""
        entry = self._identities.recognise(listed, beside)
        item = self._identities.item(entry)
        key = (entry.feed_id, entry.article_id)
        reason = self._forgotten(entry) or self._duplicate(entry, key) or self._reason(entry, item)
        self._listed.add(key)
        if reason:
            disposition, detail = reason
            tries = item.tries if item else 0
            due_at = item.due_at if item and disposition not in _CLOSED else None
            settled = FetchedItem(entry=entry, dropped=disposition, detail=detail, tries=tries, due_at=due_at)
            self.settled.append(settled)
        else:
            self._send(entry, item)

    def resume(self, feed_ids: set[str]) -> Iterator[str]:
        """Make errands of what is due though no feed listed it now; yield the feed of each."""
        for item in self._memory.items:
            entry = item.entry
            key = (entry.feed_id, entry.article_id)
            if entry.feed_id not in feed_ids or key in self._listed or entry.article_id in self._chosen:
                continue
            if self._is_due(item):
                self._send(entry, item)
                yield entry.feed_id

    def _send(self, entry: FeedEntry, item: KnownItem | None) -> None:
        self._chosen[entry.article_id] = entry.feed_id
        is_stored = entry.article_id in self._memory.known
        # A page that its feed calls changed is asked for whole.
        is_same = item is not None and not self._has_changed(entry, item)
        self.errands.append(
            Errand(
                entry=entry,
                first_seen=item.first_seen if item else self._now,
                due_at=self._now,
                tries=item.tries if item else 0,
                etag=item.etag if item and is_same else None,
                last_modified=item.last_modified if item and is_same else None,
                is_owed=item is not None and item.disposition == "deferred",
                is_recheck=is_stored,
            )
        )

    def _is_due(self, item: KnownItem) -> bool:
        return item.due_at <= self._now if item.due_at else item.disposition == "deferred"

    def _forgotten(self, entry: FeedEntry) -> tuple[Disposition, str | None] | None:
        reason = _reason_of(entry.article_id, (entry.url,), self._memory.forgotten)
        return None if reason is None else ("forgotten", reason)

    def _duplicate(self, entry: FeedEntry, key: tuple[str, str]) -> tuple[Disposition, str | None] | None:
        if key in self._listed:
            return "duplicate", "listed twice"
        if entry.article_id in self._chosen:
            return "duplicate", f"listed by {self._chosen[entry.article_id]} already"
        return None

    def _reason(self, entry: FeedEntry, item: KnownItem | None) -> tuple[Disposition, str | None] | None:
        """Say why an entry is not to be fetched; None where it is."""
        is_due = item is not None and self._is_due(item)
        if entry.article_id in self._memory.known:
            if item:
                is_changed = self._has_changed(entry, item)
            else:
                is_changed = self._is_later(entry.modified, self._memory.known[entry.article_id])
            # What has no page costs nothing to compare.
            return None if is_due or is_changed or entry.url is None else ("known", None)
        if objection := self._objection(entry):
            return "filtered", objection
        if entry.url is None and not entry.body_html:
            return "no_link", None
        if item is None or is_due or self._has_changed(entry, item):
            return None
        if item.disposition == "deferred":
            return "deferred", f"to be asked again at {item.due_at:%Y-%m-%d %H:%M}" if item.due_at else None
        return (item.disposition, None) if item.disposition in _FINAL else None

    def _has_changed(self, entry: FeedEntry, item: KnownItem) -> bool:
        """Tell whether the feed itself says that an item is not what it was when it was last listed."""
        return entry.title != item.entry.title or self._is_later(entry.modified, item.entry.modified)

    def _is_later(self, modified: datetime | None, former: datetime | None) -> bool:
        """Tell whether a date that can be believed is later; one that can't be would be so for ever."""
        is_claimed = modified is not None and is_believable(modified, self._now)
        return is_claimed and (former is None or (modified is not None and modified > former))


def _reason_of(article_id: str, urls: Iterable[str | None], forgotten: Mapping[str, str]) -> str | None:
    """Say why an article was taken down, under this id or that of one of its addresses; None where it was not."""
    if not forgotten:
        return None
    ids = (article_id, *filter(None, map(address_id, urls)))
    return next((forgotten[one] for one in ids if one in forgotten), None)


def _dated(entry: FeedEntry) -> datetime:
    return entry.published or entry.modified or _UNDATED
