"""A store sketched in memory, row by row: only what a test is about is given, the rest is filled in."""

from __future__ import annotations

from pathlib import Path

from store.database import connect_scratch
from store.migrate import migrate

_FILLINGS = {
    "VARCHAR": "-",
    "INTEGER": 0,
    "BIGINT": 0,
    "DOUBLE": 0.0,
    "BOOLEAN": True,
    "VARCHAR[]": [],
    "TIMESTAMP": "2024-01-01",
}


class Sketch:
    def __init__(self) -> None:
        self.con = connect_scratch()
        migrate(self.con, Path(":memory:"))
        self._required: dict[str, dict[str, object]] = {}
        for table, column, kind in self.con.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() "
            "WHERE database_name = current_database() AND NOT is_nullable"
        ).fetchall():
            self._required.setdefault(table, {})[column] = _FILLINGS.get(kind)
        self._count = 0

    def add(self, table: str, **given: object) -> None:
        row = self._required.get(table, {}) | given
        self.con.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})", list(row.values())
        )

    def article(self, article_id: str, published: str | None, source: str = "courier", **given: object) -> None:
        """Add an article and, of none, its text; it is stored when it is published unless that is given."""
        at = given.pop("stored_at", published)
        moments = {"stored_at": at, "digest_at": at, "extracted_at": at}
        row = {"article_id": article_id, "revision": 1, "published_at": published, "source_id": source}
        self.add("articles", **row | moments | given)

    def event(self, article_id: str, type_: str = "CONSULT", status: str = "occurred", **given: object) -> str:
        """Add an event; give its record id."""
        event_id = f"e{self._next()}"
        row = {"article_id": article_id, "revision": 1, "event_id": event_id, "type": type_, "status": status}
        self.add("events", **row | {"quad": "verbal cooperation"} | given)
        return f"{article_id}/{event_id}"

    def figure(self, article_id: str, value: float, **given: object) -> str:
        """Add a figure about Aster's ships that sank; give its record id."""
        no = self._next()
        row = {"article_id": article_id, "revision": 1, "no": no, "value": value, "value_exact": str(value)}
        about = {"unit": "count", "bound": "exact", "quantity_of": "ships sunk", "about_ids": ["aster"]}
        self.add("figures", **row | about | given)
        return f"{article_id}/f{no}"

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return self.con.execute(sql).fetchall()

    def one(self, sql: str) -> dict[str, object]:
        found = self.con.execute(sql)
        names = [column[0] for column in found.description]
        (row,) = found.fetchall()
        return dict(zip(names, row, strict=True))

    def _next(self) -> int:
        self._count += 1
        return self._count
