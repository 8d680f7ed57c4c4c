"""How well times are read, measured on the gold sets that lie beside the checkout."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bench.score import score_timex
from newsledger.extract.document import read_document
from newsledger.extract.times import find_times

TIMEX = Path(__file__).resolve().parents[3] / "shared" / "data" / "timex"


@pytest.mark.needs_shared
@pytest.mark.parametrize(("name", "relaxed", "value"), [("timebank", 0.94, 0.82), ("aquaint", 0.93, 0.75)])
def test_times_are_as_good_as_they_were(name: str, relaxed: float, value: float, tmp_path: Path) -> None:
    gold, read = TIMEX / f"{name}.jsonl", tmp_path / "read.jsonl"
    with gold.open(encoding="utf-8") as documents, read.open("w", encoding="utf-8") as out:
        for document in map(json.loads, documents):
            times = find_times(read_document(document["text"]), date.fromisoformat(document["published"]))
            found = [
                {"start": time.start, "end": time.end, "type": time.type, "value": time.value, "text": time.text}
                for time in times
            ]
            out.write(json.dumps({"article_id": document["id"], "text": document["text"], "times": found}) + "\n")
    scores = score_timex(gold, read)
    assert scores["relaxed"]["f1"] >= relaxed
    assert scores["value (relaxed)"]["f1"] >= value
