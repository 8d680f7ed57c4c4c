"""`newsledger serve` and `newsledger run` as processes of their own, with the Prefect server that they start."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import pytest

from flows.server import configured_server
from newsledger.records.errors import StoreError
from store import read_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Command = Callable[..., subprocess.CompletedProcess[str]]

COMMAND = Path(sys.executable).with_name("newsledger")
STOPPED_WITHIN_S = 15


def processes(session: int) -> str:
    return subprocess.run(
        ["ps", "-o", "pid=,args=", "-s", str(session)], capture_output=True, text=True, check=False
    ).stdout


def wait_until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.3)


@contextmanager
def served(folder: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Serve in a session of its own until the block ends; wait until it says that it serves."""
    with log.open("wb") as sink:
        process = subprocess.Popen([COMMAND, "serve"], cwd=folder, stdout=sink, stderr=sink, start_new_session=True)
    try:
        wait_until(lambda: "serving monitor" in log.read_text(encoding="utf-8") or process.poll() is not None, 120)
        assert process.poll() is None, log.read_text(encoding="utf-8")
        yield process
    finally:
        for line in processes(process.pid).splitlines():
            os.kill(int(line.split()[0]), signal.SIGKILL)
        process.wait()


def stop(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    process.send_signal(how)
    assert process.wait(STOPPED_WITHIN_S) == 0
    assert processes(process.pid) == ""


def runs_of(folder: Path, flow: str) -> int:
    try:
        return sum(run.flow == flow for run in read_status(folder / "data" / "news.duckdb").runs)
    except StoreError:
        return 0


def states_of_runs(folder: Path) -> set[str]:
    """What the server that serves says of its flow runs."""
    address = json.loads((folder / "state" / "server.json").read_text(encoding="utf-8"))["url"]
    request = Request(f"{address}/flow_runs/filter", b"{}", {"Content-Type": "application/json"})  # noqa: S310 - ours
    with urlopen(request, timeout=20) as answer:  # noqa: S310 - ours
        return {run["state_type"] for run in json.load(answer)}


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_scheduled_run_starts_and_the_end_leaves_nothing_behind(
    newsledger_process: Command, write_config: Callable[..., Path], seeds: Path, tmp_path: Path
) -> None:
    assert seeds.exists()
    write_config(("dead", "http://127.0.0.1:9/feed"), monitor="* * * * *")
    log = tmp_path / "serve.log"
    with served(tmp_path, log) as process:
        second = newsledger_process("serve")
        assert second.returncode == 2
        assert f"newsledger serve (process {process.pid})" in second.stderr
        wait_until(lambda: runs_of(tmp_path, "monitor") == 1, 90)
        once = newsledger_process("run")
        assert once.returncode == 0, once.stderr
        assert "starting the Prefect server" not in once.stderr
        assert runs_of(tmp_path, "seed") == 1
        stop(process, signal.SIGTERM)
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert not (tmp_path / "state" / "server.json").exists()
    with served(tmp_path, log) as process:
        wait_until(lambda: "SCHEDULED" in states_of_runs(tmp_path), 30)
        assert states_of_runs(tmp_path) <= {"SCHEDULED", "COMPLETED", "CRASHED"}
        stop(process, signal.SIGINT)
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_run_as_flow_runs_ends_well_though_every_feed_fails(
    newsledger_process: Command, write_config: Callable[..., Path], seeds: Path, tmp_path: Path
) -> None:
    assert seeds.exists()
    write_config(("dead", "http://127.0.0.1:9/feed"), ("nowhere", "http://nowhere.invalid/feed"))
    done = newsledger_process("run")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    said = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert said["feeds"] == "0 answered, 2 failed"
    assert said["latest"] == str(tmp_path / "digests" / "2021-03-05.md")
    assert said["database"] == str(tmp_path / "data" / "news.duckdb")
    assert "Talks in the river town" in (tmp_path / "digests" / "2021-03-04.md").read_text(encoding="utf-8")
    assert list((tmp_path / "state").glob("*.log")) == [tmp_path / "state" / "server.log"]


def test_a_port_that_is_taken_is_named(newsledger: Command, write_config: Callable[..., Path]) -> None:
    write_config()
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        done = newsledger("serve", "--port", str(port))
    assert done.returncode == 2
    assert f"port {port} on 127.0.0.1 is taken" in done.stderr


def test_a_configured_server_that_is_away_is_named(
    newsledger: Command, write_config: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config()
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    done = newsledger("run")
    assert done.returncode == 2
    assert "http://127.0.0.1:9/api" in done.stderr
    assert "--plain" in done.stderr


def test_the_active_profile_names_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    assert configured_server() is None
    profiles = tmp_path / "profiles.toml"
    profiles.write_text('active = "a"\n[profiles.a]\nPREFECT_API_URL = "http://h/a"\n[profiles.b]\n', encoding="utf-8")
    assert configured_server() == "http://h/a"
    monkeypatch.setenv("PREFECT_PROFILE", "b")
    assert configured_server() is None
    profiles.write_text("not toml at all [", encoding="utf-8")
    assert configured_server() is None
