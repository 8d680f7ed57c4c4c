"""A desk for tests of the digest's day: articles told at a moment, with records named by the words they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from newsledger.records.article import Article
from newsledger.records.day import DayView, Selection
from newsledger.records.extraction import Entity, Event, Extraction, Figure, Mention, Statement, Time
from newsledger.records.run import Batch, Run
from newsledger.records.spans import Span
from newsledger.records.stories import StoryPlace, StoryReading
from store import open_ledger, publish, read_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from newsledger.records.config import Feed

    Make = Callable[[str, int], object]

# Who is meant wherever the name stands in a text: id, type, country.
WORLD = {
    "Olga Lind": ("olga-lind", "PER", "AST"),
    "Ivan Petrov": ("ivan-petrov", "PER", "BOR"),
    "Ruth Vane": ("ruth-vane", "PER", "CAL"),
    "Aster": ("aster", "GPE", "AST"),
    "Boria": ("boria", "GPE", "BOR"),
    "Caldia": ("caldia", "GPE", "CAL"),
    "Dorn": ("dorn", "GPE", "DOR"),
    "Harbour Guild": ("harbour-guild", "ORG", None),
}
QUADS = {
    "CONSULT": ("verbal cooperation", 4.0),
    "AGREE": ("verbal cooperation", 6.0),
    "AID": ("material cooperation", 7.0),
    "ACCUSE": ("verbal conflict", -3.0),
    "SANCTION": ("material conflict", -6.0),
}


def deed(
    type_: str,
    words: str,
    *sides: str,
    status: str = "occurred",
    on: str | tuple[str, str] | None = None,
    **given: Any,  # noqa: ANN401 - an event's parts
) -> Make:
    """Make an event of the clause `words`: the first side acts on the others; with `together` all act."""
    actors, recipients = (sides, ()) if given.pop("together", False) else (sides[:1], sides[1:])
    first, last = (on, on) if isinstance(on, (str, type(None))) else on

    def make(text: str, no: int) -> Event:
        quad, intensity = QUADS[type_]
        return Event(
            **place(text, words),
            id=f"e{no}",
            trigger=Span(**place(text, words)),
            type=type_,
            quad=quad,
            intensity=intensity,
            status=status,
            confidence=0.9,
            actors=actors,
            recipients=recipients,
            date_start=date.fromisoformat(first) if first else None,
            date_end=date.fromisoformat(last) if last else None,
            **given,
        )

    return make


def figure(words: str, value: str, *about: str, of: str = "ships sunk", **given: Any) -> Make:  # noqa: ANN401 - a figure's parts
    """Make a figure that stands as `words`."""
    return lambda text, _: Figure(
        **place(text, words), value=Decimal(value), unit="count", quantity_of=of, about=about, **given
    )


def moment(words: str, first: str, last: str | None = None, kind: str = "DATE") -> Make:
    """Make an expression of time."""
    return lambda text, _: Time(
        **place(text, words),
        type=kind,
        value=first,
        date_start=date.fromisoformat(first),
        date_end=date.fromisoformat(last or first),
    )


def said(words: str, speaker: str, content: str) -> Make:
    """Make a statement."""
    return lambda text, no: Statement(
        **place(text, words), id=f"s{no}", kind="indirect", content=Span(**place(text, content)), speaker=speaker
    )


def place(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def everything(view: DayView) -> Selection:
    """Choose all articles of the day and all its stories."""
    return Selection(
        articles=tuple(row.article_id for row in view.articles), stories=tuple(row.story_id for row in view.stories)
    )


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


@dataclass
class Desk:
    """Tells articles, and reads the day."""

    ledger_path: Path
    places: dict[str, StoryPlace] = field(default_factory=dict)
    runs: int = 0

    def tell(  # noqa: PLR0913 - an article's parts
        self,
        article_id: str,
        when: str,
        text: str,
        *makes: Make,
        story: str | None = None,
        copy_of: str | None = None,
        origin: str | None = None,
        **given: Any,  # noqa: ANN401 - fields of an article
    ) -> Extraction:
        """Store an article that was published half an hour before, with its records, and place it in a story."""
        now = at(when)
        self.runs += 1
        run = Run(run_id=f"r{self.runs:03}", flow="monitor", started_at=now)
        made = self._extraction(article_id, now, text, makes, given)
        with open_ledger(self.ledger_path) as ledger:
            ledger.begin(run)
            ledger.save(Batch(extractions=(made,)), run, ZoneInfo("UTC"), now)
            if story:
                put = StoryPlace(
                    article_id=article_id, story_id=story, copy_of=copy_of, origin=origin or made.article.source
                )
                ledger.tell(StoryReading(places=(put,)), run, ZoneInfo("UTC"), now)
        return made

    def day(
        self,
        day: str = "2024-03-06",
        zone: str = "UTC",
        feeds: tuple[Feed, ...] = (),
        choose: Callable[[DayView], Selection] = everything,
        **given: Any,  # noqa: ANN401 - what else read_day takes
    ) -> DayView:
        """Publish and read a day."""
        published = self.ledger_path.with_name("news.duckdb")
        publish(self.ledger_path, published)
        return read_day(published, date.fromisoformat(day), ZoneInfo(zone), feeds, choose=choose, **given)

    def _extraction(
        self,
        article_id: str,
        now: datetime,
        text: str,
        makes: tuple[Make, ...],
        given: dict[str, Any],
    ) -> Extraction:
        plain = {
            "url": f"https://courier.example/{article_id}",
            "title": f"Title of {article_id}",
            "source": "courier",
            "language": "en",
            "published": now.replace(minute=0),
            "published_from": "feed",
            "origin": "feed",
            "text_from": "page",
        }
        relevance = given.pop("relevance", None)
        records = [make(text, no) for no, make in enumerate(makes, start=1)]

        def of(kind: type) -> tuple[Any, ...]:
            return tuple(record for record in records if isinstance(record, kind))

        return Extraction(
            article=Article(article_id=article_id, text=text, **plain | given),
            extractor="x1",
            sentences=((0, len(text)),),
            entities=tuple(
                Entity(
                    id=id_,
                    name=name,
                    type=type_,
                    country=country,
                    mentions=(Mention(**place(text, name), kind="name"),),
                )
                for name, (id_, type_, country) in WORLD.items()
                if name in text
            ),
            statements=of(Statement),
            events=of(Event),
            figures=of(Figure),
            times=of(Time),
            relevance=relevance,
        )
