"""Query results and other tables: for a terminal, for a pipe, as JSON, as CSV. The world's text is made harmless."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from flows.console import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], whole: Sequence[str] = ()) -> None:
    """Print a table: drawn in a terminal, where one without rows is none; elsewhere a line a row with tabs between.

    What stands in the columns that are `whole` is not broken into lines.
    """
    if sys.stdout.isatty():
        if listed := list(rows):
            _draw(columns, listed, whole)
        return
    for row in (columns, *rows):
        sys.stdout.write("\t".join(_field(value) for value in row) + "\n")


def without_empty(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> tuple[list[str], list[list[object]]]:
    """Leave out what is empty throughout where a terminal has little room; elsewhere a script counts on each column."""
    kept = [
        n for n, _ in enumerate(columns) if not sys.stdout.isatty() or any(row[n] not in ("", None) for row in rows)
    ]
    return [columns[n] for n in kept], [[row[n] for n in kept] for row in rows]


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print comma-separated values with a header, as RFC 4180 has them but for the line ends."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_text(value) for value in row] for row in rows)


def print_json(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print an array of objects, one a line; of columns with one name the second gets a number."""
    names = _distinct(columns)
    lines = (json.dumps(plain(dict(zip(names, row, strict=True))), ensure_ascii=False) for row in rows)
    sys.stdout.write("[" + ",\n ".join(lines) + "]\n")


def plain(value: object) -> object:
    """Turn a value of the database into one of JSON."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return _written(value)


def _written(value: object) -> str | float:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value.hex() if isinstance(value, bytes) else str(value)


def _draw(columns: Sequence[str], rows: Iterable[Sequence[object]], whole: Sequence[str]) -> None:
    from rich.console import Console  # noqa: PLC0415 - a pipe need not wait for it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table()
    for column in columns:
        table.add_column(Text(printable(column)), overflow="fold", no_wrap=column in whole)
    for row in rows:
        table.add_row(*(Text(printable(_text(value))) for value in row))
    Console().print(table)


def _distinct(columns: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    names = []
    for column in columns:
        seen[column] += 1
        names.append(column if seen[column] == 1 else f"{column}_{seen[column]}")
    return names


def _field(value: object) -> str:
    """Write a value on one line: what would break the line or the field stands escaped."""
    return _text(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _text(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    small = plain(value)
    return json.dumps(small, ensure_ascii=False) if isinstance(small, (dict, list, bool)) else str(small)
