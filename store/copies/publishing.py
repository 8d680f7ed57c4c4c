"""The copy that everybody queries: replaced as a whole, so that no reader ever meets a half-written one."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from newsledger.records.errors import StoreError
from store.copies.copying import REWRITTEN_UP_TO_BYTES, copy_beside, put_in_place
from store.errors import store_errors

if TYPE_CHECKING:
    from pathlib import Path


def publish(ledger: Path, published: Path, rewritten_up_to_bytes: int = REWRITTEN_UP_TO_BYTES) -> None:
    """Put a fresh copy of the ledger in the place of the published one, atomically, with that one's permissions.

    Waits for nobody: who has the old copy open keeps reading it. Hold the write lock meanwhile. Raises StoreError; the
    old copy then stays as it is.
    """
    if not ledger.exists():
        message = f"there is no ledger at {ledger} to publish: `newsledger run` makes it"
        raise StoreError(message)
    with store_errors(published):
        published.parent.mkdir(parents=True, exist_ok=True)
        with copy_beside(ledger, published, rewritten_up_to_bytes) as draft:
            if published.exists():
                _permit_as(published, draft)
            put_in_place(draft, published)


def _permit_as(published: Path, draft: Path) -> None:
    """Let the same people read the draft who may read the published copy."""
    present = published.stat()
    with suppress(PermissionError):
        os.chown(draft, -1, present.st_gid)
    draft.chmod(stat.S_IMODE(present.st_mode))
