"""Figures of one quantity, brought to one unit and compared."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract.document import read_document
from newsledger.extract.figures import find_figures
from newsledger.extract.figures.comparing import Amount, agree, amount_of
from newsledger.extract.mentions import Mentions
from newsledger.extract.times import find_times
from newsledger.records.extraction import Figure


def figure_of(text: str) -> Figure:
    document = read_document(text)
    (figure,) = find_figures(document, find_times(document, None), Mentions(()), (), ())
    return figure


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("They sold 2 tonnes of tea.", "kg", "2000", "2000"),
        ("They sold a third of it.", "percent", "33.3", "33.3"),
        ("The wall is at least 3 km long.", "m", "3000", None),
        ("It held up to 200 litres.", "m3", None, "0.2"),
        ("The pact ran for five years.", "month", "60", "60"),
        ("It took two to three hours.", "s", "7200", "10800"),
        ("They paid about $100.", "USD", "95", "105"),
        ("Gas costs $130 per 1,000 cubic metres.", "USD/m3", "0.13", "0.13"),
        ("The plant makes 24 tonnes a year.", "kg/month", "2000", "2000"),
        ("It fell 25 basis points.", "percentage point", "0.25", "0.25"),
    ],
)
def test_amounts_are_in_base_units(text: str, unit: str, low: str | None, high: str | None) -> None:
    wanted = Amount(unit, Decimal(low) if low else None, Decimal(high) if high else None)
    assert amount_of(figure_of(text)) == wanted


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("The convoy is 5 km long.", "The convoy is 5,000 metres long.", True),
        ("The convoy is 5 km long.", "The convoy is 6 km long.", False),
        ("More than 300 men came.", "They counted 450 men.", True),
        ("Fewer than 300 men came.", "They counted 450 men.", False),
        ("About 450 men came.", "They counted 460 men.", True),
        ("From 400 to 500 men came.", "They counted 460 men.", True),
        ("The wind reached 90 km/h.", "The wind reached 25 metres per second.", True),
        ("One in four men left.", "About 25 percent left.", True),
        ("The pact ran for five years.", "The pact ran for 60 months.", True),
        ("The pact ran for five years.", "The pact ran for 1,826 days.", None),
        ("They paid $5 million.", "They paid 5 million euros.", None),
        ("They bought gas at $130 per 1,000 cubic metres.", "They bought gas at $0.13 per cubic metre.", True),
    ],
)
def test_figures_agree_where_both_may_be_true(first: str, second: str, both: bool | None) -> None:  # noqa: FBT001 - a column of the table
    assert agree(figure_of(first), figure_of(second)) is both
    assert agree(figure_of(second), figure_of(first)) is both


@given(st.integers(-(10**9), 10**9), st.sampled_from(["t", "km", "USD/a", "percent", "count", "mph"]))
def test_a_figure_agrees_with_itself(value: int, unit: str) -> None:
    figure = Figure(start=0, end=1, text="5", value=Decimal(value), unit=unit)
    assert agree(figure, figure) is True
