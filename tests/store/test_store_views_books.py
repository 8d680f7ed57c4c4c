"""v_coverage, v_edits and v_health: who reports on what, who changes what, and how the feeds fare."""

from __future__ import annotations

import pytest

from tests.store.sketch import Sketch


@pytest.fixture
def store() -> Sketch:
    made = Sketch()
    for source, kind in (("courier", "independent"), ("herald", "independent"), ("gazette", "state")):
        made.add("sources", source_id=source, name=source.title(), kind=kind)
    return made


def test_coverage_tells_the_share_of_what_a_kind_of_source_published(store: Sketch) -> None:
    for name, source, topics in (
        ("a", "courier", ["trade", "energy"]),
        ("b", "courier", ["trade"]),
        ("c", "herald", ["trade"]),
        ("d", "herald", []),
        ("e", "gazette", ["energy"]),
        ("f", "passer-by", ["energy"]),
    ):
        store.article(name, "2024-03-10 09:00", source=source)
        for topic in topics:
            store.add("topics", article_id=name, revision=1, topic=topic)
    store.article("former", "2024-03-10 09:00", is_newest=False)
    store.add("topics", article_id="former", revision=1, topic="trade")
    found = store.rows(
        "SELECT subject_type, subject, source_kind, articles, sources, articles_of_kind, share "
        "FROM v_coverage ORDER BY ALL"
    )
    assert found == [
        ("topic", "energy", "independent", 1, 1, 4, 0.25),
        ("topic", "energy", "state", 1, 1, 1, 1.0),
        ("topic", "energy", "unknown", 1, 1, 1, 1.0),
        ("topic", "trade", "independent", 3, 2, 4, 0.75),
    ]


def test_coverage_is_by_day(store: Sketch) -> None:
    for name, day in (("a", "2024-03-10 23:59"), ("b", "2024-03-11 00:00")):
        store.article(name, day)
        store.add("topics", article_id=name, revision=1, topic="trade")
    found = store.rows("SELECT published_date::VARCHAR, articles, articles_of_kind FROM v_coverage ORDER BY ALL")
    assert found == [("2024-03-10", 1, 1), ("2024-03-11", 1, 1)]


@pytest.mark.parametrize(
    ("field", "before", "after", "kind"),
    [
        ("title", "Old", "New", "headline_changed"),
        ("text", "Old.", "New.", "passage_changed"),
        ("text", None, "New.", "passage_added"),
        ("text", "Old.", None, "passage_removed"),
        ("rewritten", "4", "9", "text_rewritten"),
        ("authors", "Ann", None, "authors_changed"),
    ],
)
def test_edits_of_articles(store: Sketch, field: str, before: str | None, after: str | None, kind: str) -> None:
    store.article("a", "2024-03-10 09:00", is_newest=False)
    store.article("a", "2024-03-10 09:00", revision=2, title="New", url="u", stored_at="2024-03-11 08:00")
    store.add("article_changes", article_id="a", revision=2, field=field, before=before, after=after)
    row = store.one("SELECT *, former_at::VARCHAR AS former, revised_at::VARCHAR AS revised FROM v_edits")
    assert (row["record_type"], row["kind"], row["before"], row["after"]) == ("article", kind, before, after)
    assert (row["former"], row["revised"]) == ("2024-03-10 09:00:00", "2024-03-11 08:00:00")
    assert (row["source"], row["title"], row["url"]) == ("Courier", "New", "u")


def test_edits_of_records(store: Sketch) -> None:
    for revision in (1, 2, 3):
        store.article("a", "2024-03-10", revision=revision, is_newest=revision == 3)
    store.add(
        "record_changes",
        article_id="a", revision=2, kind="figure_changed", record_type="figure", before="12 ships", after="15 ships",
        before_char_start=5, before_char_end=13, after_char_start=6, after_char_end=14,
    )  # fmt: skip
    row = store.one("FROM v_edits")
    assert (row["revision"], row["kind"], row["before"], row["after"]) == (2, "figure_changed", "12 ships", "15 ships")
    assert (row["record_type"], row["before_char_start"], row["after_char_end"]) == ("figure", 5, 14)


def test_health_of_a_feed_and_its_books(store: Sketch) -> None:
    store.add(
        "feeds", feed_id="courier", outcome="ok", succeeded_at="2024-03-10 08:00", newest_item_at="2024-03-10 07:00"
    )
    for run, hour, outcome, seen in (("r1", 7, "ok", 1), ("r2", 8, "ok", 9), ("r3", 9, "not_due", 0)):
        store.add(
            "polls", run_id=run, feed_id="courier", polled_at=f"2024-03-10 0{hour}:00", outcome=outcome,
            items_seen=seen, items_resumed=1,
        )  # fmt: skip
    for disposition, items in (
        ("stored", 2),
        ("revised", 1),
        ("known", 3),
        ("duplicate", 1),
        ("deferred", 1),
        ("blocked", 2),
    ):
        store.add("item_ledger", run_id="r2", feed_id="courier", disposition=disposition, items=items)
    for no, code in enumerate(("silent", "thin"), start=1):
        store.add("feed_warnings", feed_id="courier", no=no, code=code, detail="look")
    row = store.one("FROM v_health")
    assert (row["feed"], row["source_kind"], row["outcome"], row["failures"]) == ("Courier", "independent", "ok", 0)
    assert (row["run_id"], row["items_seen"], row["items_resumed"], row["is_balanced"]) == ("r2", 9, 1, True)
    assert [row[f"items_{what}"] for what in ("stored", "known", "deferred", "dropped")] == [3, 4, 1, 2]
    assert row["warnings"] == ["silent: look", "thin: look"]


def test_health_tells_books_that_do_not_balance_and_feeds_never_asked(store: Sketch) -> None:
    for feed in ("courier", "herald"):
        store.add("feeds", feed_id=feed)
    store.add("polls", run_id="r1", feed_id="courier", polled_at="2024-03-10", outcome="ok", items_seen=2)
    store.add("item_ledger", run_id="r1", feed_id="courier", disposition="stored", items=1)
    found = store.rows("SELECT feed_id, is_balanced, articles_1d, median_7d, warnings FROM v_health ORDER BY ALL")
    assert found == [("courier", False, 0, 0, []), ("herald", None, 0, 0, [])]


def test_health_compares_the_last_day_with_the_week_before(store: Sketch) -> None:
    store.add("feeds", feed_id="courier")
    for day, articles in ((3, 9), (4, 4), (5, 1), (6, 3), (9, 2), (10, 5)):
        for number in range(articles):
            store.article(f"{day}/{number}", f"2024-03-{day:02} 12:00")
    store.article("3/0", "2024-03-10 12:00", revision=2)
    # The last day holds 5; the seven before it 2 0 0 3 1 4 9 (the 9th back to the 3rd), whose median is 2.
    assert store.rows("SELECT articles_1d, median_7d FROM v_health") == [(5, 2)]
