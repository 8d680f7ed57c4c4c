"""Where those are from whom nobody knows: what stands beside the name tells, else what the text is about."""

from datetime import date

import pytest

from newsledger.extract.document import read_document
from newsledger.extract.entities import find_entities
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.model.reading import read


def country_in(text: str, ident: str) -> str | None:
    document = read_document(text)
    names = read(document).spans("names")
    entities = find_entities(document, load_lexicon(), date(2023, 3, 1), names)
    return next(entity.country for entity in entities if entity.id == ident)


@pytest.mark.parametrize(
    ("text", "ident", "country"),
    [
        ("The Kenyan runner Peter Mwangi won.", "peter-mwangi", "KEN"),
        ("Putin met Peter Mwangi, a Swede, on Monday.", "peter-mwangi", "SWE"),
        ("Peter Mwangi of Chad met Putin.", "peter-mwangi", "TCD"),
        ("Kenya is hot. Peter Mwangi said so.", "peter-mwangi", "KEN"),
        ("The Lyon-based company Transalpes Group met Putin.", "transalpes-group", "FRA"),
        ("The ambassador of China to Belarus Peter Mwangi left.", "peter-mwangi", "CHN"),
        ("Kenya's envoy in Tehran, Peter Mwangi, left.", "peter-mwangi", "KEN"),
        ("China News Service, Moscow, June 1 (Reporter Peter Mwangi) It rained.", "peter-mwangi", "CHN"),
        ("Kenya is hot. The BBC said that Peter Mwangi left.", "peter-mwangi", "KEN"),
        ("Putin met Peter Mwangi, who lives in Vilnius.", "peter-mwangi", "RUS"),
    ],
)
def test_the_unknown_are_from_where_the_text_puts_them(text: str, ident: str, country: str) -> None:
    assert country_in(text, ident) == country


@pytest.mark.parametrize(
    ("text", "ident"),
    [
        ("The International Biathlon Union met in Austria.", "international-biathlon-union"),
        ("Peter Mwangi met his friends.", "peter-mwangi"),
        ("Three diplomats spoke in Poland.", "diplomats"),
    ],
)
def test_without_a_sign_nobody_is_from_anywhere(text: str, ident: str) -> None:
    assert country_in(text, ident) is None
