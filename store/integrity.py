"""Queries that must find nothing. They stand in for foreign keys, and prove that every span re-reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.schemas import EXTRACTION_SCHEMAS, SPANS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

# What makes a row of each table unique.
_KEYS = {
    "articles": "article_id, revision",
    "article_text": "article_id, revision",
    "article_origins": "article_id, revision, no",
    "issues": "article_id, revision, no",
    "sentences": "article_id, revision, no",
    "datelines": "article_id, revision",
    "article_entities": "article_id, revision, entity_id",
    "mentions": "article_id, revision, entity_id, no",
    "citations": "article_id, revision, no",
    "statements": "article_id, revision, statement_id",
    "statement_chain": "article_id, revision, statement_id, no",
    "events": "article_id, revision, event_id",
    "event_participants": "article_id, revision, event_id, role, no",
    "figures": "article_id, revision, no",
    "times": "article_id, revision, no",
    "topics": "article_id, revision, topic",
    "topic_evidence": "article_id, revision, topic, no",
    "entity_names": "entity_id, name",
    "record_changes": "article_id, revision, no",
    "replay_counts": "run_id, record_type, change",
    "replay_examples": "run_id, no",
    "takedowns": "article_id",
    "polls": "run_id, feed_id",
    "item_ledger": "run_id, feed_id, disposition",
    "items": "feed_id, article_id",
    "feed_warnings": "feed_id, no",
    "page_answers": "article_id, revision",
    "article_changes": "article_id, revision, no",
}
# Child, parent, the columns that tie them.
_PARENTS = (
    ("articles", "article_text", "article_id, revision"),
    ("mentions", "article_entities", "article_id, revision, entity_id"),
    ("statement_chain", "statements", "article_id, revision, statement_id"),
    ("event_participants", "events", "article_id, revision, event_id"),
    ("topic_evidence", "topics", "article_id, revision, topic"),
    ("article_entities", "entities", "entity_id"),
    ("entities", "article_entities", "entity_id"),
    ("entity_names", "entities", "entity_id"),
    ("articles", "runs", "run_id"),
    ("record_changes", "articles", "article_id, revision"),
    ("replay_counts", "runs", "run_id"),
    ("replay_examples", "runs", "run_id"),
    ("polls", "runs", "run_id"),
    ("item_ledger", "polls", "run_id, feed_id"),
    ("items", "runs", "run_id"),
    ("feed_warnings", "feeds", "feed_id"),
    ("page_answers", "articles", "article_id, revision"),
    ("article_changes", "articles", "article_id, revision"),
    *((table, "articles", "article_id, revision") for table in EXTRACTION_SCHEMAS if table != "articles"),
)
_UNBALANCED = """
    SELECT p.run_id, p.feed_id FROM (
        SELECT run_id, feed_id, sum(items_seen + items_resumed) AS seen FROM polls GROUP BY ALL
    ) AS p
    LEFT JOIN (
        SELECT run_id, feed_id, sum(items) AS items FROM item_ledger GROUP BY ALL
    ) AS l ON l.run_id = p.run_id AND l.feed_id = p.feed_id
    WHERE p.seen <> coalesce(l.items, 0)
"""
_STORED_WITHOUT_ARTICLE = """
    SELECT feed_id, article_id FROM items ANTI JOIN articles USING (article_id)
    WHERE disposition IN ('stored', 'revised')
"""
_NEWEST = """
    SELECT article_id FROM articles GROUP BY article_id
    HAVING count(*) FILTER (is_newest) <> 1 OR max(revision) <> max(revision) FILTER (is_newest)
"""


def problems(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Run every check; give a line for each that finds something, with how much and an example."""
    found = []
    for name, query in checks():
        rows = con.execute(query).fetchall()
        if rows:
            example = ", ".join(str(value) for value in rows[0])
            found.append(f"{name}: {len(rows)}, such as {example}")
    return tuple(found)


def checks() -> Iterator[tuple[str, str]]:
    """Yield each check as its name and the query that must find nothing."""
    for table, key in _KEYS.items():
        yield f"duplicates in {table}", f"SELECT {key} FROM {table} GROUP BY ALL HAVING count(*) > 1"  # noqa: S608 - ours
    for child, parent, key in _PARENTS:
        yield (
            f"{child} without {parent}",
            f"SELECT {key} FROM {child} ANTI JOIN {parent} USING ({key})",  # noqa: S608 - ours
        )
    for table, prefix in SPANS:
        yield f"{prefix}spans in {table} that do not re-read", _spans_astray(table, prefix)
    yield (
        "sentences outside their text",
        (
            "SELECT s.article_id, s.revision, s.no FROM sentences AS s JOIN articles AS a USING (article_id, revision) "
            "WHERE NOT (0 <= s.char_start AND s.char_start <= s.char_end AND s.char_end <= a.text_chars)"
        ),
    )
    yield "articles with no newest revision, or not the last one", _NEWEST
    yield "items stored without an article", _STORED_WITHOUT_ARTICLE
    yield "feeds whose items do not balance", _UNBALANCED


def _spans_astray(table: str, prefix: str) -> str:
    start, end, text = (f"t.{prefix}{name}" for name in ("char_start", "char_end", "text"))
    return (
        f"SELECT t.article_id, t.revision, {start}, {text} FROM {table} AS t "  # noqa: S608 - ours
        "JOIN article_text AS b ON b.article_id = t.article_id AND b.revision = t.revision "
        f"WHERE substr(b.text, {start} + 1, {end} - {start}) <> {text}"
    )
