"""The pages that lead from day to day and from story to story."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from newsledger.digest.lines import Passage
from newsledger.digest.model import Section
from newsledger.digest.site import Site, render_course, render_index, site_of
from tests.digest.rich import rich_day

HOSTILE = '<script>alert(1)</script> & "quoted" \u202eback'


class Links(HTMLParser):
    """The tags and the links of a page, and what is open when it ends."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.headings: list[int] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if tag == "a" and name == "href"]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


@pytest.fixture(scope="module")
def site() -> Site:
    digest = rich_day()
    return site_of((replace(digest, day=digest.day - timedelta(days=back)) for back in (2, 0, 1)), "A dossier")


def test_the_index_leads_to_each_day_from_its_calendar_and_its_heading(site: Site) -> None:
    days = [head.day for head in site.days]
    assert days == sorted(days, reverse=True)
    links = Links(render_index(site)).links
    for day in days:
        assert links.count(f"days/{day.isoformat()}.html") == 2


def test_the_calendar_holds_whole_months_with_their_days_in_place() -> None:
    digest = rich_day()
    days = (date(2031, 2, 28), date(2031, 3, 1))
    page = render_index(site_of(replace(digest, day=day) for day in days))
    assert page.index("<caption>March 2031") < page.index("<caption>February 2031")
    assert page.count('<th scope="col">Mon</th>') == 2
    march = page[page.index("<caption>March") : page.index("<caption>February")]
    # The first of March 2031 is a Saturday.
    assert re.search(r"<tbody>\s*<tr>(<td></td>){5}<td><a href=\"days/2031-03-01.html\"", march)


def test_each_story_has_a_page_with_its_days_the_newest_first(site: Site) -> None:
    told = {line.story_id for line in rich_day().stories.lines}
    courses = {course.story_id: course for course in site.courses}
    assert told <= courses.keys()
    for story_id in told:
        course = courses[story_id]
        assert [one.day for one in course.days] == [head.day for head in site.days]
        links = Links(render_course(site, course)).links
        for one in course.days:
            assert f"../days/{one.day.isoformat()}.html#{one.line.anchor}" in links


def test_what_a_story_page_quotes_leads_to_the_line_of_its_day(site: Site) -> None:
    line = rich_day().stories.lines[0]
    course = next(course for course in site.courses if course.story_id == line.story_id)
    links = Links(render_course(site, course)).links
    day = course.days[0].day.isoformat()
    for told in (*line.events, *line.statements, *line.figures):
        assert f"../days/{day}.html#{told.anchor}" in links


def test_index_links_to_story_pages_that_there_are(site: Site) -> None:
    stories = {f"stories/{course.story_id}.html" for course in site.courses}
    linked = {link for link in Links(render_index(site)).links if link.startswith("stories/")}
    assert linked
    assert linked <= stories


def test_a_site_without_days_says_so() -> None:
    page = render_index(site_of([]))
    assert "No day has articles yet." in page
    assert "<table" not in page


def test_headings_follow_one_another(site: Site) -> None:
    for page in (render_index(site), render_course(site, site.courses[0])):
        levels = Links(page).headings
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_hostile_headlines_stay_text() -> None:
    digest = rich_day()
    story = digest.stories.lines[0]
    title = Passage(article_id=story.lead, start=0, end=len(HOSTILE), text=HOSTILE, is_title=True)
    bad = replace(digest, stories=Section(lines=(replace(story, headline=title),), total=1), dossier=HOSTILE)
    made = site_of([bad], HOSTILE)
    course = next(course for course in made.courses if course.story_id == story.story_id)
    for page in (render_index(made), render_course(made, course)):
        assert "script" not in Links(page).tags
        assert "&lt;script&gt;alert(1)" in page
        assert "\u202e" not in page


def test_the_same_digests_give_the_same_pages(site: Site) -> None:
    digest = rich_day()
    again = site_of((replace(digest, day=digest.day - timedelta(days=back)) for back in range(3)), "A dossier")
    assert render_index(again) == render_index(site)
    assert [render_course(again, course) for course in again.courses] == [
        render_course(site, course) for course in site.courses
    ]
