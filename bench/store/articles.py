"""The made-up articles with their records: the same ones for the same numbers, on any machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING, Any

from bench.store.world import (
    DEEDS,
    ENTITIES,
    ENTITY_WEIGHTS,
    FEED_WEIGHTS,
    FEEDS,
    THINGS,
    TOPICS,
    WORD_WEIGHTS,
    WORDS,
    Figurant,
)
from newsledger.records.article import Article
from newsledger.records.extraction import (
    Citation,
    Entity,
    Event,
    Extraction,
    Figure,
    Mention,
    Statement,
    Time,
    Topic,
)
from newsledger.records.spans import Span

if TYPE_CHECKING:
    from newsledger.records.extraction import Status

EXTRACTOR = "made-up.1"
FIRST_DAY = datetime(2025, 1, 1, tzinfo=UTC)
_YEAR_S = 365 * 24 * 60 * 60
_ENTITIES = 6
_UNITS = ("percent", "USD", "count", "t")
_STATUSES: tuple[Status, ...] = ("occurred", "occurred", "occurred", "ongoing", "planned", "possible", "denied")
# What the sentences of an article tell, in this order; the others mention somebody or say nothing.
_PLAN = "event plain statement figure named event plain plain figure plain statement named plain plain plain".split()  # noqa: SIM905


def published_at(number: int, articles: int) -> datetime:
    """Give the time at which an article is published, where so many of them fill a year."""
    return FIRST_DAY + timedelta(seconds=_YEAR_S * number // articles)


def make_extraction(number: int, articles: int, extractor: str = EXTRACTOR) -> Extraction:
    """Make the article of a number, of so many that fill a year, with its records."""
    chance = Random(number)  # noqa: S311 - nothing is kept secret
    drawn = dict.fromkeys(chance.choices(ENTITIES, cum_weights=ENTITY_WEIGHTS, k=4 * _ENTITIES))
    draft = _Draft(chance=chance, cast=[*drawn][:_ENTITIES], published=published_at(number, articles))
    for kind in _PLAN:
        draft.write(kind)
    return draft.finish(number, extractor)


@dataclass(slots=True)
class _Draft:
    """An article being written: its text so far, and what it tells."""

    chance: Random
    cast: list[Figurant]
    published: datetime
    parts: list[str] = field(default_factory=list)
    length: int = 0
    sentences: list[tuple[int, int]] = field(default_factory=list)
    mentions: dict[Figurant, list[Mention]] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)

    def write(self, kind: str) -> None:
        """Write a sentence of a kind."""
        start = self.length
        if kind == "event":
            self._event()
        elif kind == "figure":
            self._figure()
        elif kind == "statement" and (not self.statements or self.chance.random() < 0.5):  # noqa: PLR2004 - every other article has two
            self._statement()
        else:
            self._say(self._words(10, 28).capitalize())
            if kind == "named":
                self._say(" ")
                self._name(next((one for one in self.cast if one not in self.mentions), self.cast[0]))
        self._say(".")
        self.sentences.append((start, self.length))
        self._say("\n\n" if len(self.sentences) % 3 == 0 else " ")

    def finish(self, number: int, extractor: str) -> Extraction:
        """Put it all together."""
        chance = self.chance
        (feed,) = chance.choices(FEEDS, cum_weights=FEED_WEIGHTS)
        article_id = sha256(b"%d" % number).hexdigest()[:16]
        article = Article(
            article_id=article_id,
            text="".join(self.parts[:-1]),
            url=f"https://{feed.id}.example/news/{self.published:%Y/%m}/{number}",
            title=f"{self.cast[0].name} {self._words(4, 8)}",
            source=feed.id,
            authors=(f"{chance.choice(ENTITIES).name}",),
            language="en",
            published=self.published,
            published_from="feed",
            fetched=self.published + timedelta(minutes=10),
            origin="feed",
            text_from="page",
            origins=(("title", "jsonld"), ("text", "trafilatura")),
        )
        return Extraction(
            article=article,
            extractor=extractor,
            sentences=tuple(self.sentences),
            entities=tuple(
                Entity(
                    id=one.id,
                    name=one.name,
                    type=one.type,
                    country=one.country,
                    sector=one.sector,
                    mentions=tuple(found),
                )
                for one, found in self.mentions.items()
            ),
            citations=tuple(self.citations),
            statements=tuple(self.statements),
            events=tuple(self.events),
            figures=tuple(self.figures),
            times=tuple(self.times),
            topics=tuple(
                Topic(
                    topic=topic,
                    score=round(chance.random(), 2),
                    evidence=(self.events[0].trigger, self.events[1].trigger),
                )
                for topic in chance.sample(TOPICS, 2)
            ),
            relevance=round(chance.random(), 2),
        )

    def _event(self) -> None:
        actor, recipient, place = self.chance.sample(self.cast, 3)
        deed = self.chance.choice(DEEDS)
        status = self.chance.choice(_STATUSES)
        day = self.published.date() + timedelta(days=self.chance.randint(1, 60) if status == "planned" else -1)
        start = self.length
        self._name(actor)
        self._say(" ")
        trigger = Span(**self._piece(deed.word))
        self._say(" ")
        self._name(recipient)
        self._say(f" {self._words(2, 6)}")
        if is_placed := self.chance.random() < 0.5:  # noqa: PLR2004 - half of them tell where
            self._say(" in ")
            self._name(place)
        self._say(" on ")
        self.times.append(
            Time(**self._piece(f"{day:%B} {day.day}"), type="DATE", value=day.isoformat(), date_start=day, date_end=day)
        )
        self.events.append(
            Event(
                **self._since(start),
                id=f"e{len(self.events) + 1}",
                trigger=trigger,
                type=deed.type,
                quad=deed.quad,
                intensity=deed.intensity,
                status=status,
                confidence=round(0.5 + self.chance.random() / 2, 2),
                mode=deed.mode,
                contexts=deed.contexts,
                actors=(actor.id,),
                recipients=(recipient.id,),
                location=place.id if is_placed else None,
                date_start=day,
                date_end=day,
            )
        )

    def _statement(self) -> None:
        speaker, relay = self.chance.sample(self.cast, 2)
        start = self.length
        at = self._name(speaker)
        self._say(" ")
        cue = Span(**self._piece("said"))
        self._say(" that ")
        content = Span(**self._piece(self._words(8, 20)))
        via: tuple[str, ...] = ()
        if self.chance.random() < 0.5:  # noqa: PLR2004 - half of them are relayed
            via = (relay.id,)
            self._say(", ")
            relayed = self.length
            self._name(relay)
            self._say(" reported")
            self.citations.append(Citation(**self._since(relayed), source=relay.id))
        self.statements.append(
            Statement(
                **self._since(start),
                id=f"s{len(self.statements) + 1}",
                kind="indirect",
                content=content,
                speaker=speaker.id,
                speaker_span=Span(start=at.start, end=at.end, text=at.text),
                cue=cue,
                verb="say",
                via=via,
            )
        )

    def _figure(self) -> None:
        about, thing = self.chance.choice(self.cast), self.chance.choice(THINGS)
        value = Decimal(self.chance.randint(10, 99_999)) / 10
        self._say(f"The {thing} of ")
        self._name(about)
        self._say(" rose by ")
        unit = _UNITS[len(thing) % len(_UNITS)]
        number = self._piece(f"{value} {unit}")
        self.figures.append(
            Figure(**number, value=value, unit=unit, change="increase", quantity_of=thing, about=(about.id,))
        )
        self._say(f" {self._words(4, 12)}")

    def _words(self, least: int, most: int) -> str:
        return " ".join(self.chance.choices(WORDS, cum_weights=WORD_WEIGHTS, k=self.chance.randint(least, most)))

    def _say(self, piece: str) -> None:
        self.parts.append(piece)
        self.length += len(piece)

    def _piece(self, piece: str) -> dict[str, Any]:
        self._say(piece)
        return {"start": self.length - len(piece), "end": self.length, "text": piece}

    def _since(self, start: int) -> dict[str, Any]:
        first, at = len(self.parts), self.length
        while at > start:
            first -= 1
            at -= len(self.parts[first])
        return {"start": start, "end": self.length, "text": "".join(self.parts[first:])}

    def _name(self, one: Figurant) -> Mention:
        seen = self.mentions.setdefault(one, [])
        # Whoever has been named in full is named by the last name afterwards.
        seen.append(
            Mention(**self._piece(one.name.split()[-1] if seen and one.type == "PER" else one.name), kind="name")
        )
        return seen[-1]
