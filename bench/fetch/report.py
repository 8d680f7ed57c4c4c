"""From runs to a table: the median of each figure, and its ratio to the reference."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bench.fetch.measures import Run

REFERENCE = "bare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The medians of one variant; shares are parts of 1 of the processor time of a stage."""

    variant: str
    feeds_a_minute: float
    pages_a_second: float
    feeds_parsing_share: float
    pages_parsing_share: float
    feed_cpu_ms: float
    page_cpu_ms: float
    peak_mib: float
    requests: float
    connections: float


def figures(variant: str, runs: Sequence[Run]) -> Figures:
    """Sum up the runs of one variant."""
    own = [run for run in runs if run.variant == variant]
    return Figures(
        variant=variant,
        feeds_a_minute=median(60 * run.feeds.documents / run.feeds.wall_s for run in own),
        pages_a_second=median(run.pages.documents / run.pages.wall_s for run in own),
        feeds_parsing_share=median(run.feeds.parse_s / run.feeds.cpu_s for run in own),
        pages_parsing_share=median(run.pages.parse_s / run.pages.cpu_s for run in own),
        feed_cpu_ms=median(1000 * run.feeds.cpu_s / run.feeds.documents for run in own),
        page_cpu_ms=median(1000 * run.pages.cpu_s / run.pages.documents for run in own),
        peak_mib=median(run.peak_mib for run in own),
        requests=median(run.requests for run in own),
        connections=median(run.connections for run in own),
    )


def ratios(of: Figures, to: Figures) -> dict[str, float]:
    """Give speed and memory as ratios to another variant's."""
    names = ("feeds_a_minute", "pages_a_second", "feed_cpu_ms", "page_cpu_ms", "peak_mib")
    return {name: getattr(of, name) / getattr(to, name) for name in names}


def table(found: Collection[Figures]) -> str:
    """Set the figures as a table; in brackets stands the ratio to the reference, where that was run."""
    reference = next((one for one in found if one.variant == REFERENCE), None)
    head = (
        "",
        "feeds/min",
        "pages/s",
        "ms CPU/feed",
        "parsing",
        "ms CPU/page",
        "parsing",
        "peak MiB",
        "requests",
        "connections",
    )
    rows = [head, *(_row(one, ratios(one, reference) if reference else {}) for one in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _row(one: Figures, to: dict[str, float]) -> tuple[str, ...]:
    def cell(name: str, digits: int) -> str:
        ratio = f" ({to[name]:.2f})" if to else ""
        return f"{getattr(one, name):,.{digits}f}{ratio}"

    return (
        one.variant,
        cell("feeds_a_minute", 0),
        cell("pages_a_second", 1),
        cell("feed_cpu_ms", 1),
        f"{one.feeds_parsing_share:.0%}",
        cell("page_cpu_ms", 1),
        f"{one.pages_parsing_share:.0%}",
        cell("peak_mib", 0),
        f"{one.requests:,.0f}",
        f"{one.connections:,.0f}",
    )
