"""Measures and prints: `python -m bench.store [--articles 100000] [--growth FILE.svg] [--rounds 3] [--json]`.

It takes minutes for 100,000 articles; a million take about an hour and 10 GB of disk.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.folders import folder_for
from bench.store.report import Answer, Pace, Stage, curve, table
from store.guide.cookbook import QUESTIONS

_ROOT = Path(__file__).resolve().parents[2]
_STAGES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
_AGAIN = _PACE = 20_000
_FEW = 50

Told = dict[str, Any]  # a line of bench.store.run


def main() -> None:
    """Measure one ledger, or one that grows."""
    asked = _arguments()
    stops = [*(stop for stop in _STAGES if stop < asked.articles and asked.growth), asked.articles]
    load = os.getloadavg()[0]
    with folder_for("store", asked.folder) as folder:
        pace = _pace(folder, min(_PACE, asked.articles), asked.rounds)
        stages = []
        for former, stop in zip([0, *stops], stops, strict=False):
            stages.append(_stage(folder, former, stop, asked))
            print(f"{stop:,} articles measured", file=sys.stderr)
    if asked.growth:
        asked.growth.write_text(curve(stages), encoding="utf-8")
    if asked.json:
        told = {"load_before": load, "load_after": os.getloadavg()[0]}
        print(json.dumps({**told, "pace": asdict(pace), "stages": [asdict(stage) for stage in stages]}, indent=1))
    else:
        print(f"medians of {asked.rounds}; load average {load:.1f} before, {os.getloadavg()[0]:.1f} after")
        print(table(pace, stages))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.store", description="Measure the store.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3, help="how often each thing is measured")
    parser.add_argument(
        "--growth", type=Path, metavar="FILE.svg", help="measure on the way too, from 10,000 on, and draw it"
    )
    parser.add_argument(
        "--folder", type=Path, help="an empty folder for the files, which stay (default: a temporary one)"
    )
    parser.add_argument(
        "--questions", nargs="+", metavar="NAME", default=sorted(path.stem for path in QUESTIONS.glob("*.sql"))
    )
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")
    return parser.parse_args()


def _pace(folder: Path, articles: int, rounds: int) -> Pace:
    """Load the same articles into empty ledgers both ways in turn, so that what disturbs one disturbs the other."""
    found: dict[str, list[float]] = {"save": [], "save_bare": []}
    for _ in range(rounds):
        for what, paces in found.items():
            with TemporaryDirectory(dir=folder) as empty:
                told = _run(what, Path(empty), 0, articles, articles)
            paces.append(told["rows"] / told["clock_s"])
    return Pace(articles=articles, saved=median(found["save"]), bare=median(found["save_bare"]))


def _stage(folder: Path, former: int, stop: int, asked: argparse.Namespace) -> Stage:
    """Let the ledger grow to so many articles and measure it."""
    articles, rounds = asked.articles, asked.rounds
    ledger = folder / "ledger.duckdb"
    loaded = _run("save", folder, former, stop - former, articles)
    size = ledger.stat().st_size
    again_articles = min(_AGAIN, stop - former)
    again = _run("save", folder, stop - again_articles, again_articles, articles)
    # The next ones: were they of a later year, the newest days that questions ask for would be theirs alone.
    few = [_run("save_few", folder, stop + number * _FEW, _FEW, articles)["clock_s"] for number in range(rounds)]

    def often(what: str) -> Told:
        told = [_run(what, folder, 0, stop, articles) for _ in range(rounds)]
        return {name: median(one[name] for one in told) for name in told[0]}

    remember, rewrite = often("remember"), often("rewrite")
    return Stage(
        articles=stop,
        rows=loaded["rows"],
        load_s=loaded["clock_s"],
        rows_a_second=loaded["rows"] / loaded["clock_s"],
        bytes_an_article=size / stop,
        again_articles=again_articles,
        again_s=again["clock_s"],
        again_rows=again["rows"],
        few_s=median(few),
        remember_s=remember["clock_s"],
        remember_mib=remember["peak_mib"],
        rewrite_s=rewrite["clock_s"],
        rewritten_bytes_an_article=rewrite["bytes"] / stop,
        copy_s=often("copy")["clock_s"],
        look_through_s=_run("look_through", folder, 0, stop, articles)["clock_s"],
        index_s=_run("index", folder, 0, stop, articles)["clock_s"],
        answers=tuple(_answer(folder, name, rounds) for name in asked.questions),
    )


def _answer(folder: Path, question: str, rounds: int) -> Answer:
    told = _run("ask", folder, question, rounds)
    if "error" in told:
        return Answer(question=question, error=told["error"])
    return Answer(question=question, seconds=told["clock_s"], rows=told["rows"], peak_mib=told["peak_mib"])


def _run(what: str, folder: Path, *arguments: object) -> Told:
    """Do one thing in a process of its own; a process that fails ends the measurement."""
    command = [sys.executable, "-m", "bench.store.run", what, str(folder.resolve()), *map(str, arguments)]
    done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    told: Told = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    main()
