"""Queries that must find nothing. They stand in for foreign keys, and prove that every span re-reads.

`newsledger doctor` asks them of the whole ledger, the end of a run only of what the run touched: the same queries, over
smaller tables of the same names.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from store.schemas import EXTRACTION_SCHEMAS, SPANS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

Kind = Literal[
    "duplicates", "orphans", "run_missing", "record", "text", "newest", "article_missing", "books", "edit",
    "name_missing", "name_unused", "entity", "forgotten", "story", "place",
]  # fmt: skip

# What makes a row of each table unique.
_KEYS = {
    "articles": "article_id, revision",
    "article_text": "article_id, revision",
    "article_origins": "article_id, revision, no",
    "issues": "article_id, revision, no",
    "sentences": "article_id, revision",
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
    "story_articles": "article_id",
    "stories": "story_id",
    "story_changes": "run_id, no",
}
# Tables whose records have their number, and not what makes them unique, in their id.
_NUMBERED = ("article_entities", "topics")
# Tables of records, by what their rows are numbered in from 1 on.
_COUNTED = {
    **dict.fromkeys(
        ("article_entities", "citations", "statements", "events", "figures", "times", "topics"),
        "article_id, revision",
    ),
    "mentions": "article_id, revision, entity_id",
    "statement_chain": "article_id, revision, statement_id",
    "event_participants": "article_id, revision, event_id, role",
    "topic_evidence": "article_id, revision, topic",
}
# Lists of names that stand beside the rows of another table: how many these must be.
_LISTED = (
    ("statements", "statement_id", "via_names", "statement_chain", "true"),
    ("events", "event_id", "actor_names", "event_participants", "role = 'actor'"),
    ("events", "event_id", "recipient_names", "event_participants", "role = 'recipient'"),
)
# Child, parent, the columns that tie them; docs/schema.svg draws them.
PARENTS = (
    ("articles", "article_text", "article_id, revision"),
    ("mentions", "article_entities", "article_id, revision, entity_id"),
    ("statement_chain", "statements", "article_id, revision, statement_id"),
    ("event_participants", "events", "article_id, revision, event_id"),
    ("topic_evidence", "topics", "article_id, revision, topic"),
    ("article_entities", "entities", "entity_id"),
    ("entities", "article_entities", "entity_id"),
    ("entity_names", "entities", "entity_id"),
    *(
        (table, "runs", "run_id")
        for table in ("articles", "replay_counts", "replay_examples", "polls", "items", "story_changes")
    ),
    ("record_changes", "articles", "article_id, revision"),
    ("item_ledger", "polls", "run_id, feed_id"),
    ("feed_warnings", "feeds", "feed_id"),
    ("page_answers", "articles", "article_id, revision"),
    ("article_changes", "articles", "article_id, revision"),
    ("story_articles", "articles", "article_id, revision"),
    ("story_articles", "stories", "story_id"),
    *((table, "articles", "article_id, revision") for table in EXTRACTION_SCHEMAS if table != "articles"),
)
# Tables that hold something of an article.
OF_ARTICLES = (
    *EXTRACTION_SCHEMAS, "page_answers", "article_changes", "record_changes", "replay_examples", "story_articles",
)  # fmt: skip
NAMED = """
    SELECT entity_id, name FROM article_entities
    UNION
    SELECT entity_id, text AS name FROM mentions WHERE kind = 'name'
