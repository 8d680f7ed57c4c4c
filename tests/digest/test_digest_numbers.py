"""A value is held against the words that print it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.digest.numbers import prints


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("14 per cent", "14"),
        ("1,200", "1200"),
        ("$128.52", "128.52"),
        ("9,5 %", "9.5"),
        ("20 billion cubic metres a year", "20000000000"),
        ("$3.5bn", "3500000000"),
        ("1 000 t", "1000"),
        ("10-15", "15"),
        ("between 5 and 7 men", "5"),
        ("two battalions", "2"),
        ("a dozen people", "12"),
        ("two dozen units", "24"),
        ("2 dozen", "24"),
        ("sixty-one-year-old", "61"),
        ("a hundred billion dollars", "100000000000"),
        ("two hundred fifty thousand", "250000"),
        ("half", "0.5"),
        ("a third", "0.333"),
        ("two fifths", "0.4"),
        ("three quarters", "0.75"),
        ("six AK-47 rifles", "6"),
        ("3 1/2 quarters", "3.5"),
        ("2½ years", "2.5"),
        ("¾ of them", "0.75"),
        ("2/3 of them", "0.667"),
        ("no deaths", "0"),
        ("0 cases", "0"),
        ("\u0663 cases", "3"),
    ],
)
def test_what_the_words_print_passes(words: str, value: str) -> None:
    assert prints(words, Decimal(value))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("14 per cent", "41"),
        ("14 per cent", "1.5"),
        ("two battalions", "3"),
        ("a dozen people", "13"),
        ("many people", "5"),
        ("", "0"),
        ("9 cases", "0"),
        ("14", "NaN"),
        ("14", "Infinity"),
    ],
)
def test_what_they_do_not_print_does_not(words: str, value: str) -> None:
    assert not prints(words, Decimal(value))


@given(st.decimals(0, 10**12, places=3), st.sampled_from(["{}", "some {} men", "${}m", "{}-strong"]))
def test_every_number_in_digits_passes(value: Decimal, words: str) -> None:
    assert prints(words.format(f"{value:,}"), value)
    assert not prints(words.format(f"{value:,}"), value + Decimal("0.0007"))


@given(st.text(max_size=60), st.decimals(allow_nan=True, allow_infinity=True))
def test_any_words_and_any_value_can_be_compared(words: str, value: Decimal) -> None:
    assert prints(words, value) in (True, False)
