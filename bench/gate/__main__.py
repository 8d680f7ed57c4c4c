"""Measures sets, prints their figures beside the floors, and pins: see the package."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from subprocess import CalledProcessError
from typing import TYPE_CHECKING

from bench.gate.floors import faults, pinned, read_floors, table, write_floors
from bench.gate.measuring import measure
from bench.gate.sets import SETS
from bench.score import table as print_results

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.gate.sets import GoldSet

FLOORS = Path(__file__).with_name("floors.toml")


def main() -> int:
    """Give 0 where every floor holds, 1 where one does not or a set can't be read, 2 where a set isn't there."""
    asked = _arguments()
    absent = [name for name in asked.sets or SETS if not SETS[name].gold.exists()]
    if absent:
        print(f"not beside this checkout: {', '.join(absent)}", file=sys.stderr)
    if absent and asked.sets:
        return 2
    sets = [SETS[name] for name in asked.sets or SETS if name not in absent]
    found = hold(sets, FLOORS, pin=asked.pin, full=asked.full)
    print("\n".join(found or ["no figure is below its floor"]))
    return 1 if found else 0


def hold(sets: Iterable[GoldSet], path: Path, *, pin: bool = False, full: bool = False) -> list[str]:
    """Measure sets, pin them if asked, print their figures beside the floors, and give what must not pass."""
    found: list[str] = []
    for gold_set in sets:
        name = gold_set.name
        try:
            today = measure(gold_set)
        except CalledProcessError as failure:
            command = " ".join(Path(word).name for word in failure.cmd[:3])
            found.append(f"{name}: can't be read; `{command} ...` ended with exit status {failure.returncode}")
            continue
        floors = read_floors(path)
        if pin:
            floors[name] = pinned(floors.get(name), today)
            write_floors(path, floors)
        print(f"== {name} ({gold_set.task}), read in {today.seconds:.1f} s")
        print(table(floors.get(name), today))
        if full:
            print_results(today.results)
        print(flush=True)
        found += faults(floors.get(name), today)
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.gate", description="Hold the extractor's figures against their floors."
    )
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"{', '.join(SETS)}; all if none is named")
    parser.add_argument("--full", action="store_true", help="print all that score.py measures, too")
    parser.add_argument(
        "--pin", action="store_true", help="make today's figures the floors; on the same data none comes down"
    )
    asked = parser.parse_args()
    # Told here: with `choices`, argparse of Python 3.11 refuses a command that names none.
    if unknown := sorted(set(asked.sets) - SETS.keys()):
        parser.error(f"no set is called {', '.join(unknown)}; there are {', '.join(SETS)}")
    return asked


if __name__ == "__main__":
    sys.exit(main())
