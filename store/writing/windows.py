"""Which articles are to be placed in stories, and what they are held against: the articles of the days around them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from newsledger.records.stories import StoryCandidate, StoryPlace
from store.reading.loading import aware, rows_of
from store.schemas import given
from store.writing.rows import utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import duckdb

    from newsledger.records.stories import StoryDecision

    Told = tuple[str, datetime]

# How far before and after an article those stand that may tell its story.
REACH = timedelta(days=7)
# So many new articles are placed at once, and then as many more as one week has, so that memory stays bounded.
_MANY = 5_000
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

# The newest revision of each article, with the moment whose day's digest tells the article first.
TOLD = """
    SELECT n.article_id, n.revision, least(n.digest_at, former.digest_at) AS told_at
    FROM articles AS n
    LEFT JOIN (
        SELECT article_id, min(digest_at) AS digest_at
        FROM articles
        WHERE NOT is_newest AND digest_at = stored_at
        GROUP BY article_id
    ) AS former ON former.article_id = n.article_id
    WHERE n.is_newest
"""
_UNPLACED = f"""
    SELECT t.article_id, t.told_at
    FROM ({TOLD}) AS t
    LEFT JOIN story_articles AS p ON p.article_id = t.article_id
    WHERE p.article_id IS NULL OR p.revision < t.revision OR p.digest_at <> t.told_at
    ORDER BY t.told_at, t.article_id
"""  # noqa: S608 - ours
# Ids that no new story may get: of those that ended, and of those that go on whatever becomes of the articles given.
_TAKEN = """
    SELECT story_id FROM stories WHERE ended_into IS NOT NULL
    UNION
    SELECT story_id FROM story_articles ANTI JOIN given USING (article_id)
"""
# With the copies of what is near and their originals, so that an origin is that of all who have one text.
_WINDOW = f"""
    SELECT t.article_id, t.revision, t.told_at, p.story_id, p.copy_of, p.origin_id
    FROM ({TOLD}) AS t
    LEFT JOIN story_articles AS p ON p.article_id = t.article_id
    WHERE t.article_id IN (FROM given)
        OR coalesce(p.copy_of, p.article_id) IN (
            SELECT coalesce(copy_of, article_id) FROM story_articles WHERE {{near}}
        )
    ORDER BY t.told_at, t.article_id
"""  # noqa: S608 - ours
# By row number, so that of the other texts nothing is read.
_TEXTS = """
    SELECT a.article_id, b.text, a.title, a.url, a.source_id, d.agency_id, a.published_at
    FROM (FROM articles WHERE rowid IN (SELECT rowid FROM articles SEMI JOIN given USING (article_id, revision))) AS a
    JOIN (
        FROM article_text WHERE rowid IN (SELECT rowid FROM article_text SEMI JOIN given USING (article_id, revision))
    ) AS b USING (article_id, revision)
    LEFT JOIN datelines AS d USING (article_id, revision)
