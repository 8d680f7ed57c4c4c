"""A day of which something changed has its digest written, however the run that changed it ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NoReturn

import pytest

import flows.rereading
import flows.steps
from flows.config import read_config
from flows.digests import write_day
from flows.once import run_flow
from newsledger.records.errors import StoreError
from store import due_days, open_ledger, publish
from store.database import attached
from tests.flows.conftest import START, means, run

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from newsledger.records.config import Config
    from newsledger.records.extraction import Extraction
    from newsledger.records.run import FactsDiff

    Command = Callable[..., subprocess.CompletedProcess[str]]

TALKS, BRIDGE = date(2021, 3, 4), date(2021, 3, 5)


@pytest.fixture
def config(seeds: Path, write_config: Callable[..., Path]) -> Config:
    """Two seed articles of two days, stored and told."""
    assert seeds.exists()
    found = read_config(write_config())
    run(found, "seed")
    assert due_days(found.paths.published) == ()
    return found


def told(config: Config) -> list[str]:
    return [(config.paths.digests / f"{day}.md").read_text(encoding="utf-8") for day in (TALKS, BRIDGE)]


@pytest.mark.parametrize("ends_it", [("run", "--plain"), ("doctor",)])
def test_a_seed_that_was_saved_before_the_run_died_is_told(
    config: Config, seeds: Path, newsledger: Command, monkeypatch: pytest.MonkeyPatch, ends_it: tuple[str, ...]
) -> None:
    (seeds / "new.txt").write_text("---\ntitle: Zubr\npublished: 2021-03-04\n---\nMinister Zubr met them in Gomel.\n")
    with monkeypatch.context() as broken:
        broken.setattr(flows.steps, "_close", _die)
        with pytest.raises(KeyboardInterrupt):
            run(config, "seed")
    assert "Zubr" not in told(config)[0]
    assert newsledger(*ends_it).returncode == 0
    assert "Zubr" in told(config)[0]
    assert newsledger("doctor").stdout == "all is well\n"


def test_what_was_read_anew_before_the_run_died_is_told(
    config: Config, newsledger: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = told(config)
    with attached(config.paths.ledger) as con:
        con.execute("UPDATE articles SET extractor = 'older'")
        for table in ("statements", "statement_chain", "events", "event_participants", "figures"):
            con.execute(f"DELETE FROM {table}")
        con.execute("INSERT INTO digests_due SELECT digest_at::DATE, digest_at FROM articles")
    newsledger("doctor")
    assert told(config) != right
    diffs = iter([flows.rereading.diff_of, _die])

    def diff_one(*given: Extraction) -> FactsDiff:
        return next(diffs)(*given)

    monkeypatch.setattr(flows.rereading, "BATCH", 1)
    with monkeypatch.context() as broken:
        broken.setattr(flows.rereading, "diff_of", diff_one)
        with pytest.raises(KeyboardInterrupt):
            run(config, "reprocess")
    run(config, "reprocess", START + timedelta(hours=1))
    assert newsledger("run", "--plain").returncode == 0
    assert told(config) == right


def test_a_run_that_ends_with_a_contradiction_leaves_its_days_due(
    config: Config, seeds: Path, newsledger: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (seeds / "new.txt").write_text("---\ntitle: Zubr\npublished: 2021-03-04\n---\nMinister Zubr met them in Gomel.\n")
    with monkeypatch.context() as broken:
        broken.setattr("store.ledger.problems", lambda *_: ("rows that contradict each other",))
        with pytest.raises(StoreError, match="contradicts itself"):
            run(config, "seed")
    assert newsledger("run", "--plain").returncode == 0
    assert "Zubr" in told(config)[0]


def test_what_changes_while_a_digest_is_written_stays_due(config: Config, seeds: Path) -> None:
    (seeds / "new.txt").write_text("---\ntitle: Zubr\npublished: 2021-03-04\n---\nMinister Zubr met them in Gomel.\n")
    run_flow("seed", means(config, START))
    written = write_day(config, TALKS)
    (seeds / "new.txt").write_text("---\ntitle: Zubr\npublished: 2021-03-04\n---\nMinister Lis met them in Gomel.\n")
    run_flow("seed", means(config, START + timedelta(hours=1)))
    with open_ledger(config.paths.ledger) as ledger:
        ledger.note_digests([written], START)
    publish(config.paths.ledger, config.paths.published)
    assert due_days(config.paths.published) == (TALKS,)
    with open_ledger(config.paths.ledger) as ledger:
        assert ledger.note_digests([write_day(config, TALKS)], START)
    publish(config.paths.ledger, config.paths.published)
    assert due_days(config.paths.published) == ()


def _die(*_: object) -> NoReturn:
    raise KeyboardInterrupt
