"""v_stories, v_storylines, stories_at() and kin: who tells a story, how many on their own, what a day makes of it."""

from __future__ import annotations

import pytest

from tests.store.sketch import Sketch


@pytest.fixture
def store() -> Sketch:
    """A story of three days: an agency's text and its copy, then another outlet with news, then a copy alone."""
    store = Sketch()
    store.add("sources", source_id="courier", name="Courier", kind="independent")
    store.add("sources", source_id="gazette", name="Gazette", kind="state")
    store.add("entities", entity_id="tass", name="TASS", known_at="2024-01-01")
    told(store, "a", "2024-03-01 08:00", "courier", origin="tass", title="Ships sail", language="en")
    told(store, "b", "2024-03-01 09:00", "gazette", origin="tass", copy_of="a", title="Sail they did", language="ru")
    told(store, "c", "2024-03-02 07:00", "gazette", origin="gazette", title="One is back", language="ru")
    told(store, "d", "2024-03-03 07:00", "elsewhere", origin="tass", copy_of="a", title="Ships sail")
    return store


def told(store: Sketch, article_id: str, moment: str, source: str = "courier", **given: object) -> None:
    """Add an article and its place: in the story s-1, with its source as origin, unless another is given."""
    place = {name: given.pop(name, None) for name in ("copy_of", "origin", "story")}
    store.article(article_id, moment, source=source, **given)
    store.add(
        "story_articles",
        article_id=article_id,
        revision=1,
        story_id=place["story"] or "s-1",
        copy_of=place["copy_of"],
        origin_id=place["origin"] or source,
        digest_at=moment,
    )


def state(store: Sketch, day: int, story_id: str = "s-1") -> object:
    """Give the state of a story on a day of March 2024, None where no digest speaks of it."""
    found = store.rows(
        f"SELECT state FROM stories_at('2024-03-{day:02}', '2024-03-{day + 1:02}') WHERE story_id = '{story_id}'"
    )
    return found[0][0] if found else None


def test_a_story_counts_independent_sources_apart_from_copies(store: Sketch) -> None:
    found = store.one("FROM v_stories")
    assert found["story_id"] == "s-1"
    assert (found["articles"], found["copies"], found["independent_sources"]) == (4, 2, 2)
    assert found["sources"] == ["Courier", "Gazette", "elsewhere"]
    assert found["source_kinds"] == ["independent", "state", "unknown"]
    assert found["languages"] == ["en", "ru"]
    assert (str(found["first_at"]), str(found["last_at"])) == ("2024-03-01 08:00:00", "2024-03-03 07:00:00")


def test_the_first_original_of_the_last_day_names_a_story(store: Sketch) -> None:
    told(store, "e", "2024-03-03 09:00", title="All are back", url="https://courier.example/e")
    told(store, "f", "2024-03-03 10:00", title="A later one")
    found = store.one("SELECT headline, url FROM v_stories")
    assert found == {"headline": "All are back", "url": "https://courier.example/e"}


def test_the_newest_days_have_whole_stories(store: Sketch) -> None:
    told(store, "late", "2024-03-20 08:00", story="s-2")
    assert store.rows("SELECT story_id, articles FROM stories_told(days := 3)") == [("s-2", 1)]
    assert store.rows("SELECT story_id, articles FROM stories_told(days := 18) ORDER BY ALL") == [
        ("s-1", 4),
        ("s-2", 1),
    ]


def test_a_storyline_tells_how_many_had_it_day_by_day(store: Sketch) -> None:
    assert store.rows(
        "SELECT story_date::VARCHAR, day_no, articles, copies, articles_so_far, independent_so_far "
        "FROM v_storylines ORDER BY story_date"
    ) == [("2024-03-01", 1, 2, 1, 2, 1), ("2024-03-02", 2, 1, 0, 3, 2), ("2024-03-03", 3, 1, 1, 4, 2)]


def test_places_have_the_names_of_origin_and_source(store: Sketch) -> None:
    assert store.rows("SELECT article_id, copy_of, origin, source FROM v_story_articles ORDER BY ALL") == [
        ("a", None, "TASS", "Courier"),
        ("b", "a", "TASS", "Gazette"),
        ("c", None, "Gazette", "Gazette"),
        ("d", "a", "TASS", "elsewhere"),
    ]


def test_a_change_names_the_headlines_that_moved(store: Sketch) -> None:
    store.add(
        "story_changes", run_id="r1", no=1, kind="merged", story_id="s-1", other_id="s-2",
        article_ids=["b", "gone", "a"], changed_at="2024-03-04",
    )  # fmt: skip
    assert store.rows("SELECT articles, titles FROM v_story_changes") == [(3, ["Sail they did", "Ships sail"])]


def test_coverage_has_stories_beside_topics(store: Sketch) -> None:
    store.add("topics", article_id="a", revision=1, no=1, topic="trade", score=1.0)
    found = store.rows("SELECT subject_type, subject, source_kind, articles FROM v_coverage ORDER BY ALL")
    assert found == [
        ("story", "s-1", "independent", 1), ("story", "s-1", "state", 1), ("story", "s-1", "state", 1),
        ("story", "s-1", "unknown", 1), ("topic", "trade", "independent", 1),
    ]  # fmt: skip


