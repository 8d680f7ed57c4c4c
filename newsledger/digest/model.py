"""The digest of a day as facts: what it says, in which order, and where each line can be read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from newsledger.records.article import PublishedFrom, TextFrom
    from newsledger.records.config import Feed
    from newsledger.records.day import SourceName
    from newsledger.records.extraction import Bound, Change, EventType, StatementKind, Status
    from newsledger.records.feeds import Balance, FeedState
    from newsledger.records.run import Counts

Interval = tuple["date | None", "date | None"]
HealthGroup = Literal["failed", "silent", "answered", "never polled", "disabled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of an article that the digest prints or points at: `text` is what stands there."""

    article_id: str
    start: int
    end: int
    text: str

    @property
    def citation(self) -> str:
        """The id under which anyone can look the piece up again."""
        return f"{self.article_id}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Anything the digest says. `passages` are the records it stands on, `more` counts those it leaves out.

    `anchor` stays the same when the digest of a day is written anew. `weight` (0 and up) decides what is printed
    where not all fits. `sources` are the outlets that say so, each once.
    """

    anchor: str
    passages: tuple[Passage, ...]
    sources: tuple[SourceName, ...] = ()
    weight: float = 0.0
    more: int = 0


L = TypeVar("L", bound=Line)


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
    """One of the day's strongest events or statements, in the words of the article; `subject` tells it in full."""

    subject: EventLine | StatementLine
    quotes: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine(Line):
    """A number, as printed and normalised; figures with the same `conflict` speak of one thing and disagree."""

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
    conflict: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine(Line):
    """A date that an article names, with the sentence that names it."""

    when: Interval
    printed: Passage
    sentence: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine(Line):
    """An article of the day; one without a title shows its opening words."""

    article_id: str
    title: str | None
    opening: Passage | None
    url: str | None
    published: datetime | None
    published_from: PublishedFrom
    language: str | None
    text_from: TextFrom
    revision: int


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
    events: Section[EventLine]
    statements: Section[StatementLine]
    figures: Section[FigureLine]
    ahead: Section[TimeLine]
    past: Section[TimeLine]
    articles: Section[ArticleLine]
    health: tuple[HealthLine, ...]
    books: Books
    issues: tuple[IssueLine, ...]
    corrections: tuple[CorrectionNote, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    verification: Verification = Verification()
