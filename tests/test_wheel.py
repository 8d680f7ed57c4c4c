"""The wheel: what it holds, and that it works where no checkout is."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = "MINSK, 6 March (BelTA) - Alexander Lukashenko met Vladimir Putin in Minsk on Tuesday, the agency said.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_three_packages_and_the_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"newsledger", "flows", "store"}
    assert {"newsledger/data/config.yaml", "newsledger/data/registry.yaml"} <= set(names)
    weights = "newsledger/extract/model/weights/"
    assert {f"{weights}model.onnx", f"{weights}tokenizer.json", f"{weights}README.md"} <= set(names)
    assert any(name.startswith("store/migrations/") and name.endswith(".sql") for name in names)
    assert any(name.startswith("store/guide/questions/") and name.endswith(".sql") for name in names)
    assert any(name.startswith("newsledger/digest/templates/") for name in names)


def test_extract_works_from_the_wheel_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    zipfile.ZipFile(wheel).extractall(site)
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    # -I keeps the editable checkout's entry out only if its path is taken off as well.
    program = (
        f"import sys; sys.path[:] = [{str(site)!r}] + [p for p in sys.path if p != {str(ROOT)!r}];"
        "from flows.cli import main; import newsledger; assert newsledger.__file__.startswith(sys.path[0]);"
        f"sys.argv = ['newsledger', 'extract', {str(tmp_path / 'note.txt')!r}, '--format', 'jsonl']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], cwd=empty, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["text"] == TEXT
    assert {"vladimir-putin", "alexander-lukashenko"} <= {entity["id"] for entity in record["entities"]}
    assert list(empty.iterdir()) == []
