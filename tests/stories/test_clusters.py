from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.records.stories import (
    StoryCandidate,
    StoryChange,
    StoryDecision,
    StoryDecisionKind,
    StoryPlace,
    StoryReading,
)
from newsledger.stories import tell_stories
from newsledger.stories.changes import new_id

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)


def paragraphs(text: str) -> list[str]:
    return text.strip().split("\n\n")


# Two presidents meet twice within a week: once on gas in Marnau, once on a bridge in Veld.
GAS = paragraphs("""\
President Arno Tellman received his Kestrian counterpart Ilva Doran in Marnau on Monday to settle the price of gas.
Tellman said Ostrava would sell 12 billion cubic metres a year at 310 dollars, and that the contract runs until 2031.
Doran called the price fair. The pipeline under the Sund carries most of the gas that Kestria burns.

Ostrava and Kestria have agreed on gas. After talks in Marnau, Arno Tellman and Ilva Doran signed a contract over 12
billion cubic metres a year. The price of 310 dollars is well below that of the market, said Energy Minister Petra
Holm. Kestria gets the gas through the Sund pipeline.

MARNAU - A gas contract that runs until 2031 was signed here on Monday by Ilva Doran and Arno Tellman. Kestria will
pay 310 dollars, Energy Minister Petra Holm said, for 12 billion cubic metres a year.
""")
BRIDGE = paragraphs("""\
Arno Tellman and Ilva Doran opened the Lund bridge near Veld on Friday. The bridge is 2,400 metres long and cost 95
million crowns. Tellman cut the ribbon, Doran drove across first in a lorry. Mayor Gert Sanne spoke of a day that Veld
had waited for since the ferry Hanna sank.

Veld has its bridge. With 2,400 metres it is the longest over the Lund, and lorries no longer wait for the ferry,
Mayor Gert Sanne said at the opening by Presidents Tellman and Doran. The 95 million crowns came from both states.

The Lund bridge at Veld was opened by the presidents of Ostrava and Kestria. Gert Sanne, the mayor, thanked Ilva Doran
and Arno Tellman. It cost 95 million crowns and spans 2,400 metres.
""")
FLOOD = paragraphs("""\
Floods in the valley of the Orn killed 14 people on Tuesday, the rescue service of Brekka said. Some 3,000 people left
their homes after the dam at Skarn broke. Soldiers with boats search for 6 people who are missing.

The dam at Skarn broke in the night and the Orn flooded Brekka. Rescue workers found 14 bodies; 3,000 people had to
leave. Governor Nils Aker promised help and asked the army for boats.

Brekka counts its dead: 14 people lost their lives when the Skarn dam gave way. Governor Nils Aker said that 3,000
people are in shelters along the Orn.
""")
# The same presidents speak by telephone two days after the first meeting, on another matter.
CALL = paragraphs("""\
Arno Tellman telephoned Ilva Doran on Wednesday. The call was about the fire in the woods of Haver, said the press
office in Ostrava. Tellman offered Doran two aeroplanes.

Help against the fire in the woods of Haver: Ilva Doran spoke with Arno Tellman by telephone. Kestria asked
Ostrava for aeroplanes, and Tellman promised Doran two. The fire has reached the camp at Haver.

The woods of Haver are on fire. Aeroplanes from Ostrava will help, Tellman promised Doran on the telephone. The camp at
Haver is empty.
""")


def told(article_id: str, text: str, *, day: float | None = 0, title: str | None = None) -> StoryCandidate:
    """Make an article of so many days after the first one; without a day it has no moment."""
    moment = None if day is None else NOON + timedelta(days=day)
    return StoryCandidate(article_id=article_id, text=text, title=title, told_at=moment, source=f"paper-{article_id}")


def stories_of(reading: StoryReading) -> dict[str, str]:
    return {place.article_id: place.story_id for place in reading.places}


def known_from(reading: StoryReading) -> dict[str, StoryPlace]:
    return {place.article_id: place for place in reading.places}


def partition(reading: StoryReading) -> set[frozenset[str]]:
    by_story: dict[str, set[str]] = {}
    for article, story in stories_of(reading).items():
        by_story.setdefault(story, set()).add(article)
    return {frozenset(articles) for articles in by_story.values()}


