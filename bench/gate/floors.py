"""Floors: below them no figure may fall. Each belongs to the data that it was measured on."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bench.gate.measuring import Measured

_HEAD = "# Written by `python -m bench.gate --pin`. A digest of the data, and what is not to be undercut on it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """The floors of a set's measures, and the digest of the data that they hold for."""

    data: str
    least: Mapping[str, float]


def faults(floors: Floors | None, today: Measured) -> list[str]:
    """Say, a line each, what must not pass: figures below their floors, or floors of other data."""
    if floors is None:
        return []
    if floors.data != today.data:
        change = f"the data changed ({floors.data} was pinned, {today.data} is there)"
        return [f"{today.name}: {change}; pin its floors anew: python -m bench.gate --pin {today.name}"]
    return [
        f"{today.name}: {measure} is {figure:.4f}, below its floor {least:.3f}"
        for measure, least in floors.least.items()
        if (figure := today.figures.get(measure, 0.0)) < least
    ]


def pinned(floors: Floors | None, today: Measured) -> Floors:
    """Make floors of today's figures; on the same data a floor never comes down."""
    before = floors.least if floors is not None and floors.data == today.data else {}
    least = {measure: max(_rounded_down(figure), before.get(measure, 0.0)) for measure, figure in today.figures.items()}
    return Floors(data=today.data, least=least)


def table(floors: Floors | None, today: Measured) -> str:
    """Set the figures of a set beside their floors; floors of other data are not shown."""
    least = floors.least if floors is not None and floors.data == today.data else {}
    width = max(map(len, today.figures))
    lines = [f"{'':{width}}  floor    now  difference"]
    for measure, figure in today.figures.items():
        floor = least.get(measure)
        beside = ("    -", "") if floor is None else (f"{floor:.3f}", f"  {figure - floor:+10.3f}")
        lines.append(f"{measure:{width}}  {beside[0]}  {figure:.3f}{beside[1]}")
    return "\n".join(lines)


def read_floors(path: Path) -> dict[str, Floors]:
    """Read the floors of all sets."""
    sets = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {name: Floors(data=one["data"], least=one["least"]) for name, one in sets.items()}


def write_floors(path: Path, floors: Mapping[str, Floors]) -> None:
    """Write the floors of all sets, in the order of their names."""
    path.write_text("\n".join(_lines(floors)) + "\n", encoding="utf-8")


def _lines(floors: Mapping[str, Floors]) -> Iterator[str]:
    yield _HEAD
    for name, one in sorted(floors.items()):
        yield from ("", f"[{name}]", f"data = {json.dumps(one.data)}", "", f"[{name}.least]")
        yield from (f"{json.dumps(measure)} = {least:.3f}" for measure, least in one.least.items())


def _rounded_down(figure: float) -> float:
    return float(Decimal(str(figure)).quantize(Decimal("0.001"), ROUND_FLOOR))
