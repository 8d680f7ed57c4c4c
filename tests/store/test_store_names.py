"""An entity stands as the article published last has it, under every name that an article prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.database import attached

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from newsledger.records.extraction import Extraction

MARCH, JUNE, AHEAD = (datetime(year, month, 1, tzinfo=UTC) for year, month in ((2024, 3), (2024, 6), (2099, 1)))


def lind(path: Path) -> tuple[object, ...]:
    with attached(path) as con:
        names = con.execute(
            "SELECT list(name ORDER BY name) FROM entity_names WHERE entity_id = 'olga-lind'"
        ).fetchall()
        row = con.execute("SELECT name, country FROM entities WHERE entity_id = 'olga-lind'").fetchall()
    return (*row, *names[0])


def named(extraction: Extraction, name: str, country: str) -> Extraction:
    first, *others = extraction.entities
    return replace(extraction, entities=(replace(first, name=name, country=country), *others))


def test_what_was_published_later_knows_better_whatever_comes_in_last(
    ledger_path: Path, save: Callable, extraction: Callable[..., Extraction]
) -> None:
    now = {"now": datetime(2024, 6, 2, tzinfo=UTC)}
    save(named(extraction("a1", published=JUNE), "Olga Lind-Berg", "BER"), **now)
    save(named(extraction("a2", published=MARCH), "Olga Lind", "AST"), **now)
    assert lind(ledger_path)[0] == ("Olga Lind-Berg", "BER")
    save(named(extraction("a2", published=MARCH, extractor="x2"), "O. Lind", "AST"), **now)
    assert lind(ledger_path) == (("Olga Lind-Berg", "BER"), ["Lind", "O. Lind", "Olga Lind", "Olga Lind-Berg"])


def test_of_one_batch_the_article_published_last_counts(
    ledger_path: Path, save: Callable, extraction: Callable[..., Extraction]
) -> None:
    later, earlier = extraction("a1", published=JUNE), extraction("a2", published=MARCH)
    save(named(later, "Olga Lind-Berg", "BER"), named(earlier, "Olga Lind", "AST"), now=JUNE)
    assert lind(ledger_path)[0] == ("Olga Lind-Berg", "BER")


def test_an_article_dated_ahead_knows_no_more_than_on_the_day_it_came_in(
    ledger_path: Path, save: Callable, extraction: Callable[..., Extraction]
) -> None:
    save(named(extraction("a1", published=AHEAD), "Olga Lind", "AST"), now=MARCH)
    save(named(extraction("a2", published=JUNE), "Olga Lind-Berg", "BER"), now=JUNE)
    assert lind(ledger_path)[0] == ("Olga Lind-Berg", "BER")


def test_a_bloc_stands_among_countries_for_itself(
    ledger_path: Path, save: Callable, extraction: Callable[..., Extraction]
) -> None:
    made = extraction()
    lind, petrov, *others = made.entities
    save(replace(made, entities=(lind, replace(petrov, type="BLOC"), *others)))
    with attached(ledger_path) as con:
        rows = con.execute("SELECT actor_countries, recipient_countries FROM events ORDER BY event_id").fetchall()
    assert rows == [(["AST", "ivan-petrov"], []), (["AST"], ["ivan-petrov"])]


def test_what_is_read_otherwise_leaves_no_name_behind(
    ledger_path: Path, save: Callable, extraction: Callable[..., Extraction]
) -> None:
    save(named(extraction("a1"), "Olga Lindt", "BER"))
    save(extraction("a1", extractor="x2"))
    assert lind(ledger_path) == (("Olga Lind", "AST"), ["Lind", "Olga Lind"])
    others = tuple(entity for entity in extraction().entities if entity.id != "ivan-petrov")
    without = replace(extraction("a1", extractor="x3"), entities=others, events=())
    save(without)
    with attached(ledger_path) as con:
        assert con.execute("SELECT count(*) FROM entities WHERE entity_id = 'ivan-petrov'").fetchall() == [(0,)]
        assert con.execute("SELECT count(*) FROM entity_names WHERE entity_id = 'ivan-petrov'").fetchall() == [(0,)]