def test_a_story_is_new_goes_on_falls_quiet_and_ends(store: Sketch) -> None:
    states = [state(store, day) for day in range(1, 9)]
    # Without records none of its days brings news; the last article is of the third.
    assert states == ["new", "continuing", "continuing", "quiet", "quiet", "quiet", "ended", None]
    assert store.rows("FROM stories_at('2024-02-28', '2024-02-29')") == []


@pytest.mark.parametrize(
    ("table", "known", "news"),
    [
        ("event", {"type": "CONSULT"}, {"type": "SANCTION"}),
        ("event", {"status": "planned"}, {"status": "occurred"}),
        ("event", {"start_date": "2024-02-01"}, {"start_date": "2024-02-02"}),
        ("event", {"actor_names": ["Lind"]}, {"actor_names": ["Ost"]}),
        ("figure", {"value": 3.0}, {"value": 4.0}),
        ("statement", {"content_text": "We agreed on 12 ships."}, {"content_text": "We agreed on 13 ships."}),
    ],
)
def test_another_record_updates_a_story_and_the_same_one_does_not(
    store: Sketch, table: str, known: dict[str, object], news: dict[str, object]
) -> None:
    record(store, table, "a", known)
    record(store, table, "c", known)
    assert state(store, 2) == "continuing"
    record(store, table, "c", news)
    assert state(store, 2) == "updated"
    record(store, table, "d", {"event": {"type": "AID"}, "figure": {"value": 9.0}}.get(table, {"content_text": "So."}))
    assert state(store, 3) == "continuing", "a copy brings no news"


def record(store: Sketch, table: str, article_id: str, given: dict[str, object]) -> None:
    if table == "event":
        store.event(article_id, str(given.get("type", "CONSULT")), str(given.get("status", "occurred")), **{
            name: value for name, value in given.items() if name not in {"type", "status"}
        })  # fmt: skip
    elif table == "figure":
        store.figure(article_id, **given)
    else:
        store.add("statements", article_id=article_id, revision=1, statement_id=f"s{given}", **given)


def test_words_that_differ_in_case_and_marks_alone_say_the_same(store: Sketch) -> None:
    record(store, "statement", "a", {"content_text": "We agreed, on 12 ships"})
    record(store, "statement", "c", {"content_text": "we agreed on “12” ships."})
    assert state(store, 2) == "continuing"


def test_a_day_sees_nothing_of_the_days_after_it(store: Sketch) -> None:
    before = store.rows("FROM stories_at('2024-03-02', '2024-03-03')")
    told(store, "late", "2024-03-05 08:00", title="Much later")
    assert store.rows("FROM stories_at('2024-03-02', '2024-03-03')") == before
    first = store.one("FROM stories_at('2024-03-01', '2024-03-02')")
    assert (first["articles"], first["copies"], first["independent"], first["lead"]) == (2, 1, 1, "a")
    store.con.execute("UPDATE story_articles SET copy_of = 'late' WHERE article_id = 'a'")
    assert store.one("FROM stories_at('2024-03-01', '2024-03-02')")["lead"] == "a", "its original was not told then"


def test_a_day_counts_beside_the_days_before(store: Sketch) -> None:
    found = store.one("FROM stories_at('2024-03-02', '2024-03-03')")
    assert (found["articles"], found["articles_before"], found["articles_total"]) == (1, 2, 3)
    assert (found["independent"], found["independent_before"]) == (2, 1)
    assert found["days"] == [0, 0, 0, 0, 0, 2, 1]
    assert (found["lead"], found["headline"]) == ("c", "One is back")
    assert (found["kinds"], found["languages"]) == (["independent", "state"], ["en", "ru"])


def test_an_article_that_was_revised_is_told_again_on_that_day_and_counted_once(store: Sketch) -> None:
    store.con.execute("UPDATE articles SET is_newest = FALSE WHERE article_id = 'a'")
    store.article("a", "2024-03-05 08:00", revision=2, title="Ships sailed")
    found = store.one("FROM stories_at('2024-03-05', '2024-03-06')")
    assert (found["state"], found["articles"], found["articles_total"]) == ("continuing", 1, 4)
    assert found["headline"] == "Ships sailed"
    assert store.one("FROM stories_at('2024-03-01', '2024-03-02')")["headline"] == "Ships sail"


def test_a_day_of_another_zone_ends_where_it_is_told_to(store: Sketch) -> None:
    told(store, "edge", "2024-03-01 21:00:00")
    assert store.rows("SELECT articles FROM stories_at('2024-02-29 21:00', '2024-03-01 21:00')") == [(2,)]
    found = store.rows("SELECT articles, articles_before FROM stories_at('2024-03-01 21:00', '2024-03-02 21:00')")
    assert found == [(2, 2)]
