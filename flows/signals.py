"""How the commands that write take Ctrl-C and SIGTERM."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

# What a process that is told to end may take for tidying up, while a step in a thread waits for a slow server.
_PATIENCE_S = 5.0
_ENDS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM unwind the block as Ctrl-C does, so that what was started is ended too."""

    def end(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def ending_promptly(abandon: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM unwind the block; where that takes more than a few seconds, end the process at once.

    Python can't interrupt a thread, and Prefect waits for its tasks. A sudden end costs nothing that is stored: a batch
    is one transaction, files are replaced whole. `abandon` is called before it, for what would stay behind.
    """
    inner, outer = socket.socketpair()
    outer.settimeout(0)

    def watch() -> None:
        told = inner.recv(1)
        # An empty answer says that the block has ended.
        while told and told[0] not in _ENDS:
            told = inner.recv(1)
        if told and not over.wait(_PATIENCE_S):
            abandon()
            os.write(sys.stderr.fileno(), b"newsledger: error: interrupted\n")
            os._exit(128 + told[0])

    over = threading.Event()
    threading.Thread(target=watch, daemon=True).start()
    # Whoever sets handlers meanwhile, and Prefect does, this tells of every signal.
    before = signal.set_wakeup_fd(outer.fileno(), warn_on_full_buffer=False)
    try:
        with terminable():
            yield
    finally:
        over.set()
        signal.set_wakeup_fd(before)
        outer.close()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off Ctrl-C and SIGTERM for the seconds that tidying up takes; a second one must not leave half of it."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _ENDS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
