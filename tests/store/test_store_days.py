"""What the digest of a day is given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from newsledger.records.article import Issue
from newsledger.records.day import Selection, SourceName
from newsledger.records.feeds import Balance, FeedEntry, FeedPoll, FetchedItem
from newsledger.records.run import Batch, Counts, Run, RunReport
from store import days_with_articles, open_ledger, publish, read_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from newsledger.records.config import Feed
    from newsledger.records.day import DayView

UTC_ZONE = ZoneInfo("UTC")
TODAY = date(2024, 3, 6)


@pytest.fixture
def view(ledger_path: Path) -> Callable[..., DayView]:
    """Publish the ledger and read a day of it."""

    def read(day: date = TODAY, zone: ZoneInfo = UTC_ZONE, feeds: tuple[Feed, ...] = ()) -> DayView:
        published = ledger_path.with_name("news.duckdb")
        publish(ledger_path, published)
        return read_day(published, day, zone, feeds, choose=everything)

    return read


def everything(view: DayView) -> Selection:
    return Selection(articles=tuple(row.article_id for row in view.articles))


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


def test_balances_are_those_of_the_runs_that_finished_that_day(  # noqa: PLR0913, PLR0917 - fixtures
    ledger_path: Path,
    view: Callable,
    save: Callable,
    now: datetime,
    entry: Callable[..., FeedEntry],
    poll: Callable[..., FeedPoll],
) -> None:
    finished = {"r1": now, "r2": now + timedelta(hours=1), "r3": now + timedelta(days=1), "r4": None}
    for run_id, moment in finished.items():
        run = Run(run_id=run_id, flow="monitor", started_at=now)
        item = FetchedItem(entry=entry("a1"), dropped="no_text")
        save(batch=Batch(polls=(poll(articles=("a1",)),), items=(item,)), run=run)
        if moment:
            report = RunReport(
                run=run,
                finished_at=moment,
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
