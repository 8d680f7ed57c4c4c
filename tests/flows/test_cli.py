"""The command line as a user meets it: the real command, its exit status, its two streams."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from store import open_ledger, write_lock

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.webserver import Web

    Command = Callable[..., subprocess.CompletedProcess[str]]

IMPORTS = """
import sys
sys.argv = ["newsledger", *sys.argv[1:]]
from flows.cli import main
try:
    main()
finally:
    sys.stderr.write("IMPORTED " + " ".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


def one_error(done: subprocess.CompletedProcess[str], status: int = 2) -> str:
    """The only line on standard error, where the command ended with the given status."""
    assert (done.returncode, done.stdout) == (status, "")
    prefix, _, line = done.stderr.removesuffix("\n").partition("newsledger: error: ")
    assert prefix == ""
    assert "\n" not in line
    return line


def test_help_is_quick_and_names_every_command(newsledger: Command, newsledger_process: Command) -> None:
    newsledger_process("--help")
    began = time.perf_counter()
    done = newsledger_process("--help")
    assert time.perf_counter() - began < 1.0
    assert done.returncode == 0
    for command in (
        *("run", "serve", "digest", "extract", "sql", "search", "show", "export", "backup"),
        *("feeds", "status", "reprocess"),
    ):
        assert f"\n  {command} " in done.stdout
    assert newsledger("-h").stdout == done.stdout == newsledger().stdout


@pytest.mark.parametrize(
    "command",
    [
        *("run", "serve", "digest", "extract", "sql", "search", "show", "export", "backup"),
        *("feeds check", "status", "reprocess"),
    ],
)
def test_each_command_helps_with_an_example(newsledger: Command, command: str) -> None:
    done = newsledger(*command.split(), "-h")
    assert done.returncode == 0
    assert f"newsledger {command}" in done.stdout.split("Examples:")[1]


def test_version(newsledger: Command) -> None:
    assert newsledger("--version").stdout.startswith("newsledger 0.")


@pytest.mark.parametrize(
    "arguments", [["frob"], ["run", "--frob"], ["extract"], ["sql"], ["digest", "--format", "pdf"], ["feeds"]]
)
def test_wrong_usage_is_one_line(newsledger: Command, arguments: list[str]) -> None:
    assert "--help)" in one_error(newsledger(*arguments))


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], {"prefect", "duckdb", "httpx", "trafilatura", "pydantic", "rich"}),
        (["extract", "seeds/bridge.md"], {"prefect", "duckdb", "pyarrow", "structlog", "jinja2"}),
        (["run", "--plain"], {"prefect"}),
        (["sql", "SELECT 1"], {"prefect", "httpx", "trafilatura", "jinja2"}),
        (["digest"], {"prefect", "httpx", "trafilatura"}),
        (["search", "talks"], {"prefect", "httpx", "trafilatura", "jinja2"}),
        (["show", "talks"], {"prefect", "httpx", "trafilatura"}),
        (["status"], {"prefect"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_commands_import_only_what_they_need(
    newsledger: Command, write_config: Callable[..., Path], seeds: Path, arguments: list[str], unwanted: set[str]
) -> None:
    write_config()
    if arguments[0] not in ("--help", "extract", "run"):
        newsledger("run", "--plain")
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS, *arguments], cwd=seeds.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert unwanted & set(done.stderr.split("IMPORTED ")[1].split()) == set()


def test_extract_prints_one_object_a_line_as_it_goes(newsledger: Command, seeds: Path) -> None:
    done = newsledger("extract", seeds, "--format", "jsonl")
    assert done.stderr == ""
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["article_id"] for record in records] == ["bridge", "talks"]
    talks = records[1]
    assert talks["text"].startswith("GOMEL")
    assert {"entities", "statements", "events", "figures", "times", "topics"} <= talks.keys()


def test_extract_reads_standard_input(newsledger: Command) -> None:
    line = json.dumps({"id": "x1", "text": "The two presidents met in Brest on 3 May 2021."})
    done = newsledger("extract", "-", stdin=line + "\n")
    assert json.loads(done.stdout)["article_id"] == "x1"


def test_a_file_may_be_called_anything(newsledger: Command, tmp_path: Path) -> None:
    (tmp_path / "a\udcff.txt").write_text("Talks began in Minsk.", encoding="utf-8")
    done = newsledger("extract", "a\udcff.txt", "--format", "table")
    assert (done.returncode, done.stderr) == (0, "")


