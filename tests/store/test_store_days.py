"""What the digest of a day is given."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, get_args
from zoneinfo import ZoneInfo

import pytest

from newsledger.records.article import Issue
from newsledger.records.config import Watch
from newsledger.records.day import ArticleRow, DayView, SectionName, Selection, SourceName, TextRow
from newsledger.records.feeds import Balance, FeedEntry, FeedPoll, FetchedItem
from newsledger.records.run import Batch, Counts, Run, RunReport
from store import days_with_articles, open_ledger, publish, read_day, run_query
from store.database import attached
from tests.store.damage import DAMAGE
from tests.store.desk import Desk, at, deed, everything, figure, moment, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from newsledger.records.config import Feed
    from newsledger.records.feeds import Outcome

UTC_ZONE = ZoneInfo("UTC")
MET = "Olga Lind met Ivan Petrov."
FILLED = {field.name for field in fields(DayView)} - {"balances", "damaged", "touched"}
TODAY = date(2024, 3, 6)


@pytest.fixture
def view(ledger_path: Path) -> Callable[..., DayView]:
    """Publish the ledger and read a day of it."""

    def read(day: date = TODAY, zone: ZoneInfo = UTC_ZONE, feeds: tuple[Feed, ...] = ()) -> DayView:
        published = ledger_path.with_name("news.duckdb")
        publish(ledger_path, published)
        return read_day(published, day, zone, feeds, choose=everything)

    return read


def told(view: DayView) -> list[tuple[str, int]]:
    return [(made.article.article_id, made.article.revision) for made in view.extractions]


def test_a_day_holds_its_extractions_in_a_fixed_order(view: Callable, save: Callable, extraction: Callable) -> None:
    save(extraction("z", source="beacon"), extraction("b"), extraction("c", source=None), extraction("a"))
    found = view()
    assert found.extractions == (
        extraction("c", source=None),
        extraction("z", source="beacon"),
        extraction("a"),
        extraction("b"),
    )
    assert (found.day, found.timezone) == (TODAY, "UTC")
    assert (found.start, found.end) == (datetime(2024, 3, 6, tzinfo=UTC), datetime(2024, 3, 7, tzinfo=UTC))
    assert view() == found


def test_a_day_without_articles_is_empty(view: Callable, save: Callable, extraction: Callable) -> None:
    save(extraction())
    found = view(date(2024, 3, 5))
    assert (found.extractions, found.cut_off, found.balances, found.sources) == ((), None, (), ())


def test_a_revision_counts_for_the_day_it_was_stored_on(
    view: Callable, save: Callable, extraction: Callable, now: datetime
) -> None:
    save(extraction())
    save(extraction(title="Second"), now=now + timedelta(hours=1))
    save(extraction(title="Third"), now=now + timedelta(days=1))
    assert told(view()) == [("a1", 2)]
    assert told(view(TODAY + timedelta(days=1))) == [("a1", 3)]


def test_a_redated_seed_is_told_on_its_new_day_only(view: Callable, save: Callable, extraction: Callable) -> None:
    for day in (1, 5):
        save(extraction(origin="seed", published_from="given", published=datetime(2022, 1, day, tzinfo=UTC)))
    assert told(view(date(2022, 1, 1))) == []
    assert told(view(date(2022, 1, 5))) == [("a1", 2)]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Minsk", "America/New_York", "Asia/Kathmandu"])
def test_every_article_is_told_on_exactly_the_days_listed(
    zone: str, ledger_path: Path, view: Callable, save: Callable, extraction: Callable
) -> None:
    moments = [datetime(2022, month, 27, hour, 40, tzinfo=UTC) for month in (3, 10, 11) for hour in (0, 4, 19, 23)]
    moments += [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)]
    save(*(extraction(f"a{no}", origin="seed", published=moment) for no, moment in enumerate(moments)))
    view()
    published = ledger_path.with_name("news.duckdb")
    days = days_with_articles(published, ZoneInfo(zone))
    assert list(days) == sorted(set(days))
    found = [told(read_day(published, day, ZoneInfo(zone), choose=everything)) for day in days]
    assert all(found)
    assert sorted(key for keys in found for key in keys) == sorted((f"a{no}", 1) for no in range(len(moments)))


def test_the_days_saved_are_the_days_listed(
    ledger_path: Path, view: Callable, save: Callable, extraction: Callable
) -> None:
    saved = save(extraction("a1"), extraction("a2", published=datetime(2021, 5, 5, tzinfo=UTC)))
    view()
    assert days_with_articles(ledger_path.with_name("news.duckdb"), UTC_ZONE) == saved.days


def test_sources_have_the_names_of_the_configuration_the_feeds_or_the_entities(
    view: Callable, save: Callable, extraction: Callable, feed: Callable[..., Feed], poll: Callable[..., FeedPoll]
) -> None:
    sources = ("configured", "polled", "harbour-wire", "unheard-of", None)
    save(*(extraction(f"a{no}", source=source) for no, source in enumerate(sources)))
    save(batch=Batch(polls=(poll("polled"),)))
    assert view(feeds=(feed("configured"), feed("idle"))).sources == (
        SourceName(id="configured", name="Configured", kind="independent", country="AST"),
        SourceName(id="harbour-wire", name="Harbour Wire"),
        SourceName(id="polled", name="Polled", kind="independent", country="AST"),
        SourceName(id="unheard-of", name="unheard-of"),
    )


def test_feed_health_follows_the_configuration(  # noqa: PLR0913, PLR0917 - fixtures
    view: Callable,
    save: Callable,
    extraction: Callable,
    now: datetime,
    feed: Callable[..., Feed],
    poll: Callable[..., FeedPoll],
) -> None:
    save(extraction("a1"), now=now - timedelta(days=1))
    save(extraction("a2"), extraction("a3"))
    courier = poll("courier", failures=2, warnings=(Issue(code="silent", detail="for a day"),))
    save(batch=Batch(polls=(courier,)))
    never, known = view(feeds=(feed("never"), feed("courier"))).feeds
    assert (never.feed.id, never.state, never.articles_day, never.articles_total) == ("never", None, 0, 0)
    assert (known.state, known.articles_day, known.articles_total) == (courier.state, 2, 3)


def test_the_health_of_a_day_is_that_of_its_end(
    view: Callable, save: Callable, now: datetime, feed: Callable[..., Feed], poll: Callable[..., FeedPoll]
) -> None:
    polls: tuple[tuple[Outcome, int], ...] = (("ok", -3), ("timeout", -2), ("http_error", -1), ("ok", 24))
    for number, (outcome, hours) in enumerate(polls):
        run = Run(run_id=f"r{number}", flow="monitor", started_at=now)
        asked_at = now + timedelta(hours=hours)
        made = poll("courier")
        asked = replace(
            made,
            outcome=outcome,
            detail=f"poll {number}",
            polled_at=asked_at,
            state=replace(made.state, outcome=outcome, polled_at=asked_at),
        )
        save(batch=Batch(polls=(asked,)), run=run)
    (of_day,) = view(feeds=(feed("courier"),)).feeds
    assert of_day.state.polled_at == now - timedelta(hours=1)
    assert of_day.state.succeeded_at == now - timedelta(hours=3)
    assert (of_day.state.outcome, of_day.state.detail, of_day.state.failures) == ("http_error", "poll 2", 2)
    (of_former,) = view(day=now.date() - timedelta(days=1), feeds=(feed("courier"),)).feeds
    assert of_former.state is None


def test_balances_are_those_of_the_runs_that_finished_that_day(  # noqa: PLR0913, PLR0917 - fixtures
    ledger_path: Path,
    view: Callable,
    save: Callable,
    now: datetime,
    entry: Callable[..., FeedEntry],
    poll: Callable[..., FeedPoll],
) -> None:
    finished = {"r1": now, "r2": now + timedelta(hours=1), "r3": now + timedelta(days=1), "r4": None}
    for run_id, finished_at in finished.items():
        run = Run(run_id=run_id, flow="monitor", started_at=now)
        item = FetchedItem(entry=entry("a1"), dropped="no_text")
        save(batch=Batch(polls=(poll(articles=("a1",)),), items=(item,)), run=run)
        if finished_at:
            report = RunReport(
                run=run,
                finished_at=finished_at,
                added=Counts(),
                revised=0,
                feeds_ok=1,
                feeds_failed=0,
                balances=(),
                days=(),
            )
            with open_ledger(ledger_path) as ledger:
                ledger.finish(report)
    found = view()
    assert found.balances == (Balance(feed_id="courier", seen=2, items=(("no_text", 2),)),)
    assert found.cut_off == now + timedelta(hours=1)


def test_an_article_of_the_day_is_a_row_with_what_counts_of_it(desk: Desk) -> None:
    met, gave = (deed(kind, MET, "olga-lind", "ivan-petrov") for kind in ("CONSULT", "SANCTION"))
    desk.tell("o", "2024-03-05 08:30", "Rain.", story="s-1", origin="wire")
    desk.tell("b", "2024-03-06 08:30", "Rain.", source=None, title=None, url=None, language=None, published=None)
    desk.tell(
        "a",
        "2024-03-06 09:30",
        MET + " 3 ships.",
        met,
        gave,
        figure("3", "3", "aster"),
        said(MET, "olga-lind", "met"),
        moment("3", "2024-03-03"),
        story="s-1",
        copy_of="o",
        origin="wire",
        relevance=0.25,
        issues=(Issue(code="slow", detail="9 s"), Issue(code="late", detail="2 h")),
    )
    plain, full = desk.day().articles
    assert full == ArticleRow(
        article_id="a",
        revision=1,
        source="courier",
        title="Title of a",
        url="https://courier.example/a",
        language="en",
        told_at=at("2024-03-06 09:30"),
        published=at("2024-03-06 09:00"),
        published_from="feed",
        text_from="page",
        relevance=0.25,
        intensity=6,
        records=4,
        story_id="s-1",
        copy_of="o",
        origin="wire",
        issues=(Issue(code="slow", detail="9 s"), Issue(code="late", detail="2 h")),
    )
    assert (plain.article_id, plain.source, plain.title, plain.published) == ("b", None, None, None)
    assert (plain.relevance, plain.intensity, plain.records, plain.story_id, plain.issues) == (None, 0, 0, None, ())
    assert desk.day().counts == Counts(articles=2, entities=2, statements=1, events=2, figures=1, times=1)


def test_only_what_is_chosen_is_read_in_full_and_the_choice_sees_the_rows(desk: Desk) -> None:
    for name in ("a", "b", "c"):
        desk.tell(name, "2024-03-06 09:30", MET, deed("CONSULT", MET, "olga-lind", status="denied"), story="s-1")
    desk.tell("z", "2024-03-05 09:30", MET, story="s-1")
    seen: list[DayView] = []

    def choose(view: DayView) -> Selection:
        seen.append(view)
        return Selection(articles=("c", "a", "z", "never"))

    found = desk.day(choose=choose)
    assert [made.article.article_id for made in found.extractions] == ["a", "c"]
    assert (found.before, found.earlier) == ((), ())
    assert seen[0].articles == found.articles
    assert seen[0].denials == found.denials
    assert (seen[0].extractions, seen[0].texts) == ((), ())


def test_texts_are_those_that_spots_are_cited_from_and_of_others_the_headlines(desk: Desk) -> None:
    desk.tell("lead", "2024-03-06 09:30", "Rain.", story="s-1")
    desk.tell("other", "2024-03-06 10:30", "Sun.", story="s-1")
    desk.tell("quiet", "2024-03-04 10:30", "Hail.", story="s-2", title="Hail", source="herald")
    desk.tell("cited", "2024-03-06 10:30", MET, deed("CONSULT", MET, "olga-lind", status="denied"), story="s-1")
    found = desk.day(choose=lambda _: Selection())
    assert [(text.article_id, text.text) for text in found.texts] == [("cited", MET), ("lead", ""), ("quiet", "")]
    assert found.texts[2] == TextRow(
        article_id="quiet",
        revision=1,
        text="",
        title="Hail",
        url="https://courier.example/quiet",
        source="herald",
    )
    assert [source.id for source in found.sources] == ["courier", "herald"]


def test_a_day_read_later_is_the_same_whatever_came_in_since(desk: Desk, feed: Callable[..., Feed]) -> None:
    def read() -> DayView:
        return desk.day(feeds=(feed(),), dossier=("aster",), watches=(Watch(name="Rain", words=("rain",)),))

    tell_everything(desk)
    before = read()
    assert all(getattr(before, name) for name in FILLED), [name for name in FILLED if not getattr(before, name)]
    tell_everything(desk, "2024-03-08", "x")
    desk.tell("a1", "2024-03-07 09:30", "All is otherwise.", story="s-2")
    assert read() == before


def test_the_queries_can_be_asked_by_anybody_and_find_the_same(desk: Desk, feed: Callable[..., Feed]) -> None:
    tell_everything(desk)
    given = {"dossier": ("aster",), "watches": (Watch(name="It's Rain", words=("rain",)),)}
    found = desk.day("2024-03-06", "Asia/Kathmandu", feeds=(feed(),), **given)
    assert [section for section, _ in found.queries] == list(get_args(SectionName))
    for section, sql in found.queries:
        answer = run_query(desk.ledger_path.with_name("news.duckdb"), sql, timeout_s=30)
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        assert rows, section
        if section == "counts":
            assert Counts(**rows[0]) == found.counts
        elif section == "health":
            assert [row["source_id"] for row in rows] == ["beacon", "courier"]
        else:
            told = getattr(found, {"told": "articles"}.get(section, section))
            assert len(told) == len(rows), section
            for row, one in zip(rows, told, strict=True):
                assert row.get("article_id") == getattr(getattr(one, "spot", one), "article_id", row.get("article_id"))


@pytest.mark.parametrize(("zone", "ids"), [("UTC", ["b", "c"]), ("Asia/Kathmandu", ["a", "b"])])
def test_a_day_is_that_of_the_zone_in_all_sections(zone: str, ids: list[str], desk: Desk) -> None:
    for name, when in (("a", "2024-03-05 18:30"), ("b", "2024-03-06 18:00"), ("c", "2024-03-06 18:30")):
        desk.tell(
            name, when, MET, deed("CONSULT", MET, "olga-lind", status="denied"), deed("AID", MET, "aster"), story=name
        )
    found = desk.day(zone=zone)
    assert [row.article_id for row in found.articles] == ids
    assert [row.spot.article_id for row in found.denials] == ids
    assert [row.story_id for row in found.stories if row.state == "new"] == ids
    assert found.acts[0].events == len(ids) == found.counts.articles


@pytest.mark.parametrize("what", DAMAGE)
def test_a_day_is_read_whatever_is_damaged(what: str, sound_ledger: Path) -> None:
    published = sound_ledger.with_name("news.duckdb")
    with attached(published) as con:
        con.execute(DAMAGE[what])
    found = read_day(published, TODAY, UTC_ZONE, dossier=("olga-lind",), choose=everything)
    told = {made.article.article_id for made in (*found.extractions, *found.before)}
    assert told | set(found.damaged) >= {row.article_id for row in found.articles}


def test_an_article_that_can_not_be_read_whole_is_named_and_left_out(desk: Desk) -> None:
    for name, when in (("old", "2024-03-05 09:30"), ("a", "2024-03-06 09:30"), ("b", "2024-03-06 10:30")):
        desk.tell(name, when, MET, deed("CONSULT", MET, "olga-lind", status="denied"), story="s-1")
    with attached(desk.ledger_path) as con:
        con.execute("UPDATE events SET text = 'Nobody met.' WHERE article_id IN ('old', 'a')")
    found = desk.day()
    assert [made.article.article_id for made in found.extractions] == ["b"]
    assert (found.before, found.earlier) == ((), ())
    assert found.damaged == ("a", "old")
    assert [row.article_id for row in found.articles] == ["a", "b"]
    assert found.denials[0].spot.text == "Nobody met.", "what the record says; the digest's gate refuses it"


def tell_everything(desk: Desk, day: str = "2024-03-06", prefix: str = "") -> None:
    """Tell something for each section of a day."""
    before = date.fromisoformat(day) - timedelta(days=1)
    text = f"{MET} In Aster 12 ships sank, no rain in Boria."
    for no in range(3):
        desk.tell(f"{prefix}o{no}", f"{before} 0{no}:30", "Aster. Rain.", story=f"{prefix}s-0", source="beacon")
    for no, value in enumerate(("12", "15", "18"), start=1):
        desk.tell(
            f"{prefix}a{no}",
            f"{day} 1{no}:30",
            text.replace("12", value),
            deed("CONSULT", MET, "olga-lind", "ivan-petrov", status="denied"),
            deed("AID", "Aster", "aster", "boria"),
            deed("CONSULT", MET, "olga-lind", "boria", status="planned", on=f"{day[:4]}-05-01"),
            figure(value, value, "aster"),
            story=f"{prefix}s-{no % 2 + 1}",
            source=("beacon", "courier")[no % 2],
        )
    desk.tell(f"{prefix}o2", f"{day} 13:30", "Aster. No rain.", story=f"{prefix}s-0", source="beacon")
