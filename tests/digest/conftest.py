"""Days made by hand: what extraction and the store would hand to the digest, without either."""

from __future__ import annotations

import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from newsledger.records.article import Article, Issue
from newsledger.records.config import Feed
from newsledger.records.day import ArticleRow, DayView, EditRow, FeedHealth, SourceName, Spot, StoryRow, TextRow
from newsledger.records.extraction import Entity, Event, Extraction, Figure, Mention, Statement, Time
from newsledger.records.feeds import Balance, FeedState
from newsledger.records.run import Counts
from newsledger.records.spans import Span

DAY = date(2031, 3, 12)
NOON = datetime(2031, 3, 12, 12, tzinfo=UTC)
SOURCES = (
    SourceName(id="nna", name="Norland News Agency", kind="wire", country="NOR"),
    SourceName(id="state-one", name="State One", kind="state", country="SUD"),
    SourceName(id="gazette", name="The Free Gazette", kind="independent", country="SUD"),
    SourceName(id="observer", name="Union Observer", kind="international", country="BEL"),
)


@dataclass
class Draft:
    """An article under hand-made extraction: each record is named by the words that it covers."""

    article: Article
    records: dict[str, list[Any]] = field(default_factory=dict)
    place: dict[str, Any] = field(default_factory=dict)

    def of(self, story: str | None, **more: object) -> Draft:
        """Put the article into a story; without that it is a story of its own."""
        self.place |= {"story_id": story, **more}
        return self

    @property
    def row(self) -> ArticleRow:
        article = self.article
        found = self.records
        deeds = [abs(event.intensity) for event in found.get("events", ())]
        known: dict[str, Any] = {
            "story_id": f"s-{sha256(article.article_id.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}",
            "origin": article.source,
            "told_at": article.published or NOON,
            "intensity": max(deeds, default=0.0),
            "records": sum(len(found.get(kind, ())) for kind in ("statements", "events", "figures")),
        }
        return ArticleRow(
            article_id=article.article_id,
            revision=article.revision,
            source=article.source,
            title=article.title,
            url=article.url,
            language=article.language,
            published=article.published,
            published_from=article.published_from,
            text_from=article.text_from,
            issues=article.issues,
            **{**known, **self.place},
        )

    def span(self, words: str, nth: int = 0) -> dict[str, Any]:
        start = -1
        for _ in range(nth + 1):
            start = self.article.text.index(words, start + 1)
        return {"start": start, "end": start + len(words), "text": words}

    def add(self, kind: str, record: object) -> Draft:
        self.records.setdefault(kind, []).append(record)
        return self

    def entity(self, id_: str, name: str, words: str | None = None, **more: object) -> Draft:
        mention = Mention(**self.span(words or name), kind="name")
        return self.add("entities", Entity(id=id_, name=name, mentions=(mention,), **{"type": "PER", **more}))

    def event(self, type_: str, words: str, **more: object) -> Draft:
        known = {"quad": "verbal cooperation", "intensity": 2.5, "status": "occurred", "confidence": 0.9}
        number = len(self.records.get("events", ())) + 1
        span = self.span(words)
        return self.add("events", Event(id=f"e{number}", **span, trigger=Span(**span), type=type_, **{**known, **more}))

    def statement(
        self, speaker: str | None, words: str, content: str, cue: str | None = "said", **more: object
    ) -> Draft:
        number = len(self.records.get("statements", ())) + 1
        whole = self.span(words)
        inner, said = words.index(content), words.index(cue) if cue else 0
        record = Statement(
            id=f"s{number}",
            **whole,
            speaker=speaker,
            content=Span(start=whole["start"] + inner, end=whole["start"] + inner + len(content), text=content),
            cue=Span(start=whole["start"] + said, end=whole["start"] + said + len(cue), text=cue) if cue else None,
            **{"kind": "indirect", "verb": "say", **more},
        )
        return self.add("statements", record)

    def figure(self, words: str, value: str, unit: str = "count", **more: object) -> Draft:
        return self.add("figures", Figure(**self.span(words), value=Decimal(value), unit=unit, **more))

    def time(self, words: str, start: date, end: date | None = None) -> Draft:
        last = end or start
        return self.add(
            "times", Time(**self.span(words), type="DATE", value=start.isoformat(), date_start=start, date_end=last)
        )

    def done(self) -> Extraction:
        records = {kind: tuple(found) for kind, found in self.records.items()}
        return Extraction(article=self.article, extractor="by hand", sentences=sentences(self.article.text), **records)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Cut a text at full stops that a space or the end follows."""
    ends = [n + 1 for n, sign in enumerate(text) if sign in ".\n" and text[n + 1 : n + 2] in ("", " ", "\n")]
    starts = [0, *(end + len(text[end:]) - len(text[end:].lstrip()) for end in ends)]
    return tuple((start, end) for start, end in zip(starts, [*ends, len(text)], strict=True) if start < end)


def draft(id_: str, text: str, source: str | None = "nna", **more: object) -> Draft:
    known: dict[str, Any] = {"title": f"Title of {id_}", "url": f"https://news.example/{id_}", "language": "en"}
    known |= {"published": NOON, "published_from": "feed", "text_from": "page", "origin": "feed"}
    return Draft(Article(article_id=id_, text=text, source=source, **{**known, **more}))


def counts_of(articles: Sequence[Draft]) -> Counts:
    kinds = ("citations", "statements", "events", "figures", "times")
    found = {kind: sum(len(article.records.get(kind, ())) for article in articles) for kind in kinds}
    people = {one.id for article in articles for one in article.records.get("entities", ())}
    return Counts(articles=len(articles), entities=len(people), **found)


def story_of(story_id: str, rows: Sequence[ArticleRow], **more: object) -> StoryRow:
    """Count a story as the store would, from the rows of the day and of the days before."""
    rows = sorted(rows, key=lambda row: (row.told_at, row.article_id))
    today = [row for row in rows if row.told_at.date() == DAY]
    days = Counter(row.told_at.date() for row in rows)
    last = rows[-1].told_at.date()
    lead = next(row for row in [*(row for row in rows if row.told_at.date() == last and not row.copy_of), rows[-1]])
    kinds = {source.id: source.kind for source in SOURCES}
    before = [row for row in rows if row.told_at.date() < DAY]
    known: dict[str, Any] = {
        "state": ("updated" if before else "new") if today else "quiet",
        "first_at": rows[0].told_at,
        "last_at": rows[-1].told_at,
        "articles": len(today),
        "articles_before": days[DAY - timedelta(days=1)],
        "articles_total": len(rows),
        "copies": sum(row.copy_of is not None for row in today),
        "independent": len({row.origin for row in rows}),
        "independent_before": len({row.origin for row in before}),
        "lead": lead.article_id,
        "headline": lead.title,
        "kinds": tuple(sorted({kinds.get(row.source) or "unknown" for row in rows})),
        "languages": tuple(sorted({row.language for row in rows if row.language})),
        "days": tuple(sorted(days.items())),
    }
    return StoryRow(story_id=story_id, **{**known, **more})


def day_of(
    *articles: Draft, before: Sequence[Draft] = (), states: dict[str, str] | None = None, **more: object
) -> DayView:
    """Make a day of articles, and of earlier ones; `states` says how a story stands where it is not to be counted."""
    start = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
    rows, earlier = tuple(article.row for article in articles), tuple(article.row for article in before)
    stories = defaultdict[str, list[ArticleRow]](list)
    for row in (*earlier, *rows):
        if row.story_id:
            stories[row.story_id].append(row)
    told = states or {}
    known: dict[str, Any] = {
        "articles": rows,
        "earlier": earlier,
        "before": tuple(article.done() for article in before),
        "counts": counts_of(articles),
        "stories": tuple(
            story_of(story, found, **({"state": told[story]} if story in told else {}))
            for story, found in sorted(stories.items())
        ),
        "day": DAY,
        "timezone": "UTC",
        "start": start,
        "end": start + timedelta(days=1),
        "cut_off": NOON,
        "sources": SOURCES,
        "feeds": (),
        "balances": (),
    }
    return DayView(extractions=tuple(article.done() for article in articles), **{**known, **more})


def feed(id_: str, **more: object) -> Feed:
    known: dict[str, Any] = {"name": id_.title(), "url": f"https://{id_}.example/rss", "kind": "independent"}
    return Feed(id=id_, **{**known, **more})


def health(of: Feed, outcome: str | None = "ok", articles: int = 0, **more: object) -> FeedHealth:
    state = FeedState(feed_id=of.id, polled_at=NOON, outcome=outcome, **more) if outcome else None
    return FeedHealth(feed=of, state=state, articles_day=articles, articles_total=articles)


def feeds() -> tuple[FeedHealth, ...]:
    earlier = NOON - timedelta(days=3)
    return (
        health(feed("nna", name="Norland News Agency", kind="wire", country="NOR"), articles=2, succeeded_at=NOON),
        health(feed("gazette", name="The Free Gazette", country="SUD"), articles=2, succeeded_at=NOON),
        health(feed("ministry", kind="institution"), "not_modified", newest_item_at=earlier),
        health(feed("herald"), "timeout", failures=3, succeeded_at=earlier, detail="no byte for 20 s"),
        health(feed("tribune"), "blocked", failures=1),
        health(feed("newcomer"), None),
        health(feed("courier", enabled=False, note="2031-02-01: answers 404 since January"), None),
    )


def balances() -> tuple[Balance, ...]:
    return (
        Balance(feed_id="nna", seen=12, items=(("stored", 2), ("known", 9), ("no_text", 1))),
        Balance(feed_id="gazette", seen=7, items=(("stored", 1), ("revised", 1), ("known", 4), ("deferred", 1))),
        Balance(feed_id="nna", seen=3, items=(("known", 3),)),
    )


def visit() -> Draft:
    text = (
        "President Anna Kovar of Norland arrived in Sudhaven on Wednesday for a two-day working visit. "
        "“We will not close the strait, whatever others claim,” Kovar said after the talks. "
        "She added that trade between Norland and Sudland grew by 14 per cent last year. "
        "Kovar and Prime Minister Tomas Riel agreed to reopen the rail ferry. "
        "The two sides plan to sign a customs treaty on 2 April."
    )
    return (
        draft("kovar-visit", text, title="Kovar in Sudhaven: ferry to run again")
        .entity("anna-kovar", "Anna Kovar", role="President", country="NOR")
        .entity("tomas-riel", "Tomas Riel", role="Prime Minister", country="SUD")
        .entity("norland", "Norland", type="GPE", country="NOR")
        .entity("sudland", "Sudland", type="GPE", country="SUD")
        .entity("sudhaven", "Sudhaven", type="GPE", country="SUD")
        .event(
            "CONSULT",
            "President Anna Kovar of Norland arrived in Sudhaven on Wednesday for a two-day working visit",
            mode="visit",
            actors=("anna-kovar",),
            recipients=("sudland",),
            location="sudhaven",
            date_start=DAY,
            date_end=DAY,
            intensity=4.0,
        )
        .event(
            "AGREE",
            "Kovar and Prime Minister Tomas Riel agreed to reopen the rail ferry",
            actors=("anna-kovar", "tomas-riel"),
            date_start=DAY,
            date_end=DAY,
        )
        .event(
            "AGREE",
            "The two sides plan to sign a customs treaty on 2 April",
            actors=("norland", "sudland"),
            status="planned",
            date_start=date(2031, 4, 2),
            date_end=date(2031, 4, 2),
        )
        .statement(
            "anna-kovar",
            "“We will not close the strait, whatever others claim,” Kovar said",
            "We will not close the strait, whatever others claim,",
            kind="direct",
        )
        .statement(
            "anna-kovar",
            "She added that trade between Norland and Sudland grew by 14 per cent last year",
            "trade between Norland and Sudland grew by 14 per cent last year",
            cue="added",
        )
        .figure(
            "14 per cent",
            "14",
            "percent",
            change="increase",
            quantity_of="trade between Norland and Sudland",
            about=("norland", "sudland"),
            period_start=date(2030, 1, 1),
            period_end=date(2030, 12, 31),
            attributed_to="anna-kovar",
        )
        .time("on Wednesday", DAY)
        .time("last year", date(2030, 1, 1), date(2030, 12, 31))
        .time("2 April", date(2031, 4, 2))
    )


def denial() -> Draft:
    text = (
        "Sudland denied on Wednesday that its coast guard had fired on a Norland trawler. "
        "Defence Minister Ilse Brandt called the report “a fairy tale” told by the Norland press. "
        "Trade between Sudland and Norland rose by 9.5 per cent last year, said the customs office. "
        "About 1,200 marines could be moved to Cape Sorrow if the strait is closed."
    )
    return (
        draft("brandt-denial", text, "state-one", title="Brandt: nobody fired", published_from="html")
        .entity("sudland", "Sudland", type="GPE", country="SUD")
        .entity("norland", "Norland", type="GPE", country="NOR")
        .entity("ilse-brandt", "Ilse Brandt", role="Defence Minister", country="SUD")
        .entity("coast-guard", "Coast Guard of Sudland", "coast guard", type="ORG")
        .entity("customs", "Customs Office of Sudland", "customs office", type="ORG")
        .event(
            "REJECT", "Sudland denied on Wednesday", actors=("sudland",), intensity=-2.0, date_start=DAY, date_end=DAY
        )
        .event(
            "ASSAULT",
            "its coast guard had fired on a Norland trawler",
            mode="firearms",
            status="denied",
            actors=("coast-guard",),
            recipients=("norland",),
            intensity=-9.0,
            attributed_to="sudland",
        )
        .event(
            "MOBILIZE",
            "About 1,200 marines could be moved to Cape Sorrow if the strait is closed",
            mode="troops",
            status="conditional",
            actors=("sudland",),
            intensity=-5.0,
        )
        .statement(
            "ilse-brandt",
            "Defence Minister Ilse Brandt called the report “a fairy tale” told by the Norland press",
            "the report “a fairy tale” told by the Norland press",
            cue="called",
            kind="mixed",
            verb="call",
        )
        .figure(
            "9.5 per cent",
            "9.5",
            "percent",
            change="increase",
            quantity_of="trade between Sudland and Norland",
            about=("sudland", "norland"),
            attributed_to="customs",
        )
        .figure("1,200", "1200", bound="about", quantity_of="marines that could be moved", about=("sudland",))
    )


def copies() -> tuple[Draft, Draft]:
    """One wire report that two outlets print."""
    text = (
        "Norland's parliament will vote on the grain embargo on 20 March, its speaker told reporters. "
        "The embargo has cost farmers some 45 million crowns since January."
    )

    def copy(id_: str, source: str, **more: object) -> Draft:
        return (
            draft(id_, text, source, **more)
            .entity("parliament", "Parliament of Norland", "parliament", type="ORG", country="NOR")
            .statement(
                None,
                "Norland's parliament will vote on the grain embargo on 20 March, its speaker told reporters",
                "Norland's parliament will vote on the grain embargo on 20 March",
                cue="told",
                verb="tell",
                via=("nna",),
            )
            .figure("45 million crowns", "45000000", "NOK", bound="about", quantity_of="cost of the embargo to farmers")
            .time("20 March", date(2031, 3, 20))
        )

    issue = Issue(code="page_timeout", detail="the feed's own text was taken")
    return (
        copy("grain-wire", "nna", title="Vote on embargo set for 20 March"),
        copy("grain-copy", "gazette", title=None, url=None, issues=(issue,), text_from="feed", published=None),
    )


@dataclass(frozen=True)
class Newsroom:
    """What the tests make their days with."""

    draft = staticmethod(draft)
    day_of = staticmethod(day_of)
    feed = staticmethod(feed)
    health = staticmethod(health)
    day: date = DAY


@pytest.fixture(scope="session")
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture(scope="session")
def busy_day() -> DayView:
    wire, copy = copies()
    told = (
        visit().of("s-strait"),
        denial().of("s-strait"),
        wire.of("s-grain"),
        copy.of("s-grain", copy_of="grain-wire"),
    )
    return day_of(*told, feeds=feeds(), balances=balances())


@pytest.fixture(scope="session")
def edited_day() -> DayView:
    """A source changed a number in an article that it had told the day before."""
    before = "The ferry carried 14 cars. The captain is ill."
    after = before.replace("14", "40")
    told = draft("ferry", after, revision=2).figure("40", "40", quantity_of="cars")
    edit = EditRow(
        article_id="ferry",
        revision=2,
        revised_at=NOON,
        former_at=NOON - timedelta(days=1),
        source="nna",
        title="Title of ferry",
        url="https://news.example/ferry",
        record_type="figure",
        kind="changed",
        before=Spot(article_id="ferry", revision=1, start=18, end=20, text="14", source="nna"),
        after=Spot(article_id="ferry", revision=2, start=18, end=20, text="40", source="nna"),
    )
    former = TextRow(article_id="ferry", revision=1, text=before, sentences=sentences(before), title="Title of ferry")
    return day_of(told, edits=(edit,), texts=(former,))


@pytest.fixture(scope="session")
def empty_day() -> DayView:
    return day_of(cut_off=None, feeds=feeds()[2:])


@pytest.fixture(scope="session")
def full_day() -> DayView:
    """Two hundred articles with as many records as the busiest feed gives, in a script of two bytes a letter."""
    return day_of(*(crowded(number) for number in range(200)), feeds=feeds() * 8, balances=balances())


def crowded(number: int) -> Draft:
    words = f"Представитель {number} рассказал журналистам, что переговоры по транзиту зерна продолжатся весной "
    text = "".join(f"{words * 3}{part}. " for part in range(12))
    made = draft(f"{number:016x}", text, title=words * 2, url=f"https://news.example/{'long/' * 20}{number}")
    who = f"envoy-{number}"
    made.entity(who, f"Представитель {number}")
    for part in range(12):
        sentence = f"{words * 3}{part}."
        made.statement(who, sentence, sentence.removesuffix("."), cue="рассказал")
        made.event("CONSULT", sentence, actors=(who,), recipients=(who,))
        made.figure(f" {part}.", str(part), quantity_of=sentence, about=(who,))
        made.time(f" {part}.", date(2031 + part, 6, 1))
    return made


@pytest.fixture(scope="session")
def chromium() -> Callable[..., str]:
    """Open a page in a real browser, with a profile in a folder of its own; for tests marked needs_browser."""

    def run(page: Path, folder: Path, *options: str) -> str:
        flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
        more = "--disable-component-update --disable-sync"
        command = ["chromium", *flags.split(), *more.split(), f"--user-data-dir={folder}", *options, page.as_uri()]
        return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()

    return run
