"""How well bodies are read, measured on pages beside the checkout whose paragraphs people chose."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bench.score import score_bodies
from newsledger.fetch.pages.reading import Page, read_html

GOLD = Path(__file__).resolve().parents[3] / "shared" / "data" / "fundus-parser-tests" / "bodies.jsonl.gz"


@pytest.mark.needs_shared
def test_bodies_are_as_good_as_they_were(tmp_path: Path) -> None:
    read = tmp_path / "read.jsonl"
    with gzip.open(GOLD, "rt", encoding="utf-8") as pages, read.open("w", encoding="utf-8") as out:
        for page in map(json.loads, pages):
            found = read_html(page["html"], url=page["url"])
            assert isinstance(found, Page), (page["id"], found)
            assert found.published is not None
            assert not found.is_teaser
            out.write(json.dumps({"article_id": page["id"], "text": found.text}) + "\n")
    assert score_bodies(GOLD, read)["body"]["f1"] >= 0.98