def test_extract_gives_documents_without_a_date_the_reference_date(newsledger: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("They met on Monday.", encoding="utf-8")
    record = json.loads(newsledger("extract", "a.txt", "--published", "2021-03-04").stdout)
    assert (record["published"], record["published_from"]) == ("2021-03-04T00:00:00Z", "given")


def test_extract_prints_what_came_before_bad_input(newsledger: Command) -> None:
    good = json.dumps({"id": "good", "text": "Talks began in Minsk."})
    done = newsledger("extract", "-", stdin=f"{good}\nnot json\n{good}\n")
    assert [json.loads(line)["article_id"] for line in done.stdout.splitlines()] == ["good"]
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_extract_of_many_keeps_their_order(newsledger: Command) -> None:
    lines = [json.dumps({"id": str(number), "text": f"Talks number {number} began in Minsk."}) for number in range(130)]
    done = newsledger("extract", "-", stdin="\n".join([*lines, "{"]))
    assert [json.loads(line)["article_id"] for line in done.stdout.splitlines()] == [
        str(number) for number in range(130)
    ]
    assert done.returncode == 2


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"id": str(number), "text": "Talks began. " * 400}) for number in range(90))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    command = (
        f"'{Path(sys.executable).parent / 'newsledger'}' extract many.jsonl | head -c 10 > first; exit $PIPESTATUS"
    )
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (141, "")
    assert (tmp_path / "first").stat().st_size == 10


@pytest.mark.parametrize("arguments", ["sql --list --json", "sql @who-met-whom --show"])
def test_a_reader_that_takes_nothing_is_no_error(tmp_path: Path, arguments: str) -> None:
    command = f"'{Path(sys.executable).parent / 'newsledger'}' {arguments} | true; exit $PIPESTATUS"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(
    ("closed", "status", "said"),
    [("<&-", 0, ""), (">&-", 2, "newsledger: error: standard output is closed;"), ("2>&-", 0, "")],
)
def test_a_closed_stream_is_no_riddle(tmp_path: Path, closed: str, status: int, said: str) -> None:
    command = f"'{Path(sys.executable).parent / 'newsledger'}' extract - {closed}"
    (tmp_path / "one.jsonl").write_text('{"text": "Talks began."}', encoding="utf-8")
    with (tmp_path / "one.jsonl").open(encoding="utf-8") as lines:
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, stdin=lines, capture_output=True, text=True, check=False
        )
    assert done.returncode == status
    assert done.stderr.startswith(said)
    assert bool(done.stderr) == bool(said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--config", "gone.yaml"], "gone.yaml: the configuration can't be read"),
        (["digest", "--day", "2021-02-30"], "not a date: '2021-02-30'"),
        (["extract", "x.txt", "--published", "yesterday"], "not a date: 'yesterday'"),
        (["extract", "gone.txt"], "gone.txt"),
        (["extract", "binary.txt"], "binary.txt"),
        (["extract", "bad-date.txt"], "bad-date.txt"),
        (["sql", "SELECT 1"], "there is no database"),
        (["sql", "SELECT 1", "--timeout", "inf"], "--timeout"),
        (["status"], "there is no database"),
        (["digest"], "there is no database"),
        (["search", "talks", "--from", "2021-03-05", "--to", "2021-03-04"], "--from 2021-03-05 is after --to"),
        (["search", "talks", "--source", "\udcff"], "an argument is no text in UTF-8"),
        (["forget", "\udcff", "--reason", "asked to", "--yes"], "an argument is no text in UTF-8"),
        (
            ["correct", "no-event", "talks/e1", "--why", "so\udcff"],
            "an argument is no text in UTF-8",
        ),
    ],
)
def test_bad_input_is_one_clear_line(
    newsledger: Command, write_config: Callable[..., Path], tmp_path: Path, arguments: list[str], said: str
) -> None:
    write_config()
    (tmp_path / "binary.txt").write_bytes(b"\x00\xff\xfe\x00" * 40)
    (tmp_path / "bad-date.txt").write_text("---\npublished: soon\n---\nText.", encoding="utf-8")
    assert said in one_error(newsledger(*arguments))


def test_an_unknown_key_is_named_with_the_nearest(newsledger: Command, write_config: Callable[..., Path]) -> None:
    path = write_config()
    path.write_text(path.read_text(encoding="utf-8").replace("schedule:", "shedule:"), encoding="utf-8")
    assert "line 10: unknown key 'shedule', did you mean 'schedule'?" in one_error(newsledger("status"))


