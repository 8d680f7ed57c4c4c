"""From a day's rows to its digest: choose, verify, number."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from newsledger.digest.articles import issue_lines, loose_lines
from newsledger.digest.gate import verified
from newsledger.digest.glance import glance_lines
from newsledger.digest.health import books_of, health_lines, light_of
from newsledger.digest.lines import FigureLine, Line, Passage
from newsledger.digest.model import Digest, Evidence, Section
from newsledger.digest.reading import Reading
from newsledger.digest.sections import (
    calendar_lines,
    coverage_of,
    denial_lines,
    dispute_lines,
    edit_lines,
    outcome_lines,
    rise_lines,
    trends,
    watch_lines,
)
from newsledger.digest.sections.spots import section
from newsledger.digest.stories import quiet_lines, story_drafts, summarised
from newsledger.records.config import DigestPolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsledger.digest.lines import StoryLine
    from newsledger.digest.model import CorrectionNote, DisputeLine
    from newsledger.records.day import DayView, SourceName

# How many lines a section prints. Together with what they cite they keep a busy day's file well under 300 kB.
BRIEF, QUIET, ARTICLES = 60, 20, 10
DEFAULT = DigestPolicy()


def build_digest(
    view: DayView,
    policy: DigestPolicy = DEFAULT,
    dossier: str | None = None,
    corrections: Iterable[CorrectionNote] = (),
) -> Digest:
    """Make the digest of a day; `dossier`, the name of what is watched, heads it.

    Of the corrections, those of the day's articles are named; that the records follow them is up to the extractor.

    Pure: equal views give equal digests. Every piece of text in it re-reads in its article; a line that does not is
    left out and counted. Nothing is worded that the articles don't say, and a section that is cut says by how much.
    """
    reading = Reading(view)
    digest = numbered(verified(draft_digest(reading, policy, dossier), reading), reading)
    return replace(digest, corrections=tuple(_noted(reading, corrections)))


def draft_digest(reading: Reading, policy: DigestPolicy = DEFAULT, dossier: str | None = None) -> Digest:
    """Choose the lines of each section, before they are verified and numbered."""
    view = reading.view
    drafts, brief = story_drafts(reading, policy)
    glance, disputes = glance_lines(drafts), dispute_lines(reading)
    quoted = [quote for line in glance for quote in line.quotes]
    stories = [_disputed(summarised(draft, quoted), disputes.lines) for draft in drafts]
    health, books = health_lines(view), books_of(view)
    return Digest(
        dossier=dossier,
        day=view.day,
        timezone=view.timezone,
        start=view.start,
        end=view.end,
        cut_off=view.cut_off,
        counts=view.counts,
        sources=_sources(reading),
        light=light_of(health, books),
        watch=watch_lines(reading, [*stories, *brief]),
        glance=section(glance, len(glance)),
        stories=section(stories, len(stories)),
        brief=section(brief, BRIEF),
        quiet=section(quiet_lines(reading), QUIET),
        articles=section(loose_lines(reading), ARTICLES),
        rises=rise_lines(reading),
        acts=view.acts,
        trends=trends(reading),
        disputes=disputes,
        denials=denial_lines(reading),
        calendar=calendar_lines(reading),
        outcomes=outcome_lines(reading),
        coverage=coverage_of(reading, [*stories, *brief]),
        edits=edit_lines(reading),
        health=health,
        books=books,
        issues=issue_lines(reading),
        weights=policy.weights,
        queries=view.queries,
    )


def numbered(digest: Digest, reading: Reading) -> Digest:
    """Give every passage that a line cites its number, article by article, in the order of the text."""
    told: dict[Passage, str] = {}
    sections = [getattr(digest, one.name) for one in fields(digest) if one.name != "glance"]
    # The glance comes last: what it quotes is told in full further down, and that is where evidence leads back to.
    for one in (*sections, digest.coverage.section, digest.glance):
        for line in _lines(one):
            for passage in line.passages:
                told.setdefault(passage, line.anchor)
    passages = sorted(told, key=lambda passage: _place(reading, passage))
    evidence = (_evidence(reading, n, passage, told[passage]) for n, passage in enumerate(passages, start=1))
    return replace(digest, evidence=tuple(evidence))


def _lines(record: object) -> Iterator[Line]:
    """Yield the lines of a section, and behind each those that it carries."""
    if isinstance(record, Section):
        yield from _lines(record.lines)
    elif isinstance(record, tuple):
        for item in record:
            yield from _lines(item)
    elif isinstance(record, Line):
        yield record
        for one in fields(record):
            yield from _lines(getattr(record, one.name))


def _place(reading: Reading, passage: Passage) -> tuple[object, ...]:
    row = reading.rows.get(passage.article_id)
    source, told_at = (row.source or "", row.told_at.isoformat()) if row else ("", "")
    revision = passage.revision or 0
    return source, told_at, passage.article_id, revision, not passage.is_title, passage.start, passage.end


def _evidence(reading: Reading, n: int, passage: Passage, line: str) -> Evidence:
    before, after = reading.context(passage)
    row = reading.text_of(passage) or reading.rows.get(passage.article_id)
    return Evidence(
        n=n,
        passage=passage,
        before=before,
        after=after,
        title=row.title if row else None,
        url=row.url if row else None,
        source=reading.source(row.source) if row else None,
        line=line,
    )


def _disputed(story: StoryLine, disputes: Iterable[DisputeLine]) -> StoryLine:
    """Let a story's figures point at the disagreement of the day that each is a part of."""
    anchors = {figure.printed: dispute.anchor for dispute in disputes for figure in (dispute.one, dispute.other)}
    return replace(story, figures=tuple(_pointing(line, anchors) for line in story.figures))


def _pointing(line: FigureLine, anchors: dict[Passage, str]) -> FigureLine:
    found = (anchors[passage] for passage in line.passages if passage in anchors)
    return replace(line, dispute=next(found, None))


def _noted(reading: Reading, corrections: Iterable[CorrectionNote]) -> Iterator[CorrectionNote]:
    for one in corrections:
        if one.article_id in reading.told:
            yield replace(one, was=reading.name(one.was), to=reading.name(one.to), sides=reading.names(one.sides))


def _sources(reading: Reading) -> tuple[SourceName, ...]:
    """Give the outlets that the day's articles are from."""
    found = {source for row in reading.view.articles if (source := reading.source(row.source))}
    return tuple(sorted(found, key=lambda source: (source.name, source.id)))
