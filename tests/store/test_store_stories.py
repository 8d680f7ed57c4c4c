"""Articles wait for a place, are read in windows of time, and stay where they were put."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from newsledger.records.run import Run
from newsledger.records.stories import StoryChange, StoryDecision, StoryPlace, StoryReading
from store import open_ledger
from store.database import attached

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from newsledger.records.extraction import Extraction
    from newsledger.records.run import Saved

DAY = timedelta(days=1)
ZONE = ZoneInfo("UTC")
RUN = Run(run_id="r2", flow="monitor", started_at=datetime(2024, 3, 6, 12, tzinfo=UTC))


def place(article_id: str, story_id: str = "s-1", copy_of: str | None = None, origin: str = "courier") -> StoryPlace:
    return StoryPlace(article_id=article_id, story_id=story_id, copy_of=copy_of, origin=origin)


def said(kind: str, *articles: str) -> StoryDecision:
    return StoryDecision(kind=kind, articles=articles, decided=date(2024, 3, 6))


def written(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with attached(path) as con:
        return {
            "places": con.execute(
                "SELECT article_id, revision, story_id, copy_of, origin_id FROM story_articles ORDER BY ALL"
            ).fetchall(),
            "stories": con.execute("SELECT story_id, ended_into FROM stories ORDER BY ALL").fetchall(),
            "changes": con.execute(
                "SELECT run_id, no, kind, story_id, other_id, article_ids FROM story_changes ORDER BY ALL"
            ).fetchall(),
            "due": con.execute("SELECT digest_date FROM digests_due ORDER BY ALL").fetchall(),
        }


@pytest.fixture
def tell(ledger_path: Path, now: datetime) -> Callable[..., Saved]:
    """Write places, with changes and on the word of decisions; the ledger is sound afterwards."""

    def do(*places: StoryPlace, changes: Sequence[StoryChange] = (), decisions: Sequence[StoryDecision] = ()) -> Saved:
        with open_ledger(ledger_path) as ledger:
            ledger.begin(RUN)
            saved = ledger.tell(StoryReading(places=places, changes=tuple(changes)), RUN, ZONE, now, decisions)
            assert ledger.integrity() == ledger.integrity(RUN) == ()
        return saved

    return do


@pytest.fixture
def stored(save: Callable, extraction: Callable[..., Extraction], now: datetime) -> Callable[..., None]:
    """Store an article on a day of March 2024, a live one; any field can be given."""

    def do(article_id: str, day: int, text: str = "Ships left the port.", **given: object) -> None:
        at = now.replace(day=day)
        save(extraction(article_id, text=text, published=at, **given), now=at)

    return do


def windows(path: Path) -> list[tuple[list[str], list[str], list[str]]]:
    """Give for each stretch what is to be placed, the candidates, and those that keep their places."""
    with open_ledger(path) as ledger:
        found = []
        for stretch in ledger.unplaced():
            candidates, known = ledger.story_window(stretch)
            found.append((list(stretch.articles), [one.article_id for one in candidates], sorted(known)))
        return found


def test_articles_are_read_with_those_of_the_weeks_around_them(
    ledger_path: Path, stored: Callable, tell: Callable
) -> None:
    for article_id, day in (("early", 1), ("before", 9), ("new", 15), ("after", 21), ("late", 30)):
        stored(article_id, day)
    tell(*(place(one) for one in ("early", "before", "after", "late")))
    assert windows(ledger_path) == [(["new"], ["before", "new", "after"], ["after", "before"])]


def test_stretches_that_overlap_are_one_and_others_wait_for_their_own(ledger_path: Path, stored: Callable) -> None:
    for article_id, day in (("a", 1), ("b", 14), ("c", 29)):
        stored(article_id, day)
    assert windows(ledger_path) == [(["a", "b"], ["a", "b"], []), (["c"], ["c"], [])]


def test_a_stretch_that_grows_too_long_is_cut_and_sees_none_of_what_waits(
    ledger_path: Path, stored: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.writing.windows._MANY", 2)
    for article_id, day in (("a", 1), ("b", 5), ("c", 8), ("d", 10)):
        stored(article_id, day)
    assert [(new, seen) for new, seen, _ in windows(ledger_path)] == [
        (["a", "b", "c"], ["a", "b", "c"]),
        (["d"], ["d"]),
    ]


def test_an_article_is_read_with_the_original_of_what_is_near_and_all_its_copies(
    ledger_path: Path, stored: Callable, tell: Callable
) -> None:
    for article_id, day in (("original", 1), ("other", 2), ("copy", 9), ("new", 15)):
        stored(article_id, day)
    tell(place("original"), place("other", copy_of="original"), place("copy", copy_of="original"))
    assert windows(ledger_path) == [(["new"], ["original", "other", "copy", "new"], ["copy", "original", "other"])]


def test_a_candidate_has_what_the_article_tells(
    ledger_path: Path, save: Callable, extraction: Callable[..., Extraction], now: datetime
) -> None:
    save(extraction())
    with open_ledger(ledger_path) as ledger:
        (stretch,) = ledger.unplaced()
        ((candidate,), known) = ledger.story_window(stretch)
    article = extraction().article
    assert known == {}
    assert (candidate.text, candidate.title, candidate.url) == (article.text, article.title, article.url)
    assert (candidate.source, candidate.told_at) == ("courier", now)
    assert (candidate.dateline, candidate.agencies) == ("harbour-wire", {"harbour-wire", "courier"})
    assert candidate.credits == (("harbour-wire", 0), ("courier", article.text.index("the daily Courier")))


def test_places_are_written_once(ledger_path: Path, stored: Callable, tell: Callable) -> None:
    stored("a", 1)
    stored("b", 2)
    first = tell(place("a"), place("b", copy_of="a"))
    told = written(ledger_path)
    assert told["places"] == [("a", 1, "s-1", None, "courier"), ("b", 1, "s-1", "a", "courier")]
    assert (told["stories"], told["changes"]) == ([("s-1", None)], [])
    assert windows(ledger_path) == []
    assert tell(place("a"), place("b", copy_of="a")) == first
    assert written(ledger_path) == told
    assert first.days == (), "saving has marked the days of new articles"


def test_an_article_that_was_revised_waits_again_and_one_that_was_only_read_anew_does_not(
    ledger_path: Path, stored: Callable, tell: Callable
) -> None:
    stored("a", 1)
    stored("b", 1)
    tell(place("a"), place("b"))
    stored("a", 1, extractor="x2")
    assert windows(ledger_path) == []
    stored("a", 3, text="Ships left the port again.")
    assert windows(ledger_path) == [(["a"], ["a", "b"], ["b"])]
    tell(place("a"), place("b"))
    assert windows(ledger_path) == []
    with attached(ledger_path) as con:
        moments = con.execute("SELECT revision, digest_at FROM story_articles WHERE article_id = 'a'").fetchall()
    assert moments == [(2, datetime(2024, 3, 1, 12))], "told first on the first"  # noqa: DTZ001 - as stored


def test_a_story_that_is_taken_in_ends_and_brings_its_older_articles(
    ledger_path: Path, stored: Callable, tell: Callable
) -> None:
    for article_id, day in (("old", 1), ("a", 12), ("b", 13)):
        stored(article_id, day)
    tell(place("old", "s-1"), place("a", "s-1"), place("b", "s-2"))
    with attached(ledger_path) as con:
        con.execute("DELETE FROM digests_due")
    merged = StoryChange(kind="merged", story_id="s-2", other_id="s-1", articles=("a",))
    assert tell(place("a", "s-2"), place("b", "s-2"), changes=[merged]).days == ()
    told = written(ledger_path)
    assert [row[2] for row in told["places"]] == ["s-2"] * 3
    assert told["stories"] == [("s-1", "s-2"), ("s-2", None)]
    assert told["changes"] == [("r2", 1, "merged", "s-2", "s-1", ["old", "a"])]
    assert told["due"] == [], "what later articles show changes no former digest"
    parted = StoryChange(kind="split", story_id="s-2", other_id="s-3", articles=("a",))
    tell(place("a", "s-3"), place("b", "s-2"), changes=[parted])
    told = written(ledger_path)
    assert told["stories"] == [("s-1", "s-2"), ("s-2", None), ("s-3", None)]
    assert [row[1:3] for row in told["changes"]] == [(1, "merged"), (2, "split")]


def test_an_id_is_free_only_while_all_that_its_story_has_is_placed_anew(
    ledger_path: Path, stored: Callable, tell: Callable
) -> None:
    for article_id in ("a", "b", "c", "d"):
        stored(article_id, 1)
    tell(place("a", "s-1"), place("b", "s-2"), place("c", "s-2"), place("d", "s-3"))
    merged = StoryChange(kind="merged", story_id="s-2", other_id="s-3", articles=("d",))
    tell(place("d", "s-2"), changes=[merged])
    for article_id in ("a", "b"):
        stored(article_id, 2, text="Ships left the port again.")
    with open_ledger(ledger_path) as ledger:
        (stretch,) = ledger.unplaced()
        assert stretch.articles == ("a", "b")
        assert ledger.taken_story_ids(stretch) == {"s-2", "s-3"}


def test_days_whose_stories_a_person_changed_are_due(ledger_path: Path, stored: Callable, tell: Callable) -> None:
    for article_id, day in (("a", 1), ("b", 2), ("c", 4), ("d", 5)):
        stored(article_id, day)
    stored("c", 8, text="Ships came back.")
    tell(place("a", "s-1"), place("b", "s-2"), place("c", "s-2"), place("d", "s-4"))
    with attached(ledger_path) as con:
        con.execute("DELETE FROM digests_due")
    merged = StoryChange(kind="merged", story_id="s-2", other_id="s-1", articles=("a",))
    saved = tell(place("a", "s-2"), changes=[merged], decisions=[said("same_story", "a", "b")])
    assert saved.days == tuple(date(2024, 3, day) for day in (1, 2, 4, 8)), "and that of the revision"
    assert written(ledger_path)["due"] == [(day,) for day in saved.days]


def test_a_story_whose_only_article_went_elsewhere_says_where(
    ledger_path: Path, stored: Callable, tell: Callable
) -> None:
    stored("a", 1)
    stored("b", 1)
    tell(place("a", "s-1"), place("b", "s-2"))
    stored("b", 2, text="Ships came back.")
    tell(place("a", "s-1"), place("b", "s-1"))
    assert written(ledger_path)["stories"] == [("s-1", None), ("s-2", "s-1")]


def test_what_contradicts_a_decision_is_read_again_with_both_its_ends(
    ledger_path: Path, stored: Callable, tell: Callable
) -> None:
    for article_id, day in (("a", 1), ("near", 3), ("far", 15), ("b", 29)):
        stored(article_id, day)
    tell(place("a", "s-1"), place("near", "s-1"), place("far", "s-3"), place("b", "s-4"))
    with open_ledger(ledger_path) as ledger:
        assert ledger.contradicting([said("same_story", "a", "near"), said("other_story", "a", "b")]) == ()
        assert ledger.contradicting([said("same_story", "a", "nobody")]) == ()
        (stretch,) = ledger.contradicting([said("same_story", "a", "b")])
        candidates, known = ledger.story_window(stretch)
        assert [one.article_id for one in candidates] == ["a", "near", "b"]
        assert sorted(known) == ["a", "b", "near"]
        changed = replace(said("other_story", "b", "a"), decided=date(2024, 3, 7))
        assert ledger.contradicting([changed, said("same_story", "a", "b")]) == (), "the last word counts"


def test_what_is_taken_down_leaves_its_story_and_its_copies_to_the_first_of_them(
    ledger_path: Path, stored: Callable, tell: Callable, now: datetime
) -> None:
    for article_id, day in (("a", 1), ("b", 2), ("c", 3), ("alone", 4), ("gone", 5)):
        stored(article_id, day)
    tell(place("a"), place("b", copy_of="a"), place("c", copy_of="a"), place("alone", "s-2"), place("gone", "s-3"))
    merged = StoryChange(kind="merged", story_id="s-2", other_id="s-3", articles=("gone",))
    tell(place("gone", "s-2"), changes=[merged])
    with open_ledger(ledger_path) as ledger:
        ledger.forget(["a", "alone", "gone"], "asked to", ZONE, now)
        assert ledger.integrity() == ()
    told = written(ledger_path)
    assert told["places"] == [("b", 1, "s-1", None, "courier"), ("c", 1, "s-1", "b", "courier")]
    assert told["stories"] == [("s-1", None)], "nor is there what ended into one that is gone"
    with attached(ledger_path) as con:
        assert con.execute("SELECT opened_at::DATE FROM stories").fetchall() == [(date(2024, 3, 2),)]


def test_an_article_that_lost_its_place_is_placed_by_the_next_run(
    ledger_path: Path, stored: Callable, tell: Callable, now: datetime
) -> None:
    stored("a", 1)
    tell(place("a"))
    with attached(ledger_path) as con:
        con.execute("UPDATE story_articles SET copy_of = 'nobody'")
    with open_ledger(ledger_path) as ledger:
        assert all(one.done for one in ledger.mend(ledger_path.with_name("news.duckdb"), ZONE, now))
        assert [stretch.articles for stretch in ledger.unplaced()] == [("a",)]


def test_the_ends_of_the_calendar_have_their_windows(
    ledger_path: Path, save: Callable, extraction: Callable[..., Extraction]
) -> None:
    for article_id, year in (("first", 1), ("last", 9999)):
        at = datetime(year, 12 if year > 1 else 1, 31 if year > 1 else 1, tzinfo=UTC)
        save(extraction(article_id, text="Ships.", origin="seed", published=at))
    assert [new for new, _, _ in windows(ledger_path)] == [["first"], ["last"]]