def together(reading: StoryReading, *articles: str) -> bool:
    return len({stories_of(reading)[article] for article in articles}) == 1


WORLD = [
    *(told(f"gas-{at}", text, day=0.1 * at) for at, text in enumerate(GAS)),
    *(told(f"bridge-{at}", text, day=4 + 0.1 * at) for at, text in enumerate(BRIDGE)),
    *(told(f"flood-{at}", text, day=1 + 0.1 * at) for at, text in enumerate(FLOOD)),
]
GAS_STORY = frozenset({"gas-0", "gas-1", "gas-2"})
STORIES = {frozenset(f"{name}-{at}" for at in range(3)) for name in ("gas", "bridge", "flood")}


def decided(kind: StoryDecisionKind, one: str, other: str, day: int = 1) -> StoryDecision:
    return StoryDecision(kind=kind, articles=(one, other), decided=date(2024, 3, day))


def test_two_meetings_of_the_same_people_are_two_stories() -> None:
    assert partition(tell_stories(WORLD, {})) == STORIES


def test_a_call_two_days_after_the_meeting_of_the_same_people_is_another_story() -> None:
    articles = [*WORLD[:3], *(told(f"call-{at}", text, day=2.2 + 0.3 * at) for at, text in enumerate(CALL[:2]))]
    assert partition(tell_stories(articles, {})) == {GAS_STORY, frozenset({"call-0", "call-1"})}


def test_the_first_article_of_a_story_that_looked_like_an_older_one_follows_those_that_come_after_it() -> None:
    first = told("call-0", f"Two days after their talks on gas in Marnau: {CALL[0]}", day=2)
    alone = tell_stories([*WORLD[:3], first], known_from(tell_stories(WORLD[:3], {})))
    assert together(alone, "call-0", "gas-0"), "else this shows nothing"
    later = [told(f"call-{at}", CALL[at], day=2 + 0.1 * at) for at in (1, 2)]
    reading = tell_stories([*WORLD[:3], first, *later], known_from(alone))
    assert partition(reading) == {GAS_STORY, frozenset({"call-0", "call-1", "call-2"})}
    assert [(change.kind, change.articles) for change in reading.changes] == [("split", ("call-0",))]
    assert stories_of(reading)["gas-0"] == stories_of(alone)["gas-0"]


def test_articles_without_a_date_are_told_apart_by_what_they_say() -> None:
    undated = [told(one.article_id, one.text, day=None) for one in WORLD]
    assert partition(tell_stories(undated, {})) == STORIES


def test_a_reprint_with_another_headline_is_one_story_and_a_copy() -> None:
    first = told("a", GAS[0], title="Gas price settled in Marnau")
    reprint = told("b", GAS[0], day=1, title="Doran comes home with a bargain")
    reading = tell_stories([reprint, first], {})
    assert together(reading, "a", "b")
    assert [(place.article_id, place.copy_of) for place in reading.places] == [("a", None), ("b", "a")]


def test_other_news_on_the_same_people_stays_apart() -> None:
    trial = told(
        "trial",
        "A court in Lisk sentenced the former banker Oda Reim to 7 years for fraud. Reim had lent 40 million crowns to"
        " friends. President Arno Tellman said that he would not pardon her.",
    )
    reading = tell_stories([*WORLD, trial], {})
    assert partition(reading) == STORIES | {frozenset({"trial"})}


def test_an_article_a_week_later_is_another_story_unless_a_chain_leads_to_it() -> None:
    assert not together(tell_stories([told("a", FLOOD[0]), told("z", FLOOD[1], day=7.5)], {}), "a", "z")


def test_a_chain_of_articles_makes_one_story_of_ten_days_at_once() -> None:
    chain = [told(f"{day:02}", FLOOD[day % 3] + f" Day {day}.", day=day) for day in range(11)]
    assert len(partition(tell_stories(chain, {}))) == 1


def test_a_story_of_ten_days_keeps_its_id() -> None:
    known: dict[str, StoryPlace] = {}
    window: list[StoryCandidate] = []
    for day in range(11):
        text = f"{FLOOD[day % 3]} On day {day + 1} the water stood at {190 - 7 * day} centimetres."
        window = [*(one for one in window if int(one.article_id) >= day - 7), told(f"{day:02}", text, day=day)]
        reading = tell_stories(window, known)
        assert not reading.changes
        known |= known_from(reading)
    assert len({place.story_id for place in known.values()}) == 1


