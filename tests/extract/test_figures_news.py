"""Figures in sentences as news prints them: those that the reader was tuned on, and those that it was not.

The sentences of `held` only ever gave the three figures below; whoever mends an error they show moves the sentence to
`tuned` and writes another. The format is that of the scorer's task `quantities`.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from newsledger.extract.document import read_document
from newsledger.extract.figures import find_figures
from newsledger.extract.mentions import Mentions
from newsledger.extract.times import find_times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.records.extraction import Figure

NEWS = Path(__file__).parent / "cases" / "figures" / "news"
SIGNS = {"increase": "up", "decrease": "down", "about": "~", "at least": ">", "at most": "<"}


def sentences(part: str) -> Iterator[dict[str, Any]]:
    for path in sorted((NEWS / part).glob("*.jsonl")):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def value_is_right(wanted: dict[str, str], figure: Figure) -> bool:
    ends = [Decimal(end) for end in wanted["value"].split(" - ")]
    return [figure.value, figure.value_max][: len(ends)] == ends


def unit_is_right(wanted: dict[str, str], figure: Figure) -> bool:
    """A measure has its code; a count has the noun among the words of what is counted."""
    counted = (figure.quantity_of or "").split()
    return figure.unit == wanted["normalized_unit"] or (figure.unit == "count" and wanted["unit"] in ["-", *counted])


def change_is_right(wanted: dict[str, str], figure: Figure) -> bool:
    signs = {SIGNS.get(figure.bound, "=" if figure.change is None else "")} | {SIGNS.get(figure.change or "", "")}
    return wanted["change"] in signs


@pytest.mark.parametrize(
    ("part", "value", "value_and_unit", "value_and_change"),
    [("tuned", 0.99, 0.98, 0.98), ("held", 0.97, 0.94, 0.93)],
)
def test_figures_of_the_news_are_found(part: str, value: float, value_and_unit: float, value_and_change: float) -> None:
    total = values = units = changes = 0
    for sentence in sentences(part):
        document = read_document(sentence["text"])
        figures = list(find_figures(document, find_times(document, None), Mentions(()), (), ()))
        total += len(sentence["quantities"]) + len(figures)
        for wanted in sentence["quantities"]:
            found = next((figure for figure in figures if value_is_right(wanted, figure)), None)
            if found:
                figures.remove(found)
                values += 1
                units += unit_is_right(wanted, found)
                changes += change_is_right(wanted, found)
    f1 = [2 * right / total for right in (values, units, changes)]
    assert all(now >= floor for now, floor in zip(f1, (value, value_and_unit, value_and_change), strict=True)), f1


@pytest.mark.parametrize("part", ["tuned", "held"])
def test_there_are_enough_sentences(part: str) -> None:
    assert len(list(sentences(part))) >= 100
