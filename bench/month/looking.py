"""Looks for what was planted in the digest of its day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.month.running import id_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bench.month.kinds import Expect
    from bench.month.plan import Month, Plant
    from newsledger.digest.lines import BriefLine, StoryLine
    from newsledger.digest.model import Digest
    from newsledger.records.day import DayView


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day as it was read and told, with the articles of each planted story and the stories they were put into."""

    view: DayView
    digest: Digest
    articles: Mapping[str, frozenset[str]]
    stories: Mapping[str, str]

    def articles_of(self, name: str) -> frozenset[str]:
        """Give the articles that tell a planted story."""
        return self.articles.get(name, frozenset())

    def story(self, name: str) -> StoryLine | None:
        """Give the planted story as it is told in full."""
        return next((line for line in self.digest.stories.lines if line.story_id == self.stories.get(name)), None)

    def brief(self, name: str, *, is_over: bool) -> BriefLine | None:
        """Give the planted story as it is told in a line."""
        lines = self.digest.quiet.lines if is_over else self.digest.brief.lines
        return next((line for line in lines if line.story_id == self.stories.get(name)), None)


@dataclass(slots=True)
class Memory:
    """Which articles belong to which planted story, and where the newest day left them."""

    month: Month
    placed: dict[str, str] = field(default_factory=dict)

    def read(self, view: DayView, digest: Digest) -> Day:
        """Take in a day."""
        self.placed |= {row.article_id: row.story_id for row in view.articles if row.story_id}
        articles = _articles(self.month, view)
        return Day(
            view=view,
            digest=digest,
            articles=articles,
            stories={
                name: max(found, key=found.count)
                for name, ids in articles.items()
                if (found := sorted(self.placed[one] for one in ids if one in self.placed))
            },
        )


def is_found(plant: Plant, day: Day) -> bool:
    """Tell whether the digest of the day says what was planted, where it should."""
    if plant.states:
        return _stands(plant, day)
    looks = _LOOKS.get(plant.expect.sort) if plant.expect else None
    if looks is None or plant.expect is None:
        message = f"nobody knows how to look for {plant.sort!r}"
        raise ValueError(message)
    return looks(plant, plant.expect, day)


def _articles(month: Month, view: DayView) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in month.served:
        if one.story and one.at.date() <= view.day:
            found.setdefault(one.story, set()).add(id_of(one))
    return {name: frozenset(ids) for name, ids in found.items()}


def _stands(plant: Plant, day: Day) -> bool:
    if plant.states[0] in ("quiet", "ended"):
        brief = day.brief(plant.story, is_over=True)
        if brief is None and plant.states == ("quiet",) and day.digest.quiet.left_out:
            # Which of many are quiet is not all told, but how many.
            return any(
                row.story_id == day.stories.get(plant.story) and row.state == "quiet" for row in day.view.stories
            )
        return brief is not None and brief.state in plant.states
    line = day.story(plant.story)
    if line is None:
        # What merely goes on, and what is less important than ten others, is told in a line.
        short = day.brief(plant.story, is_over=False)
        return short is not None and short.state in plant.states and short.independent == plant.independent
    counted = (line.independent, line.copies)
    return line.state in plant.states and counted == (plant.independent, plant.copies)


def _in_calendar(plant: Plant, expect: Expect, day: Day) -> bool:
    section = day.digest.calendar if expect.sort in ("ahead", "due") else day.digest.outcomes
    return any(
        line.outcome == expect.sort
        and line.type == expect.type
        and line.when[0] == plant.on
        and line.printed.article_id in day.articles_of(plant.story)
        for line in section.lines
    )


def _is_changed(plant: Plant, expect: Expect, day: Day) -> bool:
    line = day.story(plant.story)
    return line is not None and any(
        change.kind == expect.kind
        and change.after.article_id in day.articles_of(plant.story)
        and (expect.before is None or (change.before is not None and expect.before in change.before.text))
        and (not isinstance(expect.after, str) or expect.after in change.after.text)
        for change in line.changes
    )


def _is_disputed(plant: Plant, expect: Expect, day: Day) -> bool:
    mine = day.articles_of(plant.story)
    return any(
        {line.one.printed.text, line.other.printed.text} == {expect.one, expect.other}
        and {line.one.printed.article_id, line.other.printed.article_id} <= mine
        for line in day.digest.disputes.lines
    )


def _is_denied(plant: Plant, expect: Expect, day: Day) -> bool:
    mine = day.articles_of(plant.story)
    return any(
        line.kind == expect.sort
        and line.type == expect.type
        and line.denial.article_id in mine
        and (line.kind == "denial" or (line.claim is not None and line.claim.article_id in mine))
        for line in day.digest.denials.lines
    )


def _is_edited(plant: Plant, _: Expect, day: Day) -> bool:
    return any(line.url == plant.url for line in day.digest.edits.lines)


def _is_state_only(plant: Plant, _: Expect, day: Day) -> bool:
    line = day.story(plant.story) or day.brief(plant.story, is_over=False)
    return line is not None and line.is_state_only


def _is_silence_shown(plant: Plant, _: Expect, day: Day) -> bool:
    coverage = day.digest.coverage
    line = next((one for one in coverage.section.lines if one.story_id == day.stories.get(plant.story)), None)
    return line is not None and all(
        (cell.articles > 0) == (kind == "state") for kind, cell in zip(coverage.kinds, line.cells, strict=True)
    )


def _is_named(_: Plant, expect: Expect, day: Day) -> bool:
    return any(
        line.name == expect.entity and line.is_new == (expect.sort == "new_actor") for line in day.digest.rises.lines
    )


_LOOKS: dict[str, Callable[[Plant, Expect, Day], bool]] = {
    "ahead": _in_calendar,
    "due": _in_calendar,
    "came_true": _in_calendar,
    "not_seen": _in_calendar,
    "change": _is_changed,
    "dispute": _is_disputed,
    "denial": _is_denied,
    "contradiction": _is_denied,
    "edit": _is_edited,
    "state_only": _is_state_only,
    "silent_kinds": _is_silence_shown,
    "new_actor": _is_named,
    "rise": _is_named,
}


def wrong_marks(day: Day, names: Iterable[str]) -> list[str]:
    """List the planted stories that are marked as told by state media alone although others tell them."""
    return [name for name in names if (line := day.story(name)) and line.is_state_only]
