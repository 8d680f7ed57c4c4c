"""A text's paragraphs, sentences and tokens."""

# ruff: noqa: RUF001 - the marks and letters that agencies print

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract.document import read_document


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in read_document(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Brown left. He was tired.", ["Mr. Brown left.", "He was tired."]),
        ("Gen. A. G. Petrov of the U.S. Army spoke.", ["Gen. A. G. Petrov of the U.S. Army spoke."]),
        ("Judge Marta P. Kowal ruled.", ["Judge Marta P. Kowal ruled."]),
        ("They met J. R. Zielony.", ["They met J. R. Zielony."]),
        ("Rep. G.K. Zielony left. He won.", ["Rep. G.K. Zielony left.", "He won."]),
        ("See p. 5 there. It is on pp. 7 and 8.", ["See p. 5 there.", "It is on pp. 7 and 8."]),
        ("He moved to the U.S. The war went on.", ["He moved to the U.S.", "The war went on."]),
        ("It cost 5.5 million. No. 7 won.", ["It cost 5.5 million.", "No. 7 won."]),
        ("They met on Jan. 5 in St. Petersburg.", ["They met on Jan. 5 in St. Petersburg."]),
        ("He waited... Then he left.", ["He waited...", "Then he left."]),
        ('"We will go." She smiled.', ['"We will go."', "She smiled."]),
        ("“It is over.” They left.", ["“It is over.”", "They left."]),
        ('"Stop!" Anna Novak said. They did.', ['"Stop!" Anna Novak said.', "They did."]),
        ('"Is it true?" he asked.', ['"Is it true?" he asked.']),
        ("the end of the alliance.Minsk News wrote so.", ["the end of the alliance.", "Minsk News wrote so."]),
        ('He agreed."We are ready" was the answer.', ["He agreed.", '"We are ready" was the answer.']),
        ("Visit example.com today.", ["Visit example.com today."]),
        ("A headline without a stop\nThe first line. ", ["A headline without a stop", "The first line."]),
        ("One sentence.   Another one .  Third .", ["One sentence.", "Another one .", "Third ."]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_paragraph_broken_to_a_width_is_one_paragraph() -> None:
    wrapped = (
        "The two ministers met for the third time this year and spoke about the\n"
        "railway that is to link both capitals by the end of the decade, a plan\n"
        "that was first made public in the spring and has been delayed since then,\n"
        "as neither side wants to pay for it."
    )
    assert len(read_document(wrapped).paragraphs) == 1
    assert len(read_document("A title\nA caption\nA line.").paragraphs) == 3


def test_tokens_know_possessives_numbers_and_compounds() -> None:
    tokens = [token.text for token in read_document("Russia's 1,000.5 tonnes for O'Leary in a U.S.-led deal").tokens]
    assert tokens == ["Russia", "'s", "1,000.5", "tonnes", "for", "O'Leary", "in", "a", "U.S.", "-", "led", "deal"]
    words = [word.text for word in read_document("the Putin-Lukashenko talks").words]
    assert words == ["the", "Putin", "-", "Lukashenko", "talks"]


def test_places_are_looked_up_by_offset() -> None:
    text = "One here. Two there.\n\nThree."
    document = read_document(text)
    assert text[slice(*document.sentence_at(text.index("Two")))] == "Two there."
    assert text[slice(*document.paragraph_at(text.index("Two")))] == "One here. Two there."
    assert document.sentence_index(text.index("Three")) == 2
    assert document.tokens[document.token_index(text.index("Two"))].text == "Two"
    assert read_document("").sentence_at(0) == (0, 0)


@given(st.text(alphabet=st.sampled_from('Ab. \n"’”“?!,-1éЖ\u0301\u2028'), max_size=80))
def test_structure_covers_every_letter_once(text: str) -> None:
    document = read_document(text)
    for spans in (document.paragraphs, document.sentences):
        assert all(start < end for start, end in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = {index for start, end in document.sentences for index in range(start, end)}
    assert all(index in covered for index, letter in enumerate(text) if not letter.isspace())
    assert all(text[token.start : token.end] == token.text for token in (*document.tokens, *document.words))


@pytest.mark.parametrize("piece", [".", '."A', "A. ", "a.", "“x.”", "word " * 30 + ". "])
def test_reading_takes_time_in_proportion_to_length(piece: str) -> None:
    def seconds(size: int) -> float:
        start = time.process_time()
        read_document((piece * size)[:size])
        return time.process_time() - start

    seconds(1000)
    assert seconds(200_000) < 3


@pytest.mark.parametrize("office", ["President Anna Holm", "Prime Minister Anna Holm", "Officials"])
def test_an_office_behind_an_acronym_begins_no_sentence(office: str) -> None:
    text = f"In the evening U.S. {office} left the hall."
    assert read_document(text).sentences == ((0, len(text)),)
