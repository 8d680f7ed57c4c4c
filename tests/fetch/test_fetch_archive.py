"""The raw archive: what goes in comes out, once, and goes when its time is over."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from newsledger.fetch import Archive
from newsledger.records.feeds import PageAnswer

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NOW = datetime(2026, 3, 10, tzinfo=UTC)


def answer(body_sha256: str) -> PageAnswer:
    return PageAnswer(url="https://example.org/\u00e9", http_status=200, etag='"\xff"', body_sha256=body_sha256)


@given(body=st.binary())
def test_a_body_comes_out_as_it_went_in(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    assert archive.get(archive.put(body)) == body


def test_the_same_body_is_kept_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(archive.put, [b"same" * 1000] * 50))
    assert len(names) == 1
    (kept,) = tmp_path.glob("*/*")
    assert kept.stat().st_size < 100


def test_what_is_not_kept_is_not_there(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "not made yet")
    assert archive.get("0" * 64) is None
    assert archive.noted() == {}
    assert archive.sweep(NOW) == 0
    archive.forget()


def test_a_damaged_file_holds_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    name = archive.put(b"whole" * 100)
    (kept,) = tmp_path.glob("*/*")
    for damaged in (kept.read_bytes()[:-9], b"", b"no zstd"):
        kept.write_bytes(damaged)
        assert archive.get(name) is None


def test_what_no_answer_brought_lately_is_swept(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    old, fresh, again = (archive.put(body) for body in (b"old", b"fresh", b"again"))
    part = tmp_path / old[:2] / "cut-off.part"
    part.write_bytes(b"half")
    long_ago = (NOW - timedelta(days=40)).timestamp()
    for path in (*tmp_path.glob(f"*/{old}*"), *tmp_path.glob(f"*/{again}*"), part):
        os.utime(path, (long_ago, long_ago))
    archive.put(b"again")
    assert archive.sweep(NOW - timedelta(days=30)) == 2
    assert [archive.get(one) for one in (old, fresh, again)] == [None, b"fresh", b"again"]


def test_only_what_the_archive_made_is_swept(tmp_path: Path) -> None:
    foreign = [tmp_path / "state" / "run.lock", tmp_path / "ab" / "notes.txt", tmp_path / "ab" / "folder.zst" / "x"]
    for path in foreign:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", encoding="utf-8")
    assert Archive(tmp_path).sweep(datetime.now(UTC) + timedelta(days=1)) == 0
    assert all(path.exists() for path in foreign)


def test_the_journal_gives_the_last_answer_of_each_article(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.note("a", answer("1"))
    archive.note("b", answer("2"))
    archive.note("a", answer("3"))
    assert archive.noted() == {"a": answer("3"), "b": answer("2")}
    archive.forget()
    assert archive.noted() == {}


def test_a_line_that_was_cut_off_takes_no_other_with_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.note("a", answer("1"))
    journal = tmp_path / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-7])
    archive.note("b", answer("2"))
    assert archive.noted() == {"b": answer("2")}
