"""The simulated month: it is the same every time, and a small one goes all the way, each planted thing found."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bench.month.kinds import kinds
from bench.month.looking import is_found
from bench.month.report import table
from bench.month.running import id_of, make_config
from bench.month.scoring import bcubed, pairwise
from bench.month.simulating import Outcome, simulate
from bench.month.tampering import try_fabrications
from bench.month.world import make_month

if TYPE_CHECKING:
    from bench.month.plan import Month
    from newsledger.records.config import Config

pytestmark = pytest.mark.slow

# With these, eight days hold each sort of thing that can be planted.
KINDS = """
    appointment cholera crash drivers drones exchange fire hackers notseen sabotage strike talks trade visit
""".split()  # noqa: SIM905
SORTS = {
    *("new", "updated", "continuing", "quiet", "ended"),
    *("ahead", "due", "came_true", "not_seen"),
    *("change: status", "change: figure", "change: denied", "change: confirmed"),
    *("dispute", "denial", "contradiction", "edit"),
    *("state_only", "silent_kinds", "new_actor", "rise"),
    *("watch: over", "watch: below", "feed: silent", "feed: failed"),
}


@pytest.fixture(scope="module")
def month() -> Month:
    return make_month(8, 150, 1, 10, KINDS)


@pytest.fixture(scope="module")
def told(month: Month, tmp_path_factory: pytest.TempPathFactory) -> tuple[Config, Outcome]:
    config = make_config(tmp_path_factory.mktemp("month"), month, 1)
    return config, simulate(config, month, hours=(21,))


def test_a_month_is_the_same_for_the_same_numbers_and_another_for_another_seed() -> None:
    assert make_month(30, 3000, 1) == make_month(30, 3000, 1)
    assert make_month(30, 3000, 1).served != make_month(30, 3000, 2).served


def test_a_whole_month_has_each_thing_at_least_three_times() -> None:
    whole = make_month(30, 3000, 1)
    assert len(kinds()) >= 25
    assert len(whole.outlets) == 40
    assert len(whole.served) >= 3000
    planted = Counter(plant.sort for plant in whole.plants)
    assert {sort for sort, count in planted.items() if count >= 3} >= {one for one in SORTS if ":" not in one}


def test_each_planted_thing_is_told_in_its_section_on_its_day(told: tuple[Config, Outcome]) -> None:
    _, outcome = told
    assert outcome.missed == []
    assert set(outcome.planted) == SORTS


def test_nothing_is_told_twice_and_every_line_re_reads(told: tuple[Config, Outcome]) -> None:
    _, outcome = told
    assert outcome.told.twice == []
    assert outcome.told.facts > 100
    assert outcome.refused == 0 < outcome.lines


def test_the_stories_and_copies_that_were_planted_are_found(told: tuple[Config, Outcome]) -> None:
    _, outcome = told
    assert min(score.f1 for score in outcome.scores.values()) >= 0.95
    assert outcome.scores["copies, pairs"].precision == 1.0


def test_what_is_falsified_in_the_published_copy_is_refused(told: tuple[Config, Outcome], month: Month) -> None:
    config, _ = told
    forged, believed = try_fabrications(config, month.days[3:4], stories=1)
    assert forged >= 5
    assert believed == ()


def test_what_is_missed_is_told_as_missed(told: tuple[Config, Outcome], month: Month) -> None:
    """A check that finds whatever it looks for would prove nothing."""
    day = told[1].last
    assert day
    plants = [plant for plant in month.plants if plant.day == month.days[-1]]
    assert len(plants) > 10
    for plant in plants:
        assert is_found(plant, day)
        assert not is_found(replace(plant, story="nobody", url="nowhere"), day)
        if plant.states:
            assert not is_found(replace(plant, states=("new",)), day)


def test_the_table_tells_what_is_amiss(month: Month) -> None:
    outcome = Outcome()
    outcome.count("dispute", "gas-0", is_right=False)
    lines = table(month, outcome, (2, ("a date",)))
    for words in ("fabrications refused: 1 of 2", "dispute: gas-0", "a date", "told twice: 0 of 0"):
        assert words in lines


def test_scores() -> None:
    truth = {"a": 1, "b": 1, "c": 2, "d": 3}
    assert pairwise(truth, truth).f1 == bcubed(truth, truth).f1 == 1.0
    merged = {"a": 1, "b": 1, "c": 1, "d": 3}
    assert pairwise(truth, merged).precision == pytest.approx(1 / 3)
    assert pairwise(truth, merged).recall == 1.0
    assert bcubed(truth, merged).precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    parted = {"a": 1, "b": 9, "c": 2, "d": 3}
    assert pairwise(truth, parted).recall == 0.0
    assert bcubed(truth, parted).recall == pytest.approx((1 / 2 + 1 / 2 + 1 + 1) / 4)


def test_articles_have_ids_of_their_own(month: Month) -> None:
    fresh = [one for one in month.served if one.modified is None]
    assert len({id_of(one) for one in fresh}) == len(fresh)