"""
_CREDITS = """
    SELECT article_id, list(entity_id ORDER BY char_start, no), list(char_start ORDER BY char_start, no)
    FROM citations SEMI JOIN given USING (article_id, revision)
    GROUP BY article_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Articles to be placed, by ids, and the spans of time in which others may tell of the same; ends included."""

    articles: tuple[str, ...]
    spans: tuple[tuple[datetime, datetime], ...]


def unplaced(con: duckdb.DuckDBPyConnection) -> tuple[Stretch, ...]:
    """List the articles without a place, or revised or dated anew since they got it, in connected stretches of time.

    Articles whose weeks before and after overlap are of one stretch; where that grows too long it is cut after a week.
    """
    return tuple(
        Stretch(articles=tuple(article_id for article_id, _ in some), spans=(_around(some[0][1], some[-1][1]),))
        for some in _connected(con.execute(_UNPLACED).fetchall())
    )


def contradicting(con: duckdb.DuckDBPyConnection, decisions: Iterable[StoryDecision]) -> tuple[Stretch, ...]:
    """List what is to be read again because places say otherwise than a decision; of one pair the last one counts."""
    latest = {frozenset(one.articles): one for one in sorted(decisions, key=lambda one: one.decided)}.values()
    with given(con, article_id=sorted({article for one in latest for article in one.articles})):
        rows = con.execute(
            "SELECT article_id, story_id, digest_at FROM story_articles SEMI JOIN given USING (article_id)"
        ).fetchall()
    places = {article_id: (story_id, digest_at) for article_id, story_id, digest_at in rows}
    stretches = []
    for one in latest:
        if all(article in places for article in one.articles):
            (story, told_at), (other, other_told_at) = (places[article] for article in one.articles)
            if (story == other) != (one.kind == "same_story"):
                spans = (_around(told_at, told_at), _around(other_told_at, other_told_at))
                stretches.append(Stretch(articles=(), spans=spans))
    return tuple(stretches)


def read_window(
    con: duckdb.DuckDBPyConnection, stretch: Stretch
) -> tuple[tuple[StoryCandidate, ...], dict[str, StoryPlace]]:
    """Read the articles of a stretch and all placed ones near them, by time, and the places of those that keep theirs.

    Articles that wait for a later stretch are left out.
    """
    near = " OR ".join(f"digest_at BETWEEN ${2 * at + 1} AND ${2 * at + 2}" for at in range(len(stretch.spans)))
    ends = [utc(end) for span in stretch.spans for end in span]
    with given(con, article_id=stretch.articles):
        rows = rows_of(con.execute(_WINDOW.format(near=near), ends))
    anew = set(stretch.articles)
    known = {
        row["article_id"]: StoryPlace(
            article_id=row["article_id"],
            story_id=row["story_id"],
            copy_of=row["copy_of"],
            origin=row["origin_id"],
        )
        for row in rows
        if row["article_id"] not in anew
    }
    moments = {row["article_id"]: row["told_at"] for row in rows}
    with given(con, article_id=[*moments], revision=[row["revision"] for row in rows]):
        return tuple(_candidates(con, moments)), known


def taken_ids(con: duckdb.DuckDBPyConnection, stretch: Stretch) -> frozenset[str]:
    """Give the ids of all stories but those that have no articles beside the stretch's own: these may be placed anew.

    A story that ended keeps its id for ever, so that it always leads to the story that has its articles now.
    """
    with given(con, article_id=stretch.articles):
        return frozenset(story_id for (story_id,) in con.execute(_TAKEN).fetchall())


def _candidates(con: duckdb.DuckDBPyConnection, moments: dict[str, datetime]) -> Iterator[StoryCandidate]:
    """Read the candidates that `given` names, in the order of `moments`."""
    texts = {row[0]: row for row in con.execute(_TEXTS).fetchall()}
    credit = {article_id: tuple(zip(ids, at, strict=True)) for article_id, ids, at in con.execute(_CREDITS).fetchall()}
    for article_id, told_at in moments.items():
        if article_id in texts:
            _, text, title, url, source, dateline, published = texts[article_id]
            yield StoryCandidate(
                article_id=article_id,
                text=text,
                title=title,
                url=url,
                source=source,
                told_at=aware(told_at),
                published=aware(published),
                dateline=dateline,
                credits=credit.get(article_id, ()),
            )


def _connected(found: Sequence[Told]) -> Iterator[list[Told]]:
    """Part moments, in order, where no week before or after reaches from one to the next, or where they are many."""
    some: list[Told] = []
    for one in found:
        told_at = one[1]
        if some and (told_at - some[-1][1] > 2 * REACH or (len(some) >= _MANY and told_at - some[0][1] > REACH)):
            yield some
            some = []
        some.append(one)
    if some:
        yield some


def _around(first: datetime, last: datetime) -> tuple[datetime, datetime]:
    """Give the span that reaches a week beyond two moments of the database, as far as the calendar goes."""
    earliest, latest = _FIRST + REACH, _LAST - REACH
    return max(first.replace(tzinfo=UTC), earliest) - REACH, min(last.replace(tzinfo=UTC), latest) + REACH
