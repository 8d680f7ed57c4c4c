"""The same runs as Prefect flow runs, on one server that they share."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from flows.config import read_config
from flows.digests import files_of
from store import write_lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.webserver import Web

Flows = Any  # the module of flows, which is imported late
TASKS = {"read seeds", "poll feeds", "fetch articles", "extract articles", "save", "publish", "write digests"}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def flows() -> Iterator[Flows]:
    """The module of flows, imported and run against a server that is thrown away."""
    from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415 - Prefect is imported by these tests only

    with prefect_test_harness(server_startup_timeout=90):
        from flows import flows as module  # noqa: PLC0415

        yield module


@pytest.fixture
def config_file(write_config: Callable[..., Path], seeds: Path, feed: str) -> Path:
    assert seeds.exists()
    return write_config(("good", feed), ("dead", "http://127.0.0.1:9/feed"))


def ask(what: str) -> list[dict[str, Any]]:
    """Read what the server has of a kind."""
    from prefect import get_client  # noqa: PLC0415

    with get_client(sync_client=True) as api:
        found: list[dict[str, Any]] = api.request("POST", f"/{what}/filter", json={"limit": 200}).json()
        return found


def test_flows_store_and_show_what_they_did(flows: Flows, config_file: Path) -> None:
    config = read_config(config_file)
    seeded, monitored = flows.seed(config_file), flows.monitor(config_file)
    assert (seeded.added.articles, monitored.added.articles, monitored.feeds_failed) == (2, 2, 1)
    paths = flows.daily_digest(config_file, [date(2021, 3, 4), date(2021, 3, 5)])
    assert list(paths) == [files_of(config, date(2021, 3, day))[0] for day in (4, 5)]
    artifacts = {artifact["key"]: artifact["data"] for artifact in ask("artifacts/latest")}
    assert "Talks in the river town" in artifacts["digest-2021-03-04"]
    assert '"dead"' in artifacts["feed-health"]
    assert "connection_error" in artifacts["feed-health"]
    assert "| articles | 2 |" in artifacts["monitor-report"]
    assert {run["state_type"] for run in ask("flow_runs")} == {"COMPLETED"}
    deadline = time.monotonic() + 20
    while {task["name"].split("-")[0] for task in ask("task_runs")} < TASKS:  # they arrive a little later
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert len(ask("task_runs")) < 30


def test_a_second_run_adds_nothing(flows: Flows, config_file: Path) -> None:
    first = flows.seed(config_file), flows.monitor(config_file)
    again = flows.seed(config_file), flows.monitor(config_file)
    assert [report.added.articles for report in (*first, *again)] == [2, 2, 0, 0]


def test_long_steps_show_how_far_they_are(flows: Flows, write_config: Callable[..., Path], web: Web) -> None:
    item = "<item><guid>{}</guid><description>Talks number {} began in Minsk on Monday.</description></item>"
    items = "".join(item.format(number, number) for number in range(60))
    many = web.put("/many.xml", f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>')
    report = flows.monitor(write_config(("many", many)))
    assert report.added.articles == 60
    artifacts = {artifact["key"]: artifact["data"] for artifact in ask("artifacts/latest")}
    assert (artifacts["progress-fetch"], artifacts["progress-extract"]) == (100.0, 100.0)


def test_a_scheduled_run_writes_the_digests_of_the_days_it_touched(
    flows: Flows, config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", "scheduled")
    flows.monitor(config_file)
    assert files_of(read_config(config_file), datetime.now(UTC).date())[0].exists()


def test_a_scheduled_run_leaves_the_field_to_another_writer(
    flows: Flows, config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", "scheduled")
    with write_lock(read_config(config_file).paths.ledger, "newsledger reprocess"):
        state = flows.monitor(config_file, return_state=True)
    assert (state.name, state.is_completed()) == ("Skipped", True)
    assert "newsledger reprocess" in state.message


def test_the_daily_digest_is_of_what_is_due_and_the_day_before_the_scheduled_start(
    flows: Flows, config_file: Path
) -> None:
    from prefect import get_client  # noqa: PLC0415
    from prefect.flow_engine import run_flow  # noqa: PLC0415
    from prefect.states import Scheduled  # noqa: PLC0415

    flows.seed(config_file)
    with get_client(sync_client=True) as api:
        written = []
        for _ in range(2):
            start = Scheduled(scheduled_time=datetime(2021, 3, 6, tzinfo=UTC))
            run = api.create_flow_run(flows.daily_digest, parameters={"config_file": str(config_file)}, state=start)
            written.append(run_flow(flows.daily_digest, flow_run=run))
    assert [[path.name for path in paths] for paths in written] == [
        ["2021-03-04.md", "2021-03-05.md"],
        ["2021-03-05.md"],
    ]
    assert "A bridge is planned" in written[0][1].read_text(encoding="utf-8")


def test_a_locked_database_is_tried_again(flows: Flows, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect import flow  # noqa: PLC0415

    from newsledger.records.errors import BusyError, InputError  # noqa: PLC0415

    monkeypatch.setattr(flows, "_LOCKED_FOR", (0, 0))
    tries = []

    def locked_once() -> int:
        tries.append(1)
        if len(tries) < 2:
            raise BusyError
        return len(tries)

    def hopeless() -> None:
        tries.append(1)
        raise InputError

    @flow
    def trial() -> None:
        assert list(flows.as_tasks("save", [locked_once])) == [2]
        with pytest.raises(InputError):
            list(flows.as_tasks("save", [hopeless]))

    trial()
    assert len(tries) == 3
