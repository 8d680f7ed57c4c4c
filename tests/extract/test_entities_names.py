"""Names: known, unknown, misspelt, linked."""

from datetime import date

import pytest

from newsledger.extract.document import read_document
from newsledger.extract.entities import find_entities
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.model.reading import read
from newsledger.records.extraction import Entity

DAY = date(2023, 3, 1)
BROKEN_TO_A_WIDTH = """\
The railway that was promised to the people of the north
will be built by the company that Minister Marta
Kowal named on Friday, and it will open in two years.
"""


def entities_of(text: str, day: date | None) -> tuple[Entity, ...]:
    document = read_document(text)
    return find_entities(document, load_lexicon(), day, read(document).spans("names"))


def entities(text: str, day: date | None = DAY) -> dict[str, Entity]:
    return {entity.id: entity for entity in entities_of(text, day)}


def names(entity: Entity) -> list[str]:
    return [mention.text for mention in entity.mentions if mention.kind == "name"]


@pytest.mark.parametrize(
    ("text", "ident", "mentions"),
    [
        ("Vladimir Putin spoke. Putin's words were few.", "vladimir-putin", ["Vladimir Putin", "Putin"]),
        ("PUTIN ARRIVES. The rest is known.", "vladimir-putin", ["PUTIN"]),
        ("Александр Лукашенко and Lukashenka are one.", "alexander-lukashenko", ["Александр Лукашенко", "Lukashenka"]),
        ("Then Lukashneko left.", "alexander-lukashenko", ["Lukashneko"]),
        ("Lukashekno's plane took off.", "alexander-lukashenko", ["Lukashekno"]),
        ("The european union and the EU agreed.", "european-union", ["european union", "EU"]),
        ("He told TASS news agency so.", "tass", ["TASS"]),
        ("Gitanas Nauseda or Nausėda, who knows.", "gitanas-nauseda", ["Gitanas Nauseda", "Nausėda"]),
        ("Jan Zielony, 45, said so. Zielony left.", "jan-zielony", ["Jan Zielony", "Zielony"]),
        ("The firm Arkona Systems grew. Arkona paid well.", "arkona-systems", ["Arkona Systems", "Arkona"]),
        ("He studied at the University of Warsaw.", "university-of-warsaw", ["University of Warsaw"]),
        ("The Minsk Tractor Works exports.", "minsk-tractor-works", ["Minsk Tractor Works"]),
    ],
)
def test_every_form_of_a_name_leads_to_one_entity(text: str, ident: str, mentions: list[str]) -> None:
    assert names(entities(text)[ident]) == mentions


@pytest.mark.parametrize(
    ("text", "ident", "kind", "country"),
    [
        ("Deputy Energy Minister Ivan Petrenko of Ukraine left.", "ivan-petrenko", "PER", None),
        ("The Swiss mail provider Arkona Mail closed.", "arkona-mail", None, "CHE"),
        ("They met in Zagorovka yesterday.", "zagorovka", "GPE", None),
        ("The Blue Valley region is small.", "blue-valley", "LOC", None),
        ("Troops left the Brest region.", "brest-region", "GPE", "BLR"),
        ("The S-500 was shown, said the general.", "s-500", "PRODUCT", None),
        ("The Nordic Rail Federation (NRF) met. NRF said no.", "nordic-rail-federation", "ORG", None),
        ("Troops trained at the Karlovo training ground.", "karlovo-training-ground", "FAC", None),
        ('The exercise "North Wind-2031" began.', "north-wind-2031", "EVENT", None),
        ("Two K-99 missiles were shown.", "k-99", "PRODUCT", None),
        ("Belarusians and Poles met.", "belarusians", "NORP", "BLR"),
        ("The West reacted.", "west", "BLOC", None),
        ("Ukraine's border service knows.", "state-border-guard-service-of-ukraine", "ORG", "UKR"),
    ],
)  # fmt: skip
def test_what_stands_in_and_around_a_name_tells_its_type(
    text: str, ident: str, kind: str | None, country: str | None
) -> None:
    found = entities(text)[ident]
    assert kind in (found.type, None)
    assert country in (found.country, None)


@pytest.mark.parametrize(
    "text",
    [
        "Presently nothing is known.",
        "It was in the west of the town.",
        "The President and the Minister were absent.",
        "Monday was cold, and so was March.",
        "It cost five US dollars.",
        "Walking home, they sang.",
        "WHAT WE KNOW ABOUT THE WHOLE STORY SO FAR\n",
    ],
)
def test_a_capital_letter_alone_makes_no_name(text: str) -> None:
    assert [entity.id for entity in entities(text).values() if names(entity)] == []


