"""The lines of a run, on standard error: one for each feed that failed, one for the whole."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import structlog

from flows.console import use_colour
from newsledger.records.feeds import ANSWERED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.records.feeds import FeedPoll
    from newsledger.records.run import Run, RunReport


@contextmanager
def told(run: Run) -> Iterator[None]:
    """Name the flow and the run in every line that is written in the block."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%SZ", utc=True),
            structlog.dev.ConsoleRenderer(colors=use_colour(), pad_event_to=0, pad_level=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    with structlog.contextvars.bound_contextvars(flow=run.flow, run=run.run_id):
        yield


def tell_polls(polls: Sequence[FeedPoll]) -> None:
    """Write a line for each feed that did not answer as it should."""
    log = structlog.get_logger()
    for poll in polls:
        if poll.outcome not in ANSWERED | {"not_due"}:
            log.warning("feed failed", feed=poll.feed.id, outcome=poll.outcome, detail=poll.detail)


def tell_end(report: RunReport) -> None:
    """Write the one line that sums the run up."""
    added = {name: count for name, count in asdict(report.added).items() if count}
    seconds = round((report.finished_at - report.run.started_at).total_seconds(), 1)
    structlog.get_logger().info(
        "run finished",
        seconds=seconds,
        feeds_ok=report.feeds_ok,
        feeds_failed=report.feeds_failed,
        revised=report.revised,
        replaced=report.replaced,
        **added,
    )
