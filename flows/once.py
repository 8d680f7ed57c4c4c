"""Running flows once: the plain way, and what both ways share."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows import pipeline
from flows.digests import missing_days, newest_day
from flows.logs import tell_end, told
from flows.steps import make_steps
from newsledger.records.run import Run
from store import due_days

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from newsledger.records.config import Config
    from newsledger.records.run import FlowName, RunReport
    from newsledger.records.steps import Means, Steps

_ORDERS: Mapping[FlowName, Callable[[Config, Run, Steps], RunReport]] = {
    "seed": pipeline.seed,
    "monitor": pipeline.monitor,
    "reprocess": pipeline.reprocess,
}


def run_flow(flow: FlowName, means: Means) -> RunReport:
    """Run one flow under a fresh run id, with a line for its end."""
    started = means.clock()
    run = Run(run_id=f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}", flow=flow, started_at=started)
    with told(run):
        order = pipeline.rehearse if means.replay.is_rehearsal else _ORDERS[flow]
        report = order(means.config, run, make_steps(means))
        tell_end(report)
    return report


def days_to_write(config: Config, today: date) -> tuple[date, ...]:
    """List the days to write: those due, those whose file is missing, the newest with articles, and today."""
    newest = newest_day(config, today)
    return tuple(sorted({*due_days(config.paths.published), *missing_days(config), today, newest or today}))


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)
