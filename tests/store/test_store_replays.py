"""Reading anew what is stored: what is stale, and what takes its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from newsledger.records.extraction import Extraction
from newsledger.records.run import FactExample, FactsDiff, Replay, Rereading, Run, Saved
from newsledger.records.versions import Versions
from store import diff_of, open_ledger, total
from store.database import attached
from store.diffs.totals import EXAMPLES
from tests.store.toy_reader import read

if TYPE_CHECKING:
    from pathlib import Path

LATER = datetime(2024, 3, 9, 1, tzinfo=UTC)
REPLAY = Run(run_id="r2", flow="reprocess", started_at=LATER)
UTC_ZONE = ZoneInfo("UTC")
Save = Callable[..., Saved]
Make = Callable[..., Extraction]


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with attached(path) as con:
        return con.execute(query).fetchall()


def replayed(path: Path, *readings: Extraction, run: Run = REPLAY) -> Saved:
    """Put readings in the place of what is stored of their revisions."""
    keys = [(one.article.article_id, one.article.revision) for one in readings]
    with open_ledger(path) as ledger:
        ledger.begin(run)
        facts = total(diff_of(before, after) for before, after in zip(ledger.load(keys), readings, strict=True))
        return ledger.replace(Rereading(extractions=readings, facts=facts), run, UTC_ZONE, LATER)


def stale(path: Path, versions: Versions, **what: Any) -> tuple[tuple[str, int], ...]:  # noqa: ANN401 - fields of Replay
    with open_ledger(path) as ledger:
        return ledger.stale(versions, Replay(**what), ZoneInfo("Europe/Minsk"))


def test_every_revision_that_another_extractor_read_is_stale(ledger_path: Path, save: Save, extraction: Make) -> None:
    save(extraction("a1"), extraction("a2", extractor="x2"), extraction("a3"))
    save(extraction("a1", text="The meeting was put off."), now=LATER)
    assert stale(ledger_path, Versions("x2")) == (("a1", 1), ("a3", 1), ("a1", 2))
    assert stale(ledger_path, Versions("x1")) == (("a2", 1),)


def test_days_are_those_of_publication_else_of_storing_in_the_zone(
    ledger_path: Path, save: Save, extraction: Make
) -> None:
    late = datetime(2024, 3, 1, 22, 30, tzinfo=UTC)  # in Minsk the day after
    save(extraction("a1", published=late), extraction("a2", published=None, published_from="unknown"))
    x2 = Versions("x2")
    assert stale(ledger_path, x2, until=date(2024, 3, 1)) == ()
    assert stale(ledger_path, x2, since=date(2024, 3, 2), until=date(2024, 3, 2)) == (("a1", 1),)
    assert stale(ledger_path, x2, since=date(2024, 3, 3)) == (("a2", 1),)
    assert stale(ledger_path, x2, since=date.min, until=date.max) == (("a1", 1), ("a2", 1))


def test_an_older_revision_is_replaced_and_stays_the_older_one(ledger_path: Path, save: Save, extraction: Make) -> None:
    first = extraction("a1")
    save(first)
    save(extraction("a1", text="The meeting was put off."), now=LATER)
    fewer = replace(first, extractor="x2", events=first.events[:1])
    assert replayed(ledger_path, fewer).replaced == 1
    with open_ledger(ledger_path) as ledger:
        assert ledger.load([("a1", 1)]) == (fewer,)
        assert ledger.integrity() == ()
    assert rows(ledger_path, "SELECT revision, is_newest, run_id, extracted_run_id FROM articles ORDER BY 1") == [
        (1, False, "r1", "r2"),
        (2, True, "r1", "r1"),
    ]


def test_the_diff_of_facts_is_kept_batch_by_batch(ledger_path: Path, save: Save, extraction: Make) -> None:
    made = [extraction(name) for name in ("a1", "a2")]
    save(*made)
    for one in made:
        replayed(ledger_path, replace(one, extractor="x2", events=one.events[:1], topics=()))
    assert rows(ledger_path, "FROM replay_counts WHERE record_type IN ('event', 'topic') ORDER BY ALL") == [
        ("r2", "event", "lost", 2),
        ("r2", "event", "same", 2),
        ("r2", "topic", "lost", 4),
    ]
    assert rows(
        ledger_path, "SELECT * EXCLUDE (no) FROM replay_examples WHERE record_type = 'event' ORDER BY article_id"
    ) == [
        ("r2", name, 1, "event", "lost", "AGREE Olga Lind → Ivan Petrov, Port Aster (planned)", None)
        for name in ("a1", "a2")
    ]
    assert rows(ledger_path, "SELECT min(no), max(no), count(*) FROM replay_examples") == [(1, 4, 4)]


def test_another_reading_of_the_page_is_no_edit(ledger_path: Path, save: Save, extraction: Make) -> None:
    save(extraction("a1", text="Home | News. One. Two."))
    save(extraction("a1", text="Home | News. One. Three."))
    with open_ledger(ledger_path) as ledger:
        first, second = ledger.load([("a1", 1), ("a1", 2)])
    cleaned = [
        replace(
            one,
            sentences=(),
            article=replace(one.article, text=one.article.text.removeprefix("Home | News. "), title="Said"),
        )
        for one in (first, second)
    ]
    replayed(ledger_path, cleaned[0])
    replayed(ledger_path, cleaned[1])
    with open_ledger(ledger_path) as ledger:
        assert ledger.load([("a1", 1), ("a1", 2), ("a1", 3)]) == tuple(cleaned)
        assert ledger.integrity() == ()
    assert rows(ledger_path, "SELECT revision, field, before, after FROM article_changes") == [
        (2, "text", "Two.", "Three.")
    ]
    assert rows(ledger_path, "SELECT text_chars FROM articles ORDER BY revision") == [(9,), (11,)]
    save(extraction("a1", text="One. Three.", title="Said"))
    assert rows(ledger_path, "SELECT count(*) FROM articles") == [(2,)], "the live reader reads the same"


def test_lone_surrogates_of_a_page_become_replacement_characters(
    ledger_path: Path, save: Save, extraction: Make
) -> None:
    save(extraction("a1", text="Ships leave."))
    broken = extraction("a1", text="Ships \ud83d leave.", extractor="x2")
    replayed(ledger_path, broken)
    assert rows(ledger_path, "SELECT text FROM article_text") == [("Ships \ufffd leave.",)]


def test_a_replay_compares_revisions_that_another_version_had_read(ledger_path: Path, save: Save) -> None:
    first, second = (
        replace(one, article=replace(one.article, origin="feed"))
        for one in (read("12 ships came."), read("15 ships came."))
    )
    save(first)
    save(replace(second, extractor="x2"))
    assert rows(ledger_path, "FROM record_changes") == []
    replayed(ledger_path, replace(first, extractor="x2"))
    assert rows(ledger_path, "SELECT revision, kind, before, after FROM record_changes") == [
        (2, "figure_changed", "12 ships", "15 ships")
    ]


names = st.text("abc", min_size=1, max_size=3)
examples = st.builds(
    FactExample,
    article_id=names,
    revision=st.integers(1, 2),
    record_type=st.sampled_from(["event", "figure"]),
    change=st.sampled_from(["added", "lost"]),
    before=st.none(),
    after=st.just("x"),
)


@given(found=st.lists(examples, max_size=40), cut=st.integers(0, 40))
def test_examples_are_chosen_alike_in_whatever_order_they_come(found: list[FactExample], cut: int) -> None:
    diffs = [FactsDiff(examples=(one,), read=1) for one in found]
    chosen = total(diffs)
    assert total((total(reversed(diffs[cut:])), total(diffs[:cut]))) == chosen
    for key in {(one.record_type, one.change) for one in found}:
        of_key = [one.article_id for one in chosen.examples if (one.record_type, one.change) == key]
        available = {one.article_id for one in found if (one.record_type, one.change) == key}
        assert len(of_key) == len(set(of_key)) == min(EXAMPLES, len(available))
