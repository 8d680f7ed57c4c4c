"""From a day's rows to its digest: choose, verify, number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from newsledger.digest.articles import article_lines, in_outlet_order, issue_lines
from newsledger.digest.dates import ahead_lines, in_time_order, past_lines
from newsledger.digest.events import event_lines
from newsledger.digest.figures import figure_lines, in_reading_order
from newsledger.digest.gate import verified
from newsledger.digest.glance import glance_lines
from newsledger.digest.health import books_of, health_lines
from newsledger.digest.lines import Line, Passage
from newsledger.digest.model import Digest, Evidence, Section
from newsledger.digest.reading import Reading
from newsledger.digest.statements import by_speaker, statement_lines
from newsledger.digest.words import GROUPS
from newsledger.records.run import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsledger.digest.lines import EventLine
    from newsledger.digest.model import CorrectionNote
    from newsledger.records.day import DayView, SourceName

# How many lines a section prints. Together with what they cite they keep a busy day's file well under 300 kB.
EVENTS, STATEMENTS, FIGURES, AHEAD, PAST, ARTICLES = 40, 50, 36, 16, 16, 120

L = TypeVar("L", bound=Line)


def build_digest(view: DayView, dossier: str | None = None, corrections: Iterable[CorrectionNote] = ()) -> Digest:
    """Make the digest of a day; `dossier`, the name of what is watched, heads it.

    Of the corrections, those of the day's articles are named; that the records follow them is up to the extractor.

    Pure: equal views give equal digests. Every piece of text in it re-reads in its article; a line that does not is
    left out and counted. Nothing is worded that the articles don't say, and a section that is cut says by how much.
    """
    reading = Reading(view)
    digest = numbered(verified(draft_digest(reading, dossier), reading.texts), reading)
    return replace(digest, corrections=tuple(_noted(reading, corrections)))


def draft_digest(reading: Reading, dossier: str | None = None) -> Digest:
    """Choose the lines of each section, before they are verified and numbered."""
    view = reading.view
    events, statements = event_lines(reading), statement_lines(reading)
    figures, articles = figure_lines(reading), article_lines(reading)
    ahead, past = ahead_lines(reading), past_lines(reading)
    return Digest(
        dossier=dossier,
        day=view.day,
        timezone=view.timezone,
        start=view.start,
        end=view.end,
        cut_off=view.cut_off,
        counts=_counts(view),
        sources=_sources(reading),
        glance=_section(glance_lines(events, statements), len(events) + len(statements)),
        events=_section(_by_group(events[:EVENTS]), len(events)),
        statements=_section(by_speaker(tuple(statements[:STATEMENTS])), len(statements)),
        figures=_section(in_reading_order(tuple(figures[:FIGURES])), len(figures)),
        ahead=_section(ahead[:AHEAD], len(ahead)),
        past=_section(in_time_order(past[:PAST]), len(past)),
        articles=_section(in_outlet_order(articles[:ARTICLES]), len(articles)),
        health=health_lines(view),
        books=books_of(view),
        issues=issue_lines(reading),
    )


def numbered(digest: Digest, reading: Reading) -> Digest:
    """Give every passage that a line cites its number, article by article, in the order of the text."""
    told: dict[Passage, str] = {}
    # The glance comes last: what it quotes is told in full further down, and that is where evidence leads back to.
    for section in (digest.events, digest.statements, digest.figures, digest.ahead, digest.past, digest.glance):
        for line in section.lines:
            for passage in line.passages:
                told.setdefault(passage, line.anchor)
    places = {line.article_id: place for place, line in enumerate(in_outlet_order(article_lines(reading)))}
    passages = sorted(told, key=lambda passage: (places[passage.article_id], passage.start, passage.end))
    evidence = (_evidence(reading, n, passage, told[passage]) for n, passage in enumerate(passages, start=1))
    return replace(digest, evidence=tuple(evidence))


def _noted(reading: Reading, corrections: Iterable[CorrectionNote]) -> Iterator[CorrectionNote]:
    for one in corrections:
        if one.article_id in reading.texts:
            yield replace(one, was=reading.name(one.was), to=reading.name(one.to), sides=reading.names(one.sides))


def _evidence(reading: Reading, n: int, passage: Passage, line: str) -> Evidence:
    extraction = reading.by_article[passage.article_id]
    before, after = reading.context(passage)
    return Evidence(
        n=n,
        passage=passage,
        before=before,
        after=after,
        title=extraction.article.title,
        url=extraction.article.url,
        source=reading.source_of(extraction),
        line=line,
    )


def _section(lines: Sequence[L], total: int) -> Section[L]:
    """Close a section; lines that stand on one and the same piece of text are told apart by number."""
    anchors: dict[str, int] = {}
    distinct = []
    for line in lines:
        anchors[line.anchor] = anchors.get(line.anchor, 0) + 1
        again = anchors[line.anchor] > 1
        distinct.append(replace(line, anchor=f"{line.anchor}-{anchors[line.anchor]}") if again else line)
    return Section(lines=tuple(distinct), total=total)


def _by_group(events: Iterable[EventLine]) -> tuple[EventLine, ...]:
    """Put meetings first and force last; the order within a group stays."""
    places = {event_type: place for place, (_, types) in enumerate(GROUPS) for event_type in types}
    return tuple(sorted(events, key=lambda line: places[line.type]))


def _counts(view: DayView) -> Counts:
    return Counts(
        articles=len(view.extractions),
        entities=len({entity.id for extraction in view.extractions for entity in extraction.entities}),
        citations=sum(len(extraction.citations) for extraction in view.extractions),
        statements=sum(len(extraction.statements) for extraction in view.extractions),
        events=sum(len(extraction.events) for extraction in view.extractions),
        figures=sum(len(extraction.figures) for extraction in view.extractions),
        times=sum(len(extraction.times) for extraction in view.extractions),
        topics=len({topic.topic for extraction in view.extractions for topic in extraction.topics}),
    )


def _sources(reading: Reading) -> tuple[SourceName, ...]:
    """Give the outlets that the day's articles are from."""
    found = {source for extraction in reading.view.extractions if (source := reading.source_of(extraction))}
    return tuple(sorted(found, key=lambda source: (source.name, source.id)))