def test_nothing_new_changes_nothing() -> None:
    reading = tell_stories(WORLD, {})
    assert tell_stories(WORLD, known_from(reading)) == reading


@pytest.mark.parametrize("first", [1, 3, 5, 8])
def test_what_comes_in_two_steps_is_told_as_in_one(first: int) -> None:
    known = known_from(tell_stories(WORLD[first % 2 :: 2][:first], {}))
    reading = tell_stories(WORLD, known)
    assert partition(reading) == STORIES
    assert not reading.changes
    assert {article: stories_of(reading)[article] for article in known} == {
        article: place.story_id for article, place in known.items()
    }


def test_stories_that_turn_out_to_be_one_are_merged_and_told_so() -> None:
    apart = [decided("other_story", "flood-0", "flood-1")]
    before = tell_stories(WORLD[6:8], {}, apart)
    assert not together(before, "flood-0", "flood-1")
    after = tell_stories(WORLD[6:], known_from(before))
    older, newer = (stories_of(before)[article] for article in ("flood-0", "flood-1"))
    assert set(stories_of(after).values()) == {older}
    assert after.changes == (StoryChange(kind="merged", story_id=older, other_id=newer, articles=("flood-1",)),)


def test_a_story_that_turns_out_to_be_two_is_split_and_told_so() -> None:
    wrong = {one.article_id: StoryPlace(article_id=one.article_id, story_id="s-1") for one in (*WORLD[:3], *WORLD[6:8])}
    after = tell_stories([*WORLD[:3], *WORLD[6:]], wrong)
    assert partition(after) == STORIES - {frozenset({"bridge-0", "bridge-1", "bridge-2"})}
    (change,) = after.changes
    assert (change.kind, change.story_id, change.articles) == ("split", "s-1", ("flood-0", "flood-1"))
    assert stories_of(after)["gas-0"] == "s-1"
    assert stories_of(after)["flood-2"] == change.other_id


def test_people_take_an_article_out_of_a_story() -> None:
    before = tell_stories(WORLD, {})
    after = tell_stories(WORLD, known_from(before), [decided("other_story", "gas-0", "gas-1")])
    (change,) = after.changes
    assert (change.kind, change.story_id, len(change.articles)) == ("split", stories_of(before)["gas-0"], 1)
    assert not together(after, "gas-0", "gas-1")


def test_of_two_stories_that_merge_the_larger_gives_its_name() -> None:
    before = tell_stories(
        WORLD[6:9], {}, [decided("other_story", "flood-0", other) for other in ("flood-1", "flood-2")]
    )
    assert together(before, "flood-1", "flood-2")
    after = tell_stories(WORLD[6:9], known_from(before), [decided("same_story", "flood-0", "flood-1")])
    assert set(stories_of(after).values()) == {stories_of(before)["flood-1"]}


def test_people_have_the_last_word_on_copies_too() -> None:
    twins = [told("a", GAS[0]), told("b", GAS[0], day=1)]
    reading = tell_stories(twins, {}, [decided("other_story", "a", "b")])
    assert not together(reading, "a", "b")
    assert [place.copy_of for place in reading.places] == [None, None]


def test_an_article_that_people_move_leaves_one_story_and_comes_to_the_other() -> None:
    before = tell_stories(WORLD, {})
    decisions = [decided("same_story", "gas-0", "flood-0"), decided("other_story", "gas-0", "gas-1")]
    decisions += [decided("other_story", "gas-0", "gas-2")]
    after = tell_stories(WORLD, known_from(before), decisions)
    assert together(after, "gas-0", "flood-0", "flood-1")
    split, merged = after.changes
    assert (split.kind, split.story_id, split.articles) == ("split", stories_of(before)["gas-1"], ("gas-0",))
    assert (merged.kind, merged.story_id, merged.other_id) == ("merged", stories_of(before)["flood-1"], split.other_id)


