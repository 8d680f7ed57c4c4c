"""Which stories matter most, and what is read in full to tell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.digest.ranking import READ, ranked, select, told_in_full
from newsledger.records.config import DigestPolicy, Weights
from newsledger.records.day import ArticleRow, DayView, EditRow, StoryRow, WatchRow

if TYPE_CHECKING:
    from conftest import Newsroom

NOON = datetime(2031, 3, 12, 12, tzinfo=UTC)


def article(id_: str, story: str | None, **more: object) -> ArticleRow:
    known: dict[str, Any] = {"told_at": NOON, "origin": "nna", "records": 3}
    return ArticleRow(
        article_id=id_,
        revision=1,
        source="nna",
        title=f"Title of {id_}",
        url=None,
        language="en",
        published=NOON,
        published_from="feed",
        text_from="page",
        story_id=story,
        **{**known, **more},
    )


def story(id_: str, **more: object) -> StoryRow:
    known: dict[str, Any] = {"state": "new", "articles": 1, "articles_before": 0, "articles_total": 1, "copies": 0}
    known |= {
        "first_at": NOON,
        "last_at": NOON,
        "independent": 1,
        "independent_before": 0,
        "lead": f"{id_}-1",
        "headline": None,
    }
    return StoryRow(story_id=id_, **{**known, **more})


def day(newsroom: Newsroom, stories: tuple[StoryRow, ...], *articles: ArticleRow, **more: object) -> DayView:
    rows: dict[str, Any] = {"stories": stories, "articles": articles, **more}
    return replace(newsroom.day_of(), **rows)


def parts(view: DayView) -> dict[str, float]:
    return dict(ranked(view, Weights())[0].parts)


@pytest.mark.parametrize(
    ("rows", "low", "high"),
    [
        ({"name": "sources", "few": {"independent": 1}, "many": {"independent": 16}}, 0.2446, 1.0),
        ({"name": "sources", "few": {"independent": 2}, "many": {"independent": 400}}, 0.3878, 1.0),
        ({"name": "growth", "few": {"articles_before": 9}, "many": {"articles": 30}}, 0.0, 1.0),
        ({"name": "growth", "few": {"articles_before": 1}, "many": {"articles": 2}}, 0.0, 0.25),
    ],
)
def test_origins_and_growth_count_by_their_logarithm(
    newsroom: Newsroom, rows: dict[str, Any], low: float, high: float
) -> None:
    def value(of: dict[str, Any]) -> float:
        return parts(day(newsroom, (story("s", **of),), article("s-1", "s")))[rows["name"]]

    assert value(rows["few"]) == pytest.approx(low, abs=1e-4)
    assert value(rows["many"]) == pytest.approx(high, abs=1e-4)


def test_relevance_is_that_of_the_best_original_and_intensity_that_of_the_strongest_deed(newsroom: Newsroom) -> None:
    articles = (
        article("s-1", "s", relevance=0.2, intensity=-4.0),
        article("s-2", "s", relevance=0.5),
        article("s-3", "s", relevance=0.9, copy_of="s-1"),
    )
    found = parts(day(newsroom, (story("s"),), *articles))
    assert (found["relevance"], found["intensity"]) == (0.5, 0.4)
    assert parts(day(newsroom, (story("s"),), article("s-1", "s")))["relevance"] == 1.0


def test_what_a_watch_hits_weighs_more(newsroom: Newsroom) -> None:
    def hit(*, is_hit: bool) -> WatchRow:
        return WatchRow(name="w", counted="articles", count=1, more_than=0, is_hit=is_hit, articles=("b-1",))

    stories, articles = (story("a"), story("b")), (article("a-1", "a"), article("b-1", "b"))
    calm = day(newsroom, stories, *articles, watch=(hit(is_hit=False),))
    alarmed = day(newsroom, stories, *articles, watch=(hit(is_hit=True),))
    assert [one.row.story_id for one in ranked(calm, Weights())] == ["a", "b"]
    assert [one.row.story_id for one in ranked(alarmed, Weights())] == ["b", "a"]


def test_the_weights_of_the_config_decide(newsroom: Newsroom) -> None:
    view = day(
        newsroom,
        (story("many", independent=8), story("grave")),
        article("many-1", "many"),
        article("grave-1", "grave", intensity=-10.0),
    )
    nothing = {"sources": 0.0, "growth": 0.0, "relevance": 0.0, "intensity": 0.0, "watched": 0.0}
    for name, first in (("sources", "many"), ("intensity", "grave")):
        order = ranked(view, Weights(**{**nothing, name: 1.0}))
        assert order[0].row.story_id == first
        assert order[0].weight == pytest.approx(dict(order[0].parts)[name], abs=1e-4)


def test_who_is_reliable_does_not_decide(newsroom: Newsroom) -> None:
    def weight(*kinds: str) -> float:
        return ranked(day(newsroom, (story("s", kinds=kinds),), article("s-1", "s")), Weights())[0].weight

    assert weight("state") == weight("independent", "wire")


def test_equals_stand_in_one_order_however_they_come(newsroom: Newsroom) -> None:
    stories = (story("a"), story("b"), story("c", first_at=NOON - timedelta(hours=1)))
    articles = tuple(article(f"{one.story_id}-1", one.story_id) for one in stories)
    orders = {
        tuple(one.row.story_id for one in ranked(day(newsroom, order, *articles), Weights()))
        for order in permutations(stories)
    }
    assert orders == {("c", "a", "b")}


def test_only_what_has_news_is_told_in_full(newsroom: Newsroom) -> None:
    stories = (
        story("new"),
        story("updated", state="updated", articles_total=2),
        story("same", state="continuing", articles_total=2, independent_before=1),
        story("confirmed", state="continuing", articles_total=2, independent=2, independent_before=1),
        story("edited", state="continuing", articles_total=2, independent_before=1),
        story("watched", state="continuing", articles_total=2, independent_before=1),
        story("gone", state="quiet", articles=0),
    )
    articles = [article(f"{one.story_id}-1", one.story_id) for one in stories[:-1]]
    edit = EditRow(
        article_id="edited-1",
        revision=1,
        revised_at=NOON,
        former_at=NOON,
        source=None,
        title=None,
        url=None,
        record_type="article",
        kind="headline",
    )
    watch = WatchRow(name="w", counted="articles", count=1, more_than=0, is_hit=True, articles=("watched-1",))
    view = day(newsroom, stories, *articles, edits=(edit,), watch=(watch,))
    told = {one.row.story_id for one in told_in_full(view, DigestPolicy())}
    assert told == {"new", "updated", "confirmed", "edited", "watched"}
    chosen = select(view, DigestPolicy())
    assert set(chosen.articles) == {f"{name}-1" for name in told}
    assert set(chosen.stories) == told - {"new"}


def test_as_many_stories_as_the_policy_says(newsroom: Newsroom) -> None:
    stories = tuple(story(f"s{n:02}") for n in range(30))
    view = day(newsroom, stories, *(article(f"{one.story_id}-1", one.story_id) for one in stories))
    assert [len(told_in_full(view, DigestPolicy(stories=most))) for most in (1, 10, 30)] == [1, 10, 30]


def test_originals_of_many_origins_are_read_the_one_that_names_the_story_first(newsroom: Newsroom) -> None:
    rich = [article(f"rich-{n:02}", "s", records=50) for n in range(20)]
    others = [article(f"other-{n}", "s", records=1, origin=f"origin-{n}") for n in range(5)]
    copies = [article(f"copy-{n}", "s", records=99, copy_of="rich-00") for n in range(5)]
    view = day(newsroom, (story("s", lead="rich-19"),), *copies, *rich, *others)
    chosen = select(view, DigestPolicy()).articles
    assert len(chosen) == READ
    assert chosen[0] == "rich-19"
    assert set(chosen) >= {one.article_id for one in others}
    assert not set(chosen) & {one.article_id for one in copies}


def test_a_copy_of_another_days_article_is_read(newsroom: Newsroom) -> None:
    view = day(newsroom, (story("s"),), article("s-1", "s", copy_of="of-yesterday"))
    assert select(view, DigestPolicy()).articles == ("s-1",)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 40),
            st.integers(0, 40),
            st.floats(-10, 10),
            st.one_of(st.none(), st.floats(0, 1)),
            st.booleans(),
        ),
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_part_lies_between_0_and_1_and_makes_the_weight(
    newsroom: Newsroom, found: list[tuple[int, int, float, float | None, bool]]
) -> None:
    stories = tuple(
        story(f"s{n}", articles=articles, articles_before=before, independent=articles)
        for n, (articles, before, *_) in enumerate(found)
    )
    rows = [
        article(f"s{n}-1", f"s{n}", intensity=intensity, relevance=relevance)
        for n, (_, _, intensity, relevance, _) in enumerate(found)
    ]
    hits = tuple(f"s{n}-1" for n, one in enumerate(found) if one[-1])
    watch = WatchRow(name="w", counted="articles", count=len(hits), more_than=0, is_hit=True, articles=hits)
    weights = Weights()
    order = ranked(day(newsroom, stories, *rows, watch=(watch,)), weights)
    assert {one.row.story_id for one in order} == {one.story_id for one in stories}
    for one in order:
        assert all(0 <= value <= 1 for _, value in one.parts)
        assert one.weight == pytest.approx(sum(getattr(weights, name) * value for name, value in one.parts), abs=1e-3)
    assert [one.weight for one in order] == sorted((one.weight for one in order), reverse=True)
