"""The `search` and `show` commands as a user meets them."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from store import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def stocked(newsledger: Command, write_config: Callable[..., Path], seeds: Path) -> Command:
    """The command, where both seed articles are stored and published."""
    write_config(folder=seeds.parent)
    assert newsledger("run", "--plain").returncode == 0
    return newsledger


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    head, *lines = (line.split("\t") for line in done.stdout.splitlines())
    return [dict(zip(head, line, strict=True)) for line in lines]


def in_terminal(folder: Path, *arguments: str) -> str:
    ours, theirs = pty.openpty()
    command = [Path(sys.executable).with_name("newsledger"), *arguments]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "200"}
    with subprocess.Popen(command, cwd=folder, stdout=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(ours)
    assert process.returncode == 0
    return shown.decode()


def test_a_run_makes_the_index_and_search_answers_a_line_an_article(stocked: Command) -> None:
    done = stocked("search", "bridge")
    (row,) = rows(done)
    assert (row["date"], row["title"], row["article_id"]) == ("2021-03-05", "A bridge is planned", "bridge")
    assert "the bridge would cost 30 million dollars" in row["snippet"]
    assert done.stderr == ""


def test_nothing_but_a_terminal_gets_marks(stocked: Command, tmp_path: Path) -> None:
    assert not set("«*\x1b") & set(stocked("search", "agreed", "timetable").stdout)
    drawn = in_terminal(tmp_path, "search", "agreed", "timetable")
    assert "\x1b[1;33magreed\x1b[0m on the \x1b[1;33mtimetable\x1b[0m" in drawn
    assert "1 of 1 articles" in drawn


def test_json_has_places_that_re_read_in_the_stored_text(stocked: Command) -> None:
    (found,) = json.loads(stocked("search", "talk -bridge", "--json").stdout)
    text = json.loads(stocked("sql", "SELECT text FROM article_text WHERE article_id = 'talks'", "--json").stdout)[0][
        "text"
    ]
    assert [found["title"][start:end] for start, end in found["title_hits"]] == ["Talks"]
    hits = [hit for piece in found["snippets"] for hit in piece["hits"]]
    assert [text[start:end] for start, end in hits] == ["talks", "talks"]
    for piece in found["snippets"]:
        assert text[piece["start"] : piece["end"]] == piece["text"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--from", "2021-03-05"), ["bridge"]),
        (("--to", "2021-03-04"), ["talks"]),
        (("--from", "2021-03-04", "--to", "2021-03-04"), ["talks"]),
        (("--source", "River-Post"), ["talks"]),
        (("--entity", "lukashenko"), ["talks"]),
        (("--entity", "mikhail-mishustin"), ["talks"]),
        (("--limit", "1"), ["talks"]),
    ],
)
def test_filters(stocked: Command, options: tuple[str, ...], expected: list[str]) -> None:
    assert [row["article_id"] for row in rows(stocked("search", "the", "on", *options))] == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bridge", "frobs"), "frobs stands in none of the 2 articles"),
        (("bridge", "timetable"), "none of the 2 articles is as asked for"),
        (("bridge", "-cost"), "none of the 2 articles is as asked for"),
        (("bridge", "--to", "2021-03-04"), "1 articles hold these words, but none passes"),
    ],
)
def test_where_nothing_is_found_it_says_why(stocked: Command, arguments: tuple[str, ...], said: str) -> None:
    done = stocked("search", *arguments)
    assert (done.returncode, done.stdout) == (0, "")
    assert said in done.stderr
    assert json.loads(stocked("search", "--json", *arguments).stdout) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--", "-bridge"), "name at least one word"),
        (("-bridge",), "name at least one word"),
        (('"("', "*"), "name at least one word"),
        (("(((",), "name at least one word"),
        (
            ("bridge", "--source", "river-pst"),
            "no source of an article is called 'river-pst'; near to it: river-post\n",
        ),
        (("bridge", "--entity", "Lukashenk"), "is called 'Lukashenk'; near to it: alexander-lukashenko\n"),
        (("frobs", "--entity", "nobodyx"), "no entity of an article is called 'nobodyx'\n"),
        (("bridge", "--form", "2021-03-04"), "No such option: --form"),
        (("bridge", "--limit", "-5"), "Input should be greater than or equal to 1"),
    ],
)
def test_a_mistake_is_one_line(stocked: Command, arguments: tuple[str, ...], said: str) -> None:
    done = stocked("search", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_words_that_no_article_may_hold(stocked: Command) -> None:
    assert len(rows(stocked("search", "the"))) == 2
    assert [row["article_id"] for row in rows(stocked("search", "the", "-bridge", "-hungary"))] == ["talks"]


@pytest.mark.parametrize("day", ["yesterday", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_one_line(stocked: Command, day: str) -> None:
    done = stocked("search", "bridge", "--to", day)
    assert done.returncode == 2
    assert "not a date" in done.stderr


def test_without_an_index_it_says_what_makes_one(stocked: Command, tmp_path: Path) -> None:
    (tmp_path / "data" / "search.sqlite").unlink()
    done = stocked("search", "bridge")
    assert done.returncode == 2
    assert "`newsledger run` makes it" in done.stderr
    assert stocked("run", "--plain").returncode == 0
    assert len(rows(stocked("search", "bridge"))) == 1


@pytest.mark.parametrize("wanted", ["talks", "ta"])
def test_an_article_is_shown_with_its_records(stocked: Command, wanted: str) -> None:
    shown = stocked("show", wanted).stdout
    assert shown.startswith("Talks in the river town\npublished  2021-03-04")
    assert "\nsource     river-post\n" in shown
    assert "\nrevision   1 of 1\n" in shown
    assert "\ntopics     diplomacy " in shown
    assert "\nStatements\n" in shown


def test_a_record_is_shown_first_with_the_sentences_around_it(stocked: Command, tmp_path: Path) -> None:
    first, article = stocked("show", "talks/s1").stdout.split("\n\n", 1)
    assert first.splitlines()[0].startswith("s1         Alexander Lukashenko")
    assert '"We have agreed on the timetable," Lukashenko said.' in first
    assert "until the evening" in first
    assert "grew by 14 percent" in first
    assert "met Russian" not in first
    assert article == stocked("show", "talks").stdout
    assert "\x1b[1;33m" in in_terminal(tmp_path, "show", "talks/s1")


def test_a_record_is_shown_by_the_place_that_the_digest_cites(stocked: Command) -> None:
    query = "SELECT char_start || '-' || char_end FROM statements WHERE article_id = 'talks' AND statement_id = 's1'"
    place = stocked("sql", query).stdout.splitlines()[1]
    assert stocked("show", f"talks:{place}").stdout == stocked("show", "talks/s1").stdout
    assert stocked("show", f"talks:{place}", "--format", "html").stdout.count("data-asked>") == 1


def test_a_page_has_the_record_picked(stocked: Command) -> None:
    page = stocked("show", "talks/s1", "--format", "html").stdout
    assert page.count("<article ") == 1
    assert '<li data-r="s1" data-asked>' in page
    assert "data-asked>" not in stocked("show", "talks", "--format", "html").stdout


def test_an_article_of_a_feed_is_shown_by_its_address_and_in_each_revision(
    newsledger: Command, write_config: Callable[..., Path], feed: str
) -> None:
    write_config(("wire", feed))
    newsledger("run", "--plain")
    address = feed.replace("feed.xml", "page")
    shown = newsledger("show", f"{address}?utm_source=x#top").stdout
    assert f"\nurl        {address}\n" in shown
    assert newsledger("show", address, "--revision", "1").stdout == shown
    assert newsledger("show", address.removeprefix("http://")).stdout == shown
    done = newsledger("show", address, "--revision", "2")
    assert (done.returncode, done.stdout) == (2, "")
    assert "has no revision 2; stored: 1" in done.stderr


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("talsk", "no article has the id or the URL 'talsk'; nearest: talks"),
        ("", "'' may be several articles: bridge, talks"),
        ("talks/s99", "talks has no record s99; it has s1\n"),
        ("bridge/d1", "bridge has no record d1; it has none that begins with d"),
        ("talks:0-1", "talks has no record from 0 to 1; `newsledger show talks` lists its records"),
        ("nobody/s1", "no article has the id or the URL 'nobody/s1'"),
        ("https://example.org/x", "no article has the id or the URL 'https://example.org/x'"),
    ],
)
def test_whom_nobody_knows_is_one_line(stocked: Command, wanted: str, said: str) -> None:
    done = stocked("show", wanted)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr


def test_of_what_was_taken_down_it_says_when_and_why(stocked: Command, tmp_path: Path) -> None:
    ledger, published = tmp_path / "data" / "ledger.duckdb", tmp_path / "data" / "news.duckdb"
    with duckdb.connect(str(ledger)) as con:
        con.execute("INSERT INTO takedowns VALUES ('gone', NULL, 'A court\nordered it.', '2024-03-07 08:00:00', NULL)")
    publish(ledger, published)
    expected = "id         gone\ntaken down 2024-03-07 08:00 UTC\nbecause    A court ordered it.\n"
    assert stocked("show", "gone").stdout == expected
    done = stocked("show", "gone", "--format", "html")
    assert (done.returncode, done.stdout) == (2, "")
    assert "A court ordered it" in done.stderr


def test_an_empty_answer_is_told_in_a_terminal_instead_of_drawn(stocked: Command, tmp_path: Path) -> None:
    query = "SELECT article_id FROM articles WHERE false"
    assert stocked("sql", query).stdout == "article_id\n"
    assert in_terminal(tmp_path, "sql", query) == ""
