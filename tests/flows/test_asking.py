"""Asking: a query of one's own, one from standard input, and the questions of the cookbook."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def ran(newsledger: Command, write_config: Callable[..., Path], seeds: Path) -> Command:
    """The command where a ledger of two documents is published."""
    assert seeds.exists()
    write_config()
    assert newsledger("run", "--plain").returncode == 0
    return newsledger


def test_the_questions_are_listed_without_a_ledger(newsledger: Command) -> None:
    head, *lines = newsledger("sql", "--list").stdout.splitlines()
    assert head == "name\tquestion"
    listed = json.loads(newsledger("sql", "--list", "--json").stdout)
    assert [f"{one['name']}\t{one['question']}" for one in listed] == lines
    assert set(listed[0]) == {"name", "part", "question", "shows", "adapt", "sql"}


def test_a_question_is_asked_by_its_name(ran: Command) -> None:
    head, *rows = ran("sql", "@who-met-whom").stdout.splitlines()
    assert head.startswith("start_date\tend_date\twho\t")
    assert any('["Alexander Lukashenko", "Mikhail Mishustin"]\t["Gomel"]' in row for row in rows)
    assert [met["start_date"] for met in json.loads(ran("sql", "@who-met-whom", "--json").stdout)] == [
        row.split("\t")[0] for row in rows
    ]


def test_the_name_of_a_question_may_be_written_in_any_case_and_with_a_semicolon(ran: Command) -> None:
    assert ran("sql", "@Who-Met-Whom;").stdout == ran("sql", "@who-met-whom").stdout


def test_a_question_is_shown_to_be_adapted_and_asked_from_standard_input(ran: Command) -> None:
    shown = ran("sql", "@who-met-whom", "--show").stdout
    assert shown.startswith("-- Who met whom")
    assert ran("sql", "-", stdin=shown).stdout == ran("sql", "@who-met-whom").stdout
    mine = shown.replace("type = 'CONSULT'", "type = 'ASSAULT'")
    assert len(ran("sql", "-", stdin=mine).stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["@who-meets-whom"], "the cookbook has no @who-meets-whom, did you mean @who-met-whom?"),
        (["who-met-whom"], "'who-met-whom' is no query, did you mean @who-met-whom?"),
        (["@"], "the cookbook has no @; `newsledger sql --list` lists its questions"),
        (["SELECT 1", "--show"], "give its name as @NAME"),
        (["-"], "there is no query: write one SELECT"),
        (["--csv", "--json", "--list"], "exclude each other"),
    ],
)
def test_what_can_not_be_asked_is_one_clear_line(ran: Command, arguments: list[str], said: str) -> None:
    done = ran("sql", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_standard_input_that_is_no_text_is_one_clear_line(ran: Command, tmp_path: Path) -> None:
    assert ran
    (tmp_path / "query.sql").write_bytes(b"SELECT '\xff'")
    command = f"'{Path(sys.executable).parent / 'newsledger'}' sql - < query.sql"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "UTF-8" in done.stderr
