"""What is published opens in older and newer DuckDB clients, and answers the same there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest

from store import export_parquet, publish
from store.copies.copying import REWRITTEN_UP_TO_BYTES
from tests.clients import NAMES, client

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Reads every table and view and calls every macro that the file names. What a macro asks for is told by the
# parameter's name (before 1.3 one with a default takes its value by name only); what is not listed here is somebody's.
PROBE = """
import json, sys
import duckdb
ARGUMENTS = {
    "days": "days := 36500", "id": "'a1/s1'", "a": "'Olga Lind'", "b": "'Ivan Petrov'",
    "day_start": "'2024-03-06'", "day_end": "'2024-03-07'", "moment": "'2024-03-07'", "today": "'2024-03-06'",
}
con = duckdb.connect(sys.argv[1], read_only=True)
calls = [
    name for (name,) in con.execute(
        "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
]
for name, kind, parameters in con.execute(
    "SELECT DISTINCT function_name, function_type, parameters FROM duckdb_functions() "
    "WHERE NOT internal AND database_name = current_database()"
).fetchall():
    call = f"{name}({', '.join(ARGUMENTS.get(one, repr('Olga Lind')) for one in parameters)})"
    calls.append(call if kind == "table_macro" else f"(SELECT {call})")
answers = {call: len(con.execute(f"SELECT * FROM {call}").fetchall()) for call in sorted(calls)}
print(json.dumps([duckdb.__version__, answers]))
"""


def ask(database: Path, environment: Path | None = None) -> tuple[str, dict[str, int]]:
    given = os.environ | ({"PYTHONPATH": str(environment)} if environment else {})
    done = subprocess.run(
        [sys.executable, "-c", PROBE, database],
        env=given, cwd=database.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    version, answers = json.loads(done.stdout)
    return version, answers


@pytest.fixture(scope="module")
def databases(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The published copy made in both ways, and the catalogue of its export."""
    folder = tmp_path_factory.mktemp("clients")
    for name, rewritten_up_to in (("rewritten", REWRITTEN_UP_TO_BYTES), ("copied", 0)):
        publish(templates / "ledger.duckdb", folder / name / "news.duckdb", rewritten_up_to)
    exported = export_parquet(folder / "copied" / "news.duckdb", folder / "lake").catalogue
    return {name: folder / name / "news.duckdb" for name in ("rewritten", "copied")} | {"exported": exported}


@pytest.fixture(scope="module")
def here(databases: dict[str, Path]) -> Callable[[str], dict[str, int]]:
    """What the client that published answers."""
    return cache(lambda name: ask(databases[name])[1])


def test_the_probe_meets_views_and_macros(here: Callable[[str], dict[str, int]]) -> None:
    answers = here("rewritten")
    assert answers == here("copied")
    assert answers["v_who_said_what"] == answers["statements"] == 2
    macros = {call: rows for call, rows in answers.items() if "(" in call}
    # What is stored here foretells and copies nothing, and no figures contradict each other.
    empty = {call.split("(")[0] for call, rows in macros.items() if not rows}
    assert empty == {"calendar", "copies_known", "figures_disagree", "figures_disagree_at"}, macros


@pytest.mark.needs_registry
@pytest.mark.parametrize("kind", ["rewritten", "copied", "exported"])
@pytest.mark.parametrize("name", NAMES)
def test_another_client_answers_the_same(
    databases: dict[str, Path], here: Callable[[str], dict[str, int]], name: str, kind: str
) -> None:
    version, answers = ask(databases[kind], client(name))
    assert version.startswith({"oldest": "1.2.", "newest": "2."}[name])
    assert answers == here(kind)
