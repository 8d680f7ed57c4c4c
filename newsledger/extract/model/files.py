"""The bundled files of the model."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ModelFile = Literal["model.onnx", "tokenizer.json", "README.md"]


def model_file(name: ModelFile) -> Traversable:
    """Find a file of the bundled model."""
    return files("newsledger.extract.model") / "weights" / name
