"""The stories of a day, the sources that tell them, and what was told of them before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsledger.records.day import ArticleRow, CoverageRow, Selection, StoryRow
from newsledger.records.run import Batch, Run
from newsledger.records.stories import StoryPlace, StoryReading
from store import open_ledger
from tests.store.desk import Desk, at, deed

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsledger.records.extraction import Extraction
    from newsledger.records.feeds import FeedPoll

MET = "Olga Lind met Ivan Petrov."


def test_a_story_is_told_as_it_stands_when_the_day_ends(desk: Desk, poll: Callable[..., FeedPoll]) -> None:
    with open_ledger(desk.ledger_path) as ledger:
        run = Run(run_id="r0", flow="monitor", started_at=at("2024-03-01 00:00"))
        ledger.begin(run)
        ledger.save(Batch(polls=(poll("courier"),)), run, ZoneInfo("UTC"), run.started_at)
    desk.tell("a1", "2024-03-04 09:30", "Rain.", story="s-1")
    desk.tell(
        "b1", "2024-03-05 09:30", "Rain.", story="s-1", copy_of="a1", origin="courier", source="herald", language="pl"
    )
    desk.tell("b2", "2024-03-05 11:30", "More rain.", story="s-1", source="beacon")
    desk.tell("c1", "2024-03-06 09:30", "Rain.", story="s-1", copy_of="a1", origin="courier")
    desk.tell("c2", "2024-03-06 10:30", MET, deed("CONSULT", MET, "olga-lind"), story="s-1", origin="wire", title="Met")
    desk.tell("z1", "2024-03-07 09:30", "Sun.", story="s-1", source="other", language="de")
    assert desk.day().stories == (
        StoryRow(
            story_id="s-1",
            state="updated",
            first_at=at("2024-03-04 09:30"),
            last_at=at("2024-03-06 10:30"),
            articles=2,
            articles_before=2,
            articles_total=5,
            copies=1,
            independent=3,
            independent_before=2,
            lead="c2",
            headline="Met",
            kinds=("independent", "unknown"),
            languages=("en", "pl"),
            days=((date(2024, 3, 4), 1), (date(2024, 3, 5), 2), (date(2024, 3, 6), 2)),
        ),
    )
    assert desk.day().coverage == (
        CoverageRow(
            story_id="s-1", kind="independent", articles=3, sources=("courier",), first_at=at("2024-03-04 09:00")
        ),
        CoverageRow(
            story_id="s-1", kind="unknown", articles=2, sources=("beacon", "herald"), first_at=at("2024-03-05 09:00")
        ),
    )


def test_stories_go_quiet_and_end_and_are_covered_only_while_they_are_told(desk: Desk) -> None:
    desk.tell("a", "2024-03-01 09:30", "Rain.", story="s-1")
    states = {day: [row.state for row in desk.day(f"2024-03-0{day}").stories] for day in range(1, 7)}
    assert states == {1: ["new"], 2: ["quiet"], 3: ["quiet"], 4: ["quiet"], 5: ["ended"], 6: []}
    assert [len(desk.day(f"2024-03-0{day}").coverage) for day in (1, 2)] == [1, 0]


def test_a_wrong_date_does_not_make_a_source_the_last_to_tell(desk: Desk) -> None:
    desk.tell("a", "2024-03-06 09:30", "Rain.", story="s-1", published=at("2024-03-09 09:00"))
    assert desk.day().coverage[0].first_at == at("2024-03-06 09:30")


def test_what_was_told_of_the_chosen_stories_stands_beside_the_day(desk: Desk) -> None:
    desk.tell("a", "2024-02-27 09:30", "Rain.", story="s-1")
    first = desk.tell("b", "2024-02-29 09:30", MET, deed("CONSULT", MET, "olga-lind"), story="s-1", relevance=0.5)
    desk.tell("c", "2024-03-05 09:30", "Rain.", story="s-2")
    desk.tell("b", "2024-03-06 09:30", MET + " Twice.", story="s-1", source="courier")
    desk.tell("d", "2024-03-06 10:30", "Sun.", story="s-1")
    found = desk.day(choose=lambda _: Selection(articles=("d",), stories=("s-1",)))
    assert [made.article.article_id for made in found.extractions] == ["d"]
    assert found.before == (first,), "as the digest of its day told it, and from the week before only"
    assert found.earlier == (
        ArticleRow(
            article_id="b",
            revision=1,
            source="courier",
            title="Title of b",
            url="https://courier.example/b",
            language="en",
            told_at=at("2024-02-29 09:30"),
            published=at("2024-02-29 09:00"),
            published_from="feed",
            text_from="page",
            relevance=0.5,
            story_id="s-1",
            origin="courier",
        ),
    )
    assert desk.day("2024-03-05").before == ()


def test_of_a_long_story_those_articles_are_read_that_the_digests_before_have_told(desk: Desk) -> None:
    desk.tell("copy", "2024-03-05 23:30", "Rain 0.", story="s-1", copy_of="a00")
    desk.tell("old", "2024-03-04 09:30", MET, deed("CONSULT", MET, "olga-lind"), story="s-1")
    for no in range(20):
        desk.tell(f"a{no:02}", f"2024-03-05 {no:02}:30", f"Rain {no}.", story="s-1")
    desk.tell("late", "2024-03-05 22:30", MET, deed("CONSULT", MET, "olga-lind"), story="s-1")
    desk.tell("other", "2024-03-05 23:30", "Rain, too.", story="s-1", source="herald")
    desk.tell("z", "2024-03-06 09:30", "Sun.", story="s-1")
    told = sorted([*(f"a{no:02}" for no in range(18)), "late", "other"])
    assert sorted(row.article_id for row in desk.day().earlier) == told
    assert sorted(made.article.article_id for made in desk.day().before) == told


def test_a_copy_is_one_only_if_its_original_was_told_by_then(desk: Desk) -> None:
    desk.tell("a", "2024-03-06 09:30", "Rain.", story="s-1", copy_of="b", origin="wire")
    desk.tell("b", "2024-03-07 09:30", "Rain.", story="s-1", origin="wire")
    assert [row.copy_of for row in desk.day().articles] == [None]
    assert [row.copy_of for row in desk.day("2024-03-07").earlier] == [None]
    desk.tell("c", "2024-03-08 09:30", "Rain.", story="s-1", copy_of="b", origin="wire")
    assert [row.copy_of for row in desk.day("2024-03-08").articles] == ["b"]
    assert {row.article_id: row.copy_of for row in desk.day("2024-03-08").earlier} == {"a": "b", "b": None}


def test_a_copy_is_none_before_the_day_to_which_its_original_was_redated(
    desk: Desk, save: Callable[..., object], extraction: Callable[..., Extraction]
) -> None:
    for day in (5, 7):
        moment = datetime(2024, 3, day, 9, tzinfo=UTC)
        save(extraction(article_id="b", origin="seed", published_from="given", published=moment), now=at("2024-03-09"))
    with open_ledger(desk.ledger_path) as ledger:
        run = Run(run_id="r0", flow="seed", started_at=at("2024-03-09"))
        ledger.begin(run)
        put = StoryPlace(article_id="b", story_id="s-1", copy_of=None, origin="wire")
        ledger.tell(StoryReading(places=(put,)), run, ZoneInfo("UTC"), at("2024-03-09"))
    desk.tell("a", "2024-03-06 09:30", "Rain.", story="s-1", copy_of="b", origin="wire")
    assert [row.copy_of for row in desk.day().articles] == [None]
    desk.tell("c", "2024-03-08 09:30", "Rain.", story="s-1", copy_of="b", origin="wire")
    assert [row.copy_of for row in desk.day("2024-03-08").articles] == ["b"]
