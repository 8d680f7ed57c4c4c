"""The commands that show: how a run ended, how the database stands, how the feeds answer."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from flows.digests import files_of, newest_day
from flows.options import today
from flows.tables import plain, print_table, without_empty
from flows.texts import added_line, feeds_line, health_rows, items_line, report_json
from store import read_status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from newsledger.records.config import Config
    from newsledger.records.run import RunReport
    from store import RunStatus

_RUNS = ("flow", "started", "ended", "added", "revised", "ok", "failed")
# What of the feeds has room in a terminal.
_OF_FEEDS = ("feed", "outcome", "failures", "newest item", "look at", "detail")


def show_run(config: Config, reports: Sequence[RunReport], *, as_json: bool) -> None:
    """Say what a run did and where its digests and the database are."""
    present = today(config)
    newest = newest_day(config, present) or present
    places = {
        "digest_latest": files_of(config, newest)[0],
        "digest_today": files_of(config, present)[0],
        "database": config.paths.published,
    }
    if as_json:
        found = {
            "runs": [report_json(report) for report in reports],
            **{name: str(path) for name, path in places.items()},
        }
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return
    lines = [
        f"feeds     {feeds_line(reports)}",
        f"items     {items_line(reports)}",
        f"added     {added_line(reports)}",
        f"revised   {sum(report.revised for report in reports)} articles",
        f"read anew {sum(report.replaced for report in reports)} articles",
        *(f"warning   {feed_id}: {warning.detail}" for report in reports for feed_id, warning in report.warnings),
        f"latest    {places['digest_latest']}",
        f"today     {places['digest_today']}",
        f"database  {places['database']}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def show_status(config: Config, *, as_json: bool) -> None:
    """Show how the published copy stands."""
    status = read_status(config.paths.published)
    feeds = health_rows(config, status)
    if as_json:
        found = plain(asdict(status) | {"tables": dict(status.tables), "feeds": feeds})
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return
    sys.stdout.write(
        f"database  {config.paths.published} ({status.size_bytes / 1e6:.1f} MB, schema {status.schema_version})\n"
        f"newest    {_moment(status.newest_article_at) or 'no article yet'}\n\n"
    )
    print_table(("table", "rows"), status.tables)
    sys.stdout.write("\n")
    print_table(_RUNS, [_run(run) for run in status.runs], whole=_RUNS)
    sys.stdout.write("\n")
    columns = _OF_FEEDS if sys.stdout.isatty() else tuple(feeds[0]) if feeds else ("feed",)
    print_table(*without_empty(columns, [[row[name] for name in columns] for row in feeds]), whole=_OF_FEEDS[:3])


def _run(run: RunStatus) -> tuple[object, ...]:
    ended = run.finished_at and f"{run.finished_at:%H:%M}"
    counts = (run.articles_added, run.articles_revised, run.feeds_ok, run.feeds_failed)
    return (run.flow, _moment(run.started_at), ended, *counts)


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""
