"""The views for analysts: the newest revision, with names, on one row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from store import publish, run_query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def rows(published: Path, sql: str) -> list[dict[str, object]]:
    found = run_query(published, sql, 10)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_who_said_what(published: Path) -> None:
    first, second = rows(published, "FROM v_who_said_what ORDER BY statement_id")
    assert (first["speaker"], first["speaker_country"], first["verb"]) == ("Olga Lind", "AST", "say")
    assert (first["source"], first["via"], first["content"]) == (
        "Courier",
        ["Courier", "Harbour Wire"],
        "We agreed on 12 ships",
    )
    assert first["sentence"] == '"We agreed on 12 ships," Lind said, the daily Courier reported.'
    assert (second["speaker"], second["via"]) == (None, [])


def test_events(published: Path) -> None:
    first, second = rows(published, "FROM v_events ORDER BY event_id")
    assert (first["actors"], first["recipients"]) == (["Olga Lind", "Ivan Petrov"], [])
    assert (first["location"], first["attributed_to"], first["start_date"]) == (
        "Port Aster",
        "Courier",
        date(2024, 3, 4),
    )
    assert first["sentence"] == "Minister Olga Lind met Ivan Petrov in Port Aster on Monday."
    assert (second["recipients"], second["location"]) == (["Ivan Petrov", "Port Aster"], None)


def test_figures(published: Path) -> None:
    first, second = rows(published, "FROM v_figures ORDER BY no")
    assert (first["value"], first["value_max"], first["unit"], first["about"]) == (
        30.1,
        1000.0,
        "percent",
        ["Port Aster", "Olga Lind"],
    )
    assert first["sentence"] == "Trade in grain grew by 30% in 2021."
    assert (second["value"], second["about"], second["attributed_to"]) == (12.0, [], None)


def test_only_the_newest_revision_shows(
    published: Path, ledger_path: Path, save: Callable, extraction: Callable
) -> None:
    save(extraction(title="Second"))
    publish(ledger_path, published)
    for view, count in (("v_articles", 1), ("v_who_said_what", 2), ("v_events", 2), ("v_figures", 2)):
        found = rows(published, f"SELECT revision, title FROM {view}")
        assert found == [{"revision": 2, "title": "Second"}] * count
    assert rows(published, "SELECT count(*) AS n FROM statements") == [{"n": 4}]
