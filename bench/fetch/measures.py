"""What one run measures: time, processor time, the part of it that parsing takes, and memory."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")
_MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a run is to read, and how: `concurrency` is that of requests."""

    port: int
    feeds: int
    concurrency: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of one run, in seconds; `parse_s` is the processor time spent in parsers, `cpu_s` that of all."""

    documents: int
    wall_s: float
    cpu_s: float
    parse_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one variant. `peak_mib` is the most memory that was resident at once; the server counts the rest."""

    variant: str
    feeds: Stage
    pages: Stage
    peak_mib: float
    requests: int = 0
    connections: int = 0


class Reader(Protocol):
    """A variant: `spent` takes the processor time, in seconds, of each call of a parser."""

    spent: list[float]
    processes: int

    def read_feeds(self) -> int:
        """Read all feeds; give the number of items found."""

    def read_pages(self) -> int:
        """Read the pages of these items; give the number of those that gave a text."""


def timed(parse: Callable[P, T], spent: list[float]) -> Callable[P, T]:
    """Note the processor time of this thread for each call. Waiting for the interpreter's lock costs none."""

    @wraps(parse)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        started = time.thread_time()
        try:
            return parse(*args, **kwargs)
        finally:
            spent.append(time.thread_time() - started)

    return call


def measure(variant: str, reader: Reader, items: int) -> Run:
    """Run a variant; raises ValueError where it did not read everything, since then its time means nothing."""
    feeds = _stage(reader.read_feeds, items, reader.spent)
    pages = _stage(reader.read_pages, items, reader.spent)
    return Run(variant=variant, feeds=feeds, pages=pages, peak_mib=_peak_mib(reader.processes))


def _stage(work: Callable[[], int], expected: int, spent: list[float]) -> Stage:
    spent.clear()
    cpu_s, started = _cpu_s(), time.perf_counter()
    found = work()
    wall_s = time.perf_counter() - started
    if found != expected:
        message = f"{found} of {expected} were read"
        raise ValueError(message)
    return Stage(documents=len(spent), wall_s=wall_s, cpu_s=_cpu_s() - cpu_s, parse_s=sum(spent))


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak_mib(processes: int) -> float:
    """Add up the peaks; of several helping processes only the largest one's is known."""
    unit = 1 if sys.platform == "darwin" else 1024
    own, helper = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + processes * helper) * unit / _MIB
