"""v_figures_disagree: figures of one quantity that can't both be true."""

from __future__ import annotations

from math import inf

import pytest

from tests.store.sketch import Sketch

PAIRS = "SELECT record_id, other_record_id FROM v_figures_disagree ORDER BY ALL"


@pytest.fixture
def store() -> Sketch:
    made = Sketch()
    made.article("a", "2024-03-10 09:00")
    made.article("b", "2024-03-10 12:00", source="herald")
    return made


def test_two_values_of_one_quantity_stand_side_by_side(store: Sketch) -> None:
    store.add("sources", source_id="herald", name="The Herald")
    later = store.figure("b", 15, text="15 ships", about_names=["Aster"])
    earlier = store.figure("a", 12, text="12 ships", attributed_to_id="navy")
    pair = store.one("FROM v_figures_disagree")
    assert (pair["record_id"], pair["other_record_id"]) == (earlier, later), "the one told first stands first"
    assert (pair["text"], pair["other_text"], pair["low"], pair["other_high"]) == ("12 ships", "15 ships", 12, 15)
    assert (pair["attributed_to"], pair["other_attributed_to"]) == ("navy", None)
    assert (pair["source"], pair["other_source"], pair["other_about"]) == ("courier", "The Herald", ["Aster"])


@pytest.mark.parametrize(
    ("first", "second", "disagree"),
    [
        ({}, {"value": 12}, False),
        ({"bound": "about"}, {"value": 12.6}, False),
        ({"bound": "about"}, {"value": 12.7}, True),
        ({"bound": "at least"}, {"value": 500}, False),
        ({"bound": "at least"}, {"value": 11}, True),
        ({"bound": "at most"}, {"value": -3}, False),
        ({"bound": "at most"}, {"value": 13}, True),
        ({"bound": "between", "value_max": 20}, {"value": 20}, False),
        ({"bound": "between", "value_max": 20}, {"value": 21}, True),
        ({"change": "increase"}, {"value": 12, "change": "decrease"}, True),
        ({"change": "increase"}, {"value": 12}, False),
        ({}, {"unit": "t"}, False),
        ({}, {"about_ids": ["boria"]}, False),
        ({}, {"about_ids": ["boria", "aster"]}, True),
        ({}, {"about_ids": []}, True),
        ({"about_ids": []}, {"about_ids": []}, True),
        ({}, {"about_ids": [], "quantity_of": "sunk ships"}, True),
        ({}, {"about_ids": [], "quantity_of": "ships sunk by mines"}, False),
        ({"quantity_of": "ships"}, {"about_ids": [], "quantity_of": "ships"}, False),
        ({}, {"quantity_of": None}, False),
        ({}, {"quantity_of": "the ships that were sunk"}, True),
        ({}, {"quantity_of": "Ships"}, True),
        ({}, {"quantity_of": "ships bought from abroad"}, False),
        ({"quantity_of": "корабли"}, {"quantity_of": "Корабли"}, True),
        ({"value": inf}, {}, False),
    ],
)
def test_what_makes_figures_disagree(
    store: Sketch, first: dict[str, object], second: dict[str, object], *, disagree: bool
) -> None:
    store.figure("a", **{"value": 12} | first)
    store.figure("b", **{"value": 15} | second)
    assert bool(store.rows(PAIRS)) == disagree


@pytest.mark.parametrize(
    ("first", "second", "disagree"),
    [
        (("2024-01-01", "2024-01-31"), ("2024-02-01", "2024-02-29"), False),
        (("2024-02-01", "2024-02-29"), ("2024-01-01", "2024-01-31"), False),
        (("2024-01-01", "2024-01-31"), ("2024-01-31", "2024-02-29"), True),
        (("2024-01-01", "2024-01-31"), (None, None), True),
    ],
)
def test_periods_apart_are_two_quantities(
    store: Sketch, first: tuple[str, str], second: tuple[str | None, str | None], *, disagree: bool
) -> None:
    for article, value, (start, end) in (("a", 12, first), ("b", 15, second)):
        store.figure(article, value, period_start_date=start, period_end_date=end)
    assert bool(store.rows(PAIRS)) == disagree


def test_one_who_gives_two_numbers_in_an_article_speaks_of_two_things(store: Sketch) -> None:
    store.figure("a", 12)
    store.figure("a", 15)
    assert store.rows(PAIRS) == []
    by_the_navy = store.figure("a", 18, attributed_to_id="navy")
    assert [other for _, other in store.rows(PAIRS)] == [by_the_navy] * 2


@pytest.mark.parametrize(("published", "disagree"), [("2024-03-11 23:59", True), ("2024-03-12 00:01", False)])
def test_days_apart_the_number_may_have_grown(store: Sketch, published: str, *, disagree: bool) -> None:
    store.article("c", published)
    store.figure("a", 12)
    store.figure("c", 15)
    assert bool(store.rows(PAIRS)) == disagree


@pytest.mark.parametrize(("days", "pairs"), [(1, 0), (2, 1), (3, 1)])
def test_the_pairs_of_the_newest_days_are_those_whose_later_figure_is_of_them(
    store: Sketch, days: int, pairs: int
) -> None:
    store.article("c", "2024-03-11")
    store.article("newest", "2024-03-12")
    store.figure("a", 12)
    store.figure("c", 15)
    assert len(store.rows(PAIRS)) == 1
    of_late = PAIRS.replace("v_figures_disagree", f"figures_disagree(days := {days})")
    assert store.rows(of_late) == store.rows(PAIRS)[:pairs]


def test_a_pair_shows_once_however_much_it_has_in_common(store: Sketch) -> None:
    words = {"quantity_of": "ships and boats sunk by the navy", "about_ids": ["aster", "boria", "cad"]}
    store.figure("a", 12, **words)
    store.figure("b", 15, **words)
    assert len(store.rows(PAIRS)) == 1
