"""The day in a few lines: the weightiest sentence of each of its first stories, in the articles' own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.digest.lines import EventLine, GlanceLine, StatementLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.digest.lines import Passage, StoryLine
    from newsledger.digest.stories import Draft

LINES = 7
# A longer sentence is no glance: the clause alone is shown.
GLANCE = 300
# At a glance a deed is worth more than words, and a part of a sentence less.
DEED, RENDERED = 0.2, -0.1


def glance_lines(drafts: Sequence[Draft]) -> tuple[GlanceLine, ...]:
    """Choose up to seven lines: one a story by its importance, then, where there are few stories, a second of each.

    What changed in a story goes before its other news. What is quoted here, its summary does not repeat.
    """
    chosen: list[GlanceLine] = []
    for turn in range(2):
        for draft in drafts:
            if len(chosen) == LINES:
                return tuple(chosen)
            lines = [line for line in _lines(draft) if not _is_told(line.quotes, chosen)]
            if lines and turn == sum(line.story == draft.line.anchor for line in chosen):
                chosen.append(lines[0])
    return tuple(chosen)


def _lines(draft: Draft) -> Iterator[GlanceLine]:
    """Give what may tell a story at a glance, the best first."""
    story = draft.line
    changed = [change.after for change in story.changes if change.kind in ("denied", "status", "figure")]
    told: list[EventLine | StatementLine] = [*story.events, *story.statements]
    subjects = sorted(told, key=lambda line: (-_weight(line), line.anchor))
    first = [line for line in subjects if any(one.overlaps(other) for one in line.passages for other in changed)]
    for subject in (*first, *subjects):
        yield _line(story, subject, _quotes(subject))
    for sentence in draft.sentences:
        yield _line(story, None, (sentence,))


def _weight(line: EventLine | StatementLine) -> float:
    """Put deeds before words, and words as they were said before their rendering."""
    return line.weight + (DEED if isinstance(line, EventLine) else 0.0 if line.kind == "direct" else RENDERED)


def _line(story: StoryLine, subject: EventLine | StatementLine | None, quotes: tuple[Passage, ...]) -> GlanceLine:
    return GlanceLine(
        anchor=f"g-{subject.anchor if subject else story.anchor}",
        passages=subject.passages if subject else quotes,
        sources=subject.sources if subject else story.sources[:1],
        weight=story.weight,
        more=subject.more if subject else 0,
        subject=subject,
        quotes=quotes,
        story=story.anchor,
        independent=story.independent,
        is_state_only=story.is_state_only,
    )


def _quotes(line: EventLine | StatementLine) -> tuple[Passage, ...]:
    if isinstance(line, StatementLine):
        return line.contents
    return (line.sentence if len(line.sentence.text) <= GLANCE else line.quotes[0],)


def _is_told(quotes: tuple[Passage, ...], chosen: Sequence[GlanceLine]) -> bool:
    """Tell whether a line chosen already quotes a part of the same words."""
    return any(quote.overlaps(told) for line in chosen for told in line.quotes for quote in quotes)
