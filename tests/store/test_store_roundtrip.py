"""What is saved can be loaded again as the very same objects."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsledger.records import extraction as kinds
from newsledger.records.article import Article, Issue, Origin, PublishedFrom, TextFrom
from newsledger.records.errors import StoreError
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
from newsledger.records.run import Batch, Run
from newsledger.records.spans import Span
from store import Ledger, load_extractions, open_ledger
from store.database import attached, published_copy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2024, 3, 6, 12, tzinfo=UTC)
RUN = Run(run_id="r1", flow="monitor", started_at=NOW)

serial = count()
words = st.text(max_size=8)
maybe_words = st.none() | words
moments = st.none() | st.datetimes(timezones=st.just(UTC))
days = st.none() | st.dates(min_value=date(1, 1, 1))
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)
ids = st.lists(words, max_size=3).map(tuple)
floats = st.floats(allow_nan=False)


def one_of(literal: object) -> st.SearchStrategy:
    return st.sampled_from(get_args(literal))


@st.composite
def spans(draw: st.DrawFn, text: str) -> dict[str, object]:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return {"start": start, "end": end, "text": text[start:end]}


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    text = draw(st.text(min_size=1, max_size=30))

    def span() -> dict[str, object]:
        return draw(spans(text))

    def maybe_span() -> Span | None:
        return Span(**span()) if draw(st.booleans()) else None

    def some(make: Callable[[int], object]) -> tuple:
        return tuple(make(number) for number in range(draw(st.integers(0, 2))))

    def a(strategy: st.SearchStrategy) -> object:
        return draw(strategy)

    def interval() -> dict[str, object]:
        return {"date_start": a(days), "date_end": a(days)}

    return Extraction(
        article=Article(
            article_id=a(words),
            text=text,
            url=a(maybe_words),
            title=a(maybe_words),
            source=a(maybe_words),
            authors=a(ids),
            section=a(maybe_words),
            language=a(maybe_words),
            published=a(moments),
            published_from=a(one_of(PublishedFrom)),
            modified=a(moments),
            fetched=a(moments),
            origin=a(one_of(Origin)),
            text_from=a(one_of(TextFrom)),
            origins=some(lambda _: (a(words), a(words))),
            issues=some(lambda _: Issue(code=a(words), detail=a(words))),
        ),
        extractor=a(words),
        sentences=tuple(sorted((where["start"], where["end"]) for where in some(lambda _: span()))),
        dateline=Dateline(**span(), agency=a(maybe_words), place=a(maybe_words), date=a(days))
        if a(st.booleans())
        else None,
        entities=some(
            lambda number: Entity(
                id=f"{number}{a(words)}",
                name=a(words),
                type=a(one_of(kinds.EntityType)),
                mentions=some(lambda _: Mention(**span(), kind=a(one_of(kinds.MentionKind)))),
                country=a(maybe_words),
                sector=a(maybe_words),
                role=a(maybe_words),
                wikidata=a(maybe_words),
            )
        ),
        citations=some(lambda _: Citation(**span(), source=a(words))),
        statements=some(
            lambda number: Statement(
                **span(),
                id=f"s{number}",
                kind=a(one_of(kinds.StatementKind)),
                content=Span(**span()),
                speaker=a(maybe_words),
                speaker_span=maybe_span(),
                cue=maybe_span(),
                verb=a(maybe_words),
                via=a(ids),
                group=a(maybe_words),
            )
        ),
        events=some(
            lambda number: Event(
                **span(),
                id=f"e{number}",
                trigger=Span(**span()),
                type=a(one_of(kinds.EventType)),
                quad=a(one_of(kinds.Quad)),
                intensity=a(floats),
                status=a(one_of(kinds.Status)),
                confidence=a(floats),
                mode=a(maybe_words),
                contexts=a(ids),
                actors=a(ids),
                recipients=a(ids),
                location=a(maybe_words),
                **interval(),
                attributed_to=a(maybe_words),
                statement=a(maybe_words),
            )
        ),
        figures=some(
            lambda _: Figure(
                **span(),
                value=a(decimals),
                unit=a(words),
                value_max=a(st.none() | decimals),
                change=a(st.none() | one_of(kinds.Change)),
                bound=a(one_of(kinds.Bound)),
                quantity_of=a(maybe_words),
                about=a(ids),
                period_start=a(days),
                period_end=a(days),
                attributed_to=a(maybe_words),
            )
        ),
        times=some(lambda _: Time(**span(), type=a(one_of(kinds.TimeType)), value=a(words), **interval())),
        topics=some(lambda number: Topic(topic=f"t{number}", score=a(floats), evidence=some(lambda _: Span(**span())))),
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    with open_ledger(tmp_path_factory.mktemp("roundtrip") / "ledger.duckdb") as opened:
        opened.begin(RUN)
        yield opened


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(batch=st.lists(extractions(), min_size=1, max_size=3))
def test_any_extraction_comes_back_as_it_was_saved(ledger: Ledger, batch: list[Extraction]) -> None:
    batch = [
        replace(made, article=replace(made.article, article_id=f"{next(serial)}-{made.article.article_id}"))
        for made in batch
    ]
    ledger.save(Batch(extractions=tuple(batch)), RUN, ZoneInfo("UTC"), NOW)
    con = ledger._con  # noqa: SLF001 - the loader reads what the ledger has open
    keys = [(made.article.article_id, 1) for made in reversed(batch)]
    assert load_extractions(con, keys) == tuple(reversed(batch))


def test_the_published_copy_holds_the_same_objects(published: Path, extraction: Callable[..., Extraction]) -> None:
    with published_copy(published) as con:
        assert load_extractions(con, [("a1", 1), ("unknown", 1)]) == (extraction(),)


def test_decimals_come_back_exactly(published: Path) -> None:
    with published_copy(published) as con:
        (made,) = load_extractions(con, [("a1", 1)])
    assert [str(figure.value) for figure in made.figures] == ["30.10", "12"]


@pytest.mark.parametrize("damage", ["DELETE FROM article_text", "UPDATE article_text SET text = 'Other.'"])
def test_an_article_that_is_not_whole_any_more_is_named(published: Path, ledger_path: Path, damage: str) -> None:
    assert published.exists()
    with attached(ledger_path) as con:
        con.execute(damage)
        with pytest.raises(StoreError, match=r"article a1, revision 1, .*`newsledger doctor`"):
            load_extractions(con, [("a1", 1)])
