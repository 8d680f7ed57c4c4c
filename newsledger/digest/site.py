"""Several days as pages that lead to one another: an index with a calendar, and the course of each story."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from newsledger.digest.heads import head_of
from newsledger.digest.render import environment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from newsledger.digest.heads import DayHead
    from newsledger.digest.lines import BriefLine, StoryLine
    from newsledger.digest.model import Digest

# What of each day's stories the index names.
_HEADINGS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDay:
    """What the digest of a day said of a story: in full, or in a line."""

    day: date
    line: StoryLine | BriefLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A story from day to day, the newest day first."""

    story_id: str
    headline: str
    days: tuple[CourseDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the pages of several days print: the days, the newest first, and the stories that any of them tells."""

    dossier: str | None
    days: tuple[DayHead, ...]
    courses: tuple[Course, ...]


def site_of(digests: Iterable[Digest], dossier: str | None = None) -> Site:
    """Gather the days and the stories of some digests; each digest is let go of before the next is taken."""
    heads: list[DayHead] = []
    told: dict[str, list[CourseDay]] = {}
    for digest in digests:
        heads.append(head_of(digest))
        lines: tuple[StoryLine | BriefLine, ...] = digest.stories.lines
        for line in (*lines, *digest.brief.lines, *digest.quiet.lines):
            told.setdefault(line.story_id, []).append(CourseDay(day=digest.day, line=line))
    return Site(
        dossier=dossier,
        days=tuple(sorted(heads, key=lambda head: head.day, reverse=True)),
        courses=tuple(_course(story_id, told[story_id]) for story_id in sorted(told)),
    )


def render_index(site: Site) -> str:
    """Print the page that leads to every day; it lies in the folder that holds `days` and `stories`."""
    return _page("index", site=site, months=_months(site.days), headings=_HEADINGS)


def render_course(site: Site, course: Course) -> str:
    """Print the page of a story; it lies in the folder `stories`."""
    return _page("story", site=site, course=course)


def _page(name: str, **values: object) -> str:
    page = environment("html").get_template(f"site/{name}.html.j2").render(values)
    return re.sub(r"\n\s*\n+", "\n", page).strip() + "\n"


def _course(story_id: str, days: Sequence[CourseDay]) -> Course:
    newest = sorted(days, key=lambda one: one.day, reverse=True)
    headlines = (one.line.headline.text for one in newest if one.line.headline)
    return Course(story_id=story_id, headline=next(headlines, ""), days=tuple(newest))


def _months(heads: Sequence[DayHead]) -> list[dict[str, Any]]:
    """Give the months that have days, the newest first, week by week from Monday on: None for days of other months."""
    by_day = {head.day: head for head in heads}
    months = []
    for (year, month), _ in groupby(sorted(by_day, reverse=True), key=lambda day: (day.year, day.month)):
        weeks = calendar.Calendar().monthdatescalendar(year, month)
        months.append(
            {
                "name": f"{calendar.month_name[month]} {year}",
                "weeks": [[(day, by_day.get(day)) if day.month == month else None for day in week] for week in weeks],
            }
        )
    return months
