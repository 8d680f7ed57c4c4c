"""The limit of the save path: the same columns, made beforehand, put into empty tables by nothing but inserts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.store.batches import ZONE
from store import open_ledger
from store.database import attached
from store.writing.saving import prepare

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

    from bench.store.batches import Load

Made = list[tuple[tuple[str, str, "pa.Table"], ...]]


def make_tables(folder: Path, loads: Iterable[Load]) -> Made:
    """Make the columns of each batch, as an empty ledger would take them."""
    with open_ledger(folder / "bare.duckdb"):
        pass  # now it has its tables
    with attached(folder / "bare.duckdb") as con:
        return [prepare(con, load.batch, load.run, ZONE, load.now).inserts for load in loads]


def write_tables(path: Path, made: Made) -> int:
    """Insert them, a transaction a batch; give the rows. Keys are kept, but nothing is looked up or counted."""
    with attached(path) as con:
        for inserts in made:
            con.execute("BEGIN")
            for verb, table, rows in inserts:
                con.register("arrow_in", rows)
                con.execute(f"{verb} INTO {table} BY NAME SELECT * FROM arrow_in")  # noqa: S608 - the tables are ours
                con.unregister("arrow_in")
            con.execute("COMMIT")
    return sum(rows.num_rows for inserts in made for _, _, rows in inserts)
