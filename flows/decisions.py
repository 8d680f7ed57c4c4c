"""The file of decisions and corrections, one record each: read, and added to; undone is what is deleted from it."""

from __future__ import annotations

from dataclasses import asdict, fields
from functools import partial
from typing import TYPE_CHECKING, get_args

import yaml

from flows.files import write_whole
from flows.typed_yaml import at_line, parse_yaml, proposal, reading, typed
from newsledger.extract import extract
from newsledger.extract.correcting import correct
from newsledger.extract.corrections import CORRECTIONS, Correction, in_example
from newsledger.extract.decisions import KINDS, Decision, UndecidableError, decided_entity, printed_forms
from newsledger.extract.lexicon import Entry, fold, load_lexicon
from newsledger.records.article import Article
from newsledger.records.errors import ConfigError
from newsledger.records.stories import StoryDecision, StoryDecisionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.config import Config

    Record = Decision | Correction | StoryDecision

_KIND = "decision"
_KINDS: Mapping[str, type[Decision | Correction | StoryDecision]] = {
    **KINDS, **CORRECTIONS, **dict.fromkeys(get_args(StoryDecisionKind), StoryDecision),
}  # fmt: skip
_HEAD = (
    "# What people decided about entities and corrected in articles. `newsledger registry` and `newsledger correct`\n"
    "# add records; delete one to undo it.\n"
)
_WIDTH = 120


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read the decisions about entities in the order of the file; without a file there are none. Raises ConfigError."""
    return tuple(record for record in read_records(path) if isinstance(record, Decision))


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read the corrections of articles in the order of the file; without a file there are none. Raises ConfigError."""
    return tuple(record for record in read_records(path) if isinstance(record, Correction))


def read_story_decisions(path: Path) -> tuple[StoryDecision, ...]:
    """Read what was said of stories, in the order of the file; without a file that is nothing. Raises ConfigError."""
    return tuple(record for record in read_records(path) if isinstance(record, StoryDecision))


def read_records(path: Path) -> tuple[Record, ...]:
    """Read all records in the order of the file; where there is no file there are none. Raises ConfigError."""
    return parse_records(_text(path), str(path))


def parse_records(text: str, name: str) -> tuple[Record, ...]:
    """Turn the text of a file of decisions into records; `name` is what errors call the file."""
    raw, lines = parse_yaml(text, name)
    if raw is None:
        return ()
    if not isinstance(raw, list):
        message = f"{name}: the decisions must be a list of records, each with `- {_KIND}: ...` first"
        raise ConfigError(message)
    records: list[Record] = []
    for number, row in enumerate(raw):
        kind = str(row.get(_KIND)) if isinstance(row, dict) else ""
        if kind not in _KINDS:
            known = f"{proposal(kind, _KINDS)}; known here: {', '.join(_KINDS)}"
            raise ConfigError(at_line(name, lines, (number, _KIND), f"unknown {_KIND} {kind!r}{known}"))
        said = {key: value for key, value in row.items() if key != _KIND}
        if _KINDS[kind] is StoryDecision:
            said["kind"] = kind
        records.append(typed(said, _KINDS[kind], lines, name, (number,)))
    return tuple(records)


def kind_of(record: Record) -> str:
    """Give the word that a record begins with."""
    if isinstance(record, StoryDecision):
        return record.kind
    return next(word for word, kind in _KINDS.items() if type(record) is kind)


def add_record(path: Path, record: Record) -> None:
    """Put a record at the end of the file, in one step; what stands there already stays as it is.

    Hold one_at_a_time since the file was read: of two that add at once one would be lost.
    Raises ConfigError, and leaves the file as it was, where the outcome could not be read as what it should say.
    """
    path = path.resolve()
    before = _text(path)
    usual = {field.name: field.default for field in fields(record)}
    said = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in asdict(record).items()
        if value != usual[key] and not (isinstance(record, StoryDecision) and key == "kind")
    }
    written = yaml.safe_dump(
        [{_KIND: kind_of(record)} | said], allow_unicode=True, sort_keys=False, default_flow_style=False, width=_WIDTH
    )
    changed = f"{(before or _HEAD).rstrip()}\n\n{written}"
    if parse_records(changed, str(path)) != (*parse_records(before, str(path)), record):
        message = f"{path}: the list is in a form that can't be added to; put the record in by hand"
        raise ConfigError(message)
    write_whole(path, changed)


def shows(record: Decision | Correction, lexicon: Lexicon) -> bool:
    """Tell whether the record's example is read as decided.

    What a decision is about names the decided entity there; a correction changes what is read, or is not needed,
    whether or not the sentence alone tells who its article's own entities are.
    """
    found = extract(Article(article_id="example", text=record.example or "", language="en"), lexicon)
    if isinstance(record, Correction):
        right = getattr(record, "to", None)
        known = {right: Entry(id=right, name=right, type="PER"), **lexicon.entries} if right else lexicon.entries
        return correct(found, [in_example(record)], known)[1][0].state != "lost"
    forms = {fold(form) for form in printed_forms(record)}
    return any(
        entity.id == decided_entity(record) and any(fold(mention.text) in forms for mention in entity.mentions)
        for entity in found.entities
    )


def lexicon_of(config: Config) -> Callable[[], Lexicon]:
    """Give the function that loads what extraction is to know, for here and for other processes.

    It is called once here. Raises ConfigError for a decision, or an entity of the dossier, that does not fit the
    registry.
    """
    path = config.paths.decisions
    load = partial(load_lexicon, config.topics, read_decisions(path), config.dossier.entities, read_corrections(path))
    try:
        entries = load().entries
    except UndecidableError as error:
        message = f"{path}: {error}; mend that record or delete it"
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
