"""YAML files that people edit, read into frozen types: what is wrong is one line with the file and the line in it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from flows.nearest import nearest
from newsledger.records.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

T = TypeVar("T")
KeyPath = tuple[str | int, ...]

_MUST_BE = {
    "string_type": "must be text (put it in quotes)",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "dataclass_type": "must be a block of keys",
}
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def proposal(given: str, known: Iterable[str]) -> str:
    """Give the end of a line that proposes the known word nearest to a wrong one; empty where none is near."""
    return "".join(f", did you mean {near!r}?" for near in nearest(given, known))


def typed(raw: object, kind: type[T], lines: Mapping[KeyPath, int], name: str, within: KeyPath = ()) -> T:
    """Turn a piece of a document into a frozen dataclass, strictly; `within` is where in the document it stands.

    Raises ConfigError, one line with the file, the line, the key, and how to mend it.
    """
    # A stdlib dataclass takes its settings from what holds it; so the one-tuple, and `records` needs no pydantic.
    adapter = TypeAdapter(tuple[kind], config=ConfigDict(extra="forbid"))  # type: ignore[valid-type] # it is one
    try:
        # JSON, since in its strict reading a list may become a tuple, but no text a number.
        (value,) = adapter.validate_json(json.dumps([raw], default=str, allow_nan=False), strict=True)
    except ValidationError as error:
        raise ConfigError(_say(error, kind, lines, name, within)) from error
    except ValueError as error:
        message = f"{name}: numbers must be finite: .inf and .nan have no meaning here"
        raise ConfigError(message) from error
    return value


@contextmanager
def reading(path: Path, what: str, remedy: str) -> Iterator[None]:
    """Turn what goes wrong while a file is read into ConfigError, which says `what` it holds and the `remedy`."""
    try:
        yield
    except UnicodeDecodeError as error:
        message = f"{path}: byte {error.start} is not UTF-8; save the file in that encoding"
        raise ConfigError(message) from error
    except OSError as error:
        message = f"{path}: {what} can't be read: {error.strerror}; {remedy}"
        raise ConfigError(message) from error


def parse_yaml(text: str, name: str) -> tuple[object, dict[KeyPath, int]]:
    """Give the document, and for each key and list item the line it stands in. Raises ConfigError."""
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        # Lines are looked up before construction, which rewrites merged nodes.
        lines = dict(_lines(root, (), name))
        return None if root is None else loader.construct_document(root), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        message = f"{name}{where}: not valid YAML: {error.problem or error.context}"
        raise ConfigError(message) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        message = f"{name}: not valid YAML: {str(error).splitlines()[0] if str(error) else 'nested too deeply'}"
        raise ConfigError(message) from error


def at_line(name: str, lines: Mapping[KeyPath, int], path: KeyPath, what: str) -> str:
    """Name the file and the line of the key, or of the nearest block around it that has one."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return f"{name}, line {lines[path[:length]]}: {what}"
    return f"{name}: {what}"


def _lines(node: yaml.Node | None, path: KeyPath, name: str) -> Iterator[tuple[KeyPath, int]]:
    """Yield the line that each key and list item stands in; a key that stands twice in one block is refused."""
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield (*path, index), item.start_mark.line + 1
            yield from _lines(item, (*path, index), name)
    elif isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # construction refuses it
            line = key.start_mark.line + 1
            if key.value in seen:
                message = (
                    f"{name}, line {line}: the key {_dotted((*path, key.value))!r} stands twice, "
                    f"first in line {seen[key.value]}; keep one of them"
                )
                raise ConfigError(message)
            seen[key.value] = line
            yield (*path, key.value), line
            yield from _lines(value, (*path, key.value), name)


def _say(error: ValidationError, kind: type, lines: Mapping[KeyPath, int], name: str, within: KeyPath) -> str:
    """Put the first problem into one line: an unknown key before all, since what seems missing is often misspelt."""
    problems = sorted(error.errors(include_url=False), key=lambda one: one["type"] != "unexpected_keyword_argument")
    problem = problems[0]
    path = problem["loc"][1:]
    what = _what(problem, path, kind)
    # A check that looks at a whole block names the key first.
    if problem["type"] == "value_error":
        path = (*path, str(problem["ctx"]["error"]).split()[0])
    more = f" ({len(problems) - 1} more to mend after that)" if len(problems) > 1 else ""
    return at_line(name, lines, (*within, *path), what) + more


def _what(problem: ErrorDetails, path: KeyPath, root: type) -> str:
    kind, given = problem["type"], problem["input"]
    if kind == "unexpected_keyword_argument":
        return _unknown(path, root)
    if kind == "missing" and isinstance(path[-1], int):
        return f"{_dotted(path[:-1])} has too few items"
    if kind == "too_long":
        return f"{_dotted(path)} must have {problem['ctx']['max_length']} items, not {problem['ctx']['actual_length']}"
    if kind == "missing":
        return f"the key {_dotted(path)!r} is missing"
    if kind == "value_error":
        said = str(problem["ctx"]["error"])
        return f"{_dotted(path)}: {said}" if path else said
    must_be = _MUST_BE.get(kind) or problem["msg"].replace("Input should be", "must be")
    hint = proposal(str(given), _quoted(must_be)) if kind == "literal_error" else ""
    shown = "" if isinstance(given, (dict, list)) else f", not {json.dumps(given, ensure_ascii=False)}"
    return f"{_dotted(path)} {must_be}{shown}{hint}"


def _unknown(path: KeyPath, root: type) -> str:
    known = _keys_beside(path, root)
    return f"unknown key {_dotted(path)!r}" + (proposal(str(path[-1]), known) or f"; known here: {', '.join(known)}")


def _keys_beside(path: KeyPath, root: type) -> list[str]:
    """List the keys that may stand where the last part of the path stands."""
    kind: Any = root
    for part in path[:-1]:
        kind = get_args(kind)[0] if isinstance(part, int) else get_type_hints(kind)[part]
    return [field.name for field in fields(kind)] if is_dataclass(kind) else []


def _quoted(text: str) -> list[str]:
    return text.split("'")[1::2]


def _dotted(path: KeyPath) -> str:
    """Write a path as one would in code: feeds[3].kind."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
