"""The agencies and outlets that an article leans on."""

from pathlib import Path
from typing import Any

import pytest

from newsledger.extract.citations import find_citations
from newsledger.extract.document import read_document
from newsledger.extract.entities import find_entities
from newsledger.extract.facts import find_dateline
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.mentions import Mentions
from newsledger.extract.model.reading import read
from newsledger.records.article import Article

CASES = Path(__file__).parent / "cases" / "citations"


def citations(text: str) -> list[tuple[str, str]]:
    document, lexicon = read_document(text), load_lexicon()
    dateline = find_dateline(document, Article(article_id="a", text=text), lexicon)
    mentions = Mentions(find_entities(document, lexicon, None, read(document).spans("names")))
    return [(found.text, found.source) for found in find_citations(document, mentions, dateline)]


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate((line for line in lines if line and not line.startswith("#")), 1):
            text, _, expected = line.partition(" =>")
            pairs = [tuple(pair.strip().rsplit(" = ", 1)) for pair in expected.split(";") if pair.strip()]
            found.append(pytest.param(text, pairs, id=f"{path.stem}-{number}"))
    return found


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_a_cue_beside_an_outlet_is_a_citation(text: str, expected: list[tuple[str, str]]) -> None:
    assert citations(text) == expected


def test_there_are_cases_enough() -> None:
    assert len(_cases()) >= 60
