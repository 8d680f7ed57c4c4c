"""What finding words costs: a scan of the stored texts beside the index, over made-up articles.

    python -m bench.search [ARTICLES]

Prints how long it takes to build the index, to add a hundred articles and to answer, and how large it is; and what a
scan with DuckDB takes for the first step alone, to count a word in each text.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import duckdb

from newsledger.records.article import Article
from newsledger.records.extraction import Extraction
from newsledger.records.run import Batch, Run
from store import open_ledger, publish
from store.search.indexing import refresh_index
from store.search.searching import Wanted, search

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ARTICLES, ADDED, WORDS, TITLE_WORDS = 100_000, 100, 220, 9
VOCABULARY, BATCH, REPEATED = 60_000, 5_000, 5
ENDINGS = ("", "", "s", "ed", "ing", "ation", "er", "ity")
NOW = datetime(2030, 1, 1, tzinfo=UTC)
# Scans that a search would begin with: which texts hold a word, and how often, case and accents aside.
SCANS = {
    "contains": "SELECT count(*) FROM article_text WHERE contains(text, ?)",
    "count of the word, folded": r"""
        SELECT article_id, len(regexp_extract_all(lower(strip_accents(text)), '\b' || ? || '\b')) AS times
        FROM article_text WHERE times > 0 ORDER BY times DESC LIMIT 10
    """,
}


def main() -> None:
    """Measure, and print as it goes."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as name:
        ledger, published, index = (Path(name) / file for file in ("ledger.duckdb", "news.duckdb", "search.sqlite"))
        words = vocabulary()
        fill(ledger, words, range(articles))
        publish(ledger, published)
        print(f"{articles} articles; published {published.stat().st_size / articles:.0f} bytes an article")
        print(f"index built in {timed(lambda: refresh_index(published, index)):.1f} s, ", end="")
        print(f"{index.stat().st_size / articles:.0f} bytes an article")
        print(f"nothing new: {timed(lambda: refresh_index(published, index)):.2f} s")
        fill(ledger, words, range(articles, articles + ADDED))
        publish(ledger, published)
        print(f"{ADDED} articles added: {timed(lambda: refresh_index(published, index)):.2f} s")
        questions = asked(words)
        for kind, question in questions.items():
            found = search(published, index, Wanted(words=question))
            median = middle(partial(search, published, index, Wanted(words=question)))
            print(f"index, {kind}: {median:.3f} s, {found.matched} articles")
        for kind, query in SCANS.items():
            with duckdb.connect(str(published), read_only=True, config={"threads": "2"}) as con:
                for rank in ("everywhere", "frequent", "rare"):
                    median = middle(partial(_scan, con, query, questions[rank]))
                    print(f"scan, {kind}, {rank}: {median:.3f} s")


def vocabulary() -> list[str]:
    """Make words up, the most frequent first, many of them forms of one another."""
    chance = random.Random(1)  # noqa: S311 - words, no secrets
    stems = [
        "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(3)) for _ in range(VOCABULARY)
    ]
    return [stem + chance.choice(ENDINGS) for stem in stems]


def asked(words: Sequence[str]) -> dict[str, str]:
    """Give a question of each kind."""
    return {
        "everywhere": words[0],
        "frequent": words[30],
        "usual": words[300],
        "rare": words[3_000],
        "two usual": f"{words[100]} {words[301]}",
        "four frequent": " ".join(words[:4]),
        "phrase of frequent": f'"{words[1]} {words[0]}"',
        "beginning": f"{words[300][:4]}*",
        "beginning of two letters": f"{words[300][:2]}*",
        "one without another": f"{words[40]} -{words[2]}",
    }


def fill(ledger: Path, words: Sequence[str], numbers: range) -> None:
    """Save articles of words that are as frequent as in a language: the n-th about n times less than the first."""
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    run = Run(run_id=f"r{numbers[0]}", flow="monitor", started_at=NOW)
    with open_ledger(ledger) as opened:
        opened.begin(run)
        for first in range(numbers.start, numbers.stop, BATCH):
            batch = tuple(_article(no, words, weights) for no in range(first, min(first + BATCH, numbers.stop)))
            opened.save(Batch(extractions=batch), run, ZoneInfo("UTC"), NOW)


def _article(no: int, words: Sequence[str], weights: Sequence[float]) -> Extraction:
    chance = random.Random(no)  # noqa: S311 - words, no secrets
    title, text = (" ".join(chance.choices(words, cum_weights=weights, k=many)) for many in (TITLE_WORDS, WORDS))
    article = Article(
        article_id=f"a{no}", text=text, title=title, source=f"s{no % 20}", published=NOW - timedelta(minutes=no)
    )
    return Extraction(article=article, extractor="none")


def _scan(con: duckdb.DuckDBPyConnection, query: str, word: str) -> None:
    con.execute(query, [word]).fetchall()


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def middle(work: Callable[[], object]) -> float:
    """Give the median of some times."""
    return statistics.median(timed(work) for _ in range(REPEATED))


if __name__ == "__main__":
    main()
