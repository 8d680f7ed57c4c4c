"""The configuration: what is read, from where, and the one line that says what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flows.config import config_path, parse_config, read_config
from flows.cron import cron_problem
from newsledger.records.config import DigestPolicy, Watch, Weights
from newsledger.records.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
DEFAULT = (HERE.parent.parent / "config.yaml").read_text(encoding="utf-8")
GOLDEN = (HERE / "config_errors.yaml").read_text(encoding="utf-8")
SMALL = """\
dossier: {name: A test}
timezone: UTC
paths: {ledger: a.duckdb, published: b.duckdb, digests: d, seeds: s, state: t}
schedule:
  monitor: "*/30 * * * *"
  daily_digest: "0 6 * * *"
run:
  max_minutes: 5
  workers: 2
fetch:
  contact: "https://example.org/x"
  connect_timeout_s: 10
  read_timeout_s: 20
  total_timeout_s: 60
  max_feed_bytes: 10000000
  max_page_bytes: 5000000
  retries: 2
  concurrency: 16
  host_delay_s: 1
topics:
  - id: energy
    words: [gas, oil]
feeds:
  - id: one
    name: One
    url: "https://one.example/rss"
    kind: wire
  - id: two
    name: Two
    url: "https://two.example/rss"
    kind: state
    enabled: false
    note: dead since 2026-10-04
"""


def test_the_default_configuration_is_valid() -> None:
    config = parse_config(DEFAULT, "config.yaml")
    assert config.feeds
    assert config.topics


def test_every_value_arrives() -> None:
    config = parse_config(SMALL, "config.yaml")
    assert config.topics[0].words == ("gas", "oil")
    assert config.topics[0].examples == ()
    assert config.feeds[1].note == "dead since 2026-10-04"
    assert config.feeds[0].enabled
    assert config.run.max_minutes == 5.0
    assert config.paths.seeds == Path("s")
    assert (config.watch, config.digest.stories) == ((), 10)


def test_what_is_watched_and_what_weighs_arrives() -> None:
    told = (
        "\nwatch:\n  - {name: ferries, dyads: [[BLR, RUS], [BLR, baltic-states]], acts: [AGREE], words: [ferr*]}\n"
        "digest: {stories: 3, weights: {growth: 1}}\n"
    )
    config = parse_config(SMALL + told, "config.yaml")
    dyads = (("BLR", "RUS"), ("BLR", "baltic-states"))
    assert config.watch == (Watch(name="ferries", dyads=dyads, acts=("AGREE",), words=("ferr*",)),)
    assert config.digest == DigestPolicy(stories=3, weights=Weights(growth=1))


@pytest.mark.parametrize(("old", "new", "line"), [tuple(case.values()) for case in yaml.safe_load(GOLDEN)])
def test_what_is_wrong_is_said_in_one_line(old: str, new: str, line: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(SMALL.replace(old, new, 1), "c.yaml")
    assert str(caught.value) == line


@pytest.mark.parametrize(
    "text", ["", "[]", "word", "a: &x [*x]", "\0", "{[1]: 2}", "a: !!python/name:os.system", "%", "a: 1\n---\nb: 1"]
)
def test_text_that_is_no_configuration_is_refused(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(text, "c.yaml")
    assert "\n" not in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_is_a_configuration_or_one_line(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(text, "c.yaml")
    assert str(caught.value).startswith("c.yaml")
    assert "\n" not in str(caught.value)


def test_relative_paths_start_from_the_file(
    write_config: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_config()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert read_config(Path("../config.yaml")).paths.ledger == tmp_path / "data" / "ledger.duckdb"
    assert read_config(path).paths.digests == tmp_path / "digests"


def test_the_file_is_looked_for_in_order(
    write_config: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {name: tmp_path / name for name in ("here", "environment", "named")}
    for name, folder in folders.items():
        folder.mkdir()
        text = write_config(folder=folder).read_text(encoding="utf-8")
        (folder / "config.yaml").write_text(text.replace("A test of the flows", name), encoding="utf-8")
    monkeypatch.delenv("NEWSLEDGER_CONFIG", raising=False)
    monkeypatch.chdir(folders["here"])
    assert read_config().dossier.name == "here"
    monkeypatch.setenv("NEWSLEDGER_CONFIG", str(folders["environment"] / "config.yaml"))
    assert read_config().dossier.name == "environment"
    assert read_config(folders["named"] / "config.yaml").dossier.name == "named"


def test_without_a_file_the_default_writes_into_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSLEDGER_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    assert config_path() is None
    assert read_config().paths.ledger.is_relative_to(tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.yaml: the configuration can't be read: No such file"):
        read_config(tmp_path / "gone.yaml")


def test_a_home_that_nobody_has_is_named(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(SMALL.replace("digests: d", "digests: ~nobody-at-all/d"), encoding="utf-8")
    for named in (path, Path("~nobody-at-all/c.yaml")):
        with pytest.raises(ConfigError, match=r"^~nobody-at-all/(d|c\.yaml): there is no home folder"):
            read_config(named)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes("dossier: Köln".encode("latin-1"))
    with pytest.raises(ConfigError, match="byte 10 is not UTF-8"):
        read_config(path)


@pytest.mark.parametrize(
    "expression",
    [
        "* * * * *",
        "*/30 * * * *",
        "0 6 * * *",
        "5,35 8-18/2 1 JAN-mar mon-fri",
        "0 0 * * 7",
        "0 0 29 2 *",
        "0 0 31 2 0",
        "10/20 * * * *",
    ],
)
def test_cron_expressions(expression: str) -> None:
    assert cron_problem(expression) is None


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "@daily",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "*/0 * * * *",
        "5-1 * * * *",
        "a * * * *",
        "* * 0 * *",
        "* * * * 8",
        "0 0 30 2 *",
        ", * * * *",
        "1-2-3 * * * *",
    ],
)
def test_what_is_no_cron_expression(expression: str) -> None:
    assert cron_problem(expression)


def test_a_date_in_a_text_value_is_taken_as_written() -> None:
    config = parse_config(SMALL.replace("note: dead since 2026-10-04", f"note: {date(2026, 10, 4)}"), "c.yaml")
    assert config.feeds[1].note == "2026-10-04"
