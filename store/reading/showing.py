"""One article of the published copy with its records, found by whatever one has of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from store.database import published_copy
from store.errors import store_errors
from store.reading.loading import load_extractions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    import duckdb

    from newsledger.records.extraction import Extraction

_MOST = 6
_KNOWN = "SELECT DISTINCT article_id FROM (FROM articles UNION ALL BY NAME FROM takedowns)"
# The first of these that finds any settles what is meant.
_MEANT = tuple(
    f"{_KNOWN} WHERE {condition} ORDER BY ALL"
    for condition in (
        "article_id = $wanted",
        "list_contains($others, article_id) OR list_contains($others, url)",
        "starts_with(article_id, $wanted)",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A revision of an article with its records.

    `source` is the name of its source, `revisions` are all that are stored: their numbers, and when each was.
    """

    extraction: Extraction
    source: str | None
    revisions: tuple[tuple[int, datetime], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown:
    """An article that was taken down: its text and its records are gone."""

    article_id: str
    url: str | None
    reason: str
    forgotten: datetime


def meant_articles(published: Path, wanted: str, others: Sequence[str] = ()) -> tuple[str, ...]:
    """Give the ids of the articles that are meant: of that id, else of one of the others, else those that begin so.

    `others` are ids and addresses. Of many the first six are given; those that were taken down are among them.
    """
    with published_copy(published) as con, store_errors(published):
        given = {"wanted": wanted, "others": list(others)}
        for query in _MEANT:
            named = {name: value for name, value in given.items() if f"${name}" in query}
            if found := con.execute(query, named).fetchmany(_MOST):
                return tuple(article_id for (article_id,) in found)
    return ()


def known_articles(published: Path) -> tuple[tuple[str, str | None], ...]:
    """Give the ids of all articles, each with its newest address."""
    with published_copy(published) as con, store_errors(published):
        return tuple(con.execute("SELECT article_id, url FROM articles WHERE is_newest ORDER BY ALL").fetchall())


def read_article(published: Path, article_id: str, revision: int | None = None) -> Shown | TakenDown | None:
    """Read a revision of an article, the newest if none is named; None where that one is not stored."""
    with published_copy(published) as con, store_errors(published):
        return _taken_down(con, article_id) or _shown(con, article_id, revision)


def _taken_down(con: duckdb.DuckDBPyConnection, article_id: str) -> TakenDown | None:
    found = con.execute("SELECT url, reason, forgotten_at FROM takedowns WHERE article_id = ?", [article_id]).fetchone()
    if not found:
        return None
    url, reason, forgotten_at = found
    return TakenDown(article_id=article_id, url=url, reason=reason, forgotten=forgotten_at.replace(tzinfo=UTC))


def _shown(con: duckdb.DuckDBPyConnection, article_id: str, revision: int | None) -> Shown | None:
    revisions = con.execute(
        "SELECT revision, stored_at FROM articles WHERE article_id = ? ORDER BY revision", [article_id]
    ).fetchall()
    if not revisions:
        return None
    loaded = load_extractions(con, [(article_id, revision or revisions[-1][0])])
    named = con.execute("SELECT source FROM v_articles WHERE article_id = ?", [article_id]).fetchone()
    for extraction in loaded:
        return Shown(
            extraction=extraction,
            source=named[0] if named else None,
            revisions=tuple((number, stored_at.replace(tzinfo=UTC)) for number, stored_at in revisions),
        )
    return None
