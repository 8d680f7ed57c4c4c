"""The gate over quality: on the repository's own gold, and on what lies beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.gate.__main__ import FLOORS, hold, main
from bench.gate.floors import Floors, faults, pinned, read_floors, table, write_floors
from bench.gate.measuring import Measured, digest_of, figure_of, measure, measured_part
from bench.gate.sets import SETS, GoldSet
from bench.score import rows
from training.sets import is_held_out

BESIDE = [name for name, gold_set in SETS.items() if gold_set.is_quick and name != "seeds"]
figures = st.dictionaries(st.sampled_from(["names", "times", "who spoke"]), st.floats(0, 1), min_size=1)
digests = st.sampled_from(["0000", "1111"])


def today(of: dict[str, float], data: str = "0000") -> Measured:
    return Measured(name="set", data=data, figures=of, results={}, seconds=1.0)


def test_the_seeds_are_read_as_well_as_they_were() -> None:
    assert faults(read_floors(FLOORS)["seeds"], measure(SETS["seeds"])) == []


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", BESIDE)
def test_the_gold_beside_the_checkout_is_read_as_well_as_it_was(name: str) -> None:
    assert faults(read_floors(FLOORS).get(name), measure(SETS[name])) == []


def test_floors_are_of_measures_that_are_taken() -> None:
    for name, floors in read_floors(FLOORS).items():
        assert set(floors.least) == set(SETS[name].measures)


def test_a_figure_below_its_floor_fails_and_pinning_keeps_the_floor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "They met on 21 December 2022 and again some time after."
    marked = {"start": 12, "end": 28, "type": "DATE", "value": "2022-12-21"}
    vague = {"start": 39, "end": 54, "type": "DATE", "value": "FUTURE_REF"}
    document = {"id": "one", "text": text, "published": "2023-01-05", "timex": [marked, vague]}
    gold, path = tmp_path / "gold.jsonl", tmp_path / "floors.toml"
    gold.write_text(json.dumps(document) + "\n", encoding="utf-8")
    tiny = GoldSet(name="tiny", task="timex", gold=gold, measures=("strict",))
    assert hold([tiny], path, pin=True) == []
    floors = read_floors(path)["tiny"]
    assert floors.least["strict"] >= 0.5
    write_floors(path, {"tiny": Floors(data=floors.data, least={"strict": 1.1})})
    (told,) = hold([tiny], path, pin=True)
    assert told.startswith("tiny: strict is ")
    assert told.endswith(", below its floor 1.100")
    assert read_floors(path)["tiny"].least["strict"] == 1.1
    assert "strict  1.100" in capsys.readouterr().out


def test_a_set_that_cannot_be_read_does_not_pass(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("", encoding="utf-8")
    lost = GoldSet(name="lost", task="timex", gold=gold, measures=(), documents=tmp_path / "nowhere")
    assert hold([lost], tmp_path / "floors.toml") == [
        "lost: can't be read; `newsledger extract nowhere ...` ended with exit status 2"
    ]


def test_only_what_falls_below_is_told() -> None:
    floors = Floors(data="0000", least={"names": 0.8, "times": 0.7, "who spoke": 0.9})
    assert faults(floors, today({"names": 0.7999, "times": 0.7, "who spoke": 0.95})) == [
        "set: names is 0.7999, below its floor 0.800"
    ]
    assert faults(floors, today({"names": 0.8, "times": 0.7})) == ["set: who spoke is 0.0000, below its floor 0.900"]


def test_floors_of_other_data_fail_whatever_the_figures() -> None:
    (told,) = faults(Floors(data="0000", least={"names": 0.1}), today({"names": 1.0}, data="1111"))
    assert "the data changed (0000 was pinned, 1111 is there)" in told
    assert "--pin set" in told


def test_the_table_shows_floor_figure_and_difference() -> None:
    lines = table(Floors(data="0000", least={"names": 0.8}), today({"names": 0.8126, "times": 0.5})).splitlines()
    assert [line.split() for line in lines] == [
        ["floor", "now", "difference"],
        ["names", "0.800", "0.813", "+0.013"],
        ["times", "-", "0.500"],
    ]


@given(figures, digests, figures, digests)
def test_on_the_same_data_floors_only_go_up(
    first: dict[str, float], data: str, second: dict[str, float], other: str
) -> None:
    before = pinned(None, today(first, data))
    assert faults(before, today(first, data)) == []
    after = pinned(before, today(second, other))
    assert after.data == other
    for measure_, least in after.least.items():
        own = pinned(None, today(second, other)).least[measure_]
        assert own <= second[measure_] < own + 0.001
        assert least == (max(own, before.least.get(measure_, 0.0)) if other == data else own)


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    assert read_floors(path) == {}
    floors = {
        name: pinned(None, today(dict.fromkeys(gold_set.measures, 0.5 + number / 1000)))
        for number, (name, gold_set) in enumerate(SETS.items())
    }
    write_floors(path, floors)
    assert read_floors(path) == floors


def test_each_figure_is_read_off_its_result() -> None:
    assert figure_of({"p": 1.0, "r": 0.5, "f1": 0.66}) == 0.66
    assert figure_of({"accuracy": 0.5, "n": 2}) == 0.5
    assert figure_of(0.25) == 0.25
    assert figure_of(None) == 0.0


def test_a_digest_tells_names_and_contents(tmp_path: Path) -> None:
    file = tmp_path / "gold" / "texts" / "one.txt"
    file.parent.mkdir(parents=True)
    file.write_text("one", encoding="utf-8")
    first = digest_of(tmp_path / "gold")
    assert first == digest_of(file)
    file.write_text("other", encoding="utf-8")
    assert digest_of(tmp_path / "gold") != first
    file.write_text("one", encoding="utf-8")
    assert digest_of(file.rename(file.with_name("two.txt"))) != first


def test_only_what_training_leaves_out_is_measured(tmp_path: Path) -> None:
    texts = [f"Sentence {number}." for number in range(200)]
    gold = tmp_path / "all.jsonl"
    gold.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    everything, part = (
        measured_part(GoldSet(name="set", task="ner", gold=gold, measures=(), held_out=share), tmp_path)
        for share in (1, 10)
    )
    assert everything == gold
    kept = [row["text"] for row in rows(part)]
    assert kept == [text for text in texts if is_held_out(text)]
    assert 0 < len(kept) < 50


def test_a_command_that_names_no_set_means_all(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[str] = []

    def hold_none(sets: list[GoldSet], _: Path, **_options: bool) -> list[str]:
        held.extend(gold_set.name for gold_set in sets)
        return []

    monkeypatch.setattr("bench.gate.__main__.hold", hold_none)
    monkeypatch.setattr("sys.argv", ["gate"])
    assert main() == 0
    assert held == [name for name, gold_set in SETS.items() if gold_set.gold.exists()]


def test_a_set_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["gate", "nothing"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "no set is called nothing" in capsys.readouterr().err


def test_every_set_has_floors() -> None:
    assert set(read_floors(FLOORS)) == set(SETS)
