"""Writing where articles stand: their places, the stories that these make, and what changed of both."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsledger.records.run import Counts, Saved
from store.database import transaction
from store.schemas import arrow_table, given
from store.writing.rows import utc
from store.writing.told import mark_told_due
from store.writing.windows import TOLD

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    import duckdb

    from newsledger.records.run import Run
    from newsledger.records.stories import StoryChange, StoryDecision, StoryPlace, StoryReading
    from store.schemas import Row

    Ending = tuple[str, datetime]

NO_ENDINGS: Mapping[str | None, Ending] = MappingProxyType({})
_PRESENT = f"""
    SELECT t.article_id, t.revision, t.told_at, p.story_id, p.copy_of, p.origin_id, p.revision, p.digest_at
    FROM ({TOLD}) AS t
    LEFT JOIN story_articles AS p ON p.article_id = t.article_id
    WHERE t.article_id IN (FROM given)
"""  # noqa: S608 - ours
_OPENED = "SELECT story_id, min(digest_at) FROM story_articles SEMI JOIN given USING (story_id) GROUP BY story_id"
# Told again, too, on each day on which they were revised.
_TOLD_OF = """
    SELECT DISTINCT digest_at FROM story_articles SEMI JOIN given USING (story_id)
    UNION
    SELECT DISTINCT a.digest_at
    FROM articles AS a
    WHERE a.revision > 1 AND (a.is_newest OR a.digest_at = a.stored_at)
        AND a.article_id IN (SELECT article_id FROM story_articles SEMI JOIN given USING (story_id))
"""
_ADRIFT = "DELETE FROM stories WHERE ended_into IS NOT NULL AND ended_into NOT IN (SELECT story_id FROM stories)"
# The first of the copies of a text that is taken out is the original of the others.
_HEIRS = """
    UPDATE story_articles SET copy_of = nullif(h.heir, article_id)
    FROM (
        SELECT copy_of AS gone, arg_min(article_id, (digest_at, article_id)) AS heir
        FROM story_articles
        WHERE copy_of IN (FROM given) AND article_id NOT IN (FROM given)
        GROUP BY copy_of
    ) AS h
    WHERE story_articles.copy_of = h.gone
"""


def tell(  # noqa: PLR0913 - what is written, when, and on whose word
    con: duckdb.DuckDBPyConnection,
    reading: StoryReading,
    run: Run,
    zone: ZoneInfo,
    now: datetime,
    *,
    decisions: Sequence[StoryDecision],
) -> Saved:
    """Write the places that are new or other than before, the stories and their changes, in one transaction.

    A story that was taken in takes its articles from before the window along. One that has no articles any more stays,
    with the story that has them now.

    The digest of a former day stays as it was written, whatever later articles show of its stories. Only where a person
    put stories together or parted them are all days due that told these: there it was wrong.
    """
    with transaction(con):
        rows, left = _changed(con, reading.places)
        with given(con, article_id=[row["article_id"] for row in rows]):
            con.execute("DELETE FROM story_articles WHERE article_id IN (FROM given)")
        _insert(con, "story_articles", rows)
        moments = {row["article_id"]: row["digest_at"] for row in rows}
        changes = [_followed(con, change) for change in reading.changes]
        endings = {story_id: (row["story_id"], row["digest_at"]) for row, story_id in zip(rows, left, strict=True)}
        endings |= {
            one.other_id: (one.story_id, min(moments[article] for article in one.articles))
            for one in reading.changes
            if one.kind == "merged"
        }
        settle_stories(con, {*filter(None, endings), *(row["story_id"] for row in rows)}, endings)
        _enter(con, changes, run, now)
        return Saved(added=Counts(), days=_due(con, changes, decisions, zone, now))


def settle_stories(
    con: duckdb.DuckDBPyConnection, story_ids: Collection[str], endings: Mapping[str | None, Ending] = NO_ENDINGS
) -> None:
    """Make the rows of stories anew after the places of their articles, within a transaction of the caller's.

    `endings` gives for stories that may have no articles any more the one that has them now, and a moment of theirs. A
    story that has no articles, and ended into none that is stored, is gone.
    """
    with given(con, story_id=sorted(story_ids)):
        opened = dict(con.execute(_OPENED).fetchall())
        former = {
            story_id: (opened_at, into)
            for story_id, opened_at, into in con.execute(
                "DELETE FROM stories WHERE story_id IN (FROM given) RETURNING story_id, opened_at, ended_into"
            ).fetchall()
        }
    rows = []
    for story_id in sorted(story_ids):
        opened_at, into = former.get(story_id, (None, None))
        if story_id in opened:
            opened_at, into = opened[story_id], None
        elif story_id in endings:
            into, told_at = endings[story_id]
            opened_at = opened_at or told_at
        if story_id in opened or into:
            rows.append({"story_id": story_id, "opened_at": opened_at, "ended_into": into})
    _insert(con, "stories", rows)
    if len(opened) < len(story_ids):
        while con.execute(_ADRIFT).fetchall() != [(0,)]:
            pass


def bereave(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Give the copies of articles, which queries see as `given`, another original; list the stories that these tell."""
    con.execute(_HEIRS)
    found = con.execute("SELECT DISTINCT story_id FROM story_articles SEMI JOIN given USING (article_id)").fetchall()
    return tuple(story_id for (story_id,) in found)


