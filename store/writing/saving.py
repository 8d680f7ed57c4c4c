"""Writing a batch: everything in one transaction, by columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from datetime import UTC
from typing import TYPE_CHECKING

from newsledger.records.run import Counts, FactsDiff, Saved
from store.database import transaction
from store.diffs.editlog import change_rows, pairs, record_change_rows, told_by
from store.reading.loading import article_of, load_articles, rows_of
from store.schemas import EXTRACTION_SCHEMAS, arrow_table, arrow_table_of_values, given
from store.writing.books import COUNT, answer_rows, fates, feed_rows, feed_source_rows, matched, poll_rows, warning_rows
from store.writing.names import NOT_OUTDATED, enter_names, entities_of, known_at, settle_entities
from store.writing.placing import Stored, fingerprint, local_day, place
from store.writing.register import register_rows
from store.writing.rows import article_row, enter_extraction, utc
from store.writing.told import mark_due

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    import duckdb
    import pyarrow as pa

    from newsledger.records.article import Article
    from newsledger.records.extraction import Entity
    from newsledger.records.run import Batch, Run
    from store.reading.loading import Key
    from store.schemas import Row
    from store.writing.placing import Placement
    from store.writing.rows import Values

_KNOWN = "SELECT DISTINCT article_id FROM articles SEMI JOIN given USING (article_id)"
_NEWEST = """
    SELECT *, min(stored_at) OVER (PARTITION BY article_id) AS first_stored_at
    FROM articles
    WHERE article_id IN (FROM given)
    QUALIFY is_newest
