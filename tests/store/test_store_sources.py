"""The sources: what the configuration says of a feed is known of its articles, whichever way these come in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsledger.records.article import Article
from newsledger.records.config import Feed
from newsledger.records.extraction import Extraction
from newsledger.records.run import Batch, Run
from store import open_ledger
from store.database import attached

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2024, 3, 6, 12, tzinfo=UTC)


def test_the_kind_of_a_disabled_feed_is_known_of_articles_that_come_from_a_file(tmp_path: Path) -> None:
    feed = Feed(
        id="organ",
        name="The Organ",
        url="https://organ.example/feed",
        kind="state",
        enabled=False,
        note="2024-03-01: gone",
    )
    article = Article(article_id="a", source="organ", text="The ministers met.", fetched=NOW, origin="seed")
    run = Run(run_id="20240306T120000Z-00000001", flow="seed", started_at=NOW)
    with open_ledger(tmp_path / "ledger.duckdb") as ledger:
        for one in (feed, Feed(id="organ", name="The Organ of the State", url=feed.url, kind="state")):
            ledger.begin(run, [one])
        ledger.save(Batch(extractions=(Extraction(article=article, extractor="x"),)), run, ZoneInfo("UTC"), NOW)
    with attached(tmp_path / "ledger.duckdb") as con:
        found = con.execute("SELECT source_id, name, kind FROM sources").fetchall()
    assert found == [("organ", "The Organ of the State", "state")]
