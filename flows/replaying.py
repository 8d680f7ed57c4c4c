"""The `reprocess` command: stored text read anew without network, and the diff of facts that comes of it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import EXAMPLES, ConfigOption, JsonOption, PlainOption, configured, day_option, read_days
from newsledger.records.run import Replay

if TYPE_CHECKING:
    from pathlib import Path

    from newsledger.records.config import Config
    from newsledger.records.run import RunReport

replaying = typer.Typer(rich_markup_mode=None)


@replaying.command(
    epilog=EXAMPLES
    + "reprocess --dry-run\n  newsledger reprocess --plain\n"
    + "  newsledger reprocess --from-archive --since 2022-12-01 --until 2022-12-31"
)
def reprocess(  # noqa: PLR0913 - the options of the command
    *,
    since: Annotated[str | None, day_option("--since", "The first day to read anew.")] = None,
    until: Annotated[str | None, day_option("--until", "The last day to read anew.")] = None,
    from_archive: Annotated[
        bool, typer.Option("--from-archive", help="Read archived pages anew, too: their text, title and date.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the diff of facts and store nothing.")] = False,
    config: ConfigOption = None,
    plain: PlainOption = False,
    as_json: JsonOption = False,
) -> None:
    """Read stored text again with the present extractor, without network.

    Only articles whose records another version made are read, every revision of them; their digests are renewed. What
    that changes is printed and kept as the diff of facts (replay_counts, replay_examples). The day of an article is
    that of publication, else of storing. A run that was cut off is taken up by the next.
    """
    first, last = read_days(since=since, until=until)
    replay = Replay(since=first, until=last, is_from_archive=from_archive, is_rehearsal=dry_run)
    settings = configured(config)
    _show(settings, _run(settings, config, replay, plain=plain), replay, as_json=as_json)


def _run(config: Config, named: Path | None, replay: Replay, *, plain: bool) -> RunReport:
    from flows import running  # noqa: PLC0415
    from flows.config import config_path  # noqa: PLC0415

    if replay.is_rehearsal:
        return running.rehearse(config, replay)
    if plain:
        (report,) = running.run_plainly(config, ("reprocess",), replay=replay)
    else:
        (report,) = running.run_as_flows(
            config, config_path(named), ("reprocess",), "newsledger reprocess", replay=replay
        )
    return report


def _show(config: Config, report: RunReport, replay: Replay, *, as_json: bool) -> None:
    from flows.texts import facts_lines, report_json  # noqa: PLC0415

    if as_json:
        found = {"dry_run": replay.is_rehearsal, **report_json(report), "database": str(config.paths.published)}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return
    ended = [
        "stored    nothing: this was a dry run"
        if replay.is_rehearsal
        else f"digests   {len(report.days)} days touched\ndatabase  {config.paths.published}"
    ]
    sys.stdout.write("\n".join([*facts_lines(report), *ended]) + "\n")
