"""The model at work: exact spans in any Unicode, windows that lose no word, the same reading whatever else is read."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from newsledger.extract import extract
from newsledger.extract.document import read_document
from newsledger.extract.model.decoding import best_tags, log_shares, spans
from newsledger.extract.model.labels import LAYERS
from newsledger.extract.model.pieces import WINDOW, Pieces, cut, in_words, inputs, windows
from newsledger.extract.model.reading import read
from newsledger.records.article import Article

ANY_TEXT = st.text(st.characters(), max_size=300)
NEWS = (
    "OSLO, March 3 (NTB) - Norwegian Finance Minister Kari Solberg told the daily Fjordposten on Friday that Nordbank "
    "would not be sold. Her Swedish colleague Nils Ekberg disagreed."
)


def names(text: str) -> list[tuple[str, str]]:
    return [(text[told.start : told.end], told.type) for told in read(read_document(text)).spans("names")]


def is_sound(tags: NDArray[np.int64]) -> bool:
    return all(tag == 0 or tag % 2 == 1 or before in (tag - 1, tag) for before, tag in pairwise([0, *tags.tolist()]))


def test_names_are_told_with_their_types() -> None:
    assert {
        ("Kari Solberg", "PER"),
        ("Nils Ekberg", "PER"),
        ("OSLO", "LOC"),
        ("Norwegian", "NORP"),
        ("Nordbank", "ORG"),
    } <= set(names(NEWS))


def test_letter_case_tells_a_name_that_the_words_do_not() -> None:
    assert ("Mark Brown", "PER") in names("The senator, Mark Brown, said that he would run again.")
    assert names("The senator left a mark, brown as mud, on the floor and said no more.") == []


def test_every_layer_gives_spans_of_its_types() -> None:
    reading = read(read_document(NEWS))
    for layer, types in LAYERS.items():
        assert {told.type for told in reading.spans(layer)} <= set(types)


@given(ANY_TEXT)
@example("\ud800\udfff Łódź e\u0301\u0301 \x00\u200b한국 ﬁﬀ Ⅷ İstanbul ß𝔘𝔫𝔦")
@example("")
@example(" \n\t ")
def test_spans_lie_within_any_text_in_order_and_apart(text: str) -> None:
    pieces = cut(text)
    assert len(pieces.starts) == len(pieces) + 1
    assert all(0 <= start < end <= len(text) for start, end in pieces.spans)
    reading = read(read_document(text))
    for layer in LAYERS:
        found = [(told.start, told.end) for told in reading.spans(layer)]
        assert all(0 <= start < end <= len(text) for start, end in found)
        assert all(end <= start for (_, end), (start, _) in pairwise(found))


@given(st.lists(st.integers(1, 60), max_size=60), st.data())
def test_each_word_of_a_sentence_is_kept_once(sizes: list[int], data: st.DataObject) -> None:
    starts = np.array([0, *np.cumsum(sizes)], dtype=np.int64)
    ids = np.arange(starts[-1])
    pieces = Pieces(ids=ids, shapes=ids, starts=starts, spans=[(i, i + 1) for i in range(len(sizes))])
    cuts = sorted(data.draw(st.sets(st.integers(0, len(sizes)))) | {0, len(sizes)})
    sentences = list(pairwise(cuts))
    limit = data.draw(st.integers(70, 200))
    found = list(windows(pieces, sentences, limit))
    kept = [word for window in found for word in range(window.kept_first, window.kept_last)]
    assert kept == list(range(len(sizes)))
    for window in found:
        assert window.first <= window.kept_first < window.kept_last <= window.last
        assert pieces.size(window.first, window.last) <= limit


def test_no_window_is_longer_than_the_network_may_see() -> None:
    text = "supercalifragilisticexpialidocious " * 500 + "x" * 5000 + " 漢字" * 800
    pieces = cut(text)
    for window in windows(pieces, in_words(pieces, [(0, len(text))])):
        ids, shapes, heads = inputs(pieces, window)
        assert len(ids) == len(shapes) <= WINDOW + 2
        assert len(heads) == window.last - window.first
        assert heads.max() < len(ids)


def test_a_reading_does_not_depend_on_what_was_read_before() -> None:
    alone = read(read_document(NEWS))
    for other in ("", "A word.", NEWS * 20, "Кто там? " * 300):
        read(read_document(other))
        assert np.array_equal(read(read_document(NEWS)).scores, alone.scores)


def test_a_reading_does_not_depend_on_the_process() -> None:
    program = (
        "import sys; from newsledger.extract.document import read_document;"
        "from newsledger.extract.model.reading import read;"
        "sys.stdout.buffer.write(read(read_document(sys.stdin.read())).scores.tobytes())"
    )
    done = subprocess.run([sys.executable, "-c", program], input=NEWS.encode(), capture_output=True, check=True)
    assert done.stdout == read(read_document(NEWS)).scores.tobytes()


def test_a_name_in_a_sentence_that_must_be_cut_is_found() -> None:
    text = "the minister said that " * 150 + "he had met Kari Solberg in Oslo " + "and that it was raining " * 150
    assert ("Kari Solberg", "PER") in names(text)


@given(st.lists(st.lists(st.floats(-9, 9, width=32), min_size=7, max_size=7), max_size=8))
@settings(max_examples=200)
def test_tags_are_the_likeliest_that_make_sense(rows: list[list[float]]) -> None:
    shares = log_shares(np.array(rows, dtype=np.float32).reshape(-1, 7))
    tags = best_tags(shares)
    assert len(tags) == len(rows)
    for before, tag in zip([0, *tags], tags, strict=False):
        assert tag == 0 or tag % 2 == 1 or before in (tag - 1, tag)
    greedy = shares.argmax(axis=1)
    if all(
        tag == 0 or tag % 2 == 1 or before in (tag - 1, tag) for before, tag in zip([0, *greedy], greedy, strict=False)
    ):
        assert shares[np.arange(len(rows)), tags].sum() == pytest.approx(shares.max(axis=1).sum(), abs=1e-3)


def test_spans_are_read_off_their_tags() -> None:
    assert spans(np.array([0, 1, 2, 2, 0, 3, 1, 1, 2])) == [(1, 4, 0), (5, 6, 1), (6, 7, 0), (7, 9, 0)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["The mayor of Riga met Karlis Berzins and said that 300 would come. ", "x", "€", "漢"]
)
def test_ten_megabytes_are_read_as_far_as_an_article_may_go(piece: str) -> None:
    text = piece * (10_000_000 // len(piece.encode()))
    found = extract(Article(article_id="a", text=text, language="en"))
    assert "text_too_long" in {issue.code for issue in found.article.issues}
    is_kept = found.article.text == text
    assert is_kept
    assert ("karlis-berzins" in {entity.id for entity in found.entities}) == ("Berzins" in piece)
