"""docs/schema.svg, the tables and what ties them: `python -m store.guide.picture > docs/schema.svg`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from html import escape
from itertools import cycle
from typing import TYPE_CHECKING

from store.checks.integrity import PARENTS
from store.guide.schema import present_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Where each group of tables stands: its heading, and the tables from top to bottom. A test holds that none is missing.
COLUMNS: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] = (
    (
        ("Runs and feeds", ("runs", "polls", "item_ledger", "items", "feeds", "feed_warnings", "sources")),
        ("Told, taken out", ("digests", "digests_due", "takedowns")),
        ("Read anew, and the schema", ("replay_counts", "replay_examples", "schema_version")),
    ),
    (
        ("Articles", ("articles", "article_text", "article_origins", "page_answers", "issues")),
        ("The shape of the text", ("sentences", "datelines")),
        ("Edits", ("article_changes", "record_changes")),
        ("Stories", ("story_articles", "stories", "story_changes")),
    ),
    (
        ("Who said what, who did what", ("statements", "statement_chain", "events", "event_participants")),
        ("How much, when, about what", ("figures", "times", "topics", "topic_evidence")),
    ),
    (("Who and what is spoken of", ("mentions", "article_entities", "entities", "entity_names", "citations")),),
)
# What ties tables beside the keys that the checks follow: the child, its column, the parent.
_LINKS = (
    ("articles", "run_id", "runs"),
    ("articles", "source_id", "sources"),
    ("polls", "run_id", "runs"),
    ("polls", "feed_id", "feeds"),
    ("items", "feed_id", "feeds"),
    ("items", "article_id", "articles"),
    ("replay_counts", "run_id", "runs"),
    ("replay_examples", "run_id", "runs"),
    ("statements", "speaker_id", "entities"),
    ("statement_chain", "entity_id", "entities"),
    ("event_participants", "entity_id", "entities"),
    ("citations", "entity_id", "entities"),
    ("story_changes", "run_id", "runs"),
)
# Checks that look back from the parent are no ties of their own.
_BACK = {("articles", "article_text"), ("entities", "article_entities")}
TIES = (
    *((child, tuple(key.split(", ")), parent) for child, parent, key in PARENTS if (child, parent) not in _BACK),
    *((child, (column,), parent) for child, column, parent in _LINKS),
)
_WIDTH, _GAP, _LINE, _PAD, _HEAD = 250, 70, 15, 8, 30
_SHOWN = 7  # columns of a table that are named before the rest is only counted
_STYLE = """
  svg { background: #ffffff; font-family: system-ui, sans-serif; font-size: 11px; color: #1b1f24 }
  .group { font-size: 13px; font-weight: 600; fill: #57606a }
  .table { fill: #f6f8fa; stroke: #8c959f }
  .name { font-weight: 600; fill: #0a3069 }
  .column { fill: #1b1f24 } .tie { fill: #8250df } .rest { fill: #57606a; font-style: italic }
  path { fill: none; stroke-opacity: .6 }
"""
# A colour for the lines to each parent, in the order of TIES; told apart also by most who see few colours.
_COLOURS = (
    "#0969da",
    "#8250df",
    "#bf8700",
    "#cf222e",
    "#1a7f37",
    "#6e7781",
    "#bc4c00",
    "#bf3989",
    "#1b7c83",
    "#4d2d00",
    "#6639ba",
)


@dataclass(frozen=True, slots=True)
class _Box:
    """A table in the picture: where it stands, the columns that tie it, how many others it has."""

    x: int
    y: int
    name: str
    ties: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        return self.others[: max(0, _SHOWN - len(self.ties))]

    @property
    def height(self) -> int:
        lines = 1 + len(self.ties) + len(self.shown) + (len(self.others) > len(self.shown))
        return lines * _LINE + 2 * _PAD


def schema_svg() -> str:
    """Draw the tables of the present schema by group, each with a line to those whose rows it belongs to."""
    groups, boxes, height = _placed(_columns())
    width = len(COLUMNS) * (_WIDTH + _GAP) + _GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t d">',
        '<title id="t">The schema</title>',
        '<desc id="d">Tables by group; a line leads from a table to the one its rows belong to, in its colour.</desc>',
        f"<style>{_STYLE}</style>",
        *(f'<text class="group" x="{x}" y="{y}">{escape(heading)}</text>' for x, y, heading in groups),
        *_lines({box.name: box for box in boxes}),
        *(part for box in boxes for part in _drawn(box)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _columns() -> Mapping[str, Sequence[str]]:
    with present_schema() as con:
        found = con.execute(
            "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
            "WHERE database_name = current_database() AND NOT internal GROUP BY table_name"
        ).fetchall()
    return dict(found)


def _placed(columns: Mapping[str, Sequence[str]]) -> tuple[list[tuple[int, int, str]], list[_Box], int]:
    """Stack the groups column by column; give the headings, the boxes and the height of it all."""
    groups, boxes, height = [], [], 0
    for place, stack in enumerate(COLUMNS):
        x, y = _GAP + place * (_WIDTH + _GAP), _HEAD
        for heading, tables in stack:
            groups.append((x, y, heading))
            y += _PAD + 4
            for table in tables:
                ties = _ties(table, columns[table])
                others = tuple(column for column in columns[table] if column not in ties)
                boxes.append(_Box(x, y, table, ties, others))
                y += boxes[-1].height + 2 * _PAD
            y += _HEAD
        height = max(height, y)
    return groups, boxes, height


def _ties(table: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Name the columns by which a table belongs to others, or others to it, in its own order."""
    tying = {column for child, key, parent in TIES if table in {child, parent} for column in key}
    return tuple(column for column in columns if column in tying)


def _lines(boxes: Mapping[str, _Box]) -> Iterator[str]:
    """Draw each tie once, from the side of the child that looks to its parent, in the parent's colour."""
    parents = dict.fromkeys(parent for _, _, parent in TIES)
    colours = dict(zip(parents, cycle(_COLOURS), strict=False))
    for child, parent in dict.fromkeys((child, parent) for child, _, parent in TIES):
        start, end = boxes[child], boxes[parent]
        y, to_y = start.y + _PAD + _LINE // 2, end.y + _PAD + _LINE // 2
        if start.x == end.x:
            x = to_x = start.x
            bend = to_bend = x - _GAP // 2
        else:
            leftwards = end.x < start.x
            x, to_x = (start.x, end.x + _WIDTH) if leftwards else (start.x + _WIDTH, end.x)
            half = _GAP // 2 if leftwards else -_GAP // 2
            bend, to_bend = x - half, to_x + half
        colour = colours[parent]
        yield f'<path stroke="{colour}" d="M{x} {y} C{bend} {y} {to_bend} {to_y} {to_x} {to_y}"/>'
        yield f'<circle fill="{colour}" cx="{to_x}" cy="{to_y}" r="3"/>'


def _drawn(box: _Box) -> Iterator[str]:
    yield f'<rect class="table" x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{box.height}" rx="4"/>'
    left = len(box.others) - len(box.shown)
    lines = [
        ("name", box.name),
        *(("tie", column) for column in box.ties),
        *(("column", column) for column in box.shown),
        *([("rest", f"and {left} more")] if left else []),
    ]
    for number, (kind, text) in enumerate(lines, 1):
        y = box.y + _PAD + number * _LINE - 4
        yield f'<text class="{kind}" x="{box.x + _PAD}" y="{y}">{escape(text)}</text>'


if __name__ == "__main__":
    sys.stdout.write(schema_svg())
