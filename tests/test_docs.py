"""Docs that can't lie: commands, configuration keys and the README's own lines are held against the program."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import typer
import yaml
from typer.core import TyperGroup as Group

from flows.cli import app
from newsledger.records.config import (
    Config,
    DigestPolicy,
    Dossier,
    Feed,
    FetchPolicy,
    Filter,
    Paths,
    RunLimits,
    Schedule,
    TopicRule,
    Watch,
)

ROOT = Path(__file__).resolve().parent.parent
COMMAND = Path(sys.executable).with_name("newsledger")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIG = (ROOT / "config.yaml").read_text(encoding="utf-8")
BLOCKS = {
    "dossier": Dossier,
    "paths": Paths,
    "schedule": Schedule,
    "run": RunLimits,
    "fetch": FetchPolicy,
    "filter": Filter,
    "digest": DigestPolicy,
}


def commands(group: Group, prefix: str = "newsledger") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}"


def root_group() -> Group:
    group = typer.main.get_command(app)
    assert isinstance(group, Group)
    return group


def test_the_readme_lists_every_command_and_no_other() -> None:
    listed = re.findall(r"^\| `(newsledger [a-z -]+)` \|", README, flags=re.MULTILINE)
    assert sorted(listed) == sorted(commands(root_group()))


@pytest.mark.parametrize("command", list(commands(root_group())))
def test_every_command_helps(command: str) -> None:
    words = command.split()[1:]
    done = subprocess.run([COMMAND, *words, "-h"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Usage:" in done.stdout
    assert "Example" in done.stdout, "a command shows an example"


def test_every_config_key_is_commented() -> None:
    lines = CONFIG.splitlines()
    blocks = [f"  {field.name}" for block in BLOCKS.values() for field in fields(block)]
    for key in (*yaml.safe_load(CONFIG), *blocks):
        at = next(number for number, line in enumerate(lines) if line.startswith(f"{key}:"))
        assert lines[at - 1].strip().startswith("#"), f"{key.strip()} has no comment above it"


def test_the_config_shows_every_setting() -> None:
    shown = yaml.safe_load(CONFIG)
    assert set(shown) == {field.name for field in fields(Config)}
    for block, type_ in BLOCKS.items():
        assert set(shown[block]) == {field.name for field in fields(type_)}
    for name, type_ in (("feeds", Feed), ("topics", TopicRule), ("watch", Watch)):
        assert {key for item in shown[name] for key in item} | {"language"} >= {field.name for field in fields(type_)}


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the configuration, its feeds left out, and the seed corpus."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    config = yaml.safe_load(CONFIG) | {"feeds": []}
    (folder / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return folder


def test_the_commands_of_the_readme_run(workplace: Path) -> None:
    lines = re.findall(r"^\$ (newsledger .*)$", README, flags=re.MULTILINE)
    assert len(lines) >= 5
    for line in lines:
        command = [COMMAND, *shlex.split(line)[1:]]
        done = subprocess.run(command, cwd=workplace, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        assert done.stdout.strip(), f"{line} prints nothing"


@pytest.mark.parametrize(
    "document", sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")]), ids=lambda path: path.name
)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target
