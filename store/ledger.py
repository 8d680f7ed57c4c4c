"""The private writer file: opened for seconds, by the one process that holds the write lock."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsledger.records.article import Issue
from newsledger.records.feeds import FeedState
from store.checks.forgetting import (
    Takedown,
    Target,
    expired,
    forget,
    is_mostly_empty,
    kept_bodies,
    named_bodies,
    note_erased,
    takedowns,
    taken_out,
    targets,
    texts,
    without_forgotten,
)
from store.checks.integrity import problems
from store.checks.mending import mend
from store.database import attached, require_space
from store.diffs.replays import prepare_replay, read_answers, stale_keys
from store.errors import store_errors
from store.migrate import migrate
from store.reading.loading import aware, load_extractions, rows_of
from store.writing.books import balances, enter_sources
from store.writing.placing import encodable, is_known
from store.writing.register import read_items
from store.writing.rows import utc
from store.writing.saving import prepare, stored_articles, write
from store.writing.stories import tell
from store.writing.told import note_digests
from store.writing.windows import contradicting, read_window, taken_ids, unplaced

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    import duckdb

    from newsledger.records.article import Article
    from newsledger.records.config import Feed
    from newsledger.records.extraction import Extraction
    from newsledger.records.feeds import Balance, KnownItem, PageAnswer
    from newsledger.records.run import Batch, Replay, Rereading, Run, RunReport, Saved, WrittenDigest
    from newsledger.records.stories import StoryCandidate, StoryDecision, StoryPlace, StoryReading
    from newsledger.records.versions import Versions
    from store.checks.mending import Finding
    from store.reading.loading import Key
    from store.writing.saving import Writing
    from store.writing.windows import Stretch

# The write-ahead log and the checkpoint need this much beside the rows themselves.
_SPARE_BYTES = 16 * 1024 * 1024
_COPIES = 3
_READ_AT_ONCE = 5_000


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """Open the ledger, made or brought to the present schema where needed; hold the write lock meanwhile.

    Raises StoreError for a file that is no ledger or has a newer schema, BusyError where somebody else has it open.
    """
    with attached(path) as con:
        with store_errors(path):
            migrate(con, path)
        yield Ledger(con, path)


class Ledger:
    """The open ledger. Each method that writes is one transaction; all raise StoreError."""

    def __init__(self, con: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._con = con
        self._path = path

    def known(self) -> dict[str, datetime | None]:
        """Give the id of each stored article with the time its source last changed it."""
        known: dict[str, datetime | None] = {}
        with store_errors(self._path):
            found = self._con.execute("SELECT article_id, modified_at FROM articles WHERE is_newest")
            # In parts, so that of a million rows not all stand beside what is made of them.
            while rows := found.fetchmany(_READ_AT_ONCE):
                known.update((article_id, aware(modified)) for article_id, modified in rows)
        return known

    def takedowns(self) -> tuple[Takedown, ...]:
        """List the articles that were taken down."""
        with store_errors(self._path):
            return takedowns(self._con)

    def feed_states(self) -> dict[str, FeedState]:
        """Give what is remembered of each feed."""
        with store_errors(self._path):
            return read_feed_states(self._con)

    def items(self, since: datetime) -> tuple[KnownItem, ...]:
        """Give the items last seen since then, and whatever their age those that are due some time."""
        with store_errors(self._path):
            return read_items(self._con, since)

    def begin(self, run: Run, feeds: Sequence[Feed] = ()) -> None:
        """Enter a run, and the configured feeds as sources; a run that is entered already stays as it is."""
        with store_errors(self._path):
            enter_sources(self._con, feeds)
            self._con.execute(
                "INSERT OR IGNORE INTO runs (run_id, flow, started_at) VALUES (?, ?, ?)",
                [run.run_id, run.flow, utc(run.started_at)],
            )

    def unread(self, articles: Sequence[Article], versions: Versions) -> tuple[Article, ...]:
        """Give those of the articles that saving would change: new, changed, or of another extractor."""
        with store_errors(self._path):
            stored, out = stored_articles(self._con, articles), taken_out(self._con, articles)
        return tuple(
            article
            for article in articles
            if article.article_id not in out
            and not is_known(article, versions.of(article.article_id), stored.get(article.article_id))
        )

    def save(self, batch: Batch, run: Run, config_zone: ZoneInfo, now: datetime) -> Saved:
        """Save a batch in one transaction: all of it or, whatever goes wrong, nothing.

        An article that is stored already adds nothing; one that changed adds a revision; where only the extractor
        differs the records are replaced. What was taken down stays out, under whichever id it comes. Lone surrogates,
        which no database can keep, become U+FFFD.
        """
        with store_errors(self._path):
            try:
                writing = prepare(self._con, without_forgotten(self._con, batch), run, config_zone, now)
            except UnicodeEncodeError:
                batch = without_forgotten(self._con, encodable(batch))
                writing = prepare(self._con, batch, run, config_zone, now)
            self._write(writing)
        return writing.saved

    def balances(self, run: Run) -> tuple[Balance, ...]:
        """Give the books of a run, one balance a feed."""
        with store_errors(self._path):
            return balances(self._con, [run.run_id])

    def finish(self, report: RunReport) -> None:
        """Enter how a run ended."""
        added = report.added
        with store_errors(self._path):
            self._con.execute(
                """
                UPDATE runs SET finished_at = ?, articles_added = ?, articles_revised = ?, entities_added = ?,
                    citations_added = ?, statements_added = ?, events_added = ?, figures_added = ?, times_added = ?,
                    topics_added = ?, feeds_ok = ?, feeds_failed = ?, digest_dates = ?
                WHERE run_id = ?
                """,
                [
                    utc(report.finished_at),
                    *(added.articles, report.revised, added.entities, added.citations, added.statements),
                    *(added.events, added.figures, added.times, added.topics, report.feeds_ok, report.feeds_failed),
                    list(report.days),
                    report.run.run_id,
                ],
            )

    def note_digests(self, written: Sequence[WrittenDigest], now: datetime) -> bool:
        """Enter the digests that are new or read otherwise than the last time, and that they are due no more.

        What was touched after a digest was read stays due. Tell whether anything was entered.
        """
        with store_errors(self._path):
            return note_digests(self._con, written, now)

    def stale(self, versions: Versions, replay: Replay, zone: ZoneInfo) -> tuple[Key, ...]:
        """List the (article_id, revision) that are to be read anew, in the order stored; see stale_keys."""
        with store_errors(self._path):
            return stale_keys(self._con, versions, replay, zone)

    def load(self, keys: Sequence[Key]) -> tuple[Extraction, ...]:
        """Load revisions with their records; those that are not stored are left out."""
        with store_errors(self._path):
            return load_extractions(self._con, keys)

    def answers(self, keys: Sequence[Key]) -> dict[Key, PageAnswer]:
        """Give the answers of pages that revisions were read from, of those that have one."""
        with store_errors(self._path):
            return read_answers(self._con, keys)

    def replace(self, rereading: Rereading, run: Run, zone: ZoneInfo, now: datetime) -> Saved:
        """Put what was read anew in the place of the stored revisions, in one transaction, with its diff of facts."""
        with store_errors(self._path):
            try:
                writing = prepare_replay(self._con, rereading, run, zone, now)
            except UnicodeEncodeError:
                writing = prepare_replay(self._con, encodable(rereading), run, zone, now)
            self._write(writing)
        return writing.saved

    def unplaced(self) -> tuple[Stretch, ...]:
        """List the articles that have no place in a story, or were revised since; see unplaced."""
        with store_errors(self._path):
            return unplaced(self._con)

    def contradicting(self, decisions: Sequence[StoryDecision]) -> tuple[Stretch, ...]:
        """List where places say otherwise than a decision, each with what is around it."""
        with store_errors(self._path):
            return contradicting(self._con, decisions)

    def story_window(self, stretch: Stretch) -> tuple[tuple[StoryCandidate, ...], dict[str, StoryPlace]]:
        """Read the articles of a stretch with those around them, and the places of those that keep theirs."""
        with store_errors(self._path):
            return read_window(self._con, stretch)

    def taken_story_ids(self, stretch: Stretch) -> frozenset[str]:
        """Give the ids that no new story of a stretch may get; see taken_ids."""
        with store_errors(self._path):
            return taken_ids(self._con, stretch)

    def tell(
        self, reading: StoryReading, run: Run, zone: ZoneInfo, now: datetime, decisions: Sequence[StoryDecision] = ()
    ) -> Saved:
        """Write places, stories and what changed of them, in one transaction; give the days that are due by it."""
        with store_errors(self._path):
            return tell(self._con, reading, run, zone, now, decisions=decisions)

    def targets(self, ids: Sequence[str], url: str) -> tuple[Target, ...]:
        """Find what can be taken down, by the ids that an article may have or by its address."""
        with store_errors(self._path):
            return targets(self._con, ids, url)

    def count_articles(self) -> int:
        """Count the articles that are stored."""
        with store_errors(self._path):
            (count,) = self._con.execute("SELECT count(*) FROM articles WHERE is_newest").fetchall()[0]
        return int(count)

    def expired(self, before: datetime, last: datetime) -> tuple[str, ...]:
        """List the articles that were published before, or stored where it is not known when; see expired."""
        with store_errors(self._path):
            return expired(self._con, before, last)

    def texts(self, article_ids: Sequence[str]) -> tuple[str, ...]:
        """Give the texts of articles, of every revision."""
        with store_errors(self._path):
            return texts(self._con, article_ids)

    def forget(
        self, article_ids: Sequence[str], reason: str, zone: ZoneInfo, now: datetime, *, cited: Collection[date] = ()
    ) -> tuple[date, ...]:
        """Take articles down, all or none; give the days whose digests told them, or cited them later.

        Text, records and headlines go, with every revision; that they were here and the reason stay. The bytes stay in
        the file until it is written anew (see store.checks.forgetting.compact).
        """
        with store_errors(self._path):
            return forget(self._con, article_ids, reason, zone, now, cited=cited)

    def kept_bodies(self) -> frozenset[str]:
        """Name the bodies in the archive that may stay: none that holds, or might hold, what was taken down."""
        with store_errors(self._path):
            return kept_bodies(self._con)

    def named_bodies(self, since: datetime) -> tuple[str, ...]:
        """List the bodies of answers since then that the archive may keep."""
        with store_errors(self._path):
            return named_bodies(self._con, since)

    def mend(self, published: Path, zone: ZoneInfo, now: datetime) -> tuple[Finding, ...]:
        """Look for rows that contradict each other and mend what can be mended; give each with what was done."""
        with store_errors(self._path):
            return mend(self._con, published, zone, now)

    def note_erased(self, now: datetime) -> None:
        """Enter that the file was written anew after the articles that are out by now were taken out."""
        with store_errors(self._path):
            note_erased(self._con, now)

    def is_mostly_empty(self) -> bool:
        """Tell whether most of the file is free, and so worth being written anew."""
        with store_errors(self._path):
            return is_mostly_empty(self._con)

    def _write(self, writing: Writing) -> None:
        require_space(self._path, _SPARE_BYTES + _COPIES * writing.size_bytes)
        write(self._con, writing)

    def integrity(self, run: Run | None = None) -> tuple[str, ...]:
        """Look for rows that contradict each other, of all or of what a run touched; give one line a problem."""
        with store_errors(self._path):
            return problems(self._con, run.run_id if run else None)


def read_feed_states(con: duckdb.DuckDBPyConnection) -> dict[str, FeedState]:
    """Read what is remembered of each feed."""
    warnings: dict[str, list[Issue]] = {}
    for feed_id, code, detail in con.execute(
        "SELECT feed_id, code, detail FROM feed_warnings ORDER BY feed_id, no"
    ).fetchall():
        warnings.setdefault(feed_id, []).append(Issue(code=code, detail=detail))
    return {
        row["feed_id"]: FeedState(
            feed_id=row["feed_id"],
            url=row["url"],
            adopted_url=row["adopted_url"],
            redirect_url=row["redirect_url"],
            redirects=row["redirects"],
            etag=row["etag"],
            last_modified=row["last_modified"],
            body_sha256=row["body_sha256"],
            document_url=row["document_url"],
            polled_at=aware(row["polled_at"]),
            succeeded_at=aware(row["succeeded_at"]),
            retry_at=aware(row["retry_at"]),
            due_at=aware(row["due_at"]),
            interval_s=row["interval_s"],
            failures=row["failures"],
            trouble=row["trouble"],
            gones=row["gones"],
            empties=row["empties"],
            items=row["items"],
            size_bytes=row["size_bytes"],
            outcome=row["outcome"],
            detail=row["detail"],
            newest_item_at=aware(row["newest_item_at"]),
            usual_gap_s=row["usual_gap_s"],
            warnings=tuple(warnings.get(row["feed_id"], ())),
        )
        for row in rows_of(con.execute("SELECT * FROM feeds ORDER BY feed_id"))
    }
