"""v_timeline and v_calendar: what happened when, and whether what was foretold came true."""

from __future__ import annotations

import pytest

from tests.store.sketch import Sketch

OUTCOMES = "SELECT kind, outcome, deed_record_id FROM v_calendar"
VISIT = {
    "actor_names": ["Lind"],
    "recipient_names": ["Boria"],
    "actor_countries": ["AST"],
    "recipient_countries": ["BOR"],
}


@pytest.fixture
def store() -> Sketch:
    made = Sketch()
    made.article("a", "2024-03-10 09:00")
    return made


@pytest.fixture
def foretold(store: Sketch) -> Sketch:
    """A visit planned for the 15th; the store's newest article is of the 20th."""
    store.event("a", status="planned", start_date="2024-03-15", end_date="2024-03-15", **VISIT)
    store.article("later", "2024-03-20")
    return store


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("occurred", "deed"),
        ("ongoing", "deed"),
        ("planned", "plan"),
        ("possible", "possibility"),
        ("conditional", "possibility"),
        ("denied", "denial"),
    ],
)
def test_the_timeline_keeps_plans_and_denials_apart_from_deeds(store: Sketch, status: str, kind: str) -> None:
    record = store.event("a", status=status, start_date="2024-03-09", end_date="2024-03-11", **VISIT)
    row = store.one("SELECT *, start_date::VARCHAR AS first, end_date::VARCHAR AS last FROM v_timeline")
    assert (row["record_id"], row["kind"], row["status"], row["what"]) == (record, kind, status, "CONSULT")
    assert (row["first"], row["last"], row["dated_by"]) == ("2024-03-09", "2024-03-11", "text")
    assert (row["who"], row["whom"], row["source"]) == (["Lind"], ["Boria"], "courier")


def test_the_timeline_dates_the_undated_by_their_article(store: Sketch) -> None:
    store.add("entities", entity_id="lind", name="Olga Lind")
    store.add(
        "statements", article_id="a", revision=1, statement_id="s1", speaker_id="lind", verb="say", content_text="No"
    )
    store.add("statements", article_id="a", revision=1, statement_id="s2", content_text="Yes")
    store.event("a")
    found = store.rows(
        "SELECT kind, start_date::VARCHAR, end_date::VARCHAR, dated_by, who, text FROM v_timeline ORDER BY ALL"
    )
    assert found == [
        ("deed", "2024-03-10", "2024-03-10", "publication", [], "-"),
        ("statement", "2024-03-10", "2024-03-10", "publication", [], "Yes"),
        ("statement", "2024-03-10", "2024-03-10", "publication", ["Olga Lind"], "No"),
    ]


def test_figures_stand_in_the_timeline_by_their_period(store: Sketch) -> None:
    store.figure("a", 12)
    record = store.figure("a", 15, period_start_date="2023-01-01", period_end_date="2023-12-31")
    found = store.rows("SELECT record_id, kind, start_date::VARCHAR, end_date::VARCHAR, what FROM v_timeline")
    assert found == [(record, "figure", "2023-01-01", "2023-12-31", "ships sunk")]


@pytest.mark.parametrize(
    ("deed", "published", "came_true"),
    [
        ({"start_date": "2024-03-15"}, "2024-03-16", True),
        ({}, "2024-03-15", True),
        ({"start_date": "2024-03-12"}, "2024-03-16", True),
        ({"start_date": "2024-03-11"}, "2024-03-16", False),
        ({"start_date": "2024-03-18"}, "2024-03-19", True),
        ({"start_date": "2024-03-19"}, "2024-03-19", False),
        ({"status": "ongoing"}, "2024-03-15", True),
        ({"status": "planned"}, "2024-03-15", False),
        ({"status": "denied"}, "2024-03-15", False),
        ({"type_": "AGREE"}, "2024-03-15", True),
        ({"type_": "ASSAULT"}, "2024-03-15", False),
        ({"start_date": "2024-03-14"}, "2024-03-10 08:00", False),
        ({"actor_names": ["Boria"], "recipient_names": ["Aster"]}, "2024-03-15", True),
        ({"actor_names": ["Petrov"], "recipient_names": ["Aster"]}, "2024-03-15", False),
        ({"recipient_names": ["Cad"], "recipient_countries": ["CAD"]}, "2024-03-15", False),
    ],
)
def test_a_plan_came_true_if_a_later_article_tells_a_deed_that_fits(
    foretold: Sketch, deed: dict[str, object], published: str, *, came_true: bool
) -> None:
    foretold.article("b", published)
    record = foretold.event("b", **VISIT | deed)
    plans = foretold.rows(OUTCOMES + " WHERE start_date = DATE '2024-03-15' AND record_id LIKE 'a/%'")
    assert plans == [("plan", "came_true", record) if came_true else ("plan", "not_seen", None)]


