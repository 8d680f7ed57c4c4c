"""What a person says of two articles: that they tell one story, or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.console import say
from flows.decisions import add_record, read_story_decisions
from flows.meant import meant
from flows.options import today
from newsledger.records.errors import InputError
from newsledger.records.stories import StoryDecision
from store import read_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from newsledger.records.config import Config
    from newsledger.records.stories import StoryDecisionKind, StoryPlace

    Places = Mapping[str, StoryPlace | None]


def decide_story(  # noqa: PLR0913 - one for each that the command takes
    config: Config, kind: StoryDecisionKind, one: str, other: str, *, why: str | None, by: str | None
) -> None:
    """Enter that two articles tell one story, or two. Raises InputError where that is so, or was decided before."""
    article, other_article = (_article(config.paths.published, named) for named in (one, other))
    if article == other_article:
        message = f"{one!r} and {other!r} are one article: name two"
        raise InputError(message)
    decision = StoryDecision(kind=kind, articles=(article, other_article), decided=today(config), why=why, by=by)
    for former in read_story_decisions(config.paths.decisions):
        if {*former.articles} == {*decision.articles}:
            message = (
                f"{article!r} and {other_article!r} were decided on already ({former.kind}, {former.decided}); "
                "delete that record first"
            )
            raise InputError(message)
    if _is_so(decision, read_places(config.paths.published, decision.articles)):
        message = f"{article!r} and {other_article!r} are in {'one story' if kind == 'same_story' else 'two'} already"
        raise InputError(message)
    add_record(config.paths.decisions, decision)
    say(
        f"{config.paths.decisions}: {kind} of {article} and {other_article} added; "
        "`newsledger run` or `newsledger reprocess` places them anew"
    )


def story_rows(config: Config) -> list[tuple[object, ...]]:
    """Give a row for each decision in the order of the file, in the columns of `newsledger correct list`."""
    decisions = read_story_decisions(config.paths.decisions)
    if not decisions:
        return []
    places = read_places(config.paths.published, [article for one in decisions for article in one.articles])
    return [
        (one.articles[0], one.kind, None, None, one.articles[1], _state(one, decisions, places),
         one.decided, one.by, one.why)
        for one in decisions
    ]  # fmt: skip


def _article(published: Path, named: str) -> str:
    article, place = meant(published, named)
    if place:
        message = f"{named!r} is a record: give the article, {article!r}"
        raise InputError(message)
    return article


def _is_so(decision: StoryDecision, places: Places) -> bool:
    """Tell whether both articles have places, and these say as the decision does."""
    one, other = (places.get(article) for article in decision.articles)
    if one is None or other is None:
        return False
    return (one.story_id == other.story_id) == (decision.kind == "same_story")


def _state(decision: StoryDecision, decisions: Sequence[StoryDecision], places: Places) -> str:
    for article in decision.articles:
        if article not in places:
            return f"lost: {article} is not stored"
    if _is_so(decision, places):
        return "applied"
    later = (one for one in decisions if one.decided > decision.decided)
    if any({*one.articles} == {*decision.articles} for one in later):
        return "lost: the opposite was decided later"
    return "waiting for the next run"
