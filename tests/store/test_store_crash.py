"""Whatever happens, what was acknowledged is there and what is there is whole."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import pytest

from newsledger.records.errors import StoreError
from newsledger.records.run import Batch
from store import open_ledger
from store.checks.forgetting import compact
from store.database import attached

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from newsledger.records.run import Run

SETTING = """
import os, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from newsledger.records.article import Article
from newsledger.records.errors import StoreError
from newsledger.records.extraction import Extraction, Time
from newsledger.records.run import Batch, Run
from store import open_ledger
path, now = Path(sys.argv[1]), datetime(2024, 3, 6, tzinfo=UTC)
run = Run(run_id=f"r{os.getpid()}", flow="monitor", started_at=now)

def batch(no, characters):
    text = "Monday " + os.urandom(characters // 2).hex()
    time = Time(start=0, end=6, text="Monday", type="DATE", value="XXXX-WXX-1")
    return Batch(extractions=tuple(
        Extraction(article=Article(article_id=f"{os.getpid()}-{no}-{one}", text=text), extractor="x", times=(time,))
        for one in range(3)
    ))
"""
FILL = (
    SETTING
    + """
with open_ledger(path) as ledger:
    ledger.begin(run)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
saved = 0
try:
    while saved < 1000:
        with open_ledger(path) as ledger:
            ledger.save(batch(saved, 100_000), run, ZoneInfo("UTC"), now)
        saved += 1
except StoreError as error:
    print(saved, error)
"""
)
LOOP = (
    SETTING
    + """
no = 0
while True:
    with open_ledger(path) as ledger:
        ledger.begin(run)
        ledger.save(batch(no, 5_000), run, ZoneInfo("UTC"), now)
    print(f"{os.getpid()}-{no}", flush=True)
    no += 1
"""
)
# A monitor's run, over and over: it enters what it will fetch, takes up what is owed, and stores it by and by. With a
# second argument it lists nothing new and ends after one run.
MONITOR = (
    SETTING
    + """
from itertools import count
from newsledger.records.config import Feed
from newsledger.records.feeds import FeedEntry, FeedPoll, FeedState, FetchedItem
feed = Feed(id="f", name="F", url="https://f.example/", kind="wire")
is_last = len(sys.argv) > 2

def entry(article_id):
    return FeedEntry(feed_id="f", article_id=article_id, url=None, title=None, published=None, modified=None,
        authors=(), language=None, body_html="<p>Ships left.</p>")

def save(batch):
    with open_ledger(path) as ledger:
        ledger.save(batch, run, ZoneInfo("UTC"), now)

for no in count():
    run = Run(run_id=f"r{os.getpid()}-{no}", flow="monitor", started_at=now)
    with open_ledger(path) as ledger:
        ledger.begin(run)
        owed = [known.entry for known in ledger.items(now) if known.due_at]
    listed = [] if is_last else [entry(f"{os.getpid()}-{no}-{one}") for one in range(6)]
    poll = FeedPoll(feed=feed, state=FeedState(feed_id="f"), outcome="ok", polled_at=now, entries=tuple(listed),
        resumed=len(owed))
    wanted = [*owed, *listed]
    items = tuple(FetchedItem(entry=one, dropped="deferred", due_at=now) for one in wanted)
    save(Batch(polls=(poll,), items=items))
    print(*(f"owed:{one.article_id}" for one in listed), flush=True)
    while wanted:
        some, wanted = wanted[:2], wanted[2:]
        made = tuple(
            Extraction(article=Article(article_id=one.article_id, text="Ships left.", origin="feed"), extractor="x")
            for one in some
        )
        items = tuple(FetchedItem(entry=one, article=each.article) for one, each in zip(some, made))
        save(Batch(extractions=made, items=items))
        print(*(f"stored:{one.article_id}" for one in some), flush=True)
    if is_last:
        break
"""
)


def test_a_full_disk_is_told_and_loses_nothing_that_was_stored(
    ledger_path: Path, save: Callable, extraction: Callable
) -> None:
    save(extraction())
    limit = ledger_path.stat().st_size + 1_500_000
    done = subprocess.run(
        [sys.executable, "-c", FILL, ledger_path, str(limit)], capture_output=True, text=True, check=True
    )
    saved, _, message = done.stdout.partition(" ")
    assert int(saved) >= 2
    assert "no space left on the disk" in message
    assert message.count("\n") == 1
    assert not done.stderr
    with open_ledger(ledger_path) as ledger:
        known = ledger.known()
        assert ledger.integrity() == ()
    assert "a1" in known
    # The batch that failed may be there as a whole, if only the checkpoint after it failed.
    assert len(known) - 1 in {3 * int(saved), 3 * int(saved) + 3}
    assert save(extraction("a2")).added.articles == 1


def test_too_little_space_is_told_before_anything_is_written(
    ledger_path: Path, save: Callable, extraction: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(extraction())
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10_000_000))
    with pytest.raises(StoreError, match="no space left"):
        save(extraction("a2"))
    monkeypatch.undo()
    with open_ledger(ledger_path) as ledger:
        assert set(ledger.known()) == {"a1"}


def test_a_batch_that_fails_leaves_nothing_and_the_next_one_succeeds(
    ledger_path: Path, run: Run, extraction: Callable
) -> None:
    batch = Batch(extractions=(extraction(),))
    with open_ledger(ledger_path) as ledger:
        con = ledger._con  # noqa: SLF001 - to break and mend what a batch writes late
        con.execute("ALTER TABLE topic_evidence RENAME TO gone")
        with pytest.raises(StoreError, match="topic_evidence"):
            ledger.save(batch, run, ZoneInfo("UTC"), run.started_at)
        assert ledger.known() == {}
        con.execute("ALTER TABLE gone RENAME TO topic_evidence")
        assert ledger.save(batch, run, ZoneInfo("UTC"), run.started_at).added.articles == 1


def test_killed_at_any_moment_it_keeps_what_was_acknowledged(ledger_path: Path) -> None:
    acknowledged: list[str] = []
    chance = random.Random(7)  # noqa: S311 - any moment will do
    for _ in range(4):
        writer = subprocess.Popen([sys.executable, "-c", LOOP, ledger_path], stdout=subprocess.PIPE, text=True)
        acknowledged.append(writer.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.4))
        writer.kill()
        acknowledged += writer.communicate()[0].split()
    with open_ledger(ledger_path) as ledger:
        known = set(ledger.known())
        assert ledger.integrity() == ()
    assert len(acknowledged) >= 4
    assert {f"{batch}-{one}" for batch in acknowledged for one in range(3)} <= known
    assert len(known) % 3 == 0, "a batch is there as a whole or not at all"


def test_a_run_killed_at_any_moment_loses_no_item_and_doubles_none(ledger_path: Path) -> None:
    told: list[str] = []
    chance = random.Random(11)  # noqa: S311 - any moment will do
    for _ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", MONITOR, ledger_path], stdout=subprocess.PIPE, text=True)
        told += writer.stdout.readline().split()
        time.sleep(chance.uniform(0, 0.5))
        writer.kill()
        told += writer.communicate()[0].split()
        with open_ledger(ledger_path) as ledger:
            assert ledger.integrity() == (), "the books hold in a run that was cut off"
            known, items = set(ledger.known()), ledger.items(datetime.min.replace(tzinfo=UTC))
        owed = {item.entry.article_id for item in items if item.due_at}
        assert {one.removeprefix("stored:") for one in told if one.startswith("stored:")} <= known
        assert {one.removeprefix("owed:") for one in told if one.startswith("owed:")} <= known | owed
        assert not known & owed
        assert {item.entry.body_html for item in items if item.due_at} <= {"<p>Ships left.</p>"}
    subprocess.run([sys.executable, "-c", MONITOR, ledger_path, "last"], stdout=subprocess.PIPE, check=True)
    with open_ledger(ledger_path) as ledger:
        items = ledger.items(datetime.min.replace(tzinfo=UTC))
        assert len(items) >= 30
        assert set(ledger.known()) == {item.entry.article_id for item in items}
        assert {(item.disposition, item.due_at) for item in items} == {("stored", None)}
        assert ledger.integrity() == ()
    with attached(ledger_path) as con:
        assert con.execute("SELECT DISTINCT revision FROM articles").fetchall() == [(1,)]


def test_what_a_killed_writer_had_committed_outlives_a_rewriting_that_is_cut_off(
    ledger_path: Path, other_process: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(ledger_path):
        pass
    child = other_process(
        "import sys, time; from pathlib import Path; from store.database import attached\n"
        "with attached(Path(sys.argv[1])) as con:\n"
        "    con.execute(\"INSERT INTO sources (source_id) VALUES ('late')\"); print('in', flush=True); time.sleep(60)",
        ledger_path,
    )
    child.kill()
    child.wait()
    assert ledger_path.with_name(ledger_path.name + ".wal").stat().st_size

    def cut_off(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("pathlib.Path.replace", cut_off)
        with pytest.raises(KeyboardInterrupt):
            compact(ledger_path)
    with attached(ledger_path) as con:
        assert con.execute("SELECT source_id FROM sources").fetchall() == [("late",)]
