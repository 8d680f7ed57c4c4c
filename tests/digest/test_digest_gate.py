"""What does not re-read in the stored text is not printed, and the footer says so."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsledger.digest import render_html, render_markdown
from newsledger.digest.build import draft_digest, numbered
from newsledger.digest.gate import verified
from newsledger.digest.lines import Line, Passage, Speaker, StoryLine
from newsledger.digest.model import Digest, Section
from newsledger.digest.proofs import Proofs
from newsledger.digest.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Newsroom

    from newsledger.records.day import DayView

FORGED = "words that nobody wrote"
PRINTED = ("events", "statements", "figures", "timeline", "cast", "members")


def forged(passage: Passage) -> Passage:
    return replace(passage, text=FORGED, end=passage.start + len(FORGED))


def moved(passage: Passage) -> Passage:
    return replace(passage, start=passage.start + 1, end=passage.end + 1)


def swap(lines: tuple[Any, ...], old: object, new: object) -> tuple[Any, ...]:
    return tuple(new if line is old else line for line in lines)


def in_story(digest: Digest, kind: str, field: str) -> tuple[StoryLine, Line]:
    """Find the first line of a kind in a story that has a field."""
    return next(
        (story, line) for story in digest.stories.lines for line in getattr(story, kind) if getattr(line, field)
    )


def with_story(digest: Digest, old: StoryLine, new: StoryLine) -> Digest:
    return replace(digest, stories=replace(digest.stories, lines=swap(digest.stories.lines, old, new)))


def printed(digest: Digest) -> list[object]:
    """List all that a digest prints, line by line, without what numbers it."""
    found: list[object] = []
    for one in fields(digest):
        section = getattr(digest, one.name)
        for line in section.lines if isinstance(section, Section) else ():
            if isinstance(line, StoryLine):
                found += [line.headline, *line.summary]
                found += [part for kind in PRINTED for part in getattr(line, kind)]
            else:
                found.append(line)
    return found


def refused_one(view: DayView, draft: Digest) -> tuple[Digest, Digest]:
    """Verify a draft as it should be and a draft with a forgery; check that this one line is lost, nothing else."""
    reading = Reading(view)
    sound, digest = verified(draft_digest(reading), reading), verified(draft, reading)
    assert sound.verification.refused == ()
    assert digest.verification.lines == sound.verification.lines
    assert len(digest.verification.refused) == 1
    left = [line for line in printed(digest) if line is not None]
    right = [line for line in printed(sound) if line is not None]
    assert len(left) == len(right) - 1
    assert all(line in right for line in left)
    return sound, digest


FABRICATIONS = [
    ("events", "quotes", lambda line: (forged(line.quotes[0]), *line.quotes[1:])),
    ("events", "passages", lambda line: (moved(line.passages[0]), *line.passages[1:])),
    ("events", "sentence", lambda line: forged(line.sentence)),
    ("events", "actors", lambda line: ("Nobody Atall", *line.actors[1:])),
    ("events", "actors", lambda line: ("Sudhaven", *line.actors[1:])),
    ("events", "recipients", lambda _: ("Norland Shipping",)),
    ("events", "location", lambda _: "Cape Nowhere"),
    ("events", "status", lambda line: "denied" if line.status == "occurred" else "occurred"),
    ("events", "when", lambda _: (date(1999, 1, 1), date(1999, 1, 1))),
    ("events", "proofs", lambda line: tuple(forged(proof) for proof in line.proofs)),
    ("events", "proofs", lambda _: ()),
    ("statements", "contents", lambda line: (moved(line.contents[0]), *line.contents[1:])),
    ("statements", "cue", lambda line: forged(line.cue)),
    ("statements", "speaker", lambda _: Speaker(key="tomas-riel", name="Tomas Riel")),
    ("statements", "speaker", lambda line: replace(line.speaker, name="Somebody Else")),
    ("figures", "printed", lambda line: forged(line.printed)),
    ("figures", "value", lambda line: line.value + 1),
    ("figures", "unit", lambda _: "USD"),
    ("figures", "about", lambda _: ("Farland",)),
    ("figures", "period", lambda _: (date(1999, 1, 1), None)),
    ("cast", "name", lambda _: "Farland"),
    ("members", "title", lambda _: "A headline that nobody wrote"),
]


@pytest.mark.parametrize(("kind", "field", "forge"), FABRICATIONS, ids=lambda value: str(value)[:12])
def test_a_fabrication_in_a_story_is_refused_and_nothing_else_is_lost(
    busy_day: DayView, kind: str, field: str, forge: Callable[..., object]
) -> None:
    draft = draft_digest(Reading(busy_day))
    story, line = in_story(draft, kind, field)
    forgery = replace(line, **{field: forge(line)})
    assert forgery != line
    parts = swap(getattr(story, kind), line, forgery)
    _, digest = refused_one(busy_day, with_story(draft, story, replace(story, **{kind: parts})))
    assert forgery not in printed(digest)
    for page in (
        render_markdown(numbered(digest, Reading(busy_day))),
        render_html(numbered(digest, Reading(busy_day))),
    ):
        assert FORGED not in page
        assert "1 refused. Refused: " in page


@pytest.mark.parametrize("forge", [forged, moved, lambda title: replace(title, text=title.text.upper())])
def test_a_wrong_headline_is_refused_and_the_story_stays(busy_day: DayView, forge: Callable[..., Any]) -> None:
    draft = draft_digest(Reading(busy_day))
    story = draft.stories.lines[0]
    assert story.headline
    wrong = forge(story.headline)
    forgery = replace(story, headline=wrong, passages=(wrong, *story.passages[1:]))
    _, digest = refused_one(busy_day, with_story(draft, story, forgery))
    assert digest.stories.lines[0].headline is None
    assert digest.stories.lines[0].passages == story.summary


def test_a_wrong_sentence_is_refused_and_the_others_stay(busy_day: DayView) -> None:
    draft = draft_digest(Reading(busy_day))
    story = draft.stories.lines[0]
    forgery = replace(story, summary=(forged(story.summary[0]), *story.summary[1:]))
    _, digest = refused_one(busy_day, with_story(draft, story, forgery))
    assert digest.stories.lines[0].summary == story.summary[1:]


def test_a_wrong_line_at_a_glance_is_refused(busy_day: DayView) -> None:
    draft = draft_digest(Reading(busy_day))
    line = draft.glance.lines[0]
    wrong = replace(line, quotes=(forged(line.quotes[0]),))
    refused_one(busy_day, replace(draft, glance=replace(draft.glance, lines=swap(draft.glance.lines, line, wrong))))
    wrong = replace(line, subject=replace(line.subject, status="planned"))
    refused_one(busy_day, replace(draft, glance=replace(draft.glance, lines=swap(draft.glance.lines, line, wrong))))


def test_a_spot_is_read_in_its_own_revision(edited_day: DayView) -> None:
    reading = Reading(edited_day)
    draft = draft_digest(reading)
    (line,) = draft.edits.lines
    assert line.before
    assert line.before.revision == 1
    wrong = replace(line, before=replace(line.before, revision=None))
    refused_one(edited_day, replace(draft, edits=replace(draft.edits, lines=(wrong,))))
    wrong = replace(line, before=replace(line.before, revision=7))
    refused_one(edited_day, replace(draft, edits=replace(draft.edits, lines=(wrong,))))


def test_a_damaged_article_counts_as_refused(busy_day: DayView) -> None:
    reading = Reading(replace(busy_day, damaged=("lost-article",)))
    digest = verified(draft_digest(reading), reading)
    assert digest.verification.refused == ("lost-article",)
    sound = verified(draft_digest(Reading(busy_day)), Reading(busy_day))
    assert digest.verification.verified == sound.verification.verified


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [(0, 3, "The"), (4, 9, "ferry"), (-5, -1, "late"), (4, 4, ""), (14, 99, "late."), (0, 3, "the")],
)
def test_only_the_very_words_at_the_very_place_pass(newsroom: Newsroom, start: int, end: int, text: str) -> None:
    proofs = Proofs(Reading(newsroom.day_of(newsroom.draft("x", "The ferry is late."))))
    assert proofs.rereads(Passage(article_id="x", start=start, end=end, text=text)) is (text in ("The", "ferry"))


@given(data=st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_gate_passes_what_the_text_says_and_nothing_else(newsroom: Newsroom, data: st.DataObject) -> None:
    text = data.draw(st.text(min_size=1, max_size=40))
    start, end = data.draw(st.integers(-3, 45)), data.draw(st.integers(-3, 45))
    words = data.draw(st.one_of(st.just(text[max(start, 0) : max(end, 0)]), st.text(max_size=5)))
    is_title = data.draw(st.booleans())
    view = newsroom.day_of(newsroom.draft("x", "." if is_title else text, title=text if is_title else "."))
    passage = Passage(article_id="x", start=start, end=end, text=words, is_title=is_title)
    is_there = start >= 0 and start < end and text[start:end] == words
    assert Proofs(Reading(view)).rereads(passage) is is_there


def test_an_article_that_stands_twice_with_other_words_is_not_quoted_wrongly(newsroom: Newsroom) -> None:
    one = newsroom.draft("a", "Kovar left.").event("RETREAT", "Kovar left")
    other = newsroom.draft("a", "Kovar came.").event("CONSULT", "Kovar came")
    reading = Reading(newsroom.day_of(one, other))
    digest = numbered(verified(draft_digest(reading), reading), reading)
    assert {quote.text for story in digest.stories.lines for line in story.events for quote in line.quotes} == {
        "Kovar came"
    }
