"""Takedowns that are cut off, that come again by another way, or that people quoted; and retention that would slip."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import flows.digests
import flows.forgetting
import flows.steps
import store.checks.forgetting
from flows.config import read_config
from flows.unquoting import drop_quotes
from newsledger.records.errors import StoreError
from tests.flows.conftest import HTML, MARKER, START, list_items, places_of, rows, run

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from newsledger.records.config import Config
    from tests.webserver import Web

    Command = Callable[..., subprocess.CompletedProcess[str]]

YES = ("--reason", "asked to", "--yes")


@pytest.mark.parametrize(
    ("step", "ends_it"),
    [
        ("clear_archive", "forget"),
        ("compact", "doctor"),
        ("publish", "forget"),
        ("refresh_index", "doctor"),
        ("write_day", "forget"),
        ("write_latest", "doctor"),
    ],
)
def test_a_takedown_that_was_cut_off_is_finished(  # noqa: PLR0913, PLR0917 - fixtures
    stored: Config, newsledger: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, ends_it: str
) -> None:
    url = rows(stored, f"SELECT url FROM v_articles WHERE title LIKE '{MARKER}%'")[0][0]

    def cut_off(*_: object) -> None:
        message = "no space left"
        raise StoreError(message)

    with monkeypatch.context() as broken:
        broken.setattr(flows.digests if step.startswith("write") else flows.forgetting, step, cut_off)
        done = newsledger("forget", str(url), *YES)
    assert done.returncode == 2
    assert "forget it once more" in done.stderr
    assert places_of(MARKER, tmp_path)
    assert newsledger("doctor", "--dry-run").returncode == 2, "the doctor sees it"
    ended = newsledger(ends_it, *(str(url), *YES) if ends_it == "forget" else ())
    assert ended.returncode == 0, ended.stderr
    assert places_of(MARKER, tmp_path) == []
    assert newsledger("doctor").stdout == "all is well\n"
    assert rows(stored, "SELECT reason FROM takedowns") == [("asked to",)]


def test_the_digests_of_later_days_lose_it_too(
    seeds: Path, write_config: Callable[..., Path], newsledger: Command, tmp_path: Path
) -> None:
    write_config()
    (seeds / "earlier.md").write_text(
        "---\ntitle: A visit\npublished: 2021-03-04T08:00:00Z\n---\n"
        f"Russian President Vladimir Putin will visit Minsk on March 5, {MARKER} said.\n",
        encoding="utf-8",
    )
    assert newsledger("run", "--plain").returncode == 0
    told = {path.stem for path in (tmp_path / "digests").iterdir() if MARKER in path.read_text(encoding="utf-8")}
    assert {"2021-03-04", "2021-03-05", "latest"} <= told, "the visit is due on the second day"
    done = newsledger("forget", "earlier", *YES)
    assert "2021-03-04, 2021-03-05: written anew" in done.stdout
    assert places_of(MARKER, tmp_path / "digests") == []


def test_without_room_nothing_is_taken_down(
    stored: Config, newsledger: Command, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.checks.forgetting, "_SPARE_BYTES", 2**60)
    done = newsledger("forget", f"{web.url}/1", *YES)
    assert "no space left on the disk" in done.stderr
    assert len(rows(stored, "FROM v_articles")) == 2


def test_what_a_seed_told_does_not_come_in_by_a_feed(
    paper: str, web: Web, write_config: Callable[..., Path], newsledger: Command, tmp_path: Path
) -> None:
    document = (
        f"---\ntitle: {MARKER} meets\nurl: {web.url}/1?utm_source=x\n---\nMinister {MARKER} met them on Monday.\n"
    )
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(document, encoding="utf-8")
    config = read_config(write_config(("paper", paper)))
    run(config, "seed")
    (article_id,) = rows(config, "SELECT article_id FROM articles")[0]
    assert newsledger("forget", str(article_id), *YES).returncode == 0
    (tmp_path / "seeds" / "a.txt").rename(tmp_path / "seeds" / "b.txt")
    run(config, "seed", START + timedelta(hours=1))
    run(config, now=START + timedelta(hours=2))
    assert rows(config, "SELECT title FROM v_articles") == [("Ordinary meets the delegation",)]
    assert rows(config, "SELECT url, detail FROM v_dropped") == [(f"{web.url}/1", "asked to")]


def test_what_was_taken_down_does_not_come_in_by_a_short_link(stored: Config, web: Web, newsledger: Command) -> None:
    newsledger("forget", f"{web.url}/1", *YES)
    web.put("/short", "", status=301, headers={"Location": f"{web.url}/1"})
    item = f"<item><title>They meet</title><link>{web.url}/short</link><guid>99</guid></item>"
    web.change("/feed.xml", f'<rss version="2.0"><channel><title>P</title>{item}</channel></rss>')
    report = run(stored, now=datetime.now(UTC) + timedelta(days=1))
    assert [balance.is_balanced for balance in report.balances] == [True]
    assert rows(stored, "SELECT title FROM v_articles") == [("Ordinary meets the delegation",)]
    assert rows(stored, "SELECT disposition FROM v_dropped WHERE url LIKE '%short'") == [("forgotten",)]


def test_corrections_of_what_is_taken_down_go_with_it(
    stored: Config, newsledger: Command, web: Web, tmp_path: Path
) -> None:
    (article_id,) = rows(stored, f"SELECT article_id FROM v_articles WHERE title LIKE '{MARKER}%'")[0]
    corrected = newsledger("correct", "entity", str(article_id), "Belarus", "--to", "russia")
    assert corrected.returncode == 0, corrected.stderr
    assert article_id in stored.paths.decisions.read_text(encoding="utf-8")
    done = newsledger("forget", f"{web.url}/1", *YES)
    assert "1 corrections and examples removed" in done.stdout
    assert str(article_id) not in stored.paths.decisions.read_text(encoding="utf-8")
    assert places_of(MARKER, tmp_path) == []


HEAD = "# What people decided.\n# By hand.\n\n"
KEPT = """\
# Of a merger.
- decision: reject   # a remark
  entity: one-name
  decided: 2026-03-06

