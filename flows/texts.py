"""Reports in words: for the terminal, for Prefect's pages, for machines."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, get_args

from flows.console import printable
from newsledger.records.run import FactChange

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from newsledger.records.config import Config
    from newsledger.records.run import FactExample, FactsDiff, RunReport
    from store import Status

_CHANGES = get_args(FactChange)


def items_line(reports: Sequence[RunReport]) -> str:
    """Say what became of the items that the feeds listed: seen = stored + each reason for something else."""
    books: Counter[str] = Counter()
    for balance in (balance for report in reports for balance in report.balances):
        books.update(dict(balance.items))
    balances = [balance for report in reports for balance in report.balances]
    seen, resumed = sum(balance.seen for balance in balances), sum(balance.resumed for balance in balances)
    return f"{seen} seen + {resumed} resumed = " + (
        " + ".join(f"{count} {name}" for name, count in books.items()) or "0 stored"
    )


def added_line(reports: Sequence[RunReport]) -> str:
    """Say what was added, record type by record type."""
    added: Counter[str] = Counter()
    for report in reports:
        added.update(asdict(report.added))
    return ", ".join(f"{count} {name}" for name, count in added.items())


def feeds_line(reports: Sequence[RunReport]) -> str:
    """Say how the feeds answered."""
    ok, failed = sum(report.feeds_ok for report in reports), sum(report.feeds_failed for report in reports)
    not_due = sum(report.feeds_not_due for report in reports)
    return f"{ok} answered, {failed} failed" + (f", {not_due} not due yet" if not_due else "")


def warnings_markdown(report: RunReport) -> str:
    """List what a person should look at."""
    rows = "".join(
        f"| {feed_id} | {warning.code} | {warning.detail.replace('|', ' ')} |\n" for feed_id, warning in report.warnings
    )
    return f"# {len(report.warnings)} warnings\n\n| feed | warning | |\n|---|---|---|\n{rows}"


def report_markdown(report: RunReport) -> str:
    """Write a run report for Prefect's pages."""
    rows = "".join(f"| {name} | {count} |\n" for name, count in asdict(report.added).items())
    books = "".join(
        f"| {balance.feed_id} | {balance.seen} | {balance.resumed} | "
        f"{', '.join(f'{count} {name}' for name, count in balance.items)} |\n"
        for balance in report.balances
        if balance.items
    )
    return (
        f"# {report.run.flow} {report.run.run_id}\n\n"
        f"{report.run.started_at:%Y-%m-%d %H:%M:%S} to {report.finished_at:%H:%M:%S} UTC; "
        f"feeds: {feeds_line([report])}; "
        f"{report.revised} articles revised, {report.replaced} read again; {items_line([report])}\n\n"
        f"| added | |\n|---|---|\n{rows}"
        + _facts_markdown(report.facts)
        + (f"\n| feed | seen | resumed | became |\n|---|---|---|---|\n{books}" if books else "")
    )


def facts_lines(report: RunReport) -> list[str]:
    """Say what reading anew changed: numbers first, then examples."""
    facts = report.facts
    from_text = facts.read - facts.from_archive
    return [
        f"read anew {report.replaced} articles",
        f"of        {facts.read} revisions: {facts.from_archive} from archived pages, {from_text} from stored text",
        f"touched   {facts.touched} revisions whose facts differ",
        *([f"facts     {'':<10}" + "".join(f"{change:>9}" for change in _CHANGES)] if facts.counts else []),
        *(f"          {name:<10}" + "".join(f"{count:>9}" for count in row) for name, row in _fact_rows(facts)),
        *(printable(f"{one.change:<9} {one.record_type} in {one.article_id}: {_told(one)}") for one in facts.examples),
    ]


def _told(example: FactExample) -> str:
    return " => ".join(line for line in (example.before, example.after) if line)


def _fact_rows(facts: FactsDiff) -> list[tuple[str, tuple[int, ...]]]:
    counts = {(name, change): count for name, change, count in facts.counts}
    names = dict.fromkeys(name for name, _, _ in facts.counts)
    return [(name, tuple(counts.get((name, change), 0) for change in _CHANGES)) for name in names]


def _facts_json(facts: FactsDiff) -> dict[str, Any]:
    return {
        "read": facts.read,
        "from_archive": facts.from_archive,
        "touched": facts.touched,
        "counts": [{"record_type": name, **dict(zip(_CHANGES, row, strict=True))} for name, row in _fact_rows(facts)],
        "examples": [asdict(example) for example in facts.examples],
    }


def _facts_markdown(facts: FactsDiff) -> str:
    """Write the counts of a diff of facts; the examples stand in the database."""
    rows = "".join(f"| {name} | {' | '.join(map(str, row))} |\n" for name, row in _fact_rows(facts))
    head = f"| facts | {' | '.join(_CHANGES)} |\n|---|{'---|' * len(_CHANGES)}\n"
    return f"\n{facts.touched} of {facts.read} revisions read anew have other facts\n\n{head}{rows}" if rows else ""


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
        "feeds_not_due": report.feeds_not_due,
        "balances": [
            {"feed": balance.feed_id, "seen": balance.seen, "resumed": balance.resumed, **dict(balance.items)}
            for balance in report.balances
        ],
        "warnings": [
            {"feed": feed_id, "code": warning.code, "detail": warning.detail} for feed_id, warning in report.warnings
        ],
        "days": [day.isoformat() for day in report.days],
        "facts": _facts_json(report.facts),
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
                "next": _moment(state.next_at if state and feed.enabled else None),
                "items": state.items if state else 0,
                "bytes": state.size_bytes if state else 0,
                "newest item": _moment(state.newest_item_at if state else None),
                "look at": "; ".join(warning.detail for warning in state.warnings) if state else "",
                "detail": (state and state.detail) or feed.note or "",
            }
        )
    return rows


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
