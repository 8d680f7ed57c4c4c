"""The table that the month ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.month.plan import Month
    from bench.month.simulating import Outcome

_SHOWN = 40


def table(month: Month, outcome: Outcome, fabrications: tuple[int, Sequence[str]]) -> str:
    """Put into words what was planted and what was found of it."""
    return "\n".join(_rows(month, outcome, fabrications))


def _rows(month: Month, outcome: Outcome, fabrications: tuple[int, Sequence[str]]) -> Iterator[str]:
    copies = sum(one.copy_of is not None for one in month.served)
    planted = sum(one.story is not None for one in month.served)
    yield (
        f"{len(month.days)} days, {len(month.outlets)} sources, {len(month.served):,} articles, "
        f"{planted:,} of them on planted stories, {copies:,} copies"
    )
    yield f"\n{'planted':<24}{'found':>8}{'of':>8}"
    for sort in sorted(outcome.planted):
        yield f"{sort:<24}{outcome.found[sort]:>8}{outcome.planted[sort]:>8}"
    yield f"{'in all':<24}{sum(outcome.found.values()):>8}{sum(outcome.planted.values()):>8}"
    forged, believed = fabrications
    yield f"\ntold twice: {len(outcome.told.twice)} of {outcome.told.facts:,} things told"
    yield f"fabrications refused: {forged - len(believed)} of {forged}"
    yield f"lines verified: {outcome.lines - outcome.refused:,} of {outcome.lines:,}"
    yield f"largest page: {outcome.largest_html / 1000:.0f} kB"
    yield f"\n{'':<24}{'precision':>10}{'recall':>10}{'F1':>10}"
    for name, score in outcome.scores.items():
        yield f"{name:<24}{score.precision:>10.4f}{score.recall:>10.4f}{score.f1:>10.4f}"
    yield f"\n{'seconds':<24}"
    for stage, seconds in sorted(outcome.watch.seconds.items(), key=lambda one: -one[1]):
        yield f"{stage:<24}{seconds:>10.1f}"
    for heading, lines in (
        ("missed", outcome.missed),
        ("told twice", outcome.told.twice),
        ("believed", believed),
    ):
        if lines:
            yield f"\n{heading}:"
            yield from (f"  {line}" for line in lines[:_SHOWN])
            if len(lines) > _SHOWN:
                yield f"  and {len(lines) - _SHOWN} more"
