"""Mentions without a name: roles, pairs, groups, pronouns, capitals that act."""

from datetime import date

import pytest

from newsledger.extract.document import read_document
from newsledger.extract.entities import find_entities
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.model.reading import read
from newsledger.records.extraction import Entity

DAY = date(2023, 3, 1)


def entities_of(text: str, day: date | None) -> tuple[Entity, ...]:
    document = read_document(text)
    return find_entities(document, load_lexicon(), day, read(document).spans("names"))


def mentions(text: str, kind: str, day: date | None = DAY) -> list[tuple[str, str]]:
    found = [
        (mention.start, mention.text, entity.id)
        for entity in entities_of(text, day)
        for mention in entity.mentions
        if mention.kind == kind
    ]
    return [(text, ident) for _, text, ident in sorted(found)]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("The Polish prime minister left.", date(2023, 3, 1), [("The Polish prime minister", "mateusz-morawiecki")]),
        ("The Polish prime minister left.", date(2024, 3, 1), [("The Polish prime minister", "donald-tusk")]),
        ("The Belarusian leader left.", DAY, [("The Belarusian leader", "alexander-lukashenko")]),
        ("The president of Ukraine left.", DAY, [("The president of Ukraine", "volodymyr-zelensky")]),
        ("Angela Merkel called. The chancellor was brief.", date(2021, 3, 1), [("The chancellor", "angela-merkel")]),
        ("Mayor Jan Zielony and Anna Nowak met. The mayor left.", DAY, [("The mayor", "jan-zielony")]),
        ("Sergei Lavrov met his Chinese counterpart.", date(2022, 3, 1), [("his Chinese counterpart", "wang-yi")]),
        ("The Russian Defence Ministry denied it. The ministry was angry.", DAY,
         [("The ministry", "russian-defence-ministry")]),
        ("Belavia lost money. The company will cut jobs.", DAY, [("The company", "belavia")]),
        ("The Polish side objected.", DAY, [("Polish side", "poland")]),
        ("Western partners worry.", DAY, [("Western partners", "west")]),
        ("Mayor Jan Zielony met Vice Mayor Anna Nowak. The mayor left.", DAY, [("The mayor", "jan-zielony")]),
        ("Jan Zielony met Putin. The Pole said nothing.", DAY, [("The Pole", "jan-zielony")]),
        ("The secretary-general of NATO spoke.", DAY, [("The secretary-general of NATO", "jens-stoltenberg")]),
        ("Putin spoke. He said that his country would pay.", DAY, [("his country", "russia")]),
        ("Polish lawyer Jan Zielony spoke.", DAY, []),
        ("Poland's minister-coordinator, Jan Zielony, left.", DAY, [("Poland's minister-coordinator", "jan-zielony")]),
        ("Employee-owned shares fell.", DAY, []),
        ("Putin met the last Polish prime minister.", DAY, [("Polish prime minister", "polish-prime-minister")]),
        ("Mayor Jan Zielony met Putin. The mayor of our town left.", DAY, [("The mayor", "mayor")]),
        ("Jan Zielony met Macron. The French said nothing.", DAY, []),
        ("The Polish mayor, Jan Zielony, left.", DAY, [("The Polish mayor", "jan-zielony")]),
        ("Jan Zielony, the Polish mayor, left.", DAY, [("the Polish mayor", "jan-zielony")]),
        ("Polish Mayor Jan Zielony left.", DAY, []),
    ],
)  # fmt: skip
def test_a_role_leads_to_whoever_holds_it(text: str, day: date, expected: list[tuple[str, str]]) -> None:
    assert mentions(text, "role", day) == expected


