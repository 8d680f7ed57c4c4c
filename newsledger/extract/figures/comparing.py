"""Figures side by side: the same quantity in one unit, as the interval that the words leave open."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from newsledger.extract.lists.wordlists import word_table

if TYPE_CHECKING:
    from newsledger.records.extraction import Figure

# "About 100" is held to mean 95 to 105.
_ABOUT = Decimal("0.05")
# Conversions round in the twentieth place or so; no two figures of the news differ by so little.
_CLOSE = Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in its base unit, from its lowest to its highest value; None is no limit."""

    unit: str
    low: Decimal | None
    high: Decimal | None


def amount_of(figure: Figure) -> Amount:
    """Bring a figure to base units: "2 million t/a" to kilograms a month, "a third" to percent.

    Years and months have no fixed number of days, so there are two base units of time. What has no conversion, such as
    a currency, keeps its unit.
    """
    unit, factor = _base(figure.unit)
    low, high = figure.value * factor, (figure.value_max or figure.value) * factor
    if figure.bound == "about":
        return Amount(unit, low - abs(low) * _ABOUT, high + abs(high) * _ABOUT)
    return Amount(unit, None if figure.bound == "at most" else low, None if figure.bound == "at least" else high)


def agree(first: Figure, second: Figure) -> bool | None:
    """Tell whether two figures of one quantity may both be true; None where their units can't be compared.

    Whether they are figures of one quantity, their `quantity_of` and periods tell.
    """
    one, other = amount_of(first), amount_of(second)
    if one.unit != other.unit:
        return None
    return _reaches(one.high, other.low) and _reaches(other.high, one.low)


def base_unit(unit: str) -> str:
    """Give the unit that figures in this one are compared in."""
    return _base(unit)[0]


def _reaches(high: Decimal | None, low: Decimal | None) -> bool:
    return high is None or low is None or high + abs(high) * _CLOSE >= low


@cache
def _base(unit: str) -> tuple[str, Decimal]:
    """Give the base unit and what a value is to be multiplied by."""
    if unit in _conversions():
        return _conversions()[unit]
    measured, _, per = unit.partition("/")
    if not per:
        return unit, Decimal(1)
    thousands = Decimal(1000) if per.startswith("1000") else Decimal(1)
    (above, factor), (below, divisor) = _base(measured), _base(per.removeprefix("1000"))
    return f"{above}/{below}", factor / (divisor * thousands)


@cache
def _conversions() -> dict[str, tuple[str, Decimal]]:
    return {
        unit: (base, Decimal(factor))
        for base, factors in word_table("counting")["conversions"].items()
        for unit, factor in (each.rsplit(" ", 1) for each in factors.split(", "))
    }
