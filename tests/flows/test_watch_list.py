"""`newsledger watch`: what a day has of the watch list, what is below its threshold, and what nobody knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from flows.config import read_config
from flows.watching import require_watched
from newsledger.records.errors import ConfigError
from newsledger.resources import data_file

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Command = Callable[..., subprocess.CompletedProcess[str]]

WATCHED = [
    {"name": "Talks", "dyads": [["RUS", "BLR"]], "acts": ["CONSULT"]},
    {"name": "Bridges", "words": ["bridge*"]},
    {"name": "Much of Gomel", "words": ["Gomel"], "more_than": 4},
]


@pytest.fixture
def watch_for(write_config: Callable[..., Path], seeds: Path) -> Callable[..., Path]:
    """Write a configuration that watches something."""

    def write(*watches: dict[str, Any]) -> Path:
        path = write_config(folder=seeds.parent)
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        path.write_text(yaml.safe_dump(raw | {"watch": list(watches)}), encoding="utf-8")
        return path

    return write


@pytest.fixture
def watched(newsledger: Command, watch_for: Callable[..., Path]) -> Command:
    """The command, where both seed articles are stored and three things are watched."""
    watch_for(*WATCHED)
    ran = newsledger("run", "--plain")
    assert ran.returncode == 0, ran.stderr
    return newsledger


def tables(done: subprocess.CompletedProcess[str]) -> list[list[list[str]]]:
    assert done.returncode == 0, done.stderr
    return [[line.split("\t") for line in table.splitlines()] for table in done.stdout.split("\n\n")]


def test_a_day_has_its_hits_first_with_their_quotes_and_then_what_is_below(watched: Command) -> None:
    found, quoted = tables(watched("watch", "--day", "2021-03-04"))
    assert found == [
        ["day", "watch", "found", "counted", "more than", "is hit"],
        ["2021-03-04", "Talks", "1", "events", "0", "yes"],
        ["2021-03-04", "Much of Gomel", "1", "articles", "4", "no"],
        ["2021-03-04", "Bridges", "0", "articles", "0", "no"],
    ]
    (quote,) = quoted[1:]
    assert quote[:3] == ["2021-03-04", "Talks", "river-post"]
    assert "Lukashenko met Russian Prime Minister Mikhail Mishustin in Gomel" in quote[3]
    assert quote[4].startswith("talks:")


def test_without_a_day_it_is_the_newest_and_a_headline_is_quoted_whole(watched: Command) -> None:
    found, quoted = tables(watched("watch"))
    assert found[1] == ["2021-03-05", "Bridges", "1", "articles", "0", "yes"]
    assert quoted[1] == ["2021-03-05", "Bridges", "", "A bridge is planned", "bridge:2-8"]


def test_several_days_end_with_the_day_and_tell_only_what_was_found(watched: Command) -> None:
    found, quoted = tables(watched("watch", "--days", "3"))
    assert [row[:2] for row in found[1:]] == [
        ["2021-03-05", "Bridges"], ["2021-03-04", "Talks"], ["2021-03-04", "Much of Gomel"]
    ]  # fmt: skip
    assert [row[0] for row in quoted[1:]] == ["2021-03-05", "2021-03-04"]


def test_as_json_each_watch_of_each_day_comes_with_places_and_sentences(watched: Command) -> None:
    rows = json.loads(watched("watch", "--days", "2", "--json").stdout)
    assert [(row["day"], row["watch"], row["is_hit"]) for row in rows] == [
        ("2021-03-05", "Talks", False), ("2021-03-05", "Bridges", True), ("2021-03-05", "Much of Gomel", False),
        ("2021-03-04", "Talks", True), ("2021-03-04", "Bridges", False), ("2021-03-04", "Much of Gomel", False),
    ]  # fmt: skip
    assert (rows[3]["articles"], rows[3]["counted"], rows[3]["found"], rows[3]["more_than"]) == (
        ["talks"],
        "events",
        1,
        0,
    )
    (spot,) = rows[1]["spots"]
    assert (spot["article_id"], spot["is_title"], spot["char_start"], spot["char_end"]) == ("bridge", True, 2, 8)
    assert (spot["text"], spot["sentence"]) == ("bridge", "A bridge is planned")


def test_nothing_hit_is_said_and_is_no_failure(watched: Command) -> None:
    done = watched("watch", "--day", "2021-03-01", "--days", "2")
    assert (done.returncode, len(tables(done)[0])) == (0, 1)
    assert "2021-02-28 to 2021-03-01: nothing on the watch list is hit; 0 of 3" in done.stderr
    assert json.loads(watched("watch", "--day", "2021-03-01", "--json").stdout)[0]["found"] == 0


def test_without_a_watch_list_it_says_where_to_write_one(
    newsledger: Command, watch_for: Callable[..., Path], watched: Command
) -> None:
    watch_for()
    done = newsledger("watch", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    assert "list under `watch` in the configuration" in done.stderr
    assert watched("watch").stdout == ""


@pytest.mark.parametrize(
    ("watch", "says"),
    [
        ({"entities": ["belorus"]}, "watch.entities: the registry holds no 'belorus', did you mean 'belarus'?"),
        ({"dyads": [["BLR", "BRL"]]}, "watch.dyads: there is no country or bloc 'BRL'"),
        ({"dyads": [["BLR", "minsk"]]}, "watch.dyads: there is no country or bloc 'minsk'"),
        ({"acts": ["SANCTIONS"]}, "did you mean 'SANCTION'?"),
    ],
)
def test_who_nobody_knows_is_said_in_one_line(
    newsledger: Command, watch_for: Callable[..., Path], watch: dict[str, Any], says: str
) -> None:
    watch_for({"name": "wrong", **watch})
    for command in (("watch",), ("run", "--plain")):
        done = newsledger(*command)
        assert (done.returncode, done.stdout) == (2, "")
        assert says in done.stderr
        assert done.stderr.count("\n") == 1


def test_who_is_stored_need_not_stand_in_the_registry(watched: Command, watch_for: Callable[..., Path]) -> None:
    path = watch_for({"name": "stored", "entities": ["mikhail-mishustin"], "dyads": [["BLR", "RUS"]]})
    require_watched(read_config(path), lambda: pytest.fail("nobody has to ask the registry"))
    assert watched("watch", "--day", "2021-03-04").stdout.count("\tyes\n") == 1


def test_a_bloc_and_a_country_of_the_registry_are_known_before_anything_is_stored(
    newsledger: Command, watch_for: Callable[..., Path]
) -> None:
    watch_for({"name": "bloc", "entities": ["belarus"], "dyads": [["BLR", "baltic-states"]]})
    done = newsledger("watch")
    assert done.returncode == 2
    assert "newsledger run" in done.stderr, "all are known, but there is nothing to read"


def test_the_watch_list_of_the_default_configuration_is_known(newsledger: Command, tmp_path: Path) -> None:
    default = tmp_path / "default.yaml"
    default.write_text(data_file("config.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert "`newsledger run` makes it" in newsledger("watch", "--config", default).stderr
    with pytest.raises(ConfigError, match=r"watch\.entities: the registry holds no 'belarus'"):
        require_watched(read_config(default), dict)
