"""Other DuckDB clients, each in an environment of its own: installed from a hashed list, kept between runs.

`client("oldest")` gives the folder to put on PYTHONPATH, or None where the packages can't be had.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

LISTS = Path(__file__).resolve().parent / "store" / "clients"
NAMES = ("oldest", "newest")


@cache
def client(name: str) -> Path | None:
    """Raises RuntimeError where what comes is not what the list's hashes stand for."""
    listed = LISTS / f"{name}.lock"
    folder = Path(sys.prefix) / "clients" / f"{name}-{hashlib.sha256(listed.read_bytes()).hexdigest()[:12]}"
    if folder.exists():
        return folder
    uv = Path(sys.executable).with_name("uv")
    if not uv.exists():
        return None
    # Aside, so that a folder that was begun is never taken for a whole one.
    draft = folder.with_name(folder.name + ".draft")
    shutil.rmtree(draft, ignore_errors=True)
    done = subprocess.run(
        [uv, "pip", "install", "--quiet", "--python", sys.executable, "--require-hashes", "--only-binary", ":all:",
         "--target", draft, "--requirements", listed],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode == 0:
        draft.rename(folder)
        return folder
    shutil.rmtree(draft, ignore_errors=True)
    if "hash mismatch" in done.stderr.lower():
        raise RuntimeError(done.stderr)
    return None


def can_be_had() -> bool:
    """Tell whether every client is here or comes from the package registry."""
    return all(client(name) for name in NAMES)
