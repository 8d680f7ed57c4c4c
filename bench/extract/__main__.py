"""Measures and prints: `python -m bench.extract [--articles 60] [--rounds 5] [--memory 10000]`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.extract.stages import REST

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).resolve().parents[2]
_CORES = 2
_EVERY = 1_000

Told = dict[str, Any]  # a line of bench.extract.run


def main() -> None:
    """Print the pace with the share of each stage, or how memory goes."""
    asked = _arguments()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:_CORES])
    if asked.memory:
        for told in _read(0, asked.memory, min(_EVERY, asked.memory)):
            print(f"{told['articles']:>7,} articles {told['mib']:7.1f} MiB", flush=True)
    else:
        print(report([side_by_side(asked.articles) for _ in range(asked.rounds)]))


def side_by_side(articles: int) -> list[Told]:
    """Read so many articles in each of two processes at a time."""
    running = [_read(core * articles, articles, articles) for core in range(_CORES)]
    return [told for process in running for told in process]


def report(rounds: list[list[Told]]) -> str:
    """Write medians of rounds: articles a second of all processes together, then what a stage takes of an article."""
    told = [one for found in rounds for one in found]
    paces = {
        clock: median(sum(one["articles"] / one[clock] for one in found) for found in rounds)
        for clock in ("clock", "processor")
    }
    words = sum(one["words"] for one in told) / sum(one["articles"] for one in told)
    head = (
        f"{paces['clock']:.1f} articles of {words:.0f} words a second on {_CORES} cores, "
        f"{paces['processor']:.1f} by processor time (medians of {len(rounds)} rounds); "
        f"{max(one['mib'] for one in told):.0f} MiB at most each\n"
        f"{'stage':<12}{'share':>7}{'ms an article':>15}"
    )
    stages = [_stages(one) for one in told]
    names = Counter({name: median(one.get(name, 0.0) for one in stages) for one in stages for name in one})
    whole = sum(names.values())
    return "\n".join([head, *(f"{name:<12}{took / whole:>7.1%}{took:>15.1f}" for name, took in names.most_common())])


def _stages(told: Told) -> dict[str, float]:
    """Give the milliseconds that an article takes, stage by stage."""
    rest = told["clock"] - sum(told["stages"].values())
    return {name: 1000 * took / told["articles"] for name, took in {**told["stages"], REST: rest}.items()}


def _read(first: int, count: int, every: int) -> Iterator[Told]:
    """Start a process at once; give its lines as they come."""
    command = [sys.executable, "-m", "bench.extract.run", str(first), str(count), str(every)]
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)

    def lines() -> Iterator[Told]:
        with process:
            yield from map(json.loads, process.stdout or ())
        if process.returncode:
            sys.exit(process.returncode)

    return lines()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.extract", description="Measure whole extraction.")
    parser.add_argument("--articles", type=int, default=60, help="articles that each process reads in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--memory", type=int, default=0, metavar="N", help="read N articles and watch the memory instead"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
