"""A made-up source whose items come, change, vanish and fail, run after run: the books hold after every batch."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsledger.records.article import Article
from newsledger.records.config import Feed
from newsledger.records.extraction import Extraction
from newsledger.records.feeds import FeedEntry, FeedPoll, FeedState, FetchedItem, KnownItem
from newsledger.records.run import Batch, Run
from store import Ledger, open_ledger
from store.database import attached

START = datetime(2024, 3, 6, 12, tzinfo=UTC)
FOREVER = datetime.min.replace(tzinfo=UTC)
FEEDS = tuple(Feed(id=one, name=one, url=f"https://{one}.example/", kind="wire") for one in ("f0", "f1", "f2"))
RUNS = 26
Key = tuple[str, str]


@dataclass
class Source:
    """The world outside: the page of each article (None where it is gone), and what each feed lists, in order."""

    chance: random.Random
    pages: dict[str, str | None] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=lambda: {feed.id: [] for feed in FEEDS})

    def goes_on(self) -> None:
        for _ in range(self.chance.randint(0, 3)):
            new = f"a{len(self.pages)}"
            self.pages[new] = f"{new} as it was first written."
            self.chance.choice(list(self.lists.values())).append(new)
        for article_id in self.chance.sample(sorted(self.pages), len(self.pages) // 4):
            self.changes[article_id] = self.changes.get(article_id, 0) + 1
            self.pages[article_id] = self.chance.choice([None, "Written anew.", "And again.", f"{article_id}!"])
        for listed in self.lists.values():
            if listed and self.chance.random() < 0.4:
                listed.remove(self.chance.choice(listed))
            if self.pages and self.chance.random() < 0.4:
                listed.append(self.chance.choice(sorted(self.pages)))
            self.chance.shuffle(listed)

    def entry(self, feed_id: str, article_id: str) -> FeedEntry:
        return FeedEntry(
            feed_id=feed_id,
            article_id=article_id,
            url=f"https://{feed_id}.example/{article_id}",
            title=article_id,
            published=None,
            modified=START + timedelta(days=self.changes.get(article_id, 0)),
            authors=(),
            language=None,
            body_html=None,
        )


@dataclass
class Expected:
    """What the ledger is to hold, told in the plainest way."""

    became: dict[Key, str] = field(default_factory=dict)
    due: dict[Key, datetime | None] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    counted: dict[Key, str] = field(default_factory=dict)
    doubles: Counter[str] = field(default_factory=Counter)

    def chosen(self, item: FetchedItem) -> None:
        key = (item.entry.feed_id, item.entry.article_id)
        if key in self.counted:
            self.doubles[key[0]] += 1
            return
        self.counted[key] = item.dropped
        before = self.became.setdefault(key, item.dropped)
        if item.dropped not in {"known", "duplicate"} or (item.dropped == "duplicate" and before == "deferred"):
            self.became[key], self.due[key] = item.dropped, item.due_at

    def fetched(self, item: FetchedItem) -> None:
        key = (item.entry.feed_id, item.entry.article_id)
        fate = item.dropped
        if item.article:
            texts = self.texts.setdefault(key[1], [])
            fate = "stored" if not texts else "known" if texts[-1] == item.article.text else "revised"
            if fate != "known":
                texts.append(item.article.text)
        self.counted[key] = self.became[key] = fate
        self.due[key] = item.due_at

    def books(self) -> dict[str, dict[str, int]]:
        books = {feed.id: Counter() for feed in FEEDS}
        for (feed_id, _), fate in self.counted.items():
            books[feed_id][fate] += 1
        for feed_id, doubles in self.doubles.items():
            books[feed_id]["duplicate"] += doubles
        return books


def choose(source: Source, ledger: Ledger, now: datetime) -> tuple[list[FetchedItem], Counter[str]]:
    """Part what is listed, and what is due though no longer listed, into items to fetch and items that are settled."""
    register = {(one.entry.feed_id, one.entry.article_id): one for one in ledger.items(FOREVER)}
    known = ledger.known()
    entries = [source.entry(feed_id, one) for feed_id, listed in source.lists.items() for one in listed]
    keys = {(entry.feed_id, entry.article_id) for entry in entries}
    owed = [one.entry for key, one in register.items() if key not in keys and one.due_at and one.due_at <= now]
    chosen: set[str] = set()
    items = []
    for entry in (*owed, *entries):
        remembered = register.get((entry.feed_id, entry.article_id))
        dropped, due = _reason(entry, remembered, known, chosen, now)
        chosen |= {entry.article_id} if dropped == "deferred" else set()
        items.append(FetchedItem(entry=entry, dropped=dropped, due_at=due))
    source.chance.shuffle(items)
    return items, Counter(entry.feed_id for entry in owed)


def _reason(
    entry: FeedEntry, remembered: KnownItem | None, known: dict, chosen: set[str], now: datetime
) -> tuple[str, datetime | None]:
    if entry.article_id in chosen:
        return "duplicate", None
    if entry.article_id.endswith("7"):
        return "filtered", None
    if remembered and remembered.due_at:
        return "deferred", max(now, remembered.due_at)
    if entry.article_id in known and entry.modified <= (known[entry.article_id] or FOREVER):
        return "known", None
    return "deferred", now


def fetch(source: Source, item: FetchedItem, now: datetime) -> FetchedItem:
    later = now + timedelta(hours=source.chance.choice([1, 5]))
    page = source.pages[item.entry.article_id]
    if source.chance.random() < 0.2:
        return replace(item, detail="timeout", due_at=later, tries=item.tries + 1)
    if page is None:
        return FetchedItem(entry=item.entry, dropped="gone")
    article = Article(
        article_id=item.entry.article_id, text=page, origin="feed", text_from="page", modified=item.entry.modified
    )
    return FetchedItem(entry=item.entry, article=article, due_at=source.chance.choice([None, later]))


def batches(source: Source, ledger: Ledger, now: datetime) -> Iterator[Batch]:
    """Give a run's batches: first all polls and all items, then by and by the outcomes of those to fetch."""
    items, resumed = choose(source, ledger, now)
    polls = tuple(
        FeedPoll(
            feed=feed,
            state=FeedState(feed_id=feed.id),
            outcome="ok",
            polled_at=now,
            entries=tuple(source.entry(feed.id, one) for one in source.lists[feed.id]),
            resumed=resumed[feed.id],
        )
        for feed in FEEDS
    )
    yield Batch(polls=polls, items=tuple(items))
    wanted = [item for item in items if item.dropped == "deferred" and item.due_at == now]
    while wanted:
        size = source.chance.randint(3, 12)
        fetched = tuple(fetch(source, item, now) for item in wanted[:size])
        made = tuple(Extraction(article=item.article, extractor="x") for item in fetched if item.article)
        yield Batch(extractions=made, items=fetched)
        del wanted[:size]


