"""Reads config.yaml, once, into the frozen type that the rest of the program sees; says what is wrong in one line."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from pathlib import Path
from typing import Final

from flows.cron import cron_problem
from flows.typed_yaml import at_line, parse_yaml, reading, typed
from newsledger.records.config import Config
from newsledger.records.errors import ConfigError
from newsledger.resources import data_file

VARIABLE = "NEWSLEDGER_CONFIG"
_FILE_NAME: Final = "config.yaml"


def read_config(named: Path | None = None) -> Config:
    """Read the configuration: the named file, else $NEWSLEDGER_CONFIG, else ./config.yaml, else the packaged default.

    Relative paths start from the file's folder, those of the packaged default from the current one.
    Raises ConfigError, one line with the file, the line, the key, and how to mend it.
    """
    path = _find(named)
    if path is None:
        packaged = data_file(_FILE_NAME)
        return _anchor(parse_config(packaged.read_text(encoding="utf-8"), f"default {_FILE_NAME}"), Path.cwd())
    with reading(path, "the configuration", "name another file with --config"):
        text = path.read_text(encoding="utf-8")
    return _anchor(parse_config(text, str(path)), path.parent)


def config_path(named: Path | None = None) -> Path | None:
    """Tell, absolutely, which file `read_config` would read; nothing stands for the packaged default."""
    return _find(named)


def parse_config(text: str, name: str) -> Config:
    """Turn the text of a configuration into its type, paths as they stand; `name` is what errors call the file."""
    raw, lines = parse_yaml(text, name)
    if not isinstance(raw, dict):
        message = f"{name}: there are no keys in it; compare it with the default {_FILE_NAME}"
        raise ConfigError(message)
    config = typed(raw, Config, lines, name)
    for key, expression in (("monitor", config.schedule.monitor), ("daily_digest", config.schedule.daily_digest)):
        if problem := cron_problem(expression):
            raise ConfigError(at_line(name, lines, ("schedule", key), problem))
    return config


def _find(named: Path | None) -> Path | None:
    from_environment = os.environ.get(VARIABLE)
    if named or from_environment:
        return _at_home(Path(named or from_environment or "")).absolute()
    here = Path.cwd() / _FILE_NAME
    return here if here.is_file() else None


def _anchor(config: Config, folder: Path) -> Config:
    paths = {
        field.name: Path(os.path.normpath(folder / _at_home(getattr(config.paths, field.name))))
        for field in fields(config.paths)
    }
    return replace(config, paths=replace(config.paths, **paths))


def _at_home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        message = f"{path}: there is no home folder of that name; write the path out"
        raise ConfigError(message) from error
