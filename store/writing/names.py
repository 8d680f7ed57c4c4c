"""The entities as a dimension: each as the newest article has it, with every name that any article prints for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.schemas import given

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import duckdb

    from newsledger.records.article import Article

# Which rows of a batch name an entity.
_NAMING = {
    "article_entities": "SELECT DISTINCT entity_id, name FROM arrow_in",
    "mentions": "SELECT DISTINCT entity_id, text AS name FROM arrow_in WHERE kind = 'name'",
}
# What was published last knows best; what is dated ahead of the day it came in knows it from that day.
_KNOWN_AT = "least(coalesce(a.published_at, a.stored_at), a.stored_at)"
_NEWEST_ENTITIES = f"""
    SELECT n.entity_id, n.name, n.type, n.country, n.sector, n.wikidata, {_KNOWN_AT} AS known_at
    FROM article_entities AS n
    SEMI JOIN given USING (entity_id)
    JOIN articles AS a ON a.article_id = n.article_id AND a.revision = n.revision
    QUALIFY row_number() OVER (PARTITION BY n.entity_id ORDER BY known_at DESC, a.revision DESC, a.article_id DESC) = 1
"""  # noqa: S608 - ours
# Rows of `arrow_in` that an article published later does not know better.
NOT_OUTDATED = "ANTI JOIN entities ON entities.entity_id = arrow_in.entity_id AND entities.known_at > arrow_in.known_at"
_UNSPOKEN = (
    "DELETE FROM entities WHERE entity_id IN (FROM given) AND entity_id NOT IN (SELECT entity_id FROM article_entities)"
)
_UNNAMED = """
    DELETE FROM entity_names WHERE entity_id IN (FROM given) AND (entity_id, name) NOT IN (
        SELECT (entity_id, name) FROM article_entities WHERE entity_id IN (FROM given)
        UNION ALL
        SELECT (entity_id, text) FROM mentions WHERE kind = 'name' AND entity_id IN (FROM given)
    )
"""


def enter_names(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Enter the names that the rows of a table bring, which queries see as `arrow_in`; those known stay as they are."""
    if naming := _NAMING.get(table):
        con.execute(entering_names(naming))


def entering_names(named: str) -> str:
    """Write the statement that enters the names, given by a query for entity_id and name, that are not known yet."""
    return (
        "INSERT INTO entity_names SELECT entity_id, name, lower(strip_accents(name)) "  # noqa: S608 - ours
        f"FROM ({named}) ANTI JOIN entity_names USING (entity_id, name)"
    )


def entities_of(con: duckdb.DuckDBPyConnection, keys: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Give the ids of those that the articles of the given keys speak of."""
    with given(con, article_id=[key[0] for key in keys], revision=[key[1] for key in keys]):
        found = con.execute(
            "SELECT DISTINCT entity_id FROM article_entities SEMI JOIN given USING (article_id, revision)"
        ).fetchall()
    return tuple(sorted(entity_id for (entity_id,) in found))


def settle_entities(con: duckdb.DuckDBPyConnection, entity_ids: Sequence[str]) -> None:
    """Let the entities stand as the newest article has them, without names, or rows, that no article has any more.

    To be called where records were taken away; new ones bring what they know themselves.
    """
    if entity_ids:
        with given(con, entity_id=entity_ids):
            con.execute(_UNNAMED)
            con.execute(_UNSPOKEN)
            con.execute(f"INSERT OR REPLACE INTO entities BY NAME {_NEWEST_ENTITIES}")


def known_at(article: Article, stored_at: datetime) -> datetime:
    """Give from when an article knows what it tells: its publication, but not later than it was stored."""
    return min(article.published or stored_at, stored_at)
