"""The commands that keep the ledger in order: `newsledger doctor` and `newsledger forget`."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.options import EXAMPLES, ConfigOption, JsonOption, configured
from newsledger.records.errors import InputError

keeping = typer.Typer(rich_markup_mode=None)
_LEFT = 2


@keeping.command(epilog=EXAMPLES + "doctor\n  newsledger doctor --dry-run --json")
def doctor(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; say what is wrong.")] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check all that is stored, and mend what can be mended.

    The ledger, its published copy, the search index, the digests, the archive, and what a crash left behind. Exit
    status 2 where something is left to do.
    """
    settings = configured(config)

    from flows.doctoring import examine, show  # noqa: PLC0415
    from flows.once import utc_now  # noqa: PLC0415

    remarks = examine(settings, utc_now(), dry_run=dry_run)
    show(remarks, as_json=as_json)
    if any(remark.outcome == "left" for remark in remarks):
        raise typer.Exit(_LEFT)


@keeping.command(
    epilog=EXAMPLES + 'forget a1b2c3d4e5f60718 --reason "the author asked for it"\n'
    '  newsledger forget https://example.org/story --reason "court order" --yes'
)
def forget(
    article: Annotated[str, typer.Argument(metavar="ID|URL", help="The article's id or address.")],
    *,
    reason: Annotated[str, typer.Option(help="Why; it stays in the ledger.")],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take an article down for good: text, records and archived answers go, the reason stays.

    It does not come in again, and the digests that told it are written anew. Backups and exports are not reached.
    """
    if not reason.strip():
        message = "--reason must say why"
        raise InputError(message)
    settings = configured(config)

    from flows.forgetting import forget_one  # noqa: PLC0415
    from flows.once import utc_now  # noqa: PLC0415

    forget_one(settings, article, reason, utc_now, is_sure=yes, as_json=as_json)
