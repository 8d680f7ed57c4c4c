"""The gold sets: what is measured on which data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SEEDS = ROOT / "seeds"
_SHARED = ROOT.parent / "shared"
_DATA = _SHARED / "data"

_ARTICLES = (
    "entities",
    "entities type",
    "entities country",
    "entity mention strings",
    "citations",
    "statements loose (content >= 0.3)",
    "statements strict (content >= 0.8)",
    "statements loose + speaker",
    "statements kind",
    "statements via",
    "events a (type + evidence)",
    "events b (a + one actor)",
    "events c (a + all actors, recipients)",
    "events status",
    "events date overlaps",
    "events location",
    "events attributed_to",
    "figures (span + value)",
    "figures unit",
    "figures bound",
    "figures attributed_to",
    "times value (relaxed)",
    "times interval on matched",
    "topics",
)
_TIMES = ("relaxed", "strict", "value (relaxed)")
_NAMES = ("micro", "micro without MISC")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSet:
    """Gold data, the task that score.py knows it as, and the measures of its that have floors."""

    name: str
    task: str
    asks: str | None = None  # the task of bench/answers.py, where an extraction doesn't say it
    gold: Path
    measures: tuple[str, ...]
    documents: Path | None = None  # what is read, where score.py doesn't make it of the gold
    held_out: int = 1  # one in so many texts is measured, the one that training leaves out
    is_quick: bool = False  # read within seconds, so that tests run it


_ALL = (
    GoldSet(
        name="seeds",
        task="articles",
        gold=_SEEDS / "expected",
        documents=_SEEDS / "articles",
        measures=_ARTICLES,
        is_quick=True,
    ),
    GoldSet(name="articles", task="articles", gold=_SHARED / "gold", measures=_ARTICLES, is_quick=True),
    GoldSet(
        name="worldwide",
        task="ner",
        gold=_DATA / "worldwide-newswire" / "ner.jsonl.gz",
        measures=_NAMES,
        held_out=10,
        is_quick=True,
    ),
    GoldSet(name="ewt", task="ner", gold=_DATA / "uner-ewt" / "dev.jsonl.gz", measures=_NAMES),
    GoldSet(
        name="actors",
        task="actors",
        gold=_DATA / "ngec-actors" / "cases.jsonl",
        measures=("country", "sector", "all that is asked"),
        is_quick=True,
    ),
    GoldSet(
        name="names",
        task="names",
        asks="names",
        gold=_DATA / "name-bench" / "pairs.jsonl",
        measures=("at 0.5",),
        is_quick=True,
    ),
    GoldSet(
        name="polnear",
        task="polnear",
        gold=_DATA / "polnear" / "dev.jsonl.gz",
        measures=("relation (content >= 0.3)", "content overlap (token F1 >= 0.5)", "source on matched"),
    ),
    GoldSet(
        name="plv",
        task="plv",
        gold=_DATA / "plv" / "plv.jsonl",
        measures=("hit: pair + root", "pair found"),
        held_out=5,
        is_quick=True,
    ),
    GoldSet(
        name="pairs",
        task="plv",
        asks="relation",
        gold=_DATA / "plv" / "plv.jsonl",
        measures=("pair given: root macro F1", "pair given: quad accuracy"),
        held_out=5,
        is_quick=True,
    ),
    GoldSet(
        name="gsr",
        task="gsr",
        gold=_DATA / "plover-gsr" / "gsr.jsonl",
        measures=("type", "quad"),
        held_out=5,
        is_quick=True,
    ),
    GoldSet(name="timebank", task="timex", gold=_DATA / "timex" / "timebank.jsonl", measures=_TIMES),
    GoldSet(name="aquaint", task="timex", gold=_DATA / "timex" / "aquaint.jsonl", measures=_TIMES),
    GoldSet(
        name="meantime", task="timex", gold=_DATA / "meantime" / "documents.jsonl.gz", measures=_TIMES, is_quick=True
    ),
    GoldSet(
        name="clusters",
        task="clusters",
        asks="clusters",
        gold=_DATA / "ecbplus" / "documents.jsonl.gz",
        measures=("BCubed", "pairwise"),
        is_quick=True,
    ),
    GoldSet(name="bodies", task="bodies", gold=_DATA / "fundus-parser-tests" / "bodies.jsonl.gz", measures=("body",)),
)
SETS = {gold_set.name: gold_set for gold_set in _ALL}
