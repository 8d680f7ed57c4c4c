"""One process that does one thing with the store and prints what it took: `python -m bench.store.run WHAT FOLDER ...`.

A process of its own for each, so that the memory it needed is its own too.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.store.articles import published_at
from bench.store.bare import make_tables, write_tables
from bench.store.batches import ZONE, Load, loads, make_load
from newsledger.records.errors import QueryError
from store import find_question, open_ledger, publish, run_query
from store.database import attached
from store.search.indexing import rebuild_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store import Ledger

LEDGER, PUBLISHED = "ledger.duckdb", "news.duckdb"
TIMEOUT_S = 120.0
_A_RUN_BRINGS = 50
_REMEMBERED = timedelta(days=30)  # as long as a run remembers what it has seen
_FAR = 1 << 62
_KIB = 1024 if sys.platform != "darwin" else 1


class Clock:
    """Seconds, of the clock and of the processor, of what is done while it is open; not of what lies in between."""

    def __init__(self) -> None:
        self.clock_s = self.processor_s = 0.0

    @contextmanager
    def open(self) -> Iterator[None]:
        """Count the time until the end of the block."""
        began, spent = time.perf_counter(), time.process_time()
        yield
        self.clock_s += time.perf_counter() - began
        self.processor_s += time.process_time() - spent


def save(folder: Path, first: int, count: int, articles: int) -> dict[str, float]:
    """Save so many articles, of `articles` in all, through the whole path; opening and closing are part of it."""
    watch = Clock()
    before = _rows(folder / LEDGER)
    with ExitStack() as stack:
        with watch.open():
            ledger = stack.enter_context(open_ledger(folder / LEDGER))
        for load in loads(first, count, articles):
            with watch.open():
                _save(ledger, load)
        with watch.open():
            stack.close()
    return _told(watch, rows=_rows(folder / LEDGER) - before)


def save_bare(folder: Path, first: int, count: int, articles: int) -> dict[str, float]:
    """Put the same rows, made into columns beforehand, into empty tables by nothing but inserts: the limit."""
    made = make_tables(folder, loads(first, count, articles))
    watch = Clock()
    with watch.open():
        rows = write_tables(folder / "bare.duckdb", made)
    return _told(watch, rows=rows)


def save_few(folder: Path, first: int, _: int, articles: int) -> dict[str, float]:
    """Do what a run does that has found a few new articles: open, save, close."""
    load = make_load(first, _A_RUN_BRINGS, articles)
    watch = Clock()
    with watch.open(), open_ledger(folder / LEDGER) as ledger:
        _save(ledger, load)
    return _told(watch)


def remember(folder: Path, _first: int, count: int, articles: int) -> dict[str, float]:
    """Read what a run reads of the ledger when it starts: the articles and feeds, and the items of the last month."""
    watch = Clock()
    with watch.open(), open_ledger(folder / LEDGER) as ledger:
        kept = ledger.known(), ledger.feed_states(), ledger.items(published_at(count, articles) - _REMEMBERED)
    return _told(watch, articles=len(kept[0]), items=len(kept[2]))


def rewrite(folder: Path, *_: int) -> dict[str, float]:
    """Publish by writing all rows anew, as is done while the ledger is small."""
    return _publish(folder, _FAR)


def copy(folder: Path, *_: int) -> dict[str, float]:
    """Publish by copying the file, as is done when it is large."""
    return _publish(folder, 0)


def look_through(folder: Path, *_: int) -> dict[str, float]:
    """Run every query that must find nothing, over all there is."""
    watch = Clock()
    with watch.open(), open_ledger(folder / LEDGER) as ledger:
        found = ledger.integrity()
    if found:
        message = f"the made-up articles contradict each other: {found[0]}"
        raise ValueError(message)
    return _told(watch)


def index(folder: Path, *_: int) -> dict[str, float]:
    """Make the search index of all articles."""
    watch = Clock()
    with watch.open():
        rebuild_index(folder / PUBLISHED, folder / "words.sqlite")
    return _told(watch, bytes=(folder / "words.sqlite").stat().st_size)


def ask(folder: Path, name: str, rounds: int) -> dict[str, float | str]:
    """Ask a question of the cookbook as a reader does, so many times; `error` says why there is no answer."""
    question = find_question(name)
    seconds = []
    rows = 0
    for _ in range(rounds):
        began = time.perf_counter()
        try:
            rows = len(run_query(folder / PUBLISHED, question.sql, TIMEOUT_S).rows)
        except QueryError as error:
            return {"error": str(error)}
        seconds.append(time.perf_counter() - began)
    return {"clock_s": median(seconds), "rows": rows, "peak_mib": _peak_mib()}


WHAT: dict[str, Callable[[Path, int, int, int], dict[str, float]]] = {
    one.__name__: one for one in (save, save_bare, save_few, remember, rewrite, copy, look_through, index)
}


def main() -> None:
    """Do what is asked for."""
    what, folder, *numbers = sys.argv[1:]
    if what == "ask":
        print(json.dumps(ask(Path(folder), numbers[0], int(numbers[1]))))
    else:
        first, count, articles = map(int, numbers)
        print(json.dumps(WHAT[what](Path(folder), first, count, articles)))


def _save(ledger: Ledger, load: Load) -> None:
    ledger.begin(load.run)
    ledger.save(load.batch, load.run, ZONE, load.now)


def _rows(path: Path) -> int:
    """Count the rows of all tables."""
    with attached(path) as con:
        tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'ledger'").fetchall()
        counts = [con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for (table,) in tables]  # noqa: S608 - ours
    return sum(counts)


def _publish(folder: Path, rewritten_up_to_bytes: int) -> dict[str, float]:
    watch = Clock()
    with watch.open():
        publish(folder / LEDGER, folder / PUBLISHED, rewritten_up_to_bytes)
    return _told(watch, bytes=(folder / PUBLISHED).stat().st_size)


def _told(watch: Clock, **others: float) -> dict[str, float]:
    return {"clock_s": watch.clock_s, "processor_s": watch.processor_s, "peak_mib": _peak_mib(), **others}


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB / (1 << 20)


if __name__ == "__main__":
    main()
