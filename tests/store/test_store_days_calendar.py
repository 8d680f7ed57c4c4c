"""Plans and dates ahead, what is due, and what became of it."""

from __future__ import annotations

from datetime import date

import pytest

from newsledger.records.day import CalendarRow, Spot
from tests.store.desk import Desk, at, deed, moment

PLAN = "Olga Lind will meet Ivan Petrov in spring."
MET = "Olga Lind met Ivan Petrov."
CALLED_OFF = "Olga Lind will not meet Ivan Petrov."
SIDES = ("olga-lind", "ivan-petrov")


def plan(on: str | tuple[str, str], type_: str = "CONSULT", sides: tuple[str, ...] = SIDES) -> object:
    return deed(type_, "Olga Lind will meet Ivan Petrov", *sides, status="planned", on=on)


def met(on: str | None = None, type_: str = "CONSULT", sides: tuple[str, ...] = SIDES) -> object:
    return deed(type_, "Olga Lind met Ivan Petrov", *sides, on=on)


def not_to_meet(on: str | None = None) -> object:
    return deed("CONSULT", CALLED_OFF, *SIDES, status="denied", on=on)


def outcomes(desk: Desk, *days: str) -> list[list[str]]:
    return [[row.outcome for row in desk.day(f"2024-03-{day}").calendar] for day in days]


def test_what_the_day_tells_ahead_is_given_nearest_first(desk: Desk) -> None:
    text = f"{PLAN} On May 1 all rest, and on May 9, and in 2025; yesterday was a Tuesday."
    desk.tell(
        "a",
        "2024-03-06 09:30",
        text,
        plan(("2024-04-01", "2024-04-03")),
        moment("May 1", "2024-05-01"),
        moment("2025", "2025-01-01", "2025-12-31"),
        moment("spring", "2024-04-01", "2024-04-03"),
        moment("May 9", "2024-05-09", kind="DURATION"),
        moment("yesterday", "2024-03-05"),
    )
    assert desk.day().calendar == (
        CalendarRow(
            outcome="ahead",
            start=date(2024, 4, 1),
            end=date(2024, 4, 3),
            type="CONSULT",
            status="planned",
            sides=("Ivan Petrov", "Olga Lind"),
            spot=Spot(
                article_id="a",
                revision=1,
                start=0,
                end=31,
                text="Olga Lind will meet Ivan Petrov",
                source="courier",
                told_at=at("2024-03-06 09:30"),
            ),
        ),
        CalendarRow(
            outcome="ahead",
            start=date(2024, 5, 1),
            end=date(2024, 5, 1),
            type=None,
            status=None,
            sides=(),
            spot=Spot(
                article_id="a",
                revision=1,
                start=46,
                end=51,
                text="May 1",
                source="courier",
                told_at=at("2024-03-06 09:30"),
            ),
        ),
        CalendarRow(
            outcome="ahead",
            start=date(2025, 1, 1),
            end=date(2025, 12, 31),
            type=None,
            status=None,
            sides=(),
            spot=Spot(
                article_id="a",
                revision=1,
                start=text.index("2025"),
                end=text.index("2025") + 4,
                text="2025",
                source="courier",
                told_at=at("2024-03-06 09:30"),
            ),
        ),
    )
    assert outcomes(desk, "05", "07") == [[], []]


def test_a_plan_that_many_tell_and_a_date_of_one_story_are_told_once(desk: Desk) -> None:
    rest = f"{PLAN} On May 1 all rest."
    for no, story in enumerate(("s-1", "s-1", "s-2")):
        desk.tell(f"a{no}", "2024-03-06 09:30", rest, plan("2024-04-01"), moment("May 1", "2024-05-01"), story=story)
    desk.tell("copy", "2024-03-06 09:30", rest, moment("May 1", "2024-06-01"), story="s-3", copy_of="a0")
    assert [(row.type, row.spot.article_id) for row in desk.day().calendar] == [
        ("CONSULT", "a0"),
        (None, "a0"),
        (None, "a2"),
    ]


def test_a_plan_is_due_on_its_first_day_and_then_not_seen(desk: Desk) -> None:
    desk.tell("a", "2024-03-01 09:30", PLAN, plan(("2024-03-05", "2024-03-06")))
    desk.tell("b", "2024-03-02 09:30", PLAN, plan(("2024-03-05", "2024-03-06")))
    days = [f"{day:02}" for day in range(3, 12)]
    assert outcomes(desk, *days) == [[], [], ["due"], [], [], [], ["not_seen"], [], []]
    (row,) = desk.day("2024-03-09").calendar
    assert (row.spot.article_id, row.deed, row.deed_date) == ("a", None, None)


