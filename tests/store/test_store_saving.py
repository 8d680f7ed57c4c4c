"""What a batch changes, and that it changes nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsledger.records.article import Issue
from newsledger.records.extraction import Extraction
from newsledger.records.feeds import Balance, FeedEntry, FeedPoll, FeedState, FetchedItem
from newsledger.records.run import Batch, Counts, Replay, Run, RunReport, Saved
from newsledger.records.versions import Versions
from store import load_extractions, open_ledger, publish, read_status
from store.database import attached
from store.schemas import EXTRACTION_SCHEMAS

if TYPE_CHECKING:
    from pathlib import Path

    from newsledger.records.article import Article

LATER = datetime(2024, 3, 9, 1, tzinfo=UTC)
Save = Callable[..., Saved]
Make = Callable[..., Extraction]


def counts(path: Path) -> dict[str, int]:
    with attached(path) as con:
        return {table: con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in EXTRACTION_SCHEMAS}


def load(path: Path, *keys: tuple[str, int]) -> tuple[Extraction, ...]:
    with attached(path) as con:
        return load_extractions(con, keys)


def test_a_new_article_adds_its_rows(save: Save, extraction: Make) -> None:
    saved = save(extraction("a1"), extraction("a2"))
    assert saved == Saved(
        added=Counts(articles=2, entities=10, citations=4, statements=4, events=4, figures=4, times=4, topics=4),
        days=(date(2024, 3, 6),),
    )


def test_saving_the_same_again_adds_nothing(ledger_path: Path, save: Save, extraction: Make) -> None:
    save(extraction("a1"), extraction("a2"))
    before = counts(ledger_path)
    refetched = extraction("a1", fetched=LATER, source="other-feed", url="https://other.example/")
    assert save(refetched, extraction("a2"), now=LATER) == Saved(added=Counts(), unchanged=2)
    assert counts(ledger_path) == before
    assert load(ledger_path, ("a1", 1)) == (extraction("a1"),)


def test_the_same_article_twice_in_one_batch_is_stored_once(ledger_path: Path, save: Save, extraction: Make) -> None:
    assert save(extraction(), extraction()).unchanged == 1
    assert counts(ledger_path)["articles"] == 1


def test_a_changed_text_adds_a_revision_and_keeps_the_earlier_one(
    ledger_path: Path, save: Save, extraction: Make
) -> None:
    first, second = extraction(), extraction(text="The meeting was put off.")
    save(first)
    saved = save(second, now=LATER)
    assert (saved.added.articles, saved.revised, saved.days) == (0, 1, (date(2024, 3, 9),))
    renumbered = replace(second, article=replace(second.article, revision=2))
    assert load(ledger_path, ("a1", 1), ("a1", 2)) == (first, renumbered)
    with attached(ledger_path) as con:
        newest = con.execute("SELECT revision FROM articles WHERE is_newest").fetchall()
    assert newest == [(2,)]
    assert save(second, now=LATER).unchanged == 1
    assert save(first, now=LATER).revised == 1, "a text that returns is a change too"


def test_two_versions_in_one_batch_are_two_revisions(ledger_path: Path, save: Save, extraction: Make) -> None:
    saved = save(extraction(), extraction(text="The meeting was put off."))
    assert (saved.added.articles, saved.revised) == (1, 1)
    with open_ledger(ledger_path) as ledger:
        assert ledger.integrity() == ()


def test_the_feeds_own_text_does_not_revise_the_page(ledger_path: Path, save: Save, extraction: Make) -> None:
    save(extraction())
    teaser = {"text": "Ministers met.", "text_from": "feed", "title": "Teaser"}
    assert save(extraction(**teaser, modified=LATER), now=LATER).unchanged == 1
    assert save(extraction(**teaser, extractor="x2"), now=LATER).unchanged == 1
    (stored,) = load(ledger_path, ("a1", 1))
    assert stored == replace(extraction(), article=replace(extraction().article, modified=LATER))
    save(extraction("a2", **teaser))
    assert save(extraction("a2", **teaser | {"text": "Ministers have met."})).revised == 1
    assert save(extraction("a2")).revised == 1, "the page at last"


def test_white_space_makes_no_revision_of_a_live_article(ledger_path: Path, save: Save, extraction: Make) -> None:
    spaced = {"text": "Grain left.\n\nShips  too."}
    for article_id, origin, revised in (("a1", "feed", 0), ("a2", "seed", 1)):
        given = {"origin": origin, "published_from": "given"}
        save(extraction(article_id, text="Grain left. Ships too.", **given))
        assert save(extraction(article_id, **spaced, **given)).revised == revised
    assert save(extraction("a1", **spaced, published_from="given", title="New")).revised == 1
    assert save(extraction("a1", text="Grain left", published_from="given", title="New")).revised == 1
    with open_ledger(ledger_path) as ledger:
        assert ledger.integrity() == ()


def test_a_changed_title_is_a_revision(save: Save, extraction: Make) -> None:
    save(extraction())
    assert save(extraction(title="Ministers quarrel")).revised == 1


def test_a_file_whose_header_changed_is_a_revision(save: Save, extraction: Make) -> None:
    given = {"origin": "seed", "published_from": "given"}
    save(extraction(**given))
    assert save(extraction(**given)).unchanged == 1
    assert save(extraction(**given, source="wire")).revised == 1
    assert save(extraction(**given, source="wire", published=LATER)).revised == 1


def test_a_date_that_was_only_worked_out_makes_no_revision(save: Save, extraction: Make) -> None:
    for origin in ("fetched", "dateline"):
        save(extraction(origin, published_from=origin))
        assert save(extraction(origin, published_from=origin, published=LATER)).unchanged == 1


def test_a_later_date_of_change_is_remembered_without_a_revision(
    ledger_path: Path, save: Save, extraction: Make
) -> None:
    save(extraction())
    for modified, remembered in ((LATER, LATER), (None, LATER), (LATER - timedelta(days=1), LATER)):
        assert save(extraction(modified=modified)).unchanged == 1
        with open_ledger(ledger_path) as ledger:
            assert ledger.known() == {"a1": remembered}


def test_another_extractor_replaces_the_records(ledger_path: Path, save: Save, extraction: Make) -> None:
    save(extraction(), extraction("a2"))
    made = extraction(extractor="x2")
    fewer = replace(made, events=made.events[:1], topics=())
    saved = save(fewer, now=LATER)
    assert (saved.added, saved.replaced, saved.days) == (Counts(), 1, (date(2024, 3, 6),))
    assert load(ledger_path, ("a1", 1), ("a2", 1)) == (fewer, extraction("a2"))
    assert counts(ledger_path)["events"] == 3
    with attached(ledger_path) as con:
        assert con.execute("SELECT DISTINCT stored_at::VARCHAR FROM articles").fetchall() == [("2024-03-06 12:00:00",)]


def test_only_what_saving_would_change_is_unread(
    ledger_path: Path, save: Save, article: Callable, extraction: Make
) -> None:
    save(extraction("a1"), extraction("a2"))
    articles = (article("a1"), article("a2", text="Other."), article("a3"))
    with open_ledger(ledger_path) as ledger:
        assert ledger.unread(articles, Versions("x1")) == articles[1:]
        assert ledger.unread(articles, Versions("x2")) == articles


def test_an_article_with_a_version_of_its_own_is_stale_by_that(ledger_path: Path, save: Save, extraction: Make) -> None:
    save(extraction("a1"), extraction("a2"), extraction("a3", extractor="x1.own"))
    articles = tuple(extraction(name).article for name in ("a1", "a2", "a3"))
    with open_ledger(ledger_path) as ledger:
        for versions, stale in (
            (Versions("x1", {"a2": "x1.own", "nowhere": "x1.own"}), ("a2", "a3")),
            (Versions("x1", {"a3": "x1.own"}), ()),
            (Versions("x2", {"a1": "x1"}), ("a2", "a3")),
        ):
            assert tuple(key[0] for key in ledger.stale(versions, Replay(), ZoneInfo("UTC"))) == stale
            assert tuple(one.article_id for one in ledger.unread(articles, versions)) == stale


def test_lone_surrogates_are_replaced_and_offsets_stay(ledger_path: Path, save: Save, extraction: Make) -> None:
    broken = extraction(text="Ships \ud83d leave.", title="\udc00")
    assert save(broken).added.articles == 1
    assert save(broken).unchanged == 1
    (loaded,) = load(ledger_path, ("a1", 1))
    assert (loaded.article.text, loaded.article.title) == ("Ships \ufffd leave.", "\ufffd")


def test_days_are_those_of_the_configured_zone(save: Save, extraction: Make) -> None:
    late = datetime(2024, 3, 6, 22, 30, tzinfo=UTC)
    assert save(extraction("a1"), now=late, zone="Europe/Minsk").days == (date(2024, 3, 7),)
    assert save(extraction("a2"), now=late, zone="America/New_York").days == (date(2024, 3, 6),)


def test_seed_and_backfill_count_for_their_published_day(save: Save, extraction: Make, now: datetime) -> None:
    old = datetime(2022, 12, 20, tzinfo=UTC)
    recent = now - timedelta(days=2)
    assert save(extraction("seed", origin="seed", published=recent)).days == (recent.date(),)
    assert save(extraction("undated", origin="seed", published=None)).days == (now.date(),)
    assert save(extraction("backfill", published=old)).days == (old.date(),)
    assert save(extraction("recent", published=recent)).days == (now.date(),)
    much_later = now + timedelta(days=30)
    assert save(extraction("recent", published=recent, title="New"), now=much_later).days == (much_later.date(),)


def test_a_seed_that_is_redated_touches_both_days(save: Save, extraction: Make) -> None:
    given = {"origin": "seed", "published_from": "given"}
    save(extraction(**given, published=datetime(2022, 1, 1, tzinfo=UTC)))
    saved = save(extraction(**given, published=datetime(2022, 1, 5, tzinfo=UTC)))
    assert saved.days == (date(2022, 1, 1), date(2022, 1, 5))


def test_items_are_accounted_for(  # noqa: PLR0913, PLR0917 - fixtures
    ledger_path: Path,
    save: Save,
    run: Run,
    article: Callable[..., Article],
    extraction: Make,
    entry: Callable[..., FeedEntry],
    poll: Callable[..., FeedPoll],
) -> None:
    save(extraction("same"), extraction("changed"), run=replace(run, run_id="r0"))

    def item(article_id: str, feed_id: str = "courier", **dropped: str) -> FetchedItem:
        fetched = None if dropped else article(article_id)
        return FetchedItem(entry=entry(article_id, feed_id), article=fetched, **dropped)

    first = Batch(
        extractions=(extraction("new"), extraction("same"), extraction("changed", text="Otherwise.")),
        items=(item("new"), item("same"), item("changed"), item("new"), item("lost")),
    )
    second = Batch(
        polls=(
            poll(articles=("new", "same", "changed", "new", "lost", "old", "later")),
            poll("mirror", ("new",)),
            poll("silent"),
        ),
        items=(
            item("old", dropped="known"),
            item("later", dropped="deferred"),
            item("new", "mirror", dropped="duplicate"),
        ),
    )
    save(batch=first)
    save(batch=second)
    with open_ledger(ledger_path) as ledger:
        balances = ledger.balances(run)
        assert balances == (
            Balance(
                feed_id="courier",
                seen=7,
                items=(
                    ("stored", 1),
                    ("revised", 1),
                    ("known", 2),
                    ("duplicate", 1),
                    ("deferred", 1),
                    ("failed", 1),
                ),
            ),
            Balance(feed_id="mirror", seen=1, items=(("duplicate", 1),)),
            Balance(feed_id="silent", seen=0),
        )
        assert all(balance.is_balanced for balance in balances)
        assert ledger.balances(replace(run, run_id="r0")) == ()
        assert ledger.integrity() == ()


def test_feed_states_come_back_as_they_were(ledger_path: Path, save: Save, poll: Callable[..., FeedPoll]) -> None:
    warnings = (Issue(code="silent", detail="nothing for a day"), Issue(code="moved", detail="https://new.example/"))
    first = poll(
        failures=3,
        due_at=LATER,
        newest_item_at=LATER,
        succeeded_at=LATER,
        detail="late",
        body_sha256="00",
        last_modified="yesterday",
        url="https://courier.example/rss",
        adopted_url="https://courier.example/feed",
        redirect_url="https://new.example/",
        redirects=2,
        document_url="https://courier.example/news.xml",
        retry_at=LATER,
        interval_s=1500.5,
        trouble=1.25,
        gones=1,
        empties=4,
        items=30,
        size_bytes=2**40,
        usual_gap_s=3600.0,
        warnings=warnings,
    )
    assert all(getattr(first.state, field.name) for field in fields(FeedState))
    save(batch=Batch(polls=(first, poll("mirror", warnings=warnings[1:]))))
    with open_ledger(ledger_path) as ledger:
        assert ledger.feed_states()["courier"] == first.state
    second = poll(succeeded_at=LATER)
    save(batch=Batch(polls=(second,)), run=Run(run_id="r2", flow="monitor", started_at=LATER))
    with open_ledger(ledger_path) as ledger:
        assert ledger.feed_states() == {"courier": second.state, "mirror": poll("mirror", warnings=warnings[1:]).state}


def test_a_run_is_entered_once_and_finished(ledger_path: Path, run: Run, published: Path) -> None:
    with open_ledger(ledger_path) as ledger:
        ledger.begin(run)
        unfinished = Run(run_id="r2", flow="seed", started_at=LATER)
        ledger.begin(unfinished)
        ledger.finish(
            RunReport(
                run=run,
                finished_at=LATER,
                added=Counts(articles=5, topics=7),
                revised=2,
                feeds_ok=3,
                feeds_failed=1,
                balances=(),
                days=(date(2024, 3, 6), date(2024, 3, 7)),
            )
        )
    publish(ledger_path, published)
    status = read_status(published)
    assert [(one.run_id, one.finished_at, one.articles_added) for one in status.runs] == [
        ("r2", None, None),
        ("r1", LATER, 5),
    ]
    assert (status.runs[1].articles_revised, status.runs[1].feeds_ok, status.runs[1].feeds_failed) == (2, 3, 1)
    with attached(ledger_path) as con:
        found = con.execute("SELECT topics_added, digest_dates FROM runs WHERE run_id = 'r1'").fetchall()
    assert found == [(7, [date(2024, 3, 6), date(2024, 3, 7)])]


def test_the_zone_of_a_time_does_not_matter(ledger_path: Path, save: Save, extraction: Make) -> None:
    eastern = datetime(2024, 3, 6, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
    save(extraction(published=eastern))
    (loaded,) = load(ledger_path, ("a1", 1))
    assert loaded.article.published == eastern
    assert loaded.article.published.tzinfo is UTC
