"""Whether two printed names name the same thing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract import extract
from newsledger.extract.entities.spellings import known_person, respelt
from newsledger.extract.lexicon import build_lexicon, load_lexicon
from newsledger.extract.naming import SAME, NameKind, similarity
from newsledger.records.article import Article

SPELLINGS = [
    *("Lukashneko", "Lukashenka", "Лукашенко", "Лукашэнка", "Łukaszenka", "Łukaszenko", "Lukaschenko", "Loukachenko"),
    *("Lukašenka", "LUKASHENKO"),
]
KINDS: tuple[NameKind, ...] = ("PER", "ORG", "other")
PIECES = [
    *(
        "Anna",
        "de",
        "la",
        "Kolar",
        "bin",
        "J.",
        "Колар",
        "李",
        "Ltd",
        "III",
        "4",
        "&",
        "السيد",
        "-,",
        "Mac",
        "O'Neil",
        "ß",
    ),
]
NAMES = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_surname_is_one_in_every_spelling(spelling: str) -> None:
    assert similarity("Lukashenko", spelling, "PER") >= SAME
    assert similarity("Alexander Lukashenko", f"Aliaksandr {spelling}", "PER") >= SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Uladzimir Makei", "Vladimir Makei"),
        ("Kolar, Vesna", "Vesna Kolar"),
        ("Dr. Vesna Kolar", "VESNA KOLAR"),
        ("V. Kolar", "Vesna Kolar"),
        ("J. P. Brandt", "Jan Pieter Brandt"),
        ("JP Brandt", "Jan-Pieter Brandt"),
        ("Pavel Igorevich Rudak", "Pavel Rudak"),
        ("PavelRudak", "Pavel Rudak"),
        ("Abdul Rahman Nasser", "Abdulrahman Nasser"),
        ("Fatima al-Najjar", "Fatima el Najjar"),
        ("Pavel Rudak", "Pavel Ruadk"),
        ("Bill Harrow", "William Harrow"),
        ("Sasha Orlov", "Alexander Orlov"),
        ("Muhammad Karimi", "Mohamed Karimi"),
        ("George Papadakis", "Γεώργιος Παπαδάκης"),
        ("Yusuf Karimi", "يوسف كريمي"),
        ("Li Wenhua", "李文华"),
        ("0rl0v Pavel", "Pavel Orlov"),
    ],
)
def test_one_person(one: str, other: str) -> None:
    assert similarity(one, other, "PER") >= SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Viktor Lukashenko", "Alexander Lukashenko"),
        ("Alexander Lukashevich", "Alexander Lukashenko"),
        ("Vesna", "Vesna Kolar"),
        ("V. K.", "Vesna Kolar"),
        ("Nuno Sá", "Nuno Costa"),
        ("A. Kolar", "Vesna Kolar"),
        ("Vesna A. Kolar", "Vesna B. Kolar"),
        ("Ahmad bin Yusuf", "Yusuf bin Ahmad"),
        ("Pavel Igorevich Rudak", "Pavel Denisovich Rudak"),
        ("Pope Urban III", "Pope Urban IV"),
        ("李文华", "李文明"),
        ("Anwar al-Masri", "Anwar al-Basrawi"),
        ("", "Vesna Kolar"),
        ("...", "Vesna Kolar"),
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert similarity(one, other, "PER") < SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OAO Belkombinat", "Belkombinat JSC"),
        ("ООО «Ромашка»", "Romashka Limited Liability Company"),  # noqa: RUF001 - Cyrillic is meant
        ("Arkona Sp. z o.o.", "Arkona"),
        ("Arkona G.m.b.H.", "Arkona GmbH"),
        ("Harrow & Sons plc", "Harrow and Sons"),
        ("A.R.K. Systems", "ARK Systems"),
        ("Northern Int'l Bank", "Northern International Bank"),
        ("Arkonna Systems", "Arkona Systems"),
        ("The Harrow Group", "Harrow Group"),
        ("Fund III", "Fund 3"),
        ("Brigade Forty-Four", "44th Brigade"),
        ("NRA", "Northern Rivers Authority"),
        ("360 Ltd", "360"),
        ("Labor Organization", "Labour Organisation"),
    ],
)
def test_one_body(one: str, other: str) -> None:
    assert similarity(one, other, "ORG") >= SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Arkona Systems", "Arkona Foods"),
        ("Arkona", "Arkona Foods"),
        ("Bank of Nordavia (Paris) Limited", "Bank of Nordavia (Rome) Limited"),
        ("Fund 3", "Fund 4"),
        ("Harrow Partners VII", "Harrow Partners VIII"),
        ("Trust 2006-A1", "Trust 2006-A2"),
        ("ARX Systems", "ARK Systems"),
        ("Government of Nordavia", "Government of Nordania Islands"),
    ],
)
def test_two_bodies(one: str, other: str) -> None:
    assert similarity(one, other, "ORG") < SAME


def test_a_part_left_out_tells_bodies_apart_but_not_people() -> None:
    assert similarity("Harrow Martin Finch", "Harrow Finch", "PER") >= SAME
    assert similarity("Harrow Martin Finch", "Harrow Finch", "ORG") < SAME


@given(one=NAMES, other=NAMES, kind=st.sampled_from(KINDS))
def test_the_order_of_the_names_plays_no_part(one: str, other: str, kind: NameKind) -> None:
    degree = similarity(one, other, kind)
    assert 0.0 <= degree <= 1.0
    assert degree == similarity(other, one, kind)


@given(name=NAMES, kind=st.sampled_from(KINDS))
def test_a_name_is_itself(name: str, kind: NameKind) -> None:
    assert similarity(name, name, kind) == 1.0


@pytest.mark.parametrize("piece", ["a ", "ab", "Kolar ", "ﷺ", "李", "1", "i ", ",", "'", "é", "नमस्ते "])
def test_time_is_bounded_for_any_length(piece: str) -> None:
    started = time.perf_counter()
    for kind in KINDS:
        similarity(piece * 10_000, piece * 9_999 + "x", kind)
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize("pair", ["Lukashneko Lukashenko", "Lukaszenka Lukashenka", "Tikhanovskya Tikhanovskaya"])
def test_a_lone_surname_may_be_respelt(pair: str) -> None:
    assert respelt(*pair.split())


@pytest.mark.parametrize(
    "pair",
    [
        *("Kuznetsov Kuznetsova", "Makeev Makei", "Shoygun Shoigu", "Ivanova Ivanov", "Lukashevich Lukashenko"),
        *("Gorsky Gorskaya", "2023 Lukashenko", "....... Lukashenko"),
    ],
)
def test_a_like_surname_is_another(pair: str) -> None:
    assert not respelt(*pair.split())


@pytest.mark.parametrize(
    ("name", "ident"),
    [
        ("Uladzimir Makey", "vladimir-makei"),
        ("Aleksander Łukaszenko", "alexander-lukashenko"),
        ("Aliaksandr Loukachenka", "alexander-lukashenko"),
        ("Alexander Lukashneko", "alexander-lukashenko"),
        ("Viktor Loukachenko", "viktor-lukashenko"),
        ("Uladzimir Makeev", None),
        ("Sergei Shoygun", None),
        ("Alexander Lukashevich", None),
        ("Makey", None),
        ("... ---", None),
    ],
)
def test_a_full_name_in_another_spelling_leads_to_the_registry(name: str, ident: str | None) -> None:
    assert known_person(load_lexicon(), name) == ident


def test_a_son_is_not_his_father() -> None:
    lexicon = build_lexicon([{"id": "donal-harrowby", "name": "Donal Harrowby", "type": "PER"}])
    assert known_person(lexicon, "Donal P. Harrowby") == "donal-harrowby"
    assert known_person(lexicon, "Donal Harrowby Jr.") is None


def test_an_article_that_spells_a_name_its_own_way_speaks_of_the_known_person() -> None:
    text = "Aliaksandr Loukachenka arrived in Minsk on Monday. Loukachenka met the press there."
    found = {entity.id: entity for entity in extract(Article(article_id="a", text=text)).entities}
    told = {mention.text for mention in found["alexander-lukashenko"].mentions}
    assert {"Aliaksandr Loukachenka", "Loukachenka"} <= told