def test_the_later_of_two_decisions_holds() -> None:
    pair = WORLD[:2]
    one, other = decided("same_story", "gas-0", "gas-1", day=2), decided("other_story", "gas-1", "gas-0", day=1)
    assert together(tell_stories(pair, {}, [one, other]), "gas-0", "gas-1")
    assert not together(tell_stories(pair, {}, [one, replace(other, decided=date(2024, 3, 3))]), "gas-0", "gas-1")


articles = st.lists(
    st.builds(
        lambda number, texts, day: told(f"n{number}", " ".join(texts), day=day),
        st.integers(0, 30),
        st.lists(st.sampled_from([*GAS, *BRIDGE, *FLOOD, "", "One two.", "0 1 2", "Ω ß İ"]), max_size=2),
        st.none() | st.floats(0, 12),
    ),
    max_size=10,
    unique_by=lambda one: one.article_id,
)
decisions = st.lists(
    st.builds(
        lambda kind, pair, day: decided(kind, f"n{pair[0]}", f"n{pair[1]}", day),
        st.sampled_from(["same_story", "other_story"]),
        st.lists(st.integers(0, 30), min_size=2, max_size=2, unique=True),
        st.integers(1, 9),
    ),
    max_size=5,
)


@given(articles, decisions, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_the_order_of_articles_and_decisions_does_not_matter(
    given_articles: list[StoryCandidate], given_decisions: list[StoryDecision], chance: Random
) -> None:
    reading = tell_stories(given_articles, {}, given_decisions)
    chance.shuffle(given_articles)
    chance.shuffle(given_decisions)
    assert tell_stories(given_articles, {}, given_decisions) == reading
    assert sorted(place.article_id for place in reading.places) == sorted(one.article_id for one in given_articles)


@given(articles, articles, decisions)
@settings(deadline=None, max_examples=60)
def test_each_run_leaves_every_article_in_one_place_and_says_what_it_changed(
    earlier: list[StoryCandidate], later: list[StoryCandidate], given_decisions: list[StoryDecision]
) -> None:
    before = tell_stories(earlier, {})
    both = {one.article_id: one for one in [*later, *earlier]}
    reading = tell_stories([*both.values()], known_from(before), given_decisions)
    after = stories_of(reading)
    assert after.keys() == both.keys()
    for place in reading.places:
        assert place.copy_of is None or after[place.copy_of] == place.story_id
    moved = {article for article, story in stories_of(before).items() if after[article] != story}
    assert {article for change in reading.changes for article in change.articles} == moved
    again = tell_stories([*both.values()], known_from(reading), given_decisions)
    assert stories_of(again) == after


@given(articles, decisions)
@settings(deadline=None, max_examples=60)
def test_decisions_without_contradiction_are_kept(
    given_articles: list[StoryCandidate], given_decisions: list[StoryDecision]
) -> None:
    ids = {one.article_id for one in given_articles}
    usable = [one for one in given_decisions if ids.issuperset(one.articles)][:1]
    before = known_from(tell_stories(given_articles, {}))
    for known in ({}, before):
        reading = tell_stories(given_articles, known, usable)
        for one in usable:
            assert together(reading, *one.articles) == (one.kind == "same_story")


def test_the_id_of_a_story_that_ended_is_never_given_again() -> None:
    two = [decided("other_story", "flood-0", "flood-1")]
    apart = tell_stories(WORLD[6:8], {}, two)
    ended = stories_of(apart)["flood-1"]
    joined = tell_stories(WORLD[6:8], known_from(apart), [decided("same_story", "flood-0", "flood-1")])
    assert joined.changes[0].other_id == ended
    parted = tell_stories(WORLD[6:8], known_from(joined), two, taken=[ended])
    (change,) = parted.changes
    assert (change.kind, change.articles) == ("split", ("flood-1",))
    assert change.other_id not in {ended, *stories_of(joined).values()}


def test_who_founded_a_story_and_leaves_it_alone_gets_an_id_of_its_own() -> None:
    own = new_id(["a"], ())
    assert new_id(["a", "b"], {own}) == new_id(["b"], ())
    assert new_id(["a"], {own}) not in {own, new_id(["b"], ())}
    assert new_id(["a"], {own}) == new_id(["a"], {own})
