"""Examines everything that Newsledger keeps, part by part, and mends what can be mended."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from flows.console import printable
from flows.digests import ENDINGS, files_of, is_up_to_date, missing_days, write_again
from flows.forgetting import finish
from newsledger.fetch import Archive
from newsledger.records.errors import BusyError, QueryError, StoreError
from newsledger.records.remarks import Remark
from store import due_days, open_ledger, publish, run_query, write_lock
from store.checks.comparing import copy_problem, ledger_problems
from store.checks.forgetting import needed_room, unerased
from store.drafts import leftovers
from store.search.indexing import index_problems, rebuild_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from flows.digests import DayFiles
    from newsledger.records.config import Config

_AN_HOUR = timedelta(hours=1)
_QUERY_SECONDS = 60.0


def examine(config: Config, now: datetime, *, dry_run: bool) -> tuple[Remark, ...]:
    """Check every part in turn, each on the ground of those before; with `dry_run` nothing is changed."""
    with write_lock(config.paths.ledger, "newsledger doctor"):
        return tuple(_Doctor(config, now, dry_run=dry_run).remarks())


def show(remarks: Sequence[Remark], *, as_json: bool) -> None:
    """Print a line a remark."""
    if as_json:
        sys.stdout.write(json.dumps([asdict(remark) for remark in remarks], ensure_ascii=False, indent=1) + "\n")
        return
    lines = [f"{one.outcome:<7} {one.part}: {one.problem} -> {one.told}" for one in remarks]
    sys.stdout.write(printable("\n".join(lines or ["all is well"])) + "\n")


class _Doctor:
    def __init__(self, config: Config, now: datetime, *, dry_run: bool) -> None:
        self._config = config
        self._paths = config.paths
        self._now = now
        self._dry_run = dry_run

    def remarks(self) -> Iterator[Remark]:
        yield from self._leftovers()
        if not self._paths.ledger.exists():
            yield self._left("ledger", f"there is none at {self._paths.ledger}", "`newsledger run` makes one")
            return
        yield from self._space()
        yield from self._look("ledger", self._ledger)
        yield from self._look("takedowns", self._takedowns)
        yield from self._look("published copy", self._copy)
        if self._paths.published.exists():
            yield from self._look("search index", self._index)
            yield from self._look("digests", self._digests)
        yield from self._archive()

    def _look(self, part: str, examine: Callable[[], Iterator[Remark]]) -> Iterator[Remark]:
        """Examine a part; a dry run, which mends nothing, goes on to the others where it can't."""
        try:
            yield from examine()
        except (StoreError, QueryError) as error:
            if not self._dry_run or isinstance(error, BusyError):
                raise
            yield self._left(part, f"can't be examined: {error}", "run `newsledger doctor` without --dry-run")

    def _leftovers(self) -> Iterator[Remark]:
        """Find what a process left that was cut off. The lock is ours, so no file of the store is in use."""
        kept = (self._paths.ledger, self._paths.published, self._paths.search)
        found = [left for path in kept for left in leftovers(path)]
        # Digests are written without the lock, in a moment.
        aside = [
            path
            for ending in ENDINGS
            for path in self._paths.digests.glob(f".*{ending}.*")
            if path.stat().st_mtime < (self._now - _AN_HOUR).timestamp()
        ]
        parts = self._paths.archive.glob("[0-9a-f][0-9a-f]/*.part")
        for path in (*found, *aside, *parts):
            if not self._dry_run:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            yield self._mended("leftovers", f"{path} was left by a process that was cut off", "removed")

    def _space(self) -> Iterator[Remark]:
        needed = needed_room(self._paths.ledger)
        free = shutil.disk_usage(self._paths.ledger.parent).free
        if free < needed:
            problem = f"{free / 1e6:.0f} MB are free, the next runs need {needed / 1e6:.0f} MB"
            yield self._left("disk", problem, f"free some on the disk of {self._paths.ledger}")

    def _ledger(self) -> Iterator[Remark]:
        if self._dry_run:
            for line in ledger_problems(self._paths.ledger):
                yield self._mended("ledger", line, "")
            return
        with open_ledger(self._paths.ledger) as ledger:
            findings = ledger.mend(self._paths.published, self._config.zone, self._now)
        for one in findings:
            if one.done:
                yield self._mended("ledger", one.problem, one.done)
            else:
                yield self._left("ledger", one.problem, f"put a backup in the place of {self._paths.ledger}")

    def _takedowns(self) -> Iterator[Remark]:
        """Find takedowns that were cut off: out of the tables, but maybe not of the files."""
        if count := unerased(self._paths.ledger):
            if not self._dry_run:
                finish(self._config, self._now)
            yield self._mended("takedowns", f"{count} articles were taken down, but not out of every file", "finished")

    def _copy(self) -> Iterator[Remark]:
        if problem := copy_problem(self._paths.ledger, self._paths.published):
            if not self._dry_run:
                publish(self._paths.ledger, self._paths.published)
            yield self._mended("published copy", problem, "published anew")

    def _index(self) -> Iterator[Remark]:
        found = index_problems(self._paths.published, self._paths.search)
        if found and not self._dry_run:
            rebuild_index(self._paths.published, self._paths.search)
        for problem in found:
            yield self._mended("search index", problem, "made anew")

    def _digests(self) -> Iterator[Remark]:
        noted = self._noted_digests()
        lost = (*missing_days(self._config), *due_days(self._paths.published))
        changed = [
            day
            for day, digest in noted.items()
            # Also right is what `newsledger digest` wrote since then.
            if not _is_as_noted(files_of(self._config, day), digest) and not is_up_to_date(self._config, day)
        ]
        days = sorted({*changed, *lost})
        if days and not self._dry_run:
            write_again(self._config, days, self._now)
        for day in days:
            yield self._mended(
                "digests", f"{day} is missing, out of date, or reads otherwise than it was written", "written anew"
            )

    def _noted_digests(self) -> dict[date, str]:
        query = "SELECT digest_date, markdown_sha256 FROM digests ORDER BY ALL"
        return dict(run_query(self._paths.published, query, _QUERY_SECONDS).rows)

    def _archive(self) -> Iterator[Remark]:
        since = self._now - timedelta(days=self._config.fetch.archive_days)
        if self._dry_run or not self._config.fetch.archive_days:
            return
        with open_ledger(self._paths.ledger) as ledger:
            named = ledger.named_bodies(since)
        if missing := Archive(self._paths.archive).missing(named):
            problem = f"{len(missing)} of {len(named)} answers of the last days are missing, such as {missing[0]}"
            yield Remark(
                part="archive", problem=problem, outcome="noted", told="they can't be read anew from the archive"
            )

    def _mended(self, part: str, problem: str, done: str) -> Remark:
        if self._dry_run:
            return self._left(part, problem, "`newsledger doctor` mends what can be mended")
        return Remark(part=part, problem=problem, outcome="mended", told=done)

    def _left(self, part: str, problem: str, advice: str) -> Remark:
        return Remark(part=part, problem=problem, outcome="left", told=advice)


def _is_as_noted(files: DayFiles, digest: str) -> bool:
    return all(file.exists() for file in files) and sha256(files.markdown.read_bytes()).hexdigest() == digest