def test_a_loan_does_not_come_true_by_a_sale(store: Sketch) -> None:
    store.event("a", "AID", status="planned", start_date="2024-03-15", **VISIT)
    store.article("b", "2024-03-20")
    store.event("b", "COOPERATE", start_date="2024-03-15", **VISIT)
    assert store.rows(OUTCOMES) == [("plan", "not_seen", None)]


def test_the_deed_told_first_is_the_proof(foretold: Sketch) -> None:
    for name, published in (("c", "2024-03-17"), ("b", "2024-03-16")):
        foretold.article(name, published)
    foretold.event("c", **VISIT)
    first = foretold.event("b", **VISIT)
    row = foretold.one("SELECT *, deed_date::VARCHAR AS deed_day FROM v_calendar")
    assert (row["deed_record_id"], row["deed_day"], row["deed_who"]) == (first, "2024-03-16", ["Boria", "Lind"])
    assert (row["who"], row["source"]) == (["Boria", "Lind"], "courier")


@pytest.mark.parametrize(("newest", "outcome"), [("2024-03-18", "ahead"), ("2024-03-19", "not_seen")])
def test_the_store_tells_what_day_it_is(store: Sketch, newest: str, outcome: str) -> None:
    store.event("a", status="planned", start_date="2024-03-15", **VISIT)
    store.article("b", newest)
    assert store.rows(OUTCOMES) == [("plan", outcome, None)]


def test_a_long_interval_is_searched_to_its_end(store: Sketch) -> None:
    store.event("a", status="planned", start_date="2024-04-01", end_date="2024-06-30", **VISIT)
    store.article("b", "2024-06-29")
    record = store.event("b", **VISIT)
    assert store.rows(OUTCOMES) == [("plan", "came_true", record)]


def test_what_is_no_plan_or_not_ahead_is_no_date_in_the_calendar(store: Sketch) -> None:
    store.event("a", status="planned", start_date="2024-03-10", **VISIT)
    store.event("a", status="planned", **VISIT)
    store.event("a", status="possible", start_date="2024-03-15", **VISIT)
    assert store.rows(OUTCOMES) == []


def test_dates_ahead_show_where_no_plan_of_the_article_is_for_that_day(foretold: Sketch) -> None:
    for no, (type_, day) in enumerate(
        (("DATE", "2024-03-15"), ("DATE", "2024-03-12"), ("TIME", "2024-04-01"), ("DURATION", "2024-03-13")), start=1
    ):
        foretold.add(
            "times", article_id="a", revision=1, no=no, type=type_, value=day, start_date=day, end_date=day, text=day
        )
    found = foretold.rows("SELECT record_id, outcome, what, who FROM v_calendar WHERE kind = 'date' ORDER BY ALL")
    assert found == [("a/t2", "past", "2024-03-12", []), ("a/t3", "ahead", "2024-04-01", [])]


def test_a_plan_for_the_year_hides_no_day_in_it(store: Sketch) -> None:
    store.event("a", status="planned", start_date="2025-01-01", end_date="2025-12-31", **VISIT)
    for no, last in enumerate(("2025-01-01", "2025-12-31"), start=1):
        store.add("times", article_id="a", revision=1, no=no, type="DATE", start_date="2025-01-01", end_date=last)
    assert store.rows("SELECT record_id FROM v_calendar WHERE kind = 'date'") == [("a/t1",)]


@pytest.mark.parametrize(("days", "records"), [(4, 1), (5, 1), (6, 2), (400, 2)])
def test_the_calendar_of_the_newest_days_has_what_ends_in_them_or_later(
    foretold: Sketch, days: int, records: int
) -> None:
    foretold.event("a", status="planned", start_date="2024-03-14", end_date="2024-04-01", **VISIT)
    found = foretold.rows(f"FROM calendar(days := {days})")
    assert len(found) == records
    assert all(row in foretold.rows("FROM v_calendar") for row in found)


def test_both_calendars_find_the_same_deed(foretold: Sketch) -> None:
    foretold.article("b", "2024-03-16")
    record = foretold.event("b", start_date="2024-03-12", **VISIT)
    assert foretold.rows("SELECT deed_record_id FROM calendar(days := 6)") == [(record,)]
    assert foretold.rows("FROM calendar(days := 6)") == foretold.rows("FROM v_calendar")
