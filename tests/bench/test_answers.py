from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def asked(task: str, text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench.answers", task]
    return subprocess.run(command, cwd=ROOT, input=text, capture_output=True, encoding="utf-8", timeout=60, check=False)


def test_each_pair_of_names_gets_a_score_under_its_id() -> None:
    pairs = [
        {"id": "a", "schema": "Person", "name1": "Aljona Rudzko", "name2": "Алёна Рудзько"},
        {"id": "b", "schema": "Company", "name1": "Arkona Systems Ltd", "name2": "Arkona Foods Ltd"},
        {"id": "c", "schema": "Vessel", "name1": "MV Northern Star", "name2": "Northern Star"},
    ]
    done = asked("names", "\n".join(json.dumps(pair, ensure_ascii=False) for pair in pairs) + "\n\n")
    assert (done.returncode, done.stderr) == (0, "")
    scores = {answer["id"]: answer["score"] for answer in map(json.loads, done.stdout.splitlines())}
    assert list(scores) == ["a", "b", "c"]
    assert scores["b"] < 0.5 <= min(scores["a"], scores["c"])


@pytest.mark.parametrize("line", ["no json", "[1]", '{"id": "a", "schema": "Person"}', '{"id": 1, "name1": 2}'])
def test_a_line_that_is_no_question_is_named(line: str) -> None:
    good = {"id": "a", "schema": "Person", "name1": "Ada", "name2": "Ada"}
    done = asked("names", f"{json.dumps(good)}\n{line}\n")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("standard input, line 2: ")
