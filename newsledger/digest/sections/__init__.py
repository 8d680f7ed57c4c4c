"""The sections of a digest that come from counted rows: from a row to a line that proves itself. Pure."""

from newsledger.digest.sections.calendar import calendar_lines, outcome_lines
from newsledger.digest.sections.changes import rise_lines
from newsledger.digest.sections.coverage import coverage_of
from newsledger.digest.sections.denials import denial_lines
from newsledger.digest.sections.disputes import dispute_lines
from newsledger.digest.sections.edits import edit_lines
from newsledger.digest.sections.trend import trends
from newsledger.digest.sections.watching import watch_lines

__all__ = [
    "calendar_lines",
    "coverage_of",
    "denial_lines",
    "dispute_lines",
    "edit_lines",
    "outcome_lines",
    "rise_lines",
    "trends",
    "watch_lines",
]
