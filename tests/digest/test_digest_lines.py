"""What the digest says of a day: each fact in its words, with its source, its status and its citation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from newsledger.digest import build_digest, render_html, render_markdown
from newsledger.records.article import Issue
from newsledger.records.feeds import Balance

if TYPE_CHECKING:
    from conftest import Draft, Newsroom

    from newsledger.digest.model import Digest
    from newsledger.records.day import DayView

STATUSES = {
    "occurred": "**Attack** (occurred)",
    "ongoing": "**Attack** (under way)",
    "planned": "**Planned attack** (not yet done)",
    "possible": "**Possible attack** (not certain)",
    "conditional": "**Conditional attack** (only on a condition)",
    "denied": "**Denied attack** (said not to be so)",
}


@pytest.fixture(scope="module")
def digest(busy_day: DayView) -> Digest:
    return build_digest(busy_day)


@pytest.mark.parametrize("status", STATUSES)
def test_status_is_always_said_and_only_what_occurred_reads_as_a_deed(newsroom: Newsroom, status: str) -> None:
    text = "Norland shelled the cape."
    view = newsroom.day_of(newsroom.draft("a", text).event("ASSAULT", text, status=status))
    page = render_markdown(build_digest(view))
    assert page.count(STATUSES[status]) == 2  # at a glance and among the events
    assert f'<span class="st {status}">' in render_html(build_digest(view))


def test_every_record_of_the_day_stands_in_its_section(digest: Digest) -> None:
    assert {line.sentence.text for line in digest.events.lines} > {
        "President Anna Kovar of Norland arrived in Sudhaven on Wednesday for a two-day working visit."
    }
    assert [line.speaker.name for line in digest.statements.lines] == [
        "Anna Kovar",
        "Anna Kovar",
        "Ilse Brandt",
        "Speaker not named",
    ]
    assert sorted(line.printed.text for line in digest.figures.lines) == [
        "1,200",
        "14 per cent",
        "45 million crowns",
        "9.5 per cent",
    ]
    assert [line.when[0] for line in digest.ahead.lines] == [date(2031, 3, 20), date(2031, 4, 2)]
    assert digest.verification.lines == digest.verification.verified == 25


def test_wire_copies_are_one_line_that_cites_both(digest: Digest) -> None:
    copy = digest.statements.lines[-1]
    assert [source.name for source in copy.sources] == ["Norland News Agency", "The Free Gazette"]
    assert [passage.article_id for passage in copy.passages] == ["grain-wire", "grain-copy"]
    assert copy.via == ("Norland News Agency",)


def test_glance_is_short_and_in_the_words_of_the_articles(digest: Digest, busy_day: DayView) -> None:
    texts = {extraction.article.article_id: extraction.article.text for extraction in busy_day.extractions}
    quotes = [quote for line in digest.glance.lines for quote in line.quotes]
    assert 3 <= len(digest.glance.lines) <= 7
    assert all(texts[quote.article_id][quote.start : quote.end] == quote.text for quote in quotes)
    assert len({quote.text for quote in quotes}) == len(quotes)
    assert digest.glance.lines[0].quotes[0].text.startswith("President Anna Kovar of Norland arrived")


def test_numbers_follow_the_articles_and_each_has_its_sentence(digest: Digest) -> None:
    assert [one.n for one in digest.evidence] == list(range(1, len(digest.evidence) + 1))
    one = next(one for one in digest.evidence if one.passage.text == "14 per cent")
    assert one.passage.citation == "kovar-visit:234-245"
    assert one.before == "She added that trade between Norland and Sudland grew by "
    assert one.after == " last year."
    assert one.line == next(line.anchor for line in digest.figures.lines if line.printed.text == "14 per cent")


def test_parts_of_a_split_quote_are_one_line(newsroom: Newsroom) -> None:
    text = "“We came,” she said. “We saw.”"
    made = newsroom.draft("a", text)
    made.statement(None, "“We came,” she said", "We came,", kind="direct", group="q1")
    made.statement(None, "We saw.", "We saw.", cue=None, kind="direct", group="q1")
    page = render_markdown(build_digest(newsroom.day_of(made)))
    assert "*said*: “We came,” … “We saw.” — Norland News Agency [[1]](#c1)[[2]](#c2)" in page


def test_chain_of_those_who_relay_runs_from_the_outlet_inwards(newsroom: Newsroom) -> None:
    text = "The ferry is late, the captain said."
    made = newsroom.draft("a", text).statement(None, text, "The ferry is late", via=("observer", "state-one"))
    page = render_markdown(build_digest(newsroom.day_of(made)))
    assert "via Union Observer, citing State One; in Norland News Agency" in page


def test_one_act_told_twice_quotes_both_wordings(newsroom: Newsroom) -> None:
    told = {"actors": ("kovar",), "date_start": newsroom.day, "date_end": newsroom.day}
    one = newsroom.draft("a", "Kovar flew to the cape.").event("CONSULT", "Kovar flew to the cape", **told)
    other = newsroom.draft("b", "Kovar is at the cape.", "gazette").event("CONSULT", "Kovar is at the cape", **told)
    (line,) = build_digest(newsroom.day_of(one, other)).events.lines
    assert [quote.text for quote in line.quotes] == ["Kovar flew to the cape", "Kovar is at the cape"]
    assert [source.id for source in line.sources] == ["nna", "gazette"]


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ({"value": "30"}, {"value": "12"}, True),
        ({"value": "30"}, {"value": "30"}, False),
        ({"value": "30", "bound": "about"}, {"value": "31"}, False),
        ({"value": "30", "bound": "at least"}, {"value": "45"}, False),
        ({"value": "30", "bound": "at most"}, {"value": "45"}, True),
        ({"value": "20", "value_max": Decimal(40), "bound": "between"}, {"value": "25"}, False),
        ({"value": "30", "change": "increase"}, {"value": "30", "change": "decrease"}, True),
        ({"value": "30", "unit": "percent"}, {"value": "12", "unit": "t"}, False),
        ({"value": "30", "about": ("norland",)}, {"value": "12", "about": ("cape",)}, False),
        ({"value": "30", "quantity_of": "grain exports"}, {"value": "12", "quantity_of": "rail ferries"}, False),
        ({"value": "30", "quantity_of": "exports of grain"}, {"value": "12", "quantity_of": "grain exports"}, True),
        (
            {"value": "30", "period_start": date(2030, 1, 1), "period_end": date(2030, 12, 31)},
            {"value": "12", "period_start": date(2029, 1, 1), "period_end": date(2029, 12, 31)},
            False,
        ),
        ({"value": "NaN"}, {"value": "12"}, False),
    ],
)
def test_sources_differ_only_where_both_can_not_be_true(
    newsroom: Newsroom,
    one: dict[str, Any],
    other: dict[str, Any],
    differ: bool,  # noqa: FBT001 - pytest passes it by name
) -> None:
    def article(id_: str, figure: dict[str, Any]) -> Draft:
        known = {"quantity_of": "exports of grain", "about": ("norland", "sudland"), "attributed_to": id_}
        return newsroom.draft(id_, "Exports: 30 or so.").figure("30", **{**known, **figure})

    page = render_markdown(build_digest(newsroom.day_of(article("a", one), article("b", other))))
    assert ("Sources differ" in page) is differ


def test_one_source_does_not_differ_from_itself(newsroom: Newsroom) -> None:
    about = {"quantity_of": "exports of grain", "about": ("norland",), "attributed_to": "norland"}
    made = newsroom.draft("a", "Exports: 30, then 12.").figure("30", "30", **about).figure("12", "12", **about)
    assert {line.conflict for line in build_digest(newsroom.day_of(made)).figures.lines} == {None}


def test_dates_ahead_begin_after_the_day(newsroom: Newsroom) -> None:
    day = newsroom.day
    made = newsroom.draft("a", "today, tomorrow, this month")
    made.time("today", day).time("tomorrow", day + timedelta(days=1)).time("this month", day.replace(day=1), day)
    digest = build_digest(newsroom.day_of(made))
    assert [line.printed.text for line in digest.ahead.lines] == ["tomorrow"]
    assert [line.printed.text for line in digest.past.lines] == ["this month", "today"]


def test_a_date_that_many_name_is_one_line(newsroom: Newsroom) -> None:
    articles = [newsroom.draft(id_, f"{id_} on the 12th").time("the 12th", newsroom.day) for id_ in ("a", "b", "c")]
    (line,) = build_digest(newsroom.day_of(*articles)).past.lines
    assert ([passage.article_id for passage in line.passages], line.more) == (["a", "b"], 1)


def test_each_feed_is_told_by_how_it_fares(digest: Digest) -> None:
    groups = [(line.group, line.feed.id) for line in digest.health]
    assert groups == [
        ("failed", "herald"),
        ("failed", "tribune"),
        ("silent", "ministry"),
        ("answered", "nna"),
        ("answered", "gazette"),
        ("never polled", "newcomer"),
        ("disabled", "courier"),
    ]
    page = render_markdown(digest)
    assert "Herald (independent): timed out (no byte for 20 s), at 2031-03-12 12:00 UTC; 3 failures in a row" in page
    assert "last answered 2031-03-09 12:00 UTC" in page
    assert "2031-02-01: answers 404 since January" in page


def test_books_are_added_up_feed_by_feed(digest: Digest) -> None:
    page = render_markdown(digest)
    assert "| Norland News Agency | 15 | 0 | 2 | 0 | 12 | 0 | 1 | yes |" in page
    assert "| **All feeds** | 22 | 0 | 3 | 1 | 16 | 1 | 1 | yes |" in page


def test_books_that_balance_only_in_sum_do_not_balance(busy_day: DayView) -> None:
    wrong = (
        Balance(feed_id="nna", seen=2, items=(("known", 1),)),
        Balance(feed_id="nna", seen=1, items=(("known", 2),)),
    )
    page = render_markdown(build_digest(replace(busy_day, balances=wrong)))
    assert "**The books do not balance** for Norland News Agency." in page
    assert "| Norland News Agency | 3 | 0 | 0 | 3 | no |" in page


def test_what_was_resumed_is_balanced_as_well(busy_day: DayView) -> None:
    resumed = (Balance(feed_id="nna", seen=2, resumed=1, items=(("stored", 1), ("filtered", 2))),)
    page = render_markdown(build_digest(replace(busy_day, balances=resumed)))
    assert "| Feed | Seen | Resumed | Stored | Filtered | Balances |" in page
    assert "| Norland News Agency | 2 | 1 | 1 | 2 | yes |" in page


def test_what_a_person_should_look_at_is_told(newsroom: Newsroom) -> None:
    warnings = (
        Issue(code="failing", detail="3 failed polls in a row"),
        Issue(code="expected", detail="4 items, at least 10 expected"),
    )
    feed = newsroom.feed("nna", name="Norland News Agency")
    state = replace(newsroom.health(feed, "ok").state, warnings=warnings)  # type: ignore[type-var]
    health = replace(newsroom.health(feed, "ok"), state=state)
    digest = build_digest(newsroom.day_of(feeds=(health,)))
    assert "- **Look at** Norland News Agency" in render_markdown(digest)
    for page in (render_markdown(digest), render_html(digest)):
        assert "4 items, at least 10 expected" in page
        assert "3 failed polls in a row" not in page


def test_a_day_with_nothing_says_so(empty_day: DayView) -> None:
    for page in (render_markdown(build_digest(empty_day)), render_html(build_digest(empty_day))):
        assert "Nothing was stored for this day." in page
        assert "Herald" in page
        assert "At a glance" not in page


def test_articles_that_yield_nothing_are_listed_all_the_same(newsroom: Newsroom) -> None:
    page = render_markdown(build_digest(newsroom.day_of(newsroom.draft("a", "Nichts.", language="de", title=" "))))
    assert "No event was found" in page
    assert "(no title) “Nichts.”" in page


def test_a_full_day_stays_small_and_says_what_it_leaves_out(full_day: DayView) -> None:
    digest = build_digest(full_day)
    html, markdown = render_html(digest), render_markdown(digest)
    assert len(html.encode()) < 300_000
    assert len(markdown.encode()) < 300_000
    for section in (digest.events, digest.statements, digest.figures, digest.ahead, digest.articles):
        assert section.left_out > 0
        assert f"{section.left_out:,} more" in markdown
        assert f"{section.left_out:,} more" in html


def test_command_in_the_method_looks_up_a_record_of_the_digest(digest: Digest) -> None:
    first = digest.events.lines[0].passages[0]
    command = f"v_events WHERE article_id = '{first.article_id}' AND char_start = {first.start}"
    assert command in render_markdown(digest)


@pytest.mark.parametrize("section", ["events", "statements", "articles"])
def test_what_concerns_the_dossier_weighs_more(newsroom: Newsroom, section: str) -> None:
    drafts = []
    for place in ("Farland", "Nearland"):
        text = f"{place} signed a pact. An envoy said that {place} would keep it."
        made = newsroom.draft(place.lower(), text).event("AGREE", f"{place} signed a pact.")
        drafts.append(made.statement(None, f"An envoy said that {place} would keep it", f"{place} would keep it"))
    view = newsroom.day_of(*drafts)

    def weights(far: float | None, near: float | None) -> list[float]:
        measured = zip(view.extractions, (far, near), strict=True)
        found = replace(view, extractions=tuple(replace(made, relevance=relevance) for made, relevance in measured))
        return sorted(line.weight for line in getattr(build_digest(found), section).lines)

    unmeasured = weights(None, None)
    assert weights(1.0, 1.0) == unmeasured
    assert weights(0.0, 1.0)[0] < weights(0.5, 1.0)[0] < weights(1.0, 1.0)[0]
    assert weights(0.0, 0.0) == pytest.approx([weight / 2 for weight in unmeasured], abs=1e-5)
