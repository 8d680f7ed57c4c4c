"""Articles as tables and as a page: what `newsledger extract --format table` and `--format html` print."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.sheets import print_sheets
from newsledger.records.article import Article, Issue
from newsledger.records.extraction import Entity, Event, Extraction, Mention, Statement, Time
from newsledger.records.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., subprocess.CompletedProcess[str]]

TEXT = "Kovar said on Monday that\nRiel had signed the treaty."
TABLES = """\
A treaty
published  2031-03-12 (as given)
source     gazette
language   en
id         treaty
extractor  by hand
issue      odd: a \N{REPLACEMENT CHARACTER}[31m sign

Statements
id	who	verb	kind	content
s1	Anna Kovar	say	indirect	Riel had signed the treaty

Events
id	type	status	who → whom	according to	sure	clause
e1	AGREE	occurred	Riel	Anna Kovar	0.81	Riel had signed the treaty

Times
id	type	value	days	printed
t1	DATE	2031-03-10	10 March 2031	Monday

Names
id	name	id	type	role	printed
n1	Anna Kovar	anna-kovar	PER	President	Kovar
"""


def span(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def treaty() -> Extraction:
    monday = date(2031, 3, 10)
    told = Span(**span("Riel had signed the treaty"))  # type: ignore[arg-type]
    return Extraction(
        article=Article(
            article_id="treaty",
            text=TEXT,
            title="A treaty",
            source="gazette",
            language="en",
            published=datetime(2031, 3, 12, tzinfo=UTC),
            published_from="given",
            issues=(Issue(code="odd", detail="a \x1b[31m\nsign"),),
        ),
        extractor="by hand",
        sentences=((0, len(TEXT)),),
        entities=(
            Entity(
                id="anna-kovar",
                name="Anna Kovar",
                type="PER",
                role="President",
                mentions=(Mention(**span("Kovar"), kind="name"),),
            ),
        ),
        statements=(
            Statement(**span(TEXT[:-1]), id="s1", kind="indirect", content=told, speaker="anna-kovar", verb="say"),
        ),
        events=(
            Event(
                **span(told.text),
                id="e1",
                trigger=Span(**span("signed")),
                type="AGREE",
                quad="verbal cooperation",
                intensity=4.0,
                status="occurred",
                confidence=0.812,
                actors=("Riel",),
                attributed_to="anna-kovar",
            ),
        ),
        times=(Time(**span("Monday"), type="DATE", value="2031-03-10", date_start=monday, date_end=monday),),
    )


def test_tables_are_lines_where_nobody_draws(capsys: pytest.CaptureFixture[str]) -> None:
    print_sheets([treaty()])
    assert capsys.readouterr().out == TABLES


def test_several_articles_stand_apart_and_one_without_records_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    print_sheets([treaty(), Extraction(article=Article(article_id="b", text=""), extractor="x")])
    first, second = capsys.readouterr().out.split("\n\n\n")
    assert first.startswith("A treaty\n")
    assert second.startswith("(no title)\npublished  date not known\n")
    assert second.endswith("\n\nno records\n")


def test_tables_are_drawn_in_a_terminal(seeds: Path) -> None:
    ours, theirs = pty.openpty()
    command = [Path(sys.executable).with_name("newsledger"), "extract", seeds / "talks.txt", "--format", "table"]
    with subprocess.Popen(command, cwd=seeds.parent, stdout=theirs, env={**os.environ, "TERM": "xterm"}) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(ours)
    assert process.returncode == 0
    text = shown.decode()
    assert "Alexander Lukashenko" in text
    assert "┃" in text


def test_the_page_holds_every_article_of_the_folder(newsledger: Command, seeds: Path) -> None:
    done = newsledger("extract", seeds, "--format", "html")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("<article ") == 2
    assert done.stdout.endswith("</html>\n")
    assert "http" not in done.stdout.replace("http-equiv", "")


@pytest.mark.parametrize(("form", "ending"), [("html", "</html>\n"), ("table", "\n")])
def test_what_came_before_bad_input_is_printed_whole(newsledger: Command, form: str, ending: str) -> None:
    good = json.dumps({"id": "good", "title": "Talks", "text": "Talks began in Minsk."})
    done = newsledger("extract", "-", "--format", form, stdin=f"{good}\nnot json\n")
    assert "Talks" in done.stdout
    assert done.stdout.endswith(ending)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
