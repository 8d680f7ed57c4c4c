"""Extraction in this process, or in several where there is enough to read: the same function either way."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING

from newsledger.extract import extract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.article import Article
    from newsledger.records.extraction import Extraction

    Reader = Callable[[Sequence[Article]], tuple[Extraction, ...]]

# A worker needs about a second until it reads its first article; below so many articles that does not pay.
WORTH_A_POOL = 100

_lexicons: list[Lexicon] = []


@contextmanager
def readers(load: Callable[[], Lexicon], articles: int, workers: int) -> Iterator[Reader]:
    """Give the function that reads a chunk of articles; with many to come, it may be called from several threads.

    `load` gives the lexicon, here and in other processes.
    """
    lexicon = load()

    def read_here(chunk: Sequence[Article]) -> tuple[Extraction, ...]:
        return tuple(extract(article, lexicon) for article in chunk)

    if articles < WORTH_A_POOL or workers == 1:
        yield read_here
        return
    # Spawned, not forked: the orchestrator's process has threads and locks that a fork would freeze.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_prepare, initargs=(load,))

    def read_there(chunk: Sequence[Article]) -> tuple[Extraction, ...]:
        try:
            return pool.submit(_read, chunk).result()
        except BrokenProcessPool:  # a worker was killed, for memory most likely
            return read_here(chunk)

    try:
        yield read_there
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _read(chunk: Sequence[Article]) -> tuple[Extraction, ...]:
    return tuple(extract(article, _lexicons[0]) for article in chunk)


def _prepare(load: Callable[[], Lexicon]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _lexicons.append(load())


def _end_with_parent() -> None:
    """Leave no worker behind, even where the parent was killed and could tell nobody."""
    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)
