"""The parts that the steps are made of."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.console import passes, printable
from flows.extracting import extract_all
from flows.steps import in_threads
from flows.workers import WORTH_A_POOL, readers
from newsledger.extract.lexicon import load_lexicon
from newsledger.records.article import Article
from newsledger.records.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_results_come_in_the_order_of_the_works() -> None:
    works = [lambda pause=pause: time.sleep(pause) or pause for pause in (0.03, 0.0, 0.01)]
    assert list(in_threads("x", works)) == [0.03, 0.0, 0.01]
    assert list(in_threads("x", [])) == []


def test_the_first_failure_is_raised() -> None:
    def fail() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        list(in_threads("x", [lambda: None, fail, lambda: None]))


@given(st.integers(1, 300), st.integers(1, 40))
def test_progress_is_told_at_most_so_many_times(total: int, parts: int) -> None:
    told = [done for done in range(total + 1) if passes(done, total, parts)]
    assert len(told) == min(total, parts)
    assert told[-1] == total


@given(st.text())
def test_nothing_printed_commands_a_terminal(text: str) -> None:
    assert len(printable(text)) == len(text)
    turned = printable(f"\u202e{text}\u2066")
    assert not {"\u202e", "\u2066"} & set(turned)
    assert not any((ord(char) < 32 and char not in "\t\n") or 127 <= ord(char) < 160 for char in printable(text))


def articles(number: int) -> list[Article]:
    return [
        Article(article_id=str(one), text=f"The president met {one} ministers in Minsk on Monday.")
        for one in range(number)
    ]


def test_a_pool_reads_what_one_process_reads() -> None:
    given_articles = articles(4)
    with readers(load_lexicon, 1, 2) as here, readers(load_lexicon, WORTH_A_POOL, 2) as there:
        assert there(given_articles) == here(given_articles)


def test_a_worker_that_dies_costs_nothing() -> None:
    given_articles = articles(3)
    with readers(load_lexicon, WORTH_A_POOL, 2) as read:
        before = read(given_articles)
        for worker in multiprocessing.active_children():
            worker.kill()
        assert read(given_articles) == before


def test_what_was_read_before_bad_input_is_yielded_first() -> None:
    def stream() -> Iterator[Article]:
        yield from articles(WORTH_A_POOL + 3)
        raise InputError

    read = extract_all(stream(), load_lexicon, 1)
    for number in range(WORTH_A_POOL + 3):
        assert next(read).article.article_id == str(number)
    with pytest.raises(InputError):
        next(read)


ORPHAN = """
import os, time
from flows.workers import WORTH_A_POOL, readers
from newsledger.extract.lexicon import load_lexicon
from newsledger.records.article import Article
if __name__ == "__main__":
    with readers(load_lexicon, WORTH_A_POOL, 1) as read:
        read([Article(article_id="a", text="They met.")])
        print("ready", flush=True)
        time.sleep(60)
"""


def test_no_worker_outlives_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "orphan.py"
    script.write_text(ORPHAN, encoding="utf-8")
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert parent.stdout.readline() == "ready\n"
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while subprocess.run(["pgrep", "-s", str(parent.pid)], capture_output=True, check=False).stdout:
        assert time.monotonic() < deadline
        time.sleep(0.1)
