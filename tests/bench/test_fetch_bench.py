from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.fetch.fixtures import feed
from bench.fetch.measures import Run, Stage, measure
from bench.fetch.pages import page
from bench.fetch.report import figures, ratios, table

ROOT = Path(__file__).resolve().parents[2]


def run_of(variant: str, seconds: float) -> Run:
    stage = Stage(documents=60, wall_s=seconds, cpu_s=seconds / 2, parse_s=seconds / 4)
    return Run(variant=variant, feeds=stage, pages=stage, peak_mib=100 * seconds, requests=130, connections=9)


def test_a_small_run_reads_everything_on_both_sides() -> None:
    command = [sys.executable, "-m", "bench.fetch", "--scale", "0.004", "--rounds", "1", "--json"]
    done = subprocess.run(
        [*command, "--variants", "ours", "bare"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [(run["variant"], run["feeds"]["documents"], run["pages"]["documents"]) for run in told["runs"]] == [
        ("ours", 2, 20),
        ("bare", 2, 20),
    ]
    # Two feeds and their pages, and for ours a robots.txt for each of the two hosts.
    assert [run["requests"] for run in told["runs"]] == [24, 22]
    assert all(0 < one["pages_parsing_share"] <= 1 for one in told["medians"].values())
    assert set(told["ratios"]["bare"].values()) == {1.0}


def test_figures_are_medians_and_ratios_to_the_reference() -> None:
    runs = [*(run_of("ours", seconds) for seconds in (1, 2, 60)), run_of("bare", 4)]
    ours, bare = figures("ours", runs), figures("bare", runs)
    assert (ours.feeds_a_minute, ours.pages_a_second, ours.peak_mib) == (1800, 30, 200)
    assert (ours.pages_parsing_share, ours.page_cpu_ms) == (0.5, pytest.approx(1000 / 60))
    assert ratios(ours, bare) == {
        "feeds_a_minute": 2,
        "pages_a_second": 2,
        "feed_cpu_ms": 0.5,
        "page_cpu_ms": 0.5,
        "peak_mib": 0.5,
    }
    assert "1,800 (2.00)" in table([ours, bare])
    assert "1,800 " in table([ours])


def test_a_run_that_reads_less_has_no_figures() -> None:
    class Lazy:
        spent: list[float] = []  # noqa: RUF012 - nothing is put in
        processes = 0

        def read_feeds(self) -> int:
            return 19

        read_pages = read_feeds

    with pytest.raises(ValueError, match="19 of 20"):
        measure("lazy", Lazy(), 20)


def test_fixtures_are_the_same_each_time_and_of_the_size_of_real_ones() -> None:
    assert (feed(7, 8000), page(7, 8000)) == (feed(7, 8000), page(7, 8000))
    assert all(15_000 <= len(feed(number, 8000)) <= 60_000 for number in range(20))
    assert all(50_000 <= len(page(number, 8000)) <= 150_000 for number in range(0, 200, 10))
