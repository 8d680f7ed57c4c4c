"""What the extract stage hands on: the facts of one article, each with the span that proves it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from newsledger.records.spans import Span, require_rereading

if TYPE_CHECKING:
    from decimal import Decimal

    from newsledger.records.article import Article

EntityType = Literal["PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "BLOC"]
EntryKind = Literal[
    "country", "city", "region", "agency", "outlet", "organisation", "government", "military", "company"
]
MentionKind = Literal["name", "metonym", "demonym", "role", "pronoun"]
StatementKind = Literal["direct", "indirect", "mixed"]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
Status = Literal["occurred", "ongoing", "planned", "possible", "conditional", "denied"]
Change = Literal["increase", "decrease"]
Bound = Literal["exact", "about", "at least", "at most", "between"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline(Span):
    """The line an agency opens with: who wires, from where, on which day."""

    agency: str | None = None
    place: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Span):
    """One place where the text names or points at an entity."""

    kind: MentionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One real-world thing of the article with all its mentions, in the order of the text.

    `country` is ISO 3166-1 alpha-3, `sector` a PLOVER sector code, `role` the office as printed, `wikidata` a Q-id.
    """

    id: str
    name: str
    type: EntityType
    mentions: tuple[Mention, ...]
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Span):
    """An agency or outlet that the article leans on; `source` is its entity id. Never a person."""

    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Span):
    """Who said what: source, cue and content as in PARC3 and PolNeAR.

    `verb` is the lemma of the cue, `via` the chain of those who relay it from the outlet inwards,
    and the parts of one split quote share `group`.
    """

    id: str
    kind: StatementKind
    content: Span
    speaker: str | None = None
    speaker_span: Span | None = None
    cue: Span | None = None
    verb: str | None = None
    via: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Span):
    """Who did what to whom, in PLOVER's types, modes and contexts; the span is the clause that tells it.

    `intensity` lies on PLOVER's scale from -10 (conflict) to +10 (cooperation). `statement` is the id of the
    statement the event is told in, `attributed_to` who vouches for it (null: the article itself).
    """

    id: str
    trigger: Span
    type: EventType
    quad: Quad
    intensity: float
    status: Status
    confidence: float
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    location: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    attributed_to: str | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Span):
    """A number with what it counts; `unit` is UCUM-like or an ISO 4217 code, a period is a closed interval of days."""

    value: Decimal
    unit: str
    value_max: Decimal | None = None
    change: Change | None = None
    bound: Bound = "exact"
    quantity_of: str | None = None
    about: tuple[str, ...] = ()
    period_start: date | None = None
    period_end: date | None = None
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Span):
    """A TIMEX3 expression and the closed interval of days it covers (null where no year is known)."""

    type: TimeType
    value: str
    date_start: date | None = None
    date_end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic of config's list that the article is about, with the words that show it; `score` lies in 0..1."""

    topic: str
    score: float
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """One article and everything that was read out of it.

    `article` is the article as extraction knows it: with its language, and with the publication date that a dateline
    gave where nothing else did. `relevance` says, from 0 to 1, how much of it belongs to the dossier; None where there
    is none to measure it by. Raises SpanError if a span does not re-read in the article's text.
    """

    article: Article
    extractor: str
    sentences: tuple[tuple[int, int], ...] = ()
    dateline: Dateline | None = None
    entities: tuple[Entity, ...] = ()
    citations: tuple[Citation, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    topics: tuple[Topic, ...] = ()
    relevance: float | None = None

    def __post_init__(self) -> None:
        text = self.article.text
        for records in (
            self.dateline,
            self.entities,
            self.citations,
            self.statements,
            self.events,
            self.figures,
            self.times,
            self.topics,
        ):
            require_rereading(records, text)

    def to_json(self) -> dict[str, Any]:
        """Give the object that `newsledger extract --format jsonl` prints, ready for `json.dumps`."""
        record: dict[str, Any] = asdict(self)
        article = record.pop("article")
        for internal in ("fetched", "origin", "text_from"):
            del article[internal]
        del record["relevance"]
        plain: dict[str, Any] = _plain(article | record)
        return plain


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Turn times and decimals into strings, tuples into lists, all the way down."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (str, int, float, list)):
        return value
    return format(value, "f")
