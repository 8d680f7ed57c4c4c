"""The measurement of the store: what it loads is the same every time and holds together, and it tells of everything."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bench.store.articles import FIRST_DAY, make_extraction, published_at
from bench.store.batches import make_load
from bench.store.report import Answer, Pace, Stage, curve, table
from bench.store.run import look_through, rewrite, save, save_bare

ROOT = Path(__file__).resolve().parents[2]
COUNT = 200


def test_an_article_is_the_same_for_the_same_number_and_another_for_another() -> None:
    made = [make_extraction(number, COUNT) for number in range(20)]
    assert made == [make_extraction(number, COUNT) for number in range(20)]
    assert len({one.article.article_id for one in made}) == len({one.article.text for one in made}) == 20


def test_the_articles_are_as_rich_as_those_that_the_store_is_made_for() -> None:
    made = [make_extraction(number, COUNT) for number in range(COUNT)]

    def mean(counts: list[int]) -> float:
        return sum(counts) / COUNT

    assert mean([len(one.article.text) for one in made]) == pytest.approx(2_000, rel=0.1)
    assert mean([sum(len(entity.mentions) for entity in one.entities) for one in made]) == pytest.approx(10, rel=0.15)
    assert mean([len(one.entities) for one in made]) == pytest.approx(6, rel=0.1)
    assert mean([len(one.statements) for one in made]) == pytest.approx(1.5, rel=0.1)
    assert all(len(one.events) == len(one.figures) == len(one.times) == len(one.topics) == 2 for one in made)


def test_the_articles_come_in_the_order_of_time_and_fill_a_year() -> None:
    moments = [published_at(number, COUNT) for number in range(COUNT)]
    assert moments == sorted(moments)
    assert moments[0] == FIRST_DAY
    assert timedelta(days=360) < moments[-1] - FIRST_DAY < timedelta(days=365)


def test_a_batch_balances_with_its_polls() -> None:
    batch = make_load(0, 30, COUNT).batch
    assert len(batch.extractions) == len(batch.items) == sum(len(poll.entries) for poll in batch.polls) == 30


def test_what_is_saved_holds_together_and_saved_again_adds_no_record(tmp_path: Path) -> None:
    first = save(tmp_path, 0, 60, COUNT)
    assert first["rows"] > 60 * 50
    assert save(tmp_path, 0, 60, COUNT)["rows"] == 0
    look_through(tmp_path)
    assert rewrite(tmp_path)["bytes"] > 0


def test_bare_inserts_write_the_rows_of_the_articles_too(tmp_path: Path) -> None:
    assert save_bare(tmp_path, 0, 60, COUNT)["rows"] > 60 * 50


def test_the_table_has_a_column_for_each_stage_and_the_slowest_question_first() -> None:
    answers = (
        Answer(question="quick", seconds=0.1, rows=3, peak_mib=90.0),
        Answer(question="slow", seconds=1.5, rows=4, peak_mib=200.0),
        Answer(question="wrong", error="stopped after 120 s"),
    )
    text = table(Pace(articles=10, saved=150_000, bare=300_000), [_stage(10, ()), _stage(1_000, answers)])
    assert "150,000 rows a second by the save path, 300,000 by bare inserts, 50% of these" in text
    lines = text.splitlines()
    assert ["10", "1,000"] in [line.split() for line in lines]
    assert [line.split()[0] for line in lines[-3:]] == ["wrong", "slow", "quick"]
    assert any(line.split()[-3:] == ["1", "of", "3"] for line in lines if line.startswith("questions in 1 s"))


def test_the_curve_has_a_line_for_each_time_that_grows() -> None:
    drawn = curve(
        [_stage(10, (Answer(question="q", seconds=0.1),)), _stage(1_000, (Answer(question="q", seconds=2.0),))]
    )
    assert drawn.count("<polyline") == 5
    assert "slowest question, 2.00 s" in drawn


def test_a_small_run_measures_everything() -> None:
    command = [sys.executable, "-m", "bench.store", "--articles", "40", "--rounds", "1", "--json"]
    command += ["--questions", "who-met-whom"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    (stage,) = told["stages"]
    assert stage["articles"] == stage["again_articles"] == 40
    assert stage["again_rows"] == 0
    assert [answer["error"] for answer in stage["answers"]] == [None]
    assert all(stage[name] > 0 for name in stage if name.endswith("_s") or "bytes" in name)
    assert told["pace"]["saved"] > 0
    assert told["pace"]["bare"] > 0


def _stage(articles: int, answers: tuple[Answer, ...]) -> Stage:
    return Stage(
        articles=articles,
        rows=60 * articles,
        load_s=1.0,
        rows_a_second=100_000.0,
        bytes_an_article=1_900.0,
        again_articles=articles,
        again_s=0.1,
        again_rows=0,
        few_s=0.1,
        remember_s=0.1,
        remember_mib=100.0,
        rewrite_s=1.0,
        rewritten_bytes_an_article=1_800.0,
        copy_s=0.5,
        look_through_s=1.0,
        index_s=1.0,
        answers=answers,
    )
