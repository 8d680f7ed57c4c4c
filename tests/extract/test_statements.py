from __future__ import annotations

# ruff: noqa: RUF001 - quote marks of every style are meant
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.records.spans import require_rereading
from tests.extract.troupe import CAST, hear

if TYPE_CHECKING:
    from newsledger.records.extraction import Statement

CASES = Path(__file__).parent / "cases" / "statements"


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
            found.append(pytest.param(case, id=f"{path.stem}-{number}"))
    return found


def _shown(statement: Statement, fields: list[str]) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "speaker": statement.speaker,
        "kind": statement.kind,
        "cue": statement.cue.text if statement.cue else None,
        "verb": statement.verb,
        "content": statement.content.text,
        "via": list(statement.via),
        "group": statement.group,
    }
    return {field: plain[field] for field in fields}


@pytest.mark.parametrize("case", _cases())
def test_a_sentence_yields_the_statements_that_it_holds(case: dict[str, Any]) -> None:
    *_, statements = hear(case["text"])
    expected = case["statements"]
    fields = [list(statement) for statement in expected] + [["speaker", "content"]] * len(statements)
    shown = [_shown(statement, fields[n]) for n, statement in enumerate(statements)]
    assert shown == expected


def test_there_are_cases_enough() -> None:
    assert len(_cases()) >= 60


WORDS = [name for player in CAST for name in player.name + player.demonym + player.role]
PIECES = [
    *WORDS, "said", "told", "that", "and", "according to", "was quoted by", "as saying", "who", "which",
    ", ", ". ", ": ",
    '"', "“", "”", "‘", "’", "«", "»", "''", "\n\n", "(", ")", "; ", "has", "will", "not", "the", "to", "of", "denied",
    "called", "claim", "reported", "citing",
    "expressed concern", "is sure", "on Monday", "5,000", "—", "he", "they", "it", "as saying by", "with reference to",
    "Citing", "As", "was told", "at", "while", "after", "saying", "telling", "what", "the fact that", "nobody", "- ",
    "in an interview with", "statement", "by", "is convinced", "puts", "wants", "there is", "condemned by", "Said", "?",
]  # fmt: skip
babble = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)


@given(st.one_of(st.text(max_size=400), babble))
@settings(deadline=None, max_examples=150)
def test_any_text_is_read_without_an_error_and_every_span_rereads(text: str) -> None:
    *_, statements = hear(text)
    require_rereading(statements, text)
    assert [statement.id for statement in statements] == [f"s{n}" for n in range(1, len(statements) + 1)]
    for statement in statements:
        assert statement.covers(statement.content)
        assert statement.cue is not None
        assert statement.covers(statement.cue)


@given(babble)
@settings(deadline=None, max_examples=50)
def test_the_same_text_gives_the_same_statements(text: str) -> None:
    assert hear(text) == hear(text)
