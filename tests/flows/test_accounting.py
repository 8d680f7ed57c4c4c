"""Nothing that a source lists is lost, doubled or unaccounted for, whatever the source does from run to run."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING

import pytest

from flows.config import read_config
from flows.once import run_flow
from flows.steps import in_threads
from newsledger.records.steps import Means
from store import run_query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from newsledger.records.config import Config
    from newsledger.records.run import RunReport
    from tests.webserver import Web

START = datetime(2026, 3, 10, 6, tzinfo=UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}
FILLER = (
    "The ministers spoke for an hour about the bridge, the border and the price of gas, and agreed to meet again. " * 3
)


@dataclass
class Item:
    """An article of the source as it stands there now."""

    number: int
    title: str
    version: int = 1
    page_status: int = 200
    is_listed: bool = True
    guid: str = ""
    modified: datetime | None = None
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return f"Version {self.version} of story {self.number}."


class Source:
    """A newspaper that adds, edits, drops and loses articles, and now and then is out of order itself."""

    def __init__(self, web: Web, seed: int) -> None:
        self._web = web
        self._chance = random.Random(seed)  # noqa: S311 - a test's dice
        self.items: list[Item] = []
        self.feed = web.url + "/feed.xml"
        self.now = START

    def live(self) -> None:
        """Let an hour or two go by."""
        self.now += timedelta(minutes=self._chance.choice([30, 60, 150]))
        for _ in range(self._chance.randrange(3)):
            number = len(self.items)
            self.items.append(Item(number=number, title=f"Story {number}", guid=f"id-{number}"))
        for item in self.items:
            self._chance.choices([self._rest, self._edit, self._fail, self._drop], [10, 2, 2, 1])[0](item)
        self._publish(self._chance.choices(["", "503", "tiny", "html"], [12, 1, 1, 1])[0])

    def heal(self) -> None:
        """Put everything in order: all that was ever listed is listed, and each page answers."""
        self.now += timedelta(hours=3)
        self.items = [replace(item, page_status=200, is_listed=True) for item in self.items]
        self._publish("")

    def _rest(self, item: Item) -> None:
        item.page_status = 200

    def _edit(self, item: Item) -> None:
        item.version += 1
        how = self._chance.randrange(4)
        if how == 0:
            item.title = f"Story {item.number}, take {item.version}"
        elif how == 1:
            item.modified = self.now
        elif how == 2:
            item.guid = f"https://{self._chance.randrange(9)}.example/{item.number}"

    def _fail(self, item: Item) -> None:
        item.page_status = self._chance.choice([503, 403, 404])

    def _drop(self, item: Item) -> None:
        item.is_listed = False

    def _publish(self, trouble: str) -> None:
        for item in self.items:
            item.texts.append(item.text)
            body = f"<html><body><article><p>{item.text}</p><p>{FILLER}</p></article></body></html>"
            self._web.change(f"/{item.number}", body, headers=HTML, status=item.page_status)
        listed = "".join(self._entry(item) for item in self.items if item.is_listed)
        feed = f'<rss version="2.0"><channel><title>Paper</title>{listed}</channel></rss>'
        answers = {
            "": {"body": feed},
            "503": {"status": 503},
            "tiny": {"body": "not a feed"},
            "html": {"body": "<html><body>Checking your browser</body></html>", "headers": HTML},
        }
        self._web.change("/feed.xml", **answers[trouble])

    def _entry(self, item: Item) -> str:
        modified = f"<atom:updated>{item.modified.isoformat()}</atom:updated>" if item.modified else ""
        return (
            f'<item xmlns:atom="http://www.w3.org/2005/Atom"><title>{escape(item.title)}</title>'
            f"<link>{self._web.url}/{item.number}</link><guid>{item.guid}</guid>{modified}</item>"
        )


@pytest.fixture
def monitor(write_config: Callable[..., Path]) -> Callable[..., RunReport]:
    def run(source: Source, config: Config | None = None) -> RunReport:
        chosen = config or read_config(write_config(("paper", source.feed)))
        means = Means(config=chosen, clock=lambda: source.now, carry=in_threads, progress=lambda *_: None)
        return run_flow("monitor", means)

    return run


def rows(config: Config, query: str) -> Sequence[tuple[object, ...]]:
    return run_query(config.paths.published, query, 30).rows


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_the_books_balance_whatever_a_source_does(
    web: Web, monitor: Callable[..., RunReport], write_config: Callable[..., Path], seed: int
) -> None:
    """A hundred runs in all; each ends with the ledger's own checks, which find nothing."""
    source = Source(web, seed)
    config = read_config(write_config(("paper", source.feed)))
    seen: set[int] = set()
    for _ in range(25):
        source.live()
        report = monitor(source, config)
        assert [balance for balance in report.balances if not balance.is_balanced] == []
        listed = {item.number for item in source.items if item.is_listed}
        seen |= listed if report.feeds_ok else set()
        (known,) = rows(config, "SELECT count(*) FROM items")[0]
        assert known == len(seen), "each item that was ever listed is remembered, once"

    for _ in range(6):
        source.heal()
        monitor(source, config)
    stored = dict(
        rows(config, "SELECT title, text FROM articles JOIN article_text USING (article_id, revision) WHERE is_newest")
    )
    for item in source.items:
        fate = rows(config, f"SELECT disposition FROM items WHERE url = '{web.url}/{item.number}'")
        assert len(fate) == 1, item
        if item.title in stored:
            assert str(stored[item.title]).splitlines()[0] in item.texts
        else:
            assert fate[0][0] in ("blocked", "gone", "failed"), item
    for article_id, revisions in rows(config, "SELECT article_id, max(revision) FROM articles GROUP BY ALL"):
        texts = rows(config, f"SELECT text FROM article_text WHERE article_id = '{article_id}' ORDER BY revision")
        assert len(texts) == revisions
