"""A day's rows for the digest: what was told, by whom, and how that stands beside the days before."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from newsledger.records.run import Counts

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from newsledger.records.article import Issue, PublishedFrom, TextFrom
    from newsledger.records.config import Feed
    from newsledger.records.extraction import Bound, EntityType, EventType, Extraction, Status
    from newsledger.records.feeds import Balance, FeedState

StoryState = Literal["new", "updated", "continuing", "quiet", "ended"]
Outcome = Literal["ahead", "due", "came_true", "denied", "not_seen"]
DenialKind = Literal["denial", "contradiction"]
SectionName = Literal[
    "counts",
    "watch",
    "stories",
    "told",
    "entities",
    "acts",
    "trend",
    "disputes",
    "denials",
    "calendar",
    "coverage",
    "edits",
    "health",
]
NOTHING = Counts()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """A feed as configured beside what is remembered of it; `state` is null before its first poll."""

    feed: Feed
    state: FeedState | None
    articles_day: int
    articles_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceName:
    """How to print a source: its id, its name, its kind and country where the configuration knows it."""

    id: str
    name: str
    kind: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A revision's text and headline as stored, to read again what is cited of it."""

    article_id: str
    revision: int
    text: str
    sentences: tuple[tuple[int, int], ...] = ()
    title: str | None = None
    url: str | None = None
    source: str | None = None

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Give where the sentence or sentences of a piece of text begin and end; the piece, where none holds it."""
        first = bisect_right(self.sentences, (start, len(self.text))) - 1
        last = bisect_right(self.sentences, (end - 1, len(self.text))) - 1
        if first >= 0:
            opening, closing = self.sentences[first][0], self.sentences[last][1]
            if opening <= start < end <= closing <= len(self.text):
                return opening, closing
        return start, end


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A piece of a stored text, with where it is from. `text` is what the record says stands there.

    With `is_title` the offsets count in the headline.
    """

    article_id: str
    revision: int
    start: int
    end: int
    text: str
    source: str | None = None
    told_at: datetime | None = None
    is_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article of the day, without its text. `records` counts its statements, events and figures."""

    article_id: str
    revision: int
    source: str | None
    title: str | None
    url: str | None
    language: str | None
    told_at: datetime
    published: datetime | None
    published_from: PublishedFrom
    text_from: TextFrom
    relevance: float | None = None
    intensity: float = 0.0
    records: int = 0
    story_id: str | None = None
    copy_of: str | None = None
    origin: str | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story as it stands when the day ends.

    `articles` are of the day, `articles_before` of the day before, `articles_total` of all days until then; `copies`
    counts those of the day that copy another. `independent` counts the origins of all its articles until then, and
    `independent_before` those until the day began. `days` counts articles day by day, the last seven at most. `lead` is
    the article whose headline names it: the first original of its last day.
    """

    story_id: str
    state: StoryState
    first_at: datetime
    last_at: datetime
    articles: int
    articles_before: int
    articles_total: int
    copies: int
    independent: int
    independent_before: int
    lead: str
    headline: str | None
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    days: tuple[tuple[date, int], ...] = ()

    @property
    def is_confirmed(self) -> bool:
        """Whether a second origin tells what one alone had told before the day."""
        return self.independent_before == 1 < self.independent


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRow:
    """How many articles of the day name an entity, beside the day before and the mean of the seven days before.

    `total` and `total_mean` count all articles of those days. `seen_before` is the last day before that
    named it, None where the thirty days before did not. `spot` is its first mention of the day.
    """

    entity_id: str
    name: str
    type: EntityType
    country: str | None
    articles: int
    articles_before: int
    mean: float
    total: int
    total_mean: float
    seen_before: date | None
    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """How many deeds of a type were told on the day, beside the day before and the mean of the seven days before."""

    type: EventType
    events: int
    events_before: int
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow:
    """What passed between two countries on a day, either way, as told by its end.

    `cooperation` and `conflict` count deeds by quad class; `intensity` is their mean on PLOVER's scale, `low` and
    `high` the least and the greatest; None where there are none.
    """

    one: str
    other: str
    day: date
    cooperation: int
    conflict: int
    intensity: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A figure as somebody gives it."""

    spot: Spot
    value: Decimal
    value_max: Decimal | None
    unit: str
    bound: Bound
    quantity_of: str | None
    about: tuple[str, ...]
    period: tuple[date | None, date | None]
    attributed_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRow:
    """Two figures of one quantity that can't both be true; the first was told first."""

    one: ClaimRow
    other: ClaimRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialRow:
    """A deed that somebody denies, or that one source tells as done and another as denied (`claim`)."""

    kind: DenialKind
    type: EventType
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    denied_by: str | None
    spot: Spot
    claim: Spot | None = None
    claimed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRow:
    """A plan or a date that was told before it came, and what became of it by the end of the day.

    `due` is a plan whose day is the digest's, of which nothing is told yet. `deed` tells what came of it.
    """

    outcome: Outcome
    start: date
    end: date
    type: EventType | None
    status: Status | None
    sides: tuple[str, ...]
    spot: Spot
    deed: Spot | None = None
    deed_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """Sources of a kind that tell a story until the day ends, and when the first of them did."""

    story_id: str
    kind: str
    articles: int
    sources: tuple[str, ...]
    first_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRow:
    """What a revision of the day changed without saying so: a headline, a passage, a record.

    `kind` is v_edits.kind. `before` stands in the former revision, `after` in the new one; a headline has no offsets,
    so its texts stand in `headline_before` and `headline_after`.
    """

    article_id: str
    revision: int
    revised_at: datetime
    former_at: datetime
    source: str | None
    title: str | None
    url: str | None
    record_type: str
    kind: str
    before: Spot | None = None
    after: Spot | None = None
    headline_before: str | None = None
    headline_after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRow:
    """What of the day a watch of config's list hit: how many articles or events, and the first of the spots.

    `counted` says what is counted: articles, or events where the watch names acts or dyads. `is_hit` is so where
    they are more than the watch's threshold.
    """

    name: str
    counted: Literal["articles", "events"]
    count: int
    more_than: int
    is_hit: bool
    spots: tuple[Spot, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which articles of a day are told in full, by ids, and the stories whose former articles are read beside them."""

    articles: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A day's rows for the digest, newest revision of each article only, in a fixed order (source, article_id).

    The window is [start, end) in UTC; nothing that came later is in it. `cut_off` is the time of the newest row that
    the view could see. `articles` and `stories` are all of the day (stories that went quiet or ended by it, too);
    `extractions` are those of the articles that are told in full, `before` those of earlier articles of their stories,
    of which `earlier` gives the rows, in the same order.
    `texts` are what the spots of the other rows are cited from. `queries` gives the SQL of each section, ready to be
    run on the published copy. `damaged` are the ids of articles that should be in it and can't be read whole any more.
    `touched` is when the rows last changed, where no digest has told that as yet.
    """

    day: date
    timezone: str
    start: datetime
    end: datetime
    cut_off: datetime | None
    extractions: tuple[Extraction, ...]
    sources: tuple[SourceName, ...]
    feeds: tuple[FeedHealth, ...]
    balances: tuple[Balance, ...]
    counts: Counts = NOTHING
    articles: tuple[ArticleRow, ...] = ()
    stories: tuple[StoryRow, ...] = ()
    before: tuple[Extraction, ...] = ()
    earlier: tuple[ArticleRow, ...] = ()
    watch: tuple[WatchRow, ...] = ()
    entities: tuple[EntityRow, ...] = ()
    acts: tuple[ActRow, ...] = ()
    trend: tuple[TrendRow, ...] = ()
    disputes: tuple[DisputeRow, ...] = ()
    denials: tuple[DenialRow, ...] = ()
    calendar: tuple[CalendarRow, ...] = ()
    coverage: tuple[CoverageRow, ...] = ()
    edits: tuple[EditRow, ...] = ()
    texts: tuple[TextRow, ...] = ()
    queries: tuple[tuple[SectionName, str], ...] = ()
    damaged: tuple[str, ...] = ()
    touched: datetime | None = None
