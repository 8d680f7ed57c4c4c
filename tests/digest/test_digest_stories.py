"""What a story tells: its own words, what is new in it, what changed first, and nothing told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.digest import build_digest
from newsledger.digest.reading import plain
from newsledger.records.config import DigestPolicy
from newsledger.records.day import WatchRow

if TYPE_CHECKING:
    from conftest import Draft, Newsroom

    from newsledger.digest.lines import StoryLine
    from newsledger.records.day import DayView

NOON = datetime(2031, 3, 12, 12, tzinfo=UTC)
YESTERDAY = NOON - timedelta(days=1)
DAY = date(2031, 3, 12)


def told(view: DayView) -> StoryLine:
    (story,) = build_digest(view).stories.lines
    return story


def strike(newsroom: Newsroom, id_: str, text: str, *, when: datetime = NOON, **more: object) -> Draft:
    """An article of the story of the strike, as it is told at a time."""
    made = newsroom.draft(id_, text, published=when).of("s-strike", told_at=when, **more)
    for name in ("Norland", "Sudland"):
        if name in text:
            made.entity(name.lower(), name, type="GPE")
    return made


SIDES = {"actors": ("norland",), "recipients": ("sudland",)}


def plan(newsroom: Newsroom, **more: object) -> Draft:
    text = "Norland plans to open a bridge to Sudland on 12 March. Nobody doubts it, or not until 20 April."
    known: dict[str, Any] = {"status": "planned", "date_start": DAY, "date_end": DAY, **SIDES, **more}
    return (
        strike(newsroom, "plan", text, when=YESTERDAY)
        .event("COOPERATE", "Norland plans to open a bridge to Sudland on 12 March", **known)
        .time("12 March", DAY)
        .time("20 April", date(2031, 4, 20))
    )


def deed(newsroom: Newsroom, **more: object) -> Draft:
    text = "Norland opened a bridge to Sudland on Wednesday. Crowds came to see it happen."
    known: dict[str, Any] = {"date_start": DAY, "date_end": DAY, **SIDES, **more}
    return (
        strike(newsroom, "deed", text)
        .event("COOPERATE", "Norland opened a bridge to Sudland on Wednesday", **known)
        .time("Wednesday", DAY)
    )


@pytest.mark.parametrize(
    ("former", "now", "kind"),
    [
        ("planned", "occurred", "status"),
        ("possible", "ongoing", "status"),
        ("conditional", "occurred", "status"),
        ("planned", "denied", "status"),
        ("occurred", "denied", "denied"),
        ("ongoing", "denied", "denied"),
    ],
)
def test_a_turn_of_a_deed_comes_first(newsroom: Newsroom, former: str, now: str, kind: str) -> None:
    story = told(newsroom.day_of(deed(newsroom, status=now), before=[plan(newsroom, status=former)]))
    (change,) = story.changes
    assert (change.kind, change.before_words, change.after_words) == (kind, former, now)
    assert change.before
    assert (change.before.article_id, change.before.revision) == ("plan", 1)
    assert change.after.text == "Norland opened a bridge to Sudland on Wednesday"
    assert [line.status for line in story.events] == [now]


@pytest.mark.parametrize(
    "other",
    [
        {"status": "occurred"},
        {"status": "denied"},
        {"actors": ("sudland",), "recipients": ()},
        {"date_start": date(2031, 4, 20), "date_end": date(2031, 4, 20)},
    ],
)
def test_another_deed_is_no_turn_of_the_first(newsroom: Newsroom, other: dict[str, Any]) -> None:
    now = "possible" if "status" in other else "occurred"
    story = told(newsroom.day_of(deed(newsroom, status=now), before=[plan(newsroom, **other)]))
    assert story.changes == ()


@pytest.mark.parametrize(
    ("clause", "is_one"), [("Norland closed the old bridge to Sudland", True), ("Norland fined Sudland", False)]
)
def test_undated_clauses_tell_one_deed_if_they_share_words(newsroom: Newsroom, clause: str, *, is_one: bool) -> None:
    words = "Norland may close the bridge to Sudland"
    old = strike(newsroom, "old", f"{words}. It is not certain yet.", when=YESTERDAY)
    old.event("COERCE", words, status="possible", **SIDES)
    new = strike(newsroom, "new", f"{clause}. All saw it come.").event("COERCE", clause, **SIDES)
    assert [change.kind for change in told(newsroom.day_of(new, before=[old])).changes] == ["status"] * is_one


def count(newsroom: Newsroom, id_: str, value: str, when: datetime = NOON, **more: object) -> Draft:
    known = {"quantity_of": "wounded miners", "about": ("norland",), **more}
    made = strike(
        newsroom, id_, f"In Norland, not Sudland, {value} wounded miners are counted, says article {id_}.", when=when
    )
    return made.figure(value, value, **known)


def test_another_number_of_the_same_comes_first(newsroom: Newsroom) -> None:
    older, old = count(newsroom, "older", "9", YESTERDAY - timedelta(days=1)), count(newsroom, "old", "14", YESTERDAY)
    story = told(newsroom.day_of(count(newsroom, "new", "30"), before=[older, old]))
    (change,) = story.changes
    assert (change.kind, change.before_words, change.after_words) == ("figure", "14", "30")
    assert change.before
    assert (change.before.article_id, change.after.text) == ("old", "30")


@pytest.mark.parametrize(
    "now",
    [
        {"quantity_of": "closed mines"},
        {"about": ("sudland",)},
        {"unit": "percent"},
        {"bound": "at least", "value": "9"},
        {"bound": "about", "value": "14.2"},
    ],
)
def test_a_number_of_something_else_or_one_that_agrees_is_no_change(newsroom: Newsroom, now: dict[str, Any]) -> None:
    value = now.pop("value", "30")
    story = told(
        newsroom.day_of(count(newsroom, "new", value, **now), before=[count(newsroom, "old", "14", YESTERDAY)])
    )
    assert story.changes == ()
    assert [line.printed.text for line in story.figures] == [value]


@pytest.mark.parametrize(("description", "is_change"), [("wounded coal miners", True), ("miners", False)])
def test_numbers_about_nobody_are_of_one_thing_if_the_words_say_enough(
    newsroom: Newsroom, description: str, *, is_change: bool
) -> None:
    told_of: dict[str, Any] = {"quantity_of": description, "about": ()}
    old = count(newsroom, "old", "14", YESTERDAY, **told_of)
    story = told(newsroom.day_of(count(newsroom, "new", "30", **told_of), before=[old]))
    assert [change.kind for change in story.changes] == ["figure"] * is_change


def test_a_second_origin_confirms_the_deed_that_one_alone_told(newsroom: Newsroom) -> None:
    alone = deed(newsroom)
    alone.article = replace(alone.article, article_id="alone", published=YESTERDAY)
    alone.of("s-strike", told_at=YESTERDAY, origin="nna")
    again = deed(newsroom).of("s-strike", told_at=NOON, origin="gazette")
    story = told(newsroom.day_of(again, before=[alone], states={"s-strike": "continuing"}))
    (change,) = story.changes
    assert change.kind == "confirmed"
    assert change.before
    assert (change.before.article_id, change.after.article_id) == ("alone", "deed")
    assert (story.events, story.told_before) == ((), 1)


def test_a_copy_confirms_nothing(newsroom: Newsroom) -> None:
    alone = strike(newsroom, "alone", "The bridge is open again.", when=YESTERDAY, origin="nna")
    again = strike(newsroom, "again", "The bridge is open again.", origin="nna", copy_of="alone")
    digest = build_digest(newsroom.day_of(again, before=[alone], states={"s-strike": "continuing"}))
    assert digest.stories.lines == ()
    assert [(line.story_id, line.state) for line in digest.brief.lines] == [("s-strike", "continuing")]


def test_an_edited_article_is_pointed_at(edited_day: DayView) -> None:
    (story,) = build_digest(edited_day).stories.lines
    assert [(change.kind, change.after.text) for change in story.changes] == [("edited", "Title of ferry")]


def test_what_earlier_articles_told_is_counted_and_not_told_again(newsroom: Newsroom) -> None:
    def article(id_: str, when: datetime, new: str) -> Draft:
        text = (
            "Norland closed the pass to Sudland on Monday. The guard saw 40 lorries turn back. "
            f"“Nobody shall pass before the snow is gone,” the guard said. {new}"
        )
        return (
            strike(newsroom, id_, text, when=when)
            .event("COERCE", "Norland closed the pass to Sudland on Monday", date_start=date(2031, 3, 10), **SIDES)
            .figure("40", "40", quantity_of="lorries that turned back")
            .statement(
                None,
                "“Nobody shall pass before the snow is gone,” the guard said",
                "Nobody shall pass before the snow is gone," if when == YESTERDAY else "Nobody shall pass before",
                kind="direct",
            )
            .time("Monday", date(2031, 3, 10))
        )

    new = article("new", NOON, "A baker brought the guard 7 loaves.").figure("7", "7", quantity_of="loaves")
    story = told(newsroom.day_of(new, before=[article("old", YESTERDAY, "So it was.")]))
    assert (story.events, story.statements, story.told_before) == ((), (), 3)
    assert [line.printed.text for line in story.figures] == ["7"]
    (glance,) = build_digest(newsroom.day_of(new, before=[article("old", YESTERDAY, "So it was.")])).glance.lines
    assert [quote.text for quote in glance.quotes] == ["A baker brought the guard 7 loaves."]
    assert story.told_on == YESTERDAY.date()


def test_another_storys_past_silences_nothing(newsroom: Newsroom) -> None:
    elsewhere = deed(newsroom)
    elsewhere.article = replace(elsewhere.article, article_id="elsewhere", published=YESTERDAY)
    elsewhere.of("s-other", told_at=YESTERDAY)
    story = told(newsroom.day_of(deed(newsroom), before=[elsewhere]))
    assert (len(story.events), story.told_before) == (1, 0)


def test_a_story_without_news_is_told_in_brief_unless_a_watch_hit_it(newsroom: Newsroom) -> None:
    old, again = deed(newsroom), deed(newsroom)
    old.article = replace(old.article, article_id="old", published=YESTERDAY)
    old.of("s-strike", told_at=YESTERDAY)
    view = newsroom.day_of(again, before=[old])
    digest = build_digest(view)
    assert digest.stories.lines == ()
    (line,) = digest.brief.lines
    assert (line.story_id, line.state, line.told_on) == ("s-strike", "continuing", YESTERDAY.date())
    watch = WatchRow(name="w", counted="articles", count=1, more_than=0, is_hit=True, articles=("deed",))
    story = told(replace(view, watch=(watch,)))
    assert (story.events, story.told_before) == ((), 1)


def test_summary_is_the_articles_own_sentences_and_repeats_no_glance(busy_day: DayView) -> None:
    digest = build_digest(busy_day)
    texts = {one.article.article_id: one.article.text for one in busy_day.extractions}
    quoted = [quote for line in digest.glance.lines for quote in line.quotes]
    for story in digest.stories.lines:
        assert len(story.summary) <= 3
        for sentence in story.summary:
            assert texts[sentence.article_id][sentence.start : sentence.end] == sentence.text
            assert not any(
                one.article_id == sentence.article_id and one.start < sentence.end and sentence.start < one.end
                for one in quoted
            )


def test_cast_is_who_most_articles_name(newsroom: Newsroom) -> None:
    def article(id_: str, *names: str) -> Draft:
        made = newsroom.draft(id_, f"Here come {' and '.join(names)} at last.").of("s-cast")
        for name in names:
            made.entity(name.lower(), name)
        return made

    story = told(newsroom.day_of(article("a", "Anna", "Bert"), article("b", "Bert"), article("c", "Bert", "Carl")))
    assert [(one.name, one.articles) for one in story.cast] == [("Bert", 3), ("Anna", 1), ("Carl", 1)]
    assert all(one.proofs[0].text == one.name for one in story.cast)


def test_timeline_joins_earlier_days_to_this_one(newsroom: Newsroom) -> None:
    opening = strike(newsroom, "old", "Norland fenced the bridge off on Monday.", when=YESTERDAY)
    opening.event(
        "COERCE", "Norland fenced the bridge off on Monday", actors=("norland",), date_start=date(2031, 3, 10)
    )
    opening.time("Monday", date(2031, 3, 10))
    story = told(newsroom.day_of(deed(newsroom), before=[opening]))
    assert [line.when[0] for line in story.timeline] == [date(2031, 3, 10), DAY]
    assert not {line.anchor for line in story.timeline} & {line.anchor for line in story.events}
    assert told(newsroom.day_of(deed(newsroom))).timeline == ()


def test_members_stand_with_copies_last_and_marked(busy_day: DayView) -> None:
    story = next(one for one in build_digest(busy_day).stories.lines if one.story_id == "s-grain")
    assert [(line.article_id, line.copy_of) for line in story.members] == [
        ("grain-wire", None),
        ("grain-copy", "grain-wire"),
    ]
    assert (story.articles, story.copies) == (2, 1)


def test_what_only_state_media_tell_is_marked(newsroom: Newsroom) -> None:
    def is_state_only(*sources: str) -> bool:
        articles = [
            newsroom.draft(f"a{n}", "So it goes on and on.", source).of("s-x") for n, source in enumerate(sources)
        ]
        return told(newsroom.day_of(*articles)).is_state_only

    assert is_state_only("state-one")
    assert not is_state_only("state-one", "gazette")


def test_no_list_is_cut_unseen(full_day: DayView) -> None:
    articles = tuple(replace(row, story_id="s-one") for row in full_day.articles)
    first = full_day.stories[0]
    view = replace(full_day, articles=articles, stories=(replace(first, story_id="s-one", articles=200),))
    story = told(view)
    for name, total in (("statements", 2400), ("figures", 2400), ("events", 2400), ("members", 200), ("cast", 200)):
        assert len(getattr(story, name)) + dict(story.left_out)[name] == total


def test_words_of_one_utterance_stand_once(newsroom: Newsroom) -> None:
    long = newsroom.draft("long", "Kovar said: “We shall build the dam and we shall build it twice.”").of("s-dam")
    long.entity("kovar", "Kovar")
    long.statement("kovar", long.article.text, "We shall build the dam and we shall build it twice.", kind="direct")
    short = newsroom.draft("short", "“We shall build the dam,” Kovar said on the shore.", "gazette").of("s-dam")
    short.entity("kovar", "Kovar")
    short.statement("kovar", "“We shall build the dam,” Kovar said", "We shall build the dam,", kind="direct")
    (line,) = told(newsroom.day_of(short, long)).statements
    assert [content.text for content in line.contents] == ["We shall build the dam and we shall build it twice."]
    assert {source.id for source in line.sources} == {"nna", "gazette"}


def test_quiet_and_ended_stories_are_told_in_a_line(newsroom: Newsroom) -> None:
    def gone(id_: str, days: int, articles: int) -> list[Draft]:
        when = NOON - timedelta(days=days)
        drafts = [newsroom.draft(f"{id_}-{n}", "It was.", published=when) for n in range(articles)]
        return [one.of(f"s-{id_}", told_at=when) for one in drafts]

    before = [*gone("ended", 4, 4), *gone("late", 1, 3), *gone("early", 3, 2), *gone("lone", 1, 1)]
    lines = build_digest(newsroom.day_of(before=before, states={"s-ended": "ended"})).quiet.lines
    assert [(line.story_id, line.state) for line in lines] == [
        ("s-ended", "ended"),
        ("s-late", "quiet"),
        ("s-early", "quiet"),
    ]
    for line in lines:
        assert line.headline
        assert line.headline.text == f"Title of {line.story_id.removeprefix('s-')}-0"
    assert {line.told_on for line in lines} == {(NOON - timedelta(days=days)).date() for days in (1, 3, 4)}


def test_every_story_is_told_somewhere(full_day: DayView) -> None:
    for most in (1, 10, 40):
        digest = build_digest(full_day, DigestPolicy(stories=most))
        assert len(digest.stories.lines) == most
        assert digest.brief.total == 200 - most
        assert len({line.story_id for line in (*digest.stories.lines, *digest.brief.lines)}) == most + 60


def test_a_story_for_which_there_is_no_room_is_not_called_old(newsroom: Newsroom) -> None:
    other = newsroom.draft("other", "Nothing else happened at all.", published=YESTERDAY)
    grave = deed(newsroom).of("s-grave", intensity=10.0)
    light = newsroom.draft("light", "It drizzled on the coast.").of("s-light")
    view = newsroom.day_of(grave, light, before=[other.of("s-light", told_at=YESTERDAY)])
    digest = build_digest(view, DigestPolicy(stories=1))
    assert [line.story_id for line in digest.stories.lines] == ["s-grave"]
    assert [(line.story_id, line.state) for line in digest.brief.lines] == [("s-light", "updated")]


def test_an_article_without_a_story_is_listed(newsroom: Newsroom) -> None:
    digest = build_digest(newsroom.day_of(newsroom.draft("a", "Alone.").of(None)))
    assert [line.article_id for line in digest.articles.lines] == ["a"]


def test_glance_has_a_line_a_story_and_a_second_where_there_are_few(full_day: DayView, newsroom: Newsroom) -> None:
    lines = build_digest(full_day).glance.lines
    assert len({line.story for line in lines}) == len(lines) == 7
    text = "Norland opened a bridge to Sudland. Sudland thanked Norland for it. Norland was pleased by Sudland."
    made = strike(newsroom, "a", text)
    for words in text.removesuffix(".").split(". "):
        made.event("SUPPORT", words, **SIDES)
    assert [line.story for line in build_digest(newsroom.day_of(made)).glance.lines] == ["s-strike", "s-strike"]


def test_a_deed_goes_before_words_at_a_glance(newsroom: Newsroom) -> None:
    text = "“We shall never give the bridge back,” Norland said in a long speech. Norland shelled Sudland."
    made = strike(newsroom, "a", text).event("ASSAULT", "Norland shelled Sudland", **SIDES)
    made.statement("norland", text.partition(". ")[0], "We shall never give the bridge back,", kind="direct")
    first, second = build_digest(newsroom.day_of(made)).glance.lines
    assert first.quotes[0].text == "Norland shelled Sudland."
    assert second.quotes[0].text == "We shall never give the bridge back,"


def test_a_story_of_which_no_record_is_known_is_told_by_its_first_sentence(newsroom: Newsroom) -> None:
    text = "Caption. The ferry to the islands runs every hour again. More was not to be learned."
    digest = build_digest(newsroom.day_of(newsroom.draft("a", text)))
    (line,) = digest.glance.lines
    assert line.subject is None
    assert [quote.text for quote in line.quotes] == ["The ferry to the islands runs every hour again."]


def records(story: StoryLine) -> set[object]:
    """Name what a story tells, by what it says."""
    return {
        *(("event", line.type, line.status, line.actors, line.recipients, line.when[0]) for line in story.events),
        *(("figure", line.value, line.unit, line.quantity_of) for line in story.figures),
        *(("words", line.speaker.key, *(plain(part.text) for part in line.contents)) for line in story.statements),
    }


@st.composite
def coverage(draw: st.DrawFn) -> list[tuple[int, ...]]:
    """Say which of nine facts each of some articles tells."""
    facts = st.lists(st.integers(0, 8), min_size=1, max_size=5, unique=True).map(tuple)
    return draw(st.lists(facts, min_size=1, max_size=4))


def reported(newsroom: Newsroom, id_: str, facts: tuple[int, ...], when: datetime) -> Draft:
    sentences = [
        f"Norland helped Sudland in case number {fact}0 on Wednesday."
        if fact < 3
        else f"There were {fact}7 cases of kind {'abcdefghi'[fact]}."
        if fact < 6
        else f"Norland said case {'abcdefghi'[fact]} was closed for good."
        for fact in facts
    ]
    text = " ".join(("Norland and Sudland go on.", *sentences))
    made = strike(newsroom, id_, text, when=when)
    if "Wednesday" in text:
        made.time("Wednesday", DAY)
    for fact, words in zip(facts, sentences, strict=True):
        if fact < 3:
            made.event(("AID", "AGREE", "SUPPORT")[fact], words.removesuffix("."), date_start=DAY, **SIDES)
        elif fact < 6:
            made.figure(f"{fact}7", f"{fact}7", quantity_of=f"cases of kind {'abcdefghi'[fact]}")
        else:
            content = words.removeprefix("Norland said ").removesuffix(".")
            made.statement("norland", words.removesuffix("."), content)
    return made


@given(coverage(), coverage())
@settings(max_examples=60, deadline=None)
def test_nothing_told_yesterday_is_told_today(
    newsroom: Newsroom, before: list[tuple[int, ...]], now: list[tuple[int, ...]]
) -> None:
    old = [reported(newsroom, f"old-{n}", facts, YESTERDAY) for n, facts in enumerate(before)]
    new = [reported(newsroom, f"new-{n}", facts, NOON) for n, facts in enumerate(now)]
    yesterday = {fact for facts in before for fact in facts}
    digest = build_digest(newsroom.day_of(*new, before=old))
    assert not digest.verification.refused
    found = {fact for story in digest.stories.lines for fact in records(story)}
    assert len(found) == len({fact for facts in now for fact in facts} - yesterday)
