"""A run from end to end, without Prefect: seeds and a real feed in, a database and digests out."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import duckdb
import feedparser
import pytest

from flows import pipeline
from flows.config import read_config
from flows.digests import files_of, newest_day
from flows.files import write_whole
from flows.once import days_to_write, run_flow, utc_now
from flows.running import run_plainly
from flows.steps import in_threads, make_steps
from newsledger.records.errors import InputError
from newsledger.records.steps import Means
from store import open_ledger, run_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from newsledger.records.config import Config
    from tests.webserver import Web

TABLES = ("articles", "entities", "mentions", "statements", "events", "figures", "times", "topics")
ONCE = ("seed", "monitor")


def count(config: Config, table: str, where: str = "true") -> int:
    query = f"SELECT count(*) FROM {table} WHERE {where}"
    return int(run_query(config.paths.published, query, 10).rows[0][0])


def silent(_step: str, _done: int, _total: int) -> None:
    pass


def means(config: Config, **changed: object) -> Means:
    given = {"config": config, "clock": utc_now, "carry": in_threads, "progress": silent} | changed
    return Means(**given)  # type: ignore[arg-type]


@pytest.fixture
def config(write_config: Callable[..., Path], seeds: Path, feed: str) -> Config:
    assert seeds.exists()
    return read_config(write_config(("good", feed), ("dead", "http://127.0.0.1:9/feed")))


def test_a_run_fills_the_database_and_writes_the_digests(config: Config) -> None:
    seeded, monitored = run_plainly(config, ONCE)
    assert (seeded.added.articles, seeded.days) == (2, (date(2021, 3, 4), date(2021, 3, 5)))
    assert (monitored.added.articles, monitored.feeds_ok, monitored.feeds_failed) == (2, 1, 1)
    assert count(config, "articles") == 4
    for table in TABLES:
        assert count(config, table), table
    files = files_of(config, date(2021, 3, 4))
    assert "Talks in the river town" in files.markdown.read_text(encoding="utf-8")
    assert files.html.read_text(encoding="utf-8").startswith("<!")
    assert json.loads(files.json.read_text(encoding="utf-8"))["day"] == "2021-03-04"
    today = files_of(config, datetime.now(UTC).date())[0].read_text(encoding="utf-8")
    assert (config.paths.digests / "latest.md").read_text(encoding="utf-8") == today
    assert "**Failed**: dead" in today


def test_a_run_writes_a_feed_of_its_digests(config: Config) -> None:
    run_plainly(config, ONCE)
    feed = feedparser.parse((config.paths.digests / "feed.atom").read_bytes())
    today = datetime.now(UTC).date().isoformat()
    assert [entry.link for entry in feed.entries] == [f"{today}.html", "2021-03-05.html", "2021-03-04.html"]
    assert all((config.paths.digests / entry.link).exists() for entry in feed.entries)


def test_the_books_of_a_run_balance(config: Config) -> None:
    _, report = run_plainly(config, ONCE)
    good = next(balance for balance in report.balances if balance.feed_id == "good")
    assert (good.seen, good.items, good.is_balanced) == (2, (("stored", 2),), True)


def test_a_page_that_is_gone_leaves_the_text_of_the_feed(config: Config) -> None:
    run_plainly(config, ONCE)
    found = run_query(
        config.paths.published,
        "SELECT text_from, code FROM articles LEFT JOIN issues USING (article_id) WHERE source_id = 'good' ORDER BY 1",
        10,
    )
    assert found.rows == (("feed", "page_not_found"), ("page", None))


def test_a_second_run_adds_nothing(config: Config) -> None:
    run_plainly(config, ONCE)
    before = {table: count(config, table) for table in TABLES}
    seeded, monitored = run_plainly(config, ONCE)
    assert {table: count(config, table) for table in TABLES} == before
    assert (seeded.added.articles, monitored.added.articles, seeded.days, monitored.days) == (0, 0, (), ())
    good = next(balance for balance in monitored.balances if balance.feed_id == "good")
    assert good.is_balanced


def test_only_the_seed_that_changed_is_read_again(config: Config) -> None:
    run_plainly(config, ONCE)
    path = config.paths.seeds / "bridge.md"
    path.write_text(path.read_text(encoding="utf-8").replace("30 million", "40 million"), encoding="utf-8")
    read = []

    def noting(name: str, works: Sequence[Callable[[], object]]) -> Iterator[object]:
        for result in in_threads(name, works):
            if name == "extract articles":
                read.extend(extraction.article.article_id for extraction in result)  # type: ignore[attr-defined]
            yield result

    report = run_flow("seed", means(config, carry=noting))
    assert (report.revised, report.added.articles, read) == (1, 0, ["bridge"])
    assert count(config, "articles", "article_id = 'bridge'") == 2


def test_seeds_with_one_id_are_refused_before_anything_is_stored(config: Config) -> None:
    (config.paths.seeds / "talks.md").write_text("The same id.", encoding="utf-8")
    with pytest.raises(InputError, match="id 'talks' is taken"):
        run_flow("seed", means(config))
    with open_ledger(config.paths.ledger) as ledger:
        assert ledger.known() == {}


@pytest.mark.parametrize("is_there", [False, True])
def test_a_run_without_seeds_and_feeds_still_writes_a_digest(
    write_config: Callable[..., Path], *, is_there: bool
) -> None:
    config = read_config(write_config())
    if is_there:
        config.paths.seeds.mkdir(parents=True)
    run_plainly(config, ONCE)
    assert files_of(config, datetime.now(UTC).date())[0].exists()
    assert (config.paths.digests / "latest.html").exists()


def test_what_a_crash_cut_off_comes_with_the_next_run(config: Config, web: Web) -> None:
    def dying(name: str, works: Sequence[Callable[[], object]]) -> Iterator[object]:
        if name == "save":
            raise MemoryError
        yield from in_threads(name, works)

    with pytest.raises(MemoryError):
        run_flow("monitor", means(config, carry=dying))
    report = run_flow("monitor", means(config))
    assert report.added.articles == 2
    assert web.count("/feed.xml") == 2


def test_what_time_does_not_allow_is_deferred_and_comes_next(config: Config, web: Web) -> None:
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 1, tzinfo=UTC)
    report = run_flow("monitor", means(config, clock=lambda: late if web.count("/feed.xml") else early))
    good = next(balance for balance in report.balances if balance.feed_id == "good")
    assert (good.seen, good.items) == (2, (("deferred", 2),))
    again = run_flow("monitor", means(config, clock=lambda: late + timedelta(hours=1)))
    assert again.added.articles == 2
    assert next(balance for balance in again.balances if balance.feed_id == "good").items == (("stored", 2),)


def test_reprocess_reads_what_another_extractor_read(config: Config) -> None:
    run_plainly(config, ONCE)
    with duckdb.connect(str(config.paths.ledger)) as con:
        con.execute("UPDATE articles SET extractor = 'older' WHERE article_id = 'talks'")
        con.execute("DELETE FROM figures")
    (report,) = run_plainly(config, ("reprocess",))
    assert (report.added.articles, report.revised, report.replaced) == (0, 0, 1)
    assert count(config, "articles", "extractor = 'older'") == 0
    assert count(config, "figures", "article_id = 'talks'") > 0
    assert date(2021, 3, 4) in report.days


def test_digests_that_are_missing_are_due(config: Config) -> None:
    run_plainly(config, ONCE)
    files_of(config, date(2021, 3, 4))[1].unlink()
    newest = datetime.now(UTC).date()
    assert days_to_write(config, newest) == (date(2021, 3, 4), newest)
    assert days_to_write(config, date(2021, 3, 6)) == (date(2021, 3, 4), date(2021, 3, 5), date(2021, 3, 6))


def test_an_article_dated_in_the_future_is_never_the_latest(config: Config) -> None:
    (config.paths.seeds / "later.txt").write_text("---\npublished: 2999-01-01\n---\nTalks began.", encoding="utf-8")
    run_flow("seed", means(config))
    assert newest_day(config, date(2026, 1, 1)) == date(2021, 3, 5)


def test_days_are_written_once_each(config: Config) -> None:
    run_plainly(config, ONCE)
    days = [date(2021, 3, 5), date(2021, 3, 4), date(2021, 3, 5)]
    paths = pipeline.daily_digest(config, days, make_steps(means(config)))
    assert [path.name for path in paths] == ["2021-03-04.md", "2021-03-05.md"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "digests" / "a.md"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(path.parent.iterdir()) == [path]


def test_the_ledger_and_the_copy_know_which_digests_were_written(config: Config) -> None:
    run_plainly(config, ONCE)
    told = "SELECT digest_date, articles, lines, lines_verified FROM digests ORDER BY digest_date"
    first = run_query(config.paths.published, told, 10).rows
    assert [row[0] for row in first[:2]] == [date(2021, 3, 4), date(2021, 3, 5)]
    assert [row[1] for row in first[:2]] == [1, 1]
    assert all(0 < lines == verified for _, articles, lines, verified in first if articles)
