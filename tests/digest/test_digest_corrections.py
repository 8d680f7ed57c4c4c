"""What people corrected is told where the digest says how it was made."""

from __future__ import annotations

from datetime import date

import pytest

from newsledger.digest import build_digest, render_html, render_markdown
from newsledger.digest.model import CorrectionNote
from newsledger.records.day import DayView

DAY = date(2031, 3, 12)


def notes(view: DayView) -> list[CorrectionNote]:
    found = next(extraction for extraction in view.extractions if extraction.entities)
    article, someone = found.article.article_id, found.entities[0].id
    return [
        CorrectionNote(
            article_id=article,
            kind="speaker",
            words="It <b>rained</b>",
            decided=DAY,
            was=someone,
            to="registry-only",
            by="Ann",
            why="*heard* it",
        ),
        CorrectionNote(article_id=article, kind="speaker", words="Nobody\n\n# left", decided=DAY, was=someone),
        CorrectionNote(article_id=article, kind="identity", words="Petrov", decided=DAY, was="a", to=someone),
        CorrectionNote(article_id=article, kind="no_event", words="met", decided=DAY, sides=("a", someone)),
        CorrectionNote(article_id="another-day", kind="no_event", words="left", decided=DAY),
    ]


def test_each_correction_of_the_day_is_told_with_names_and_with_who_and_why(busy_day: DayView) -> None:
    given = notes(busy_day)
    name = next(extraction for extraction in busy_day.extractions if extraction.entities).entities[0].name
    printed = render_markdown(build_digest(busy_day, corrections=given)).partition("## Method")[2]
    assert "4 corrections by hand in the articles of this day:" in printed
    lines = [line for line in printed.splitlines() if line.startswith(f"- `{given[0].article_id}`: ")]
    assert [line.partition(": ")[2] for line in lines] == [
        rf"“It \<b>rained\</b>” is said by registry-only, not by {name} (Ann, 2031-03-12: \*heard\* it)",
        f"“Nobody # left” is said by nobody who is known, not by {name} (not signed, 2031-03-12)",
        f"“Petrov” stands for {name}, not for a (not signed, 2031-03-12)",
        f"“met” tells of no event between a and {name} (not signed, 2031-03-12)",
    ]


def test_the_page_tells_the_same_and_escapes_it(busy_day: DayView) -> None:
    printed = render_html(build_digest(busy_day, corrections=notes(busy_day))).partition('id="method"')[2]
    assert "4 corrections by hand" in printed
    assert "It &lt;b&gt;rained&lt;/b&gt;" in printed
    assert "<b>rained" not in printed


@pytest.mark.parametrize("render", [render_markdown, render_html])
def test_without_corrections_of_the_day_nothing_is_said(busy_day: DayView, render: type) -> None:
    assert render(build_digest(busy_day, corrections=notes(busy_day)[-1:])) == render(build_digest(busy_day))