"""
# Tables whose rows take the place of those with the same key.
_REWRITTEN = {
    "items": "feed_id, article_id",
    "polls": "run_id, feed_id",
    "replay_counts": "run_id, record_type, change",
    "replay_examples": "run_id, no",
}
_RECORDS = tuple(field.name for field in fields(Counts) if field.name != "articles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """All that one transaction writes: what it marks and takes out, then the rows it puts in."""

    run_id: str
    now: datetime
    replaced: tuple[Key, ...]
    outdated: tuple[tuple[str, tuple[Key, ...]], ...]
    inserts: tuple[tuple[str, str, pa.Table], ...]
    saved: Saved
    superseded: tuple[str, ...] = ()
    redated: tuple[tuple[str, datetime | None], ...] = ()
    polled: tuple[str, ...] = ()

    @property
    def size_bytes(self) -> int:
        """Return the size of the rows in memory."""
        return sum(int(table.nbytes) for _, _, table in self.inserts)


def prepare(con: duckdb.DuckDBPyConnection, batch: Batch, run: Run, zone: ZoneInfo, now: datetime) -> Writing:
    """Work out what a batch changes. Writes nothing; raises UnicodeEncodeError for text with lone surrogates."""
    stored = stored_articles(con, [extraction.article for extraction in batch.extractions])
    placements = place(batch.extractions, stored, run.run_id, now)
    changed = [placement for placement in placements if placement.change != "known"]
    edited = [placement.key for placement in changed if placement.change != "stored"]
    compared = pairs(con, (placement.extraction for placement in changed), edited) if edited else ()
    matches = matched(batch.items, placements)
    settled = tuple(zip(batch.items, fates(batch.items, matches), strict=True))
    rows: list[tuple[str, str, list[Row]]] = [
        ("INSERT OR REPLACE", "entities", entity_rows(changed)),
        ("INSERT OR IGNORE", "sources", outlet_rows(changed)),
        ("INSERT OR REPLACE", "sources", feed_source_rows(poll.feed for poll in batch.polls)),
        ("INSERT OR REPLACE", "feeds", feed_rows(batch.polls)),
        ("INSERT", "feed_warnings", warning_rows(batch.polls)),
        ("INSERT", "polls", poll_rows(batch.polls, run)),
        ("INSERT", "items", register_rows(con, settled, run, now)),
        ("INSERT", "page_answers", answer_rows(batch.items, matches, run, now)),
        ("INSERT", "article_changes", change_rows((p.former, p.extraction.article) for p in changed if p.former)),
        ("INSERT", "record_changes", record_change_rows(compared)),
    ]
    newest = {placement.key[0]: placement.key[1] for placement in changed}
    return Writing(
        run_id=run.run_id,
        now=now,
        superseded=tuple(p.key[0] for p in placements if p.change == "revised"),
        replaced=tuple(p.key for p in placements if p.change == "replaced"),
        outdated=(("record_changes", tuple(told_by(edited))),),
        redated=tuple((p.key[0], utc(p.modified)) for p in placements if p.modified),
        polled=tuple(poll.feed.id for poll in batch.polls),
        inserts=(
            *(("INSERT", table, found) for table, found in extraction_tables(changed, newest, run, now)),
            *((verb, table, arrow_table(table, found)) for verb, table, found in rows if found),
        ),
        saved=saved(placements, zone),
    )


def write(con: duckdb.DuckDBPyConnection, writing: Writing) -> None:
    """Write it in one transaction: all or, whatever goes wrong, nothing."""
    with transaction(con):
        unsettled = entities_of(con, writing.replaced) if writing.replaced else ()
        _make_room(con, writing)
        for verb, table, rows in writing.inserts:
            con.register("arrow_in", rows)
            if key := _REWRITTEN.get(table):
                con.execute(f"DELETE FROM {table} WHERE ({key}) IN (SELECT ({key}) FROM arrow_in)")  # noqa: S608 - the tables are ours
            kept = NOT_OUTDATED if table == "entities" else ""
            con.execute(f"{verb} INTO {table} BY NAME SELECT arrow_in.* FROM arrow_in {kept}")  # noqa: S608 - the tables are ours
            enter_names(con, table)
            con.unregister("arrow_in")
        settle_entities(con, unsettled)
        mark_due(con, writing.saved.days, writing.now)
        con.execute("DELETE FROM item_ledger WHERE run_id = ?", [writing.run_id])
        con.execute(f"INSERT INTO item_ledger BY NAME {COUNT}", [writing.run_id])


def _make_room(con: duckdb.DuckDBPyConnection, writing: Writing) -> None:
    if writing.superseded:
        with given(con, article_id=writing.superseded):
            con.execute("UPDATE articles SET is_newest = false WHERE is_newest AND article_id IN (FROM given)")
    if writing.redated:
        article_ids, moments = zip(*writing.redated, strict=True)
        with given(con, article_id=article_ids, modified_at=moments):
            con.execute(
                "UPDATE articles SET modified_at = given.modified_at FROM given "
                "WHERE is_newest AND articles.article_id = given.article_id"
            )
    if writing.replaced:
        delete_revisions(con, EXTRACTION_SCHEMAS, writing.replaced)
    for table, keys in writing.outdated:
        if keys:
            delete_revisions(con, (table,), keys)
    if writing.polled:
        with given(con, feed_id=writing.polled):
            con.execute("DELETE FROM feed_warnings WHERE feed_id IN (FROM given)")


def delete_revisions(con: duckdb.DuckDBPyConnection, tables: Iterable[str], keys: Sequence[Key]) -> None:
    """Delete the rows that tables have of the given (article_id, revision), one at least."""
    article_ids, revisions = zip(*keys, strict=True)
    with given(con, article_id=article_ids, revision=revisions):
        for table in tables:
            con.execute(f"DELETE FROM {table} WHERE (article_id, revision) IN (FROM given)")  # noqa: S608 - ours


def stored_articles(con: duckdb.DuckDBPyConnection, articles: Sequence[Article]) -> dict[str, Stored]:
    """Read what the store knows of these articles, with the stored text of those that differ from it."""
    if not articles:
        return {}
    # The ids first: most articles of a run are new, and to look for a few in all columns takes eight times as long.
    with given(con, article_id=sorted({article.article_id for article in articles})):
        present = [row[0] for row in con.execute(_KNOWN).fetchall()]
    if not present:
        return {}
    with given(con, article_id=present):
        rows = rows_of(con.execute(_NEWEST))
    stored = {row["article_id"]: stored_as(row) for row in rows}
    differing = {
        article.article_id
        for article in articles
        if (known := stored.get(article.article_id)) and known.fingerprint != fingerprint(article, article.text_sha256)
    }
    keys = [(article_id, stored[article_id].article.revision) for article_id in sorted(differing)]
    for article in load_articles(con, keys) if keys else ():
        stored[article.article_id] = replace(stored[article.article_id], article=article)
    return stored


def stored_as(row: Row) -> Stored:
    """Give what the store knows of a revision, by its row in `articles` with `first_stored_at`."""
    return Stored(
        article=article_of(row, text=""),
        fingerprint=fingerprint(article_of(row, text=""), row["text_sha256"]),
        extractor=row["extractor"],
        first_stored_at=row["first_stored_at"].replace(tzinfo=UTC),
        stored_at=row["stored_at"].replace(tzinfo=UTC),
        digest_at=row["digest_at"].replace(tzinfo=UTC),
        run_id=row["run_id"],
    )


def extraction_tables(
    changed: Sequence[Placement], newest: Mapping[str, int], run: Run, now: datetime
) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables of the extractions; `newest` tells which revision of each article is the newest now."""
    tables: dict[str, list[Values]] = {table: [] for table in EXTRACTION_SCHEMAS}
    for placement in changed:
        article_id, revision = placement.key
        is_newest = newest[article_id] == revision
        tables["articles"].append(article_row(placement, now, run.run_id, is_newest=is_newest))
        enter_extraction(placement.extraction, tables)
    for table, rows in tables.items():
        if rows:
            yield table, arrow_table_of_values(table, rows)


