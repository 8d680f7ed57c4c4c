"""The registry as look-up structures."""

from datetime import date

import pytest

from newsledger.extract.lexicon import Lexicon, build_lexicon, fold, load_lexicon
from newsledger.records.config import TopicRule

ROWS = [
    {"id": "ruritania", "name": "Ruritania", "type": "GPE", "kind": "country", "country": "RUR",
     "demonyms": ["Ruritanian"], "metonyms": ["Castle"], "capital": "strelsau"},
    {"id": "strelsau", "name": "Strelsau", "type": "GPE", "kind": "city", "country": "RUR"},
    {"id": "rudolf-elphberg", "name": "Rudolf Élphberg", "type": "PER", "country": "RUR", "aliases": ["Elphberg"],
     "offices": [
         {"title": "president", "of": "ruritania", "from": date(2001, 5, 4), "until": date(2010, 1, 1)},
         {"title": "Defense Minister", "of": "ruritania", "from": "1999", "until": "2000-03"},
     ]},
    {"id": "michael-elphberg", "name": "Michael Elphberg", "type": "PER", "country": "RUR",
     "offices": [{"title": "president", "of": "ruritania", "from": date(2010, 1, 2), "until": None}]},
    {"id": "far-league", "name": "the Far League", "type": "BLOC", "demonyms": ["Leaguer"]},
]  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build_lexicon(ROWS)


@pytest.mark.parametrize(
    ("day", "holder"),
    [
        (date(2001, 5, 4), "rudolf-elphberg"),
        (date(2010, 1, 1), "rudolf-elphberg"),
        (date(2010, 1, 2), "michael-elphberg"),
        (date(2030, 1, 1), "michael-elphberg"),
        (date(2001, 5, 3), None),
        (None, None),
    ],
)
def test_an_office_has_its_holder_on_a_day(lexicon: Lexicon, day: date | None, holder: str | None) -> None:
    found = lexicon.holder("ruritania", "President", day)
    assert (found.id if found else None) == holder


def test_bare_years_and_months_open_and_close_an_office(lexicon: Lexicon) -> None:
    for day, held in ((date(1999, 1, 1), True), (date(2000, 3, 28), True), (date(2000, 4, 1), False)):
        assert (lexicon.holder("ruritania", "defence minister", day) is not None) is held


def test_forms_are_found_longest_first_without_diacritics(lexicon: Lexicon) -> None:
    form = lexicon.longest(["Rudolf", "Elphberg", "spoke"], 0)
    assert form is not None
    assert form.candidates == (("rudolf-elphberg", "name"),)
    assert lexicon.longest(["RURITANIAN"], 0) is not None
    assert lexicon.longest(["ruritanian"], 0) is None


def test_a_capital_acts_for_its_country_and_surnames_lead_to_bearers(lexicon: Lexicon) -> None:
    assert lexicon.seats["strelsau"] == "ruritania"
    assert {entry.id for entry in lexicon.bearers("Elphberg")} == {"rudolf-elphberg", "michael-elphberg"}


def test_countries_of_the_world_are_there_without_a_registry() -> None:
    bare = build_lexicon([])
    for code, ident, adjective, seat in (
        ("URY", "uruguay", "Uruguayan", "montevideo"),
        ("XKX", "kosovo", "Kosovar", "pristina"),
        ("BLR", "belarus", "Belarusian", "minsk"),
    ):
        entry = bare.country_of(code)
        assert entry is not None
        assert (entry.id, bare.seats[seat]) == (ident, ident)
        assert adjective in entry.demonyms
    assert bare.country_of(None) is None
    assert len(bare.countries) >= 245


def test_the_registry_overrides_the_table_and_keeps_its_names() -> None:
    row = {"id": "latvia", "name": "Latvija", "type": "GPE", "kind": "country", "country": "LVA", "capital": "riga"}
    entry = build_lexicon([row]).country_of("LVA")
    assert entry is not None
    assert (entry.name, entry.id) == ("Latvija", "latvia")
    assert {"Latvia", "Latvian"} <= {*entry.aliases, *entry.demonyms}


@pytest.mark.parametrize(
    ("word", "plain"),
    [("Nausėda", "Nauseda"), ("Łukaszenka", "Lukaszenka"), ("plain", "plain"), ("\u0301", "\u0301"), ("Côte", "Cote")],
)
def test_folding_takes_diacritics_off(word: str, plain: str) -> None:
    assert fold(word) == plain


def test_the_bundled_lexicon_is_read_once_and_brings_default_topics() -> None:
    topics = (TopicRule(id="chess", words=("gambit",)),)
    assert load_lexicon() is load_lexicon()
    assert load_lexicon(topics).topics == topics
    assert {"defence", "energy", "sanctions"} <= {rule.id for rule in load_lexicon().topics}
    assert load_lexicon().country_of("BLR") is not None