def run_once(source: Source, ledger: Ledger, expected: Expected, run: Run) -> None:
    """Carry out a run, maybe killed between two batches; each batch may be saved twice."""
    expected.counted.clear()
    expected.doubles.clear()
    ledger.begin(run)
    for batch in batches(source, ledger, run.started_at):
        for _ in range(source.chance.choice([1, 1, 1, 2])):
            ledger.save(batch, run, ZoneInfo("UTC"), run.started_at)
        # A duplicate of its own feed is a further listing of the one that is to be fetched, whichever stands first.
        for item in sorted(batch.items, key=lambda item: item.dropped == "duplicate"):
            (expected.chosen if batch.polls else expected.fetched)(item)
        balances = ledger.balances(run)
        assert all(balance.is_balanced for balance in balances)
        assert {balance.feed_id: dict(balance.items) for balance in balances} == expected.books()
        if source.chance.random() < 0.1:
            return


@pytest.mark.parametrize("seed", range(4))
def test_the_books_hold_after_every_batch(seed: int, ledger_path: Path) -> None:
    source, expected = Source(random.Random(seed)), Expected()  # noqa: S311 - made-up events
    seen = Counter[str]()
    with open_ledger(ledger_path) as ledger:
        for no in range(RUNS):
            source.goes_on()
            run = Run(run_id=f"r{no}", flow="monitor", started_at=START + timedelta(hours=no))
            run_once(source, ledger, expected, run)
            assert no % 5 or ledger.integrity() == ()
            register = {(one.entry.feed_id, one.entry.article_id): one for one in ledger.items(FOREVER)}
            assert {key: one.disposition for key, one in register.items()} == expected.became
            assert {key: one.due_at for key, one in register.items() if one.due_at} == {
                key: due for key, due in expected.due.items() if due
            }
            assert all(one.stored == (key[1] in expected.texts) for key, one in register.items())
            seen.update(expected.became.values())
        assert ledger.integrity() == ()
    assert set(seen) == {"stored", "revised", "known", "duplicate", "filtered", "deferred", "gone"}
    with attached(ledger_path) as con:
        found = con.execute("SELECT article_id, text FROM article_text ORDER BY article_id, revision").fetchall()
    assert found == [(one, text) for one, texts in sorted(expected.texts.items()) for text in texts]
