"""The seeds as plain data, read without the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="session")
def seeds() -> Path:
    return SEEDS


@pytest.fixture(scope="session")
def registry() -> list[dict[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load((SEEDS / "registry.yaml").read_text(encoding="utf-8"), loader)  # noqa: S506 - a safe loader
    assert document["version"] == 1
    entities: list[dict[str, Any]] = document["entities"]
    return entities
