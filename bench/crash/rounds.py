"""The three ways in which a run is disturbed; each round tells what it met and what did not hold."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.crash.checking import Books
from bench.crash.site import DOCUMENTS, PAGES, Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

    from tests.webserver import Web

_MENDABLE = 2
_DISK = "128m"
_NOTHING_ADDED = "added     0 articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A disturbed run: in which way, when it was over, what had been stored by then, and what did not hold."""

    way: str
    met: str
    faults: tuple[str, ...]


def killed(folder: Path, web: Web, chance: Random, rounds: int) -> Iterator[Round]:
    """End a run by SIGKILL at a random moment, then let one run in peace."""
    site, books, lasts_s = _begun(folder, web)
    for _ in range(rounds):
        before = books.articles
        site.grow()
        process = site.start()
        # Before a third of the time the interpreter is importing.
        time.sleep(chance.uniform(lasts_s / 3, lasts_s))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        faults = books.faults()
        yield Round(way="kill", met=_phase(process, books.articles - before), faults=(*faults, *_healed(site, books)))
    yield _calm("kill", site)


def two_writers(folder: Path, web: Web, rounds: int) -> Iterator[Round]:
    """Start two runs at once: one is told who is writing, or both take turns."""
    site, books, _ = _begun(folder, web)
    for _ in range(rounds):
        site.grow()
        both = [site.start(), site.start()]
        ended = [(process.communicate()[1], process.returncode) for process in both]
        faults = [fault for complained, status in ended for fault in rude(complained, status, "writing to")]
        statuses = sorted(status for _, status in ended)
        if statuses[0] != 0:
            faults.append(f"neither of two runs went through: {statuses}")
        met = "one was refused" if statuses[-1] else "they took turns"
        yield Round(way="two writers", met=met, faults=(*faults, *books.faults(), *_healed(site, books)))
    yield _calm("two writers", site)


def full_disk(folder: Path, web: Web, chance: Random, rounds: int) -> Iterator[Round]:
    """Fill the disk before a run or at a random moment of it, look, make room, and let one run in peace."""
    with _tmpfs(folder) as is_mounted:
        if not is_mounted:
            return
        site, books, lasts_s = _begun(folder / "site", web)
        for no in range(rounds):
            site.grow()
            filler, left = folder / "filler", chance.randrange(8_000_000)
            if no % 2:
                _fill(filler, left)
                process = site.start()
            else:
                process = site.start()
                time.sleep(chance.uniform(lasts_s / 3, lasts_s))
                _fill(filler, left // 20)
            complained = process.communicate()[1]
            faults = rude(complained, process.returncode, "o space left")
            met = "it was told in one line" if process.returncode else "it went through"
            filler.unlink()
            faults += books.faults()
            yield Round(way="full disk", met=met, faults=(*faults, *_healed(site, books)))
        yield _calm("full disk", site)


def _begun(folder: Path, web: Web) -> tuple[Site, Books, float]:
    """Make a site, let one run in peace, and tell how many seconds it took."""
    site = Site(folder, web)
    site.grow()
    site.run()
    site.grow()
    began = time.monotonic()
    site.run()
    lasts_s = time.monotonic() - began
    books = Books(site)
    if faults := books.faults():
        raise RuntimeError("; ".join(faults))
    return site, books, lasts_s


def _healed(site: Site, books: Books) -> list[str]:
    try:
        site.run()
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        return [str(error)]
    return books.unhealed()


def _calm(way: str, site: Site) -> Round:
    is_calm = _NOTHING_ADDED in site.run()
    return Round(way=way, met="a last run in peace", faults=() if is_calm else ("it found something to add",))


def _phase(process: subprocess.Popen[str], added: int) -> str:
    if process.returncode == 0:
        return "it was through"
    if added == 0:
        return "before an article was stored"
    return "with some articles stored" if added < DOCUMENTS + PAGES else "with all articles stored"


def rude(complained: str, status: int, expected: str) -> list[str]:
    """Tell where a run that failed did not say why in one line."""
    if status == 0:
        return []
    errors = [line for line in complained.splitlines() if line.startswith("newsledger: error: ")]
    if status == _MENDABLE and len(errors) == 1 and expected in errors[0] and "Traceback" not in complained:
        return []
    return [f"it ended with {status} and said: {complained.strip()[-300:]}"]


def _fill(filler: Path, left: int) -> None:
    """Take the room of a disk, but for some bytes."""
    free = os.statvfs(filler.parent)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, free.f_bavail * free.f_bsize - left))


@contextmanager
def _tmpfs(folder: Path) -> Iterator[bool]:
    """Mount a small disk at a folder for as long as it is needed; give whether that was possible."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", folder]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        yield False
        return
    try:
        yield done.returncode == 0
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", folder], check=True)  # noqa: S607 - wherever the system has it
