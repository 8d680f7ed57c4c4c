"""What does not re-read in the stored text is not printed, and the footer says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from newsledger.digest import render_html, render_markdown
from newsledger.digest.build import draft_digest, numbered
from newsledger.digest.gate import verified
from newsledger.digest.lines import Line, Passage
from newsledger.digest.reading import Reading

if TYPE_CHECKING:
    from conftest import Newsroom

    from newsledger.records.day import DayView

FORGED = "words that nobody wrote"


def forged(passage: Passage) -> Passage:
    return replace(passage, text=FORGED, end=passage.start + len(FORGED))


def tamper(line: Line, field: str) -> Line:
    value = getattr(line, field)
    return replace(line, **{field: (forged(value[0]), *value[1:]) if isinstance(value, tuple) else forged(value)})


@pytest.mark.parametrize(
    ("section", "field"),
    [
        ("glance", "quotes"),
        ("events", "quotes"),
        ("events", "passages"),
        ("events", "sentence"),
        ("statements", "contents"),
        ("statements", "cue"),
        ("figures", "printed"),
        ("ahead", "sentence"),
        ("past", "printed"),
        ("articles", "opening"),
    ],
)
def test_a_forged_line_is_refused_and_counted(busy_day: DayView, section: str, field: str) -> None:
    reading = Reading(busy_day)
    draft = draft_digest(reading)
    lines = getattr(draft, section).lines
    at = next(place for place, line in enumerate(lines) if getattr(line, field))
    forgery = replace(getattr(draft, section), lines=(*lines[:at], tamper(lines[at], field), *lines[at + 1 :]))
    digest = numbered(verified(replace(draft, **{section: forgery}), reading.texts), reading)
    assert len(getattr(digest, section).lines) == len(lines) - 1
    assert (digest.verification.lines, digest.verification.verified) == (25, 24)
    for page in (render_markdown(digest), render_html(digest)):
        assert FORGED not in page
        assert "25 lines, 24 verified, 1 refused. Refused: " in page


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [(0, 3, "The"), (4, 9, "ferry"), (-5, -1, "late"), (4, 4, ""), (14, 99, "late."), (0, 3, "the")],
)
def test_only_the_very_words_at_the_very_place_pass(busy_day: DayView, start: int, end: int, text: str) -> None:
    reading = Reading(busy_day)
    draft = draft_digest(reading)
    (*_, last) = draft.articles.lines
    line = replace(last, opening=Passage(article_id="x", start=start, end=end, text=text))
    digest = verified(
        replace(draft, articles=replace(draft.articles, lines=(line,))), reading.texts | {"x": "The ferry is late."}
    )
    assert len(digest.verification.refused) == (text not in ("The", "ferry"))


def test_an_article_that_stands_twice_with_other_words_is_not_quoted_wrongly(newsroom: Newsroom) -> None:
    one = newsroom.draft("a", "Kovar left.").event("RETREAT", "Kovar left")
    other = newsroom.draft("a", "Kovar came.").event("CONSULT", "Kovar came")
    reading = Reading(newsroom.day_of(one, other))
    digest = numbered(verified(draft_digest(reading), reading.texts), reading)
    assert [line.quotes[0].text for line in digest.events.lines] == ["Kovar came"]
    assert digest.verification.refused