def test_a_topic_needs_something_to_be_told_by(newsledger: Command, write_config: Callable[..., Path]) -> None:
    path = write_config()
    path.write_text(path.read_text(encoding="utf-8").replace("topics:", "topics:\n  - id: floods"), encoding="utf-8")
    said = "words or examples must show what 'floods' is about"
    assert said in one_error(newsledger("extract", "-", "--config", path))


def test_a_topic_of_ones_own_is_learnt_from_examples(newsledger: Command, write_config: Callable[..., Path]) -> None:
    path = write_config()
    topic = "topics:\n  - id: floods\n    examples: [A dyke broke and cellars flooded, Flooded villages after the rain]"
    path.write_text(path.read_text(encoding="utf-8").replace("topics:", topic), encoding="utf-8")
    line = json.dumps({"id": "x1", "text": "Floods reached the dyke of Gomel."})
    record = json.loads(newsledger("extract", "-", "--config", path, stdin=line).stdout)
    assert [topic["topic"] for topic in record["topics"]] == ["floods"]
    assert [span["text"] for span in record["topics"][0]["evidence"]] == ["Floods", "dyke"]


def test_a_database_of_a_newer_schema_is_left_alone(
    newsledger: Command, write_config: Callable[..., Path], tmp_path: Path
) -> None:
    write_config()
    ledger = tmp_path / "data" / "ledger.duckdb"
    with open_ledger(ledger):
        pass
    with duckdb.connect(str(ledger)) as con:
        con.execute("INSERT INTO schema_version VALUES (9999, 'future.sql')")
    before = ledger.read_bytes()
    assert "schema version 9999" in one_error(newsledger("run", "--plain"))
    assert ledger.read_bytes() == before


def test_a_second_writer_is_told_who_the_first_is(
    newsledger: Command, write_config: Callable[..., Path], tmp_path: Path
) -> None:
    write_config()
    with write_lock(tmp_path / "data" / "ledger.duckdb", "newsledger monitor"):
        line = one_error(newsledger("run", "--plain"))
    assert f"newsledger monitor (process {os.getpid()})" in line


def test_a_folder_that_may_not_be_written_is_named(
    newsledger: Command, write_config: Callable[..., Path], tmp_path: Path
) -> None:
    path = write_config()
    # Nobody, root neither, can make a folder here.
    path.write_text(path.read_text(encoding="utf-8").replace("data/", "/proc/newsledger/"), encoding="utf-8")
    assert "/proc/newsledger" in one_error(newsledger("run", "--plain"))
    assert not (tmp_path / "digests").exists()


def test_exit_status_and_line_of_the_real_command(newsledger_process: Command) -> None:
    assert "there is no database" in one_error(newsledger_process("sql", "SELECT 1"))


