"""The `extract` command: documents in; JSON lines, tables or a page out; no database, no network, no Prefect."""

from __future__ import annotations

import json
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Literal

from flows.workers import WORTH_A_POOL, readers
from newsledger.records.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.article import Article
    from newsledger.records.extraction import Extraction

Form = Literal["jsonl", "table", "html"]

_CHUNK = 10
_CHUNKS_AHEAD = 4  # for each worker: enough to keep it busy, little enough to stream


def extract_all(articles: Iterable[Article], load: Callable[[], Lexicon], workers: int) -> Iterator[Extraction]:
    """Read articles in order, each as soon as it comes; what comes after many is read side by side.

    An InputError of the articles is passed on when all that came before it has been yielded.
    """
    stream = iter(articles)
    with readers(load, 1, workers) as read:
        for article in islice(stream, WORTH_A_POOL):
            yield from read([article])
    yield from _side_by_side(stream, load, workers)


def write_all(extractions: Iterable[Extraction], form: Form) -> None:
    """Print extractions, each as soon as it comes: a line of JSON each, tables, or one HTML page."""
    if form == "table":
        from flows.sheets import print_sheets  # noqa: PLC0415 - lines need no templates

        print_sheets(extractions)
        return
    for piece in map(_line, extractions) if form == "jsonl" else _page(extractions):
        sys.stdout.write(f"{piece}\n")
        sys.stdout.flush()


def _page(extractions: Iterable[Extraction]) -> Iterator[str]:
    from newsledger.digest import render_sheets  # noqa: PLC0415 - lines need no templates

    return render_sheets(extractions)


def _side_by_side(stream: Iterator[Article], load: Callable[[], Lexicon], workers: int) -> Iterator[Extraction]:
    failure = None
    waiting: deque[Future[tuple[Extraction, ...]]] = deque()
    with readers(load, WORTH_A_POOL, workers) as read, ThreadPoolExecutor(workers) as threads:
        try:
            for chunk in _chunks(stream):
                waiting.append(threads.submit(read, chunk))
                if len(waiting) > _CHUNKS_AHEAD * workers:
                    yield from waiting.popleft().result()
        except InputError as error:
            failure = error
        while waiting:
            yield from waiting.popleft().result()
    if failure:
        raise failure


def _chunks(stream: Iterator[Article]) -> Iterator[list[Article]]:
    """Part a stream; what was read before an InputError comes before it."""
    chunk: list[Article] = []
    try:
        for article in stream:
            chunk.append(article)
            if len(chunk) == _CHUNK:
                yield chunk
                chunk = []
    except InputError:
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk


def _line(extraction: Extraction) -> str:
    """Write an extraction as one line; a lone surrogate, which UTF-8 can't hold, is escaped."""
    line = json.dumps(extraction.to_json(), ensure_ascii=False)
    return line if line.isascii() or _is_utf8(line) else json.dumps(extraction.to_json())


def _is_utf8(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True
