"""`newsledger correct`: what a person says of an article is recorded, replayed, listed, and undone by deleting it."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from flows.decisions import add_record, parse_records, read_corrections, read_decisions, read_records, shows
from flows.files import write_whole
from newsledger.extract.corrections import Correction, NoEvent, WrongEntity, WrongSpeaker
from newsledger.extract.decisions import Reject
from newsledger.extract.lexicon import load_lexicon
from newsledger.records.errors import ConfigError

Command = Callable[..., subprocess.CompletedProcess[str]]
DAY = date(2026, 3, 6)
TEXTS = {
    "talks": "Alexander Lukashenko met Mikhail Mishustin in Minsk on Wednesday. "
    '"We have agreed on the timetable," he said. The director, Ivan Petrov, condemned the strike.',
    "visit": "Alexander Lukashenko visited Gomel on Thursday. Ivan Petrov said that 300 people had come.",
}


@pytest.fixture
def decided(tmp_path: Path, write_config: Callable[..., Path], newsledger: Command) -> Path:
    """Run over two articles; give the file of decisions."""
    (tmp_path / "seeds").mkdir()
    for name, text in TEXTS.items():
        header = "---\nlanguage: en\npublished: 2024-05-01\n---\n"
        (tmp_path / "seeds" / f"{name}.txt").write_text(f"{header}{text}\n", encoding="utf-8")
    path = write_config()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  seeds: seeds\n", "  seeds: seeds\n  decisions: decided.yaml\n"), encoding="utf-8")
    assert newsledger("run", "--plain").returncode == 0
    return tmp_path / "decided.yaml"


def asked(newsledger: Command, query: str) -> list[str]:
    return newsledger("sql", query, "--csv").stdout.splitlines()[1:]


def speakers(newsledger: Command) -> list[str]:
    return asked(newsledger, "SELECT article_id, statement_id, speaker_id FROM statements ORDER BY ALL")


def listed(newsledger: Command) -> list[dict[str, object]]:
    return list(json.loads(newsledger("correct", "list", "--json").stdout))


def test_a_corrected_speaker_is_stored_once_it_is_read_again_and_undone_by_deleting(
    newsledger: Command, decided: Path
) -> None:
    before = speakers(newsledger)
    assert "talks,s1,alexander-lukashenko" in before
    done = newsledger("correct", "speaker", "talks/s1", "--to", "Mikhail Mishustin", "--by", "Ann", "--why", "heard it")
    assert (done.returncode, done.stdout) == (0, "")
    assert "speaker correction of talks added; `newsledger reprocess` applies it" in done.stderr
    (correction,) = read_corrections(decided)
    assert correction == WrongSpeaker(
        article="talks",
        words="We have agreed on the timetable",
        decided=correction.decided,
        by="Ann",
        why="heard it",
        example='"We have agreed on the timetable," he said.',
        was="alexander-lukashenko",
        to="mikhail-mishustin",
    )
    (row,) = listed(newsledger)
    assert row["state"] == "waiting for reprocess"
    assert (
        "waiting for `newsledger reprocess`, with what was decided since: 1 of 1 articles"
        in newsledger("correct", "list").stderr
    )
    assert speakers(newsledger) == before
    assert "\ncorrected" not in newsledger("show", "talks").stdout, "the stored records do not follow it yet"
    again = newsledger("correct", "speaker", "talks/s1", "--to", "Mikhail Mishustin")
    assert again.returncode == 2
    assert f"'We have agreed on the timetable' was corrected already on {correction.decided}" in again.stderr
    assert "by hand" not in newsledger("digest").stdout, "the stored records do not follow it yet"

    assert "read anew 1 articles" in newsledger("reprocess", "--plain").stdout, "only the corrected one"
    assert set(speakers(newsledger)) ^ set(before) == {
        "talks,s1,alexander-lukashenko",
        "talks,s1,mikhail-mishustin",
    }
    (row,) = listed(newsledger)
    assert row["state"] == "applied"
    told = "“We have agreed on the timetable” is said by Mikhail Mishustin, not by Alexander Lukashenko (Ann, "
    assert f"\ncorrected  {told}" in newsledger("show", "talks").stdout
    assert told in newsledger("show", "talks", "--format", "html").stdout
    assert "corrected" not in newsledger("show", "visit").stdout
    digest = newsledger("digest").stdout
    assert "1 correction by hand in the articles of this day" in digest
    assert (
        "`talks`: “We have agreed on the timetable” is said by Mikhail Mishustin, not by Alexander Lukashenko (Ann, "
        in digest
    )
    assert "read anew 0 articles" in newsledger("reprocess", "--plain").stdout
    newsledger("run", "--plain")
    assert speakers(newsledger) != before, "a run reads with the corrections, too"

    decided.unlink()
    assert "read anew 1 articles" in newsledger("reprocess", "--plain").stdout, "undone is what is deleted"
    assert speakers(newsledger) == before


def test_extract_and_a_rebuild_read_with_the_corrections(newsledger: Command, decided: Path, tmp_path: Path) -> None:
    newsledger("correct", "speaker", "talks/s1", "--nobody")
    done = newsledger("extract", "seeds/talks.txt")
    assert json.loads(done.stdout)["statements"][0]["speaker"] is None
    (tmp_path / "data" / "ledger.duckdb").unlink()
    assert newsledger("run", "--plain").returncode == 0
    assert "talks,s1," in speakers(newsledger)
    assert decided.exists()


def test_a_name_is_corrected_in_its_article_alone(newsledger: Command, decided: Path) -> None:
    assert newsledger("correct", "entity", "talks", "ivan petrov", "--to", "sergei-lavrov").returncode == 0
    (correction,) = read_corrections(decided)
    assert correction == WrongEntity(
        article="talks",
        words="Ivan Petrov",
        decided=correction.decided,
        example="The director, Ivan Petrov, condemned the strike.",
        was="ivan-petrov",
        to="sergei-lavrov",
    )
    newsledger("reprocess", "--plain")
    query = "SELECT article_id, entity_id FROM mentions WHERE text = 'Ivan Petrov' ORDER BY ALL"
    assert asked(newsledger, query) == ["talks,sergei-lavrov", "visit,ivan-petrov"]


def test_an_event_that_is_none_may_be_named_as_the_digest_cites_it(newsledger: Command, decided: Path) -> None:
    query = "SELECT event_id, char_start, char_end FROM events WHERE article_id = 'visit' AND mode = 'visit'"
    event, start, end = asked(newsledger, query)[0].split(",")
    assert newsledger("correct", "no-event", f"visit:{start}-{end}").returncode == 0
    (correction,) = read_corrections(decided)
    assert isinstance(correction, NoEvent)
    again = newsledger("correct", "no-event", f"visit/{event}")
    assert again.returncode == 2
    assert f"{event} (visited) was corrected already on {correction.decided}" in again.stderr
    assert correction.words == "visited"
    newsledger("reprocess", "--plain")
    assert asked(newsledger, query) == []
    again = newsledger("correct", "no-event", f"visit/{event}")
    assert again.returncode == 2
    assert f"'visit/{event}' is no event; the article has" in again.stderr


def test_a_correction_whose_words_are_gone_is_listed_as_lost(
    newsledger: Command, decided: Path, tmp_path: Path
) -> None:
    newsledger("correct", "speaker", "talks/s1", "--nobody")
    add_record(decided, WrongEntity(article="elsewhere", words="X", decided=DAY, was="x", to="y"))
    path = tmp_path / "seeds" / "talks.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("timetable", "price"), encoding="utf-8")
    newsledger("run", "--plain")
    assert [row["state"] for row in listed(newsledger)] == [
        "lost: the words are gone",
        "lost: the article is not stored",
    ]


def test_nothing_corrected_is_an_empty_list(newsledger: Command, decided: Path) -> None:
    assert listed(newsledger) == []
    assert f"{decided.name}: nothing is corrected" in newsledger("correct", "list").stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("speaker talks/s1", "say who said it: --to ENTITY, or --nobody"),
        ("speaker talks/s1 --to x --nobody", "say who said it: --to ENTITY, or --nobody"),
        ("speaker talks/s1 --to mikhail-mishustn", "knows 'mikhail-mishustn', did you mean 'mikhail-mishustin'?"),
        ("speaker talks/s1 --to alexander-lukashenko", "'talks': it is read so already"),
        ("speaker talks/s1 --to nobody-known", "neither the registry nor the article knows 'nobody-known'\n"),
        ("speaker talks/s9 --nobody", "'talks/s9' is no statement; the article has s1"),
        ("speaker talks/e1 --nobody", "'talks/e1' is no statement"),
        ("speaker talks --nobody", "not a record: 'talks'; write ARTICLE/s3, or ARTICLE:33-62"),
        ("speaker talk/s9 --nobody", "'talk/s9' is no statement; the article has s1"),
        ("speaker tulk/s1 --nobody", "no article has the id or the URL 'tulk/s1'; nearest: talks"),
        ("entity talks/s1 Minsk --to gomel", "'talks/s1' is a record: give the article, 'talks'"),
        ("no-event talks:0-3", "'talks:0-3' is no event"),
        ("entity talks Petrof --to minsk", "'talks' names nobody and nothing 'Petrof', did you mean"),
        ("entity talks Minsk --to minsk", "'Minsk' is read as minsk already"),
        ("entity talks Minsk --to gomel --from russia", "'Minsk' is not read as russia, but as minsk"),
    ],
)
def test_what_can_not_be_corrected_is_said_in_one_line_and_changes_nothing(
    newsledger: Command, decided: Path, words: str, says: str
) -> None:
    done = newsledger("correct", *words.split())
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert not decided.exists()


def test_corrections_and_decisions_stand_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    example = "He said: \"No: 'x' # 1\" -\ntwice.  He said so."
    records = (
        Reject(entity="daily-news", decided=DAY),
        WrongSpeaker(article="a/b: c", words="No: 'x' # 1", decided=DAY, example=example, was=None, to="minsk"),
        WrongSpeaker(article="a", words="He said", decided=DAY, example=example, occurrence=2, was="minsk"),
        NoEvent(article="a", words="twice.  He", decided=DAY, example=example, sides=("a", "b")),
        WrongEntity(article="a", words="x", decided=DAY, was="a", to="b", why="ō"),
    )
    for record in records:
        add_record(path, record)
    assert read_records(path) == records
    assert read_decisions(path) == records[:1]
    assert read_corrections(path) == records[1:]


@pytest.mark.parametrize(
    ("record", "line"),
    [
        ("speker", "line 1: unknown decision 'speker', did you mean 'speaker'?"),
        ("speaker\n  article: a\n  words: b\n  decided: 2026-03-06", "words must stand in example"),
        ("identity\n  article: a\n  words: b\n  decided: 2026-03-06\n  was: c", "the key 'to' is missing"),
        ("no_event\n  article: a\n  words: b\n  example: b\n  decided: 2026-03-06\n  to: c", "unknown key 'to'"),
    ],
)
def test_a_record_that_is_wrong_is_named_with_its_line(record: str, line: str) -> None:
    with pytest.raises(ConfigError, match=r"d\.yaml, ") as caught:
        parse_records(f"- decision: {record}\n", "d.yaml")
    assert line in str(caught.value)


EXAMPLE = "Alexander Lukashenko said that the dam was safe."
SAFE = {"article": "a", "words": "the dam was safe", "decided": DAY, "example": EXAMPLE}


@pytest.mark.parametrize(
    ("correction", "holds"),
    [
        (WrongSpeaker(**SAFE, occurrence=2, was="alexander-lukashenko", to="mikhail-mishustin"), True),
        (WrongSpeaker(**SAFE, to="alexander-lukashenko"), True),
        (WrongSpeaker(**SAFE, to="whom-the-article-knows"), True),
        (WrongSpeaker(**SAFE), True),
        (WrongSpeaker(**SAFE | {"words": "said"}, to="mikhail-mishustin"), False),
        (WrongEntity(**SAFE | {"words": "Lukashenko"}, was="x", to="minsk"), False),
        (WrongEntity(**SAFE | {"words": "Alexander Lukashenko"}, was="x", to="minsk"), True),
        (NoEvent(**SAFE | {"words": "said"}), True),
    ],
)
def test_an_example_is_a_regression_case(correction: Correction, holds: bool) -> None:  # noqa: FBT001 - what pytest gives
    assert shows(correction, load_lexicon()) is holds


@pytest.mark.parametrize(
    "arguments",
    [
        ("correct", "speaker", "talks/s1", "--to", "Mikhail Mishustin"),
        ("correct", "no-event", "talks/e1"),
        ("correct", "entity", "talks", "Ivan Petrov", "--to", "alexander-lukashenko"),
        ("registry", "merge", "ivan-petrov", "alexander-lukashenko"),
    ],
)
def test_nobody_else_adds_a_record_meanwhile(
    newsledger: Command, decided: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    held = []

    def try_to_add(path: Path, text: str) -> None:
        descriptor = os.open(decided.parent, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.append(path)
        finally:
            os.close(descriptor)
        write_whole(path, text)

    monkeypatch.setattr("flows.decisions.write_whole", try_to_add)
    assert newsledger(*arguments).stderr.endswith("text\n" if arguments[0] == "correct" else "with it\n")
    assert held == [decided]
