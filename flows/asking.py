"""The `newsledger sql` command: a query of one's own, or a question of the cookbook."""

from __future__ import annotations

import sys
from dataclasses import asdict
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import EXAMPLES, ConfigOption, JsonOption, configured
from newsledger.records.errors import InputError

if TYPE_CHECKING:
    from store import Question

_STANDARD_INPUT = "-"
_OF_THE_COOKBOOK = "@"

asking = typer.Typer(rich_markup_mode=None)


@asking.command(
    epilog=f'{EXAMPLES}sql "SELECT * FROM v_who_said_what LIMIT 5" --csv\n  newsledger sql --list\n'  # noqa: S608 - examples for people
    "  newsledger sql @who-met-whom\n  newsledger sql @who-met-whom --show > mine.sql\n  newsledger sql - < mine.sql"
)
def sql(  # noqa: PLR0913 - one for each option
    context: typer.Context,
    query: Annotated[
        str | None,
        typer.Argument(metavar="QUERY", help="One SELECT; @NAME, a question of the cookbook; or - for standard input."),
    ] = None,
    *,
    listed: Annotated[bool, typer.Option("--list", help="List the questions of the cookbook.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the SQL of @NAME instead of asking it.")] = False,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")] = False,
    timeout: Annotated[
        float, typer.Option(min=0.1, max=86_400, help="Seconds after which the query is stopped.")
    ] = 30.0,
    config: ConfigOption = None,
) -> None:
    """Ask the database: one SELECT, read-only.

    The query goes to the published copy, so it is answered while a run is writing too. docs/cookbook.md shows each
    question of the cookbook with an answer.
    """
    if as_json and as_csv:
        message = "--json and --csv exclude each other; leave one out"
        raise InputError(message)

    from flows.tables import print_csv, print_json, print_table  # noqa: PLC0415
    from store import load_questions, run_query  # noqa: PLC0415

    print_rows = print_json if as_json else print_csv if as_csv else print_table
    if listed:
        rows = [asdict(question) for question in load_questions()]
        columns = list(rows[0]) if as_json else ["name", "question"]
        print_rows(columns, [[row[column] for column in columns] for row in rows])
        return
    if query is None:
        message = "give a SELECT, @NAME, or -"
        raise typer.BadParameter(message, ctx=context, param_hint="QUERY")
    if show:
        sys.stdout.write(_file_of(_asked(query)))
        return
    found = run_query(configured(config).paths.published, _sql_of(query), timeout)
    print_rows(found.columns, found.rows)
    if not found.rows and sys.stdout.isatty():
        from flows.console import say  # noqa: PLC0415

        say("0 rows")


def _sql_of(query: str) -> str:
    if query.startswith(_OF_THE_COOKBOOK):
        return _asked(query).sql
    if query == _STANDARD_INPUT:
        return _standard_input()
    _require_no_name(query)
    return query


def _require_no_name(query: str) -> None:
    """Raise InputError for a question's name without the sign before it."""
    from flows.nearest import nearest  # noqa: PLC0415
    from store import load_questions  # noqa: PLC0415

    if "-" in query and len(query.split()) == 1 and not query.startswith("-"):
        for name in nearest(_name(query), [question.name for question in load_questions()]):
            message = f"{query!r} is no query, did you mean {_OF_THE_COOKBOOK}{name}?"
            raise InputError(message)


def _name(text: str) -> str:
    return text.strip("; ").lower()


def _asked(query: str) -> Question:
    from store import find_question  # noqa: PLC0415

    if not query.startswith(_OF_THE_COOKBOOK):
        message = "--show prints the SQL of a question of the cookbook: give its name as @NAME"
        raise InputError(message)
    return find_question(_name(query.removeprefix(_OF_THE_COOKBOOK)))


def _file_of(question: Question) -> str:
    """Write a question as it can be kept, adapted and asked again."""
    said = (question.question, question.shows, question.adapt)
    head = (fill(text, 100, initial_indent="-- ", subsequent_indent="--   ") for text in said)
    return "\n".join((*head, question.sql))


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError:
        message = "standard input is no text in UTF-8; write the query as UTF-8"
        raise InputError(message) from None
