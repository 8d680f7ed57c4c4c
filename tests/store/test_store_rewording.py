"""The log of silent edits at the level of records: what a revision took back, put in, or put otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from newsledger.records.article import Article
from newsledger.records.extraction import Extraction
from store import open_ledger
from store.database import attached
from store.diffs.rewording import rewordings
from tests.store.toy_reader import read

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "It rained. 12 ships came. Lind said no ship left. Lind met Petrov."


def kinds(before: Extraction, after: Extraction) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind, *one.lines) for one in rewordings(before, after)]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (FIRST, []),
        (f"It snowed. {FIRST}", []),
        (FIRST.replace("12", "15"), [("figure_changed", "12 ships", "15 ships")]),
        (FIRST.replace("12 ships came. ", ""), [("figure_removed", "12 ships", None)]),
        (f"{FIRST} 3 men came.", [("figure_added", None, "3 men")]),
        (FIRST.replace("Lind said no ship left. ", ""), [("quote_removed", "Lind said: no ship left", None)]),
        (f"{FIRST} Petrov said nothing.", [("quote_added", None, "Petrov said: nothing")]),
        (
            FIRST.replace("no ship left", "one ship left"),
            [("quote_changed", "Lind said: no ship left", "Lind said: one ship left")],
        ),
        (
            FIRST.replace("Lind said", "Petrov said"),
            [("attribution_changed", "Lind said: no ship left", "Petrov said: no ship left")],
        ),
        (FIRST.replace(" Lind met Petrov.", ""), [("event_removed", "CONSULT Lind → Petrov (occurred)", None)]),
        (
            FIRST.replace("Lind met Petrov", "Petrov met Lind"),
            [
                ("event_removed", "CONSULT Lind → Petrov (occurred)", None),
                ("event_added", None, "CONSULT Petrov → Lind (occurred)"),
            ],
        ),
    ],
)
def test_a_change_of_the_text_is_told_by_what_it_does_to_the_records(
    after: str, told: list[tuple[str, str | None, str | None]]
) -> None:
    assert kinds(read(FIRST), read(after)) == told


def test_a_source_that_loses_its_name_is_weakened() -> None:
    before, after = read(FIRST), read(FIRST.replace("rained", "snowed"))
    nobody = replace(after, statements=(replace(after.statements[0], speaker=None),))
    assert [kind for kind, *_ in kinds(before, nobody)] == ["attribution_weakened"]
    assert [kind for kind, *_ in kinds(nobody, before)] == ["attribution_changed"]
    lind, petrov = after.entities
    mention = replace(lind.mentions[0], kind="role")
    some_official = replace(after, entities=(replace(lind, mentions=(mention,)), petrov))
    claimed = replace(before, figures=(replace(before.figures[0], attributed_to="petrov"),))
    weaker = replace(some_official, figures=(replace(after.figures[0], attributed_to="lind"),))
    assert [kind for kind, *_ in kinds(claimed, weaker)] == ["attribution_weakened"]


def test_what_the_article_held_and_others_hold_now_is_attributed_otherwise() -> None:
    before, after = read(FIRST), read(FIRST.replace("rained", "snowed"))
    claimed = replace(after, events=(replace(after.events[0], attributed_to="petrov"),))
    for one, other in ((before, claimed), (claimed, before)):
        assert [kind for kind, *_ in kinds(one, other)] == ["attribution_changed"]


def test_a_deed_that_is_planned_only_has_another_status() -> None:
    before, after = read(FIRST), read(FIRST.replace("rained", "snowed"))
    planned = replace(after, events=(replace(after.events[0], status="planned"),))
    assert kinds(before, planned) == [
        ("status_changed", "CONSULT Lind → Petrov (occurred)", "CONSULT Lind → Petrov (planned)")
    ]


def by_sentence(extraction: Extraction) -> Extraction:
    ends = [match.end() for match in re.finditer(r"\.", extraction.article.text)]
    return replace(extraction, sentences=tuple(zip([0, *ends], ends, strict=False)))


def test_a_sentence_that_stands_as_it_was_was_not_edited_however_it_is_read() -> None:
    before, after = by_sentence(read(FIRST)), by_sentence(read(FIRST.replace("12", "15")))
    reread = replace(after, statements=(), events=(replace(after.events[0], status="planned"),))
    assert kinds(before, reread) == [("figure_changed", "12 ships", "15 ships")]
    assert kinds(reread, before) == [("figure_changed", "15 ships", "12 ships")]


def test_readings_that_can_not_be_compared_tell_nothing() -> None:
    after = read(FIRST.replace("12", "15"))
    assert kinds(read(FIRST), replace(after, extractor="x2")) == []
    assert kinds(read(FIRST), replace(after, article=replace(after.article, text_from="page"))) == []


def logged(path: Path) -> list[tuple[Any, ...]]:
    with attached(path) as con:
        return con.execute(
            "SELECT c.revision, c.kind, c.before, c.after, "
            "substr(old.text, before_char_start + 1, before_char_end - before_char_start), "
            "substr(new.text, after_char_start + 1, after_char_end - after_char_start) "
            "FROM record_changes AS c "
            "JOIN article_text AS new USING (article_id, revision) "
            "JOIN article_text AS old ON old.article_id = c.article_id AND old.revision = c.revision - 1 "
            "ORDER BY c.revision, c.no"
        ).fetchall()


def revision(text: str, extractor: str = "x1") -> Extraction:
    return replace(read(text), article=Article(article_id="a", text=text, origin="feed"), extractor=extractor)


SECOND = FIRST.replace("12", "15")
THIRD = SECOND.replace("Lind said no ship left. ", "")


def test_each_revision_logs_what_it_changed_with_its_places(ledger_path: Path, save: Callable[..., object]) -> None:
    save(revision(FIRST))
    save(revision(SECOND), revision(SECOND), revision(THIRD))
    assert logged(ledger_path) == [
        (2, "figure_changed", "12 ships", "15 ships", "12", "15"),
        (3, "quote_removed", "Lind said: no ship left", None, "Lind said no ship left.", None),
    ]
    with open_ledger(ledger_path) as ledger:
        assert ledger.integrity() == ()


def test_revisions_are_compared_once_one_version_has_read_both(ledger_path: Path, save: Callable[..., object]) -> None:
    save(revision(FIRST))
    save(revision(SECOND, extractor="x2"))
    assert logged(ledger_path) == []
    save(revision(SECOND))
    assert [row[:2] for row in logged(ledger_path)] == [(2, "figure_changed")]
    save(revision(SECOND, extractor="x3"))
    assert logged(ledger_path) == []
    save(revision(THIRD, extractor="x3"))
    assert [row[:2] for row in logged(ledger_path)] == [(3, "quote_removed")]
