"""Who is proposed for the registry, with the sentences that name them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsledger.records.extraction import Entity, EntityType, Extraction, Mention, MentionKind
from store import Proposal, publish, read_named, read_proposals
from store.database import published_copy

TEXT = "Rain fell. The Zubr Foundry hired Olga Lind. It will grow."


def speaking_of(name: str, kind: MentionKind = "name", type_: EntityType = "ORG", **known: str) -> Entity:
    start = TEXT.index(name)
    mention = Mention(start=start, end=start + len(name), text=name, kind=kind)
    return Entity(id=name.lower().replace(" ", "-"), name=name, type=type_, mentions=(mention,), **known)


@pytest.fixture
def publish_articles(
    ledger_path: Path, save: Callable[..., object], extraction: Callable[..., Extraction]
) -> Callable[..., Path]:
    """Publish articles with TEXT, given as (id, source, day of March, entities)."""

    def made(article_id: str, source: str | None, day: int, *entities: Entity) -> Extraction:
        published = datetime(2024, 3, day, tzinfo=UTC)
        plain = extraction(article_id, text=TEXT, source=source, published=published)
        stops = [at + 1 for at, mark in enumerate(TEXT) if mark == "."]
        sentences = tuple(zip((0, *(stop + 1 for stop in stops)), stops, strict=False))
        return type(plain)(
            article=plain.article, extractor=plain.extractor, sentences=sentences, entities=tuple(entities)
        )

    def publish_them(*articles: tuple[object, ...]) -> Path:
        save(*(made(*article) for article in articles))
        published = ledger_path.with_name("news.duckdb")
        publish(ledger_path, published)
        return published

    return publish_them


def ids(found: tuple[Proposal, ...]) -> list[str]:
    return [one.entity_id for one in found]


def test_who_is_named_in_three_articles_of_two_sources_is_proposed(publish_articles: Callable[..., Path]) -> None:
    foundry, lind = speaking_of("Zubr Foundry", country="BLR"), speaking_of("Olga Lind", type_="PER")
    hired = speaking_of("It", kind="pronoun")
    published = publish_articles(
        ("a", "courier", 1, foundry, lind, hired),
        ("b", "courier", 2, foundry, lind, hired),
        ("c", "courier", 3, lind),
        ("d", "beacon", 4, speaking_of("Zubr Foundry", type_="FAC"), hired),
    )
    (found,) = read_proposals(published, ())
    assert (found.entity_id, found.types, found.countries) == ("zubr-foundry", ("ORG", "FAC"), ("BLR",))
    assert (found.names, found.articles, found.sources) == (("Zubr Foundry",), 3, 2)
    seen = (found.first_seen_at, found.last_seen_at)
    assert seen == (datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 4, tzinfo=UTC))
    assert ids(read_proposals(published, {"zubr-foundry"})) == []


def test_examples_re_read_and_come_from_several_sources(publish_articles: Callable[..., Path]) -> None:
    foundry = speaking_of("Zubr Foundry")
    published = publish_articles(
        *((f"c{day}", "courier", day, foundry) for day in range(1, 5)), ("b1", "beacon", 1, foundry)
    )
    (found,) = read_proposals(published, ())
    assert [(one.article_id, one.source) for one in found.examples] == [
        ("c4", "courier"),
        ("b1", "beacon"),
        ("c3", "courier"),
    ]
    for one in found.examples:
        assert one.text == TEXT[one.start : one.end] == "The Zubr Foundry hired Olga Lind."


def test_one_who_is_named_once_can_be_looked_up(publish_articles: Callable[..., Path]) -> None:
    published = publish_articles(("a", None, 1, speaking_of("Olga Lind", type_="PER"), speaking_of("It", kind="role")))
    found = read_named(published, "olga-lind")
    assert found is not None
    assert (found.articles, found.names, len(found.examples)) == (1, ("Olga Lind",), 1)
    assert read_named(published, "it") is None
    assert read_named(published, "nobody") is None


def test_relevance_is_a_column_of_the_articles(
    publish_articles: Callable[..., Path], save: Callable[..., object], extraction: Callable[..., Extraction]
) -> None:
    save(type(made := extraction("r"))(article=made.article, extractor="x", relevance=0.25))
    published = publish_articles(("a", "courier", 1))
    with published_copy(published) as con:
        found = con.execute("SELECT article_id, relevance FROM v_articles ORDER BY article_id").fetchall()
    assert found == [("a", None), ("r", 0.25)]
