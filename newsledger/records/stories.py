"""What the stories stage takes and gives: articles of a window, and which of them tell one story or copy another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic resolves the annotations of a decision while the program runs
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

StoryChangeKind = Literal["merged", "split"]
StoryDecisionKind = Literal["same_story", "other_story"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCandidate:
    """An article as the stories stage reads it.

    `told_at` is the moment whose day's digest tells it; without one there is no window in time. Of those that one run
    brought in, `published` tells which was first. `dateline` is the agency of its dateline, and `credits` says of each
    citation in the text whom it credits and at which character.
    """

    article_id: str
    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    told_at: datetime | None = None
    published: datetime | None = None
    dateline: str | None = None
    credits: tuple[tuple[str, int], ...] = ()

    @property
    def agencies(self) -> frozenset[str]:
        """The ids of all whom it credits."""
        credited = frozenset(agency for agency, _ in self.credits)
        return credited | {self.dateline} if self.dateline else credited


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPlace:
    """Where an article stands: in which story, as a copy of which article, and from which origin it has its news.

    `copy_of` is the article that others of its text copy, None for that one itself and for all that copy nothing.
    `origin` is the id of the agency that it or its original credits, else of the outlet that was first with its text;
    two articles of one story are independent if their origins differ.
    """

    article_id: str
    story_id: str
    copy_of: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """A story that took in another (`merged`: `other_id` ends), or from which another came (`split`: it begins).

    `articles` are those that changed their story.
    """

    kind: StoryChangeKind
    story_id: str
    other_id: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDecision:
    """What a person said of two articles: that they tell one story, or two."""

    kind: StoryDecisionKind
    articles: tuple[str, str]
    decided: date
    by: str | None = None
    why: str | None = None

    def __post_init__(self) -> None:
        if self.articles[0] == self.articles[1]:
            message = "articles must be two, not the same one twice"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryReading:
    """The places of the articles of a window, in their order, and what changed of the places that were known."""

    places: tuple[StoryPlace, ...]
    changes: tuple[StoryChange, ...] = ()
