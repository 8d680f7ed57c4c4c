"""v_dyads: what countries did to each other a day, beside what they usually do."""

from __future__ import annotations

import pytest

from tests.store.sketch import Sketch

AST = {"actor_countries": ["AST"], "recipient_names": ["Boria"], "recipient_countries": ["BOR"]}
PAIRS = "SELECT event_date::VARCHAR, actor_country, recipient_country, events FROM v_dyads ORDER BY ALL"


@pytest.fixture
def store() -> Sketch:
    made = Sketch()
    made.article("a", "2024-03-10 09:00")
    return made


def test_a_deed_goes_from_actor_to_recipient(store: Sketch) -> None:
    store.event("a", **AST)
    assert store.rows(PAIRS) == [("2024-03-10", "AST", "BOR", 1)]


def test_sides_that_meet_count_in_both_directions(store: Sketch) -> None:
    store.event("a", actor_countries=["AST", "BOR"])
    assert store.rows(PAIRS) == [("2024-03-10", "AST", "BOR", 1), ("2024-03-10", "BOR", "AST", 1)]


def test_two_who_act_on_a_third_have_not_met(store: Sketch) -> None:
    store.event("a", actor_countries=["AST", "BOR"], recipient_names=["the crew"])
    store.event("a", actor_countries=["AST", "BOR"], recipient_names=["Cad"], recipient_countries=["CAD"])
    assert store.rows(PAIRS) == [("2024-03-10", "AST", "CAD", 1), ("2024-03-10", "BOR", "CAD", 1)]


def test_a_country_and_itself_are_no_pair(store: Sketch) -> None:
    store.event("a", actor_countries=["AST"], recipient_names=["Lind"], recipient_countries=["AST"])
    store.event("a", actor_countries=["AST"])
    assert store.rows(PAIRS) == []


@pytest.mark.parametrize(
    ("status", "deeds"),
    [("occurred", 1), ("ongoing", 1), ("planned", 0), ("possible", 0), ("conditional", 0), ("denied", 0)],
)
def test_plans_and_denials_are_never_deeds(store: Sketch, status: str, deeds: int) -> None:
    store.event("a", status=status, **AST)
    assert len(store.rows(PAIRS)) == deeds


@pytest.mark.parametrize(
    ("start_date", "day"),
    [("2024-03-08", "2024-03-08"), ("2024-03-10", "2024-03-10"), ("2024-03-11", "2024-03-10"), (None, "2024-03-10")],
)
def test_a_deed_has_its_own_day_unless_that_is_later_than_publication(
    store: Sketch, start_date: str | None, day: str
) -> None:
    store.event("a", start_date=start_date, **AST)
    assert store.rows(PAIRS) == [(day, "AST", "BOR", 1)]


def test_without_a_date_of_publication_the_day_of_storing_counts(store: Sketch) -> None:
    store.article("b", None, stored_at="2024-03-12 01:00")
    store.event("b", **AST)
    assert store.rows(PAIRS) == [("2024-03-12", "AST", "BOR", 1)]


def test_one_deed_in_many_articles_is_one(store: Sketch) -> None:
    store.article("b", "2024-03-10 10:00", source="herald")
    store.article("c", "2024-03-10 11:00", source="herald")
    for article in "abc":
        store.event(article, "ASSAULT", quad="material conflict", intensity=-9.0, **AST)
    store.event("c", "AGREE", intensity=6.0, **AST)
    day = store.one("FROM v_dyads")
    assert (day["events"], day["tellings"], day["articles"], day["sources"]) == (2, 4, 3, 2)
    assert (day["verbal_cooperation"], day["material_conflict"], day["verbal_conflict"]) == (1, 1, 0)
    assert day["material_cooperation"] == 0
    assert day["intensity_mean"] == pytest.approx(-1.5), "a deed told three times weighs as much as one told once"


def test_only_the_newest_revision_counts(store: Sketch) -> None:
    store.article("b", "2024-03-10 10:00", is_newest=False)
    store.event("b", **AST)
    assert store.rows(PAIRS) == []


def test_baselines_count_days_without_deeds_as_nothing(store: Sketch) -> None:
    store.article("first", "2023-01-01")
    for day, types in (("03-08", 3), ("03-03", 1), ("03-02", 5), ("2023-12-11", 2), ("2023-12-10", 4)):
        name = f"on {day}"
        store.article(name, day if day.startswith("2023") else f"2024-{day}")
        for type_ in ("AGREE", "CONSULT", "SUPPORT", "AID", "CONCEDE")[:types]:
            store.event(name, type_, **AST)
    store.event("a", **AST)
    day = store.one("FROM v_dyads WHERE event_date = DATE '2024-03-10'")
    # Seven days before the 10th begin on the 3rd, thirty on 9 February, ninety on 11 December.
    assert day["mean_7d"] == pytest.approx(4 / 7)
    assert day["mean_30d"] == pytest.approx(9 / 30)
    assert day["mean_90d"] == pytest.approx(11 / 90)
    assert (day["baseline_days"], day["median_90d"], day["mad_90d"], day["robust_z"]) == (90, 0, 0, 1)


def test_days_before_the_first_article_do_not_count() -> None:
    store = Sketch()
    store.article("first", "2024-03-06 23:00")
    store.article("a", "2024-03-10 09:00")
    store.event("first", "AID", start_date="2024-03-01", **AST)
    store.event("first", "AGREE", **AST)
    store.event("first", "AID", **AST)
    store.event("a", **AST)
    first, second, third = (store.one(f"FROM v_dyads WHERE event_date = DATE '2024-03-{day}'") for day in (1, 6, 10))
    for early in (first, second):
        assert (early["baseline_days"], early["mean_7d"], early["robust_z"]) == (0, None, None)
    assert third["baseline_days"] == 4, "the 6th to the 9th"
    assert (third["mean_7d"], third["mean_30d"], third["mean_90d"]) == (0.5, 0.5, 0.5)


def test_the_robust_z_measures_by_the_usual_spread() -> None:
    store = Sketch()
    store.article("first", "2024-03-01")
    types = ("AGREE", "CONSULT", "SUPPORT", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT")
    for day, deeds in enumerate((2, 4, 1, 5, 3, 9), start=1):
        store.article(f"a{day}", f"2024-03-{day:02}")
        for type_ in types[:deeds]:
            store.event(f"a{day}", type_, **AST)
    day = store.one("FROM v_dyads WHERE event_date = DATE '2024-03-06'")
    # 1 2 3 4 5: the median is 3, and 2 1 0 1 2 lie off it: their median is 1.
    assert (day["median_90d"], day["mad_90d"]) == (3, 1)
    assert day["robust_z"] == pytest.approx((9 - 3) / 1.4826)
    fourth = store.one("FROM v_dyads WHERE event_date = DATE '2024-03-02'")
    assert (fourth["median_90d"], fourth["mad_90d"], fourth["robust_z"]) == (2, 0, 2), (
        "no spread: deeds above the usual"
    )


def test_pairs_have_baselines_of_their_own(store: Sketch) -> None:
    store.article("b", "2024-03-09")
    store.event("b", actor_countries=["BOR"], recipient_names=["Aster"], recipient_countries=["AST"])
    store.event("a", **AST)
    assert store.one("FROM v_dyads WHERE actor_country = 'AST'")["mean_7d"] == 0
