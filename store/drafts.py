"""Drafts: what is written beside a file, whole, before it takes the file's place; a crash may leave one behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def draft_of(path: Path) -> Path:
    """Name the draft of a file: hidden, and so that nobody has a file of that name."""
    return path.with_name(f".{path.name}.newsledger-draft")


def log_of(database: Path) -> Path:
    """Name the log of a database, in which stands what is committed and not yet in the file."""
    return database.with_name(f"{database.name}.wal")


def spill_of(database: Path) -> Path:
    """Name the folder to which what outgrows memory is spilled."""
    return database.with_name(f"{database.name}.spill")


def leftovers(path: Path) -> tuple[Path, ...]:
    """List what a process that was cut off left beside a file. The log of the file itself is none: it is brought in."""
    draft = draft_of(path)
    return tuple(left for left in (draft, log_of(draft), spill_of(draft), spill_of(path)) if left.exists())
