"""`newsledger reprocess`: stored text read anew, and the diff of facts that comes of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest

from flows import rereading
from flows.config import read_config
from flows.decisions import lexicon_of
from flows.once import run_flow, utc_now
from flows.steps import in_threads
from flows.texts import report_markdown
from newsledger.extract import extract
from newsledger.records.config import TopicRule
from newsledger.records.run import FactsDiff, Replay, Rereading, Run, RunReport
from newsledger.records.steps import Means
from store import open_ledger

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from newsledger.records.config import Config
    from newsledger.records.extraction import Extraction
    from tests.webserver import Web

TALKS, BRIDGE = ("talks", 1), ("bridge", 1)


def silent(_step: str, _done: int, _total: int) -> None:
    pass


def run(config: Config, flow: str = "reprocess", **changed: object) -> RunReport:
    given = {"config": config, "clock": utc_now, "carry": in_threads, "progress": silent} | changed
    return run_flow(flow, Means(**given))  # type: ignore[arg-type]


def load(config: Config, *keys: tuple[str, int]) -> tuple[Extraction, ...]:
    with open_ledger(config.paths.ledger) as ledger:
        return ledger.load(keys)


def ask(config: Config, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(config.paths.ledger)) as con:
        return con.execute(query).fetchall()


def other_topics(config: Config) -> Config:
    """Give the configuration with another topic, which makes another version of the extractor."""
    return replace(config, topics=(TopicRule(id="trade", words=("trade", "million")),))


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def config(write_config: Callable[..., Path], seeds: Path) -> Config:
    assert seeds.exists()
    config = read_config(write_config())
    run(config, "seed")
    return config


def test_what_reading_anew_changes_is_counted_stored_and_shown(config: Config) -> None:
    report = run(other_topics(config))
    counts = {(name, change): count for name, change, count in report.facts.counts}
    assert (report.replaced, report.facts.read, report.facts.touched, report.facts.from_archive) == (2, 2, 2, 0)
    assert (counts["topic", "added"], counts["topic", "lost"]) == (2, 1)
    assert {change for name, change, _ in report.facts.counts if name != "topic"} == {"same"}
    assert [(one.article_id, one.change) for one in report.facts.examples if one.change == "lost"] == [
        ("talks", "lost")
    ]
    assert report.days == (date(2021, 3, 4), date(2021, 3, 5))
    assert sorted(ask(config, "SELECT record_type, change, records FROM replay_counts")) == sorted(report.facts.counts)
    assert ask(config, "SELECT count(*) FROM replay_examples") == [(len(report.facts.examples),)]


def test_the_report_for_the_orchestrator_has_the_counts(config: Config) -> None:
    text = report_markdown(run(other_topics(config)))
    assert "2 of 2 revisions read anew have other facts" in text
    assert "| facts | added | lost | changed | same |" in text
    assert "| topic | 2 | 1 | 0 | 0 |" in text


def test_nothing_is_stale_twice(config: Config) -> None:
    other = other_topics(config)
    run(other)
    report = run(other)
    assert (report.replaced, report.facts, report.days) == (0, FactsDiff(), ())


def test_a_rehearsal_tells_the_same_and_stores_nothing(config: Config) -> None:
    other = other_topics(config)
    before = digest_of(config.paths.ledger)
    rehearsed = run(other, replay=Replay(is_rehearsal=True))
    assert digest_of(config.paths.ledger) == before
    assert rehearsed.days == ()
    report = run(other)
    assert (rehearsed.facts, rehearsed.replaced) == (report.facts, report.replaced)


def test_only_the_days_asked_for_are_read(config: Config) -> None:
    report = run(other_topics(config), replay=Replay(since=date(2021, 3, 5), until=date(2021, 3, 5)))
    assert (report.replaced, report.days) == (1, (date(2021, 3, 5),))


def test_what_is_cut_off_between_batches_is_taken_up_by_the_next(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, whole = other_topics(config), run(other_topics(config), replay=Replay(is_rehearsal=True)).facts
    monkeypatch.setattr(rereading, "BATCH", 1)

    def cutting(_step: str, done: int, _total: int) -> None:
        assert done < 1, "power cut"

    with pytest.raises(AssertionError, match="power cut"):
        run(other, progress=cutting)
    assert run(other).replaced == 1
    stored = ask(config, "SELECT record_type, change, sum(records)::INT FROM replay_counts GROUP BY ALL")
    assert sorted(stored) == sorted(whole.counts)
    assert ask(config, "SELECT count(DISTINCT run_id) FROM replay_counts") == [(2,)]


def test_memory_holds_one_batch_at_a_time(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rereading, "BATCH", 1)
    told: list[tuple[int, int]] = []
    report = run(other_topics(config), progress=lambda _, done, total: told.append((done, total)))
    assert (told, report.facts.read) == ([(1, 2), (2, 2)], 2)


def test_an_archived_page_that_reads_otherwise_now_is_put_right(
    write_config: Callable[..., Path], feed: str, web: Web
) -> None:
    config = read_config(write_config(("good", feed)))
    assert run(config, "monitor").added.articles == 2
    ((article_id,),) = ask(config, "SELECT article_id FROM page_answers")
    right, asked = load(config, (str(article_id), 1)), len(web.seen)
    read_as_once(config, right[0])
    rehearsed = run(config, replay=Replay(is_from_archive=True, is_rehearsal=True))
    report = run(config, replay=Replay(is_from_archive=True))
    assert load(config, (str(article_id), 1)) == right
    assert (report.replaced, report.facts.read, report.facts.from_archive, report.facts.touched) == (1, 1, 1, 1)
    assert rehearsed.facts == report.facts
    assert ask(config, "SELECT count(*) FROM article_changes") == [(0,)]
    assert ask(
        config, "SELECT DISTINCT sha256(text) = text_sha256 FROM articles JOIN article_text USING (article_id)"
    ) == [(True,)]
    again = run(config, replay=Replay(is_from_archive=True))
    assert (again.replaced, again.facts.read, again.facts.from_archive) == (0, 1, 1)
    assert len(web.seen) == asked, "no network"


def read_as_once(config: Config, right: Extraction) -> None:
    """Store a page as an older reader of pages might have read it: with the menu."""
    article = replace(right.article, text=f"Home News Sport\n{right.article.text}")
    made = Rereading(extractions=(extract(article, lexicon_of(config)()),), facts=FactsDiff())
    earlier = Run(run_id="earlier", flow="reprocess", started_at=utc_now())
    with open_ledger(config.paths.ledger) as ledger:
        ledger.begin(earlier)
        ledger.replace(made, earlier, config.zone, utc_now())


def test_what_is_not_archived_is_read_from_its_stored_text(config: Config) -> None:
    report = run(other_topics(config), replay=Replay(is_from_archive=True))
    assert (report.replaced, report.facts.from_archive) == (2, 0)


def test_the_command_shows_numbers_first(
    config: Config, newsledger: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    ask(config, "UPDATE articles SET extractor = 'older' WHERE article_id = 'talks'")
    ask(config, "DELETE FROM figures")
    rehearsed = newsledger("reprocess", "--dry-run")
    assert "stored    nothing: this was a dry run" in rehearsed.stdout
    done = newsledger("reprocess", "--plain")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[:2] == ["read anew 1 articles", "of        1 revisions: 0 from archived pages, 1 from stored text"]
    assert "added     figure in talks: 14 percent" in done.stdout
    assert lines[:-2] == rehearsed.stdout.splitlines()[:-1]
    found = json.loads(newsledger("reprocess", "--plain", "--json").stdout)
    assert (found["replaced"], found["facts"]["counts"], found["dry_run"]) == (0, [], False)


def test_days_that_end_before_they_begin_are_refused(
    config: Config, newsledger: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    assert config
    done = newsledger("reprocess", "--since", "2021-03-05", "--until", "2021-03-04")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--since 2021-03-05 is after --until 2021-03-04" in done.stderr


def test_a_rehearsal_makes_no_ledger(
    write_config: Callable[..., Path], newsledger: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    folder = write_config().parent
    done = newsledger("reprocess", "--dry-run")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "there is no ledger" in done.stderr
    assert not (folder / "data").exists()


@pytest.mark.parametrize("command", [("reprocess",), ("doctor", "--json")])
def test_what_only_looks_brings_no_ledger_to_the_present_schema(
    config: Config, newsledger: Callable[..., subprocess.CompletedProcess[str]], command: tuple[str, ...]
) -> None:
    with duckdb.connect(str(config.paths.ledger)) as con:
        con.execute("DELETE FROM schema_version WHERE version = (SELECT max(version) FROM schema_version)")
    before = digest_of(config.paths.ledger)
    done = newsledger(*command, "--dry-run")
    assert done.returncode == 2
    assert "`newsledger run` brings it to the present one" in done.stdout + done.stderr
    assert digest_of(config.paths.ledger) == before
