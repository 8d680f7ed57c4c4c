"""The picture of the schema shows every table, and every tie that the checks follow."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

from store.checks.integrity import PARENTS
from store.database import published_copy
from store.guide.picture import COLUMNS, TIES, schema_svg

PICTURE = Path(__file__).parents[2] / "docs" / "schema.svg"
SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_is_the_present_one() -> None:
    assert PICTURE.read_text(encoding="utf-8") == schema_svg(), "run: python -m store.guide.picture > docs/schema.svg"


def test_each_table_stands_once(published: Path) -> None:
    with published_copy(published) as con:
        tables = con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    placed = Counter(table for stack in COLUMNS for _, group in stack for table in group)
    assert placed == Counter(table for (table,) in tables)


def test_each_line_leads_from_a_box_to_a_box() -> None:
    drawing = ET.fromstring(schema_svg())  # noqa: S314 - our own
    boxes = [(int(box.get("x", "")), int(box.get("y", ""))) for box in drawing.iter(f"{SVG}rect")]
    sides = {side for x, _ in boxes for side in (x, x + 250)}
    pairs = {(child, parent) for child, _, parent in TIES}
    lines = [path.get("d", "").split() for path in drawing.iter(f"{SVG}path")]
    assert len(lines) == len(pairs)
    assert all({int(line[0][1:]), int(line[-2])} <= sides for line in lines)


def test_every_key_that_is_checked_is_drawn() -> None:
    drawn = {frozenset((child, parent)) for child, _, parent in TIES}
    assert {frozenset((child, parent)) for child, parent, _ in PARENTS} <= drawn


def test_lines_to_one_table_have_one_colour_and_others_another() -> None:
    drawing = ET.fromstring(schema_svg())  # noqa: S314 - our own
    ends = {(path.get("stroke"), tuple(path.get("d", "").split()[-1:])) for path in drawing.iter(f"{SVG}path")}
    assert len({colour for colour, _ in ends}) == len({parent for _, _, parent in TIES}) == len(ends)
