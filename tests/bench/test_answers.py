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


def test_a_given_pair_gets_a_root_and_its_quad_class() -> None:
    text = "Ghana bombed Togo, and Peru called on Chile to open its border."
    pairs = [("Ghana", "Togo"), ("Peru", "Chile"), ("Ghana", None)]
    spans = [[[[text.index(side), text.index(side) + len(side)]] if side else [] for side in pair] for pair in pairs]
    questions = [
        {"id": f"{number}", "text": text, "source_spans": source, "target_spans": target}
        for number, (source, target) in enumerate(spans)
    ]
    done = asked("relation", "\n".join(map(json.dumps, questions)))
    assert (done.returncode, done.stderr) == (0, "")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["0", "1", "2"]
    assert [(answer["root"], answer["quad"]) for answer in answers[:2]] == [("ASSAULT", 4), ("REQUEST", 3)]
    assert answers[2]["quad"] in {1, 2, 3, 4}


def test_articles_on_one_event_get_one_cluster_with_dates_and_without() -> None:
    quake = "A quake of magnitude 6.1 shook Velden at dawn. Mayor Ira Holt said that 14 houses fell and 3 people died."
    other = "A quake of magnitude 4.4 was felt in Sarno. Nothing fell, Governor Luca Berti said, and nobody was hurt."
    questions = [
        {"id": "a", "title": "Quake in Velden", "text": quake, "published": "2024-05-01"},
        {"id": "b", "title": None, "text": other, "published": "2024-05-01T08:00:00Z"},
        {
            "id": "c",
            "text": f"Three died, said Ira Holt, mayor of Velden, after the quake. {quake[:46]}",
            "published": None,
        },
    ]
    done = asked("clusters", "\n".join(map(json.dumps, questions)))
    assert (done.returncode, done.stderr) == (0, "")
    clusters = {answer["id"]: answer["cluster"] for answer in map(json.loads, done.stdout.splitlines())}
    assert list(clusters) == ["a", "b", "c"]
    assert clusters["a"] == clusters["c"] != clusters["b"]


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_text_without_a_word_has_no_relation(text: str) -> None:
    done = asked("relation", json.dumps({"id": "a", "text": text, "source_spans": [], "target_spans": []}))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("standard input, line 1: ")


@pytest.mark.parametrize("line", ["no json", "[1]", '{"id": "a", "schema": "Person"}', '{"id": 1, "name1": 2}'])
def test_a_line_that_is_no_question_is_named(line: str) -> None:
    good = {"id": "a", "schema": "Person", "name1": "Ada", "name2": "Ada"}
    done = asked("names", f"{json.dumps(good)}\n{line}\n")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("standard input, line 2: ")
