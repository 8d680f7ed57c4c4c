"""What the tests of flows/ share: a configuration and a seed corpus in a folder of their own, and the real command."""

from __future__ import annotations

import io
import os
import secrets
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.cli import main
from flows.config import read_config
from flows.once import run_flow
from flows.pipeline import daily_digest
from flows.steps import in_threads, make_steps
from newsledger.fetch import Archive
from newsledger.records.steps import Means
from store import run_query

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsledger.records.config import Config
    from newsledger.records.run import FlowName, RunReport
    from tests.webserver import Web

COMMAND = Path(sys.executable).parent / "newsledger"
START = datetime(2026, 3, 10, 6, tzinfo=UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}
MARKER = "Zarathustrovskaya"
CONFIG = """\
dossier:
  name: A test of the flows
timezone: UTC
paths:
  ledger: data/ledger.duckdb
  published: data/news.duckdb
  digests: digests
  seeds: seeds
  state: state
schedule:
  monitor: "{monitor}"
  daily_digest: "0 6 * * *"
run:
  max_minutes: 1
  workers: 2
fetch:
  contact: "https://example.org/tests"
  connect_timeout_s: 2
  read_timeout_s: 30
  total_timeout_s: 30
  max_feed_bytes: 1000000
  max_page_bytes: 1000000
  retries: 0
  concurrency: 4
  host_delay_s: 0
  allow_addresses: ["127.0.0.1"]
topics:
  - id: diplomacy
    words: [talks, summit*]
feeds:
{feeds}
"""
SEEDS = {
    "talks.txt": """\
---
title: Talks in the river town
published: 2021-03-04
source: river-post
---
GOMEL, March 4 (BelTA) - Belarusian President Alexander Lukashenko met Russian Prime Minister Mikhail Mishustin in Gomel
on Wednesday for talks. The talks went on until the evening. "We have agreed on the timetable," Lukashenko said.
Trade between the two countries grew by 14 percent.
""",
    "bridge.md": """\
---
title: A bridge is planned
published: 2021-03-05T09:30:00Z
---
The ministry said on Friday that the bridge would cost 30 million dollars. Construction is to begin in May 2021.
""",
}


@pytest.fixture
def write_config(tmp_path: Path) -> Callable[..., Path]:
    """Write a configuration into the test's folder; a feed is given as (id, url)."""

    def write(*feeds: tuple[str, str], monitor: str = "*/30 * * * *", folder: Path = tmp_path) -> Path:
        listed = "\n".join(f'  - {{id: {name}, name: "{name}", url: "{url}", kind: wire}}' for name, url in feeds)
        path = folder / "config.yaml"
        path.write_text(CONFIG.format(monitor=monitor, feeds=listed or "  []"), encoding="utf-8")
        return path

    return write


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Two documents of a seed corpus, two days."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    for name, text in SEEDS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def feed(web: Web) -> str:
    """The address of a feed on a real web server: one item with a page, one whose page is gone."""
    page = (
        "<html><head><title>Ministers meet</title></head><body><article><h1>Ministers meet</h1>"
        + "<p>The foreign ministers of Poland and Lithuania met in Vilnius on Tuesday to discuss the border. "
        "Both sides agreed to open a second crossing before the summer, a spokesman said.</p>"
        * 4
        + "</article></body></html>"
    )
    web.put("/page", page, headers={"Content-Type": "text/html"})
    items = (
        "<item><title>Ministers meet</title><link>{url}/page</link><guid>1</guid></item>"
        "<item><title>Prices rise</title><link>{url}/gone</link><guid>2</guid>"
        "<description>Prices of bread rose by 7 percent in April, the statistics office said on Monday.</description>"
        "</item>"
    ).replace("{url}", web.url)
    return web.put("/feed.xml", f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>')


@pytest.fixture
def newsledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command in the test's folder and in the test's process, which has all imports behind it.

    What serves flows sets the process up for Prefect, so it needs `newsledger_process`.
    """
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["newsledger", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        capfd.readouterr()
        before = dict(os.environ)
        with pytest.raises(SystemExit) as ended:
            main()
        assert dict(os.environ) == before, "the tests that follow would run with it"
        written = capfd.readouterr()
        status = ended.value.code
        assert isinstance(status, int)
        return subprocess.CompletedProcess(sys.argv, status, written.out, written.err)

    return run


@pytest.fixture
def newsledger_process(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the installed command in the test's folder, in a process of its own."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [COMMAND, *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)

    return run


def rows(config: Config, query: str) -> list[tuple[object, ...]]:
    return list(run_query(config.paths.published, query, 30).rows)


def means(config: Config, now: datetime = START) -> Means:
    return Means(config=config, clock=lambda: now, carry=in_threads, progress=lambda *_: None)


def run(config: Config, flow: FlowName = "monitor", now: datetime = START) -> RunReport:
    report = run_flow(flow, means(config, now))
    if report.days:
        daily_digest(config, report.days, make_steps(means(config, now)))
    return report


def places_of(word: str, folder: Path) -> list[str]:
    """Name the files that hold a word, in plain or in the archive's packing."""
    found = [path for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]
    archive = Archive(folder / "data" / "archive")
    packed = [path for path in archive.folder.rglob("*.zst") if word.encode() in (archive.get(path.stem) or b"")]
    return sorted(path.name for path in (*found, *packed) if path.name != "config.yaml")


@pytest.fixture
def paper(web: Web) -> str:
    """A feed of two articles; one holds a word that stands nowhere else, in text, headline and summary."""
    noise = " ".join(secrets.token_hex(8) for _ in range(300))
    for number, word in enumerate(("Ordinary", MARKER)):
        text = f"Minister {word} met the delegation of Belarus on Monday. {noise}"
        web.put(f"/{number}", f"<html><body><article><p>{text}</p></article></body></html>", headers=HTML)
    return list_items(web)


def list_items(web: Web, note: str = "") -> str:
    items = "".join(
        f"<item><title>{word} meets the delegation</title><link>{web.url}/{number}</link><guid>{number}</guid>"
        f"<description>{word} met somebody.</description></item>"
        for number, word in enumerate(("Ordinary", MARKER))
    )
    return web.change("/feed.xml", f'<rss version="2.0"><channel><title>Paper{note}</title>{items}</channel></rss>')


@pytest.fixture
def stored(paper: str, write_config: Callable[..., Path]) -> Config:
    config = read_config(write_config(("paper", paper)))
    run(config)
    return config
