"""Files that several write at once lose nothing."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

import pytest

from flows.files import one_at_a_time, write_whole
from newsledger.records.errors import BusyError

if TYPE_CHECKING:
    from pathlib import Path


def test_of_those_who_add_at_once_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "new" / "list.txt"

    def add(line: str) -> None:
        for _ in range(20):
            with one_at_a_time(path):
                write_whole(path, (path.read_text(encoding="utf-8") if path.exists() else "") + f"{line}\n")

    threads = [Thread(target=add, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.read_text(encoding="utf-8").split()) == sorted("0123" * 20)
    assert [file.name for file in path.parent.iterdir()] == ["list.txt"]


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.files._TRIES", 2)
    path = tmp_path / "list.txt"
    with one_at_a_time(path), pytest.raises(BusyError, match="another command is changing it"), one_at_a_time(path):
        pass
    with one_at_a_time(path):
        pass
