"""A made-up article with a record of every type, and a ledger to put it in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from newsledger.records.article import Article, Issue
from newsledger.records.config import Feed
from newsledger.records.extraction import (
    Citation,
    Dateline,
    Entity,
    Event,
    Extraction,
    Figure,
    Mention,
    Statement,
    Time,
    Topic,
)
from newsledger.records.feeds import FeedEntry, FeedPoll, FeedState, FetchedItem, PageAnswer
from newsledger.records.run import Batch, Run, Saved
from newsledger.records.spans import Span
from store import open_ledger, publish
from store.database import attached
from tests.store.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime(2024, 3, 6, 12, tzinfo=UTC)
RUN = Run(run_id="r1", flow="monitor", started_at=NOW)
TEXT = (
    "Harbour Wire, March 5. Minister Olga Lind met Ivan Petrov in Port Aster on Monday. "
    '"We agreed on 12 ships," Lind said, the daily Courier reported. Trade in grain grew by 30% in 2021. ⚓ Ende'
)
# What no saving of the made-up article writes.
_OTHER_ROWS = """
    INSERT INTO digests VALUES ('2024-03-06', '2024-03-06 13:00:00', 2, 9, 9, 'ab');
    INSERT INTO takedowns VALUES ('a7', 'https://courier.example/a7', 'asked to', '2024-03-06 13:00:00', NULL);
    INSERT INTO replay_counts VALUES ('r1', 'figure', 'added', 1);
    INSERT INTO replay_examples VALUES ('r1', 1, 'a1', 2, 'figure', 'added', NULL, '12');
    INSERT INTO record_changes BY NAME
    SELECT 'a1' AS article_id, 2 AS revision, 1 AS no, 'figure_removed' AS kind, 'figure' AS record_type,
        '12' AS before, char_start AS before_char_start, char_end AS before_char_end
    FROM figures WHERE article_id = 'a1' AND revision = 1 AND text = '12';
    INSERT INTO story_articles VALUES
        ('a0', 1, 's-0', NULL, 'harbour-wire', '2024-03-06 12:00:00'),
        ('a1', 2, 's-0', 'a0', 'harbour-wire', '2024-03-06 12:00:00');
    INSERT INTO stories VALUES ('s-0', '2024-03-06 12:00:00', NULL), ('s-1', '2024-03-06 12:00:00', 's-0');
    INSERT INTO story_changes VALUES ('r1', 1, 'merged', 's-0', 's-1', ['a1'], '2024-03-06 13:00:00');
"""
_PLACES = """
    INSERT INTO story_articles VALUES ('a1', 1, 's-1', NULL, 'harbour-wire', '2024-03-06 12:00:00');
    INSERT INTO stories VALUES ('s-1', '2024-03-06 12:00:00', NULL);
