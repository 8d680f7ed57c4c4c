"""An article is found by whatever one has of it, and comes with its records and all that is known of its revisions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import duckdb
import pytest

from store import publish
from store.reading.showing import Shown, TakenDown, known_articles, meant_articles, read_article

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def shelf(ledger_path: Path, save: Callable, extraction: Callable, now: datetime) -> Path:
    """A published copy with three articles, one of them in two revisions, and one that was taken down."""
    save(extraction("ab1"), extraction("ab2", url="https://courier.example/ab2?x=1"), extraction("c/s3", url=None))
    save(extraction("ab1", text="Anew."), now=now + timedelta(hours=1))
    with duckdb.connect(str(ledger_path)) as con:
        con.execute(
            "INSERT INTO takedowns VALUES ('gone', 'https://courier.example/gone', 'asked for', '2024-03-07', NULL)"
        )
    copy = ledger_path.with_name("news.duckdb")
    publish(ledger_path, copy)
    return copy


@pytest.mark.parametrize(
    ("wanted", "others", "expected"),
    [
        ("ab1", (), ("ab1",)),
        ("ab", (), ("ab1", "ab2")),
        ("ab2", ("ab1",), ("ab2",)),
        ("c", (), ("c/s3",)),
        ("c/s3", (), ("c/s3",)),
        ("u", ("https://courier.example/ab1",), ("ab1",)),
        ("u", ("https://courier.example/ab2?x=1", "?"), ("ab2",)),
        ("u", ("ab2",), ("ab2",)),
        ("gone", (), ("gone",)),
        ("go", (), ("gone",)),
        ("u", ("https://courier.example/gone",), ("gone",)),
        ("AB1", (), ()),
        ("%", (), ()),
        ("'; DROP", (), ()),
        ("", (), ("ab1", "ab2", "c/s3", "gone")),
    ],
)
def test_an_id_an_address_or_a_beginning(
    shelf: Path, wanted: str, others: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert meant_articles(shelf, wanted, others) == expected


def test_the_newest_revision_is_read_with_its_records(shelf: Path, now: datetime) -> None:
    newest = read_article(shelf, "ab1")
    assert isinstance(newest, Shown)
    assert newest.extraction.article.text == "Anew."
    assert newest.revisions == ((1, now), (2, now + timedelta(hours=1)))
    assert newest.source == "Courier"


def test_an_earlier_revision_is_read_as_it_was_saved(shelf: Path, extraction: Callable) -> None:
    first = read_article(shelf, "ab1", 1)
    assert isinstance(first, Shown)
    assert first.extraction == extraction("ab1")
    assert len(first.revisions) == 2


def test_what_is_not_stored_is_nothing(shelf: Path) -> None:
    assert read_article(shelf, "ab1", 3) is None
    assert read_article(shelf, "nobody") is None


def test_of_what_was_taken_down_it_is_known_when_and_why(shelf: Path) -> None:
    assert read_article(shelf, "gone") == TakenDown(
        article_id="gone",
        url="https://courier.example/gone",
        reason="asked for",
        forgotten=datetime(2024, 3, 7, tzinfo=UTC),
    )


def test_each_article_is_known_once(shelf: Path) -> None:
    assert [article_id for article_id, _ in known_articles(shelf)] == ["ab1", "ab2", "c/s3"]
