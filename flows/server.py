"""The Prefect server that flow runs report to: the configured one, that of a running `serve`, or a child of our own.

Nothing here imports Prefect: it reads its settings at import, so the addresses must stand in the environment before.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from flows.signals import undisturbed
from newsledger.records.errors import NewsledgerError
from store import write_lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOST = "127.0.0.1"
# The first start makes a database, 14 s on a quiet machine with two cores; a loaded one takes several times that.
_START_SECONDS = 120.0
_STOP_SECONDS = 15.0
_ANSWER_SECONDS = 5.0
_PORTS_TO_TRY = 3
_children: list[subprocess.Popen[bytes]] = []
_SILENCE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    # Failures are told in our own lines; Prefect's console adds a traceback, its server keeps it anyway.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_CLI_PROMPT": "false",
}

# A server of ours keeps the flow runs of a month; whoever sets Prefect's own variables is heeded.
_PRUNED = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(30 * 24 * 3600),
}


def configured_server() -> str | None:
    """Give the address of the Prefect API that the user has set, in the environment or in the active profile."""
    if address := os.environ.get("PREFECT_API_URL"):
        return address
    home = Path(os.environ.get("PREFECT_HOME") or "~/.prefect").expanduser()
    path = Path(os.environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml")
    try:
        profiles = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    active = os.environ.get("PREFECT_PROFILE") or profiles.get("active")
    profile = profiles.get("profiles", {}).get(active, {})
    address = profile.get("PREFECT_API_URL") if isinstance(profile, dict) else None
    return str(address) if address else None


@contextmanager
def reach_server(state: Path, holder: str, say: Callable[[str], None]) -> Iterator[bool]:
    """Hold an API within reach: the configured one, else that of a running `serve`, else that of a child of our own.

    Tells whether it is a child of our own. Raises NewsledgerError where there is none to be had.
    """
    if address := configured_server():
        use_configured(address)
        yield False
    elif address := _served(state):
        _use_ours(address, state)
        yield False
    else:
        with own_server(state, holder, say):
            yield True


def use_configured(address: str) -> None:
    """Direct Prefect to a server that is not ours; raises NewsledgerError if nothing answers there."""
    if not _answers(address, through_proxy=True):
        message = (
            f"the configured Prefect server does not answer: {address}; start it, unset PREFECT_API_URL "
            "to let Newsledger start one, or go without: newsledger run --plain"
        )
        raise NewsledgerError(message)
    os.environ.update(_SILENCE)


@contextmanager
def own_server(state: Path, holder: str, say: Callable[[str], None], port: int | None = None) -> Iterator[str]:
    """Run a Prefect server as a child until the end of the block; its files and its log lie in `state`.

    One process at a time may have it; `holder` is the command that others will see.
    Raises BusyError where another has it, NewsledgerError where it can't be started.
    """
    state.mkdir(parents=True, exist_ok=True)
    with write_lock(state / "prefect", holder):
        say("starting the Prefect server (some 7 s, twice that the first time)")
        server, address = _start(state, port)
        note = state / "server.json"
        try:
            note.write_text(json.dumps({"url": address, "pid": os.getpid()}), encoding="utf-8")
            _use_ours(address, state)
            yield address
        finally:
            with undisturbed():
                note.unlink(missing_ok=True)
                _stop(server)


def abandon_server() -> None:
    """Tell the child to end, and wait for nothing."""
    for server in _children:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)


def pages_of(address: str) -> str:
    """Give the address of the pages that belong to an API."""
    return address.removesuffix("/api")


def end_with_runner() -> None:
    """Where a runner started this process for a flow run: end with it, even if it is killed and can tell nobody.

    By force, since a flow run whose server is gone would wait for it for minutes; the ledger stands that at any moment.
    """
    spec = getattr(sys.modules["__main__"], "__spec__", None)
    if spec is not None and spec.name == "prefect.engine":
        _die_with_parent(signal.SIGKILL)


def _die_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """Have the kernel end this process when its parent ends; Linux only, elsewhere nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, how)


def _served(state: Path) -> str | None:
    """Give the address of a server that another of our processes runs, if it answers."""
    try:
        address = str(json.loads((state / "server.json").read_text(encoding="utf-8"))["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return address if _answers(address) else None


def _use_ours(address: str, state: Path) -> None:
    os.environ.update(_SILENCE, PREFECT_HOME=str(state / "prefect"), PREFECT_API_URL=address)
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), HOST)))


def _start(state: Path, port: int | None) -> tuple[subprocess.Popen[bytes], str]:
    """Start a server and wait until it is healthy; a free port may be snatched in between, so several are tried."""
    if port is not None and not _is_free(port):
        message = f"port {port} on {HOST} is taken; name another with --port, or leave --port out for a free one"
        raise NewsledgerError(message)
    log = state / "server.log"
    for _ in range(1 if port else _PORTS_TO_TRY):
        chosen = port or _free_port()
        address = f"http://{HOST}:{chosen}/api"
        server = _spawn(chosen, state, log)
        try:
            if _wait_until_healthy(server, address):
                return server, address
        except BaseException:
            _stop(server)
            raise
        if server.poll() is None:
            _stop(server)
            break
    message = f"the Prefect server did not start; {log} says why; to go without it: newsledger run --plain"
    raise NewsledgerError(message)


def _spawn(port: int, state: Path, log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)]
    environment = _PRUNED | os.environ | _SILENCE | {"PREFECT_HOME": str(state / "prefect")}
    with log.open("wb") as sink:
        # A process group of its own, so that the terminal's Ctrl-C reaches it after the flows, from us.
        server = subprocess.Popen(  # noqa: S603 - our own interpreter
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            process_group=0,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - it only makes a system call
        )
    _children.append(server)
    return server


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str) -> bool:
    """Wait for a healthy answer; say no where the server ends before, or takes too long."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if _answers(address):
            return True
        time.sleep(0.2)
    return False


def _answers(address: str, *, through_proxy: bool = False) -> bool:
    """Tell whether an API is there; one that wants a key first counts too."""
    try:
        opener = build_opener() if through_proxy else build_opener(ProxyHandler({}))
        with opener.open(f"{address}/health", timeout=_ANSWER_SECONDS):
            return True
    except HTTPError:
        return through_proxy
    except (OSError, ValueError):
        return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End a server and all that it started: kindly, then by force."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        server.wait(_STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
