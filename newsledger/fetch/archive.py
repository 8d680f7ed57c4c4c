"""The raw archive: bodies of answers, content-addressed and compressed, so that a replay needs no network.

A body lies in `ab/abcdef….zst`, named by the SHA-256 of its bytes. Beside them, `journal.jsonl` notes the answers of
the run under way; a run that was cut off leaves it behind, and the next one takes those answers from here.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger.records.feeds import PageAnswer

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import datetime


_FOLDER = "[0-9a-f][0-9a-f]"


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive in a folder, which is made when the first body comes."""

    folder: Path
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock, compare=False)

    def put(self, body: bytes) -> str:
        """Keep a body and give its SHA-256 in hexadecimal; the same body again is only marked as used now."""
        sha256 = hashlib.sha256(body).hexdigest()
        path = self._path(sha256)
        try:
            os.utime(path)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Whole or not at all: whoever is killed while writing leaves a .part behind, which `sweep` takes away.
            with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
                file.write(zstd.compress(body))
            Path(file.name).replace(path)
        return sha256

    def get(self, sha256: str) -> bytes | None:
        """Give a body; None for one that was not kept, or not that long, or whose file is damaged."""
        try:
            return zstd.decompress(self._path(sha256).read_bytes())
        except (FileNotFoundError, zstd.ZstdError):
            return None

    def note(self, article_id: str, answer: PageAnswer) -> None:
        """Write into the journal what the page of an article answered."""
        line = json.dumps({"article_id": article_id, **asdict(answer)})
        with self._one_at_a_time:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._journal.open("a", encoding="utf-8") as file:
                # A line end before it parts it from one that was cut off.
                file.write("\n" + line)

    def noted(self) -> dict[str, PageAnswer]:
        """Read the journal that a run left which was cut off; a line cut off with it is passed over."""
        try:
            lines = self._journal.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return {}
        found = {}
        for line in lines:
            try:
                fields = json.loads(line)
                article_id = str(fields.pop("article_id"))
                found[article_id] = PageAnswer(**fields)
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
        return found

    def forget(self) -> None:
        """End the journal: all that it notes is stored."""
        self._journal.unlink(missing_ok=True)

    def sweep(self, before: datetime) -> int:
        """Delete the bodies that no answer brought since `before`; give how many."""
        swept = 0
        for path in (*self.folder.glob(f"{_FOLDER}/*.zst"), *self.folder.glob(f"{_FOLDER}/*.part")):
            # A file that somebody else took away meanwhile, or guards, is no reason to end a run.
            with suppress(OSError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    swept += 1
        return swept

    def keep_only(self, bodies: Container[str]) -> int:
        """Delete all bodies but those of the given SHA-256, and the journal, which names others; give how many."""
        self.forget()
        left_out = [path for path in self.folder.glob(f"{_FOLDER}/*") if path.stem not in bodies]
        for path in left_out:
            path.unlink(missing_ok=True)
        return len(left_out)

    def missing(self, bodies: Iterable[str]) -> tuple[str, ...]:
        """Give those of the bodies that are not here."""
        return tuple(sha256 for sha256 in bodies if not self._path(sha256).exists())

    @property
    def _journal(self) -> Path:
        return self.folder / "journal.jsonl"

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}.zst"
