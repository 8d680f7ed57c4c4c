"""Simulates a month and prints what became of it; exit status 1 where anything was missed.

`python -m bench.month [--days 30] [--articles 3000] [--sources 40] [--seed 1] [--folder FOLDER]`; minutes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.folders import folder_for
from bench.month.report import table
from bench.month.running import make_config
from bench.month.simulating import simulate
from bench.month.tampering import try_fabrications
from bench.month.world import make_month

_WORKERS = 2
# Every so many days what the digest tells is falsified.
_FORGED = 9
# What the stories and copies that were found must reach.
_LEAST_F1, _LEAST_RECALL, _LEAST_PRECISION = 0.90, 0.98, 0.99


def main() -> None:
    """Let the month happen."""
    asked = _arguments()
    month = make_month(asked.days, asked.articles, asked.seed, asked.sources)
    with folder_for("month", asked.folder) as folder:
        config = make_config(folder, month, _WORKERS)
        outcome = simulate(config, month, lambda line: print(line, file=sys.stderr))
        fabrications = try_fabrications(config, month.days[_FORGED::_FORGED])
    print(table(month, outcome, fabrications))
    copies = outcome.scores["copies, pairs"]
    is_good = (
        not outcome.missed
        and not outcome.told.twice
        and not outcome.refused
        and not fabrications[1]
        and all(score.f1 >= _LEAST_F1 for score in outcome.scores.values())
        and copies.recall >= _LEAST_RECALL
        and copies.precision >= _LEAST_PRECISION
    )
    sys.exit(not is_good)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.month", description="Simulate a month of news.")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--articles", type=int, default=3000, help="at least as many as the planted stories have")
    parser.add_argument("--sources", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="an empty folder for the files, which stay (default: a temporary)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