def test_a_namesake_is_somebody_else() -> None:
    found = entities("Viktor Lukashenko spoke. Michael Jordan listened.")
    assert {"viktor-lukashenko", "michael-jordan"} <= set(found)
    assert "alexander-lukashenko" not in found
    assert "jordan" not in found


def test_a_first_name_or_a_larger_name_is_not_taken_for_the_known_one() -> None:
    found = entities("Finance Minister Christian Zielony met Siemens Energy.")
    assert {"christian-zielony", "siemens-energy"} <= set(found)
    assert not {"christians", "siemens"} & set(found)


def test_a_body_of_a_country_is_found_under_its_registered_name() -> None:
    found = entities("The Lithuanian State Security Department denied it.")
    assert names(found["state-security-department-of-lithuania"]) == ["Lithuanian State Security Department"]


def test_a_surname_behind_an_office_leads_to_its_holder() -> None:
    found = entities("State Department spokesman Price said no.", date(2022, 6, 1))
    assert names(found["ned-price"]) == ["Price"]


def test_a_country_in_the_possessive_is_named_too() -> None:
    found = entities("Poland's foreign ministry objected.")
    assert names(found["poland"]) == ["Poland"]
    assert [(each.text, each.kind) for each in found["polish-foreign-ministry"].mentions] == [
        ("Poland's foreign ministry", "role"),
    ]


def test_a_body_in_small_letters_is_no_name_and_its_country_is_mentioned() -> None:
    found = entities("The Uruguayan army advanced. The Uruguayan Army said so.")
    assert [(each.text, each.kind) for each in found["uruguayan-army"].mentions] == [
        ("Uruguayan army", "role"),
        ("Uruguayan Army", "name"),
    ]
    assert [(each.text, each.kind) for each in found["uruguay"].mentions] == [("Uruguayan", "demonym")]


def test_an_unlisted_ministry_is_composed() -> None:
    found = entities("The Uruguayan defence ministry and the Ministry of Foreign Affairs of Uruguay agreed.")
    assert (found["uruguayan-defence-ministry"].type, found["uruguayan-defence-ministry"].country) == ("ORG", "URY")
    assert found["uruguayan-foreign-ministry"].sector == "GOV"


def test_records_carry_what_the_registry_knows() -> None:
    putin = entities("Russian President Vladimir Putin left.")["vladimir-putin"]
    assert (putin.country, putin.sector, putin.role, putin.wikidata) == ("RUS", "GOV", "President", "Q7747")


def test_nothing_comes_of_nothing() -> None:
    assert entities("") == {}
    assert entities("... !!! --") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in Minsk, Belarus, on Friday.", {("minsk", "Minsk"), ("belarus", "Belarus")}),
        ("A plant in Gomel\nPutin said that it would reopen.", {("gomel", "Gomel"), ("vladimir-putin", "Putin")}),
        ("It cost US $34 million, the builders said.", set()),
        (BROKEN_TO_A_WIDTH, {("marta-kowal", "Marta\nKowal")}),
        ("The Ministry of Finance, Ambassador Marta Kowal, said no.", {("marta-kowal", "Marta Kowal")}),
        ("Russia lent Belarus 105 billion roubles.", {("russia", "Russia"), ("belarus", "Belarus")}),
        ("The bank lent Moldova 500 million dollars.", {("moldova", "Moldova")}),
        ("Romania gave Moldova 40 buses.", {("romania", "Romania"), ("moldova", "Moldova")}),
        ("It owes 20 million US dollars.", set()),
        ("Mr. King said that he would appeal.", {("king", "King")}),
        ("The S-400 systems will be deployed.", {("s-400", "S-400")}),
        ("Russia began the exercise \u201cNorth Wind\u201d in May.", {("north-wind", "North Wind")}),
    ],
)
def test_where_a_name_begins_and_ends(text: str, expected: set[tuple[str, str]]) -> None:
    found = {(ident, name) for ident, entity in entities(text).items() for name in names(entity)}
    assert expected <= found
    assert "united-states" not in {ident for ident, _ in found}


def test_a_name_has_one_type_wherever_it_stands() -> None:
    found = entities("The school in Karlovo was opened by the mayor of Karlovo. Karlovo lies near Orsha.")
    assert found["karlovo"].type == "GPE"
    assert len(names(found["karlovo"])) == 3
