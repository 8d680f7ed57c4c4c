"""Each question of the cookbook has its answer on the seed corpus, and docs/cookbook.md shows it.

After a change that is meant, write the files anew and read the difference before it is committed:

    NEWSLEDGER_GOLDEN=write .venv/bin/python -m pytest tests/store/test_store_cookbook.py
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.tables import print_table
from newsledger.records.errors import QueryError
from store import find_question, load_questions, run_query
from store.database import published_copy
from store.guide.cookbook import PARTS, QUESTIONS, TIMEOUT_S, cookbook_markdown
from tests.store.seed_ledger import build

if TYPE_CHECKING:
    from store import Question

ANSWERS = Path(__file__).parent / "cookbook"
DOCS = Path(__file__).parents[2] / "docs" / "cookbook.md"
IS_WRITING = os.environ.get("NEWSLEDGER_GOLDEN") == "write"
EACH = pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.name)
# What gives another answer tomorrow, or none that can be relied on.
FICKLE = re.compile(r"\b(now|today|current_date|current_timestamp|random|get_current_timestamp)\b", re.IGNORECASE)


@pytest.fixture(scope="session")
def seed_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("seed-ledger"))


@EACH
def test_the_answer_is_what_it_was(question: Question, seed_ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run_query(seed_ledger, question.sql, TIMEOUT_S)
    print_table(found.columns, found.rows)
    answer, golden = capsys.readouterr().out, ANSWERS / f"{question.name}.tsv"
    if IS_WRITING:
        golden.write_text(answer, encoding="utf-8")
    assert answer == golden.read_text(encoding="utf-8")
    assert found.rows, "a question without an answer teaches nothing"
    assert run_query(seed_ledger, question.sql, TIMEOUT_S) == found


@EACH
def test_a_question_depends_on_no_clock_and_orders_its_rows(question: Question) -> None:
    assert not FICKLE.search(question.sql)
    assert "\nORDER BY " in question.sql


@EACH
def test_a_question_says_all_that_a_reader_needs(question: Question) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", question.name)
    assert question.question.endswith("?")
    for text in (question.shows, question.adapt):
        assert text.endswith(".")
    assert question.sql.endswith(";\n")
    assert all(len(line) <= 120 for line in (QUESTIONS / f"{question.name}.sql").read_text().splitlines())


def test_there_are_some_of_all_parts_each_with_its_answer() -> None:
    questions = load_questions()
    assert len(questions) == 35
    assert list(dict.fromkeys(question.part for question in questions)) == list(PARTS)
    assert {path.stem for path in ANSWERS.glob("*.tsv")} == {question.name for question in questions}


def test_every_view_and_macro_is_asked_and_all_that_is_asked_is_commented(seed_ledger: Path) -> None:
    asked = set(re.findall(r"\b\w+\b", " ".join(question.sql for question in load_questions())))
    with published_copy(seed_ledger) as con:
        relations = con.execute(
            "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal "
            "UNION ALL SELECT table_name, comment FROM duckdb_tables() "
            "UNION ALL SELECT function_name, comment FROM duckdb_functions() "
            "WHERE NOT internal AND function_type = 'table_macro'"
        ).fetchall()
    public = {name for name, comment in relations if comment}
    assert {name for name, _ in relations} & asked <= public
    # What `registry review`, evidence(), calendar(), figures_disagree() and stories_told() ask.
    unasked = {"v_entities", "v_records", "v_calendar", "v_figures_disagree", "v_stories"}
    assert {name for name in public if name.startswith("v_")} - asked == unasked
    macros = {
        "entities_named",
        "mentions_of",
        "quotes_of",
        "events_between",
        "evidence",
        "calendar",
        "figures_disagree",
        "stories_told",
    }
    assert macros <= public & asked


def test_an_unknown_question_proposes_the_nearest() -> None:
    assert find_question("who-met-whom").part == "Events"
    with pytest.raises(QueryError, match="did you mean @who-met-whom"):
        find_question("who-met-who")


def test_the_document_is_what_the_questions_and_answers_make(seed_ledger: Path) -> None:
    document = cookbook_markdown(seed_ledger)
    if IS_WRITING:
        DOCS.write_text(document, encoding="utf-8")
    assert document == DOCS.read_text(encoding="utf-8")
