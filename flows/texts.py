"""Reports in words: for the terminal, for Prefect's pages, for machines."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from newsledger.records.config import Config
    from newsledger.records.run import RunReport
    from store import Status


def items_line(reports: Sequence[RunReport]) -> str:
    """Say what became of the items that the feeds listed: seen = stored + each reason for something else."""
    books: Counter[str] = Counter()
    for balance in (balance for report in reports for balance in report.balances):
        books.update(dict(balance.items))
    seen = sum(balance.seen for report in reports for balance in report.balances)
    return f"{seen} seen = " + (" + ".join(f"{count} {name}" for name, count in books.items()) or "0 stored")


def added_line(reports: Sequence[RunReport]) -> str:
    """Say what was added, record type by record type."""
    added: Counter[str] = Counter()
    for report in reports:
        added.update(asdict(report.added))
    return ", ".join(f"{count} {name}" for name, count in added.items())


def report_markdown(report: RunReport) -> str:
    """Write a run report for Prefect's pages."""
    rows = "".join(f"| {name} | {count} |\n" for name, count in asdict(report.added).items())
    books = "".join(
        f"| {balance.feed_id} | {balance.seen} | {', '.join(f'{count} {name}' for name, count in balance.items)} |\n"
        for balance in report.balances
        if balance.seen
    )
    return (
        f"# {report.run.flow} {report.run.run_id}\n\n"
        f"{report.run.started_at:%Y-%m-%d %H:%M:%S} to {report.finished_at:%H:%M:%S} UTC; "
        f"feeds: {report.feeds_ok} answered, {report.feeds_failed} failed; "
        f"{report.revised} articles revised, {report.replaced} read again; {items_line([report])}\n\n"
        f"| added | |\n|---|---|\n{rows}" + (f"\n| feed | seen | became |\n|---|---|---|\n{books}" if books else "")
    )


def report_json(report: RunReport) -> dict[str, Any]:
    """Give a report as plain values."""
    return {
        "run_id": report.run.run_id,
        "flow": report.run.flow,
        "started_at": report.run.started_at.isoformat(),
        "finished_at": report.finished_at.isoformat(),
        "added": asdict(report.added),
        "revised": report.revised,
        "replaced": report.replaced,
        "feeds_ok": report.feeds_ok,
        "feeds_failed": report.feeds_failed,
        "balances": [
            {"feed": balance.feed_id, "seen": balance.seen, **dict(balance.items)} for balance in report.balances
        ],
        "days": [day.isoformat() for day in report.days],
    }


def health_rows(config: Config, status: Status) -> list[dict[str, Any]]:
    """Give a row for each configured feed: what it is, and how it last answered."""
    states = {state.feed_id: state for state in status.feeds}
    rows = []
    for feed in config.feeds:
        state = states.get(feed.id)
        rows.append(
            {
                "feed": feed.id,
                "kind": feed.kind,
                "outcome": (state and state.outcome) or ("never polled" if feed.enabled else "disabled"),
                "failures": state.failures if state else 0,
                "polled": _moment(state.polled_at if state else None),
                "newest item": _moment(state.newest_item_at if state else None),
                "detail": (state and state.detail) or feed.note or "",
            }
        )
    return rows


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
