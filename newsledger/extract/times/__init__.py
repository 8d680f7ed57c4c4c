"""TIMEX3 expressions and the days they cover."""

from newsledger.extract.times.finding import find_times

__all__ = ["find_times"]
