"""Files that are written whole or not at all, and by one at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger.records.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Who changes a file works out first, in some seconds, what to write.
_TRIES, _WAIT_S = 300, 0.1


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Wait until nobody else reads a file in order to write it anew, and let nobody else meanwhile.

    Raises BusyError where that takes too long.
    """
    folder = path.resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    # The folder is locked, since the file is replaced by each writing, and no further file need lie beside it.
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _lock(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path) -> None:
    for _ in range(_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_WAIT_S)
        else:
            return
    message = f"{path}: another command is changing it; wait until that has finished, or stop it"
    raise BusyError(message)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that whoever reads it sees the old text or the new one, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, aside) if path.exists() else Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except BaseException as error:
        Path(aside).unlink(missing_ok=True)
        if isinstance(error, OSError) and not error.filename:
            error.filename = str(path)  # a full disk does not say where
        raise
