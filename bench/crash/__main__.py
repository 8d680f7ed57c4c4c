"""Disturbs runs and prints what was met and what did not hold: see the package."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.crash.rounds import full_disk, killed, two_writers
from tests.webserver import serving

if TYPE_CHECKING:
    from bench.crash.rounds import Round


def main() -> int:
    """Give 0 where everything held, else 1."""
    asked = _arguments()
    chance = Random(asked.seed)  # noqa: S311 - any moment will do
    few = max(2, asked.rounds // 10)
    began = time.monotonic()
    rounds: list[Round] = []
    with TemporaryDirectory(prefix="newsledger-crash-") as folder, serving() as web:
        for found in (
            killed(Path(folder, "killed"), web, chance, asked.rounds),
            full_disk(Path(folder, "full"), web, chance, 2 * few),
            two_writers(Path(folder, "two"), web, few),
        ):
            for one in found:
                rounds.append(one)
                for fault in one.faults:
                    print(f"{one.way}, {one.met}: {fault}", flush=True)
    print(table(rounds))
    if not any(one.way == "full disk" for one in rounds):
        print("full disk: left out, no tmpfs can be mounted here")
    print(f"seed {asked.seed}, {time.monotonic() - began:.0f} s")
    return 1 if any(one.faults for one in rounds) else 0


def table(rounds: list[Round]) -> str:
    """Count the rounds by what they met, and those in which something did not hold."""
    all_, bad = (
        Counter((one.way, one.met) for one in some) for some in (rounds, [one for one in rounds if one.faults])
    )
    lines = [f"{'':<12} {'the run was over':<32} {'rounds':>6} {'violated':>8}"]
    lines += [f"{way:<12} {met:<32} {number:>6} {bad[way, met]:>8}" for (way, met), number in sorted(all_.items())]
    return "\n".join(lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.crash", description="End runs in bad ways and look after.")
    parser.add_argument("--rounds", type=int, default=50, metavar="N", help="how many runs to kill; 50 if not given")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="chooses the moments; 1 if not given")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
