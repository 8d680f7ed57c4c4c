"""From what the processes told to tables, and to the curve of growth."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST_S = 1.0
_COLOURS = ("#1b6ca8", "#b3541e", "#3a7d44", "#7b4fa3", "#555555")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Rows a second of the whole save path, and of bare inserts of the same columns."""

    articles: int
    saved: float
    bare: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How long a question of the cookbook took, and the memory of the process that asked it."""

    question: str
    seconds: float | None = None
    rows: int = 0
    peak_mib: float = 0.0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A ledger of so many articles. What has no other unit is in seconds, `_mib` is the peak of a process."""

    articles: int
    rows: int
    load_s: float
    rows_a_second: float
    bytes_an_article: float
    again_articles: int
    again_s: float
    again_rows: int
    few_s: float
    remember_s: float
    remember_mib: float
    rewrite_s: float
    rewritten_bytes_an_article: float
    copy_s: float
    look_through_s: float
    index_s: float
    answers: tuple[Answer, ...]


def table(pace: Pace, stages: Sequence[Stage]) -> str:
    """Set the figures as a table with a column a stage; the last one's questions stand below."""
    share = pace.saved / pace.bare
    lines = [
        f"an empty ledger takes {pace.articles:,} articles:",
        f"{pace.saved:,.0f} rows a second by the save path, {pace.bare:,.0f} by bare inserts, {share:.0%} of these",
        "",
        *_aligned([("", *(f"{stage.articles:,}" for stage in stages)), *_rows(stages)]),
        "",
        *_aligned([("question", "seconds", "rows", "peak MiB"), *map(_answer, _slowest_first(stages[-1].answers))]),
    ]
    return "\n".join(lines)


def _rows(stages: Sequence[Stage]) -> list[tuple[str, ...]]:
    def row(name: str, *cells: str) -> tuple[str, ...]:
        return (name, *cells)

    return [
        row("rows", *(f"{stage.rows:,}" for stage in stages)),
        row("rows a second, since the stage before", *(f"{stage.rows_a_second:,.0f}" for stage in stages)),
        row("bytes an article, ledger", *(f"{stage.bytes_an_article:,.0f}" for stage in stages)),
        row("bytes an article, rewritten", *(f"{stage.rewritten_bytes_an_article:,.0f}" for stage in stages)),
        row("the last ones again: articles", *(f"{stage.again_articles:,}" for stage in stages)),
        row("  seconds", *(f"{stage.again_s:.2f}" for stage in stages)),
        row("  rows of articles added", *(f"{stage.again_rows:,}" for stage in stages)),
        row("a run's 50 new articles, s", *(f"{stage.few_s:.2f}" for stage in stages)),
        row("what a run remembers, s", *(f"{stage.remember_s:.2f}" for stage in stages)),
        row("  MiB", *(f"{stage.remember_mib:,.0f}" for stage in stages)),
        row("published rewritten, s", *(f"{stage.rewrite_s:.2f}" for stage in stages)),
        row("published as a copy, s", *(f"{stage.copy_s:.2f}" for stage in stages)),
        row("looked through, s", *(f"{stage.look_through_s:.2f}" for stage in stages)),
        row("search index made, s", *(f"{stage.index_s:.2f}" for stage in stages)),
        row("slowest question, s", *(f"{max(_seconds(stage), default=0):.2f}" for stage in stages)),
        row(
            f"questions in {_MOST_S:g} s",
            *(f"{sum(s <= _MOST_S for s in _seconds(stage))} of {len(stage.answers)}" for stage in stages),
        ),
    ]


def _seconds(stage: Stage) -> list[float]:
    return [answer.seconds for answer in stage.answers if answer.seconds is not None]


def _slowest_first(answers: Iterable[Answer]) -> list[Answer]:
    return sorted(answers, key=lambda answer: -(answer.seconds if answer.seconds is not None else float("inf")))


def _answer(one: Answer) -> tuple[str, ...]:
    if one.seconds is None:
        return one.question, one.error or "", "", ""
    return one.question, f"{one.seconds:.3f}", f"{one.rows:,}", f"{one.peak_mib:.0f}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]

    def line(head: str, *cells: str) -> str:
        return "  ".join(
            [head.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))]
        )

    return [line(*row).rstrip() for row in rows]


def curve(stages: Sequence[Stage]) -> str:
    """Draw how each time grows with the articles, as times of its first value, on two logarithmic scales (SVG)."""
    series = {
        "a million rows loaded": [1e6 / stage.rows_a_second for stage in stages],
        "50 new articles saved": [stage.few_s for stage in stages],
        "published as a copy": [stage.copy_s for stage in stages],
        "looked through": [stage.look_through_s for stage in stages],
        "slowest question": [max(_seconds(stage), default=0.0) for stage in stages],
    }
    first, last = log10(stages[0].articles), log10(stages[-1].articles)
    most = max(max(log10(max(one / values[0], 1e-2)) for one in values) for values in series.values() if values[0])

    def x(articles: int) -> float:
        return 60 + 400 * (log10(articles) - first) / max(last - first, 1e-9)

    def y(ratio: float) -> float:
        return 260 - 220 * log10(max(ratio, 0.1)) / max(most, 1)

    lines = []
    for (name, values), colour in zip(series.items(), _COLOURS, strict=True):
        if values[0]:
            points = " ".join(
                f"{x(stage.articles):.0f},{y(value / values[0]):.0f}"
                for stage, value in zip(stages, values, strict=True)
            )
            lines.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{points}"/>')
            lines.append(f'<text x="470" y="{60 + 18 * len(lines)}" fill="{colour}">{name}, {values[-1]:.2f} s</text>')
    ticks = "".join(
        f'<text x="{x(stage.articles):.0f}" y="285" text-anchor="middle">{stage.articles:,}</text>' for stage in stages
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 300" font-family="sans-serif" font-size="12">'
        "<title>Time by number of articles, as times of the first value</title>"
        f"{ticks}{''.join(lines)}</svg>\n"
    )
