"""The articles of the day, those that came before them in their stories, and the texts that rows are cited from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.records.article import Issue
from newsledger.records.day import ArticleRow, TextRow
from newsledger.records.run import Counts
from store.reading.loading import aware, rows_of
from store.reading.sections.asking import ask, in_utc
from store.schemas import given
from store.writing.rows import utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

    from store.reading.loading import Key
    from store.reading.sections.asking import Window
    from store.schemas import Row

# So many articles of a story are held against those of the day: those of a week, the newest day first, copies last.
# Those of a day stand in the order in which its digest read them: of different origins, with most records first.
_EARLIER = """
    WITH placed AS (
        SELECT
            p.story_id,
            p.origin_id,
            c.copy_of,
            t.article_id,
            t.revision,
            t.digest_at,
            (epoch_us($1::TIMESTAMP) - epoch_us(t.digest_at) - 1) // 86400000000 AS days_ago
        FROM articles_told($1::TIMESTAMP - INTERVAL 7 DAYS, $1::TIMESTAMP) AS t
        JOIN story_articles AS p ON p.article_id = t.article_id
        SEMI JOIN given AS g ON g.story_id = p.story_id
        LEFT JOIN copies_known($1::TIMESTAMP) AS c ON c.article_id = t.article_id
    ),
    found AS (
        SELECT article_id, count(*) AS records
        FROM (
            SELECT article_id, revision FROM events
            UNION ALL
            SELECT article_id, revision FROM statements
            UNION ALL
            SELECT article_id, revision FROM figures
        )
        SEMI JOIN placed USING (article_id, revision)
        GROUP BY article_id
    ),
    ranked AS (
        SELECT
            p.*,
            coalesce(f.records, 0) AS records,
            row_number() OVER (
                PARTITION BY p.story_id, p.days_ago, p.origin_id, p.copy_of IS NOT NULL
                ORDER BY coalesce(f.records, 0) DESC, p.digest_at, p.article_id
            ) AS turn
        FROM placed AS p
        LEFT JOIN found AS f ON f.article_id = p.article_id
    ),
    told AS (
        FROM ranked
        QUALIFY row_number() OVER (
            PARTITION BY story_id ORDER BY copy_of IS NOT NULL, days_ago, turn, records DESC, digest_at, article_id
        ) <= 20
    )
    SELECT
        t.article_id, t.revision, a.source_id, a.title, a.url, a.language, t.digest_at AS told_at, a.published_at,
        a.published_from, a.text_from, a.relevance, t.story_id, t.copy_of, t.origin_id
    FROM told AS t
    JOIN articles AS a ON a.article_id = t.article_id AND a.revision = t.revision
    ORDER BY coalesce(a.source_id, ''), t.article_id
"""
# By row number DuckDB unpacks only that part of all texts in which these stand.
_TEXTS = """
    SELECT a.article_id, a.revision, a.title, a.url, a.source_id, b.text, s.char_starts, s.char_ends
    FROM articles AS a
    SEMI JOIN given USING (article_id, revision)
    JOIN (
        FROM article_text
        WHERE rowid IN (SELECT rowid FROM article_text SEMI JOIN given USING (article_id, revision))
    ) AS b USING (article_id, revision)
    LEFT JOIN sentences AS s USING (article_id, revision)
    ORDER BY coalesce(a.source_id, ''), a.article_id, a.revision
"""
_TITLES = """
    SELECT article_id, revision, title, url, source_id AS source
    FROM articles SEMI JOIN given USING (article_id, revision)
    ORDER BY coalesce(source_id, ''), article_id, revision
"""


def read_articles(con: duckdb.DuckDBPyConnection, window: Window) -> tuple[ArticleRow, ...]:
    """Give the articles of the day."""
    return tuple(
        _article(
            row,
            intensity=row["intensity"],
            records=row["records"],
            issues=tuple(Issue(code=issue["code"], detail=issue["detail"]) for issue in row["issues"]),
        )
        for row in ask(con, "told", window)
    )


def read_counts(con: duckdb.DuckDBPyConnection, window: Window) -> Counts:
    """Count the records of the day's articles."""
    (row,) = ask(con, "counts", window)
    return Counts(**row)


def read_earlier(con: duckdb.DuckDBPyConnection, window: Window, stories: Sequence[str]) -> tuple[ArticleRow, ...]:
    """Give the articles of some stories that the digests of the week before told, as these saw them.

    Their records are not counted.
    """
    with given(con, story_id=stories):
        return tuple(_article(row) for row in rows_of(con.execute(_EARLIER, [utc(window.start)])))


def read_texts(con: duckdb.DuckDBPyConnection, keys: Iterable[Key]) -> tuple[TextRow, ...]:
    """Give the texts of the given (article_id, revision); those that are not stored are left out."""
    wanted = sorted(set(keys))
    with given(con, article_id=[key[0] for key in wanted], revision=[key[1] for key in wanted]):
        rows = rows_of(con.execute(_TEXTS))
    return tuple(
        TextRow(
            article_id=row["article_id"],
            revision=row["revision"],
            text=row["text"],
            sentences=tuple(zip(row["char_starts"] or (), row["char_ends"] or (), strict=False)),
            title=row["title"],
            url=row["url"],
            source=row["source_id"],
        )
        for row in rows
    )


def read_titles(con: duckdb.DuckDBPyConnection, keys: Iterable[Key]) -> tuple[TextRow, ...]:
    """Give the headlines of the given (article_id, revision) without their texts."""
    wanted = sorted(set(keys))
    with given(con, article_id=[key[0] for key in wanted], revision=[key[1] for key in wanted]):
        rows = rows_of(con.execute(_TITLES))
    return tuple(TextRow(text="", **row) for row in rows)


def _article(row: Row, intensity: float = 0.0, records: int = 0, issues: tuple[Issue, ...] = ()) -> ArticleRow:
    return ArticleRow(
        article_id=row["article_id"],
        revision=row["revision"],
        source=row["source_id"],
        title=row["title"],
        url=row["url"],
        language=row["language"],
        told_at=in_utc(row["told_at"]),
        published=aware(row["published_at"]),
        published_from=row["published_from"],
        text_from=row["text_from"],
        relevance=row["relevance"],
        intensity=intensity,
        records=records,
        story_id=row["story_id"],
        copy_of=row["copy_of"],
        origin=row["origin_id"],
        issues=issues,
    )
