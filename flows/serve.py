"""Serves the schedules until it is told to stop. Import it when the address of the server stands in the environment."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.flows import daily_digest, monitor
from flows.signals import undisturbed
from flows.sweeping import sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from newsledger.records.config import Config


class _OneStop(Runner):
    """A runner for which SIGTERM is Ctrl-C; its own handler calls a coroutine without awaiting it."""

    def handle_sigterm(self, *_: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)


def serve_schedules(config: Config, config_file: Path | None, *, is_ours: bool, ready: Callable[[], None]) -> None:
    """Run both flows by the configured schedules, one at a time, until Ctrl-C or SIGTERM.

    On a server of our own, runs that an earlier process left unfinished are closed first, and those that the end cuts
    off are closed last; on somebody else's server nobody's runs are touched.
    """
    runner = _OneStop(name="newsledger", limit=1, pause_on_shutdown=True)
    # A scheduled run starts in the folder where it is served, and finds the packaged default by itself.
    file = {"config_file": None if config_file is None else str(config_file)}
    for flow, name, cron, parameters in (
        (monitor, "monitor", config.schedule.monitor, {**file, "only_due": True}),
        (daily_digest, "daily-digest", config.schedule.daily_digest, file),
    ):
        runner.add_deployment(
            RunnerDeployment.from_flow(
                flow,
                name,
                schedule=Cron(cron, timezone=config.timezone),
                parameters=parameters,
                entrypoint_type=EntrypointType.MODULE_PATH,
            )
        )
    if is_ours:
        sweep("left over from an earlier process")
    ready()
    try:
        with _ctrl_c_for_us_alone(), suppress(asyncio.CancelledError):
            asyncio.run(_until_interrupted(runner))
    finally:
        if is_ours:
            with undisturbed():
                sweep("interrupted by shutdown")


async def _until_interrupted(runner: Runner) -> None:
    loop, serving = asyncio.get_running_loop(), asyncio.current_task()

    def stop() -> None:
        # Once: a second Ctrl-C must not cut off the tidying up that the first began.
        loop.add_signal_handler(signal.SIGINT, lambda: None)
        if serving:
            serving.cancel()

    loop.add_signal_handler(signal.SIGINT, stop)
    await runner.start()


@contextmanager
def _ctrl_c_for_us_alone() -> Iterator[None]:
    """Keep the terminal's Ctrl-C from the flow runs, which would print tracebacks: the runner ends them.

    They inherit the signals that this thread blocks; an idle thread receives the signal in its stead.
    """
    over = threading.Event()
    threading.Thread(target=over.wait, daemon=True).start()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        over.set()
