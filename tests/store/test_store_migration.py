"""A ledger of an earlier schema is brought to the present one with all that it holds."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsledger.records.feeds import Balance, FeedEntry, FeedState, KnownItem
from newsledger.records.run import Run
from store import load_extractions, open_ledger, publish, read_status
from store.database import attached
from store.migrate import migrations
from store.schemas import EXTRACTION_SCHEMAS
from store.writing.rows import enter_extraction

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Left by the last commit of each former schema.
FORMER = sorted((Path(__file__).parent / "ledgers").glob("*.zst"))
MOMENT = datetime(2024, 3, 6, 9, tzinfo=UTC)
TABLE_OF_VERSIONS = "CREATE TABLE schema_version (version INTEGER PRIMARY KEY, name VARCHAR NOT NULL)"
# What a ledger held at schema 2: a finished run, and one that was killed before it had entered its polls.
ROWS = """
INSERT INTO runs (run_id, flow, started_at, finished_at) VALUES
    ('r1', 'monitor', '2024-03-06 09:00', '2024-03-06 09:05'), ('r2', 'monitor', '2024-03-06 10:00', NULL);
INSERT INTO articles VALUES ('a1', 1, true, 'feed', 'courier', 'https://courier.example/a1', 'Ministers meet', [],
    'en', '2024-03-06 08:00', 'feed', NULL, '2024-03-06 09:00', 'page', sha256('Text'), 4, 'x1', '2024-03-06 09:00',
    '2024-03-06 09:00', 'r1');
INSERT INTO article_text VALUES ('a1', 1, 'Text');
INSERT INTO sources (source_id, name) VALUES ('courier', 'Courier');
INSERT INTO feeds VALUES ('courier', 'W/"1"', NULL, NULL, '2024-03-06 09:00', '2024-03-06 09:00', NULL, 3, 'ok', NULL,
    '2024-03-06 08:00');
INSERT INTO polls VALUES ('r1', 'courier', '2024-03-06 09:00', 'ok', 200, NULL, 10, 20, 3);
INSERT INTO item_ledger VALUES ('r1', 'courier', 'stored', 1), ('r1', 'courier', 'deferred', 2),
    ('r2', 'courier', 'stored', 1);
INSERT INTO deferred_items VALUES ('a2', 'courier', 'https://courier.example/a2', 'Ships leave', '2024-03-06 09:00',
    'r1');
"""


def make_old(path: Path, newest: int) -> None:
    path.parent.mkdir()
    with attached(path) as con:
        con.execute(TABLE_OF_VERSIONS)
        for version, file in migrations()[:newest]:
            con.execute(file.read_text(encoding="utf-8"))
            con.execute("INSERT INTO schema_version VALUES (?, ?)", [version, file.name])
        con.execute(ROWS)


def test_a_ledger_of_schema_2_keeps_all_it_holds(ledger_path: Path) -> None:
    make_old(ledger_path, 2)
    run = Run(run_id="r1", flow="monitor", started_at=MOMENT)
    with open_ledger(ledger_path) as ledger:
        assert ledger.integrity() == ()
        assert ledger.known() == {"a1": None}
        assert ledger.balances(run) == (
            Balance(feed_id="courier", seen=3, resumed=0, items=(("stored", 1), ("deferred", 2))),
        )
        assert ledger.feed_states()["courier"] == FeedState(
            feed_id="courier",
            etag='W/"1"',
            polled_at=MOMENT,
            succeeded_at=MOMENT,
            failures=3,
            outcome="ok",
            newest_item_at=MOMENT.replace(hour=8),
        )
        owed = KnownItem(
            entry=FeedEntry(
                feed_id="courier",
                article_id="a2",
                url="https://courier.example/a2",
                title="Ships leave",
                published=None,
                modified=None,
                authors=(),
                language=None,
                body_html=None,
            ),
            disposition="deferred",
            stored=False,
            first_seen=MOMENT,
            due_at=MOMENT,
        )
        assert ledger.items(datetime.max.replace(tzinfo=UTC)) == (owed,)
        (loaded,) = load_extractions(ledger._con, [("a1", 1)])  # noqa: SLF001 - the loader reads what is open
        assert (loaded.article.section, loaded.article.origins, loaded.article.text) == (None, (), "Text")
    published = ledger_path.with_name("news.duckdb")
    publish(ledger_path, published)
    assert read_status(published).schema_version == migrations()[-1][0]


@pytest.fixture(params=FORMER, ids=lambda file: file.name.split(".")[0])
def former(request: pytest.FixtureRequest, ledger_path: Path) -> Path:
    """A ledger as a former version left it after two runs over a few seeds and a feed."""
    ledger_path.parent.mkdir()
    ledger_path.write_bytes(zstd.decompress(request.param.read_bytes()))
    return ledger_path


def test_there_is_a_file_of_every_former_schema() -> None:
    # What came together has one: 1 and 2, 5 and 6.
    assert [int(file.name[7:11]) for file in FORMER] == [2, 3, 4, 6]


def test_a_stored_ledger_of_every_former_schema_is_brought_up(former: Path, tmp_path: Path) -> None:
    kept = ("articles", "article_text", "mentions", "statements", "events", "figures", "times", "polls", "runs")

    def counted() -> dict[str, int]:
        with attached(former) as con:
            return {table: con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in kept}

    before = counted()
    with open_ledger(former) as ledger:
        assert ledger.integrity() == ()
    assert counted() == before
    assert before["articles"] == 5
    publish(former, tmp_path / "news.duckdb")
    assert read_status(tmp_path / "news.duckdb").schema_version == migrations()[-1][0]


def test_what_a_migration_fills_in_is_what_saving_writes(former: Path) -> None:
    with open_ledger(former):
        pass
    with attached(former) as con:
        keys = con.execute("SELECT article_id, revision FROM articles").fetchall()
        written: dict[str, list[tuple[object, ...]]] = {table: [] for table in EXTRACTION_SCHEMAS}
        for extraction in load_extractions(con, keys):
            enter_extraction(extraction, written)
        for table in ("statements", "events", "figures"):
            stored = con.execute(f"SELECT {', '.join(EXTRACTION_SCHEMAS[table].names)} FROM {table}").fetchall()
            expected = [tuple(map(listed, row)) for row in written[table]]
            assert sorted(map(repr, stored)) == sorted(map(repr, expected))
        names = con.execute("SELECT DISTINCT entity_id, name FROM entity_names").fetchall()
    printed = {(row["entity_id"], row["text"]) for row in named("mentions", written) if row["kind"] == "name"}
    assert set(names) == printed | {(row["entity_id"], row["name"]) for row in named("article_entities", written)}


def named(table: str, written: dict[str, list[tuple[object, ...]]]) -> list[dict[str, object]]:
    return [dict(zip(EXTRACTION_SCHEMAS[table].names, row, strict=True)) for row in written[table]]


def listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
