"""The import law: who may import whom, and which room alone holds which library."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STAGES = ("fetch", "extract", "stories", "digest")
# A library that stands here is imported in these rooms and nowhere else.
HOMES = {
    "httpx": "newsledger.fetch",
    "feedparser": "newsledger.fetch",
    "trafilatura": "newsledger.fetch",
    "lxml": "newsledger.fetch",
    "httpcore": "newsledger.fetch",
    "brotli": "newsledger.fetch",
    "protego": "newsledger.fetch",
    "readability": "newsledger.fetch",
    "anyascii": "newsledger.extract.naming",
    "py3langid": "newsledger.extract",
    "numpy": "newsledger.extract newsledger.stories",
    "onnxruntime": "newsledger.extract.model",
    "tokenizers": "newsledger.extract.model",
    "rapidfuzz": "newsledger.extract flows",
    "pycountry": "newsledger.extract",
    "jinja2": "newsledger.digest",
    "duckdb": "store",
    "pyarrow": "store",
    "prefect": "flows",
    "typer": "flows",
    "rich": "flows",
    "pydantic": "flows",
}
ALLOWED = {
    "newsledger.records": {"newsledger.records"},
    "newsledger.resources": set(),
    **{
        f"newsledger.{stage}": {f"newsledger.{stage}", "newsledger.records", "newsledger.resources"} for stage in STAGES
    },
    "store": {"store", "newsledger.records"},
    "flows": {"flows", "store", "newsledger"},
}
FILES = sorted(path for room in ("newsledger", "flows", "store") for path in (ROOT / room).rglob("*.py"))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(module: str, rooms: set[str]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_imports_follow_the_law(path: Path) -> None:
    module = module_of(path)
    room = next((name for name in ALLOWED if within(module, {name})), None)
    for imported in imports_of(path):
        top = imported.split(".")[0]
        if top in ("newsledger", "flows", "store") and room:
            allowed = within(imported, ALLOWED[room]) or imported in ("newsledger", "newsledger.__version__")
            assert allowed, f"{module} imports {imported}"
        if top in HOMES:
            assert within(module, set(HOMES[top].split())), f"{top} belongs to {HOMES[top]}, {module} imports it"


def test_every_room_is_under_the_law() -> None:
    assert {module_of(path) for path in FILES if not within(module_of(path), set(ALLOWED))} == {"newsledger"}


@pytest.mark.parametrize("path", [path for path in FILES if "flows" in path.parts], ids=module_of)
def test_flows_define_no_types(path: Path) -> None:
    # Prefect may load a flow file under two module names, and then a class defined there exists twice.
    tree = ast.parse(path.read_text(encoding="utf-8"))
    fields = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and is_dataclass(node)]
    assert fields == []


def is_dataclass(node: ast.ClassDef) -> bool:
    return any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)
