"""The file of decisions: read into records, added to record by record; undone is a decision whose record is deleted."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

import yaml

from flows.files import write_whole
from flows.typed_yaml import at_line, parse_yaml, proposal, reading, typed
from newsledger.extract import extract
from newsledger.extract.decisions import KINDS, UndecidableError, decided_entity, kind_of, printed_forms
from newsledger.extract.lexicon import fold, load_lexicon
from newsledger.records.article import Article
from newsledger.records.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from newsledger.extract.decisions import Decision
    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.config import Config

_KIND = "decision"
_HEAD = "# What people decided about entities. `newsledger registry` adds records; delete one to undo it.\n"
_WIDTH = 120


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read the decisions in the order of the file; where there is no file there are none. Raises ConfigError."""
    return parse_decisions(_text(path), str(path))


def parse_decisions(text: str, name: str) -> tuple[Decision, ...]:
    """Turn the text of a file of decisions into records; `name` is what errors call the file."""
    raw, lines = parse_yaml(text, name)
    if raw is None:
        return ()
    if not isinstance(raw, list):
        message = f"{name}: the decisions must be a list of records, each with `- {_KIND}: ...` first"
        raise ConfigError(message)
    decisions = []
    for number, row in enumerate(raw):
        kind = str(row.get(_KIND)) if isinstance(row, dict) else ""
        if kind not in KINDS:
            known = f"{proposal(kind, KINDS)}; known here: {', '.join(KINDS)}"
            raise ConfigError(at_line(name, lines, (number, _KIND), f"unknown {_KIND} {kind!r}{known}"))
        said = {key: value for key, value in row.items() if key != _KIND}
        decisions.append(typed(said, KINDS[kind], lines, name, (number,)))
    return tuple(decisions)


def add_decision(path: Path, decision: Decision) -> None:
    """Put a record at the end of the file, in one step; what stands there already stays as it is.

    Raises ConfigError, and leaves the file as it was, where the outcome could not be read as what it should say.
    """
    path = path.resolve()
    before = _text(path)
    said = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(decision).items() if value}
    record = yaml.safe_dump(
        [{_KIND: kind_of(decision)} | said], allow_unicode=True, sort_keys=False, default_flow_style=False, width=_WIDTH
    )
    changed = f"{(before or _HEAD).rstrip()}\n\n{record}"
    if parse_decisions(changed, str(path)) != (*parse_decisions(before, str(path)), decision):
        message = f"{path}: the list is in a form that can't be added to; put the record in by hand"
        raise ConfigError(message)
    write_whole(path, changed)


def shows(decision: Decision, lexicon: Lexicon) -> bool:
    """Tell whether the decision's example is read as decided: the form that it is about names the decided entity."""
    found = extract(Article(article_id="example", text=decision.example or "", language="en"), lexicon)
    forms = {fold(form) for form in printed_forms(decision)}
    return any(
        entity.id == decided_entity(decision) and any(fold(mention.text) in forms for mention in entity.mentions)
        for entity in found.entities
    )


def lexicon_of(config: Config) -> Callable[[], Lexicon]:
    """Give the function that loads what extraction is to know, for here and for other processes.

    It is called once here. Raises ConfigError for a decision, or an entity of the dossier, that does not fit the
    registry.
    """
    load = partial(load_lexicon, config.topics, read_decisions(config.paths.decisions), config.dossier.entities)
    try:
        entries = load().entries
    except UndecidableError as error:
        message = f"{config.paths.decisions}: {error}; mend that record or delete it"
        raise ConfigError(message) from error
    require_entities("dossier.entities", config.dossier.entities, entries)
    return load


def require_entities(key: str, wanted: Iterable[str], known: Collection[str]) -> None:
    """Raise ConfigError where the configuration's key names an entity that the registry does not hold."""
    if unknown := sorted(set(wanted).difference(known)):
        message = f"{key}: the registry holds no {unknown[0]!r}{proposal(unknown[0], known)}"
        raise ConfigError(message)


def _text(path: Path) -> str:
    with reading(path, "the decisions", "name another file as paths.decisions"):
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