def test_a_file_in_the_place_of_a_folder_is_named(
    newsledger: Command, write_config: Callable[..., Path], seeds: Path, tmp_path: Path
) -> None:
    assert seeds.exists()
    write_config()
    (tmp_path / "digests").write_text("in the way", encoding="utf-8")
    done = newsledger("run", "--plain")
    assert done.returncode == 2
    assert str(tmp_path / "digests") in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_what_nobody_foresaw_leaves_its_details_in_a_file(write_config: Callable[..., Path], tmp_path: Path) -> None:
    write_config()
    code = (
        "import sys; sys.argv = ['newsledger', 'status']\n"
        "import flows.looking\n"
        "def broken(*_, **__): raise ZeroDivisionError('by design')\n"
        "flows.looking.show_status = broken\n"
        "from flows.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    line = one_error(done, 1)
    log = Path(line.split("the details are in ")[1])
    assert log.parent == tmp_path / "state"
    assert "ZeroDivisionError: by design" in log.read_text(encoding="utf-8")


def test_sql_in_three_forms(newsledger: Command, write_config: Callable[..., Path], seeds: Path) -> None:
    assert seeds.exists()
    write_config()
    newsledger("run", "--plain")
    query = (
        "SELECT 1 AS one, 'a\tb' AS two, NULL AS one, DATE '2021-03-04' AS four, [1, 2] AS five, 0.5::DECIMAL AS six"
    )
    assert json.loads(newsledger("sql", query, "--json").stdout) == [
        {"one": 1, "two": "a\tb", "one_2": None, "four": "2021-03-04", "five": [1, 2], "six": 0.5}
    ]
    assert newsledger("sql", query, "--csv").stdout == 'one,two,one,four,five,six\n1,a\tb,,2021-03-04,"[1, 2]",0.5\n'
    both = newsledger("sql", query, "--csv", "--json")
    assert (both.returncode, both.stdout) == (2, "")
    assert newsledger("sql", query).stdout == "one\ttwo\tone\tfour\tfive\tsix\n1\ta\\tb\t\t2021-03-04\t[1, 2]\t0.5\n"
    for refused in ("DROP TABLE articles", "SELECT 1; SELECT 2", "SELECT * FROM read_text('/etc/hostname')", "SELEKT"):
        one_error(newsledger("sql", refused))
    slow = "SELECT count(*) FROM range(100000) a, range(100000) b, range(1000) c"
    assert "stopped after 1 s" in one_error(newsledger("sql", slow, "--timeout", "1"))


def test_sql_answers_while_a_run_is_writing(
    newsledger: Command, write_config: Callable[..., Path], seeds: Path, tmp_path: Path, web: Web
) -> None:
    assert seeds.exists()
    write_config()
    assert newsledger("run", "--plain").returncode == 0
    write_config(("slow", web.put("/slow.xml", "<rss/>", delay_s=4)))
    command = [Path(sys.executable).parent / "newsledger", "run", "--plain"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        note = tmp_path / "data" / "ledger.duckdb.lock"
        while f'"pid": {run.pid}, "command": "newsledger monitor"' not in note.read_text(encoding="utf-8"):
            assert run.poll() is None
            time.sleep(0.05)
        second = newsledger("run", "--plain")
        answer = newsledger("sql", "SELECT count(*) FROM articles")
        assert run.poll() is None
        assert (answer.returncode, answer.stdout) == (0, "count_star()\n2\n")
        assert f"newsledger monitor (process {run.pid})" in one_error(second)
        assert run.wait(60) == 0


def test_digest_prints_one_form_and_writes_all(
    newsledger: Command, write_config: Callable[..., Path], seeds: Path, tmp_path: Path
) -> None:
    assert seeds.exists()
    write_config()
    newsledger("run", "--plain")
    for file in (tmp_path / "digests").iterdir():
        file.unlink()
    markdown = newsledger("digest", "--day", "2021-03-04").stdout
    assert "Talks in the river town" in markdown
    assert newsledger("digest", "--day", "2021-03-04", "--format", "html").stdout.startswith("<!")
    assert json.loads(newsledger("digest", "--day", "2021-03-04", "--format", "json").stdout)["day"] == "2021-03-04"
    assert (tmp_path / "digests" / "2021-03-04.md").read_text(encoding="utf-8") == markdown
    assert "A bridge is planned" in newsledger("digest").stdout
    names = (f"{stem}{end}" for stem in ("2021-03-04", "2021-03-05", "latest") for end in (".md", ".html", ".json"))
    assert {file.name for file in (tmp_path / "digests").iterdir()} == {"feed.atom", *names}


def test_feeds_check_stores_nothing(
    newsledger: Command, write_config: Callable[..., Path], feed: str, tmp_path: Path
) -> None:
    write_config(("good", feed), ("dead", "http://127.0.0.1:9/feed"))
    good, dead = json.loads(newsledger("feeds", "check", "--json").stdout)
    assert (good["feed"], good["outcome"], good["items"], good["http"]) == ("good", "ok", 2, 200)
    assert (dead["feed"], dead["outcome"], dead["items"]) == ("dead", "connection_error", 0)
    assert "Connect call failed" in dead["detail"]
    assert not (tmp_path / "data").exists()
    assert newsledger("feeds", "check").stdout.startswith("feed\toutcome\t")


def test_status_shows_tables_runs_and_feeds(newsledger: Command, write_config: Callable[..., Path], feed: str) -> None:
    write_config(("good", feed))
    newsledger("run", "--plain")
    status = json.loads(newsledger("status", "--json").stdout)
    assert status["tables"]["articles"] == 2
    assert {run["flow"] for run in status["runs"]} == {"seed", "monitor"}
    assert status["feeds"][0]["outcome"] == "ok"
    shown = newsledger("status").stdout
    assert "good\twire\tok" in shown
    minute = r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"
    assert re.search(rf"^newest    {minute}$", shown, re.MULTILINE)
    assert re.search(rf"^monitor\t{minute}\t\d\d:\d\d\t2\t0\t1\t0$", shown, re.MULTILINE)


def test_the_status_breaks_no_name_in_a_terminal(
    newsledger: Command, write_config: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config(("a-feed-of-a-long-name", "http://127.0.0.1:9/feed"))
    newsledger("run", "--plain")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown = newsledger("status").stdout
    assert "│ a-feed-of-a-long-name │ connection_error │" in shown
    assert max(len(line) for line in shown.splitlines() if line.startswith("│")) <= 80
