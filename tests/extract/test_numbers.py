"""Numbers, fractions, units and hedges, read one by one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract.figures.quantities import hedge_after, hedge_before
from newsledger.extract.figures.units import read_money_sign, read_rate, read_unit
from newsledger.extract.grammar.numerals import read_fraction, read_number


@pytest.mark.parametrize(
    ("text", "value", "read"),
    [
        ("3,450 men", "3450", "3,450"),
        ("5 000 men", "5000", "5 000"),
        ("5\u00a0000 men", "5000", "5\u00a0000"),
        ("1,50,000", "150000", "1,50,000"),
        ("1'500'000", "1500000", "1'500'000"),
        ("1.234.567,8", "1234567.8", "1.234.567,8"),
        ("5,8 percent", "5.8", "5,8"),
        ("0,45", "0.45", "0,45"),
        ("1.2 million", "1200000", "1.2 million"),
        ("5bn", "5000000000", "5bn"),
        ("10-million", "10000000", "10-million"),
        ("3 hundred thousand", "300000", "3 hundred thousand"),
        ("2 1/2", "2.5", "2 1/2"),
        ("2½ tonnes", "2.5", "2½"),
        ("twenty-four hours", "24", "twenty-four"),
        ("two hundred and fifty thousand", "250000", "two hundred and fifty thousand"),
        ("a hundred and two", "102", "a hundred and two"),
        ("one million two hundred thousand", "1200000", "one million two hundred thousand"),
        ("two and a half million", "2500000", "two and a half million"),
        ("half a million", "500000", "half a million"),
        ("a dozen eggs", "12", "a dozen"),
        ("two dozen", "24", "two dozen"),
        ("two three", "2", "two"),
        ("12 34", "12", "12"),
        ("5.80", "5.8", "5.80"),
    ],
)
def test_a_number_is_read_with_its_scale(text: str, value: str, read: str) -> None:
    number = read_number(text, 0)
    assert number is not None
    assert (format(number.value, "f"), text[: number.end]) == (value, read)


@pytest.mark.parametrize("text", ["1.2.3", "2021,15", "9" * 30, "a year", "several", "", "٣٤", "nine" + " million" * 9])
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert read_number(text, 0) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("two thirds", "0.667"), ("one-fifth", "0.2"), ("a third", "0.333"), ("three quarters", "0.75"), ("3/8", "0.375")],
)
def test_fractions_have_three_places(text: str, value: str) -> None:
    fraction = read_fraction(text, 0)
    assert fraction is not None
    assert fraction.value == Decimal(value)


@pytest.mark.parametrize("text", ["5/4", "9/11", "one thirds", "two third", "24/7", "a second"])
def test_what_is_no_fraction_is_not_read(text: str) -> None:
    assert read_fraction(text, 0) is None


@given(st.integers(0, 10**12))
def test_western_separators_are_read_back(value: int) -> None:
    number = read_number(f"{value:,}", 0)
    assert number is not None
    assert number.value == value


@given(st.text(max_size=40), st.integers(0, 40))
def test_reading_a_number_never_raises(text: str, start: int) -> None:
    for found in (read_number(text, start), read_fraction(text, start)):
        assert found is None or start < found.end <= len(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("%", "percent"),
        (" per cent of", "percent"),
        (" percentage points", "percentage point"),
        (" tonnes", "t"),
        (" metric tons", "t"),
        (" pounds of flour", "lb"),
        (" pounds", "GBP"),
        ("-km", "km"),
        (" sq km", None),
        (" square kilometres", "km2"),
        (" m3", "m3"),
        (" kWh", "kWh"),
        (" MW", "MW"),
        (" US dollars", "USD"),
        (" Belarusian roubles", "BYN"),
        (" rubles", "RUB"),
        (" UAH", "UAH"),
        ("€", "EUR"),
        (" in Minsk", None),
        (" people", None),
        (" million", None),
    ],
)
def test_units_have_codes(text: str, code: str | None) -> None:
    unit = read_unit(text, 0)
    assert (unit.code if unit else None) == code


@pytest.mark.parametrize(
    ("text", "code"), [("$5", "USD"), ("US$ 5", "USD"), ("EUR 5", "EUR"), ("EUR5", "EUR"), ("C$5", "CAD")]
)
def test_a_currency_may_stand_before_the_number(text: str, code: str) -> None:
    sign = read_money_sign(text, 0)
    assert sign is not None
    assert sign.code == code


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        (" a year", "/a"),
        (" annually", "/a"),
        (" per 1,000 cubic metres", "/1000m3"),
        ("/barrel", "/barrel"),
        (" per tonne", "/t"),
        (" a yearly", None),
    ],
)
def test_rates_are_read_behind_units(text: str, rate: str | None) -> None:
    found = read_rate(text, 0)
    assert (found.code if found else None) == rate


@pytest.mark.parametrize(
    ("before", "bound"),
    [
        ("more than ", "at least"),
        ("no fewer than ", "at least"),
        ("no more than ", "at most"),
        ("less than ", "at most"),
        ("up to ", "at most"),
        ("as many as ", "at most"),
        ("exceeding ", "at least"),
        ("nearly ", "about"),
        ("close to ", "about"),
        ("some ", "about"),
        ("handsome ", None),
        ("the ", None),
    ],
)
def test_hedges_set_the_bound(before: str, bound: str | None) -> None:
    hedge = hedge_before(f"It was {before}5", len(f"It was {before}"))
    assert (hedge[0] if hedge else None) == bound
    assert hedge is None or hedge[1] == len("It was ")


@pytest.mark.parametrize(
    ("after", "bound"), [(" or more", "at least"), ("+", "at least"), (" or less", "at most"), (" men", None)]
)
def test_hedges_may_stand_behind(after: str, bound: str | None) -> None:
    hedge = hedge_after(f"5{after}", 1)
    assert (hedge[0] if hedge else None) == bound
