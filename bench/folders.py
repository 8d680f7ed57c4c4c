"""Where a measurement puts its files."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def folder_for(name: str, asked: Path | None) -> Iterator[Path]:
    """Give the folder that was asked for, absolutely, whose files stay; else one that goes with all that is in it."""
    if asked:
        asked.mkdir(parents=True, exist_ok=True)
        yield asked.resolve()
    else:
        with TemporaryDirectory(prefix=f"bench-{name}-") as made:
            yield Path(made)
