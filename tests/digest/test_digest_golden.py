"""The same day always gives the same bytes, and these are the bytes.

After a change that is meant, write the files anew and read the difference before it is committed:

    NEWSLEDGER_GOLDEN=write .venv/bin/python -m pytest tests/digest/test_digest_golden.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsledger.digest import build_digest, render_html, render_markdown
from tests.digest.rich import rich_day, shortened

GOLDEN = Path(__file__).parent / "golden"
DOSSIER = "Norland, Sudland and the strait"
FORMS = {"md": render_markdown, "html": render_html}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["busy_day", "empty_day", "rich_day"])
def test_digest_is_what_it_was(name: str, form: str, request: pytest.FixtureRequest) -> None:
    digest = (
        shortened(rich_day()) if name == "rich_day" else build_digest(request.getfixturevalue(name), dossier=DOSSIER)
    )
    printed = FORMS[form](digest).encode()
    golden = GOLDEN / f"{name}.{form}"
    if os.environ.get("NEWSLEDGER_GOLDEN") == "write":
        golden.write_bytes(printed)
    assert printed == golden.read_bytes()
