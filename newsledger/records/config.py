"""The configuration as the rest of the program sees it: frozen, complete, checked. `flows/` reads it once."""

from __future__ import annotations

import re

# pydantic resolves these annotations while the program runs.
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsledger.records.extraction import EventType  # noqa: TC001 - pydantic needs it too

SourceKind = Literal["state", "independent", "international", "institution", "wire"]
FeedType = Literal["feed", "json", "sitemap"]
RobotsFor = Literal["pages", "all", "none"]
_DAY_MINUTES = 24 * 60
_YEAR_DAYS = 365
_MOST_DAYS = 36_500
_MOST_STORIES = 50
_MOST_WEIGHT = 10
# A country by its code, or a bloc by its id.
_SIDE = re.compile("[A-Z]{3}|[a-z][a-z0-9-]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which items are wanted, by the words and names in their headline and summary.

    Where `include` or `entities` is given, one of them must stand there; none of `exclude` may. A word that ends in *
    stands for all that begin so, a lone * for any text. `entities` are ids of the registry, standing for their names.
    """

    include: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What a feed is expected to show whenever it answers; a run in which it does not ends with a warning."""

    items: int | None = None
    newest_hours: float | None = None

    def __post_init__(self) -> None:
        for name in ("items", "newest_hours"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                message = f"{name} must be above 0"
                raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed to watch. `id` is also the `source` of its articles; a disabled feed says why in `note`.

    `type` says what stands at the address: an XML feed (RSS, RDF, Atom), a JSON Feed, or a news sitemap.
    """

    id: str
    name: str
    url: str
    kind: SourceKind
    country: str | None = None
    language: str = "en"
    type: FeedType = "feed"
    filter: Filter = Filter()
    expect: Expect = Expect()
    enabled: bool = True
    note: str | None = None

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            message = f"url must begin with http:// or https://, not {self.url!r}"
            raise ValueError(message)
        if not self.enabled and not self.note:
            message = "a disabled feed needs a note with the date and the reason"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What is watched: its name, and the ids of the registry's entities by which relevance is measured."""

    name: str
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Where things lie; absolute once the configuration is read."""

    ledger: Path
    published: Path
    digests: Path
    seeds: Path
    state: Path
    archive: Path = Path("data/archive")
    decisions: Path = Path("seeds/decisions.yaml")
    search: Path = Path("data/search.sqlite")

    def __post_init__(self) -> None:
        for name in ("ledger", "published", "digests", "seeds", "state", "archive", "decisions", "search"):
            if "\0" in str(getattr(self, name)):
                message = f"{name} must be a path without zero bytes"
                raise ValueError(message)
        kept = (self.ledger, self.published, self.seeds, self.state, self.decisions, self.search)
        if any(path.is_relative_to(self.archive) for path in kept):
            message = "archive must be a folder of its own: what is old in it is deleted"
            raise ValueError(message)
        if self.ledger == self.published:
            message = "published must be another file than ledger: it is replaced whole after each run"
            raise ValueError(message)
        if self.search in (self.ledger, self.published, self.decisions):
            message = "search must be a file of its own: it is replaced whole after each run"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When `newsledger serve` runs the flows: cron expressions in the configured time zone."""

    monitor: str
    daily_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLimits:
    """How much one run may take: minutes for fetching, processes for extraction."""

    max_minutes: float
    workers: int

    def __post_init__(self) -> None:
        if self.max_minutes <= 0:
            message = "max_minutes must be above 0"
            raise ValueError(message)
        if self.max_minutes > _DAY_MINUTES:
            message = f"max_minutes must be at most {_DAY_MINUTES}, a day"
            raise ValueError(message)
        if self.workers < 1:
            message = "workers must be at least 1"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """How to behave on the network. Sizes are of decoded bytes; addresses are hosts or networks in CIDR form.

    A scheduled run asks a feed at the earliest `poll_min_minutes` after the last time and at the latest
    `poll_max_minutes` after it. The page of a stored article is asked again `recheck_hours` later, for silent edits.
    Raw answers are kept for `archive_days`, 0 keeps none.
    """

    contact: str
    connect_timeout_s: float
    read_timeout_s: float
    total_timeout_s: float
    max_feed_bytes: int
    max_page_bytes: int
    retries: int
    concurrency: int
    host_delay_s: float
    robots: RobotsFor = "pages"
    poll_min_minutes: float = 25
    poll_max_minutes: float = _DAY_MINUTES
    recheck_hours: tuple[float, ...] = (2, 24)
    archive_days: float = 30
    allow_addresses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("connect_timeout_s", "read_timeout_s", "total_timeout_s", "max_feed_bytes", "max_page_bytes"):
            if getattr(self, name) <= 0:
                message = f"{name} must be above 0"
                raise ValueError(message)
        if not 0 < self.poll_min_minutes <= self.poll_max_minutes <= _YEAR_DAYS * _DAY_MINUTES:
            message = "poll_min_minutes must be above 0 and at most poll_max_minutes, which may be a year"
            raise ValueError(message)
        if not all(0 < hours <= _YEAR_DAYS * 24 for hours in self.recheck_hours):
            message = "recheck_hours must be hours above 0 and within a year"
            raise ValueError(message)
        if not 0 <= self.archive_days <= _MOST_DAYS:
            message = f"archive_days must be from 0 to {_MOST_DAYS}"
            raise ValueError(message)
        if self.concurrency < 1:
            message = "concurrency must be at least 1"
            raise ValueError(message)
        if self.retries < 0 or self.host_delay_s < 0:
            message = f"{'retries' if self.retries < 0 else 'host_delay_s'} must not be below 0"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long articles are kept: so many days after they were published, else stored; None keeps them for ever.

    Nothing is taken out where that were more than the share `most_at_once` of all articles.
    """

    articles_days: float | None = None
    most_at_once: float = 0.5

    def __post_init__(self) -> None:
        if self.articles_days is not None and not 0 < self.articles_days <= _MOST_DAYS:
            message = f"articles_days must be above 0 and at most {_MOST_DAYS}, or null to keep articles for ever"
            raise ValueError(message)
        if not 0 < self.most_at_once <= 1:
            message = "most_at_once is a share of all articles: above 0 and at most 1"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What makes a story important: each counts so much for a value from 0 to 1. Importance is not reliability.

    `sources` counts independent origins, `growth` how much more is told than on the day before, `relevance` how much
    belongs to the dossier, `intensity` the strength of its deeds on PLOVER's scale, `watched` hits of the watch list.
    """

    sources: float = 0.35
    growth: float = 0.2
    relevance: float = 0.25
    intensity: float = 0.1
    watched: float = 0.1

    def __post_init__(self) -> None:
        for name in ("sources", "growth", "relevance", "intensity", "watched"):
            if not 0 <= getattr(self, name) <= _MOST_WEIGHT:
                message = f"{name} must be from 0 to {_MOST_WEIGHT}"
                raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPolicy:
    """How a digest is put together: how many stories it tells in full, and what puts them in order."""

    stories: int = 10
    weights: Weights = Weights()

    def __post_init__(self) -> None:
        if not 1 <= self.stories <= _MOST_STORIES:
            message = f"stories must be from 1 to {_MOST_STORIES}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What leads the digest whenever a day has more than `more_than` of it.

    Of each list that is given one has to be there: `entities` (ids of the registry or of the store) that are named,
    `dyads` (pairs of countries by ISO 3166-1 alpha-3 code, or of blocs by id, either way) between which something
    passes, `acts` (PLOVER types) that are told as occurred or under way, `words` of the headline or text, of which one
    that ends in * stands for all that begin so. With `acts` or `dyads` events are counted, those of one type between
    the same sides once an article, else articles.
    """

    name: str
    entities: tuple[str, ...] = ()
    dyads: tuple[tuple[str, str], ...] = ()
    acts: tuple[EventType, ...] = ()
    words: tuple[str, ...] = ()
    more_than: int = 0

    def __post_init__(self) -> None:
        if not (self.entities or self.dyads or self.acts or self.words):
            message = f"entities, dyads, acts or words must say what {self.name!r} watches"
            raise ValueError(message)
        for pair in self.dyads:
            if pair[0] == pair[1] or not all(_SIDE.fullmatch(side) for side in pair):
                message = (
                    f"dyads must be two countries by ISO 3166-1 alpha-3 code, such as [BLR, RUS], not {', '.join(pair)}"
                )
                raise ValueError(message)
        if not all(word.strip(" *") for word in self.words):
            message = "words must have at least a letter each"
            raise ValueError(message)
        if self.more_than < 0:
            message = "more_than must not be below 0"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRule:
    """A topic with the words that show it and with examples, sentences or headlines, whose words teach it more.

    A word ending in * stands for all that begin so.
    """

    id: str
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.words and not self.examples:
            message = f"words or examples must show what {self.id!r} is about"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that a user can set."""

    dossier: Dossier
    timezone: str
    paths: Paths
    schedule: Schedule
    run: RunLimits
    fetch: FetchPolicy
    topics: tuple[TopicRule, ...]
    feeds: tuple[Feed, ...]
    filter: Filter = Filter()
    retention: Retention = Retention()
    digest: DigestPolicy = DigestPolicy()
    watch: tuple[Watch, ...] = ()

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        # A folder of the time zone database, such as America, is an OSError.
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            message = f"timezone {self.timezone!r} is no IANA time zone (such as UTC or Europe/Minsk)"
            raise ValueError(message) from error
        for kind, ids in (
            ("feed id", [feed.id for feed in self.feeds]),
            ("topic id", [topic.id for topic in self.topics]),
            ("watch name", [watch.name for watch in self.watch]),
        ):
            for repeated in sorted({name for name in ids if ids.count(name) > 1}):
                message = f"{kind} {repeated!r} stands twice"
                raise ValueError(message)

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone in which a day begins and ends."""
        return ZoneInfo(self.timezone)