def test_without_a_date_nobody_is_guessed() -> None:
    assert mentions("The Polish prime minister left.", "role", None) == [
        ("The Polish prime minister", "polish-prime-minister")
    ]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Russia and Belarus signed it. The two countries agreed.", "The two countries", {"russia", "belarus"}),
        ("Moscow and Minsk signed it. Both sides agreed.", "Both sides", {"russia", "belarus"}),
        (
            "Putin met Lukashenko. The two leaders agreed.",
            "The two leaders",
            {"vladimir-putin", "alexander-lukashenko"},
        ),
        (
            "Polish President Andrzej Duda and Lithuanian President Gitanas Nauseda met. Putin saw the two leaders.",
            "the two leaders",
            {"andrzej-duda", "gitanas-nauseda"},
        ),
        (
            "Putin and his aide Jan Zielony spoke. Putin met Lukashenko. The two presidents agreed.",
            "The two presidents",
            {"vladimir-putin", "alexander-lukashenko"},
        ),
        ("Jan Zielony met Anna Nowak. The two presidents were absent.", "The two presidents", set()),
        ("Putin met Lukashenko and Xi Jinping. The three leaders agreed.", "The three leaders", {"leaders"}),
        ("Putin met Lukashenko. The ministers of Poland were absent.", "The ministers", set()),
    ],
)
def test_a_pair_mentions_both(text: str, phrase: str, expected: set[str]) -> None:
    assert {ident for words, ident in mentions(text, "role") if words == phrase} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three diplomats spoke.", [("Three diplomats", "diplomats")]),
        ("A senior Polish official spoke.", [("A senior Polish official", "senior-polish-official")]),
        ("Officials in Warsaw spoke.", [("Officials in Warsaw", "officials-in-warsaw")]),
        ("Russian media spoke.", [("Russian media", "russian-media")]),
        ("Protesters spoke.", [("Protesters", "protesters")]),
        ("It was said that officials spoke.", [("officials", "officials")]),
    ],
)
def test_the_unnamed_get_an_entity_of_their_own(text: str, expected: list[tuple[str, str]]) -> None:
    assert mentions(text, "role") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin spoke. He left.", [("He", "vladimir-putin")]),
        ("Angela Merkel met Putin. She left.", [("She", "angela-merkel")]),
        ("Jan Zielony met Anna Nowak. He praised her.", [("He", "jan-zielony"), ("her", "anna-nowak")]),
        ("Russia said that it would pay.", [("it", "russia")]),
        ("Poland closed its border.", [("its", "poland")]),
        ("Putin spoke. It is raining.", []),
        ("Migrants came. They were cold.", [("They", "migrants")]),
        ("Putin and Lukashenko met. They agreed.", [("They", "alexander-lukashenko"), ("They", "vladimir-putin")]),
        ("Putin spoke. One. Two. Three. He left.", []),
        ("She left.", []),
        ('Jan Zielony spoke. "Putin leads this attack," he said.', [("he", "jan-zielony")]),
        ("Jan Zielony spoke. Putin leads this attack, he said.", [("he", "jan-zielony")]),
        ("Putin praised Jan Zielony. Lukashenko thanked him.", [("him", "vladimir-putin")]),
        ("Putin's aide Jan Zielony spoke. He left.", [("He", "jan-zielony")]),
        ('Jan Zielony said so to Putin. "He is strong," Anna Nowak said.', [("He", "vladimir-putin")]),
        ("They bought Russian gas. Its price rose.", []),
        ("Putin came from Russia. It was late.", []),
    ],
)
def test_a_pronoun_leads_to_the_nearest_that_fits(text: str, expected: list[tuple[str, str]]) -> None:
    assert mentions(text, "pronoun") == expected


@pytest.mark.parametrize(
    ("text", "metonyms"),
    [
        ("Moscow denied it.", ["Moscow"]),
        ("Warsaw's decision was final.", ["Warsaw"]),
        ("Talks between Moscow and Minsk failed.", ["Moscow", "Minsk"]),
        ("They accused Washington of lying.", ["Washington"]),
        ("Pressure from Moscow grew.", ["Moscow"]),
        ("Control remains with Moscow.", ["Moscow"]),
        ("The Kremlin was silent.", ["Kremlin"]),
        ("Brussels imposed sanctions.", ["Brussels"]),
        ("They met in Moscow and Minsk.", []),
        ("He flew from Minsk to Warsaw.", []),
        ("They visited Warsaw.", []),
        ("Minsk, the capital of Belarus, is large.", []),
        ("The streets of Warsaw were empty.", []),
        ("Warsaw's mayor agreed.", []),
        ("A Warsaw-based analyst agreed.", []),
        ("MINSK (Reuters) - It rained.", []),
        ("MINSK - It rained.", []),
        ("Jan Zielony said from Minsk that it rained.", []),
        ("They will defend Warsaw.", []),
        ("The Minsk talks failed.", []),
        ("The Minsk regime failed.", ["Minsk"]),
        ("They flew to Lyon, Orlando and Moscow.", []),
        ("He closed the Moscow-Lyon highway.", []),
        ("Moscow-backed fighters left.", ["Moscow"]),
        ("Anna Nowak, who works from Vilnius, left.", []),
    ],
)
def test_a_capital_that_acts_is_its_country(text: str, metonyms: list[str]) -> None:
    assert [words for words, _ in mentions(text, "metonym")] == metonyms


