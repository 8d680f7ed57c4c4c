"""Those who speak and act without a name; each line of the case file is one sentence."""

from pathlib import Path

import pytest

from newsledger.extract.document import read_document
from newsledger.extract.entities import find_entities
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.model.reading import read

CASES = Path(__file__).parent / "cases" / "entities" / "unnamed.txt"
LINES = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("line", LINES)
def test_who_has_no_name_is_mentioned_by_role(line: str) -> None:
    text, *expected = (part.strip() for part in line.split(" | "))
    document = read_document(text)
    entities = find_entities(document, load_lexicon(), None, read(document).spans("names"))
    found = [
        (mention.start, f"{mention.text} = {entity.id} {entity.type} {entity.sector or '-'}")
        for entity in entities
        for mention in entity.mentions
        if mention.kind == "role"
    ]
    assert [role for _, role in sorted(found)] == [role for role in expected if role != "-"]