"""


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def run() -> Run:
    return RUN


@pytest.fixture
def article() -> Callable[..., Article]:
    """Make an article of a feed, published just before it is stored; any field can be given."""
    return _article


@pytest.fixture
def extraction() -> Callable[..., Extraction]:
    """Make an extraction with a record of every type out of TEXT; of another text, one without records."""
    return _extraction


def _article(article_id: str = "a1", text: str = TEXT, **given: object) -> Article:
    plain = Article(
        article_id=article_id,
        text=text,
        url=f"https://courier.example/{article_id}",
        title="Ministers meet",
        source="courier",
        authors=("Ann Ost", "Bo West"),
        section="World",
        language="en",
        published=datetime(2024, 3, 6, 9, tzinfo=UTC),
        published_from="feed",
        modified=datetime(2024, 3, 6, 10, tzinfo=UTC),
        fetched=NOW,
        origin="feed",
        text_from="page",
        origins=(("title", "jsonld"), ("section", "url"), ("text", "trafilatura")),
        issues=(Issue(code="page_timeout", detail="courier.example"),),
    )
    return replace(plain, **given)


def _extraction(article_id: str = "a1", extractor: str = "x1", **given: object) -> Extraction:
    made = _article(article_id, **given)
    if made.text != TEXT:
        return Extraction(article=made, extractor=extractor, sentences=((0, len(made.text)),))
    return _with_records(made, extractor)


def _with_records(article: Article, extractor: str) -> Extraction:
    text = article.text

    def at(piece: str) -> dict[str, object]:
        start = text.index(piece)
        return {"start": start, "end": start + len(piece), "text": piece}

    def span(piece: str) -> Span:
        return Span(**at(piece))

    stops = [text.index(mark) + 1 for mark in (". Minister", '. "We', ". Trade", ". ⚓")]
    starts = [0, *(stop + 1 for stop in stops)]
    return Extraction(
        article=article,
        extractor=extractor,
        sentences=tuple(zip(starts, [*stops, len(text)], strict=True)),
        dateline=Dateline(**at("Harbour Wire, March 5"), agency="harbour-wire", place=None, date=date(2024, 3, 5)),
        entities=(
            Entity(
                id="olga-lind",
                name="Olga Lind",
                type="PER",
                country="AST",
                sector="GOV",
                role="Minister",
                wikidata="Q1",
                mentions=(
                    Mention(**at("Olga Lind"), kind="name"),
                    Mention(start=text.index("Lind said"), end=text.index("Lind said") + 4, text="Lind", kind="name"),
                ),
            ),
            Entity(
                id="ivan-petrov", name="Ivan Petrov", type="PER", mentions=(Mention(**at("Ivan Petrov"), kind="name"),)
            ),
            Entity(
                id="port-aster", name="Port Aster", type="GPE", mentions=(Mention(**at("Port Aster"), kind="name"),)
            ),
            Entity(
                id="courier", name="Courier", type="ORG", mentions=(Mention(**at("the daily Courier"), kind="role"),)
            ),
            Entity(
                id="harbour-wire",
                name="Harbour Wire",
                type="ORG",
                mentions=(Mention(**at("Harbour Wire"), kind="name"),),
            ),
        ),
        citations=(
            Citation(**at("the daily Courier reported"), source="courier"),
            Citation(**at("Harbour Wire"), source="harbour-wire"),
        ),
        statements=(
            Statement(
                **at('"We agreed on 12 ships," Lind said'),
                id="s1",
                kind="direct",
                content=span("We agreed on 12 ships"),
                speaker="olga-lind",
                speaker_span=Span(**at("Lind said") | {"end": text.index("Lind said") + 4, "text": "Lind"}),
                cue=span("said"),
                verb="say",
                via=("courier", "harbour-wire"),
                group="q1",
            ),
            Statement(**at("Trade in grain grew"), id="s2", kind="indirect", content=span("grain grew")),
        ),
        events=(
            Event(
                **at("Minister Olga Lind met Ivan Petrov in Port Aster on Monday"),
                id="e1",
                trigger=span("met"),
                type="CONSULT",
                quad="verbal cooperation",
                intensity=4.0,
                status="occurred",
                confidence=0.93,
                mode="visit",
                contexts=("diplomatic", "military"),
                actors=("olga-lind", "ivan-petrov"),
                location="port-aster",
                date_start=date(2024, 3, 4),
                date_end=date(2024, 3, 4),
                attributed_to="courier",
                statement="s1",
            ),
            Event(
                **at("We agreed on 12 ships"),
                id="e2",
                trigger=span("agreed"),
                type="AGREE",
                quad="verbal cooperation",
                intensity=6.5,
                status="planned",
                confidence=0.5,
                actors=("olga-lind",),
                recipients=("ivan-petrov", "port-aster"),
            ),
        ),
        figures=(
            Figure(
                **at("30%"),
                value=Decimal("30.10"),
                unit="percent",
                value_max=Decimal("1E+3"),
                change="increase",
                bound="between",
                quantity_of="trade in grain",
                about=("port-aster", "olga-lind"),
                period_start=date(2021, 1, 1),
                period_end=date(2021, 12, 31),
                attributed_to="courier",
            ),
            Figure(**at("12"), value=Decimal(12), unit="count"),
        ),
        times=(
            Time(
                **at("March 5"), type="DATE", value="2024-03-05", date_start=date(2024, 3, 5), date_end=date(2024, 3, 5)
            ),
            Time(**at("Monday"), type="DATE", value="XXXX-WXX-1"),
        ),
        topics=(
            Topic(topic="trade", score=0.75, evidence=(span("Trade"), span("grain"))),
            Topic(topic="diplomacy", score=0.25, evidence=()),
        ),
    )


@pytest.fixture
def feed() -> Callable[..., Feed]:
    def make(feed_id: str = "courier") -> Feed:
        return Feed(
            id=feed_id,
            name=feed_id.title(),
            url=f"https://{feed_id}.example/rss",
            kind="independent",
            country="AST",
        )

    return make


@pytest.fixture
def entry() -> Callable[..., FeedEntry]:
    def make(article_id: str, feed_id: str = "courier") -> FeedEntry:
        return FeedEntry(
            feed_id=feed_id,
            article_id=article_id,
            url=f"https://courier.example/{article_id}",
            title="Ministers meet",
            published=NOW,
            modified=None,
            authors=(),
            language=None,
            body_html=None,
        )

    return make


@pytest.fixture
def poll(feed: Callable[..., Feed], entry: Callable[..., FeedEntry]) -> Callable[..., FeedPoll]:
    def make(feed_id: str = "courier", articles: tuple[str, ...] = (), **state: object) -> FeedPoll:
        return FeedPoll(
            feed=feed(feed_id),
            state=FeedState(feed_id=feed_id, etag='W/"é"', polled_at=NOW, outcome="ok", **state),
            outcome="ok",
            polled_at=NOW,
            http_status=200,
            size_bytes=123,
            duration_ms=45,
            charset="utf-8",
            charset_from="xml",
            body_sha256="ab" * 32,
            entries=tuple(entry(article_id, feed_id) for article_id in articles),
        )

    return make


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "ledger.duckdb"


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger, and one with an article beside its published copy: made once, copied for each test."""
    folder = tmp_path_factory.mktemp("templates")
    with open_ledger(folder / "empty.duckdb"):
        pass
    _save(folder / "ledger.duckdb", Batch(extractions=(_extraction(),)))
    with attached(folder / "ledger.duckdb") as con:
        con.execute(_PLACES)
    publish(folder / "ledger.duckdb", folder / "news.duckdb")
    return folder


