from __future__ import annotations

# ruff: noqa: RUF001 - quote marks of every style are what is tested
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract.document import read_document
from newsledger.extract.grammar.quotes import find_quotes


def _inner(text: str, depth: int = 0) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in find_quotes(read_document(text)) if q.depth == depth]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('He said "yes" and "no".', ["yes", "no"]),
        ("He said “yes” and “no”.", ["yes", "no"]),
        ("He said «yes» and ‹no›.", ["yes", "no"]),
        ("Er sagte „ja“ und ‚nein‘.", ["ja", "nein"]),
        ("He said ''yes'' and ``no''.", ["yes", "no"]),
        ("He said 'yes' and ‘no’.", ["yes", "no"]),
        ('" Yes, " he said.', ["Yes,"]),
        ("“Yes,“ he said.", ["Yes,"]),
        ('"Yes,” he said.', ["Yes,"]),
        ("It's the dogs' dinner, don't you see?", []),
        ("‘The dogs’ dinner is cold,’ he said.", ["The dogs’ dinner is cold,"]),
        ("A 6' fence and a 5\" nail.", []),
        ('He said: "yes, and then', ["yes, and then"]),
        ('He saw the "yes and went home', []),
        ("“”", []),
        ("", []),
    ],
)
def test_the_outer_quotes_of_every_style_are_found(text: str, inner: list[str]) -> None:
    assert _inner(text) == inner


def test_a_quote_inside_a_quote_lies_one_deeper() -> None:
    text = "“She said ‘no’ and ‘never’,” he told us."
    assert _inner(text) == ["She said ‘no’ and ‘never’,"]
    assert _inner(text, depth=1) == ["no", "never"]


def test_a_quote_that_the_next_paragraph_goes_on_with_ends_with_its_paragraph() -> None:
    quotes = find_quotes(read_document("“One.\n\n“Two.”"))
    assert [(quote.inner_start, quote.inner_end) for quote in quotes] == [(1, 5), (8, 12)]


@given(st.text(alphabet="ab .,\n\"'“”‘’«»„`", max_size=200))
def test_quotes_lie_in_the_text_and_outer_ones_do_not_overlap(text: str) -> None:
    quotes = find_quotes(read_document(text))
    for quote in quotes:
        assert 0 <= quote.start < quote.inner_start <= quote.inner_end <= quote.end <= len(text)
    outer = [quote for quote in quotes if quote.depth == 0]
    assert all(left.end <= right.start for left, right in pairwise(outer))
