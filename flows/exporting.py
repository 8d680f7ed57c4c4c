"""The commands that carry the database elsewhere: `newsledger export` and `newsledger backup`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, astuple
from pathlib import Path  # noqa: TC003 - typer resolves annotations
from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import EXAMPLES, ConfigOption, JsonOption, configured, day_option, read_days
from newsledger.records.errors import InputError

if TYPE_CHECKING:
    from newsledger.records.config import Config
    from store import Export

exporting = typer.Typer(rich_markup_mode=None)


@exporting.command(
    epilog=EXAMPLES
    + "export --parquet lake\n  newsledger export --parquet lake --since 2022-12-01 --until 2022-12-31\n"
    + '  duckdb lake/catalog.duckdb "FROM v_events LIMIT 5"'
)
def export(
    *,
    parquet: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder to write; it is made, or an earlier export in it renewed.")
    ],
    since: Annotated[
        str | None, day_option("--since", "The first day to write; earlier ones stay as they are.")
    ] = None,
    until: Annotated[str | None, day_option("--until", "The last day to write; later ones stay as they are.")] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the published copy as Parquet, a file a day and table.

    The day is that of publication, in UTC. DIR/catalog.duckdb holds views over the files by the names of the tables,
    and the views and macros of the database; it names DIR's place, so export anew after moving it.
    """
    first, last = read_days(since=since, until=until)
    settings = configured(config)

    from store import export_parquet  # noqa: PLC0415

    _show(export_parquet(settings.paths.published, parquet, since=first, until=last), as_json=as_json)


@exporting.command(
    epilog=EXAMPLES + "backup /mnt/disk/ledger-2022-12-31.duckdb\n  newsledger backup --force last.duckdb"
)
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to write.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE where it exists.")] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copy the ledger to a file and check the copy.

    The ledger alone: not the seed corpus, the decisions, the archive or the digests. Refused while a run is writing.
    """
    settings = configured(config)
    _require_none_of_ours(file, settings)

    from store import back_up, write_lock  # noqa: PLC0415

    ledger = settings.paths.ledger
    with write_lock(ledger, "newsledger backup"):
        made = back_up(ledger, file, replace=force)
    if as_json:
        sys.stdout.write(json.dumps({"file": str(file), **asdict(made)}, ensure_ascii=False, indent=1) + "\n")
        return
    sys.stdout.write(
        f"backup    {file} ({made.size_bytes / 1e6:.1f} MB, schema {made.schema_version}, "
        f"{made.rows} rows in {made.tables} tables, compared with the ledger)\n"
        f"holds     the ledger alone; the seed corpus, decisions, archive and digests are files of their own\n"
        f"restore   copy it to {ledger}, then `newsledger doctor` and `newsledger run`\n"
    )


def _require_none_of_ours(file: Path, config: Config) -> None:
    """Raise InputError for what Newsledger itself keeps, or puts into a folder of its own."""
    paths = config.paths
    for path in (*astuple(paths), paths.ledger.with_name(f"{paths.ledger.name}.lock")):
        if file.resolve().is_relative_to(path.resolve()):
            message = f"{file}: Newsledger keeps {path} itself; name another file for the backup"
            raise InputError(message)


def _show(export: Export, *, as_json: bool) -> None:
    from flows.tables import print_table  # noqa: PLC0415

    if as_json:
        found = {"catalogue": str(export.catalogue), "tables": [asdict(table) for table in export.tables]}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return
    rows = [tuple(asdict(table).values()) for table in export.tables]
    print_table(tuple(asdict(export.tables[0])), [*rows, ("all", *map(sum, list(zip(*rows, strict=True))[1:]))])
    sys.stdout.write(f"\ncatalogue {export.catalogue}\n")
