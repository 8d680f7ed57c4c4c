"""The store's tests under the newest DuckDB, beside the locked one: `python -m bench.newest [PYTEST ARGUMENTS]`."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.clients import client


def main() -> int:
    """Give pytest's exit status; 0 where the newest DuckDB can't be had, and say so."""
    environment = client("newest")
    if environment is None:
        print("the store under the newest DuckDB: left out, it can't be had from the package registry")
        return 0
    # What stands on PYTHONPATH goes before what is installed, in the tests' own child processes too.
    command = [sys.executable, "-m", "pytest", "tests/store", "-p", "no:cacheprovider", *sys.argv[1:]]
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": str(environment)}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
