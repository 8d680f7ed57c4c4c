from __future__ import annotations

# ruff: noqa: RUF001 - quote marks of every style are what is tested
from itertools import pairwise

import pytest
from hypothesis import assume, given
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
        ("Er sagte »ja« und ›nein‹.", ["ja", "nein"]),
        ("Il a dit « oui ».", ["oui"]),
        ("He said “yes, ‘and’ no”.", ["yes, ‘and’ no"]),
        ('We are ready," he said. "Quite."', ["We are ready,", "Quite."]),
        ("We are ready,” he said.", ["We are ready,"]),
        ('A nail of 5", he said.', []),
        ("— We are ready, — he said. — They are not.", ["We are ready,", "They are not."]),
        ("- Who is ready? - he asked.", ["Who is ready?"]),
        ("– We are ready! – he shouted, – they are not!", ["We are ready!", "they are not!"]),
        ("- bread, - milk, - eggs", []),
        ("Bread — and milk, — for the boys.", []),
        ("He said “yes”” and ““no”.", ["yes", "no"]),
        ("The ’90s were over, ’twas said.", []),
        ("He's “the boys' choice”.", ["the boys' choice"]),
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


MARKS = "\"'“”„‟«»‹›‘’‚‛`"
PIECES = [*MARKS, "''", "``", "a", "Ab", "s", "5", "said", "— ", "- ", ", ", ". ", "? ", " ", "\n", "\n\n", ": ", "("]


@given(st.one_of(st.text(alphabet=MARKS, max_size=60), st.lists(st.sampled_from(PIECES), max_size=80).map("".join)))
def test_any_string_of_marks_gives_quotes_that_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    quotes = find_quotes(read_document(text))
    for quote in quotes:
        assert 0 <= quote.start <= quote.inner_start <= quote.inner_end <= quote.end <= len(text)
        assert quote.start < quote.end
    outer = [quote for quote in quotes if quote.depth == 0]
    assert all(left.end <= right.start for left, right in pairwise(outer))
    for inner in quotes:
        assert inner.depth == 0 or any(one.start <= inner.start and inner.end <= one.end for one in outer)


words = st.lists(st.sampled_from(["we", "are", "ready", "Poles", "not"]), min_size=1, max_size=6).map(" ".join)
PAIRS = ['""', "“”", "„“", "„”", "«»", "»«", "‘’", "‹›"]


@given(words, words, st.sampled_from(PAIRS))
def test_what_stands_between_two_marks_of_one_style_is_the_quote(said: str, told: str, pair: str) -> None:
    opening, closing = pair[0], pair[1]
    assert _inner(f"{told.capitalize()} said: {opening}{said}.{closing}") == [f"{said}."]


@given(words, st.sampled_from(PAIRS), st.sampled_from([pair for pair in PAIRS if pair not in {"‘’", "‹›"}]))
def test_marks_of_another_style_inside_a_quote_do_not_end_it(said: str, inner: str, outer: str) -> None:
    assume(not {*inner} & {*outer})
    text = f"{outer[0]}So {inner[0]}{said}{inner[1]} they said.{outer[1]}"
    assert _inner(text) == [text[1:-1]]
    assert _inner(text, depth=1) == [said]
