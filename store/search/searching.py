"""Finding articles by their words: the index ranks, the published copy filters, the stored text gives the snippets."""

from __future__ import annotations

import math
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

import pyarrow as pa

from newsledger.records.errors import StoreError
from store.database import published_copy
from store.errors import store_errors
from store.reading.loading import rows_of
from store.schemas import given
from store.search.indexing import TOKENS, index_errors, opened, plain
from store.search.snippets import snippets
from store.search.terms import terms_of
from store.writing.rows import utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    import duckdb

    from store.schemas import Row
    from store.search.snippets import Place, Snippet
    from store.search.terms import Term

# A word of the title counts as much as so many of the text.
_TITLE_WEIGHT = 4.0
# A word that stands in more than this share of the articles tells none from another, unless all that is asked for do.
_TELLING = 0.8
# What BM25, with the constants that SQLite has, gives at most for occurrences in one article: k1 + 1.
_SATURATED = 2.2
_SMALLEST_IDF = 1e-6
_OPEN, _CLOSE = "\x02", "\x03"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_FILTERED = """
    SELECT
        a.article_id, a.revision, ranked.score, coalesce(a.title, '') AS title, a.url, v.source, a.published_at,
        coalesce(a.published_at, a.stored_at) AS dated_at, count(*) OVER () AS passed
    FROM ranked
    JOIN articles AS a USING (article_id, revision)
    JOIN v_articles AS v USING (article_id, revision)
    WHERE dated_at >= coalesce($from_at, '-infinity'::TIMESTAMP)
        AND dated_at < coalesce($until_at, 'infinity'::TIMESTAMP)
        AND ($source IS NULL OR lower(strip_accents($source)) IN (lower(strip_accents(v.source)), lower(a.source_id)))
        AND ($entity IS NULL OR (a.article_id, a.revision) IN (
            SELECT (article_id, revision) FROM article_entities WHERE entity_id IN (
                SELECT entity_id FROM entity_names
                WHERE entity_id = $entity OR name_folded = lower(strip_accents($entity))
            )
        ))
    ORDER BY score DESC, dated_at DESC, a.article_id
    LIMIT $most
"""
# By row numbers, so that no other text is unpacked: measured, a sixth of the time.
_TEXTS = """
    SELECT article_id, text FROM article_text
    WHERE rowid IN (SELECT t.rowid FROM article_text AS t SEMI JOIN given USING (article_id, revision))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: words (see `terms_of`), all of which must stand in an article's title or text, and where.

    An article is of the moment when it was published, else stored: from `from_at` on, before `until_at`, both UTC.
    `source` is an id or a name, `entity` an id or any name that articles print for it. No case and no accents count.
    """

    words: str
    from_at: datetime | None = None
    until_at: datetime | None = None
    source: str | None = None
    entity: str | None = None
    most: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found, in its newest revision; the higher its `score`, the more it is about the words.

    `dated` is when it was published, else stored; all places count code points of the title or of the stored text.
    """

    article_id: str
    revision: int
    score: float
    title: str
    title_hits: tuple[Place, ...]
    url: str | None
    source: str | None
    dated: datetime
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The best hits, best first, and what became of the rest.

    `terms` are the words as they were understood, `unknown` those of them that stand in none of the `indexed` articles.
    `matched` articles hold the words, `passed` of them are of the days, the source and the entity that are wanted.
    """

    hits: tuple[Hit, ...]
    terms: tuple[str, ...]
    unknown: tuple[str, ...]
    indexed: int
    matched: int
    passed: int


def search(published: Path, index: Path, wanted: Wanted) -> Found:
    """Find the articles that hold the words. Raises StoreError where there is no index yet."""
    if not index.exists():
        message = f"there is no search index at {index}: `newsledger run` makes it, and so does `newsledger doctor`"
        raise StoreError(message)
    with published_copy(published) as con, index_errors(index), closing(opened(index)) as words:
        terms = terms_of(words, wanted.words)
        asked = [term for term in terms if not term.is_excluded]
        (indexed,) = words.execute("SELECT count(*) FROM articles").fetchone()
        counts = {term: _count(words, term.condition) for term in asked}
        numbers = _matching(words, terms) if asked and all(counts.values()) else []
        rarest = sorted(asked, key=lambda term: counts[term])
        weighed = [term for term in rarest if counts[term] <= _TELLING * indexed] or rarest[:1]
        scores = _scores(words, numbers, weighed, indexed)
        with store_errors(published):
            rows = _filtered(con, words, scores, wanted) if scores else []
            hits = tuple(_hits(con, rows, asked))
    return Found(
        hits=hits,
        terms=tuple(term.written for term in asked),
        unknown=tuple(term.written for term in asked if not counts[term]),
        indexed=indexed,
        matched=len(scores),
        passed=rows[0]["passed"] if rows else 0,
    )


def known_sources(published: Path) -> tuple[tuple[str, str], ...]:
    """Give the sources that have articles: ids, each with the name."""
    query = """
        SELECT DISTINCT a.source_id, v.source FROM articles AS a JOIN v_articles AS v USING (article_id, revision)
        WHERE a.source_id IS NOT NULL ORDER BY ALL
    """
    with published_copy(published) as con, store_errors(published):
        return tuple(con.execute(query).fetchall())


