"""What of a day hits the watch list: all conditions of one article or event, copies once, and where it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from newsledger.records.config import Watch
from newsledger.records.extraction import Entity, Event, Extraction, Mention
from newsledger.records.spans import Span
from store import publish, run_query
from store.database import attached, published_copy
from store.reading.watching import read_watch, watch_query, watchable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from newsledger.records.day import WatchRow

START = datetime(2024, 3, 6, tzinfo=UTC)
END = START + timedelta(days=1)
COUNTRIES = {"Norland": "NOR", "Sudland": "SUD", "Estmark": "EST"}


@pytest.fixture
def told(extraction: Callable[..., Extraction]) -> Callable[..., Extraction]:
    """Make an article that names countries, with an event for each (type, actor, recipient, clause, status)."""

    def make(article_id: str, text: str, *events: tuple[str, ...], **given: object) -> Extraction:
        made = extraction(article_id, text=text, **{"title": f"Headline {article_id}", **given})
        entities = tuple(
            Entity(
                id=name.lower(), name=name, type="GPE", country=code, mentions=(Mention(**at(text, name), kind="name"),)
            )
            for name, code in COUNTRIES.items()
            if name in text
        )
        records = tuple(event(no, text, *one) for no, one in enumerate(events, start=1))
        return replace(made, entities=entities, events=records)

    return make


def at(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def event(no: int, text: str, kind: str, actor: str, recipient: str, clause: str, status: str = "occurred") -> Event:  # noqa: PLR0913, PLR0917 - an event's parts
    span = at(text, clause)
    return Event(
        **span, id=f"e{no}", trigger=Span(**span), type=kind, quad="verbal conflict", intensity=-3.0, status=status,
        confidence=0.9, actors=tuple(actor.split()), recipients=tuple(recipient.split()),
    )  # fmt: skip


@pytest.fixture
def watched(ledger_path: Path) -> Callable[..., tuple[WatchRow, ...]]:
    """Publish the ledger and read what hits some watches."""

    def read(*watches: Watch, start: datetime = START, end: datetime = END) -> tuple[WatchRow, ...]:
        published = ledger_path.with_name("news.duckdb")
        publish(ledger_path, published)
        with published_copy(published) as con:
            return read_watch(con, watches, start, end)

    return read


@pytest.fixture
def place(ledger_path: Path) -> Callable[..., None]:
    """Say whose text an article copies and where its news is from."""

    def put(article_id: str, origin: str, copy_of: str | None = None) -> None:
        with attached(ledger_path) as con:
            con.execute(
                "INSERT INTO story_articles VALUES (?, 1, 's-1', ?, ?, '2024-03-06 12:00:00')",
                [article_id, copy_of, origin],
            )

    return put


def quotes(row: WatchRow) -> list[tuple[str, str]]:
    return [(spot.article_id, spot.text) for spot in row.spots]


def test_words_stand_in_the_headline_or_the_text_whole_or_as_a_beginning(
    watched: Callable, save: Callable, told: Callable
) -> None:
    save(
        told("a", "The embargo on grain ended."),
        told("b", "Nothing here.", title="New EMBARGO feared"),
        told("c", "Embargoes were lifted, ⚓ and a préembargo."),
        told("d", "The iss was small; the ISS flew.", title=None),
        told("e", "An iss again."),
    )
    whole, begun, capitals, phrase = watched(
        Watch(name="whole", words=("embargo",)), Watch(name="begun", words=("embargo*",)),
        Watch(name="capitals", words=("ISS",)), Watch(name="phrase", words=("embargo on  grain", "flew")),
    )  # fmt: skip
    assert (whole.counted, whole.count, whole.articles) == ("articles", 2, ("a", "b"))
    assert begun.articles == ("a", "b", "c")
    assert quotes(begun)[-1] == ("a", "embargo"), "one article an origin: all are of one paper"
    assert quotes(capitals) == [("d", "ISS")]
    assert capitals.spots[0].start == "The iss was small; the ISS flew.".index("ISS")
    assert phrase.count == 2


def test_a_word_in_the_headline_is_cited_from_there(watched: Callable, save: Callable, told: Callable) -> None:
    save(told("b", "The embargo came.", title="New EMBARGO feared"))
    (row,) = watched(Watch(name="words", words=("embargo",)))
    (spot,) = row.spots
    assert (spot.is_title, spot.start, spot.text, spot.source) == (True, 4, "EMBARGO", "courier")


def test_entities_are_counted_by_articles_that_name_one_of_them(
    watched: Callable, save: Callable, told: Callable
) -> None:
    save(told("a", "Of Norland and Sudland."), told("b", "Of Estmark."), told("c", "Of nobody."))
    row, empty = watched(
        Watch(name="some", entities=("sudland", "estmark"), more_than=2), Watch(name="none", entities=("atlantis",))
    )
    assert (row.count, row.is_hit, row.articles) == (2, False, ("a", "b"))
    assert quotes(row) == [("a", "Sudland")]
    assert (empty.count, empty.is_hit, empty.spots, empty.articles) == (0, False, (), ())


def test_acts_count_what_occurred_and_dyads_either_way(watched: Callable, save: Callable, told: Callable) -> None:
    text = "Norland sanctioned Sudland. Sudland threatened Norland. Estmark will sanction Sudland. They met in Norland."
    save(
        told(
            "a", text,
            ("SANCTION", "norland", "sudland", "Norland sanctioned Sudland"),
            ("THREATEN", "sudland", "norland", "Sudland threatened Norland", "ongoing"),
            ("SANCTION", "estmark", "sudland", "Estmark will sanction Sudland", "planned"),
            ("CONSULT", "norland sudland", "", "They met in Norland"),
        )
    )  # fmt: skip
    sanctions, pair, both, other = watched(
        Watch(name="sanctions", acts=("SANCTION",)), Watch(name="pair", dyads=(("SUD", "NOR"),)),
        Watch(name="both", dyads=(("NOR", "SUD"),), acts=("THREATEN", "ASSAULT")),
        Watch(name="other", dyads=(("EST", "SUD"), ("EST", "NOR"))),
    )  # fmt: skip
    assert (sanctions.counted, sanctions.count, quotes(sanctions)) == (
        "events", 1, [("a", "Norland sanctioned Sudland")]
    )  # fmt: skip
    assert (pair.count, pair.is_hit) == (3, True)
    assert quotes(both) == [("a", "Sudland threatened Norland")]
    assert other.count == 0


def test_all_that_a_watch_names_has_to_hold_of_one_event_and_its_article(
    watched: Callable, save: Callable, told: Callable
) -> None:
    sanction = ("SANCTION", "norland", "sudland", "Norland sanctioned Sudland")
    save(
        told("a", "Norland sanctioned Sudland over grain.", sanction),
        told("b", "Norland sanctioned Sudland over fish.", sanction),
        told("c", "Of grain, Estmark.", ("ACCUSE", "estmark", "", "Estmark")),
    )
    rows = watched(
        Watch(name="grain", acts=("SANCTION",), words=("grain",)),
        Watch(name="estmark", acts=("SANCTION",), entities=("estmark",)),
        Watch(name="named", entities=("sudland",), words=("fish", "grain")),
        Watch(name="all", entities=("sudland",), words=("fish",), acts=("SANCTION",), dyads=(("NOR", "SUD"),)),
    )
    assert [row.articles for row in rows] == [("a",), (), ("a", "b"), ("b",)]
    assert quotes(rows[2]) == [("a", "grain")]


def test_copies_of_a_text_count_once_and_each_origin_is_quoted_once(
    watched: Callable, save: Callable, told: Callable, place: Callable
) -> None:
    text = "Norland sanctioned Sudland. Norland blacklisted Estmark."
    events = (
        ("SANCTION", "norland", "sudland", "Norland sanctioned Sudland"),
        ("SANCTION", "norland", "estmark", "Norland blacklisted Estmark"),
    )
    save(
        told("first", text, *events, source="wire"), told("again", text, *events, source="paper"),
        told("cut", text, events[0], source="herald"), told("own", text, events[1], source="gazette"),
    )  # fmt: skip
    place("first", "wire")
    place("again", "wire", copy_of="first")
    place("cut", "wire", copy_of="first")
    place("own", "gazette")
    events_row, articles_row = watched(
        Watch(name="events", acts=("SANCTION",), more_than=2), Watch(name="articles", words=("blacklist*",))
    )
    assert (events_row.count, events_row.is_hit) == (3, True)
    assert events_row.articles == ("first", "own", "again", "cut"), "originals come first"
    assert quotes(events_row) == [("first", "Norland sanctioned Sudland"), ("own", "Norland blacklisted Estmark")]
    assert articles_row.count == 2


def test_a_deed_that_an_article_tells_twice_is_one(watched: Callable, save: Callable, told: Callable) -> None:
    deed = ("SANCTION", "norland", "sudland")
    text = "Norland sanctioned Sudland. It hit Sudland hard. Sudland hit back."
    again, back = (*deed, "It hit Sudland hard"), ("SANCTION", "sudland", "norland", "Sudland hit back")
    save(told("a", text, (*deed, "Norland sanctioned Sudland"), again, back))
    (row,) = watched(Watch(name="sanctions", acts=("SANCTION",)))
    assert (row.count, quotes(row)) == (2, [("a", "Norland sanctioned Sudland")])


def test_five_origins_are_quoted_at_most(watched: Callable, save: Callable, told: Callable) -> None:
    save(*(told(f"a{no}", f"Grain of paper {no}.", source=f"paper-{no}") for no in range(8)))
    (row,) = watched(Watch(name="grain", words=("grain",)))
    assert (row.count, len(row.spots), len(row.articles)) == (8, 5, 8)


def test_only_the_day_is_seen_in_the_revision_it_told(
    watched: Callable, save: Callable, told: Callable, now: datetime
) -> None:
    save(told("a", "Grain."), now=now)
    save(told("a", "Fish.", revision=2), told("b", "Grain, too."), now=now + timedelta(days=1))
    grain, fish = Watch(name="grain", words=("grain",)), Watch(name="fish", words=("fish",))
    assert [row.articles for row in watched(grain, fish)] == [("a",), ()]
    assert [row.articles for row in watched(grain, fish, start=END, end=END + timedelta(days=1))] == [("b",), ("a",)]


def test_the_query_can_be_asked_by_anybody(ledger_path: Path, save: Callable, told: Callable) -> None:
    save(told("a", "It's Norland's \\w grain."))
    published = ledger_path.with_name("news.duckdb")
    publish(ledger_path, published)
    watches = (
        Watch(name="O'Hara; --", words=("it's", "{grain}", r"\w", "$1")), Watch(name="none", entities=("a'b",))
    )  # fmt: skip
    found = run_query(published, watch_query(watches, START, END), 10)
    assert found.columns == ("name", "counted", "found", "more_than", "is_hit", "articles", "spots")
    assert [row[:5] for row in found.rows] == [
        ("O'Hara; --", "articles", 1, 0, True),
        ("none", "articles", 0, 0, False),
    ]


def test_who_and_which_countries_are_known_is_told(ledger_path: Path, save: Callable, told: Callable) -> None:
    save(told("a", "Of Norland."))
    published = ledger_path.with_name("news.duckdb")
    publish(ledger_path, published)
    entities, sides = watchable(published)
    assert ("norland" in entities, "NOR" in sides, "norland" in sides) == (True, True, False)


def test_without_a_watch_nothing_is_asked(watched: Callable, save: Callable, told: Callable) -> None:
    save(told("a", "Grain."))
    assert watched() == ()
