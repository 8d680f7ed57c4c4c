"""What people corrected is replayed on what is read: the words say where, and what comes out is whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract import extract, version, versions_of
from newsledger.extract.correcting import Outcome, correct
from newsledger.extract.corrections import Correction, NoEvent, WrongEntity, WrongSpeaker, by_article, in_example
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.mentions import referenced
from newsledger.records.article import Article
from newsledger.records.extraction import Entity, Event, Extraction, Mention, Statement
from newsledger.records.spans import Span

DAY = date(2026, 3, 6)
QUOTE = '"We have agreed on the timetable," he said.'
TEXT = (
    "GOMEL, March 4 (BelTA) - Belarusian President Alexander Lukashenko met Russian Prime Minister Mikhail Mishustin "
    f"in Gomel on Wednesday. {QUOTE} The director, Ivan Petrov, condemned the strike and said that 300 people had "
    "left. Petrov added that the talks would go on. He was met by Minsk. "
    '"It was a good day," the official told reporters. "Nothing will change."'
)
HE = WrongSpeaker(
    article="a",
    words="We have agreed on the timetable",
    decided=DAY,
    example=QUOTE,
    was="alexander-lukashenko",
    to="mikhail-mishustin",
)
PETROV = WrongEntity(article="a", words="Ivan Petrov", decided=DAY, was="ivan-petrov", to="sergei-lavrov")
MET = NoEvent(article="a", words="met", decided=DAY, example=TEXT[: TEXT.index(QUOTE)].strip())
APPLIED, NOT_NEEDED = Outcome("applied"), Outcome("no longer needed")


@cache
def read(text: str = TEXT) -> Extraction:
    return extract(Article(article_id="a", text=text, language="en"))


def corrected(*corrections: Correction, text: str = TEXT) -> tuple[Extraction, list[str]]:
    found, outcomes = correct(read(text), corrections, load_lexicon().entries)
    return found, [outcome.state for outcome in outcomes]


def said(found: Extraction) -> dict[str, str | None]:
    return {statement.content.text: statement.speaker for statement in found.statements}


def forms(found: Extraction, ident: str) -> list[str]:
    return [mention.text for entity in found.entities if entity.id == ident for mention in entity.mentions]


def test_what_a_pronoun_stood_for_goes_with_the_words_that_were_said() -> None:
    found, states = corrected(HE)
    assert states == ["applied"]
    assert said(found) == said(read()) | {HE.words: "mikhail-mishustin"}
    assert "he" in forms(found, "mikhail-mishustin")
    assert forms(found, "alexander-lukashenko") == ["Alexander Lukashenko"]
    agreed = next(event for event in found.events if event.type == "AGREE")
    assert agreed.actors == ("mikhail-mishustin",), "we is who speaks"
    met = next(event for event in found.events if event.trigger.text == "met")
    assert met.actors == ("alexander-lukashenko", "mikhail-mishustin"), "who is named stays"


def test_nobody_may_have_said_it() -> None:
    found, _ = corrected(replace(HE, to=None))
    statement = next(one for one in found.statements if one.content.text == HE.words)
    assert (statement.speaker, statement.speaker_span) == (None, None)


def test_a_speaker_whom_the_article_does_not_name_is_there_by_the_words_that_pointed_at_another() -> None:
    found, _ = corrected(replace(HE, to="sergei-lavrov"))
    assert said(found)[HE.words] == "sergei-lavrov"
    assert forms(found, "sergei-lavrov") == ["he"]
    (lavrov,) = (entity for entity in found.entities if entity.id == "sergei-lavrov")
    assert (lavrov.name, lavrov.country, lavrov.mentions[0].kind) == ("Sergei Lavrov", "RUS", "pronoun")


def test_the_name_of_another_is_left_to_that_one() -> None:
    added = WrongSpeaker(
        article="a",
        words="the talks would go on",
        decided=DAY,
        example="Petrov added that the talks would go on.",
        was="ivan-petrov",
        to="mikhail-mishustin",
    )
    found, _ = corrected(added)
    statement = next(one for one in found.statements if one.content.text == added.words)
    assert (statement.speaker, statement.speaker_span) == ("mikhail-mishustin", None)
    assert "Petrov" in forms(found, "ivan-petrov")


def test_figures_and_deeds_done_by_saying_them_follow_the_speaker() -> None:
    sentence = "The director, Ivan Petrov, condemned the strike and said that 300 people had left."
    both = [
        WrongSpeaker(
            article="a", words=words, decided=DAY, example=sentence, was="ivan-petrov", to="alexander-lukashenko"
        )
        for words in ("the strike", "300 people had left")
    ]
    found, states = corrected(*both)
    assert states == ["applied", "applied"]
    assert next(figure for figure in found.figures if figure.text == "300 people").attributed_to == (
        "alexander-lukashenko"
    )
    assert next(event for event in found.events if event.type == "ACCUSE").actors == ("alexander-lukashenko",)


def test_all_parts_of_a_quotation_have_the_speaker() -> None:
    text = TEXT[TEXT.index('"It was') :]
    part = WrongSpeaker(
        article="a", words="Nothing will change.", decided=DAY, example=text, was="official", to="mikhail-mishustin"
    )
    found, _ = corrected(part)
    assert said(found)["It was a good day"] == said(found)["Nothing will change."] == "mikhail-mishustin"
    assert forms(found, "mikhail-mishustin") == ["Mikhail Mishustin", "the official"]
    assert not forms(found, "official"), "nobody points at that one any more"


def test_all_that_points_at_the_wrong_one_by_the_name_follows() -> None:
    found, states = corrected(PETROV)
    assert states == ["applied"]
    assert not forms(found, "ivan-petrov")
    assert forms(found, "sergei-lavrov") == ["The director", "Ivan Petrov", "Petrov", "He"]
    assert "ivan-petrov" not in referenced(found.citations, found.statements, found.figures, found.events)
    assert said(found)["the talks would go on"] == "sergei-lavrov"
    assert next(figure for figure in found.figures if figure.text == "300 people").attributed_to == "sergei-lavrov"
    assert next(event for event in found.events if event.type == "ACCUSE").actors == ("sergei-lavrov",)


def test_a_name_of_several_that_are_read_as_one_takes_its_own_records_only() -> None:
    text = (
        'Norway will pay, the foreign minister said in Oslo on Monday. "It is late," she said. '
        "Oslo accused Sweden of delay. On Friday Norway threatened Denmark."
    )
    before = read(text)
    assert [event.actors for event in before.events] == [("norway",)] * len(before.events)
    oslo = WrongEntity(article="a", words="Oslo", decided=DAY, was="norway", to="finland")
    found, states = corrected(oslo, text=text)
    assert states == ["applied"]
    assert {event.type: event.actors for event in found.events if event.type in {"ACCUSE", "THREATEN"}} == {
        "ACCUSE": ("finland",),
        "THREATEN": ("norway",),
    }


def test_what_is_no_event_goes_and_nothing_else() -> None:
    one, states = corrected(replace(MET, sides=("belarus", "russia")))
    assert states == ["applied"]
    left = [event for event in one.events if event.trigger.text == "met"]
    assert [event.actors for event in left] == [("alexander-lukashenko", "mikhail-mishustin")]
    none, _ = corrected(MET)
    assert none.events == tuple(event for event in read().events if event.trigger.text != "met")
    assert replace(none, events=()) == replace(read(), events=())


def test_what_is_read_as_corrected_already_is_no_longer_needed() -> None:
    again = (HE, replace(HE, was="mikhail-mishustin"), PETROV, PETROV, MET, MET)
    assert corrected(*again)[1] == ["applied", "no longer needed"] * 3


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        (replace(HE, example=f"{QUOTE} Then he left."), "the words are gone"),
        (replace(HE, occurrence=2), "the words are gone"),
        (replace(HE, words="he"), "these words are not read as said by one"),
        (replace(HE, to="nobody-at-all"), "neither the registry nor the article knows 'nobody-at-all'"),
        (replace(PETROV, words="Nikolai Petrov"), "the words are gone"),
        (replace(PETROV, words="strike"), "nobody is read to be named so"),
        (replace(PETROV, to="nobody-at-all"), "neither the registry nor the article knows 'nobody-at-all'"),
        (replace(MET, words="GOMEL", example="GOMEL, March 5"), "the words are gone"),
    ],
)
def test_what_is_lost_changes_nothing_and_says_why(lost: Correction, reason: str) -> None:
    assert correct(read(), [lost], load_lexicon().entries) == (read(), (Outcome("lost", reason),))


def test_words_that_stand_twice_are_told_apart_by_occurrence() -> None:
    text = "Putin accused Poland of lies. Putin accused Poland of lies. On Monday Lavrov accused Latvia and left."
    second = NoEvent(article="a", words="accused", decided=DAY, example="Putin accused Poland of lies.", occurrence=2)
    assert second.place(text) == (36, 43)
    assert in_example(second) == replace(second, occurrence=1)


def test_only_the_article_that_is_corrected_is_signed_otherwise() -> None:
    lexicon = load_lexicon((), (), (), (HE,))
    versions = versions_of(lexicon)
    other = Article(article_id="b", text=TEXT, language="en")
    assert extract(other, lexicon) == replace(extract(other), extractor=versions.default)
    found = extract(replace(other, article_id="a"), lexicon)
    assert said(found)[HE.words] == "mikhail-mishustin"
    assert found.extractor == versions.of("a") != versions.default
    assert versions.default == versions.of("b") == version(lexicon.decisions, (), lexicon.topics)


def test_remarks_do_not_make_an_article_stale() -> None:
    def signed(*corrections: Correction) -> str:
        return versions_of(load_lexicon((), (), (), corrections)).of("a")

    remarked = replace(HE, by="Ann", why="heard it", decided=date(2026, 4, 1))
    assert signed(HE) == signed(remarked)
    assert signed(PETROV) == signed(replace(PETROV, example=QUOTE))
    assert len({signed(), signed(HE), signed(HE, PETROV), signed(replace(HE, to=None))}) == 4


@pytest.mark.parametrize("wrong", [{"words": "elsewhere"}, {"words": " "}, {"occurrence": 0}, {"example": None}])
def test_what_no_record_may_hold_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="must"):
        replace(HE, **wrong)


IDENTS = ("vladimir-putin", "alexander-lukashenko", "russia", "belarus", "minsk", "belta", "official", "nobody-at-all")
PARTS = (
    "Putin met Lukashenko in Minsk.", "He said that 30 percent of the gas had come.", "MINSK, 5 May (BelTA) -",
    '"We agreed," she said. "It rained."', "Moscow accused Minsk of lies.", "The minister denied that Russia attacked.",
    "According to TASS, Lukashenko's spokesman said so.", '"No," officials told Reuters.', "Belarusian troops left.",
)  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[Correction]]:
    """A text, and corrections of words that stand in it."""
    parts = draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6))
    text = " ".join(parts)
    found = read(text)
    spans = [*(one.content for one in found.statements), *(one.trigger for one in found.events)]
    spans += [mention for entity in found.entities for mention in entity.mentions]
    idents = st.sampled_from((*IDENTS, *(entity.id for entity in found.entities)))
    corrections: list[Correction] = []
    for span in draw(st.lists(st.sampled_from(spans), min_size=1, max_size=4)) if spans else ():
        placed = {"article": "a", "words": span.text, "decided": DAY, "example": text}
        placed["occurrence"] = draw(st.integers(1, 2))
        corrections += draw(
            st.sampled_from(
                (
                    WrongSpeaker(**placed, was=draw(idents | st.none()), to=draw(idents | st.none())),
                    WrongEntity(article="a", words=span.text, decided=DAY, was=draw(idents), to=draw(idents)),
                    NoEvent(**placed),
                )
            ).map(lambda one: [one])
        )
    return text, corrections


@settings(max_examples=150, deadline=None)
@given(cases())
def test_whatever_is_corrected_what_comes_out_is_whole(case: tuple[str, list[Correction]]) -> None:
    text, corrections = case
    entries = load_lexicon().entries
    found, outcomes = correct(read(text), corrections, entries)
    assert len(outcomes) == len(corrections)
    # Making an extraction has every span re-read.
    idents = [entity.id for entity in found.entities]
    assert len(set(idents)) == len(idents)
    assert referenced(found.citations, found.statements, found.figures, found.events) <= set(idents)
    for entity in found.entities:
        places = [(mention.start, mention.end) for mention in entity.mentions]
        assert places
        assert places == sorted(set(places))
    assert [entity.mentions[0].start for entity in found.entities] == sorted(
        entity.mentions[0].start for entity in found.entities
    )
    statements = {statement.id for statement in found.statements}
    for event in found.events:
        assert event.statement is None or event.statement in statements
        assert not set(event.actors) & set(event.recipients)
    again = extract(found.article, replace(load_lexicon(), corrections=by_article(corrections)))
    assert replace(again, extractor=found.extractor) == found, "extract replays the same"


def by_hand() -> Extraction:
    """Two who say one thing together, by an agency, and accuse a third."""
    text = "Anna and Boris said that Cyril lied, Wire reported."

    def span(words: str) -> dict[str, Any]:
        start = text.index(words)
        return {"start": start, "end": start + len(words), "text": words}

    def entity(name: str) -> Entity:
        return Entity(id=name.lower(), name=name, type="PER", mentions=(Mention(**span(name), kind="name"),))

    content = Span(**span("Cyril lied"))
    said = [
        Statement(
            **span("Anna and Boris said that Cyril lied"),
            id=ident,
            kind="indirect",
            content=content,
            speaker=speaker,
            speaker_span=Span(**span("Anna and Boris")),
            cue=Span(**span("said")),
            via=("wire",),
            group="q1",
        )
        for ident, speaker in (("s1", "anna"), ("s2", "boris"))
    ]
    accused = Event(
        **span("Cyril lied"),
        id="e1",
        trigger=Span(**span("lied")),
        type="ACCUSE",
        quad="verbal conflict",
        intensity=-2.0,
        status="occurred",
        confidence=0.5,
        actors=("cyril",),
        recipients=("boris",),
        attributed_to="anna",
        statement="s1",
    )
    return Extraction(
        article=Article(article_id="a", text=text, language="en"),
        extractor="by hand",
        sentences=((0, len(text)),),
        entities=tuple(map(entity, ("Anna", "Boris", "Cyril", "Wire"))),
        statements=tuple(said),
        events=(accused,),
    )


def lied(**who: str | None) -> WrongSpeaker:
    text = by_hand().article.text
    return WrongSpeaker(article="a", words="Cyril lied", decided=DAY, example=text, **who)


def test_of_two_who_said_it_together_only_the_wrong_one_is_another() -> None:
    found, _ = correct(by_hand(), [lied(was="anna", to="wire")], {})
    assert [(one.id, one.speaker, one.via) for one in found.statements] == [
        ("s1", "wire", ()),
        ("s2", "boris", ("wire",)),
    ]
    assert found.events[0].attributed_to == "wire"


def test_who_is_said_to_have_said_it_twice_says_it_once() -> None:
    found, _ = correct(by_hand(), [lied(was="anna", to="boris")], {})
    assert [(one.id, one.speaker) for one in found.statements] == [("s2", "boris")]
    assert (found.events[0].statement, found.events[0].attributed_to) == ("s2", "boris")


def test_of_several_who_said_it_the_one_must_be_meant() -> None:
    assert correct(by_hand(), [lied(was="dora", to="wire")], {}) == (
        by_hand(),
        (Outcome("lost", "these words are not read as said by one"),),
    )


def test_nobody_stands_on_both_sides_of_an_event() -> None:
    boris = WrongEntity(article="a", words="Boris", decided=DAY, was="boris", to="cyril")
    found, _ = correct(by_hand(), [boris], {})
    assert (found.events[0].actors, found.events[0].recipients) == (("cyril",), ())
    assert forms(found, "cyril") == ["Boris", "Cyril"]


def test_who_is_pointed_at_elsewhere_stays_and_who_is_not_named_and_not_pointed_at_goes() -> None:
    text = "The strike goes on. The official said that it rained."
    once = WrongSpeaker(article="a", words="it rained", decided=DAY, example=text, was="official", to="sergei-lavrov")
    found, states = corrected(once, text=text)
    assert states == ["applied"]
    assert forms(found, "sergei-lavrov") == ["The official"]
    assert not forms(found, "official")
    twice = text + " The official added that it was late."
    kept, _ = corrected(replace(once, example=twice), text=twice)
    assert said(kept) == {"it rained": "sergei-lavrov", "it was late": "official"}
    assert "The official" in forms(kept, "official")
