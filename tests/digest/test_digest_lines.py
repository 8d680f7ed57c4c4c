"""What the digest says of a day: each fact in its words, with its source, its status and its citation."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from newsledger.digest import build_digest, render_html, render_markdown
from newsledger.digest.lines import Passage
from newsledger.records.article import Issue
from newsledger.records.day import ClaimRow, DisputeRow, Spot
from newsledger.records.feeds import Balance

if TYPE_CHECKING:
    from conftest import Newsroom

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
    assert STATUSES[status] in page
    assert f'<span class="st {status}">' in render_html(build_digest(view))


def test_every_record_of_the_day_stands_in_its_story(digest: Digest) -> None:
    strait, grain = sorted(digest.stories.lines, key=lambda story: -len(story.events))
    assert {line.sentence.text for line in strait.events} > {
        "President Anna Kovar of Norland arrived in Sudhaven on Wednesday for a two-day working visit."
    }
    assert sorted(line.speaker.name for line in strait.statements) == ["Anna Kovar", "Anna Kovar", "Ilse Brandt"]
    assert sorted(line.printed.text for line in strait.figures) == ["1,200", "14 per cent", "9.5 per cent"]
    assert [line.speaker.name for line in grain.statements] == ["Speaker not named"]
    assert [line.printed.text for line in grain.figures] == ["45 million crowns"]
    assert digest.verification.lines == digest.verification.verified > 25


def test_wire_copies_are_one_line_that_cites_both(digest: Digest) -> None:
    (copy,) = next(story for story in digest.stories.lines if story.story_id == "s-grain").statements
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
    figures = [line for story in digest.stories.lines for line in story.figures]
    assert one.line == next(line.anchor for line in figures if line.printed.text == "14 per cent")


def test_parts_of_a_split_quote_are_one_line(newsroom: Newsroom) -> None:
    text = "“We came,” she said. “We saw.”"
    made = newsroom.draft("a", text)
    made.statement(None, "“We came,” she said", "We came,", kind="direct", group="q1")
    made.statement(None, "We saw.", "We saw.", cue=None, kind="direct", group="q1")
    digest = build_digest(newsroom.day_of(made))
    (line,) = digest.stories.lines[0].statements
    assert [content.text for content in line.contents] == ["We came,", "We saw."]
    assert "“We came,” … “We saw.” — Norland News Agency" in render_markdown(digest)


def test_chain_of_those_who_relay_runs_from_the_outlet_inwards(newsroom: Newsroom) -> None:
    text = "The ferry is late, the captain said, writes State One after Union Observer."
    made = newsroom.draft("a", text)
    made.entity("observer", "Union Observer", type="ORG").entity("state-one", "State One", type="ORG")
    made.statement(None, "The ferry is late, the captain said", "The ferry is late", via=("observer", "state-one"))
    page = render_markdown(build_digest(newsroom.day_of(made)))
    assert "via Union Observer, citing State One; in Norland News Agency" in page


@pytest.mark.parametrize(
    ("other", "is_shared"),
    [
        ({"start": 9, "end": 12}, True),
        ({"start": 10, "end": 12}, False),
        ({"article_id": "b"}, False),
        ({"revision": 2}, False),
        ({"is_title": True}, False),
    ],
)
def test_places_overlap_only_within_one_text(other: dict[str, Any], is_shared: bool) -> None:  # noqa: FBT001
    one = Passage(article_id="a", start=5, end=10, text="ferry")
    second = replace(one, **other)
    assert one.overlaps(second) == second.overlaps(one) == is_shared


def test_one_act_told_twice_quotes_both_wordings(newsroom: Newsroom) -> None:
    told = {"actors": ("kovar",), "date_start": newsroom.day, "date_end": newsroom.day}
    one = newsroom.draft("a", "Kovar flew to the cape.").entity("kovar", "Kovar").of("s-cape")
    other = newsroom.draft("b", "Kovar is at the cape.", "gazette").entity("kovar", "Kovar").of("s-cape")
    one.event("CONSULT", "Kovar flew to the cape", **told)
    other.event("CONSULT", "Kovar is at the cape", **told)
    ((line,),) = (story.events for story in build_digest(newsroom.day_of(one, other)).stories.lines)
    assert [quote.text for quote in line.quotes] == ["Kovar flew to the cape", "Kovar is at the cape"]
    assert [source.id for source in line.sources] == ["nna", "gazette"]


def test_figures_that_sources_disagree_about_come_first_and_lead_to_the_disagreement(newsroom: Newsroom) -> None:
    ships = newsroom.draft("a", "A fleet of 30 ships left, 900 sailors and 7 dogs aboard.").of("s-fleet")
    ships.figure("900", "900", quantity_of="sailors").figure("30", "30").figure("7", "7", quantity_of="dogs")
    other = newsroom.draft("b", "A fleet of 12 ships left.", "gazette").of("s-fleet").figure("12", "12")
    day = newsroom.day_of(ships, other)

    def claim(article_id: str, at: int, value: str) -> ClaimRow:
        end = at + len(value)
        spot = Spot(article_id=article_id, revision=1, start=at, end=end, text=value)
        return ClaimRow(
            spot=spot, value=Decimal(value), value_max=None, unit="count", bound="exact", quantity_of="ships",
            about=(), period=(None, None), attributed_to=None,
        )  # fmt: skip

    dispute = DisputeRow(one=claim("a", 11, "30"), other=claim("b", 11, "12"))
    digest = build_digest(replace(day, disputes=(dispute,)))
    ((line,), (story,)) = digest.disputes.lines, digest.stories.lines
    assert {figure.printed.text for figure in story.figures[:2]} == {"30", "12"}
    assert [figure.dispute for figure in story.figures] == [line.anchor, line.anchor, None]


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


def test_articles_that_yield_nothing_are_told_all_the_same(newsroom: Newsroom) -> None:
    digest = build_digest(newsroom.day_of(newsroom.draft("a", "Nichts.", language="de", title=" ")))
    (story,) = digest.stories.lines
    (member,) = story.members
    assert (story.headline, story.summary) == (None, ())
    assert member.opening
    assert member.opening.text == "Nichts."


def test_a_full_day_stays_small_and_says_what_it_leaves_out(full_day: DayView) -> None:
    digest = build_digest(full_day)
    html, markdown = render_html(digest), render_markdown(digest)
    assert len(html.encode()) < 300_000
    assert len(markdown.encode()) < 300_000
    assert digest.brief.left_out == 130
    for page in (html, markdown):
        assert "130 more" in page


@pytest.mark.parametrize("kind", ["events", "statements"])
def test_what_concerns_the_dossier_weighs_more(newsroom: Newsroom, kind: str) -> None:
    drafts = []
    for place in ("Farland", "Nearland"):
        text = f"{place} signed a pact. An envoy said that {place} would keep it."
        made = newsroom.draft(place.lower(), text).event("AGREE", f"{place} signed a pact.")
        drafts.append(made.statement(None, f"An envoy said that {place} would keep it", f"{place} would keep it"))
    view = newsroom.day_of(*drafts)

    def weights(far: float | None, near: float | None) -> list[float]:
        measured = zip(view.extractions, (far, near), strict=True)
        found = replace(view, extractions=tuple(replace(made, relevance=relevance) for made, relevance in measured))
        return sorted(line.weight for story in build_digest(found).stories.lines for line in getattr(story, kind))

    unmeasured = weights(None, None)
    assert weights(1.0, 1.0) == unmeasured
    assert weights(0.0, 1.0)[0] < weights(0.5, 1.0)[0] < weights(1.0, 1.0)[0]
    assert weights(0.0, 0.0) == pytest.approx([weight / 2 for weight in unmeasured], abs=1e-5)


@pytest.mark.parametrize(
    ("feeds", "balances", "light"),
    [
        ({"ok": 2}, (), "green"),
        ({"ok": 3, "timeout": 1}, (), "yellow"),
        ({"ok": 1, "timeout": 1}, (), "red"),
        ({"timeout": 1}, (), "red"),
        ({}, (), "grey"),
        ({"ok": 2}, (Balance(feed_id="feed-0", seen=2, items=(("known", 1),)),), "red"),
    ],
)
def test_light_says_how_far_a_day_can_be_relied_on(
    newsroom: Newsroom, feeds: dict[str, int], balances: tuple[Balance, ...], light: str
) -> None:
    outcomes = [outcome for outcome, count in feeds.items() for _ in range(count)]
    health = tuple(
        newsroom.health(newsroom.feed(f"feed-{n}"), outcome, articles=1) for n, outcome in enumerate(outcomes)
    )
    assert build_digest(newsroom.day_of(feeds=health, balances=balances)).light == light


def test_a_feed_that_is_silent_makes_the_light_yellow(newsroom: Newsroom) -> None:
    health = (newsroom.health(newsroom.feed("a"), articles=1), newsroom.health(newsroom.feed("b")))
    assert build_digest(newsroom.day_of(feeds=health)).light == "yellow"
