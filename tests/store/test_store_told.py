"""The ledger knows which digests were written, and when one last read otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from newsledger.records.run import WrittenDigest
from store import open_ledger
from store.database import attached

NOW = datetime(2024, 3, 6, 12, tzinfo=UTC)
WRITTEN = WrittenDigest(
    day=date(2024, 3, 5),
    markdown=Path("2024-03-05.md"),
    html=Path("2024-03-05.html"),
    articles=3,
    lines=20,
    lines_verified=19,
    markdown_sha256="ab" * 32,
)


def test_a_digest_is_entered_when_it_is_new_and_when_it_reads_otherwise(ledger_path: Path) -> None:
    edited = replace(WRITTEN, articles=4, markdown_sha256="cd" * 32)
    other = replace(WRITTEN, day=date(2024, 3, 6))
    with open_ledger(ledger_path) as ledger:
        noted = [
            ledger.note_digests(written, NOW + timedelta(hours=hours))
            for hours, written in enumerate([[WRITTEN], [WRITTEN], [edited, other], [other, edited], []])
        ]
    assert noted == [True, False, True, False, False]
    with attached(ledger_path) as con:
        rows = con.execute("SELECT * FROM digests ORDER BY digest_date").fetchall()
    naive = (NOW + timedelta(hours=2)).replace(tzinfo=None)
    assert rows == [
        (date(2024, 3, 5), naive, 4, 20, 19, "cd" * 32),
        (date(2024, 3, 6), naive, 3, 20, 19, "ab" * 32),
    ]
