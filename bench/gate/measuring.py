"""A gold set is read with the command that a user has, and scored with score.py."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from argparse import Namespace
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bench.gate.sets import ROOT
from bench.score import TASKS, inputs, rows
from training.sets import is_held_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bench.gate.sets import GoldSet

_NEWSLEDGER = Path(sys.executable).with_name("newsledger")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A set's figures today: those that may have floors, all that score.py tells, and the digest of the data."""

    name: str
    data: str
    figures: dict[str, float]
    results: dict[str, Any]
    seconds: float


def measure(gold_set: GoldSet) -> Measured:
    """Read the documents of a set and score what was found in them."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        gold = measured_part(gold_set, folder)
        # A question about a pair is its gold record, without the answer.
        questions = _pairs(gold) if gold_set.asks == "relation" else inputs(gold_set.task, gold)
        documents = gold_set.documents or _write(folder / "documents.jsonl", questions)
        found = folder / "found.jsonl"
        started = time.perf_counter()
        _read(gold_set.asks, documents, found)
        seconds = time.perf_counter() - started
        answered = gold_set.asks == "relation"
        results = TASKS[gold_set.task](
            gold, None if answered else found, Namespace(roots=found if answered else None, by=None)
        )
        return Measured(
            name=gold_set.name,
            data=digest_of(gold, documents),
            figures={measure: figure_of(results.get(measure)) for measure in gold_set.measures},
            results=results,
            seconds=seconds,
        )


def measured_part(gold_set: GoldSet, folder: Path) -> Path:
    """Give the gold data that is measured: all of it, or a copy of what training leaves out."""
    if gold_set.held_out == 1:
        return gold_set.gold
    kept = (row for row in rows(gold_set.gold) if is_held_out(row["text"], gold_set.held_out))
    return _write(folder / "gold.jsonl", kept)


def figure_of(result: Any) -> float:  # noqa: ANN401 - score.py gives a number, a dictionary or nothing
    """Give the one figure of a result: F1, or how many are right. What was not found at all counts as 0."""
    if isinstance(result, dict):
        return float(result["f1"] if "f1" in result else result["accuracy"])
    return float(result or 0)


def digest_of(*paths: Path) -> str:
    """Give a short digest of files and of the files in folders: their names and what stands in them."""
    files = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    whole = sha256()
    for file in files:
        if file.is_file():
            whole.update(sha256(file.name.encode()).digest() + sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:12]


def _pairs(gold: Path) -> Iterator[dict[str, Any]]:
    for row in rows(gold):
        yield {key: row[key] for key in ("id", "text", "source_spans", "target_spans")}


def _read(task: str | None, documents: Path, found: Path) -> None:
    """Let the command write what it finds, with the environment's own interpreter."""
    with found.open("wb") as out:
        if task:
            command = [sys.executable, "-m", "bench.answers", task]
            subprocess.run(command, input=documents.read_bytes(), stdout=out, cwd=ROOT, check=True)
        else:
            command = [str(_NEWSLEDGER), "extract", str(documents), "--format", "jsonl"]
            subprocess.run(command, stdout=out, check=True)


def _write(path: Path, lines: Iterable[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return path
