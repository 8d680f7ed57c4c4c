"""What a person sees on the way: progress, and the lines of a run. All of it on standard error."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.records.steps import Progress

# What a terminal would obey: control characters, those of the C1 set included; line breaks and tabs stay.
# Control characters, and those that turn the direction of writing.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LINES_A_STEP = 4  # how often a long step says how far it is where there is no terminal


def printable(text: str) -> str:
    """Make the world's text harmless for a terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """Write the world's text on one line, harmless for a terminal."""
    return printable(" ".join(text.split()))


def say(line: str) -> None:
    """Tell the user something on the way."""
    sys.stderr.write(f"newsledger: {printable(line)}\n")
    sys.stderr.flush()


def use_colour() -> bool:
    """Tell whether standard error is a terminal whose user has nothing against colour."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


@contextmanager
def progress() -> Iterator[Progress]:
    """Show how far the long steps have come: bars in a terminal, else a few lines a step."""
    if not sys.stderr.isatty():
        yield _say_progress
        return
    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield show


def _say_progress(step: str, done: int, total: int) -> None:
    if passes(done, total, _LINES_A_STEP):
        say(f"{step} {done}/{total}")


def passes(done: int, total: int, parts: int) -> bool:
    """Tell whether the last piece of work done completed another of so many equal parts of the whole."""
    return done > 0 and done * parts // total > (done - 1) * parts // total
