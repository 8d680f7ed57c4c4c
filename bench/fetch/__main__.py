"""Measures and prints: `python -m bench.fetch [--scale 0.1] [--rounds 3] [--json]`.

This process loads no library of either side: the memory of the process that starts another counts as that one's.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import ProxyHandler, build_opener

from bench.fetch.measures import Run, Stage
from bench.fetch.report import REFERENCE, figures, ratios, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).resolve().parents[2]
_FEEDS = 500
_CORES = 2
_VARIANTS = ("ours", REFERENCE, "threads", "processes")


def main() -> None:
    """Run the variants in turn, round by round, so that what disturbs the machine disturbs them alike."""
    asked = _arguments()
    feeds = max(1, round(_FEEDS * asked.scale))
    _keep_to_cores()
    with _server(feeds) as port:
        runs = [_run(name, port, feeds, asked.concurrency) for _ in range(asked.rounds) for name in asked.variants]
    found = {name: figures(name, runs) for name in asked.variants}
    if asked.json:
        reference = found.get(REFERENCE)
        medians = {name: asdict(one) for name, one in found.items()}
        shares = {name: ratios(one, reference) for name, one in found.items()} if reference else {}
        print(json.dumps({"medians": medians, "ratios": shares, "runs": [asdict(run) for run in runs]}, indent=1))
    else:
        print(f"{feeds:,} feeds, {feeds * 10:,} pages, {asked.concurrency} at once, medians of {asked.rounds}")
        print(table(found.values()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.fetch", description="Measure fetching beside a bare loop.")
    parser.add_argument("--scale", type=float, default=1.0, help=f"1 is {_FEEDS} feeds and ten pages for each")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each variant")
    parser.add_argument("--concurrency", type=int, default=16, help="requests under way at once")
    parser.add_argument("--variants", nargs="+", choices=_VARIANTS, default=_VARIANTS)
    parser.add_argument("--json", action="store_true", help="print all runs, medians and ratios as JSON")
    return parser.parse_args()


def _keep_to_cores() -> None:
    """Keep this process and its children, the server among them, to as many cores as the figures are meant for."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:_CORES])


@contextmanager
def _server(feeds: int) -> Iterator[int]:
    """Start the server and give its port."""
    command = [sys.executable, "-m", "bench.fetch.server", str(feeds)]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


def _run(variant: str, port: int, feeds: int, concurrency: int) -> Run:
    """Run a variant in a process of its own."""
    command = [sys.executable, "-m", "bench.fetch.run", variant, str(port), str(feeds), str(concurrency)]
    before = _count(port)
    done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    after = _count(port)
    told = json.loads(done.stdout)
    return Run(
        variant=variant,
        feeds=Stage(**told["feeds"]),
        pages=Stage(**told["pages"]),
        peak_mib=told["peak_mib"],
        requests=after["requests"] - before["requests"],
        connections=after["connections"] - before["connections"],
    )


def _count(port: int) -> dict[str, int]:
    """Ask the server what it counted."""
    with build_opener(ProxyHandler({})).open(f"http://127.0.0.1:{port}/count", timeout=10) as answer:
        return dict(json.load(answer))


if __name__ == "__main__":
    main()