"""
UNBALANCED = """
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
_STORY_ASTRAY = """
    SELECT s.story_id
    FROM stories AS s
    LEFT JOIN (SELECT story_id, min(digest_at) AS digest_at FROM story_articles GROUP BY ALL) AS p USING (story_id)
    WHERE CASE
        WHEN p.digest_at IS NULL THEN s.ended_into IS NULL OR s.ended_into NOT IN (SELECT story_id FROM stories)
        ELSE s.ended_into IS NOT NULL OR s.opened_at <> p.digest_at
    END
"""
_COPY_ASTRAY = """
    SELECT c.article_id, c.revision FROM story_articles AS c
    LEFT JOIN story_articles AS o ON o.article_id = c.copy_of
    WHERE c.copy_of IS NOT NULL AND (o.story_id = c.story_id AND o.copy_of IS NULL) IS NOT TRUE
"""
_OUTSIDE = """
    SELECT s.article_id, s.revision, s.char_start, s.char_end
    FROM (
        SELECT article_id, revision, unnest(char_starts) AS char_start, unnest(char_ends) AS char_end FROM sentences
    ) AS s
    JOIN articles AS a USING (article_id, revision)
    WHERE (0 <= s.char_start AND s.char_start <= s.char_end AND s.char_end <= a.text_chars) IS NOT TRUE
"""
_OTHER_TEXT = """
    SELECT article_id, revision FROM articles JOIN article_text USING (article_id, revision)
    WHERE sha256(text) <> text_sha256
"""
_RECORDED = """
    SELECT 'statement' AS record_type, article_id, revision, char_start, char_end FROM statements
    UNION ALL SELECT 'event', article_id, revision, char_start, char_end FROM events
    UNION ALL SELECT 'figure', article_id, revision, char_start, char_end FROM figures
"""
# The articles that a run stored, read anew, or met in a feed.
_TOUCHED = """
    SELECT article_id FROM articles WHERE getvariable('touching_run') IN (run_id, extracted_run_id)
    UNION SELECT article_id FROM items WHERE run_id = getvariable('touching_run')
    UNION SELECT article_id FROM page_answers WHERE run_id = getvariable('touching_run')
"""
# A run that touched more than these is checked with the whole: a share of the articles, but a thousand are nothing.
_MUCH, _FEW = 0.1, 1000
# What belongs to them, by table; tables that are not named are small.
_PARTS = {
    **dict.fromkeys((*OF_ARTICLES, "items"), "SEMI JOIN touched USING (article_id)"),
    **dict.fromkeys(
        ("polls", "item_ledger", "replay_counts", "replay_examples", "story_changes"),
        "WHERE run_id = getvariable('touching_run')",
    ),
    "entities": "SEMI JOIN temp.main.article_entities USING (entity_id)",
    "entity_names": "SEMI JOIN temp.main.article_entities USING (entity_id)",
    "stories": "SEMI JOIN temp.main.story_articles USING (story_id)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A query that must find nothing: of what kind its finds are, in which table, by which columns of it.

    `parent` is the table that lacks what the rows belong to. A check of the `whole` says nothing about a part.
    """

    name: str
    kind: Kind
    table: str
    query: str
    key: str = "article_id, revision"
    parent: str = ""
    whole: bool = False


def problems(con: duckdb.DuckDBPyConnection, run_id: str | None = None) -> tuple[str, ...]:
    """Ask the whole ledger, or what a run touched; give a line for each check that finds something."""
    con.execute("SET VARIABLE touching_run = ?", [run_id])
    if run_id is None or _touches_much(con):
        return tuple(line for _, line in failing(con))
    with _touched(con):
        return tuple(line for _, line in failing(con, whole=False))


def failing(con: duckdb.DuckDBPyConnection, *, whole: bool = True) -> tuple[tuple[Check, str], ...]:
    """Give each check that finds something, with a line that says how much and gives an example."""
    found = []
    for check in checks():
        if whole or not check.whole:
            rows = con.execute(check.query).fetchall()
            if rows:
                example = ", ".join(str(value) for value in rows[0])
                found.append((check, f"{check.name}: {len(rows)}, such as {example}"))
    return tuple(found)


def checks() -> Iterator[Check]:
    """Yield the checks; what one finds may have its cause in what an earlier one finds."""
    for table, key in _KEYS.items():
        yield Check(name=f"duplicates in {table}", kind="duplicates", table=table, key=key, query=_twice(table, key))
    for table in _NUMBERED:
        query = _twice(table, "article_id, revision, no")
        yield Check(name=f"record ids that stand twice in {table}", kind="record", table=table, query=query)
    yield from _count_checks()
    for child, parent, key in PARENTS:
        query = f"SELECT {key} FROM {child} ANTI JOIN {parent} USING ({key})"  # noqa: S608 - ours
        kind: Kind = "run_missing" if parent == "runs" else "orphans"
        yield Check(name=f"{child} without {parent}", kind=kind, table=child, key=key, parent=parent, query=query)
    query = "SELECT extracted_run_id FROM articles ANTI JOIN runs ON runs.run_id = extracted_run_id"
    yield Check(name="records without runs", kind="run_missing", table="articles", key="extracted_run_id", query=query)
    yield Check(name="texts that are not the ones stored", kind="text", table="article_text", query=_OTHER_TEXT)
    for table, prefix in SPANS:
        name = f"{prefix}spans in {table} that do not re-read"
        yield Check(name=name, kind="record", table=table, query=_spans_astray(table, prefix))
    yield Check(name="sentences outside their text", kind="record", table="sentences", query=_OUTSIDE)
    name = "articles with no newest revision, or not the last one"
    yield Check(name=name, kind="newest", table="articles", query=_NEWEST)
    for side, revision in (("before", "revision - 1"), ("after", "revision")):
        name = f"edits of records that do not re-read {side} them"
        yield Check(name=name, kind="edit", table="record_changes", query=_edits_astray(side, revision))
    name = "items stored without an article"
    yield Check(name=name, kind="article_missing", table="items", query=_STORED_WITHOUT_ARTICLE)
    yield Check(name="feeds whose items do not balance", kind="books", table="item_ledger", query=UNBALANCED)
    name = "stories that are not what their articles make"
    yield Check(name=name, kind="story", table="stories", key="story_id", query=_STORY_ASTRAY, whole=True)
    name = "copies of what is no original of their story"
    yield Check(name=name, kind="place", table="story_articles", query=_COPY_ASTRAY, whole=True)
    yield from _name_checks()
    yield from _takedown_checks()


def _count_checks() -> Iterator[Check]:
    for table, of in _COUNTED.items():
        query = f"SELECT {of} FROM {table} GROUP BY ALL HAVING max(no) <> count(*)"  # noqa: S608 - ours
        yield Check(name=f"numbers that are missing in {table}", kind="record", table=table, query=query)
    for table, of, names, child, which in _LISTED:
        key = f"article_id, revision, {of}"
        query = (
            f"SELECT {key} FROM {table} LEFT JOIN "  # noqa: S608 - ours
            f"(SELECT {key}, count(*) AS named FROM {child} WHERE {which} GROUP BY ALL) USING ({key}) "
            f"WHERE len({names}) <> coalesce(named, 0)"
        )
        yield Check(name=f"{names} of {table} that are not those in {child}", kind="record", table=table, query=query)


def _name_checks() -> Iterator[Check]:
    query = f"SELECT entity_id, name FROM ({NAMED}) ANTI JOIN entity_names USING (entity_id, name)"  # noqa: S608 - ours
    yield Check(name="names of entities that are missing", kind="name_missing", table="entity_names", query=query)
    query = f"SELECT entity_id, name FROM entity_names ANTI JOIN ({NAMED}) USING (entity_id, name)"  # noqa: S608 - ours
    yield Check(name="names that nobody carries", kind="name_unused", table="entity_names", query=query, whole=True)
    query = "SELECT entity_id, name FROM entities ANTI JOIN entity_names USING (entity_id, name)"
    yield Check(name="entities under a name that no article prints", kind="entity", table="entities", query=query)


def _takedown_checks() -> Iterator[Check]:
    for table in OF_ARTICLES:
        query = f"SELECT article_id FROM {table} SEMI JOIN takedowns USING (article_id)"  # noqa: S608 - ours
        yield Check(name=f"taken down, but in {table}", kind="forgotten", table=table, query=query)
    query = "SELECT article_id FROM items SEMI JOIN takedowns USING (article_id) WHERE disposition <> 'forgotten'"
    yield Check(name="taken down, but not among the items", kind="forgotten", table="items", query=query)


def _twice(table: str, key: str) -> str:
    return f"SELECT {key} FROM {table} GROUP BY ALL HAVING count(*) > 1"  # noqa: S608 - ours


def _edits_astray(side: str, revision: str) -> str:
    """Ask for the edits whose record is not what was read in its place of the revision, on one side of the edit."""
    start, end = f"{side}_char_start", f"{side}_char_end"
    return (
        f"SELECT article_id, revision, no FROM record_changes WHERE {start} IS NOT NULL "  # noqa: S608 - ours
        f"AND (record_type, article_id, {revision}, {start}, {end}) NOT IN ({_RECORDED})"
    )


def _spans_astray(table: str, prefix: str) -> str:
    start, end, text = (f"t.{prefix}{name}" for name in ("char_start", "char_end", "text"))
    if prefix == "content_":
        text = f"coalesce({text}, substr(t.text, {start} - t.char_start + 1, {end} - {start}))"
    return (
        f"SELECT t.article_id, t.revision, {start}, {text} FROM {table} AS t "  # noqa: S608 - ours
        "JOIN article_text AS b ON b.article_id = t.article_id AND b.revision = t.revision "
        f"WHERE substr(b.text, {start} + 1, {end} - {start}) <> {text}"
    )


def _touches_much(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the run touched so much, as a full replay does, that to copy it would cost more than to ask all."""
    ((touched, articles),) = con.execute(
        f"SELECT (SELECT count(*) FROM ({_TOUCHED})), (SELECT count(*) FROM articles)"  # noqa: S608 - ours
    ).fetchall()
    return bool(touched > max(_FEW, _MUCH * articles))


@contextmanager
def _touched(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let the tables' names stand for the rows that belong to what the run touched: temporary tables go first.

    Of an article that it touched all revisions are taken, and whatever hangs on them.
    """
    (ledger,) = con.execute("SELECT current_database()").fetchall()[0]
    con.execute(f"CREATE TEMP TABLE touched AS {_TOUCHED}")
    made = ["touched"]
    try:
        for table, part in _PARTS.items():
            rows = f"{ledger}.main.{table}"
            # By row number: whatever else the rows hold, such as the texts, is then read of these rows alone.
            con.execute(f"CREATE TEMP TABLE {table} AS FROM {rows} WHERE rowid IN (SELECT rowid FROM {rows} {part})")  # noqa: S608 - ours
            made.append(table)
        yield
    finally:
        for table in made:
            con.execute(f"DROP TABLE temp.main.{table}")