def _save(path: Path, batch: Batch, now: datetime = NOW, run: Run = RUN, zone: str = "UTC") -> Saved:
    with open_ledger(path) as ledger:
        ledger.begin(run)
        return ledger.save(batch, run, ZoneInfo(zone), now)


@pytest.fixture
def save(ledger_path: Path, templates: Path) -> Callable[..., Saved]:
    """Save extractions (or a whole batch) into the ledger and close it again."""

    def do(*extractions: Extraction, batch: Batch | None = None, **given: Any) -> Saved:  # noqa: ANN401 - as _save takes it
        if not ledger_path.exists():
            ledger_path.parent.mkdir()
            shutil.copy(templates / "empty.duckdb", ledger_path)
        return _save(ledger_path, batch or Batch(extractions=extractions), **given)

    return do


@pytest.fixture
def desk(ledger_path: Path, templates: Path) -> Desk:
    """An empty ledger, and a desk to tell articles from."""
    ledger_path.parent.mkdir()
    shutil.copy(templates / "empty.duckdb", ledger_path)
    return Desk(ledger_path)


@pytest.fixture
def published(ledger_path: Path, templates: Path) -> Path:
    """A published copy that holds one article, beside its ledger."""
    ledger_path.parent.mkdir(exist_ok=True)
    for name in ("ledger.duckdb", "news.duckdb"):
        shutil.copy(templates / name, ledger_path.with_name(name))
    return ledger_path.with_name("news.duckdb")


@pytest.fixture(scope="session")
def sound_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test that asks for a sound ledger leaves it for the others."""
    return tmp_path_factory.mktemp("sound") / "ledger.duckdb"


@pytest.fixture
def sound_ledger(
    ledger_path: Path, save: Callable[..., Saved], poll: Callable[..., FeedPoll], sound_template: Path
) -> Path:
    """A ledger with a row in every table, beside its published copy."""
    if not sound_template.exists():
        _fill(save, poll)
        with attached(ledger_path) as con:
            con.execute(_OTHER_ROWS)
        shutil.copy(ledger_path, sound_template)
    ledger_path.parent.mkdir(exist_ok=True)
    shutil.copy(sound_template, ledger_path)
    publish(ledger_path, ledger_path.with_name("news.duckdb"))
    return ledger_path


def _fill(save: Callable[..., Saved], poll: Callable[..., FeedPoll]) -> None:
    save(_extraction("a0"), run=replace(RUN, run_id="r0", flow="seed"))
    save(_extraction())
    save(_extraction(title="Second"))
    warned = poll(articles=("a8", "a9"), warnings=(Issue(code="silent", detail="listed nothing for a day"),))
    answer = PageAnswer(url="https://courier.example/a8", http_status=200)
    fetched = _extraction("a8")
    items = (
        FetchedItem(entry=warned.entries[0], article=fetched.article, answer=answer),
        FetchedItem(entry=warned.entries[1], dropped="deferred"),
    )
    save(batch=Batch(extractions=(fetched,), polls=(warned,), items=items))


@pytest.fixture
def other_process() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start Python code in a process of its own, wait for its first line, end it after the test."""
    children: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object) -> subprocess.Popen[str]:
        child = subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
        children.append(child)
        assert child.stdout
        child.stdout.readline()
        return child

    yield start
    for child in children:
        child.kill()
        child.communicate()
