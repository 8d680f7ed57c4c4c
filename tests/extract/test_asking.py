"""Questions to the model: a mark changes nothing but what is asked about, and answers lie within the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract import extract
from newsledger.extract.document import read_document
from newsledger.extract.grammar.verbs import base_of
from newsledger.extract.model.asking import ask_cue, ask_pair
from newsledger.extract.model.labels import ROOTS
from newsledger.extract.model.pieces import (
    ACTOR_MARK,
    RECIPIENT_MARK,
    WINDOW,
    around,
    cut,
    in_words,
    inputs,
    marked,
    own_sentence,
    windows,
)
from newsledger.extract.model.reading import Reading, read
from newsledger.records.article import Article

ANY_TEXT = st.text(st.characters(), min_size=1, max_size=300)
TALKS = (
    "Snow fell in the north. Kari Solberg, the finance minister, hinted on Friday that Nordbank could be sold, while "
    "her colleague Nils Ekberg called the idea premature. Police counted 300 protesters."
)


def word_at(reading: Reading, text: str, piece: str) -> int:
    return [start for start, _ in reading.pieces.spans].index(text.index(piece))


def told_of(text: str) -> tuple[set[tuple[str | None, str]], set[tuple[str, tuple[str, ...], tuple[str, ...]]]]:
    found = extract(Article(article_id="a", text=text, language="en"))
    statements = {(statement.speaker, statement.content.text) for statement in found.statements}
    return statements, {(event.type, event.actors, event.recipients) for event in found.events}


@given(ANY_TEXT, st.data())
@settings(deadline=None)
def test_marks_stand_before_their_words_and_move_nothing_else(text: str, data: st.DataObject) -> None:
    pieces = cut(text)
    for window in windows(pieces, in_words(pieces, read_document(text).sentences)):
        plain, _, heads = inputs(pieces, window)
        words = st.integers(0, len(pieces) - 1)
        marks = [(data.draw(words), ACTOR_MARK), (data.draw(words), RECIPIENT_MARK)]
        ids, shapes, moved, places = marked(pieces, window, marks)
        assert len(ids) == len(shapes)
        assert ids[moved].tolist() == plain[heads].tolist()
        assert [one for one in ids.tolist() if one not in (ACTOR_MARK, RECIPIENT_MARK)] == plain.tolist()
        for (word, mark), place in zip(marks, places, strict=True):
            inside = window.first <= word < window.last
            assert (place > 0) == inside
            if inside:
                assert ids[place] == mark
                assert place < moved[word - window.first] <= place + 2


@given(ANY_TEXT, st.integers(20, WINDOW), st.data())
@settings(deadline=None)
def test_what_is_read_around_a_word_holds_it_and_fits(text: str, limit: int, data: st.DataObject) -> None:
    pieces = cut(text)
    sentences = in_words(pieces, read_document(text).sentences)
    if not sentences:
        return
    first, last = data.draw(st.sampled_from(sentences))
    word = data.draw(st.integers(first, last - 1))
    for window in (own_sentence(pieces, sentences, word, limit), around(pieces, sentences, word, limit)):
        assert window.first <= word < window.last or pieces.size(word, word + 1) > limit // 2
        assert pieces.size(window.first, window.last) <= limit or window.last == window.first + 1


def test_a_cue_is_asked_about_alone() -> None:
    reading = read(read_document(TALKS))
    hinted, called = (ask_cue(reading, word_at(reading, TALKS, cue)) for cue in ("hinted", "called"))
    assert [TALKS[told.start : told.end] for told in hinted.contents] == ["that Nordbank could be sold"]
    assert "Kari Solberg" in TALKS[hinted.sources[0].start : hinted.sources[0].end]
    assert "Nils Ekberg" in TALKS[called.sources[0].start : called.sources[0].end]


def test_what_one_side_does_depends_on_who_is_asked_about() -> None:
    text = "Ghana bombed Togo, and Peru called on Chile to open its border."
    reading = read(read_document(text))
    ghana, togo, peru, chile = (word_at(reading, text, name) for name in ("Ghana", "Togo", "Peru", "Chile"))
    assert (ask_pair(reading, ghana, togo).root, ask_pair(reading, peru, chile).root) == ("ASSAULT", "REQUEST")
    assert ask_pair(reading, ghana, chile).any < ask_pair(reading, ghana, togo).any


def test_a_side_that_is_not_named_may_be_asked_about() -> None:
    text = "Rebels shelled the port of Kismayo."
    told = ask_pair(read(read_document(text)), 0, None)
    assert told.root == "ASSAULT"
    assert set(told.roots) == set(ROOTS)
    assert abs(sum(told.roots.values()) - 1) < 1e-5


@given(ANY_TEXT, st.data())
@settings(deadline=None, max_examples=30)
def test_any_word_may_be_asked_about(text: str, data: st.DataObject) -> None:
    reading = read(read_document(text))
    if not reading.sentences:
        return
    first, last = data.draw(st.sampled_from(reading.sentences))
    word = data.draw(st.integers(first, last - 1))
    told, deed = ask_cue(reading, word), ask_pair(reading, word, None)
    for span in (*told.sources, *told.contents, *deed.triggers):
        assert 0 <= span.start < span.end <= len(text)


def test_speech_that_no_rule_has_a_pattern_for_is_heard() -> None:
    statements, _ = told_of("The Kenyan minister poured cold water on the idea that Nairobi would host the talks.")
    assert ("kenyan-minister", "the idea that Nairobi would host the talks") in statements


def test_what_is_only_had_or_added_is_not_said() -> None:
    for text in ("The United States added restrictions for its role.", "The union has several rounds of sanctions."):
        assert told_of(text)[0] == set()


def test_what_nobody_is_named_for_has_no_speaker() -> None:
    statements, _ = told_of("It is widely expected that Japan will raise its rates.")
    assert {speaker for speaker, _ in statements} == {None}
    assert any("Japan will raise its rates" in content for _, content in statements)


def test_a_deed_that_no_rule_has_a_pattern_for_is_seen() -> None:
    _, events = told_of("Police in Oslo bundled three Iranian diplomats onto a plane.")
    assert {(kind, actors) for kind, actors, _ in events} == {("COERCE", ("police-in-oslo",))}


def test_where_nothing_is_done_no_deed_is_told() -> None:
    for text in ("Denmark shares a border with Germany.", "The Nile flows from Sudan to Egypt."):
        assert told_of(text) == (set(), set())


def test_a_verb_that_no_list_knows_has_its_lemma() -> None:
    forms = {"rattled": "rattle", "mulling": "mull", "quarrelled": "quarrel", "dances": "dance", "freed": "free"}
    assert {form: base_of(form) for form in forms} == forms
