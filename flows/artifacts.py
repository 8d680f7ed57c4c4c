"""What Prefect's pages show of a run: the digests, the health of the feeds, the report, and how far a long step is."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from flows.console import passes
from flows.texts import health_rows, report_markdown, warnings_markdown
from store import read_status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from uuid import UUID

    from newsledger.records.config import Config
    from newsledger.records.run import RunReport
    from newsledger.records.steps import Progress

_DIGESTS = 10  # the newest of a backfill; the others are files like all
_LONG = 40  # pieces of work from which on a step is worth a bar of its own
_UPDATES = 20  # every update is a call to the server


def show_digests(paths: Sequence[Path]) -> None:
    """Show the newest digests."""
    for path in sorted(paths)[-_DIGESTS:]:
        text = path.read_text(encoding="utf-8")
        create_markdown_artifact(text, key=f"digest-{path.stem}", description=f"Digest of {path.stem}: {path}")


def show_report(report: RunReport) -> None:
    """Show how a run ended."""
    key = f"{report.run.flow}-report"
    create_markdown_artifact(report_markdown(report), key=key, description=f"Run {report.run.run_id}")


def show_warnings(report: RunReport) -> None:
    """Show what a person should look at, where a run found anything."""
    if report.warnings:
        text = warnings_markdown(report)
        create_markdown_artifact(text, key="feed-warnings", description=f"Warnings of run {report.run.run_id}")


def show_health(config: Config) -> None:
    """Show how the feeds are."""
    rows = health_rows(config, read_status(config.paths.published))
    create_table_artifact(rows, key="feed-health", description="The feeds as configured and as they last answered")


def show_progress(bars: Progress) -> Progress:
    """Show progress on the terminal and, of long steps, as an artifact that moves every five per cent."""
    shown: dict[str, UUID] = {}
    one_at_a_time = Lock()
    # `_sync`: a step may count from inside an event loop, where Prefect would hand back a coroutine.
    create: Any = create_progress_artifact
    update: Any = update_progress_artifact

    def show(step: str, done: int, total: int) -> None:
        bars(step, done, total)
        if total < _LONG or not passes(done, total, _UPDATES):
            return
        per_cent = 100 * done / total
        with one_at_a_time:
            if step in shown:
                update(shown[step], per_cent, _sync=True)
            else:
                shown[step] = create(per_cent, key=f"progress-{step}", description=step, _sync=True)

    return show