def known_entities(published: Path) -> tuple[tuple[str, str], ...]:
    """Give the entities: ids, each with every name that articles print."""
    with published_copy(published) as con, store_errors(published):
        return tuple(con.execute("SELECT entity_id, name FROM entity_names ORDER BY ALL").fetchall())


def _count(words: sqlite3.Connection, condition: str) -> int:
    (count,) = words.execute("SELECT count(*) FROM words WHERE words MATCH ?", (condition,)).fetchone()
    return int(count)


def _matching(words: sqlite3.Connection, terms: Sequence[Term]) -> list[int]:
    """Find the articles that hold all terms and none that is excluded: their numbers in the index."""
    condition = f"({' AND '.join(term.condition for term in terms if not term.is_excluded)})"
    excluded = [term.condition for term in terms if term.is_excluded]
    condition += f" NOT ({' OR '.join(excluded)})" if excluded else ""
    return [number for (number,) in words.execute("SELECT rowid FROM words WHERE words MATCH ?", (condition,))]


def _scores(words: sqlite3.Connection, numbers: Sequence[int], terms: Sequence[Term], indexed: int) -> dict[int, float]:
    """Score articles by terms that they hold.

    This is BM25 where all forms of a word are one word. SQLite's own counts each form for itself, and would put the
    rarest of them first.
    """
    scores = dict.fromkeys(numbers, 0.0)
    for term in terms if scores else ():
        weights = _weights(words, term, indexed)
        idf = math.log1p((indexed - len(weights) + 0.5) / (len(weights) + 0.5))
        for number in scores:
            scores[number] += idf * min(weights[number], _SATURATED)
    return scores


def _weights(words: sqlite3.Connection, term: Term, indexed: int) -> dict[int, float]:
    """Weigh how much a term stands in each article that holds it: SQLite's rank without the rarity that is in it."""
    weights: dict[int, float] = {}
    for form in term.forms:
        ranked = words.execute(
            "SELECT rowid, bm25(words, ?, 1.0) FROM words WHERE words MATCH ?", (_TITLE_WEIGHT, form)
        ).fetchall()
        rarity = math.log((indexed - len(ranked) + 0.5) / (len(ranked) + 0.5))
        idf = rarity if rarity > 0 else _SMALLEST_IDF
        for number, rank in ranked:
            weights[number] = weights.get(number, 0.0) - rank / idf
    return weights


def _filtered(
    con: duckdb.DuckDBPyConnection, words: sqlite3.Connection, scores: dict[int, float], wanted: Wanted
) -> list[Row]:
    """Give the rows of the best that are wanted; what the published copy has no more, or otherwise, is passed over."""
    keys = [row for row in words.execute("SELECT no, article_id, revision FROM articles") if row[0] in scores]
    ranked = pa.table(
        {
            "article_id": pa.array([article_id for _, article_id, _ in keys], pa.string()),
            "revision": pa.array([revision for _, _, revision in keys], pa.int32()),
            "score": pa.array([scores[number] for number, _, _ in keys], pa.float64()),
        }
    )
    con.register("ranked", ranked)
    found = con.execute(
        _FILTERED,
        {
            "from_at": wanted.from_at and utc(wanted.from_at),
            "until_at": wanted.until_at and utc(wanted.until_at),
            "source": wanted.source,
            "entity": wanted.entity,
            "most": wanted.most,
        },
    )
    rows = rows_of(found)
    con.unregister("ranked")
    return rows


def _hits(con: duckdb.DuckDBPyConnection, rows: Sequence[Row], asked: Sequence[Term]) -> Iterator[Hit]:
    if not rows:
        return
    with given(con, article_id=[row["article_id"] for row in rows], revision=[row["revision"] for row in rows]):
        texts = dict(con.execute(_TEXTS).fetchall())
    for row in rows:
        if row["article_id"] not in texts:
            message = f"the text of article {row['article_id']} is lost: `newsledger doctor` mends that"
            raise StoreError(message)
    pieces = [piece for row in rows for piece in (row["title"], texts[row["article_id"]])]
    places = _places(pieces, asked)
    for no, row in enumerate(rows):
        yield Hit(
            article_id=row["article_id"],
            revision=row["revision"],
            score=row["score"],
            title=row["title"],
            title_hits=places[2 * no],
            url=row["url"],
            source=row["source"],
            dated=row["dated_at"].replace(tzinfo=UTC),
            snippets=snippets(texts[row["article_id"]], places[2 * no + 1]),
        )


def _places(texts: Sequence[str], asked: Sequence[Term]) -> list[tuple[Place, ...]]:
    """Find where the terms stand in each text, in code points: SQLite reads and marks the texts as it indexed them."""
    places: list[tuple[Place, ...]] = [()] * len(texts)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as con:
        con.execute(f"CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = '{TOKENS}')")
        con.executemany(
            "INSERT INTO texts (rowid, text) VALUES (?, ?)", enumerate(_MARKS.sub(" ", plain(text)) for text in texts)
        )
        marked = con.execute(
            "SELECT rowid, highlight(texts, 0, ?, ?) FROM texts WHERE texts MATCH ?",
            (_OPEN, _CLOSE, " OR ".join(term.condition for term in asked)),
        )
        for number, text in marked:
            edges = [mark.start() - no for no, mark in enumerate(_MARKS.finditer(text))]
            places[number] = tuple(zip(edges[::2], edges[1::2], strict=True))
    return places
