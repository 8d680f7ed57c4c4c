"""The measurement of whole extraction: what it reads, whose time is whose, and what it prints."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.extract.__main__ import report
from bench.extract.stages import Watch
from bench.extract.texts import WORDS, make_article

ROOT = Path(__file__).resolve().parents[2]


def test_an_article_is_the_same_for_the_same_number_and_another_for_another() -> None:
    texts = [make_article(number).text for number in range(20)]
    assert texts == [make_article(number).text for number in range(20)]
    assert len(set(texts)) == 20
    assert all(WORDS <= len(text.split()) <= WORDS + 120 for text in texts)


def test_time_spent_elsewhere_is_put_down_there(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0, 10, 13, 14])
    monkeypatch.setattr(time, "perf_counter", lambda: next(clock))
    watch = Watch()
    inner = watch.timed("inner", lambda: "read")
    assert watch.timed("outer", inner)() == "read"
    assert watch.seconds == {"inner": 3, "outer": 11}


def test_the_report_adds_paces_and_takes_medians() -> None:
    def told(clock: float) -> dict[str, object]:
        stages = {"model": clock / 2, "events": clock / 4}
        return {"articles": 10, "words": 6000, "clock": clock, "processor": clock / 2, "stages": stages, "mib": 200.0}

    head, _, model, *others = report([[told(1), told(2)], [told(2), told(2)], [told(50), told(50)]]).splitlines()
    assert head.startswith("10.0 articles of 600 words a second on 2 cores, 20.0 by processor time")
    assert model.split() == ["model", "50.0%", "100.0"]
    assert {line.split("  ")[0] for line in others} == {"events", "the rest"}


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--articles", "2", "--rounds", "1"], ["model ", "entities ", "statements ", "events ", "figures ", "times "]),
        (["--memory", "2"], ["2 articles ", "MiB"]),
    ],
)
def test_a_small_run_tells_of_every_stage_and_of_memory(arguments: list[str], wanted: list[str]) -> None:
    command = [sys.executable, "-m", "bench.extract", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert all(word in done.stdout for word in wanted), done.stdout