def test_adjectives_are_demonyms_of_their_country() -> None:
    assert mentions("Belarusian pilots fear western sanctions.", "demonym") == [
        ("Belarusian", "belarus"),
        ("western", "west"),
    ]


@pytest.mark.parametrize(
    ("text", "ident", "role", "country"),
    [
        ("Polish Transport Minister Jan Zielony left.", "jan-zielony", "Transport Minister", "POL"),
        ("Jan Zielony, the mayor of Lublin, left.", "jan-zielony", "mayor of Lublin", "POL"),
        ("Arkona Systems chief executive Anna Nowak left.", "anna-nowak", "Arkona Systems chief executive", None),
        ("The Lithuanian president's spokesman, Jan Zielony, left.", "jan-zielony", "spokesman", "LTU"),
        ("The head of the regional board, Jan Zielony, left.", "jan-zielony", "head", None),
        ("Mr Jan Zielony left.", "jan-zielony", None, None),
        ("Belarusian Ambassador to China Jan Zielony left.", "jan-zielony", "Ambassador", "BLR"),
        ("Turkey's envoy in Tehran, Jan Zielony, left.", "jan-zielony", "envoy", "TUR"),
        ("The head of the park's administration Jan Zielony left.", "jan-zielony", "head", None),
        ("The ambassador to China met Jan Zielony.", "jan-zielony", None, "CHN"),
    ],
)
def test_the_office_beside_a_name_is_its_role(text: str, ident: str, role: str | None, country: str | None) -> None:
    found = {entity.id: entity for entity in entities_of(text, DAY)}[ident]
    assert (found.role, found.country) == (role, country)


@pytest.mark.parametrize(
    ("text", "ident", "expected"),
    [
        ("Yuri Shuleiko came. Shuleiko Yuri left.", "yuri-shuleiko", ["Yuri Shuleiko", "Shuleiko Yuri"]),
        ("Ivan Peskovsky came. Ivan A. Peskovsky left.", "ivan-peskovsky", ["Ivan Peskovsky", "Ivan A. Peskovsky"]),
        ("Jan Zielony came. Zielnoy said no.", "jan-zielony", ["Jan Zielony", "Zielnoy"]),
        ("Kim Jong Un came. Kim said no.", "kim-jong-un", ["Kim Jong Un", "Kim"]),
        (
            "The International Biathlon Union met. The IBU said no.",
            "international-biathlon-union",
            ["International Biathlon Union", "IBU"],
        ),
        ("Carrie Lam Cheng came. Lam said no.", "carrie-lam-cheng", ["Carrie Lam Cheng", "Lam"]),
        (
            "Rodrigo Chaves Robles came. Rodrigo Chaves left.",
            "rodrigo-chaves",
            ["Rodrigo Chaves Robles", "Rodrigo Chaves"],
        ),
        ("Viktor Lukashenko came. Lukashenko said no.", "viktor-lukashenko", ["Viktor Lukashenko", "Lukashenko"]),
        ("Lukashenko said no. Viktor Lukashenko came. Lukashenko left.", "viktor-lukashenko", ["Viktor Lukashenko"]),
        ("Whitney Houston came. Houston said no.", "whitney-houston", ["Whitney Houston", "Houston"]),
        ("Xie Xiaoyong came. They saw Xie again.", "xie-xiaoyong", ["Xie Xiaoyong", "Xie"]),
        (
            "The Russian Federal Security Service (FSB) met.",
            "federal-security-service",
            ["Russian Federal Security Service", "FSB"],
        ),
        (
            "The Justice Workers Department (DOJ) met. The DOJ said no.",
            "justice-workers-department",
            ["Justice Workers Department", "DOJ", "DOJ"],
        ),
    ],
)
def test_a_name_in_another_form_is_the_same_name(text: str, ident: str, expected: list[str]) -> None:
    found = {entity.id: entity for entity in entities_of(text, DAY)}
    assert [mention.text for mention in found[ident].mentions] == expected


def test_of_two_namesakes_a_title_tells_which() -> None:
    found = {e.id: e for e in entities_of("Joe Biden and Jill Biden came. Mrs. Biden said no.", date(2022, 3, 1))}
    assert [mention.text for mention in found["jill-biden"].mentions] == ["Jill Biden", "Biden"]
