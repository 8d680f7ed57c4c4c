"""What does not re-read in the stored text is not printed, and the footer says so."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
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
    from collections.abc import Callable, Iterator

    from conftest import Draft, Newsroom

    from newsledger.records.day import DayView

FORGED = "words that nobody wrote"
PRINTED = ("changes", "events", "statements", "figures", "timeline", "cast", "members")


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
    ("figures", "quantity_of", lambda _: "wolves"),
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


@pytest.mark.parametrize(
    "forge",
    [
        lambda _: {"after_words": "15"},
        lambda _: {"before_words": "41"},
        lambda _: {"before": None},
        lambda line: {"before": replace(line.before, revision=None)},
        lambda line: {"after": forged(line.after)},
    ],
)
def test_a_made_up_change_is_refused(newsroom: Newsroom, forge: Callable[..., dict[str, Any]]) -> None:
    def miners(id_: str, value: str, when: datetime) -> Draft:
        made = newsroom.draft(id_, f"{value} miners of Norland were hurt.", published=when).of("s-mine", told_at=when)
        return made.entity("norland", "Norland").figure(value, value, quantity_of="hurt miners", about=("norland",))

    noon = datetime(2031, 3, 12, 12, tzinfo=UTC)
    view = newsroom.day_of(miners("new", "14", noon), before=[miners("old", "40", noon - timedelta(days=1))])
    draft = draft_digest(Reading(view))
    (story,) = draft.stories.lines
    (line,) = story.changes
    assert (line.before_words, line.after_words) == ("40", "14")
    wrong = replace(line, **forge(line))
    refused_one(view, with_story(draft, story, replace(story, changes=(wrong,))))


def passages_of(record: object) -> Iterator[Passage]:
    if isinstance(record, Passage):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from passages_of(item)
    elif is_dataclass(record):
        for one in fields(record):
            yield from passages_of(getattr(record, one.name))


def with_passage(record: Any, old: Passage, new: Passage) -> Any:  # noqa: ANN401 - whatever a digest is made of
    """Put another passage in the place of all that are this very one."""
    if record is old:
        return new
    if isinstance(record, tuple):
        return tuple(with_passage(item, old, new) for item in record)
    if isinstance(record, Section | Line):
        return replace(
            record, **{one.name: with_passage(getattr(record, one.name), old, new) for one in fields(record)}
        )
    return record


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_tampered_passage_passes_wherever_it_stands(busy_day: DayView, data: st.DataObject) -> None:
    reading = Reading(busy_day)
    draft = draft_digest(reading)
    section = data.draw(st.sampled_from(["glance", "stories"]))
    passage = data.draw(st.sampled_from(list(passages_of(getattr(draft, section)))))
    shift = data.draw(st.integers(-30, 30))
    changes = st.sampled_from(
        [
            {"start": passage.start + shift, "end": passage.end + shift},
            {"text": passage.text.upper(), "end": passage.end},
            {"text": passage.text + "s", "end": passage.end + 1},
            {"article_id": data.draw(st.sampled_from([*reading.told, "nowhere"]))},
            {"revision": data.draw(st.integers(2, 9))},
            {"is_title": not passage.is_title},
        ]
    )
    tampered = replace(passage, **data.draw(changes))
    if Proofs(reading).rereads(tampered):
        return
    digest = verified(replace(draft, **{section: with_passage(getattr(draft, section), passage, tampered)}), reading)
    assert len(digest.verification.refused) >= 1
    assert tampered not in set(passages_of(getattr(digest, section)))


def test_an_article_that_stands_twice_with_other_words_is_not_quoted_wrongly(newsroom: Newsroom) -> None:
    one = newsroom.draft("a", "Kovar left.").event("RETREAT", "Kovar left")
    other = newsroom.draft("a", "Kovar came.").event("CONSULT", "Kovar came")
    reading = Reading(newsroom.day_of(one, other))
    digest = numbered(verified(draft_digest(reading), reading), reading)
    assert {quote.text for story in digest.stories.lines for line in story.events for quote in line.quotes} == {
        "Kovar came"
    }
