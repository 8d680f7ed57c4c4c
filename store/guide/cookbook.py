"""The cookbook: questions that people ask of the ledger, each with its SQL, and docs/cookbook.md made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger.records.errors import QueryError
from store.reading.query import run_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.reading.query import QueryResult

QUESTIONS = Path(__file__).parent / "questions"
# In the order of the document; a question is of one of them.
PARTS = (
    "Statements", "Events", "Countries", "Figures", "Time", "Stories", "Sources", "Entities", "Changes", "The ledger",
)  # fmt: skip
TIMEOUT_S = 10.0

_LABEL = re.compile(r"-- (Part|Question|Shows|Adapt): (.+)")
_MOST_ROWS = 12
_MOST_CHARS = 100
_HEAD = """# The cookbook

Questions that analysts and journalists ask, each with its SQL and its answer. Ask one by its name, or copy it and make
it your own:

```
newsledger sql --list                             all of them
newsledger sql @who-met-whom                      the answer from your own ledger
newsledger sql @who-met-whom --show > mine.sql    the SQL, to be adapted
newsledger sql - < mine.sql                       ask what stands in a file
```

The answers below are those of the seed corpus (`seeds/articles`), its four sources listed as feeds, and of three
notices that came in over these feeds afterwards. "Days" are counted back from the newest article of the ledger, never
from the clock, so the same ledger always gives the same answer. Long cells are cut here, lists to their first rows.
What each column holds stands in [schema.md](schema.md).

This file is made from `store/guide/questions`, one file a question, and from the answers that
`tests/store/test_store_cookbook.py` holds; how to write it anew stands there.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question in plain words with its SQL: what the answer shows, and what to change to ask it of somebody else."""

    name: str
    part: str
    question: str
    shows: str
    adapt: str
    sql: str


def load_questions() -> tuple[Question, ...]:
    """Read all questions, in the order of the document."""
    questions = (_parsed(path.stem, path.read_text(encoding="utf-8")) for path in QUESTIONS.glob("*.sql"))
    return tuple(sorted(questions, key=lambda question: (PARTS.index(question.part), question.name)))


def find_question(name: str) -> Question:
    """Give the question of that name. Raises QueryError, which proposes the nearest, where there is none."""
    questions = {question.name: question for question in load_questions()}
    if name not in questions:
        near = get_close_matches(name, questions, n=1, cutoff=0.4)
        proposal = f", did you mean @{near[0]}?" if near else ";"
        message = f"the cookbook has no @{name}{proposal} `newsledger sql --list` lists its questions"
        raise QueryError(message)
    return questions[name]


def cookbook_markdown(published: Path) -> str:
    """Write the cookbook with the answers of a published copy. Raises QueryError and StoreError as run_query does."""
    return "\n".join((_HEAD, *_sections(published)))


def _parsed(name: str, text: str) -> Question:
    """Part a file into its labelled comment lines at the top and the SQL below."""
    said: dict[str, str] = {}
    label = ""
    lines = text.splitlines()
    while lines and lines[0].startswith("--"):
        line = lines.pop(0)
        if labelled := _LABEL.fullmatch(line):
            label, said[labelled[1]] = labelled[1], labelled[2]
        else:
            said[label] += " " + line.removeprefix("--").strip()
    return Question(
        name=name,
        part=said["Part"],
        question=said["Question"],
        shows=said["Shows"],
        adapt=said["Adapt"],
        sql="\n".join(lines).strip() + "\n",
    )


def _sections(published: Path) -> Iterator[str]:
    parts = {part: [one for one in load_questions() if one.part == part] for part in PARTS}
    for part, questions in parts.items():
        yield f"- {part}: " + ", ".join(f"[{question.name}](#{question.name})" for question in questions)
    for part, questions in parts.items():
        yield f"\n## {part}\n"
        for question in questions:
            yield f"### {question.name}\n\n**{question.question}** {question.shows}\n"
            yield f"```sql\n{question.sql}```\n\n*To make it your own:* {question.adapt}\n"
            yield from (*_table(run_query(published, question.sql, TIMEOUT_S)), "")


def _table(found: QueryResult) -> Iterator[str]:
    yield "| " + " | ".join(found.columns) + " |"
    yield "|" + "---|" * len(found.columns)
    for row in found.rows[:_MOST_ROWS]:
        yield "| " + " | ".join(_cell(value) for value in row) + " |"
    if (more := len(found.rows) - _MOST_ROWS) > 0:
        yield f"\n… and {more} more."


def _cell(value: object) -> str:
    text = " ".join(_text(value).split())
    if len(text) > _MOST_CHARS:
        text = text[:_MOST_CHARS].rsplit(" ", 1)[0] + " …"
    return text.replace("\\", "\\\\").replace("|", "\\|")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_text(item)}" for key, item in value.items())
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return f"{value:,.12g}" if isinstance(value, float) else str(value)
