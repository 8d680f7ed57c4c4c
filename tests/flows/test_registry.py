"""`newsledger registry`: what is proposed, what a person decides, and that the next reading follows it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from flows.decisions import add_record, parse_records, read_decisions, shows
from newsledger.extract.decisions import Accept, Merge, Reject
from newsledger.extract.lexicon import load_lexicon
from newsledger.records.errors import ConfigError

Command = Callable[..., subprocess.CompletedProcess[str]]
DAY = date(2026, 3, 6)
TEXTS = {
    "a": ("river-post", "Belarusian industrialist Viktar Zhdanko met Alexander Lukashenko in Minsk on Wednesday."),
    "b": ("hill-courier", "The contract was signed on Friday, director Viktar Zhdanko said. Russia will supply ore."),
    "c": ("lake-wire", "Viktar Zhdanko told reporters that 300 people would be hired. Lukashenko praised the plan."),
    "d": ("lake-wire", "Viktor Zhdanko visited Moscow on Tuesday, and Viktor Zhdanko met managers of Gazprom."),
    "e": ("river-post", "In Gomel, Viktor Zhdanko spoke about exports on Thursday, officials said."),
    "f": ("lake-wire", "Viktor Zhdanko returned to Minsk on Friday, his office said."),
}


@pytest.fixture
def read_texts(tmp_path: Path, write_config: Callable[..., Path], newsledger: Command) -> Path:
    """Run over a corpus in which one person is unknown under two spellings; give the file of decisions."""
    (tmp_path / "seeds").mkdir()
    for name, (source, text) in TEXTS.items():
        header = f"---\nlanguage: en\nsource: {source}\npublished: 2024-05-0{ord(name) - 96}\n---\n"
        (tmp_path / "seeds" / f"{name}.txt").write_text(f"{header}{text}\n", encoding="utf-8")
    path = write_config()
    text = path.read_text(encoding="utf-8").replace("  seeds: seeds\n", "  seeds: seeds\n  decisions: decided.yaml\n")
    path.write_text(text.replace("  name: A test", "  entities: [russia, belarus]\n  name: A test"), encoding="utf-8")
    done = newsledger("run", "--plain")
    assert done.returncode == 0, done.stderr
    return tmp_path / "decided.yaml"


def proposals(newsledger: Command) -> dict[str, dict[str, object]]:
    return {row["entity_id"]: row for row in json.loads(newsledger("registry", "review", "--json").stdout)}


def test_names_that_look_alike_are_listed_together(newsledger: Command, read_texts: Path) -> None:
    found = proposals(newsledger)
    assert list(found) == ["viktar-zhdanko", "viktor-zhdanko"]
    assert found["viktar-zhdanko"]["looks_like"] == ["viktor-zhdanko"]
    assert (found["viktar-zhdanko"]["articles"], found["viktar-zhdanko"]["sources"]) == (3, 3)
    assert len(found["viktar-zhdanko"]["examples"]) == 3
    header, *rows = newsledger("registry", "review").stdout.splitlines()
    assert header.split("\t")[:3] == ["entity", "name", "type"]
    assert [row.split("\t")[0] for row in rows] == list(found)
    assert not read_texts.exists()


def test_what_is_decided_is_recorded_read_with_and_not_proposed_again(newsledger: Command, read_texts: Path) -> None:
    assert newsledger("registry", "accept", "viktar-zhdanko", "--country", "BLR", "--sector", "BUS").returncode == 0
    assert newsledger("registry", "merge", "viktor-zhdanko", "viktar-zhdanko", "--by", "Ann").returncode == 0
    accepted, merged = read_decisions(read_texts)
    assert isinstance(accepted, Accept)
    assert isinstance(merged, Merge)
    assert (accepted.name, accepted.type, accepted.sector) == ("Viktar Zhdanko", "PER", "BUS")
    assert (merged.into, merged.forms, merged.by) == ("viktar-zhdanko", ("Viktor Zhdanko",), "Ann")
    lexicon = load_lexicon((), (accepted, merged))
    assert all(shows(decision, lexicon) for decision in (accepted, merged)), "examples are regression cases"
    assert proposals(newsledger) == {}

    assert "read anew 6 articles" in newsledger("reprocess", "--plain").stdout
    query = "SELECT name, country, articles FROM v_entities WHERE name LIKE '%Zhdanko'"
    assert newsledger("sql", query, "--csv").stdout.splitlines()[1:] == ["Viktar Zhdanko,BLR,6"]
    assert "read anew 0 articles" in newsledger("reprocess", "--plain").stdout

    read_texts.unlink()
    assert "read anew 6 articles" in newsledger("reprocess", "--plain").stdout, "undone is what is deleted"
    assert list(proposals(newsledger)) == ["viktar-zhdanko", "viktor-zhdanko"]


def test_who_is_rejected_is_not_proposed_again(newsledger: Command, read_texts: Path) -> None:
    assert newsledger("registry", "reject", "viktor-zhdanko", "--why", "a misprint").returncode == 0
    (rejected,) = read_decisions(read_texts)
    assert rejected == Reject(entity="viktor-zhdanko", decided=rejected.decided, why="a misprint")
    assert list(proposals(newsledger)) == ["viktar-zhdanko"]
    assert "read anew 0 articles" in newsledger("reprocess", "--plain").stdout, "nothing is read otherwise"


def test_a_form_is_split_off(newsledger: Command, read_texts: Path) -> None:
    done = newsledger("registry", "split", "moscow", "Moskva", "--into", "moskva-river", "--type", "LOC", "--name", "M")
    assert done.returncode == 0, done.stderr
    assert "moskva-river" in load_lexicon((), read_decisions(read_texts)).entries


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("accept viktar-zdanko", "no article names 'viktar-zdanko', did you mean 'viktar-zhdanko'?"),
        ("accept minsk", "the registry holds it already"),
        ("accept viktar-zhdanko --country BEL0", "there is no country 'BEL0'"),
        ("accept viktar-zhdanko --wikidata 184", "wikidata must be the number of a Wikidata item such as Q184"),
        ("merge viktar-zhdanko alexandr-lukashenko", "did you mean 'alexander-lukashenko'?"),
        ("split viktar-zhdanko V --into x", "the registry holds no 'viktar-zhdanko'"),
        ("split minsk Minsk --into x", "'Minsk' is its own name"),
    ],
)
def test_what_can_not_be_decided_is_said_in_one_line_and_changes_nothing(
    newsledger: Command, read_texts: Path, words: str, says: str
) -> None:
    done = newsledger("registry", *words.split())
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert not read_texts.exists()


def test_nothing_is_decided_twice(newsledger: Command, read_texts: Path) -> None:
    newsledger("registry", "reject", "viktor-zhdanko", "--why", "a misprint")
    before = read_texts.read_bytes()
    done = newsledger("registry", "accept", "viktor-zhdanko")
    assert (done.returncode, read_texts.read_bytes()) == (2, before)
    assert "is decided already (reject, " in done.stderr


def test_records_are_added_behind_what_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text("# ours\n- decision: reject  # a heading\n  entity: daily-news\n  decided: 2026-03-06\n")
    added = Accept(entity="no", decided=DAY, name="No: 'x' # 1", type="PER", forms=("Nō",), example="“No,”\tsaid 1.")
    add_record(path, added)
    assert read_decisions(path) == (Reject(entity="daily-news", decided=DAY), added)
    assert path.read_text(encoding="utf-8").startswith("# ours\n- decision: reject  # a heading\n")
    path.write_text("[{decision: reject, entity: a, decided: 2026-03-06}]", encoding="utf-8")
    with pytest.raises(ConfigError):
        add_record(path, added)


RECORD = "- decision: merge\n  entity: a\n  decided: 2026-03-06\n  into: b\n"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("merge", "marge", "line 1: unknown decision 'marge', did you mean 'merge'?; known here: accept, merge, "),
        ("  into: b\n", "", "line 1: the key 'into' is missing"),
        ("into: b", "into: b\n  forms: B", 'line 5: forms must be a list, not "B"'),
        ("into: b", "in_to: b", "line 4: unknown key 'in_to', did you mean 'into'?"),
        ("into: b", "into: B b", "line 4: into must be an id: words in lower case with hyphens between them"),
        ("2026-03-06", "March", "line 3: decided must be a valid date"),
        (RECORD, "decision: merge", "d.yaml: the decisions must be a list"),
        ("entity", " entity", "not valid YAML"),
    ],
)
def test_a_record_that_is_wrong_is_named_with_its_line(old: str, new: str, line: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_records(RECORD.replace(old, new, 1), "d.yaml")
    assert line in str(caught.value)
    assert "\n" not in str(caught.value)


def test_entities_of_the_dossier_must_be_in_the_registry(
    newsledger: Command, write_config: Callable[..., Path]
) -> None:
    path = write_config()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  name: A", "  entities: [belaruss]\n  name: A"), encoding="utf-8")
    done = newsledger("run", "--plain")
    assert done.returncode == 2
    assert "dossier.entities: the registry holds no 'belaruss', did you mean 'belarus'?" in done.stderr
