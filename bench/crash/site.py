"""The place where a run is disturbed: a configuration, a seed corpus that grows and a feed that forgets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from bench.extract.texts import make_article

if TYPE_CHECKING:
    from tests.webserver import Web

COMMAND = Path(sys.executable).with_name("newsledger")
DOCUMENTS, PAGES = 8, 4  # new ones a round
_PARAGRAPHS = 4  # of each
_PAGE_DELAY_S = 0.05
_LIMIT_S = 120
_HTML = {"Content-Type": "text/html; charset=utf-8"}


class Site:
    """A folder with everything that a run needs; `grow` gives the next run something to do."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.ledger, self.published = folder / "data" / "ledger.duckdb", folder / "data" / "news.duckdb"
        self.titles: set[str] = set()
        self._folder, self._web, self._round = folder, web, 0
        (folder / "seeds").mkdir(parents=True)
        (folder / "config.yaml").write_text(yaml.safe_dump(_config(f"{web.url}/feed.xml")), encoding="utf-8")

    def grow(self) -> None:
        """Add documents to the seed corpus, and let the feed list new pages alone."""
        self._round += 1
        for no in range(DOCUMENTS):
            title = f"Document {self._round}-{no}"
            text = f"---\ntitle: {title}\npublished: 2022-03-04\n---\n{self._text(no)}\n"
            (self._folder / "seeds" / f"{self._round}-{no}.md").write_text(text, encoding="utf-8")
            self.titles.add(title)
        items = []
        for no in range(PAGES):
            title, path = f"Page {self._round}-{no}", f"/{self._round}-{no}"
            paragraphs = "".join(f"<p>{one}</p>" for one in self._text(DOCUMENTS + no).split("\n\n"))
            page = f"<html><head><title>{title}</title></head><body><article>{paragraphs}</article></body></html>"
            url = self._web.change(path, page, headers=_HTML, delay_s=_PAGE_DELAY_S)
            items.append(f"<item><title>{title}</title><link>{url}</link></item>")
        feed = f'<rss version="2.0"><channel><title>Pages</title>{"".join(items)}</channel></rss>'
        self._web.change("/feed.xml", feed)

    def start(self) -> subprocess.Popen[str]:
        """Start a run."""
        return subprocess.Popen(
            [COMMAND, "run", "--plain"],
            cwd=self._folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self) -> str:
        """Run undisturbed; give what it said on standard output. Raises RuntimeError where it failed."""
        with self.start() as process:
            said, complained = process.communicate(timeout=_LIMIT_S)
        if process.returncode:
            message = f"an undisturbed run ended with {process.returncode}: {complained.strip()}"
            raise RuntimeError(message)
        return said

    def _text(self, no: int) -> str:
        whole = make_article(self._round * (DOCUMENTS + PAGES) + no).text
        return "\n\n".join(whole.split("\n\n")[:_PARAGRAPHS])


def _config(feed: str) -> dict[str, object]:
    return {
        "dossier": {"name": "A run that is disturbed"},
        "timezone": "UTC",
        "paths": {
            "ledger": "data/ledger.duckdb",
            "published": "data/news.duckdb",
            "digests": "digests",
            "seeds": "seeds",
            "state": "state",
        },
        "schedule": {"monitor": "*/30 * * * *", "daily_digest": "0 6 * * *"},
        "run": {"max_minutes": 2, "workers": 1},
        "fetch": {
            "contact": "https://example.org/bench",
            "connect_timeout_s": 5,
            "read_timeout_s": 30,
            "total_timeout_s": 30,
            "max_feed_bytes": 1_000_000,
            "max_page_bytes": 1_000_000,
            "retries": 0,
            "concurrency": 2,
            "host_delay_s": 0,
            "allow_addresses": ["127.0.0.1"],
        },
        "topics": [],
        "feeds": [{"id": "pages", "name": "Pages", "url": feed, "kind": "wire"}],
    }
