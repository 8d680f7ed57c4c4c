"""The digest as JSON and as a feed: for scripts and for feed readers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.digest import build_digest, head_from_json, head_of, render_atom, render_json
from newsledger.digest.lines import BriefLine, Passage
from newsledger.digest.model import Digest, Section
from tests.digest.conftest import DAY, NOON, day_of, draft

TEXT = "The two sides met in Arden. Turnover rose by 12 percent, the ministry said."


def digest_of() -> Digest:
    article = draft("one", TEXT).entity("arden", "Arden", type="GPE")
    article.event("CONSULT", "The two sides met in Arden", actors=("arden",)).figure("12", "12.50", "percent")
    return build_digest(day_of(article), dossier="Norland <and> Sudland")


def brief(headline: str) -> BriefLine:
    return BriefLine(
        anchor="st-1",
        passages=(),
        story_id="s-1",
        state="new",
        headline=Passage(article_id="one", start=0, end=len(headline), text=headline, is_title=True),
        url=None,
        last_at=NOON,
        articles=3,
        articles_total=3,
        independent=2,
        is_state_only=False,
    )


def test_json_holds_what_the_digest_holds() -> None:
    digest = digest_of()
    found = json.loads(render_json(digest))
    assert found["format"] == 1
    assert found["day"] == "2031-03-12"
    assert found["start"] == "2031-03-12T00:00:00Z"
    assert found["counts"]["articles"] == digest.counts.articles
    assert found["verification"]["lines"] == digest.verification.lines
    assert [one["passage"]["text"] for one in found["evidence"]] == [one.passage.text for one in digest.evidence]


def test_every_passage_in_json_has_the_citation_under_which_it_is_found() -> None:
    found = [one["passage"] for one in json.loads(render_json(digest_of()))["evidence"]]
    assert {passage["citation"] for passage in found if passage["is_title"]} == {"one:title"}
    assert [passage for passage in found if not passage["is_title"]]
    for one in (passage for passage in found if not passage["is_title"]):
        article_id, _, span = one["citation"].rpartition(":")
        start, end = map(int, span.split("-"))
        assert article_id == "one"
        assert TEXT[start:end] == one["text"]


def test_lone_surrogates_do_no_harm_to_json() -> None:
    found = render_json(replace(digest_of(), dossier="broken \ud800 name"))
    assert found.encode("utf-8")
    assert json.loads(found)["dossier"] == "broken ? name"


def test_the_head_of_a_digest_is_read_from_its_json() -> None:
    digest = replace(digest_of(), brief=Section(lines=(brief("Talks in Arden"),), total=1))
    head = head_of(digest)
    assert head == head_from_json(render_json(digest))
    assert (head.day, head.articles, head.updated) == (DAY, digest.counts.articles, NOON)
    assert [(story.headline, story.anchor, story.independent) for story in head.stories][-1] == (
        "Talks in Arden",
        "st-1",
        2,
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 0}', '{"format": 1}', "no json", "null"])
def test_what_is_no_digest_has_no_head(text: str) -> None:
    assert head_from_json(text) is None


def test_a_feed_has_an_entry_for_each_day_that_parses_back() -> None:
    digest = replace(digest_of(), brief=Section(lines=(brief("Talks & <b>more</b>"),), total=1))
    heads = [replace(head_of(digest), day=DAY - timedelta(days=back)) for back in range(3)]
    parsed = feedparser.parse(render_atom(heads, "Norland <and> Sudland"))
    assert not parsed.bozo
    assert parsed.feed.title == "Newsledger digest: Norland <and> Sudland"
    assert [entry.link for entry in parsed.entries] == ["2031-03-12.html", "2031-03-11.html", "2031-03-10.html"]
    assert [entry.id for entry in parsed.entries] == [f"urn:newsledger:digest:2031-03-{n}" for n in (12, 11, 10)]
    assert parsed.entries[0].updated == "2031-03-12T12:00:00Z"
    assert "Talks &amp; &lt;b&gt;more&lt;/b&gt;" in parsed.entries[0].content[0].value
    assert 'href="2031-03-12.html#st-1"' in parsed.entries[0].content[0].value


def test_a_feed_without_days_is_a_feed() -> None:
    assert not feedparser.parse(render_atom([])).bozo


@given(st.text(max_size=400), st.dates(min_value=date(1, 1, 1)))
def test_no_headline_breaks_the_feed(headline: str, day: date) -> None:
    digest = replace(digest_of(), brief=Section(lines=(brief(headline),), total=1), dossier=headline)
    parsed = feedparser.parse(render_atom([replace(head_of(digest), day=day)], headline).encode())
    assert not parsed.bozo
    assert len(parsed.entries) == 1
    assert "<script" not in parsed.entries[0].content[0].value
