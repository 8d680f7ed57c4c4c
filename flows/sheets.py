"""Articles with their records as tables: drawn in a terminal, elsewhere a line a row."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from flows.console import one_line
from flows.tables import print_table
from newsledger.digest import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsledger.digest import Sheet, Table
    from newsledger.records.extraction import Extraction


def print_sheets(extractions: Iterable[Extraction]) -> None:
    """Print articles one after the other, each as soon as it comes."""
    for number, extraction in enumerate(extractions):
        sys.stdout.write("\n\n" if number else "")
        print_sheet(sheet_of(extraction))
        sys.stdout.flush()


def print_sheet(sheet: Sheet) -> None:
    """Print an article: what is known of it, then a table for each kind of record."""
    facts = (*sheet.facts, *(("issue", f"{issue.code}: {issue.detail}") for issue in sheet.issues))
    sys.stdout.write(f"{one_line(sheet.title or '(no title)')}\n")
    sys.stdout.writelines(f"{name:<10} {one_line(value)}\n" for name, value in facts)
    for table in sheet.tables:
        sys.stdout.write(f"\n{table.title}\n")
        _print_table(table)
    if not sheet.tables:
        sys.stdout.write("\nno records\n")


def _print_table(table: Table) -> None:
    """Print a table without the columns that are empty throughout."""
    kept = [n for n, _ in enumerate(table.columns) if any(row.cells[n] for row in table.rows)]
    rows = [[row.id, *(one_line(row.cells[n]) for n in kept)] for row in table.rows]
    print_table(("id", *(table.columns[n] for n in kept)), rows)
