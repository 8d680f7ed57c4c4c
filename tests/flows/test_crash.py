"""A run that is killed: nothing that it fetched is lost, nothing is stored twice."""

from __future__ import annotations

import signal
import subprocess
import time
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import yaml

from flows.config import read_config
from flows.once import run_flow, utc_now
from flows.running import run_plainly
from flows.steps import in_threads
from newsledger.records.steps import Means
from store import open_ledger, run_query
from tests.flows.conftest import COMMAND

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from newsledger.records.config import Config
    from tests.webserver import Web

HTML = {"Content-Type": "text/html; charset=utf-8"}
SAID = (
    "The ministers spoke for an hour about the bridge, the border and the price of gas, and agreed to meet again. " * 3
)
PAGES = 12


def page(number: int) -> str:
    return f"<html><body><article><p>This is story {number}.</p><p>{SAID}</p></article></body></html>"


def publish(web: Web, first: int, last: int, *, delay_s: float = 0.0) -> str:
    """Serve a feed of the stories from `first` up to `last`, and the pages of them all."""
    for number in range(last):
        web.change(f"/{number}", page(number), headers=HTML, delay_s=delay_s)
    items = (f"<item><title>Story {n}</title><link>{web.url}/{n}</link></item>" for n in range(first, last))
    return web.change("/feed.xml", f'<rss version="2.0"><channel><title>F</title>{"".join(items)}</channel></rss>')


def asked(web: Web) -> int:
    return sum(web.count(f"/{number}") for number in range(PAGES))


def titles(config: Config) -> list[str]:
    return [str(row[0]) for row in run_query(config.paths.published, "SELECT title FROM articles", 10).rows]


@pytest.mark.slow
@pytest.mark.parametrize("fetched", [1, PAGES - 2])
def test_what_a_killed_run_fetched_is_stored_once_and_asked_for_once(
    web: Web, write_config: Callable[..., Path], tmp_path: Path, fetched: int
) -> None:
    config = read_config(write_config(("paper", publish(web, 0, PAGES, delay_s=0.2))))
    command = [COMMAND, "run", "--plain"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as killed:
        while asked(web) < fetched:
            assert killed.poll() is None
            time.sleep(0.02)
        killed.send_signal(signal.SIGKILL)
    with open_ledger(config.paths.ledger) as ledger:
        assert ledger.integrity() == (), "the books balance, of the killed run too"
    before = asked(web)
    # The feed lists none of them any more; what was fetched need not be asked for again.
    publish(web, PAGES, PAGES)
    (report,) = run_plainly(config, ["monitor"])
    assert sorted(titles(config)) == sorted(f"Story {number}" for number in range(PAGES))
    assert (report.added.articles, sum(balance.resumed for balance in report.balances)) == (PAGES, PAGES)
    assert asked(web) - before <= PAGES - fetched + 1, "at most the one under way is asked for twice"
    assert not (config.paths.archive / "journal.jsonl").exists()


def test_after_days_of_downtime_a_host_is_still_asked_one_by_one(web: Web, write_config: Callable[..., Path]) -> None:
    path = write_config(("paper", publish(web, 0, 2)))
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    raw["fetch"] |= {"host_delay_s": 0.05}
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    config = read_config(path)
    run_plainly(config, ["monitor"])
    publish(web, 2, PAGES)
    later = utc_now() + timedelta(days=5)
    means = Means(config=config, clock=lambda: later, carry=in_threads, progress=lambda *_: None, only_due=True)
    report = run_flow("monitor", means)
    assert report.added.articles == PAGES - 2
    pages = sorted((one for one in web.seen if one.path != "/feed.xml"), key=lambda one: one.began)
    assert all(after.began - before.ended >= 0.03 for before, after in pairwise(pages))


def test_what_time_cut_off_comes_later_though_its_feed_forgot_it(web: Web, write_config: Callable[..., Path]) -> None:
    config = read_config(write_config(("paper", publish(web, 0, 3))))
    now = utc_now()
    late = now + timedelta(hours=1)

    def clock() -> datetime:
        return late if web.count("/feed.xml") else now

    hurried = Means(config=config, clock=clock, carry=in_threads, progress=lambda *_: None)
    assert run_flow("monitor", hurried).added.articles == 0
    publish(web, 3, 4)
    again = Means(config=config, clock=lambda: late, carry=in_threads, progress=lambda *_: None)
    report = run_flow("monitor", again)
    assert (report.added.articles, report.balances[0].seen, report.balances[0].resumed) == (4, 1, 3)
    assert report.balances[0].is_balanced