def test_a_plan_comes_true_by_a_deed_and_that_is_told_once(desk: Desk) -> None:
    desk.tell("a", "2024-03-01 09:30", PLAN, plan("2024-03-05"))
    desk.tell("b", "2024-03-02 09:30", PLAN, plan(("2024-03-05", "2024-03-06")))
    desk.tell("c", "2024-03-06 09:30", MET, met(type_="AGREE", on="2024-03-05"), source="herald")
    desk.tell("d", "2024-03-07 09:30", MET, met(on="2024-03-05"), source="beacon")
    assert outcomes(desk, "05", "06", "07", "08", "09") == [["due", "due"], ["came_true"], [], [], []]
    (row,) = desk.day("2024-03-06").calendar
    assert (row.start, row.end, row.deed_date) == (date(2024, 3, 5), date(2024, 3, 5), date(2024, 3, 5))
    assert row.deed == Spot(
        article_id="c",
        revision=1,
        start=0,
        end=25,
        text="Olga Lind met Ivan Petrov",
        source="herald",
        told_at=at("2024-03-06 09:30"),
    )


@pytest.mark.parametrize(
    ("deed_told", "made", "expected"),
    [
        ("2024-03-05", met(), {"05": "came_true"}),
        ("2024-03-04", met(), {"05": "came_true"}),
        ("2024-03-03", met(), {"05": "due", "08": "not_seen"}),
        ("2024-03-08", met(), {"05": "due", "08": "came_true"}),
        ("2024-03-09", met(), {"05": "due", "08": "not_seen"}),
        ("2024-03-06", met("2024-02-20"), {"05": "due", "08": "not_seen"}),
        ("2024-03-06", met(type_="AID"), {"05": "due", "08": "not_seen"}),
        ("2024-03-06", met(sides=("olga-lind", "ruth-vane")), {"05": "due", "08": "not_seen"}),
        ("2024-03-06", met(sides=("olga-lind", "boria")), {"05": "due", "06": "came_true"}),
    ],
)
def test_which_deeds_fit_a_plan(deed_told: str, made: object, expected: dict[str, str], desk: Desk) -> None:
    desk.tell("a", "2024-03-01 09:30", PLAN, plan("2024-03-05"))
    desk.tell("b", f"{deed_told} 09:30", MET + " Boria and Ruth Vane look on.", made)
    days = ("04", "05", "06", "07", "08", "09")
    assert {day: one for day, found in zip(days, outcomes(desk, *days), strict=True) for one in found} == expected


def test_a_plan_that_is_denied_is_told_so_once_and_may_still_come_true(desk: Desk) -> None:
    desk.tell("a", "2024-03-01 09:30", PLAN, plan("2024-03-05"))
    desk.tell("b", "2024-03-06 09:30", CALLED_OFF, not_to_meet())
    assert outcomes(desk, "05", "06", "07", "08") == [["due"], ["denied"], [], []]
    (row,) = desk.day("2024-03-06").calendar
    assert row.deed
    assert row.deed.article_id == "b"
    desk.tell("c", "2024-03-07 09:30", MET, met("2024-03-05"))
    assert outcomes(desk, "06", "07", "08") == [["denied"], ["came_true"], []]


def test_what_was_called_off_before_its_day_is_told_on_it(desk: Desk) -> None:
    desk.tell("a", "2024-03-01 09:30", PLAN, plan("2024-03-05"))
    desk.tell("b", "2024-03-02 09:30", CALLED_OFF, not_to_meet("2024-03-05"))
    assert outcomes(desk, "02", "04", "05", "08") == [[], [], ["denied"], []]


def test_what_comes_later_changes_nothing(desk: Desk) -> None:
    desk.tell("a", "2024-03-01 09:30", PLAN, plan("2024-03-05"))
    desk.tell("x", "2024-03-08 09:30", "Rain.")
    before = [desk.day(f"2024-03-0{day}").calendar for day in (1, 5, 8)]
    desk.tell("a", "2024-03-09 09:30", PLAN + " Or not.", plan("2024-04-05"))
    desk.tell("b", "2024-03-09 09:30", MET, met("2024-03-05"))
    assert [desk.day(f"2024-03-0{day}").calendar for day in (1, 5, 8)] == before


def test_a_plan_of_more_than_a_month_is_told_ahead_only(desk: Desk) -> None:
    desk.tell("a", "2024-02-01 09:30", PLAN, plan(("2024-02-02", "2024-03-05")))
    assert [row.outcome for row in desk.day("2024-02-01").calendar] == ["ahead"]
    assert [desk.day(day).calendar for day in ("2024-02-02", "2024-03-08")] == [(), ()]
