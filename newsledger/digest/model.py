"""The digest of a day as facts: its sections, in which order, and what they stand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from newsledger.digest.lines import Line
from newsledger.records.config import Weights

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from newsledger.digest.lines import (
        ArticleLine,
        BriefLine,
        FigureLine,
        GlanceLine,
        Interval,
        Passage,
        StoryLine,
    )
    from newsledger.records.config import Feed
    from newsledger.records.day import ActRow, DenialKind, Outcome, SectionName, SourceName, TrendRow
    from newsledger.records.extraction import EntityType, EventType
    from newsledger.records.feeds import Balance, FeedState
    from newsledger.records.run import Counts

Light = Literal["green", "yellow", "red", "grey"]
HealthGroup = Literal["failed", "silent", "answered", "never polled", "disabled"]
STANDARD = Weights()

L = TypeVar("L", bound=Line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Generic[L]):
    """The lines of a section out of the `total` that the day has."""

    lines: tuple[L, ...] = ()
    total: int = 0

    @property
    def left_out(self) -> int:
        """How many more there are."""
        return self.total - len(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLine(Line):
    """A watch that the day hit, with the first of what hit it; `stories` are anchors of the stories it hit in."""

    name: str
    counted: Literal["articles", "events"]
    count: int
    more_than: int
    spots: tuple[Passage, ...]
    stories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RiseLine(Line):
    """Somebody who is named more or less than the day before and the mean of a week, or who is new.

    `change` is the logarithm, to base 2, of today's share of the articles over the week's, both smoothed.
    """

    entity_id: str
    name: str
    type: EntityType
    country: str | None
    articles: int
    articles_before: int
    mean: float
    change: float
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What passes between two countries, day by day over thirty days, a day without deeds included."""

    anchor: str
    one: str
    other: str
    days: tuple[TrendRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeLine(Line):
    """Two figures of one quantity that can't both be true."""

    title: str
    one: FigureLine
    other: FigureLine


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialLine(Line):
    """A deed that is denied, and, where somebody tells it as done, who does."""

    kind: DenialKind
    type: EventType
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    denied_by: str | None
    denial: Passage
    claim: Passage | None
    claimed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLine(Line):
    """A plan or date ahead, one that is due, or what became of one that was told before."""

    outcome: Outcome
    when: Interval
    type: EventType | None
    sides: tuple[str, ...]
    printed: Passage
    sentence: Passage
    deed: Passage | None = None
    deed_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageCell:
    """What sources of a kind tell of a story: nothing where `articles` is 0; `lag` counts from its first telling."""

    articles: int = 0
    sources: tuple[str, ...] = ()
    lag: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageLine(Line):
    """Who reports a story and who is silent: a cell for each kind of source, in the order of Coverage.kinds.

    `only` is the kind of all its sources where they are of one kind, and that is known.
    """

    story_id: str
    headline: Passage | None
    cells: tuple[CoverageCell, ...]
    only: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The stories of the day by kinds of sources: kinds of the configured feeds, those that tell nothing included."""

    kinds: tuple[str, ...] = ()
    section: Section[CoverageLine] = Section()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditLine(Line):
    """What a source changed in an article without saying so, before and after; either may be missing."""

    kind: str
    title: str | None
    url: str | None
    revised_at: datetime
    former_at: datetime
    before: Passage | None
    after: Passage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What citation [n] stands for: the passage in its sentence, and the article it is from.

    `line` is the anchor of the first line that cites it.
    """

    n: int
    passage: Passage
    before: str
    after: str
    title: str | None
    url: str | None
    source: SourceName | None
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthLine:
    """A feed and how it fares; `group` is the reason why it is listed where it is."""

    group: HealthGroup
    feed: Feed
    state: FeedState | None
    articles_day: int
    articles_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the feeds listed and what became of it, a row a feed and the sum of all; they balance or they don't."""

    rows: tuple[Balance, ...]
    unbalanced: tuple[str, ...]
    total: Balance


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLine:
    """A kind of trouble with the articles that have it: (article_id, title, detail), the first few of `count`."""

    code: str
    count: int
    articles: tuple[tuple[str, str | None, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionNote:
    """What a person corrected in an article: who said `words`, what they stand for, or that they tell of no event.

    `was` and `to` are entities: by their ids as the digest is given it, by their names as it prints it. With `sides`
    the words tell of no event between these.
    """

    article_id: str
    kind: Literal["speaker", "identity", "no_event"]
    words: str
    decided: date
    was: str | None = None
    to: str | None = None
    sides: tuple[str, ...] = ()
    by: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """How many lines stand on text, how many of them re-read, and the citations of those that were refused."""

    lines: int = 0
    refused: tuple[str, ...] = ()

    @property
    def verified(self) -> int:
        """How many lines re-read, word for word."""
        return self.lines - len(self.refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A day, ready to be printed. The same view of the day always gives an equal digest."""

    dossier: str | None
    day: date
    timezone: str
    start: datetime
    end: datetime
    cut_off: datetime | None
    counts: Counts
    sources: tuple[SourceName, ...]
    glance: Section[GlanceLine]
    health: tuple[HealthLine, ...]
    books: Books
    issues: tuple[IssueLine, ...]
    light: Light = "green"
    watch: Section[WatchLine] = Section()
    stories: Section[StoryLine] = Section()
    brief: Section[BriefLine] = Section()
    quiet: Section[BriefLine] = Section()
    articles: Section[ArticleLine] = Section()
    rises: Section[RiseLine] = Section()
    acts: tuple[ActRow, ...] = ()
    trends: tuple[Trend, ...] = ()
    disputes: Section[DisputeLine] = Section()
    denials: Section[DenialLine] = Section()
    calendar: Section[CalendarLine] = Section()
    outcomes: Section[CalendarLine] = Section()
    coverage: Coverage = Coverage()
    edits: Section[EditLine] = Section()
    weights: Weights = STANDARD
    queries: tuple[tuple[SectionName, str], ...] = ()
    corrections: tuple[CorrectionNote, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    verification: Verification = Verification()
