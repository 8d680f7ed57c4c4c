"""The steps of a flow as values: an order of stages takes them, and need not know who carries them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from newsledger.records.article import Article
    from newsledger.records.config import Config
    from newsledger.records.extraction import Extraction
    from newsledger.records.feeds import FeedEntry, FeedPoll, FeedState, FetchedItem
    from newsledger.records.run import Batch, Run, RunReport, Saved

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the store remembers when a run begins.

    `known` gives for each stored article when it was last modified, `deferred` the articles that an earlier run left.
    """

    known: Mapping[str, datetime | None]
    states: Mapping[str, FeedState]
    deferred: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The steps of the flows, each with its own input and output.

    `unread_seeds` gives the articles of the seed corpus that are new or changed, `stale` the stored ones whose records
    another extractor made, `close` the report of the run with its books.
    """

    begin: Callable[[Run], Memory]
    unread_seeds: Callable[[], tuple[Article, ...]]
    poll: Callable[[Mapping[str, FeedState]], tuple[FeedPoll, ...]]
    fetch: Callable[[Sequence[FeedEntry], datetime], tuple[FetchedItem, ...]]
    stale: Callable[[], tuple[Article, ...]]
    extract: Callable[[Sequence[Article]], Iterator[tuple[Extraction, ...]]]
    save: Callable[[Batch, Run], Saved]
    close: Callable[[Run, Sequence[Saved], Sequence[FeedPoll]], RunReport]
    publish: Callable[[], None]
    write_digests: Callable[[Sequence[date]], tuple[Path, ...]]


class Carry(Protocol):
    """Carries out pieces of work under a name, maybe side by side, and yields their results in the given order."""

    def __call__(self, name: str, works: Sequence[Callable[[], T]], /) -> Iterator[T]:
        """Begin with the first result that is asked for; the first piece that raises ends it."""
        ...


class Progress(Protocol):
    """Is told how far a long step has come."""

    def __call__(self, step: str, done: int, total: int, /) -> None:
        """Note that `done` of `total` pieces are done; may be called from any thread."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What the steps of a run work with; `carry` says how pieces of work are carried out."""

    config: Config
    clock: Callable[[], datetime]
    carry: Carry
    progress: Progress
