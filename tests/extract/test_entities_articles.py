"""Who is who in whole articles of our own; each file of the folder is one."""

from pathlib import Path

import pytest
import yaml

from newsledger.extract.document import read_document
from newsledger.extract.entities import find_entities
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.model.reading import read

CASES = sorted((Path(__file__).parent / "cases" / "entities").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_an_article_tells_who_is_who(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    document = read_document(case["text"])
    entities = find_entities(document, load_lexicon(), case["published"], read(document).spans("names"))
    named = {
        entity.id: [
            entity.type,
            entity.country,
            *sorted({mention.text for mention in entity.mentions if mention.kind in ("name", "metonym")}),
        ]
        for entity in entities
    }
    assert {ident: named.get(ident) for ident in case["entities"]} == case["entities"]
    meant = [(m.text, e.id) for e in entities for m in e.mentions if m.kind in ("role", "pronoun")]
    missing = [pair for pair in _pairs(case["references"]) if pair not in meant]
    assert not missing


def _pairs(references: list[list[str]]) -> list[tuple[str, str]]:
    """Give each phrase with each of those whom it means."""
    return [(phrase, ident) for phrase, *idents in references for ident in idents]