def _changed(con: duckdb.DuckDBPyConnection, places: Sequence[StoryPlace]) -> tuple[list[Row], list[str | None]]:
    """Make the rows of the places that are not stored so, and say of each which story its article leaves, if any."""
    with given(con, article_id=[place.article_id for place in places]):
        present = {row[0]: row[1:] for row in con.execute(_PRESENT).fetchall()}
    rows: list[Row] = []
    left = []
    for place in places:
        revision, told_at, *stored = present[place.article_id]
        told = [place.story_id, place.copy_of, place.origin]
        if stored != [*told, revision, told_at]:
            rows.append(
                {
                    "article_id": place.article_id,
                    "revision": revision,
                    "story_id": place.story_id,
                    "copy_of": place.copy_of,
                    "origin_id": place.origin,
                    "digest_at": told_at,
                }
            )
            left.append(stored[0] if stored[0] != place.story_id else None)
    return rows, left


def _followed(con: duckdb.DuckDBPyConnection, change: StoryChange) -> StoryChange:
    """Let the articles from before the window go where those in it went."""
    if change.kind != "merged":
        return change
    followed = con.execute(
        "UPDATE story_articles SET story_id = ? WHERE story_id = ? RETURNING article_id",
        [change.story_id, change.other_id],
    ).fetchall()
    return replace(change, articles=(*sorted(article_id for (article_id,) in followed), *change.articles))


def _enter(con: duckdb.DuckDBPyConnection, changes: Sequence[StoryChange], run: Run, now: datetime) -> None:
    ((entered,),) = con.execute(
        "SELECT coalesce(max(no), 0) FROM story_changes WHERE run_id = ?", [run.run_id]
    ).fetchall()
    rows: list[Row] = [
        {
            "run_id": run.run_id,
            "no": no,
            "kind": change.kind,
            "story_id": change.story_id,
            "other_id": change.other_id,
            "article_ids": list(change.articles),
            "changed_at": utc(now),
        }
        for no, change in enumerate(changes, entered + 1)
    ]
    _insert(con, "story_changes", rows)


def _due(
    con: duckdb.DuckDBPyConnection,
    changes: Sequence[StoryChange],
    decisions: Sequence[StoryDecision],
    zone: ZoneInfo,
    now: datetime,
) -> tuple[date, ...]:
    """Mark the days as due that told the stories which a person changed: an article of a decision changed its story."""
    named = {article for decision in decisions for article in decision.articles}
    by_hand = [change for change in changes if named.intersection(change.articles)]
    if not by_hand:
        return ()
    with given(con, story_id=sorted({story for one in by_hand for story in (one.story_id, one.other_id)})):
        moments = con.execute(_TOLD_OF).fetchall()
    return mark_told_due(con, (moment for (moment,) in moments), zone, now)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    if rows:
        con.register("arrow_in", arrow_table(table, rows))
        con.execute(f"INSERT INTO {table} BY NAME FROM arrow_in")
        con.unregister("arrow_in")
