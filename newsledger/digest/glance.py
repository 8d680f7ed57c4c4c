"""The day in a few lines: its weightiest events and statements, in the articles' own words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsledger.digest.lines import EventLine, GlanceLine, StatementLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsledger.digest.lines import Passage

LINES = 7
EVENTS = 4
# Of one article, of one kind of act, of one speaker: no more than so many lines.
REPEATS = 2
# A longer sentence is no glance: the clause alone is shown.
GLANCE = 300


def glance_lines(events: Sequence[EventLine], statements: Sequence[StatementLine]) -> tuple[GlanceLine, ...]:
    """Choose up to seven lines out of lines that are sorted by weight, no sentence twice.

    Most are events as long as there are enough of both; a day of one article gives as many lines as it holds.
    """
    chosen: list[GlanceLine] = []
    repeats = Counter[str]()
    _choose(chosen, repeats, events, EVENTS)
    _choose(chosen, repeats, statements, LINES)
    _choose(chosen, repeats, events, LINES)
    return tuple(sorted(chosen, key=lambda line: (-line.weight, line.anchor)))


def _choose(
    chosen: list[GlanceLine], repeats: Counter[str], lines: Iterable[EventLine | StatementLine], limit: int
) -> None:
    """Add lines until there are so many; those that repeat what is there already are passed over."""
    for line in lines:
        if len(chosen) >= limit:
            return
        quotes = _quotes(line)
        kinds = _kinds(line)
        if any(repeats[kind] >= REPEATS for kind in kinds) or _is_told(quotes, chosen):
            continue
        repeats.update(kinds)
        chosen.append(
            GlanceLine(
                anchor=f"g-{line.anchor}",
                passages=line.passages,
                sources=line.sources,
                weight=line.weight,
                more=line.more,
                subject=line,
                quotes=quotes,
            )
        )


def _quotes(line: EventLine | StatementLine) -> tuple[Passage, ...]:
    if isinstance(line, StatementLine):
        return line.contents
    return (line.sentence if len(line.sentence.text) <= GLANCE else line.quotes[0],)


def _kinds(line: EventLine | StatementLine) -> tuple[str, ...]:
    if isinstance(line, StatementLine):
        return f"speaker {line.speaker.key}", f"article {line.passages[0].article_id} speaks"
    return f"act {line.type} {line.actors}", f"article {line.passages[0].article_id} tells"


def _is_told(quotes: tuple[Passage, ...], chosen: list[GlanceLine]) -> bool:
    """Tell whether a line chosen already quotes a part of the same words."""
    return any(
        quote.article_id == told.article_id and quote.start < told.end and told.start < quote.end
        for line in chosen
        for told in line.quotes
        for quote in quotes
    )
