"""The forms of an English verb, by rule and by a short list of irregular ones."""

from __future__ import annotations

from functools import cache
from typing import Literal

from newsledger.extract.lists.wordlists import word_table

Form = Literal["base", "third", "past", "participle", "gerund"]

_VOWELS = "aeiou"


@cache
def word_set(name: str) -> frozenset[str]:
    """Give one of the sets that the word lists name."""
    return frozenset(word_table("words")["sets"][name].split())


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    table = {}
    for entry in word_table("words")["irregular"]["forms"].replace("\n", "|").split("|"):
        if entry.strip():
            base, past, *participle = entry.split()
            table[base] = (past, participle[0] if participle else past)
    return table


@cache
def _doubling() -> frozenset[str]:
    return frozenset(word_table("words")["irregular"]["doubling"].split())


@cache
def _either_way() -> frozenset[str]:
    """Give the verbs in -l that Britain doubles and America doesn't."""
    return frozenset(word_table("words")["irregular"]["either_way"].split())


def inflect(lemma: str) -> tuple[tuple[str, Form], ...]:
    """Give the forms of a verb with their kind; a form that serves twice stands twice."""
    past, participle = _irregular().get(lemma, (_with_ed(lemma), _with_ed(lemma)))
    forms: tuple[tuple[str, Form], ...] = (
        (lemma, "base"),
        (_with_s(lemma), "third"),
        (past, "past"),
        (participle, "participle"),
        (_with_ing(lemma), "gerund"),
    )
    if lemma not in _either_way():
        return forms
    return (*forms, (lemma + "led", "past"), (lemma + "led", "participle"), (lemma + "ling", "gerund"))


def _ends_in_consonant_y(lemma: str) -> bool:
    return lemma.endswith("y") and lemma[-2:-1] not in _VOWELS


def _with_s(lemma: str) -> str:
    if _ends_in_consonant_y(lemma):
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _with_ed(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if _ends_in_consonant_y(lemma):
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if lemma in _doubling() else "") + "ed"


def _with_ing(lemma: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and len(lemma) > len("be"):
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if lemma in _doubling() else "") + "ing"
