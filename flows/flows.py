"""The Prefect flows: the orders of flows/pipeline.py with their steps as tasks, and what Prefect shows of them.

Import this when the address of a Prefect server stands in the environment.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path  # noqa: TC003 - Prefect resolves the parameters' annotations
from typing import TYPE_CHECKING, Any, TypeVar

from prefect import flow, runtime, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner

from flows import pipeline
from flows.artifacts import show_digests, show_health, show_progress, show_report, show_warnings
from flows.config import read_config
from flows.console import progress, say
from flows.once import run_flow, utc_now
from flows.server import end_with_runner
from flows.steps import SIDE_BY_SIDE, make_steps
from newsledger.records.errors import BusyError, NewsledgerError
from newsledger.records.run import Replay
from newsledger.records.steps import Means
from store import due_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from prefect import Flow, Task
    from prefect.client.schemas.objects import FlowRun, State, TaskRun

    from newsledger.records.run import FlowName, RunReport

T = TypeVar("T")

_ALL = Replay()
_LOCKED_FOR = (1, 5, 15)  # seconds to wait for whoever opened the private ledger by mistake


def _tell_failure(flow: Flow[..., Any], run: FlowRun, state: State[Any]) -> None:
    """Say that a scheduled run came to a bad end; one that a command waits for tells its command."""
    if run.deployment_id:
        say(f"{flow.name} {state.name}: {' '.join((state.message or '').split())} (flow run {run.name})")


_HOW: dict[str, Any] = {
    "task_runner": ThreadPoolTaskRunner(max_workers=SIDE_BY_SIDE),
    "persist_result": False,
    "on_failure": [_tell_failure],
    "on_crashed": [_tell_failure],
}


def as_tasks(name: str, works: Sequence[Callable[[], T]]) -> Iterator[T]:
    """Carry out pieces of work as Prefect tasks. They take no parameters: what they work on stays out of Prefect."""
    futures = [_as_task(name, work).submit() for work in works]
    for future in futures:
        yield future.result()


@flow(name="seed", **_HOW)
def seed(config_file: Path | None = None) -> RunReport | State[Any]:
    """Bring into the ledger what is new or changed in the seed corpus."""
    return _carry_out("seed", config_file)


@flow(name="monitor", **_HOW)
def monitor(config_file: Path | None = None, *, only_due: bool = False) -> RunReport | State[Any]:
    """Ask the feeds what is new, fetch it, read it, store it; when scheduled, write the digests that are due."""
    return _carry_out("monitor", config_file, only_due=only_due)


@flow(name="reprocess", **_HOW)
def reprocess(
    config_file: Path | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    is_from_archive: bool = False,
) -> RunReport | State[Any]:
    """Read again, from what is stored, the articles whose records another version of the extractor made."""
    replay = Replay(since=since, until=until, is_from_archive=is_from_archive)
    return _carry_out("reprocess", config_file, replay=replay)


@flow(name="daily-digest", **_HOW)
def daily_digest(config_file: Path | None = None, days: list[date] | None = None) -> tuple[Path, ...] | State[Any]:
    """Write the digests of the given days, else those due and that of the day before the run was to start."""
    end_with_runner()
    try:
        config = read_config(config_file)
        if days is None:
            # A run may start a second early; the clock would then still show the day before.
            start = datetime.fromtimestamp(runtime.flow_run.scheduled_start_time.timestamp(), config.zone)
            days = [start.date() - timedelta(days=1), *due_days(config.paths.published)]
        with progress() as bars:
            means = Means(config=config, clock=utc_now, carry=as_tasks, progress=show_progress(bars))
            paths = pipeline.daily_digest(config, days, make_steps(means))
    except NewsledgerError as error:
        return _ended("daily digest", error)
    show_digests(paths)
    return paths


def _carry_out(
    name: FlowName, config_file: Path | None, *, only_due: bool = False, replay: Replay = _ALL
) -> RunReport | State[Any]:
    """Run a flow and show how it went."""
    end_with_runner()
    try:
        config = read_config(config_file)
        with progress() as bars:
            means = Means(
                config=config,
                clock=utc_now,
                carry=as_tasks,
                progress=show_progress(bars),
                only_due=only_due,
                replay=replay,
            )
            report = run_flow(name, means)
    except NewsledgerError as error:
        return _ended(name, error)
    show_report(report)
    show_warnings(report)
    show_health(config)
    if _is_scheduled() and (due := due_days(config.paths.published)):
        daily_digest(config_file, list(due))
    return report


def _ended(name: str, error: NewsledgerError) -> State[Any]:
    """End a scheduled run with one line; one that meets another writer leaves the field to it."""
    if not _is_scheduled():
        raise error
    if isinstance(error, BusyError):
        say(f"{name} skipped: {error}")
        return Completed(name="Skipped", message=str(error))
    return Failed(message=str(error))


def _is_scheduled() -> bool:
    return bool(runtime.deployment.id)


def _as_task(name: str, work: Callable[[], T]) -> Task[[], T]:
    @task(
        name=name,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=len(_LOCKED_FOR),
        retry_delay_seconds=list(_LOCKED_FOR),
        retry_condition_fn=_is_locked,
    )
    def carried() -> T:
        return work()

    return carried


def _is_locked(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    return isinstance(state.data, BusyError)