"""
QUOTED = """\
- decision: reject
  entity: other-name
  example: >-
    # They met
    by   the river.
  # of the old town
  decided: 2026-03-06
"""
UNQUOTED = """\
- decision: reject
  entity: other-name
  # of the old town
  decided: 2026-03-06
"""
OF_IT = """\
# She said it twice.
- decision: identity
  article: gone
  words: river
  was: a
  to: b
  decided: 2026-03-06

"""
IN_A_LINE = "{decision: identity, article: gone, words: river, was: a, to: b, decided: 2026-03-06}"
OF_ANOTHER = OF_IT.replace("gone", "kept").replace("twice", "once")


def test_only_what_quotes_it_leaves_the_file_of_decisions(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_bytes((HEAD + KEPT + OF_IT + OF_ANOTHER + QUOTED).replace("\n", os.linesep).encode())
    assert drop_quotes(path, ["gone"], ["Later # They met by the river. It rained."]) == (2, ())
    assert path.read_text(encoding="utf-8") == HEAD + KEPT + OF_ANOTHER + UNQUOTED
    assert drop_quotes(path, ["gone"], ["They met."]) == (0, ())
    assert drop_quotes(path, ["kept"], []) == (1, ())
    assert path.read_text(encoding="utf-8") == HEAD + KEPT + UNQUOTED


@pytest.mark.parametrize(
    "text",
    [
        f"[{IN_A_LINE}, {IN_A_LINE.replace('gone', 'kept')}]\n",
        "- example: They met.\n  decision: reject\n  entity: x\n  decided: 2026-03-06\n",
        "- decision: unheard\n",
    ],
)
def test_what_cannot_be_taken_out_of_the_file_safely_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(text, encoding="utf-8")
    count, left_in = drop_quotes(path, ["gone"], ["They met."])
    assert count == 0
    assert left_in[0].startswith(str(path))
    assert path.read_text(encoding="utf-8") == text


@pytest.fixture
def keeping(seeds: Path, write_config: Callable[..., Path], paper: str) -> Config:
    """A store with two articles of a feed and two old ones, kept for 30 days."""
    assert len(list(seeds.iterdir())) == 2
    path = write_config(("paper", paper))
    path.write_text(path.read_text() + "retention:\n  articles_days: 30\n", encoding="utf-8")
    config = read_config(path)
    run(config, "seed")
    return config


def test_a_slip_takes_out_nothing(keeping: Config, capfd: pytest.CaptureFixture[str]) -> None:
    run(replace(keeping, retention=replace(keeping.retention, articles_days=3, most_at_once=0.49)))
    assert len(rows(keeping, "FROM v_articles")) == 4
    assert "2 of 4 articles are older than retention.articles_days (3), more than" in capfd.readouterr().err
    run(keeping, now=START + timedelta(hours=1))
    assert len(rows(keeping, "FROM v_articles")) == 2, "half of them may go"


def test_a_slip_of_the_share_is_told(write_config: Callable[..., Path], newsledger: Command) -> None:
    path = write_config()
    path.write_text(path.read_text() + "retention:\n  most_at_once: 50\n", encoding="utf-8")
    assert "most_at_once is a share of all articles" in newsledger("status").stderr


def test_articles_expire_once_a_day(keeping: Config, web: Web) -> None:
    keeping = replace(keeping, retention=replace(keeping.retention, most_at_once=1))
    run(keeping)
    web.put("/old", f"<html><body><article><p>{'They met long ago. ' * 40}</p></article></body></html>", headers=HTML)
    item = f"<item><title>Old</title><link>{web.url}/old</link><pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate></item>"
    web.change("/feed.xml", f'<rss version="2.0"><channel><title>P</title>{item}</channel></rss>')
    counts = []
    for hours in (1, 2, 30):
        run(keeping, now=START + timedelta(hours=hours))
        counts.append(len(rows(keeping, "FROM v_articles")))
    assert counts == [3, 3, 2]


def test_a_ledger_that_cannot_be_shrunk_costs_no_run(
    keeping: Config, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        message = "no space left"
        raise StoreError(message)

    monkeypatch.setattr(flows.forgetting, "compact", full)
    monkeypatch.setattr("store.ledger.is_mostly_empty", lambda _: True)
    report = run(keeping)
    assert len(rows(keeping, "FROM v_articles")) == 2
    assert "keeps the room of what was taken out: no space left" in capfd.readouterr().err
    assert {day.isoformat() for day in report.days} >= {"2021-03-04", "2021-03-05"}


def test_feeds_that_list_what_is_out_are_asked_as_ever(stored: Config, newsledger: Command, web: Web) -> None:
    newsledger("forget", f"{web.url}/1", *YES)
    list_items(web, note=" anew")
    (balance,) = run(stored, now=datetime.now(UTC) + timedelta(hours=1)).balances
    assert balance.is_balanced
