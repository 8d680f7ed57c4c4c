"""From counted rows to lines: who rises, what disagrees, what is denied, due, told by whom, changed, watched."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.digest.lines import BriefLine, Line, Passage
from newsledger.digest.reading import Reading
from newsledger.digest.sections import (
    calendar_lines,
    coverage_of,
    denial_lines,
    dispute_lines,
    edit_lines,
    outcome_lines,
    rise_lines,
    trends,
    watch_lines,
)
from newsledger.digest.sections.changes import FALLING, NEW, RISING, change_of
from newsledger.records.config import Feed
from newsledger.records.day import (
    ArticleRow,
    CalendarRow,
    ClaimRow,
    CoverageRow,
    DayView,
    DenialRow,
    DisputeRow,
    EditRow,
    EntityRow,
    FeedHealth,
    SourceName,
    Spot,
    TextRow,
    TrendRow,
    WatchRow,
)

if TYPE_CHECKING:
    from newsledger.records.day import Outcome
    from tests.digest.conftest import Draft, Newsroom

DAY = date(2031, 3, 12)
START = datetime(2031, 3, 12, tzinfo=UTC)
DENIED = "The strait stays open. Sudland denied that its coast guard had fired on a trawler. Nobody was hurt."
CLAIMED = "A coast guard ship of Sudland fired on the trawler, said Anna Kovar. The crew of 12 was saved."
PLANNED = "Norland and Sudland will sign a customs treaty on 20 March. The ferry waits."
SIGNED = "Norland and Sudland signed the customs treaty. Flags flew."
TEXTS = {"denial": DENIED, "claim": CLAIMED, "plan": PLANNED, "deed": SIGNED}
SOURCES = {"denial": "state-one", "claim": "gazette", "plan": "nna", "deed": "nna"}


def spot(article: str, words: str, **more: object) -> Spot:
    start = TEXTS[article].index(words)
    known: dict[str, Any] = {"article_id": article, "revision": 1, "source": SOURCES[article]}
    return Spot(start=start, end=start + len(words), text=words, **{**known, **more})


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    first = text.index(". ") + 1
    second = text.find(". ", first)
    ends = [first, *([second + 1] if second > 0 else []), len(text)]
    return tuple(zip([0, *(end + 1 for end in ends[:-1])], ends, strict=True))


def reading(newsroom: Newsroom, *articles: Draft, **rows: object) -> Reading:
    texts = tuple(
        TextRow(article_id=article, revision=1, text=text, sentences=sentences(text), title=f"Title of {article}")
        for article, text in TEXTS.items()
    )
    known: dict[str, Any] = {"texts": texts, **rows}
    return Reading(newsroom.day_of(*articles, **known))


def entity(
    name: str, articles: int, mean: float, total: int = 100, total_mean: float = 100, **more: object
) -> EntityRow:
    known: dict[str, Any] = {
        "type": "PER", "country": None, "articles_before": 0, "seen_before": DAY
    }  # fmt: skip
    made = Spot(article_id=name, revision=1, start=0, end=len(name), text=name, source="nna")
    return EntityRow(
        entity_id=name, name=name, articles=articles, mean=mean, total=total, total_mean=total_mean, spot=made,
        **{**known, **more},
    )  # fmt: skip


def names_of(lines: tuple[Any, ...]) -> list[str]:
    return [line.name for line in lines]


def test_who_is_named_more_comes_first_then_who_is_named_less_then_who_is_new(newsroom: Newsroom) -> None:
    rows = (
        entity("steady", 20, 20), entity("riser", 12, 2), entity("leaper", 30, 1), entity("faller", 2, 9),
        entity("chance", 2, 0.3), entity("stranger", 2, 0, seen_before=None), entity("slip", 1, 0, seen_before=None),
    )  # fmt: skip
    section = rise_lines(reading(newsroom, entities=rows))
    assert names_of(section.lines) == ["leaper", "riser", "faller", "stranger"]
    assert (section.total, [line.is_new for line in section.lines]) == (4, [False, False, False, True])
    assert section.lines[0].proofs[0].text == "leaper"
    assert section.lines[0].sources[0].name == "Norland News Agency"


def test_nobody_rises_because_there_is_more_news(newsroom: Newsroom) -> None:
    doubled = (entity("twice", 40, 20, total=200), entity("half", 20, 20, total=200))
    section = rise_lines(reading(newsroom, entities=doubled))
    assert names_of(section.lines) == ["half"]
    assert section.lines[0].change == pytest.approx(-1, abs=0.02)


def test_without_a_week_before_nobody_rises_and_nobody_is_new(newsroom: Newsroom) -> None:
    rows = (entity("first", 30, 0, total_mean=0, seen_before=None),)
    assert rise_lines(reading(newsroom, entities=rows)).lines == ()


def test_each_way_of_changing_has_a_limit_and_the_rest_is_counted(newsroom: Newsroom) -> None:
    rows = (
        *(entity(f"up-{n:02}", 20 + n, 2) for n in range(20)),
        *(entity(f"down-{n:02}", 1, 20 + n) for n in range(20)),
        *(entity(f"new-{n:02}", 2 + n, 0, seen_before=None) for n in range(20)),
    )
    section = rise_lines(reading(newsroom, entities=rows))
    assert (len(section.lines), section.total) == (RISING + FALLING + NEW, 60)
    assert [section.lines[at].name for at in (0, RISING, RISING + FALLING)] == ["up-19", "down-19", "new-19"]


@given(st.integers(0, 500), st.floats(0, 500), st.integers(500, 5000), st.floats(500, 5000))
def test_a_change_is_finite_and_more_articles_never_lower_it(
    articles: int, mean: float, total: int, total_mean: float
) -> None:
    change = change_of(entity("x", articles, mean, total, total_mean))
    assert abs(change) < 20
    assert change_of(entity("x", articles + 1, mean, total, total_mean)) > change


def trend_row(one: str, other: str, back: int, cooperation: int = 1, conflict: int = 0) -> TrendRow:
    day = DAY - timedelta(days=back)
    return TrendRow(one=one, other=other, day=day, cooperation=cooperation, conflict=conflict, intensity=1.0)


def test_a_trend_has_thirty_days_and_those_without_deeds_have_no_intensity(newsroom: Newsroom) -> None:
    rows = (trend_row("NOR", "SUD", 0, 2, 3), trend_row("NOR", "SUD", 29), trend_row("NOR", "SUD", 30, 50))
    (trend,) = trends(reading(newsroom, trend=rows))
    assert [row.day for row in trend.days] == [DAY - timedelta(days=back) for back in range(29, -1, -1)]
    assert [row.day for row in trend.days if row.intensity is not None] == [DAY - timedelta(days=29), DAY]
    assert sum(row.cooperation + row.conflict for row in trend.days) == 6


def test_the_pairs_keep_their_order_and_have_each_days_of_its_own(newsroom: Newsroom) -> None:
    rows = (trend_row("NOR", "SUD", 3), trend_row("BEL", "NOR", 1), trend_row("NOR", "SUD", 0, 2, 3))
    told = trends(reading(newsroom, trend=rows))
    assert [(trend.one, trend.other) for trend in told] == [("NOR", "SUD"), ("BEL", "NOR")]
    assert [sum(row.cooperation for row in trend.days) for trend in told] == [3, 1]
    assert len({trend.anchor for trend in told}) == 2


def test_a_trend_at_the_beginning_of_time_is_as_short_as_it_has_to_be(newsroom: Newsroom) -> None:
    row = TrendRow(one="NOR", other="SUD", day=date(1, 1, 1), cooperation=1, conflict=0)
    view = newsroom.day_of(trend=(row,), day=date(1, 1, 2))
    assert [len(trend.days) for trend in trends(Reading(view))] == [2]


def claim(article: str, words: str, value: int, **more: object) -> ClaimRow:
    known: dict[str, Any] = {
        "value_max": None, "unit": "count", "bound": "exact", "quantity_of": "crew of the trawler", "about": (),
        "period": (None, None), "attributed_to": None,
    }  # fmt: skip
    return ClaimRow(spot=spot(article, words), value=Decimal(value), **{**known, **more})


def test_figures_that_disagree_stand_side_by_side_with_who_gives_them(newsroom: Newsroom) -> None:
    near = DisputeRow(one=claim("plan", "20", 20, quantity_of="signers"), other=claim("plan", "20", 21))
    far = DisputeRow(
        one=claim("claim", "12", 12, attributed_to="Anna Kovar", about=("nobody at all",)),
        other=claim("plan", "20", 20, quantity_of="the whole crew of the trawler"),
    )
    section = dispute_lines(reading(newsroom, disputes=(near, far)))
    assert [line.title for line in section.lines] == ["crew of the trawler", "signers"]
    line = section.lines[0]
    assert (line.one.attributed_to, line.one.about, line.other.attributed_to) == ("Anna Kovar", (), None)
    assert [proof.text for proof in line.proofs] == ["Anna Kovar"]
    assert [source.id for source in line.sources] == ["gazette", "nna"]


def test_one_disagreement_that_copies_repeat_is_one_line(newsroom: Newsroom) -> None:
    one, other = claim("claim", "12", 12), claim("plan", "20", 20)
    section = dispute_lines(reading(newsroom, disputes=(DisputeRow(one=one, other=other),) * 3))
    assert (len(section.lines), section.total, section.lines[0].more) == (1, 1, 4)


def denied(**more: object) -> DenialRow:
    known: dict[str, Any] = {
        "kind": "denial", "type": "ASSAULT", "mode": "firearms", "actors": ("coast guard",), "recipients": (),
        "denied_by": "Sudland", "spot": spot("denial", "its coast guard had fired on a trawler"),
    }  # fmt: skip
    return DenialRow(**{**known, **more})


def test_what_one_tells_as_done_and_another_denies_comes_before_a_mere_denial(newsroom: Newsroom) -> None:
    both = denied(
        kind="contradiction", claim=spot("claim", "A coast guard ship of Sudland fired on the trawler"),
        claimed_by="Anna Kovar", actors=("Sudland", "Atlantis"),
    )  # fmt: skip
    section = denial_lines(reading(newsroom, denials=(denied(), both)))
    first, second = section.lines
    assert (first.kind, first.claimed_by, first.denied_by) == ("contradiction", "Anna Kovar", "Sudland")
    assert first.actors == ("Sudland",), "a name that stands in neither text is not printed"
    assert first.claim is not None
    assert [passage.text for passage in first.passages] == [first.denial.text, first.claim.text]
    assert (second.claim, second.sources[0].kind) == (None, "state")


def test_a_name_is_proven_by_a_mention_where_the_article_was_read(newsroom: Newsroom) -> None:
    article = newsroom.draft("denial", DENIED, "state-one")
    article.entity("coast-guard", "Coast Guard of Sudland", "its coast guard", type="ORG")
    article.entity("sudland", "Sudland", type="GPE")
    (line,) = denial_lines(reading(newsroom, article, denials=(denied(actors=("coast-guard",)),))).lines
    assert line.actors == ("Coast Guard of Sudland",)
    assert [proof.text for proof in line.proofs] == ["its coast guard", "Sudland"]


def test_a_part_of_a_word_and_an_article_that_names_him_otherwise_prove_nobody(newsroom: Newsroom) -> None:
    row = denied(spot=spot("claim", "the trawler"), actors=("Pavel Kovar", "Kov", "sud", "Anna Kovar"), denied_by=None)
    (line,) = denial_lines(reading(newsroom, denials=(row,))).lines
    assert (line.actors, [proof.text for proof in line.proofs]) == (("Anna Kovar",), ["Anna Kovar"])


def due(outcome: Outcome, start: date, words: str = "20 March", **more: object) -> CalendarRow:
    known: dict[str, Any] = {"type": None, "status": None, "sides": (), "spot": spot("plan", words)}
    return CalendarRow(outcome=outcome, start=start, end=start, **{**known, **more})


def test_dates_ahead_stand_in_the_order_of_time_and_plans_before_mere_dates(newsroom: Newsroom) -> None:
    treaty = due("ahead", date(2031, 3, 20), "will sign a customs treaty", type="AGREE", sides=("Norland", "Sudland"))
    rows = (due("ahead", date(2031, 3, 20)), treaty, due("due", DAY, "The ferry waits"), due("came_true", DAY))
    section = calendar_lines(reading(newsroom, calendar=rows))
    assert [(line.outcome, line.printed.text) for line in section.lines] == [
        ("due", "The ferry waits"), ("ahead", "will sign a customs treaty"), ("ahead", "20 March")
    ]  # fmt: skip
    assert section.lines[1].sides == ("Norland", "Sudland")
    assert section.lines[1].sentence.text == "Norland and Sudland will sign a customs treaty on 20 March."


def test_a_date_is_proven_where_the_article_was_read(newsroom: Newsroom) -> None:
    article = newsroom.draft("plan", PLANNED).time("on 20 March", date(2031, 3, 20))
    row = due("ahead", date(2031, 3, 20), "will sign a customs treaty", type="AGREE")
    (line,) = calendar_lines(reading(newsroom, article, calendar=(row,))).lines
    assert [proof.text for proof in line.proofs] == ["on 20 March"]


def test_what_became_of_plans_tells_first_what_was_denied_then_what_came_true(newsroom: Newsroom) -> None:
    came = due("came_true", DAY, type="AGREE", deed=spot("deed", "signed the customs treaty"), deed_date=DAY)
    rows = (due("not_seen", DAY), came, due("denied", DAY), due("ahead", date(2031, 3, 20)))
    section = outcome_lines(reading(newsroom, calendar=rows))
    assert [line.outcome for line in section.lines] == ["denied", "came_true", "not_seen"]
    deed = section.lines[1].deed
    assert deed is not None
    assert (deed.text, section.lines[1].passages) == ("signed the customs treaty", (section.lines[1].printed, deed))


def brief(story_id: str) -> BriefLine:
    return BriefLine(
        anchor=f"s-{story_id}", passages=(), story_id=story_id, state="new", headline=None, url=None, last_at=START,
        articles=1, articles_total=1, independent=1, is_state_only=False,
    )  # fmt: skip


def covered(story_id: str, kind: str, hours: int, *sources: str) -> CoverageRow:
    first = START + timedelta(hours=hours)
    return CoverageRow(story_id=story_id, kind=kind, articles=len(sources), sources=sources, first_at=first)


def feeds(newsroom: Newsroom, *kinds: str) -> tuple[FeedHealth, ...]:
    made: list[Feed] = [newsroom.feed(f"{kind}-feed", kind=kind) for kind in kinds]
    return tuple(newsroom.health(one) for one in made)


def test_coverage_tells_who_reports_who_is_silent_and_how_much_later(newsroom: Newsroom) -> None:
    rows = (
        covered("s-1", "independent", 1, "gazette"), covered("s-1", "state", 4, "state-one", "other"),
        covered("s-2", "state", 2, "state-one"),
    )  # fmt: skip
    view = reading(newsroom, coverage=rows, feeds=feeds(newsroom, "wire", "independent", "state"))
    coverage = coverage_of(view, [brief("s-2"), brief("s-1"), brief("s-unknown")])
    assert coverage.kinds == ("state", "independent", "wire")
    alone, both = coverage.section.lines
    assert (alone.story_id, alone.only, both.only) == ("s-2", "state", None)
    assert [cell.articles for cell in both.cells] == [2, 1, 0]
    assert [cell.lag for cell in both.cells] == [timedelta(hours=3), timedelta(0), None]
    assert both.cells[0].sources == ("State One", "other")
    assert [cell.articles for cell in alone.cells] == [1, 0, 0]


def test_a_kind_of_source_without_a_feed_has_a_column_where_it_tells_something(newsroom: Newsroom) -> None:
    rows = (covered("s-1", "international", 1, "observer"), covered("s-1", "unclassified", 2, "seed"))
    disabled = (newsroom.health(newsroom.feed("old", enabled=False, note="2031-01-01: gone"), None),)
    view = reading(newsroom, coverage=rows, feeds=(*feeds(newsroom, "wire"), *disabled))
    assert coverage_of(view, [brief("s-1")]).kinds == ("international", "wire", "unclassified")
    unknown = reading(newsroom, coverage=rows[1:])
    assert [line.only for line in coverage_of(unknown, [brief("s-1")]).section.lines] == [None]


def edit(kind: str, record_type: str = "article", **more: object) -> EditRow:
    known: dict[str, Any] = {
        "article_id": "claim", "revision": 2, "revised_at": START, "former_at": START - timedelta(hours=2),
        "source": "gazette", "title": "Shots at sea", "url": None,
    }  # fmt: skip
    return EditRow(kind=kind, record_type=record_type, **{**known, **more})


def test_edits_of_figures_come_before_those_of_headlines_and_of_passages(newsroom: Newsroom) -> None:
    rows = (
        edit("passage_removed", before=spot("claim", "The crew of 12 was saved.")),
        edit("headline_changed", headline_before="Shots at sea", headline_after="Incident at sea"),
        edit("headline_changed", headline_before="Shots  at sea", headline_after="Shots at Sea"),
        edit("figure_changed", "figure", before=spot("claim", "12"), after=spot("plan", "20", revision=2)),
    )
    section = edit_lines(reading(newsroom, edits=rows))
    assert [line.kind for line in section.lines] == ["figure_changed", "headline_changed", "passage_removed"]
    headline = section.lines[1]
    assert headline.before == Passage(
        article_id="claim", start=0, end=12, text="Shots at sea", revision=1, is_title=True
    )
    assert headline.after is not None
    assert (headline.after.revision, headline.after.is_title, headline.sources[0].id) == (2, True, "gazette")
    assert (section.total, section.lines[2].after) == (3, None)


def hit(name: str, count: int, more_than: int = 0, **more: object) -> WatchRow:
    known: dict[str, Any] = {"counted": "articles", "is_hit": count > more_than}
    return WatchRow(name=name, count=count, more_than=more_than, **{**known, **more})


def article_row(article_id: str, story_id: str | None) -> ArticleRow:
    return ArticleRow(
        article_id=article_id, revision=1, source=None, title=None, url=None, language=None, told_at=START,
        published=None, published_from="unknown", text_from="page", story_id=story_id,
    )  # fmt: skip


def test_the_watches_that_were_hit_lead_to_the_stories_they_were_hit_in(newsroom: Newsroom) -> None:
    rows = (
        hit("below", 3, 3), hit("far over", 9, 2),
        hit("shots", 2, spots=(spot("denial", "fired"),), articles=("denial", "claim", "plan", "gone")),
    )  # fmt: skip
    articles = (article_row("denial", "s-1"), article_row("claim", "s-1"), article_row("plan", "s-9"))
    section = watch_lines(reading(newsroom, watch=rows, articles=articles), [brief("s-1")])
    assert names_of(section.lines) == ["far over", "shots"]
    line = section.lines[1]
    assert (line.stories, [passage.text for passage in line.spots]) == (("s-s-1",), ["fired"])


def test_a_spot_in_a_headline_is_cited_from_the_headline(newsroom: Newsroom) -> None:
    title = Spot(article_id="plan", revision=1, start=0, end=5, text="Title", source="nna", is_title=True)
    (line,) = watch_lines(reading(newsroom, watch=(hit("title", 1, spots=(title,)),))).lines
    assert line.spots[0].is_title


def test_lines_that_stand_on_one_piece_of_text_have_anchors_of_their_own_which_stay(newsroom: Newsroom) -> None:
    rows = (denied(), denied(type="ACCUSE"))
    twice = [denial_lines(reading(newsroom, denials=rows)) for _ in range(2)]
    anchors = [line.anchor for line in twice[0].lines]
    assert len(set(anchors)) == 2
    assert twice[0] == twice[1]


def test_every_passage_of_every_section_re_reads(newsroom: Newsroom) -> None:
    view = reading(
        newsroom,
        disputes=(DisputeRow(one=claim("claim", "12", 12), other=claim("plan", "20", 20)),),
        denials=(denied(),),
        calendar=(due("ahead", date(2031, 3, 20), sides=("Norland",)), due("denied", DAY)),
        watch=(hit("shots", 1, spots=(spot("denial", "fired"),)),),
    )
    sections = (dispute_lines, denial_lines, calendar_lines, outcome_lines, watch_lines)
    lines: list[Line] = [line for give in sections for line in give(view).lines]
    assert len(lines) == 5
    for passage in (passage for line in lines for passage in (*line.passages, *line.proofs)):
        assert TEXTS[passage.article_id][passage.start : passage.end] == passage.text


def test_a_source_that_nothing_describes_goes_by_its_id(newsroom: Newsroom) -> None:
    view: DayView = newsroom.day_of(watch=(hit("x", 1, spots=(spot("plan", "ferry", source="nobody"),)),))
    (line,) = watch_lines(Reading(view)).lines
    assert line.sources == (SourceName(id="nobody", name="nobody"),)
