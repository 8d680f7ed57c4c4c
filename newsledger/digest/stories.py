"""The stories of a day: what each tells that was not told before, by whom, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from newsledger.digest.articles import article_line
from newsledger.digest.events import event_lines
from newsledger.digest.figures import figure_lines
from newsledger.digest.lines import BriefLine, StoryLine
from newsledger.digest.novelty import Told, unseen
from newsledger.digest.ranking import QUIET, newsworthy, ranked
from newsledger.digest.sections.spots import distinct
from newsledger.digest.statements import statement_lines
from newsledger.digest.story_changes import change_lines
from newsledger.digest.story_parts import cast_lines, sentences_of, timeline_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from newsledger.digest.lines import ArticleLine, Line, Passage
    from newsledger.digest.ranking import Ranked
    from newsledger.digest.reading import Reading
    from newsledger.records.config import DigestPolicy
    from newsledger.records.day import ArticleRow, SourceName, StoryRow

# How much of a story is printed; what is more is counted.
SUMMARY = 3
LIMITS = {"changes": 3, "statements": 4, "figures": 3, "events": 3, "cast": 4, "members": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A story with the sentences that may tell it, the best first, before they are shared out.

    One stands at a glance, others in its summary, none in both.
    """

    line: StoryLine
    sentences: tuple[Passage, ...]


def story_drafts(reading: Reading, policy: DigestPolicy) -> tuple[list[Draft], list[BriefLine]]:
    """Give the stories that are told in full, and the others with articles of the day, each by its importance.

    A story that goes on without anything new is told in brief, unless a watch hit it.
    """
    drafts, brief = list[Draft](), list[BriefLine]()
    stories = ranked(reading.view, policy.weights)
    chosen = {story.row.story_id for story in newsworthy(stories, policy)}
    for story in stories:
        is_due = story.row.story_id in chosen
        draft = _draft(reading, story) if is_due else None
        if draft:
            drafts.append(draft)
        else:
            brief.append(_brief(reading, story.row, story.weight, is_old=is_due))
    return drafts, brief


def quiet_lines(reading: Reading) -> list[BriefLine]:
    """Give the stories that ended, which is told once, then those that are quiet: those with most origins first.

    What one article alone told is not missed.
    """
    rows = [row for row in reading.view.stories if row.state in QUIET and row.articles_total > 1]
    rows.sort(key=lambda row: (row.state != "ended", -row.independent, -row.articles_total, row.story_id))
    return [_brief(reading, row, 0.0) for row in rows]


def summarised(draft: Draft, told: Sequence[Passage]) -> StoryLine:
    """Give a story its summary: the best sentences that are not told elsewhere, those of one text in its order."""
    left = [sentence for sentence in draft.sentences if not any(map(sentence.overlaps, told))][:SUMMARY]
    texts = [sentence.article_id for sentence in left]
    left.sort(key=lambda sentence: (texts.index(sentence.article_id), sentence.start))
    headline = draft.line.headline
    return replace(
        draft.line,
        summary=tuple(left),
        passages=(*((headline,) if headline else ()), *left),
    )


def _draft(reading: Reading, story: Ranked) -> Draft | None:
    """Make a story of its articles; None where they tell nothing that its earlier ones had not told."""
    row = story.row
    articles = [reading.by_article[one.article_id] for one in story.articles if one.article_id in reading.by_article]
    articles.sort(key=lambda one: (one.article.article_id != row.lead, reading.rows[one.article.article_id].told_at))
    if not articles:
        return None
    before = [one for one in reading.view.before if reading.rows[one.article.article_id].story_id == row.story_id]
    told = Told(tuple(before))
    left = [unseen(extraction, told) for extraction in articles]
    new = [extraction for extraction, _ in left]
    statements, figures = statement_lines(reading, new), figure_lines(reading, new)
    events, changes = event_lines(reading, new), change_lines(reading, story, new, before)
    if not (statements or figures or events or changes or row.state == "new" or story.is_watched):
        return None
    lists: dict[str, Sequence[Line]] = {
        "changes": changes,
        "statements": statements,
        "figures": figures,
        "events": events,
        "cast": cast_lines(reading, articles),
        "members": _members(reading, story),
    }
    printed: dict[str, Any] = {name: tuple(distinct(lines[: LIMITS[name]])) for name, lines in lists.items()}
    left_out = ((name, len(lines) - LIMITS[name]) for name, lines in lists.items())
    line = replace(
        _line(reading, story),
        **printed,
        told_before=sum(count for _, count in left),
        timeline=timeline_of(reading, [*before, *articles]),
        left_out=tuple((name, count) for name, count in left_out if count > 0),
    )
    return Draft(line=line, sentences=sentences_of(reading, articles[0], [*events, *statements, *figures], told))


def _line(reading: Reading, story: Ranked) -> StoryLine:
    row = story.row
    lead = reading.rows.get(row.lead)
    return StoryLine(
        anchor=row.story_id,
        passages=(),
        sources=_sources(reading, story),
        weight=story.weight,
        story_id=row.story_id,
        state=row.state,
        headline=reading.title(row.lead),
        lead=row.lead,
        url=lead.url if lead else None,
        first_at=row.first_at,
        last_at=row.last_at,
        articles=row.articles,
        articles_before=row.articles_before,
        articles_total=row.articles_total,
        copies=row.copies,
        independent=row.independent,
        independent_before=row.independent_before,
        kinds=row.kinds,
        languages=row.languages,
        is_state_only=_is_state_only(row),
        days=row.days,
        told_on=_told_on(reading, row),
        rank=story.parts,
    )


def _brief(reading: Reading, row: StoryRow, weight: float, *, is_old: bool = False) -> BriefLine:
    """Tell a story in a line; one that was looked at and told nothing new goes on, whatever its rows say."""
    lead = reading.rows.get(row.lead)
    return BriefLine(
        anchor=row.story_id,
        passages=(),
        weight=weight,
        story_id=row.story_id,
        state="continuing" if is_old and row.state == "updated" else row.state,
        headline=reading.title(row.lead),
        url=lead.url if lead else None,
        last_at=row.last_at,
        articles=row.articles,
        articles_total=row.articles_total,
        independent=row.independent,
        is_state_only=_is_state_only(row),
        told_on=_told_on(reading, row),
    )


def _sources(reading: Reading, story: Ranked) -> tuple[SourceName, ...]:
    """Give the outlets of a story's articles of the day, the originals' first."""
    return tuple(dict.fromkeys(source for row in _originals_first(story) if (source := reading.source(row.source))))


def _members(reading: Reading, story: Ranked) -> list[ArticleLine]:
    return [article_line(reading, row) for row in _originals_first(story)]


def _originals_first(story: Ranked) -> list[ArticleRow]:
    return sorted(story.articles, key=lambda row: (row.copy_of is not None, row.told_at, row.article_id))


def _is_state_only(row: StoryRow) -> bool:
    return set(row.kinds) == {"state"}


def _told_on(reading: Reading, row: StoryRow) -> date | None:
    return max((day for day, count in row.days if count and day < reading.view.day), default=None)
