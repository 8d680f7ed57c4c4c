"""What disagrees on a day: figures, and deeds that somebody denies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from newsledger.records.day import ClaimRow, DenialRow, DisputeRow, Spot
from store.database import published_copy
from tests.store.desk import Desk, at, deed, figure, said

SANK = "Twelve ships of Aster sank, Olga Lind said."
MORE = "In all 15 ships sank off Aster."
MET = "Olga Lind met Ivan Petrov."
DENIED = "Olga Lind never met Ivan Petrov, Ruth Vane said."


def met(**given: object) -> object:
    return deed("CONSULT", MET, "olga-lind", "ivan-petrov", **given)


def not_met(**given: object) -> object:
    return deed("CONSULT", "Olga Lind never met Ivan Petrov", "olga-lind", "ivan-petrov", status="denied", **given)


def test_figures_that_disagree_are_given_with_who_says_so(desk: Desk) -> None:
    desk.tell(
        "a",
        "2024-03-05 09:30",
        SANK,
        figure(
            "Twelve",
            "12.50",
            "aster",
            attributed_to="olga-lind",
            period_start=date(2024, 3, 1),
            period_end=date(2024, 3, 5),
        ),
    )
    desk.tell(
        "b",
        "2024-03-06 10:30",
        MORE,
        figure("15", "15", "aster", value_max=Decimal(16), bound="between"),
        source="herald",
    )
    assert desk.day().disputes == (
        DisputeRow(
            one=ClaimRow(
                spot=Spot(
                    article_id="a",
                    revision=1,
                    start=0,
                    end=6,
                    text="Twelve",
                    source="courier",
                    told_at=at("2024-03-05 09:30"),
                ),
                value=Decimal("12.50"),
                value_max=None,
                unit="count",
                bound="exact",
                quantity_of="ships sunk",
                about=("Aster",),
                period=(date(2024, 3, 1), date(2024, 3, 5)),
                attributed_to="Olga Lind",
            ),
            other=ClaimRow(
                spot=Spot(
                    article_id="b",
                    revision=1,
                    start=7,
                    end=9,
                    text="15",
                    source="herald",
                    told_at=at("2024-03-06 10:30"),
                ),
                value=Decimal(15),
                value_max=Decimal(16),
                unit="count",
                bound="between",
                quantity_of="ships sunk",
                about=("Aster",),
                period=(None, None),
                attributed_to=None,
            ),
        ),
    )
    assert desk.day("2024-03-05").disputes == (), "the other was not told yet"
    assert desk.day("2024-03-07").disputes == (), "told the day before"


def test_copies_of_a_text_are_no_two_who_disagree_and_many_who_say_so_are_one_dispute(desk: Desk) -> None:
    desk.tell("a", "2024-03-06 08:30", SANK, figure("Twelve", "12", "aster"), story="s-1")
    desk.tell("copy", "2024-03-06 09:30", MORE, figure("15", "15", "aster"), story="s-1", copy_of="a")
    assert desk.day().disputes == ()
    desk.tell("b", "2024-03-06 10:30", MORE, figure("15", "15", "aster"), source="herald")
    desk.tell("c", "2024-03-06 11:30", SANK, figure("Twelve", "12", "aster"), source="beacon")
    (dispute,) = desk.day().disputes
    assert (dispute.one.spot.article_id, dispute.other.spot.article_id) == ("a", "b")


def test_a_dispute_is_told_as_the_revisions_of_the_day_have_it(desk: Desk) -> None:
    desk.tell("a", "2024-03-06 08:30", SANK, figure("Twelve", "12", "aster"))
    desk.tell("b", "2024-03-06 10:30", MORE, figure("15", "15", "aster"), source="herald")
    before = desk.day()
    assert len(before.disputes) == 1
    desk.tell("b", "2024-03-07 10:30", MORE.replace("15", "12"), figure("12", "12", "aster"), source="herald")
    assert desk.day() == before
    assert desk.day("2024-03-07").disputes == ()


def test_a_denial_is_given_with_who_denies(desk: Desk) -> None:
    said_so = said("Ruth Vane said", "ruth-vane", "Ruth Vane")
    desk.tell("a", "2024-03-06 09:30", DENIED, said_so, not_met(statement="s1", mode="visit"), story="s-1")
    desk.tell("b", "2024-03-06 10:30", DENIED, not_met(attributed_to="ivan-petrov"), source="herald")
    desk.tell("c", "2024-03-06 10:30", DENIED, not_met(), source="herald", story="s-1", copy_of="a")
    one, other = desk.day().denials
    assert one == DenialRow(
        kind="denial",
        type="CONSULT",
        mode="visit",
        actors=("Olga Lind",),
        recipients=("Ivan Petrov",),
        denied_by="Ruth Vane",
        spot=Spot(
            article_id="a",
            revision=1,
            start=0,
            end=31,
            text="Olga Lind never met Ivan Petrov",
            source="courier",
            told_at=at("2024-03-06 09:30"),
        ),
    )
    assert (other.spot.article_id, other.denied_by) == ("b", "Ivan Petrov")


@pytest.mark.parametrize(
    ("claim", "denial", "told"),
    [
        ("2024-03-01", "2024-03-06", True),
        ("2024-03-06", "2024-03-01", True),
        ("2024-03-06", "2024-03-06", True),
        ("2024-02-27", "2024-03-06", False),
        ("2024-03-07", "2024-03-06", False),
    ],
)
def test_one_tells_as_done_what_another_denied_within_a_week(claim: str, denial: str, told: bool, desk: Desk) -> None:  # noqa: FBT001 - a case of the table
    desk.tell("claim", f"{claim} 09:30", MET, met(attributed_to="ivan-petrov"), source="herald")
    desk.tell("denial", f"{denial} 10:30", DENIED, not_met())
    found = [row for row in desk.day().denials if row.kind == "contradiction"]
    assert len(found) == told
    for row in found:
        assert (row.spot.article_id, row.claimed_by) == ("denial", "Ivan Petrov")
        assert row.claim == Spot(
            article_id="claim",
            revision=1,
            start=0,
            end=26,
            text=MET,
            source="herald",
            told_at=at(f"{claim} 09:30"),
        )


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (met(), {"source": "courier"}),
        (met(), {"story": "s-1", "origin": "courier"}),
        (met(on="2024-02-10"), {}),
        (deed("AID", MET, "olga-lind", "ivan-petrov"), {}),
        (deed("CONSULT", MET, "olga-lind"), {}),
        (met(status="planned"), {}),
    ],
    ids=["same source", "same origin", "other days", "other type", "other sides", "not done"],
)
def test_what_is_no_contradiction(claim: object, given: dict[str, str], desk: Desk) -> None:
    desk.tell("claim", "2024-03-05 09:30", MET, claim, **{"source": "herald", **given})
    desk.tell("denial", "2024-03-06 10:30", DENIED, not_met(on=("2024-03-01", "2024-03-04")))
    assert [row.kind for row in desk.day().denials] == ["denial"]


def test_days_that_overlap_are_the_same_and_the_first_claim_counts(desk: Desk) -> None:
    desk.tell("later", "2024-03-05 10:30", MET, met(on=("2024-03-03", "2024-03-09")), source="beacon")
    desk.tell("first", "2024-03-05 09:30", MET, met(on="2024-03-04"), source="herald")
    desk.tell("denial", "2024-03-06 10:30", DENIED, not_met(on=("2024-03-01", "2024-03-04")))
    (row,) = desk.day().denials
    assert row.claim
    assert row.claim.article_id == "first"
    desk.tell("again", "2024-03-07 10:30", MET, met(on="2024-03-04"), source="wire")
    assert desk.day("2024-03-07").denials == (), "it was told the day before"


def test_thousands_who_give_numbers_of_one_thing_are_not_all_held_against_each_other(desk: Desk) -> None:
    words = " ".join(f"{no:04} ships sunk." for no in range(400))
    figures = [figure(f"{no:04} ships sunk", str(no), "aster") for no in range(400)]
    desk.tell("a", "2024-03-06 09:30", f"Aster: {words}", *figures[:200])
    desk.tell("b", "2024-03-06 10:30", f"Aster: {words}", *figures[200:], source="herald")
    desk.day()
    with published_copy(desk.ledger_path.with_name("news.duckdb")) as con:
        pairs = con.execute("SELECT count(*) FROM figures_disagree_at(TIMESTAMP '2024-03-07', DATE '2024-03-06')")
        assert pairs.fetchall() == [(200 * 50,)]
