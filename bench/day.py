"""How long the digest of a busy day takes: `python -m bench.day [--articles 60000] [--a-day 5000] [--folder DIR]`.

The articles are those of bench.store, so many a day, each in a story by a fixed rule: every other one shares a day's
story with nine more, the rest share stories that go on for days; one in ten copies another. A watch list and a dossier
are set up. The last full day is read, its digest is made and put into each of its forms; each section's query is
measured by itself, too. All runs on one core; times are medians of processor seconds, which what else the machine does
prolongs least. Exit status 1 where all that takes more than 5 s or the page weighs more than 300 kB.

With `--folder` the files stay there and are used again.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bench.folders import folder_for
from bench.store.articles import FIRST_DAY
from bench.store.batches import ZONE, loads
from bench.store.world import FEEDS
from newsledger.digest import build_digest, render_html, render_json, render_markdown
from newsledger.digest.ranking import select
from newsledger.records.config import DigestPolicy, Watch
from store import open_ledger, publish, read_day
from store.database import attached, published_copy

if TYPE_CHECKING:
    from datetime import date

    from newsledger.records.day import DayView

MOST_S, MOST_BYTES = 5.0, 300_000
WATCHES = (
    Watch(name="Sanctions", acts=("SANCTION",), more_than=3),
    Watch(name="Belarus and Russia", dyads=(("BLR", "RUS"),)),
    Watch(name="Minsk", entities=("minsk",), words=("bank", "trad*")),
)
_A_BATCH = 1_000
_FEEDS = 40  # that are configured; the articles are of many more sources
_PLACES = """
    INSERT INTO story_articles BY NAME
    WITH numbered AS (
        SELECT *, row_number() OVER (ORDER BY digest_at, article_id) - 1 AS n FROM articles WHERE is_newest
    ),
    placed AS (
        SELECT *, CASE n % 2 WHEN 0 THEN 's-a' || n // 20 ELSE 's-b' || n % (SELECT count(*) // 10 FROM numbered) END
            AS story_id
        FROM numbered
    )
    SELECT
        article_id, revision, story_id, source_id AS origin_id, digest_at,
        CASE WHEN n % 10 = 6 THEN lag(article_id) OVER (PARTITION BY story_id ORDER BY n) END AS copy_of
    FROM placed
"""
_STORIES = "INSERT INTO stories SELECT story_id, min(digest_at), NULL FROM story_articles GROUP BY story_id"


def main() -> None:
    """Make the store where there is none, and measure."""
    parser = argparse.ArgumentParser(prog="python -m bench.day", description="Measure the digest of a busy day.")
    parser.add_argument("--articles", type=int, default=60_000)
    parser.add_argument("--a-day", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where the files stay (default: a temporary folder)")
    asked = parser.parse_args()
    with folder_for("day", asked.folder) as folder:
        published = folder / "news.duckdb"
        if not published.exists():
            _fill(folder / "ledger.duckdb", asked.articles, asked.a_day)
            publish(folder / "ledger.duckdb", published)
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        _measure(published, asked.rounds, asked.articles // asked.a_day - 1)


def _fill(ledger_path: Path, articles: int, a_day: int) -> None:
    with open_ledger(ledger_path) as ledger:
        for load in loads(0, articles, 365 * a_day, min(_A_BATCH, a_day)):
            ledger.begin(load.run)
            ledger.save(load.batch, load.run, ZONE, load.now)
    with attached(ledger_path) as con:
        con.execute(_PLACES)
        con.execute(_STORIES)


def _measure(published: Path, rounds: int, days: int) -> None:
    day = (FIRST_DAY + timedelta(days=days)).date()
    told = [_tell(published, day) for _ in range(rounds)]
    if not told:
        sys.exit("nothing was measured: give it a round at least")
    view, pages, _ = told[-1]
    print(f"{day}: {len(view.articles):,} articles, {len(view.stories):,} stories, {len(view.texts):,} texts cited")
    print(f"{len(view.extractions)} articles in full and {len(view.before)} before")
    stages = {stage: median(took[stage] for *_, took in told) for stage in told[-1][2]}
    for stage, took in stages.items():
        print(f"{stage:10} {took:7.3f} s")
    print(f"{'in all':10} {sum(stages.values()):7.3f} s; the page weighs {len(pages['html']) / 1000:.0f} kB\n")
    _measure_sections(published, view, rounds)
    if sum(stages.values()) > MOST_S or len(pages["html"]) > MOST_BYTES:
        sys.exit(1)


def _tell(published: Path, day: date) -> tuple[DayView, dict[str, bytes], dict[str, float]]:
    """Read a day and make its digest; give its forms, and the processor seconds of each stage."""
    policy = DigestPolicy()
    marks = [time.process_time()]
    view = read_day(
        published,
        day,
        ZoneInfo("UTC"),
        FEEDS[:_FEEDS],
        watches=WATCHES,
        dossier=("belarus", "russia"),
        choose=lambda view: select(view, policy),
    )
    marks.append(time.process_time())
    digest = build_digest(view, policy, "Russia and Belarus")
    marks.append(time.process_time())
    pages = {}
    for form, render in (("markdown", render_markdown), ("html", render_html), ("json", render_json)):
        pages[form] = render(digest).encode()
        marks.append(time.process_time())
    stages = ("read", "build", *pages)
    return view, pages, dict(zip(stages, (after - before for before, after in pairwise(marks)), strict=True))


def _measure_sections(published: Path, view: DayView, rounds: int) -> None:
    with published_copy(published) as con:
        for section, sql in view.queries:
            seconds = []
            for _ in range(rounds):
                began = time.process_time()
                rows = con.execute(sql).fetchall()
                seconds.append(time.process_time() - began)
            print(f"{section:10} {median(seconds):7.3f} s {len(rows):7,} rows")


if __name__ == "__main__":
    main()
