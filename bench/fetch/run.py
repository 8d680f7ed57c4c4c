"""One run of one variant in a process of its own: `python -m bench.fetch.run VARIANT PORT FEEDS CONCURRENCY`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from bench.fetch.fixtures import ITEMS
from bench.fetch.measures import Reader, Task, measure


def _reader(variant: str, task: Task) -> Reader:
    """Make a variant's reader; only its own libraries are loaded, for memory's sake."""
    if variant in ("bare", "threads"):
        from bench.fetch.bare import Bare, resolve_here  # noqa: PLC0415

        resolve_here()
        return Bare(task, in_threads=variant == "threads")
    from bench.fetch.ours import Ours  # noqa: PLC0415

    return Ours(task, processes=2 if variant == "processes" else 0)


def main() -> None:
    """Print what the run measured as JSON."""
    variant, *numbers = sys.argv[1:]
    port, feeds, concurrency = map(int, numbers)
    task = Task(port=port, feeds=feeds, concurrency=concurrency)
    try:
        run = measure(variant, _reader(variant, task), feeds * ITEMS)
    except ValueError as error:
        sys.exit(f"{variant}: {error}")
    print(json.dumps(asdict(run)))


if __name__ == "__main__":
    main()
