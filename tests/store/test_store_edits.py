"""What is logged of a silent edit: enough to make the new text of the old one, and never more than it may take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.records.article import Article
from store.database import attached
from store.diffs.edits import Edit, edits, sentences

lines = st.lists(st.sampled_from("abcdefg"), max_size=12)
texts = st.lists(st.sampled_from(["Ships left.", "Why? ", "\n", "  ", 'He said "go." Then', "\u2028", "…", "No"])).map(
    "".join
)


def text_edits(before: str, after: str) -> tuple[Edit, ...]:
    return edits(Article(article_id="a", text=before), Article(article_id="a", text=after))


def reapplied(old: tuple[str, ...], changes: tuple[Edit, ...]) -> tuple[str, ...]:
    made = list(old)
    for edit in reversed(changes):
        start = edit.sentence_no - 1
        removed = edit.before.split("\n") if edit.before else []
        assert made[start : start + len(removed)] == removed
        made[start : start + len(removed)] = edit.after.split("\n") if edit.after else []
    return tuple(made)


@given(old=lines, new=lines)
def test_the_passages_make_the_new_text_of_the_old_one(old: list[str], new: list[str]) -> None:
    changes = text_edits("\n".join(old), "\n".join(new))
    assert reapplied(tuple(old), changes) == tuple(new)
    assert bool(changes) == (old != new)


@given(before=texts, after=texts)
def test_so_they_do_for_any_text(before: str, after: str) -> None:
    assert reapplied(sentences(before), text_edits(before, after)) == sentences(after)


@given(text=texts)
def test_sentences_hold_every_word_in_its_order(text: str) -> None:
    assert " ".join(sentences(text)).split() == text.split()


def test_a_text_is_parted_at_sentence_ends_and_lines() -> None:
    assert sentences('One. Two?  "Three!" Four (five.) Six\n\nSeven  and\teight') == (
        "One.",
        "Two?",
        '"Three!"',
        "Four (five.)",
        "Six",
        "Seven and eight",
    )


def test_passages_are_placed_by_the_sentences_of_the_former_text() -> None:
    assert text_edits("A. B. C. D.", "A. X. C. D. E. F.") == (
        Edit(field="text", sentence_no=2, before="B.", after="X."),
        Edit(field="text", sentence_no=5, before=None, after="E.\nF."),
    )
    assert text_edits("A. B.", "B.") == (Edit(field="text", sentence_no=1, before="A.", after=None),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([f"{no}." for no in range(3000)], [f"{no}!" for no in range(3000)]),
        ([f"{no}" for no in range(400)], [f"{no}{'!' * (no % 2)}" for no in range(400)]),
        (["short."], ["long " * 10_000]),
    ],
    ids=["too long to compare", "too many passages", "too many characters"],
)
def test_a_text_that_changed_too_much_is_told_as_rewritten(old: list[str], new: list[str]) -> None:
    (edit,) = text_edits("\n".join(old), "\n".join(new))
    assert edit == Edit(field="rewritten", before=str(len(old)), after=str(len(new)))


def test_a_long_text_with_a_small_change_is_told_in_full() -> None:
    old = [f"{no}." for no in range(5000)]
    assert text_edits("\n".join(old), "\n".join([*old[:4000], "new.", *old[4001:]])) == (
        Edit(field="text", sentence_no=4001, before="4000.", after="new."),
    )


def test_fields_are_compared_and_worked_out_dates_are_not() -> None:
    moment = datetime(2024, 3, 6, 9, tzinfo=UTC)
    before = Article(article_id="a", text="A.", title="Old", published=moment, published_from="fetched")
    after = Article(
        article_id="a",
        text="A.",
        title=None,
        authors=("Ann Ost", "Bo West"),
        section="World",
        published=moment,
        published_from="html",
        text_from="page",
    )
    assert edits(before, after) == (
        Edit(field="title", before="Old", after=None),
        Edit(field="authors", before=None, after="Ann Ost; Bo West"),
        Edit(field="section", before=None, after="World"),
        Edit(field="published", before=None, after="2024-03-06T09:00:00+00:00"),
        Edit(field="text_from", before="file", after="page"),
    )


def logged(path: Path) -> list[tuple[object, ...]]:
    with attached(path) as con:
        return con.execute("FROM article_changes ORDER BY article_id, revision, no").fetchall()


def test_each_revision_has_its_changes_and_a_mere_re_read_none(
    ledger_path: Path, save: Callable, extraction: Callable
) -> None:
    first, second, third = "One. Two.", "One. Three.", "One."
    save(extraction(text=first))
    save(extraction(text=first, title="New"))
    save(extraction(text=second, title="New"), extraction(text=third, title="New"))
    save(extraction(text=third, title="New"), extraction(text=third, title="New", extractor="x2"))
    assert logged(ledger_path) == [
        ("a1", 2, 1, "title", None, "Ministers meet", "New"),
        ("a1", 3, 1, "text", 2, "Two.", "Three."),
        ("a1", 4, 1, "text", 2, "Three.", None),
    ]
