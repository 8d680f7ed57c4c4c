"""The steps of a flow as values: an order of stages takes them, and need not know who carries them out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from newsledger.records.run import Replay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from newsledger.records.article import Article
    from newsledger.records.config import Config
    from newsledger.records.extraction import Extraction
    from newsledger.records.feeds import Errand, FeedEntry, FeedPoll, FeedState, FetchedItem, KnownItem
    from newsledger.records.run import Batch, Run, RunReport, Saved, WrittenDigest

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the store remembers when a run begins.

    `known` gives for each stored article when it was last modified, `items` what the feeds listed lately, with
    everything that is still owed or to be asked again, `forgotten` the articles that were taken down, with the reason:
    by their ids, and by those that feeds would give their addresses.
    """

    known: Mapping[str, datetime | None]
    states: Mapping[str, FeedState]
    items: tuple[KnownItem, ...]
    forgotten: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The steps of the flows, each with its own input and output.

    `begin` enters a run, `remember` gives what the store knows by then. `unread_seeds` gives the articles of the seed
    corpus that are new or changed, `objection` says why an entry does not concern the dossier, `stale` lists the ids
    and revisions that are to be read anew, `reread` reads them and puts what it reads in their place, part by part.
    `tell_stories` gives the articles that have no place in a story theirs, and tells which days are due by that.
    `close` gives the report of the run with its books, `sum_up` one of a run that stores nothing; `index` brings the
    search index to what is published, `shrink` writes a ledger anew that is mostly empty; `note_digests` enters digests
    in the ledger and tells whether that changed anything.
    """

    begin: Callable[[Run], None]
    remember: Callable[[Run], Memory]
    unread_seeds: Callable[[], tuple[Article, ...]]
    poll: Callable[[Mapping[str, FeedState], datetime], tuple[FeedPoll, ...]]
    objection: Callable[[FeedEntry], str | None]
    fetch: Callable[[Sequence[Errand], datetime], tuple[FetchedItem, ...]]
    stale: Callable[[], tuple[tuple[str, int], ...]]
    reread: Callable[[Sequence[tuple[str, int]], Run], Iterator[Saved]]
    extract: Callable[[Sequence[Article]], Iterator[tuple[Extraction, ...]]]
    save: Callable[[Batch, Run], Saved]
    tell_stories: Callable[[Run], Saved]
    close: Callable[[Run, Sequence[Saved], Sequence[FeedPoll]], RunReport]
    sum_up: Callable[[Run, Sequence[Saved]], RunReport]
    publish: Callable[[], None]
    index: Callable[[], None]
    shrink: Callable[[], None]
    write_digests: Callable[[Sequence[date]], tuple[WrittenDigest, ...]]
    note_digests: Callable[[Sequence[WrittenDigest]], bool]


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
    """What the steps of a run work with; `carry` says how pieces of work are carried out.

    With `only_due` no feed is asked before its time has come, as a schedule should; a person wants an answer now.
    `replay` says what of the store is to be read anew.
    """

    config: Config
    clock: Callable[[], datetime]
    carry: Carry
    progress: Progress
    only_due: bool = False
    replay: Replay = field(default_factory=Replay)
