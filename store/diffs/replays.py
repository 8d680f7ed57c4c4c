"""Reading anew what is stored: which revisions are stale, and what takes the place of their records and their text."""

from __future__ import annotations

from datetime import UTC, date
from typing import TYPE_CHECKING

from newsledger.records.feeds import PageAnswer
from newsledger.records.run import FactExample, FactsDiff
from store.diffs.editlog import change_rows, pairs, record_change_rows, told_by
from store.diffs.totals import total
from store.reading.loading import rows_of
from store.schemas import arrow_table, given
from store.writing.placing import fingerprint, local_day, replaced
from store.writing.saving import Writing, entity_rows, extraction_tables, outlet_rows, saved, stored_as

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    import duckdb

    from newsledger.records.extraction import Extraction
    from newsledger.records.run import Replay, Rereading, Run
    from newsledger.records.versions import Versions
    from store.reading.loading import Key
    from store.schemas import Row
    from store.writing.placing import Placement, Stored

_STALE = """
    SELECT article_id, revision, coalesce(published_at, stored_at)
    FROM articles
    LEFT JOIN given USING (article_id)
    LEFT JOIN page_answers AS p USING (article_id, revision)
    WHERE (articles.extractor <> coalesce(given.extractor, $default) OR ($archived AND p.body_sha256 IS NOT NULL))
    ORDER BY stored_at, article_id, revision
"""
_REVISIONS = """
    SELECT *, min(stored_at) OVER (PARTITION BY article_id) AS first_stored_at
    FROM articles
    WHERE article_id IN (FROM given)
"""


def stale_keys(con: duckdb.DuckDBPyConnection, versions: Versions, replay: Replay, zone: ZoneInfo) -> tuple[Key, ...]:
    """List the revisions, of a time if one is given, whose records are signed otherwise, in the order stored.

    From the archive, those whose page may lie there as well. Days are told by the zone.
    """
    with given(con, article_id=list(versions.own), extractor=list(versions.own.values())):
        found = con.execute(_STALE, {"default": versions.default, "archived": replay.is_from_archive}).fetchall()
    since, until = replay.since or date.min, replay.until or date.max
    return tuple(
        (article_id, revision)
        for article_id, revision, moment in found
        if since <= local_day(moment.replace(tzinfo=UTC), zone) <= until
    )


def read_answers(con: duckdb.DuckDBPyConnection, keys: Sequence[Key]) -> dict[Key, PageAnswer]:
    """Give the answers that revisions were read from, of those that have one."""
    with given(con, article_id=[key[0] for key in keys], revision=[key[1] for key in keys]):
        rows = rows_of(con.execute("FROM page_answers SEMI JOIN given USING (article_id, revision)"))
    return {
        (row["article_id"], row["revision"]): PageAnswer(
            url=row["url"],
            http_status=row["http_status"],
            content_type=row["content_type"],
            body_sha256=row["body_sha256"],
            size_bytes=row["size_bytes"],
        )
        for row in rows
    }


def prepare_replay(
    con: duckdb.DuckDBPyConnection, rereading: Rereading, run: Run, zone: ZoneInfo, now: datetime
) -> Writing:
    """Work out what is to be written where stored revisions were read anew. Writes nothing.

    Their records, their text and what else stands in them takes the place of what is stored; no revision is added, and
    the logs of edits tell what the revisions, so read, changed of one another. The diff of facts is added to the run's.
    """
    readings = rereading.extractions
    stored, newest = _stored(con, readings)
    placements = tuple(
        replaced(extraction, stored[extraction.article.article_id, extraction.article.revision])
        for extraction in readings
    )
    keys = tuple(placement.key for placement in placements)
    otherwise = told_by(placement.key for placement in placements if _reads_otherwise(placement, stored[placement.key]))
    compared = pairs(con, readings, keys)
    retold = [(before.article, after.article) for before, after in compared if _key(after) in otherwise]
    facts = total((read_facts(con, run.run_id), rereading.facts))
    rows: list[tuple[str, str, list[Row]]] = [
        ("INSERT OR REPLACE", "entities", entity_rows(placements)),
        ("INSERT OR IGNORE", "sources", outlet_rows(placements)),
        ("INSERT", "article_changes", change_rows(retold)),
        ("INSERT", "record_changes", record_change_rows(compared)),
        ("INSERT", "replay_counts", _count_rows(facts, run)),
        ("INSERT", "replay_examples", _example_rows(facts, run)),
    ]
    return Writing(
        run_id=run.run_id,
        now=now,
        replaced=keys,
        outdated=(("record_changes", tuple(told_by(keys))), ("article_changes", tuple(otherwise))),
        inserts=(
            *(("INSERT", table, found) for table, found in extraction_tables(placements, newest, run, now)),
            *((verb, table, arrow_table(table, found)) for verb, table, found in rows if found),
        ),
        saved=saved(placements, zone, rereading.facts),
    )


def read_facts(con: duckdb.DuckDBPyConnection, run_id: str) -> FactsDiff:
    """Give the diff of facts that a run has stored so far; how much it read is not kept there."""
    counts = con.execute("SELECT record_type, change, records FROM replay_counts WHERE run_id = ?", [run_id]).fetchall()
    examples = con.execute(
        "SELECT article_id, revision, record_type, change, before, after FROM replay_examples "
        "WHERE run_id = ? ORDER BY no",
        [run_id],
    )
    return FactsDiff(counts=tuple(counts), examples=tuple(FactExample(**row) for row in rows_of(examples)))


def _stored(con: duckdb.DuckDBPyConnection, readings: Sequence[Extraction]) -> tuple[dict[Key, Stored], dict[str, int]]:
    """Read what the store knows of all revisions of the articles, and which revision of each is the newest."""
    with given(con, article_id=sorted({extraction.article.article_id for extraction in readings})):
        rows = rows_of(con.execute(_REVISIONS))
    return (
        {(row["article_id"], row["revision"]): stored_as(row) for row in rows},
        {row["article_id"]: row["revision"] for row in rows if row["is_newest"]},
    )


def _reads_otherwise(placement: Placement, stored: Stored) -> bool:
    """Tell whether the article itself, and not only its records, is read otherwise than it is stored."""
    article, former = placement.extraction.article, stored.article
    if fingerprint(article, placement.text_sha256) != stored.fingerprint:
        return True
    return (article.url, article.authors, article.section) != (former.url, former.authors, former.section)


def _key(extraction: Extraction) -> Key:
    return extraction.article.article_id, extraction.article.revision


def _count_rows(facts: FactsDiff, run: Run) -> list[Row]:
    return [
        {"run_id": run.run_id, "record_type": record_type, "change": change, "records": records}
        for record_type, change, records in facts.counts
    ]


def _example_rows(facts: FactsDiff, run: Run) -> list[Row]:
    return [
        {
            "run_id": run.run_id,
            "no": no,
            "article_id": example.article_id,
            "revision": example.revision,
            "record_type": example.record_type,
            "change": example.change,
            "before": example.before,
            "after": example.after,
        }
        for no, example in enumerate(facts.examples, 1)
    ]
