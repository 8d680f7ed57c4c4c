"""Which names a person should look at together."""

from __future__ import annotations

import pytest

from newsledger.extract.lookalikes import Named, lookalikes


def named(entity: str, name: str, type_: str = "PER") -> Named:
    return Named(entity=entity, type=type_, name=name)


@pytest.mark.parametrize(
    ("one", "other", "type_"),
    [
        ("Viktar Zhdanko", "Viktor Zhdanko", "PER"),
        ("V. Zhdanko", "Viktor Zhdanko", "PER"),
        ("Zhdanko", "Viktor Zhdanko", "PER"),
        ("Siarhei Zhdanka", "Sergei Zhdanko", "PER"),
        ("Zubr Foundry", "Zubr", "ORG"),
    ],
)
def test_spellings_initials_and_parts_look_alike(one: str, other: str, type_: str) -> None:
    strangers = [named("one", one, type_), named("other", other, type_)]
    assert lookalikes(strangers, []) == {"one": ("other",), "other": ("one",)}
    assert lookalikes(strangers[:1], strangers[1:]) == {"one": ("other",)}


@pytest.mark.parametrize(("one", "other"), [("Olga Lind", "Ivan Lind"), ("Olga Lind", "Olga Berg"), ("Olga", "Anna")])
def test_other_people_do_not(one: str, other: str) -> None:
    assert lookalikes([named("one", one)], [named("other", other)]) == {"one": ()}


def test_a_person_does_not_look_like_a_body_and_any_of_several_names_tells() -> None:
    strangers = [named("lind", "Olga Lind"), named("gm", "GM", "ORG")]
    known = [named("lind-ag", "Lind", "ORG"), named("general-motors", "GM", "ORG"), named("general-motors", "G", "ORG")]
    assert lookalikes(strangers, known) == {"lind": (), "gm": ("general-motors",)}
