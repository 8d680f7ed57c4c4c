"""The names of entities, so that a query finds one by whatever name an article prints; and who is still spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.schemas import given

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

# Which rows of a batch name an entity.
NAMING = {
    "article_entities": "SELECT DISTINCT entity_id, name FROM arrow_in",
    "mentions": "SELECT DISTINCT entity_id, text AS name FROM arrow_in WHERE kind = 'name'",
}
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
    if naming := NAMING.get(table):
        con.execute(
            "INSERT INTO entity_names SELECT entity_id, name, lower(strip_accents(name)) "  # noqa: S608 - ours
            f"FROM ({naming}) ANTI JOIN entity_names USING (entity_id, name)"
        )


def entities_of(con: duckdb.DuckDBPyConnection, keys: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Give the ids of those that the articles of the given keys speak of."""
    with given(con, article_id=[key[0] for key in keys], revision=[key[1] for key in keys]):
        found = con.execute(
            "SELECT DISTINCT entity_id FROM article_entities SEMI JOIN given USING (article_id, revision)"
        ).fetchall()
    return tuple(sorted(entity_id for (entity_id,) in found))


def drop_unspoken(con: duckdb.DuckDBPyConnection, entity_ids: Sequence[str]) -> None:
    """Take out those of the entities, and of their names, that no article speaks of any more."""
    if entity_ids:
        with given(con, entity_id=entity_ids):
            con.execute(_UNNAMED)
            con.execute(_UNSPOKEN)