def entity_rows(changed: Sequence[Placement]) -> list[Row]:
    """Give the entities as the dimension keeps them, one row each: as the article published last has it."""
    entities: dict[str, tuple[datetime, Entity]] = {}
    for placement in changed:
        moment = known_at(placement.extraction.article, placement.stored_at)
        for entity in placement.extraction.entities:
            if entity.id not in entities or entities[entity.id][0] <= moment:
                entities[entity.id] = moment, entity
    return [
        {
            "entity_id": entity.id,
            "name": entity.name,
            "type": entity.type,
            "country": entity.country,
            "sector": entity.sector,
            "wikidata": entity.wikidata,
            "known_at": utc(moment),
        }
        for moment, entity in entities.values()
    ]


def outlet_rows(changed: Sequence[Placement]) -> list[Row]:
    """Give the sources that articles name; what a feed says of itself is kept."""
    unknown = dict.fromkeys(("name", "kind", "country", "language", "url"))
    ids = {placement.extraction.article.source for placement in changed} - {None}
    return [{"source_id": source_id, **unknown} for source_id in sorted(filter(None, ids))]


def saved(placements: Sequence[Placement], zone: ZoneInfo, facts: FactsDiff | None = None) -> Saved:
    """Tell what placements change, with the diff of facts where stored text was read anew."""
    changes = Counter(placement.change for placement in placements)
    fresh = [placement for placement in placements if placement.change in {"stored", "revised"}]
    moments = {
        moment
        for placement in placements
        if placement.change != "known"
        for moment in (placement.digest_at, placement.former_digest_at)
        if moment
    }
    return Saved(
        added=Counts(
            articles=changes["stored"],
            **{name: sum(len(getattr(placement.extraction, name)) for placement in fresh) for name in _RECORDS},
        ),
        revised=changes["revised"],
        replaced=changes["replaced"],
        unchanged=changes["known"],
        days=tuple(sorted({local_day(moment, zone) for moment in moments})),
        facts=facts or FactsDiff(),
    )
