"""What a run leaves behind: what it changed, its report, the digests it wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from newsledger.records.article import Issue
    from newsledger.records.extraction import Extraction
    from newsledger.records.feeds import Balance, FeedPoll, FetchedItem

FlowName = Literal["seed", "monitor", "daily_digest", "reprocess"]
RecordType = Literal["entity", "citation", "statement", "event", "figure", "time", "topic"]
FactChange = Literal["added", "lost", "changed", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one flow. `run_id` is unique; times are aware and in UTC."""

    run_id: str
    flow: FlowName
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many records of each type."""

    articles: int = 0
    entities: int = 0
    citations: int = 0
    statements: int = 0
    events: int = 0
    figures: int = 0
    times: int = 0
    topics: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one transaction writes: extractions, and the books of the polls and items they come from."""

    extractions: tuple[Extraction, ...] = ()
    polls: tuple[FeedPoll, ...] = ()
    items: tuple[FetchedItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What of the store is to be read anew, without network: what another version of the extractor read.

    `since` and `until` are days of publication, else of storing, both included. With `is_from_archive` the pages whose
    answers lie in the archive are read anew, too. A rehearsal stores nothing.
    """

    since: date | None = None
    until: date | None = None
    is_from_archive: bool = False
    is_rehearsal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactExample:
    """One record that reading anew changed, in a line before and a line after; null where there is none."""

    article_id: str
    revision: int
    record_type: RecordType
    change: FactChange
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsDiff:
    """The diff of facts of what was read anew.

    `counts` gives type, change and how many records. `read` counts revisions of articles, `touched` those of them whose
    records differ, `from_archive` those whose page was read anew.
    """

    counts: tuple[tuple[RecordType, FactChange, int], ...] = ()
    examples: tuple[FactExample, ...] = ()
    read: int = 0
    touched: int = 0
    from_archive: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """What takes the place of stored revisions that were read anew, and what that changes of all that was compared."""

    extractions: tuple[Extraction, ...]
    facts: FactsDiff


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What one batch changed: records added, and the days (in the configured zone) whose digest it touches.

    `replaced` counts the articles whose records another version of the extractor made anew, `facts` tells what that
    changed where they were read anew from the store.
    """

    added: Counts
    revised: int = 0
    replaced: int = 0
    unchanged: int = 0
    days: tuple[date, ...] = ()
    facts: FactsDiff = FactsDiff()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """How a run ended, for the terminal, the run ledger and the orchestrator's artifacts.

    `replaced` counts the articles whose records another version of the extractor made anew. `warnings` are pairs of a
    feed's id and what a person should look at. `facts` is the diff of facts of what was read anew.
    """

    run: Run
    finished_at: datetime
    added: Counts
    revised: int
    feeds_ok: int
    feeds_failed: int
    balances: tuple[Balance, ...]
    days: tuple[date, ...]
    replaced: int = 0
    feeds_not_due: int = 0
    warnings: tuple[tuple[str, Issue], ...] = ()
    facts: FactsDiff = FactsDiff()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDigest:
    """A day's digest as its files were written: how many articles it tells, how many of its lines re-read.

    `touched` is when what it tells last changed, where no digest had told that before.
    """

    day: date
    markdown: Path
    html: Path
    articles: int
    lines: int
    lines_verified: int
    markdown_sha256: str
    touched: datetime | None = None
