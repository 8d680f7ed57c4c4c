"""Takes out of the file of decisions what quotes articles that are taken down; all else in it stays byte for byte."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import yaml

from flows.decisions import parse_records
from flows.files import one_at_a_time, write_whole
from flows.typed_yaml import reading
from newsledger.extract.corrections import Correction
from newsledger.records.errors import ConfigError
from newsledger.records.stories import StoryDecision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from flows.decisions import Record

    # The lines to take out, from the first up to the end; the number of the record, and what remains of it.
    Cut = tuple[int, int, int, Record | None]


def drop_quotes(path: Path, article_ids: Collection[str], texts: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Drop the corrections of articles, and of decisions the examples that stand in their texts, in one step.

    Gives how many were dropped, and the places in the file that hold a quote still: it is left as it is where taking
    lines out of it would change what else it says, or where it can't be read.
    """
    path = path.resolve()
    if not path.exists():
        return 0, ()
    with one_at_a_time(path):
        return _drop(path, article_ids, texts)


def _drop(path: Path, article_ids: Collection[str], texts: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    try:
        with reading(path, "the decisions", "name another file as paths.decisions"):
            text = path.read_bytes().decode("utf-8")
        records = parse_records(text, str(path))
        cuts = tuple(_cuts(text, records, article_ids, texts))
    except ConfigError:
        return 0, (str(path),)
    if not cuts:
        return 0, ()
    changed = _without(text, cuts)
    cut = {number: left for _, _, number, left in cuts}
    wanted = tuple(left for number, record in enumerate(records) if (left := cut.get(number, record)))
    try:
        is_as_wanted = parse_records(changed, str(path)) == wanted
    except ConfigError:
        is_as_wanted = False
    if not is_as_wanted:
        return 0, tuple(f"{path}, line {first + 1}," for first, *_ in cuts)
    write_whole(path, changed)
    return len(cuts), ()


def _cuts(text: str, records: Sequence[Record], article_ids: Collection[str], texts: Sequence[str]) -> Iterator[Cut]:
    lines = text.splitlines()
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    rows = root.value if root else []
    starts = [row.start_mark.line for row in rows] + [len(lines)]
    spoken = [" ".join(one.split()) for one in texts]
    for number, (record, row) in enumerate(zip(records, rows, strict=True)):
        if isinstance(record, (Correction, StoryDecision)):
            named = (record.article,) if isinstance(record, Correction) else record.articles
            if any(article in article_ids for article in named):
                first = _with_remarks(lines, starts[number])
                end = _content_end(lines, starts[number], starts[number + 1], column=0)
                yield first, end, number, None
        elif (example := " ".join((record.example or "").split())) and any(example in one for one in spoken):
            keys = [key.start_mark for key, _ in row.value]
            at = next(place for place, (key, _) in enumerate(row.value) if key.value == "example")
            following = keys[at + 1].line if at + 1 < len(keys) else starts[number + 1]
            end = _content_end(lines, keys[at].line, following, column=keys[at].column)
            yield keys[at].line, end, number, replace(record, example=None)


def _with_remarks(lines: Sequence[str], first: int) -> int:
    """Give the first line of the remarks right above a record; the head of the file is none of them."""
    above = first
    while above and lines[above - 1].startswith("#"):
        above -= 1
    return above or first


def _content_end(lines: Sequence[str], first: int, end: int, column: int) -> int:
    """Leave out of the lines what follows the content: blank lines, and remarks on what comes next."""
    while end > first + 1:
        line = lines[end - 1].lstrip()
        if line and not (line.startswith("#") and len(lines[end - 1]) - len(line) <= column):
            break
        end -= 1
    return end


def _without(text: str, cuts: Sequence[Cut]) -> str:
    lines = text.splitlines(keepends=True)
    gone = {line for first, end, *_ in cuts for line in range(first, end)}
    # A record goes with the blank line behind it.
    gone |= {end for _, end, _, left in cuts if left is None and end < len(lines) and not lines[end].strip()}
    return "".join(line for number, line in enumerate(lines) if number not in gone)
