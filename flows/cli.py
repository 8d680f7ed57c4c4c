"""The `newsledger` command. Each command imports what it needs when it is called: `--help` waits for nothing."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from typer.exceptions import TyperException

from flows.asking import asking
from flows.correcting import correcting
from flows.exporting import exporting
from flows.feeding import feeds
from flows.keeping import keeping
from flows.options import EXAMPLES, ConfigOption, JsonOption, PlainOption, configured, last_configured, read_day
from flows.registry import registry
from flows.replaying import replaying
from flows.searching import searching
from flows.site import site
from flows.watching import watching
from newsledger import __version__
from newsledger.records.errors import InputError, NewsledgerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.records.run import FlowName

UNEXPECTED, MENDABLE, INTERRUPTED, NO_READER = 1, 2, 130, 141
# What the system refuses for a reason that the user can mend; the error names the file.
_MENDABLE_CODES = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ENOENT, errno.ENOTDIR,
    errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.EMFILE,
}  # fmt: skip

_OVERVIEW = """\b
Examples:
  newsledger run                              seeds and feeds -> database -> digest
  newsledger serve                            the same by the schedules of config.yaml
  newsledger digest --day 2022-12-20          the digest of a day
  newsledger sql "SELECT * FROM v_events"     ask the database
  newsledger sql --list                       questions that it answers
  newsledger extract article.txt              the records of any document
"""
app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_OVERVIEW,
)
app.add_typer(asking)
app.add_typer(exporting)
app.add_typer(feeds, name="feeds")
app.add_typer(keeping)
app.add_typer(registry, name="registry")
app.add_typer(replaying)
app.add_typer(searching)
app.add_typer(site)
app.add_typer(watching)
app.add_typer(correcting, name="correct")


def main() -> None:
    """Run the command line; whatever goes wrong is one line on standard error and an exit status, never a traceback."""
    sys.exit(_guarded(sys.argv[1:]))


def _guarded(arguments: Sequence[str]) -> int:
    try:
        _require_streams()
        _require_text(arguments)
        status = app(args=list(arguments) or ["--help"], prog_name="newsledger", standalone_mode=False)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the boundary: a user never sees a traceback
        return _end(error)
    except SystemExit as left:
        # Typer makes this of a broken pipe, and exit status 1, which is that of a fault.
        if isinstance(left.__context__, BrokenPipeError):
            return _end(left.__context__)
        raise
    return _end(KeyboardInterrupt()) if status == INTERRUPTED else status if isinstance(status, int) else 0


def _require_streams() -> None:
    """Give nothing to read where standard input was closed; refuse to work for nobody where standard output was."""
    # Python has None there, typed otherwise; what is opened next would take the number of the closed one.
    if not sys.stdin:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - open until the end
    if not sys.stderr:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
    if not sys.stdout:
        message = "standard output is closed; send it to a file or to /dev/null"
        raise InputError(message)


def _require_text(arguments: Sequence[str]) -> None:
    """Refuse arguments that are no text, unless they name a file: those may be called anything."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            if not Path(argument).exists():
                shown = argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                message = f"an argument is no text in UTF-8, and no file has that name: {shown}"
                raise InputError(message) from None


def _end(error: BaseException) -> int:
    """Turn what went wrong into one line on standard error and an exit status."""
    if isinstance(error, BrokenPipeError):
        # Whoever read has gone; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NO_READER
    if isinstance(error, TyperException):
        command = getattr(getattr(error, "ctx", None), "command_path", "newsledger")
        line, status = f"{error.format_message()} (see: {command} --help)", error.exit_code
    elif isinstance(error, NewsledgerError):
        line, status = str(error), MENDABLE
    elif isinstance(error, (KeyboardInterrupt, typer.Abort)):
        line, status = "interrupted", INTERRUPTED
    elif isinstance(error, OSError) and error.errno in _MENDABLE_CODES:
        line, status = f"{error.filename or 'the output'}: {error.strerror}; nothing stored is lost", MENDABLE
    else:
        line = f"something unexpected went wrong ({type(error).__name__}); {_keep(error)}"
        status = UNEXPECTED
    sys.stderr.write(f"newsledger: error: {' '.join(line.split())}\n")
    return status


