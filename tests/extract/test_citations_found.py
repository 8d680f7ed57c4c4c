"""The agencies and outlets that an article leans on."""

# ruff: noqa: RUF001 - the marks and letters that agencies print

import pytest

from newsledger.extract.citations import find_citations
from newsledger.extract.document import read_document
from newsledger.extract.entities import find_entities
from newsledger.extract.facts import find_dateline
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.mentions import Mentions
from newsledger.extract.model.reading import read
from newsledger.records.article import Article


def citations(text: str) -> list[tuple[str, str]]:
    document, lexicon = read_document(text), load_lexicon()
    dateline = find_dateline(document, Article(article_id="a", text=text), lexicon)
    mentions = Mentions(find_entities(document, lexicon, None, read(document).spans("names")))
    return [(found.text, found.source) for found in find_citations(document, mentions, dateline)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("According to the TASS news agency, it rained.", [("According to the TASS news agency", "tass")]),
        ("It rained, Reuters reported on Friday.", [("Reuters reported on Friday", "reuters")]),
        ("It rained (BelTA).", [("(BelTA)", "belta")]),
        ("Two officials told Interfax that it rained.", [("told Interfax", "interfax")]),
        ("BelTA quoted the mayor as saying so.", [("BelTA quoted", "belta")]),
        ("It rained, Bloomberg wrote, citing RIA Novosti.", [("Bloomberg wrote", "bloomberg"),
                                                            ("citing RIA Novosti", "ria-novosti")]),
        ("Reuters, citing two clerks, reported rain.", [("Reuters, citing two clerks, reported", "reuters")]),
        ("In an interview with the BBC he said so.", [("interview with the BBC", "bbc")]),
        ("AFP and Reuters reported rain.", [("AFP", "afp"), ("Reuters reported", "reuters")]),
        ("MINSK, 5 May (BelTA) – It rained.", [("MINSK, 5 May (BelTA)", "belta")]),
        ("Russia blocked Meduza and fined Reuters.", []),
        ("Russian media reported rain.", []),
        ("According to Putin, it rained.", []),
        ("MINSK, 5 May – It rained.", []),
    ],
)  # fmt: skip
def test_a_cue_beside_an_outlet_is_a_citation(text: str, expected: list[tuple[str, str]]) -> None:
    assert citations(text) == expected
