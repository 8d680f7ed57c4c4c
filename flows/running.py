"""The commands that write: once plainly, once as Prefect flow runs, or by the schedules."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, cast

from flows import pipeline
from flows.console import progress, say
from flows.once import days_to_write, run_flow, utc_now
from flows.server import abandon_server, configured_server, own_server, pages_of, reach_server, use_configured
from flows.signals import ending_promptly, terminable
from flows.steps import in_threads, make_steps
from newsledger.records.errors import NewsledgerError
from newsledger.records.run import Replay
from newsledger.records.steps import Means
from store.checks.comparing import require_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from newsledger.records.config import Config
    from newsledger.records.run import FlowName, RunReport

_ALL = Replay()


def run_plainly(
    config: Config, names: Sequence[FlowName], *, only_due: bool = False, replay: Replay = _ALL
) -> tuple[RunReport, ...]:
    """Run flows one after the other in this process, then write the digests that are due."""
    with ending_promptly(lambda: None), progress() as bars:
        means = Means(config=config, clock=utc_now, carry=in_threads, progress=bars, only_due=only_due, replay=replay)
        reports = tuple(run_flow(name, means) for name in names)
        pipeline.daily_digest(config, _due(config), make_steps(means))
    return reports


def rehearse(config: Config, replay: Replay) -> RunReport:
    """Work out what reading anew would change, in this process; nothing is stored, made or migrated for it.

    Raises StoreError where there is no ledger, or one of another schema.
    """
    require_ledger(config.paths.ledger)
    with ending_promptly(lambda: None), progress() as bars:
        return run_flow(
            "reprocess", Means(config=config, clock=utc_now, carry=in_threads, progress=bars, replay=replay)
        )


def run_as_flows(  # noqa: PLR0913 - what the commands that run have in common
    config: Config,
    config_file: Path | None,
    names: Sequence[FlowName],
    command: str,
    *,
    only_due: bool = False,
    replay: Replay = _ALL,
) -> tuple[RunReport, ...]:
    """Run flows as Prefect flow runs, then the one that writes the digests that are due."""
    # Prefect's last log lines may find the server gone; nobody wants to read that.
    logging.raiseExceptions = False
    with ending_promptly(abandon_server), reach_server(config.paths.state, command, say) as is_ours:
        from flows import flows  # noqa: PLC0415 - Prefect reads its settings when it is imported
        from flows.sweeping import sweep  # noqa: PLC0415

        if is_ours:
            sweep("left over from an earlier process")
        orders: dict[FlowName, Callable[[Path | None], object]] = {
            "seed": flows.seed,
            "monitor": partial(flows.monitor, only_due=only_due),
            "reprocess": partial(
                flows.reprocess, since=replay.since, until=replay.until, is_from_archive=replay.is_from_archive
            ),
        }
        # Outside a schedule a flow gives its report, or raises.
        reports = tuple(cast("RunReport", orders[name](config_file)) for name in names)
        flows.daily_digest(config_file, list(_due(config)))
    return reports


def serve(config: Config, config_file: Path | None, port: int | None) -> None:
    """Serve both schedules until Ctrl-C or SIGTERM, on the configured Prefect server or on one of our own."""
    with terminable():
        if address := configured_server():
            if port is not None:
                message = f"--port is for a server of our own, but one is configured: {address}; leave --port out"
                raise NewsledgerError(message)
            use_configured(address)
            _serve_on(address, config, config_file, is_ours=False)
            return
        with own_server(config.paths.state, "newsledger serve", say, port) as address:
            _serve_on(address, config, config_file, is_ours=True)


def _serve_on(address: str, config: Config, config_file: Path | None, *, is_ours: bool) -> None:
    from flows.serve import serve_schedules  # noqa: PLC0415 - Prefect reads its settings when it is imported

    def ready() -> None:
        say(
            f"serving monitor ({config.schedule.monitor}) and daily-digest ({config.schedule.daily_digest}), "
            f"{config.timezone}; pages: {pages_of(address)}; stop with Ctrl-C"
        )

    serve_schedules(config, config_file, is_ours=is_ours, ready=ready)
    say("stopped")


def _due(config: Config) -> tuple[date, ...]:
    return days_to_write(config, utc_now().astimezone(config.zone).date())
