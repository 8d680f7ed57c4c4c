"""What the digest says, line by line, and where each line can be read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from newsledger.records.article import PublishedFrom, TextFrom
    from newsledger.records.day import SourceName, StoryState
    from newsledger.records.extraction import Bound, Change, EntityType, EventType, StatementKind, Status

Interval = tuple["date | None", "date | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of an article that the digest prints or points at: `text` is what stands there.

    Without a `revision` it is the one that the day tells; with `is_title` the offsets count in its headline.
    """

    article_id: str
    start: int
    end: int
    text: str
    revision: int | None = None
    is_title: bool = False

    @property
    def citation(self) -> str:
        """The id under which anyone can look the piece up again: `a:3-9`, `a@2:3-9` of revision 2, `a:title`."""
        article = self.article_id if self.revision is None else f"{self.article_id}@{self.revision}"
        return f"{article}:title" if self.is_title else f"{article}:{self.start}-{self.end}"

    def overlaps(self, other: Passage) -> bool:
        """Tell whether two passages have a character of one text in common."""
        mine, others = ((one.article_id, one.revision, one.is_title) for one in (self, other))
        return mine == others and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Anything the digest says. `passages` are the records it stands on, `more` counts those it leaves out.

    `anchor` stays the same when the digest of a day is written anew. `weight` (0 and up) decides what is printed
    where not all fits. `sources` are the outlets that say so, each once. `proofs` are where the names and dates that it
    prints stand in the text: the gate reads them again, too.
    """

    anchor: str
    passages: tuple[Passage, ...]
    proofs: tuple[Passage, ...] = ()
    sources: tuple[SourceName, ...] = ()
    weight: float = 0.0
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine(Line):
    """Who did what to whom, or is said to plan, deny or threaten it; `quotes` are the clauses that tell it."""

    type: EventType
    mode: str | None
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    location: str | None
    when: Interval
    attributed_to: str | None
    quotes: tuple[Passage, ...]
    sentence: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks; `key` tells two of the same name apart and is empty where the article names nobody."""

    key: str
    name: str
    role: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine(Line):
    """Who said what; the parts of a split quote are the several `contents` of one line."""

    speaker: Speaker
    kind: StatementKind
    cue: Passage | None
    verb: str | None
    contents: tuple[Passage, ...]
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceLine(Line):
    """The weightiest of a story, in the words of the article.

    `subject` is the event or statement that it tells of; without one the quote is the article's first sentence. `story`
    is the anchor of the story, `independent` counts its origins, `is_state_only` says that only state media tell it.
    """

    subject: EventLine | StatementLine | None
    quotes: tuple[Passage, ...]
    story: str
    independent: int
    is_state_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine(Line):
    """A number, as printed and normalised.

    `dispute` is the anchor of the day's disagreement that the figure is a part of.
    """

    printed: Passage
    value: Decimal
    value_max: Decimal | None
    unit: str
    bound: Bound
    change: Change | None
    quantity_of: str | None
    about: tuple[str, ...]
    period: Interval
    attributed_to: str | None
    dispute: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine(Line):
    """An article of the day; one without a title shows its opening words. `copy_of` is the article that it copies."""

    article_id: str
    title: str | None
    opening: Passage | None
    url: str | None
    published: datetime | None
    published_from: PublishedFrom
    language: str | None
    text_from: TextFrom
    revision: int
    copy_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine(Line):
    """What changed in a story since it was last told; it comes before all else.

    status: what was planned has happened, or was called off (`before` tells the plan). figure: another number for what
    was counted before. denied: somebody denies what was told. confirmed: a further independent origin tells what one
    origin alone told. edited: an article of the story was changed without a word.
    """

    kind: Literal["status", "figure", "denied", "confirmed", "edited"]
    before: Passage | None
    after: Passage
    before_words: str | None = None
    after_words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CastLine(Line):
    """Somebody or some place in a story, with how many of its articles name it."""

    entity_id: str
    name: str
    type: EntityType
    role: str | None
    country: str | None
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine(Line):
    """A story of the day with what it tells: what changed first, then what was not told before.

    `passages` is its headline and, where there is one, its first sentence; `independent` counts origins, `copies` the
    day's articles that copy another; `kinds` are the kinds of all its sources, and where they are state media alone it
    `is_state_only`. `told_on` is the last day before on which the digest told it. `told_before` counts records that
    were told then and are not told again. `days` counts its articles day by day. `rank` gives the parts of its weight,
    each from 0 to 1. `left_out` counts what does not fit, list by list: ("statements", 5).
    """

    story_id: str
    state: StoryState
    headline: Passage | None
    lead: str
    url: str | None
    first_at: datetime
    last_at: datetime
    articles: int
    articles_before: int
    articles_total: int
    copies: int
    independent: int
    independent_before: int
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    is_state_only: bool
    days: tuple[tuple[date, int], ...]
    told_on: date | None = None
    told_before: int = 0
    rank: tuple[tuple[str, float], ...] = ()
    summary: tuple[Passage, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    statements: tuple[StatementLine, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    events: tuple[EventLine, ...] = ()
    cast: tuple[CastLine, ...] = ()
    timeline: tuple[EventLine, ...] = ()
    members: tuple[ArticleLine, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefLine(Line):
    """A story in a line: one that is not told in full, that went quiet, or that ended."""

    story_id: str
    state: StoryState
    headline: Passage | None
    url: str | None
    last_at: datetime
    articles: int
    articles_total: int
    independent: int
    is_state_only: bool
    told_on: date | None = None
