"""The macros, each asked as an analyst would, and evidence for every record of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store import publish
from store.database import published_copy, quoted
from tests.store.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb


@pytest.fixture
def store() -> Sketch:
    """Łucja Żak of Aster, mentioned on the 1st and the 30th of a month that ends on the 31st."""
    made = Sketch()
    for entity, name, country in (("zak", "Łucja Żak", "AST"), ("boria", "Boria", "BOR"), ("cad", "Cad", "CAD")):
        made.add("entities", entity_id=entity, name=name, country=country)
        made.add(
            "entity_names",
            entity_id=entity,
            name=name,
            name_folded=made.rows(f"SELECT lower(strip_accents('{name}'))")[0][0],
        )
    made.add("entity_names", entity_id="zak", name="Madam Zak", name_folded="madam zak")
    for day in ("01", "30", "31"):
        made.article(f"a{day}", f"2024-03-{day}")
    for day in ("01", "30"):
        made.add("mentions", article_id=f"a{day}", revision=1, entity_id="zak", text="Żak", kind="name", char_end=3)
    return made


@pytest.mark.parametrize("name", ["zak", "Łucja Żak", "łucja żak", "ŁUCJA ZAK", "madam zak"])
def test_an_entity_is_found_by_its_id_and_any_name(store: Sketch, name: str) -> None:
    assert store.rows(f"FROM entities_named('{name}')") == [("zak", "Łucja Żak", "-", "AST")]


@pytest.mark.parametrize("name", ["Łucja", "nobody", "", "AST"])
def test_half_a_name_is_nobody(store: Sketch, name: str) -> None:
    assert store.rows(f"FROM entities_named('{name}')") == []


@pytest.mark.parametrize(("days", "articles"), [("", ["a30"]), (", days := 31", ["a01", "a30"]), (", days := 1", [])])
def test_mentions_of_the_newest_days(store: Sketch, days: str, articles: list[str]) -> None:
    found = store.rows(f"SELECT article_id, entity, text FROM mentions_of('madam zak'{days}) ORDER BY 1")
    assert found == [(article, "Łucja Żak", "Żak") for article in articles]


def test_quotes_of_one_speaker(store: Sketch) -> None:
    for statement, speaker in (("s1", "zak"), ("s2", "boria"), ("s3", None)):
        store.add("statements", article_id="a01", revision=1, statement_id=statement, speaker_id=speaker)
    assert store.rows("SELECT record_id, speaker FROM quotes_of('ŁUCJA ŻAK')") == [("a01/s1", "Łucja Żak")]


@pytest.fixture
def dealings(store: Sketch) -> Callable[[str, str], list[tuple[object, ...]]]:
    """Forth, back, together, and with a third; give what is found as direction and status."""
    for actors, recipients, status in (
        (["zak"], ["boria"], "occurred"),
        (["boria"], ["zak"], "denied"),
        (["zak", "boria"], [], "planned"),
        (["zak", "cad"], [], "occurred"),
        (["cad"], ["zak", "boria"], "occurred"),
        (["zak"], [], "occurred"),
    ):
        record = store.event("a01", status=status)
        for role, entities in (("actor", actors), ("recipient", recipients)):
            for no, entity in enumerate(entities, start=1):
                store.add(
                    "event_participants", article_id="a01", revision=1, event_id=record.rpartition("/")[2], role=role,
                    no=no, entity_id=entity,
                )  # fmt: skip
    return lambda a, b: store.rows(f"SELECT direction, status FROM events_between('{a}', '{b}') ORDER BY ALL")


@pytest.mark.parametrize(("a", "b"), [("zak", "boria"), ("Madam Zak", "Boria"), ("AST", "BOR"), ("AST", "boria")])
def test_events_between_two_sides_by_id_name_or_country(dealings: Callable, a: str, b: str) -> None:
    assert dealings(a, b) == [("back", "denied"), ("forth", "occurred"), ("together", "planned")]


def test_events_between_turn_round_with_their_sides(dealings: Callable) -> None:
    assert dealings("BOR", "AST") == [("back", "occurred"), ("forth", "denied"), ("together", "planned")]
    assert dealings("CAD", "boria") == [("forth", "occurred")]
    assert dealings("CAD", "nobody") == []


def test_evidence_gives_the_sentences_around(published: Path) -> None:
    with published_copy(published) as con:
        found = con.execute(
            "SELECT sentence_before, sentence, sentence_after, text, title, source, url, char_start "
            "FROM evidence('a1/f2')"
        ).fetchall()
        first = con.execute("SELECT sentence_before, sentence_after FROM evidence('a1/c2')").fetchall()
    assert found == [
        (
            "Minister Olga Lind met Ivan Petrov in Port Aster on Monday.",
            '"We agreed on 12 ships," Lind said, the daily Courier reported.',
            "Trade in grain grew by 30% in 2021.",
            "12",
            "Ministers meet",
            "Courier",
            "https://courier.example/a1",
            97,
        )
    ]
    assert first == [(None, "Minister Olga Lind met Ivan Petrov in Port Aster on Monday.")]


def test_an_article_dated_ahead_does_not_move_the_newest_days(store: Sketch) -> None:
    store.article("ahead", "2099-01-01", stored_at="2024-03-31", digest_at="2099-01-01")
    assert store.rows("SELECT newest_at()::DATE::VARCHAR") == [("2024-03-31",)]
    assert len(store.rows("FROM mentions_of('zak', days := 2)")) == 1


def test_every_record_has_its_evidence(
    published: Path, ledger_path: Path, save: Callable, extraction: Callable
) -> None:
    save(extraction("b/with a slash's quote"), extraction(title="Second"))
    publish(ledger_path, published)
    with published_copy(published) as con:
        records = con.execute("SELECT record_id, record_type, text FROM v_records ORDER BY ALL").fetchall()
        counted = con.execute("SELECT record_type, count(*) FROM v_records GROUP BY ALL ORDER BY ALL").fetchall()
        assert counted == [("citation", 4), ("event", 4), ("figure", 4), ("statement", 4), ("time", 4)]
        for record_id, record_type, text in records:
            _require_rereading(con, record_id, record_type, text)
        assert con.execute("FROM evidence('a1/x1')").fetchall() == []


def _require_rereading(con: duckdb.DuckDBPyConnection, record_id: str, record_type: str, text: str) -> None:
    found = con.execute(
        "SELECT e.record_id, e.record_type, e.text, contains(e.sentence, e.text), "
        "substr(b.text, e.char_start + 1, e.char_end - e.char_start), contains(b.text, e.sentence) "
        f"FROM evidence({quoted(record_id)}) AS e JOIN article_text AS b USING (article_id, revision)"
    ).fetchall()
    assert found == [(record_id, record_type, text, True, text, True)]


def test_the_examples_of_the_documentation_run(store: Sketch) -> None:
    comments = store.rows("SELECT function_name, comment FROM duckdb_functions() WHERE NOT internal")
    assert {name for name, _ in comments} == {
        "articles_known",
        "articles_told",
        "calendar",
        "copies_known",
        "entities_named",
        "events_between",
        "evidence",
        "figures_disagree",
        "figures_disagree_at",
        "mentions_of",
        "newest_at",
        "quotes_of",
        "stories_at",
        "stories_told",
    }
    for name, comment in comments:
        _, _, example = str(comment).partition(" Example: ")
        assert example.startswith((f"FROM {name}(", f"SELECT {name}("))
        store.rows(example)
