"""Whom a phrase names, by country and sector: one phrase a line in cases/actors/*.txt."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsledger.extract import extract
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.lists.countries import lesser_places, places, world
from newsledger.records.article import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.records.extraction import Entity

CASES = Path(__file__).parent / "cases" / "actors"


def phrases() -> Iterator[tuple[str, ...]]:
    for path in sorted(CASES.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield tuple(part.strip() for part in line.split("|"))


def foremost(text: str, day: str = "") -> Entity | None:
    """Give the entity that most of the text mentions."""
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    found = extract(Article(article_id="a", text=text, published=published)).entities
    return max(found, key=lambda entity: sum(m.end - m.start for m in entity.mentions), default=None)


@pytest.mark.parametrize(("text", "day", "country", "sector"), list(phrases()))
def test_a_phrase_is_coded(text: str, day: str, country: str, sector: str) -> None:
    found = foremost(text, day)
    assert found is not None
    assert (found.country or "-", found.sector or "-") == (country, sector)


def test_every_country_has_a_name_that_is_found() -> None:
    lexicon = load_lexicon()
    codes = {country.code for country in world()}
    assert len(codes) > 245
    assert [code for code in codes if lexicon.country_of(code) is None] == []


def test_the_gazetteer_takes_no_word_first_name_or_surname_for_a_place() -> None:
    sighted = {place.name for place in places()}
    assert sighted >= {"Maiduguri", "Oaxaca", "Tanintharyi"}
    assert sighted.isdisjoint({"Reading", "Nancy", "Lincoln", "Mobile", "Garcia", "Batman", "Moreno", "Kirov"})
    assert lesser_places()["Puerto Cabezas"] == "NIC"


def test_a_name_in_the_registry_is_no_gazetteer_place() -> None:
    entries = load_lexicon().entries
    assert entries["moscow"].country == "RUS"
    assert entries["georgia"].kind == "country"
