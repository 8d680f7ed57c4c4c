"""What holds for the times and figures of any text whatever."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract.document import read_document
from newsledger.extract.figures import find_figures
from newsledger.extract.mentions import Mentions
from newsledger.extract.times import find_times
from newsledger.extract.times.days import interval_of, narrowed, shift, value_of
from newsledger.records.extraction import Figure, Time

_WORDS = """
the a an of in on at by for from to until since before after last next this that same early late mid end beginning first
second third fourth quarter half year years month months week weeks day days hour hours decade decades Monday
Friday Mondays March May Dec. December 5 19th 31 30th 2 12 1,500 3.5 1.2.3 % percent per cent million billion dollars
roubles tonnes km people soldiers two three hundred thousand and or more than about over up down rose fell 10:30
noon p.m. GMT today yesterday tomorrow ago later earlier evening night summer winter weekend every each daily twice
times $ € -5 5-7 31/12/ 06.03. now recently soon so far past recent will said , . ; ( ) " ' - \u2013
"""
WORDS = [*_WORDS.split(), "\n", "\n\n"]
YEARS = (
    "2021",
    "second century",
    "1999",
    "2024-02-30",
    "the 1990s",
    "2021-22",
    "1 January 2025",
    "9999",
    "0000",
    "Zapad-2021",
)
texts = st.lists(st.sampled_from([*WORDS, *YEARS]), max_size=40).map(" ".join) | st.text(max_size=200)
yearless = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
references = st.none() | st.dates() | st.sampled_from([date.min, date.max])


def read(text: str, reference: date | None) -> tuple[tuple[Time, ...], tuple[Figure, ...]]:
    document = read_document(text)
    times = find_times(document, reference)
    return times, find_figures(document, times, Mentions(()), (), ())


@settings(max_examples=300, deadline=None)
@given(texts, references)
def test_records_reread_in_order_without_overlap(text: str, reference: date | None) -> None:
    for records in read(text, reference):
        reached = 0
        for record in records:
            assert record.start >= reached
            assert record.rereads(text)
            assert record.text == record.text.strip()
            reached = record.end


@settings(max_examples=300, deadline=None)
@given(texts, references)
def test_the_same_text_gives_the_same_records(text: str, reference: date | None) -> None:
    assert read(text, reference) == read(text, reference)


@settings(max_examples=300, deadline=None)
@given(texts, references)
def test_intervals_are_ordered_and_whole(text: str, reference: date | None) -> None:
    times, figures = read(text, reference)
    pairs = [(time.date_start, time.date_end) for time in times]
    pairs += [(figure.period_start, figure.period_end) for figure in figures]
    for first, last in pairs:
        assert (first is None) == (last is None)
        assert first is None or last is None or first <= last


@settings(max_examples=300, deadline=None)
@given(yearless)
def test_no_year_is_made_up(text: str) -> None:
    times, _ = read(text, None)
    for time in times:
        assert time.date_start is None
        assert re.match(r"XX|P|.*_REF$", time.value), time


@settings(max_examples=300, deadline=None)
@given(texts, references)
def test_figures_are_numbers(text: str, reference: date | None) -> None:
    for figure in read(text, reference)[1]:
        assert figure.value.is_finite()
        assert "E" not in str(figure.value)
        assert figure.value_max is None or figure.value_max > figure.value
        assert (figure.bound == "between") <= (figure.value_max is not None)
        assert figure.unit
        assert figure.quantity_of is None or figure.quantity_of.strip()


@given(st.dates(), st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade", "century"]))
def test_a_unit_holds_the_day_it_is_named_after(day: date, unit: str) -> None:
    interval = interval_of(value_of(day, unit))  # type: ignore[arg-type]
    # The calendar of Python begins in year 1 and ends in 9999: no full week, decade or century at its ends.
    if date(101, 1, 1) < day < date(9900, 1, 1):
        assert interval is not None
        assert interval[0] <= day <= interval[1]


@given(
    st.dates(min_value=date(101, 1, 1), max_value=date(9900, 1, 1)),
    st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade"]),
    st.sampled_from(["early", "start", "mid", "late", "end", "first half", "second half"]),
)
def test_a_narrowed_interval_lies_inside(day: date, unit: str, edge: str) -> None:
    interval = interval_of(value_of(day, unit))  # type: ignore[arg-type]
    assert interval is not None
    first, last = narrowed(interval, edge)  # type: ignore[arg-type]
    assert interval[0] <= first <= last <= interval[1]


@given(st.dates(), st.integers(-(10**7), 10**7), st.sampled_from(["hour", "day", "week", "month", "year", "century"]))
def test_moving_a_day_never_raises(day: date, count: int, unit: str) -> None:
    moved = shift(day, count, unit)  # type: ignore[arg-type]
    assert moved is None or (moved >= day) == (count >= 0) or moved == day


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit", ["1", "1-", "two and ", "$5 ", "the end of ", "5 years ", "March 5 ", "A.", "rose by 5 "]
)
def test_monotonous_text_costs_no_more_than_its_length(unit: str) -> None:
    read(unit * (60_000 // len(unit)), date(2022, 12, 20))
