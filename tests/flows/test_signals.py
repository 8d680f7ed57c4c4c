"""Ctrl-C and SIGTERM end a command soon, whatever a step is waiting for."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.webserver import Web

COMMAND = Path(sys.executable).with_name("newsledger")
WAITING = """
import time
from concurrent.futures import ThreadPoolExecutor
from flows import signals
signals._PATIENCE_S = 0.5
with signals.ending_promptly(lambda: print("abandoned", flush=True)), ThreadPoolExecutor() as pool:
    waiting = pool.submit(time.sleep, 60)
    print("ready", flush=True)
    waiting.result()
"""


@pytest.mark.parametrize(("how", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_thread_that_waits_does_not_hold_up_the_end(how: signal.Signals, status: int) -> None:
    command = [sys.executable, "-c", WAITING]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.send_signal(how)
        said, complained = process.communicate(timeout=15)
    assert (process.returncode, said, complained) == (status, "abandoned\n", "newsledger: error: interrupted\n")


def test_ctrl_c_ends_a_run_with_one_line_and_the_next_one_works(
    write_config: Callable[..., Path], seeds: Path, tmp_path: Path, web: Web
) -> None:
    assert seeds.exists()
    write_config(("slow", web.put("/slow.xml", "<rss/>", delay_s=20)))
    command = [COMMAND, "run", "--plain"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        note = tmp_path / "data" / "ledger.duckdb.lock"
        while not note.exists() or "newsledger monitor" not in note.read_text(encoding="utf-8"):
            assert process.poll() is None
            time.sleep(0.05)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        said, complained = process.communicate(timeout=15)
    assert (process.returncode, said) == (130, "")
    assert complained.endswith("\nnewsledger: error: interrupted\n")
    assert "Traceback" not in complained
    write_config()
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