def _keep(error: BaseException) -> str:
    """Keep the traceback in a file, for whoever mends it; say where."""
    folder = last.paths.state if (last := last_configured()) else Path(tempfile.gettempdir())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(".log", "newsledger-error-", folder)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            traceback.print_exception(error, file=file)
    except OSError:
        return "the details could not be written down"
    return f"the details are in {name}"


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = f"not a date: {text!r}; write it as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ"
        raise InputError(message) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _show_version(is_asked: bool) -> None:  # noqa: FBT001 - so typer calls it
    if is_asked:
        typer.echo(f"newsledger {__version__}")
        raise typer.Exit


@app.callback()
def _newsledger(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Watch the news of a dossier: every fact with its evidence, in a database and in a daily digest."""


@app.command(epilog=EXAMPLES + "run\n  newsledger run --plain --config other.yaml")
def run(
    *,
    config: ConfigOption = None,
    plain: PlainOption = False,
    due: Annotated[bool, typer.Option("--due", help="Ask only the feeds whose time has come; for cron.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Run once: the seed corpus, the feeds, the digests.

    What is stored already is not stored again. Ends with exit status 0 with and without internet: a feed that fails is
    a row in the database and a line in the digest.
    """
    _run(("seed", "monitor"), "newsledger run", config, plain=plain, only_due=due, as_json=as_json)


@app.command(epilog=EXAMPLES + "serve\n  newsledger serve --port 4200")
def serve(
    *,
    config: ConfigOption = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port of the Prefect server; else a free one.")
    ] = None,
) -> None:
    """Run by the schedules of config.yaml until Ctrl-C.

    On the Prefect server that PREFECT_API_URL names; without one, on a server that it starts and stops itself.
    """
    settings = configured(config)

    from flows import running  # noqa: PLC0415
    from flows.config import config_path  # noqa: PLC0415

    running.serve(settings, config_path(config), port)


@app.command(epilog=EXAMPLES + "digest\n  newsledger digest --day 2022-12-20 --format html > day.html")
def digest(
    *,
    day: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Else the newest day with articles.")] = None,
    form: Annotated[Literal["md", "html", "json"], typer.Option("--format", help="What to print.")] = "md",
    config: ConfigOption = None,
) -> None:
    """Write the digest of a day and print it.

    It is written as Markdown, as HTML and as JSON, from the published copy.
    """
    settings, wanted = configured(config), read_day(day) if day else None

    from flows.digests import print_day  # noqa: PLC0415

    print_day(settings, wanted, form)


@app.command(
    epilog=EXAMPLES
    + "extract article.txt notes/ | jq .events\n  newsledger extract article.txt --format html > article.html\n"
    + "  cat articles.jsonl | newsledger extract -"
)
def extract(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help=".txt, .md, .html, .jsonl files, folders of them, or - for JSON lines."),
    ],
    *,
    form: Annotated[
        Literal["jsonl", "table", "html"],
        typer.Option("--format", help="One JSON object a line, tables, or one page with the records in the text."),
    ] = "jsonl",
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The reference date of documents that have none.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Print the records of any documents.

    No database, no network, no Prefect. Each document's are printed as soon as it is read.
    """
    settings, reference = configured(config), _moment(published) if published else None

    from flows.decisions import lexicon_of  # noqa: PLC0415
    from flows.extracting import extract_all, write_all  # noqa: PLC0415
    from newsledger.fetch import read_documents  # noqa: PLC0415

    write_all(extract_all(read_documents(paths, reference), lexicon_of(settings), settings.run.workers), form)


@app.command(epilog=EXAMPLES + "status --json")
def status(*, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Show what is stored, what ran, how the feeds are."""
    settings = configured(config)

    from flows.looking import show_status  # noqa: PLC0415

    show_status(settings, as_json=as_json)


def _run(  # noqa: PLR0913 - what the commands that run have in common
    names: tuple[FlowName, ...],
    command: str,
    named: Path | None,
    *,
    plain: bool,
    as_json: bool,
    only_due: bool = False,
) -> None:
    config = configured(named)

    from flows import running  # noqa: PLC0415
    from flows.config import config_path  # noqa: PLC0415
    from flows.looking import show_run  # noqa: PLC0415

    if plain:
        reports = running.run_plainly(config, names, only_due=only_due)
    else:
        reports = running.run_as_flows(config, config_path(named), names, command, only_due=only_due)
    show_run(config, reports, as_json=as_json)
