"""Scores the extractor against every gold set that lies beside the checkout: `python -m bench.baseline [TASK ...]`.

Prints score.py's table a task; the gold sets beside the checkout are described where they lie.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
COMMAND = Path(sys.executable).with_name("newsledger")
GOLD = {
    "seeds": ("articles", ROOT / "seeds" / "expected"),
    "articles": ("articles", SHARED / "gold"),
    "polnear": ("polnear", SHARED / "data" / "polnear" / "dev.jsonl.gz"),
    "plv": ("plv", SHARED / "data" / "plv" / "plv.jsonl"),
    "gsr": ("gsr", SHARED / "data" / "plover-gsr" / "gsr.jsonl"),
    "timebank": ("timex", SHARED / "data" / "timex" / "timebank.jsonl"),
    "aquaint": ("timex", SHARED / "data" / "timex" / "aquaint.jsonl"),
    "meantime": ("timex", SHARED / "data" / "meantime" / "documents.jsonl.gz"),
    "worldwide": ("ner", SHARED / "data" / "worldwide-newswire" / "ner.jsonl.gz"),
    "ewt": ("ner", SHARED / "data" / "uner-ewt" / "dev.jsonl.gz"),
    "actors": ("actors", SHARED / "data" / "ngec-actors" / "cases.jsonl"),
    "bodies": ("bodies", SHARED / "data" / "fundus-parser-tests" / "bodies.jsonl.gz"),
}


def score(name: str, folder: Path) -> str:
    """Extract one gold set's documents with the command a user has, and give score.py's table."""
    task, gold = GOLD[name]
    scorer, documents, predictions = (
        ROOT / "bench" / "score.py",
        folder / f"{name}.jsonl",
        folder / f"{name}.pred.jsonl",
    )
    if name == "seeds":
        documents = ROOT / "seeds" / "articles"
    else:
        with documents.open("w", encoding="utf-8") as out:
            subprocess.run([sys.executable, scorer, "inputs", task, gold], stdout=out, check=True)
    started = time.perf_counter()
    with predictions.open("w", encoding="utf-8") as out:
        command = [COMMAND, "extract", str(documents), "--format", "jsonl"]
        subprocess.run(command, stdout=out, check=True)
    seconds = time.perf_counter() - started
    size = sum(len(json.loads(line)["text"]) for line in predictions.open(encoding="utf-8"))
    table = subprocess.run(
        [sys.executable, scorer, task, gold, predictions], capture_output=True, text=True, check=True
    )
    return f"== {name} ({task}): {size:,} characters in {seconds:.1f} s\n{table.stdout}"


def main() -> None:
    """Score the sets that are named, or all that are there."""
    wanted = sys.argv[1:] or [name for name, (_, gold) in GOLD.items() if gold.exists()]
    with tempfile.TemporaryDirectory() as folder:
        for name in wanted:
            print(score(name, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
