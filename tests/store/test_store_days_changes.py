"""How a day stands beside the days before it: entities, deeds, and what passes between countries."""

from __future__ import annotations

from datetime import date

import pytest

from newsledger.records.day import ActRow, TrendRow
from tests.store.desk import Desk, at, deed

MET = "Olga Lind met Ivan Petrov."


def test_who_rises_falls_and_is_new_is_counted_by_articles(desk: Desk) -> None:
    for day in range(1, 6):
        for no in range(6):
            desk.tell(f"old{day}{no}", f"2024-03-0{day} 09:30", "Boria waits for rain." if no < 5 else "Calm in Aster.")
    for no, source in enumerate(("beacon", "courier", "courier", "herald")):
        desk.tell(f"new{no}", f"2024-03-06 1{no}:30", "Calm in Aster again, Ruth Vane says.", source=source)
    rows = {row.entity_id: row for row in desk.day().entities}
    assert set(rows) == {"aster", "boria", "ruth-vane"}
    aster, boria, vane = rows["aster"], rows["boria"], rows["ruth-vane"]
    assert (aster.name, aster.type, aster.country) == ("Aster", "GPE", "AST")
    assert (aster.articles, aster.articles_before, aster.mean) == (4, 1, 5 / 7)
    assert (aster.total, aster.total_mean) == (4, 30 / 7)
    assert aster.seen_before == date(2024, 3, 5)
    assert (aster.spot.article_id, aster.spot.revision, aster.spot.source) == ("new0", 1, "beacon")
    assert (aster.spot.start, aster.spot.end, aster.spot.text) == (8, 13, "Aster")
    assert aster.spot.told_at == at("2024-03-06 10:30")
    assert (boria.articles, boria.articles_before, boria.mean, boria.seen_before) == (0, 5, 25 / 7, date(2024, 3, 5))
    assert boria.spot.article_id == "old50", "who is not named is shown where it was last"
    assert (vane.articles, vane.mean, vane.seen_before) == (4, 0, None)


def test_new_is_only_who_two_of_different_origin_name(desk: Desk) -> None:
    desk.tell("old", "2024-03-01 09:30", "Nothing happened.")
    desk.tell("a", "2024-03-06 09:30", "Olga Lind is here.", story="s-1", origin="wire")
    desk.tell("b", "2024-03-06 10:30", "Olga Lind is here!", source="herald", story="s-1", origin="wire")
    assert desk.day().entities == ()
    desk.tell("c", "2024-03-06 11:30", "Olga Lind is here?", source="beacon")
    assert [row.entity_id for row in desk.day().entities] == ["olga-lind"]


def test_whom_the_thirty_days_before_know_is_not_new(desk: Desk) -> None:
    desk.tell("calm", "2024-03-01 09:30", "Nothing happened.")
    desk.tell("known", "2024-02-05 09:30", "Olga Lind is here.")
    desk.tell("forgotten", "2024-02-04 09:30", "Ivan Petrov is here.")
    for no, source in enumerate(("beacon", "courier")):
        desk.tell(f"a{no}", "2024-03-06 09:30", "Olga Lind and Ivan Petrov are here.", source=source)
    (row,) = desk.day().entities
    assert (row.entity_id, row.seen_before) == ("ivan-petrov", None)


def test_without_a_week_before_nobody_rises(desk: Desk) -> None:
    for no, source in enumerate(("beacon", "courier", "herald")):
        desk.tell(f"a{no}", "2024-03-06 09:30", MET, source=source)
    assert desk.day().entities == ()


def test_deeds_are_counted_by_type_without_copies_plans_and_denials(desk: Desk) -> None:
    met = deed("CONSULT", "met", "olga-lind", "ivan-petrov")
    desk.tell("b1", "2024-02-27 09:30", MET, met)
    desk.tell("w1", "2024-02-28 09:30", MET, met)
    desk.tell("y1", "2024-03-05 09:30", MET, met)
    desk.tell(
        "a1", "2024-03-06 09:30", MET, met, deed("CONSULT", "met Ivan", "olga-lind", status="ongoing"), story="s-1"
    )
    desk.tell("a2", "2024-03-06 10:30", MET, met, story="s-1", copy_of="a1")
    desk.tell(
        "a3", "2024-03-06 11:30", MET, *(deed("AID", "met", "aster", status=one) for one in ("planned", "denied"))
    )
    desk.tell("z1", "2024-03-07 09:30", MET, met, deed("AID", "met", "aster"))
    assert desk.day().acts == (ActRow(type="CONSULT", events=2, events_before=1, mean=2 / 7),)


def test_a_trend_gives_what_passed_between_two_countries_day_by_day(desk: Desk) -> None:
    text = "Aster aided Boria. Boria accused Aster. Olga Lind met Ivan Petrov."
    desk.tell(
        "a",
        "2024-03-06 09:30",
        text,
        deed("AID", "Aster aided Boria", "aster", "boria", on="2024-03-04"),
        deed("ACCUSE", "Boria accused Aster", "boria", "aster", on="2024-03-04"),
        deed("CONSULT", "Olga Lind met Ivan Petrov", "olga-lind", "ivan-petrov", together=True),
        deed("SANCTION", "Boria accused", "boria", "aster", status="planned", on="2024-03-05"),
    )
    desk.tell("b", "2024-03-06 10:30", text, deed("AID", "Aster aided Boria", "aster", "boria", on="2024-03-04"))
    assert desk.day(dossier=("aster", "boria")).trend == (
        TrendRow(one="AST", other="BOR", day=date(2024, 3, 4), cooperation=1, conflict=1, intensity=2, low=-3, high=7),
        TrendRow(one="AST", other="BOR", day=date(2024, 3, 6), cooperation=1, conflict=0, intensity=4, low=4, high=4),
    )
    assert desk.day().trend == (), "nobody is watched"


def test_a_trend_has_thirty_days_and_what_was_known_by_the_end_of_the_last(desk: Desk) -> None:
    aid = "Aster aided Boria."
    for no, (when, on) in enumerate(
        (("2024-02-06 09:30", "2024-02-05"), ("2024-02-06 09:30", "2024-02-06"), ("2024-03-07 09:30", "2024-03-05"))
    ):
        desk.tell(f"a{no}", when, aid, deed("AID", aid, "aster", "boria", on=on))
    assert [row.day for row in desk.day(dossier=("aster",)).trend] == [date(2024, 2, 6)]
    assert [row.day for row in desk.day("2024-03-07", dossier=("aster",)).trend] == [date(2024, 3, 5)]


def test_those_among_the_dossier_come_first_and_then_who_has_most_to_do_with_them(desk: Desk) -> None:
    text = "Aster, Boria, Caldia and Dorn."
    others = (("aster", "dorn"), ("caldia", "aster"), ("aster", "caldia"), ("boria", "aster"))
    desk.tell("a", "2024-03-06 09:30", text, *(deed("AID", "Aster", *sides) for sides in others))
    dyads = [(row.one, row.other) for row in desk.day(dossier=("aster", "boria")).trend]
    assert dyads == [("AST", "BOR"), ("AST", "CAL"), ("AST", "DOR")]


@pytest.mark.parametrize(("zone", "day"), [("UTC", date(2024, 3, 5)), ("Europe/Minsk", date(2024, 3, 6))])
def test_an_undated_deed_counts_for_the_day_in_the_zone(zone: str, day: date, desk: Desk) -> None:
    desk.tell("a", "2024-03-05 22:30", "Aster aided Boria.", deed("AID", "Aster aided Boria", "aster", "boria"))
    assert [row.day for row in desk.day(str(day), zone, dossier=("aster",)).trend] == [day]
