"""The verbatim gate: what does not re-read in the stored text is not printed."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from newsledger.digest.lines import (
    ArticleLine,
    CastLine,
    Line,
    Passage,
    StatementLine,
    StoryLine,
)
from newsledger.digest.model import Digest, RiseLine, Section, Verification
from newsledger.digest.proofs import Proofs
from newsledger.digest.reading import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from newsledger.digest.reading import Reading

# What lines print by these fields are names, and dates.
NAMES = ("actors", "recipients", "location", "attributed_to", "via", "about", "sides", "denied_by", "claimed_by")
DATES = ("when", "period", "deed_date")

L = TypeVar("L", bound=Line)


def verified(digest: Digest, reading: Reading) -> Digest:
    """Read all that the digest prints of the articles again: quotes, headlines, names, figures, dates.

    Quotes and headlines are sliced out of the stored text anew. A name stands where the article names the one that it
    is of, a date where it tells it or is the day it was published, and a figure, a deed, a speaker is what the record
    says that stands there.
    A line that fails is left out and counted as refused, with its citation; a list in a story loses that line alone,
    a story its headline or the sentence. An article that can't be read any more counts as one refused. Lines that
    print nothing of an article are not counted.
    """
    gate = _Gate(Proofs(reading))
    kept: dict[str, Any] = {}
    for one in fields(digest):
        section = getattr(digest, one.name)
        if isinstance(section, Section):
            kept[one.name] = gate.section(section)
    coverage = replace(digest.coverage, section=gate.section(digest.coverage.section))
    for article_id in reading.view.damaged:
        gate.counted(article_id)
    return replace(
        digest,
        **kept,
        coverage=coverage,
        verification=Verification(lines=gate.lines, refused=tuple(gate.refused)),
    )


@dataclass
class _Gate:
    """Counts the lines that it lets pass and notes those that it refuses."""

    proofs: Proofs
    lines: int = 0
    refused: list[str] = field(default_factory=list)

    def section(self, section: Section[L]) -> Section[L]:
        lines = self.each(section.lines)
        return replace(section, lines=lines, total=section.total - len(section.lines) + len(lines))

    def each(self, lines: tuple[L, ...]) -> tuple[L, ...]:
        """Give the lines that pass."""
        return tuple(self.story(line) if isinstance(line, StoryLine) else line for line in lines if self.passes(line))

    def passes(self, line: Line) -> bool:
        """Count a line, and refuse it where anything that it prints fails; a story's parts are looked at one by one."""
        if isinstance(line, StoryLine) or not _prints(line):
            return True
        return self.counted(self.failure(line))

    def story(self, story: StoryLine) -> Any:  # noqa: ANN401 - the very type that came in
        """Leave out of a story what fails, and nothing else."""
        good = {
            passage: self.counted(None if self.proofs.rereads(passage) else passage.citation)
            for passage in dict.fromkeys(filter(None, (story.headline, *story.summary)))
        }
        lists: dict[str, Any] = {
            one.name: self.each(value)
            for one in fields(story)
            if isinstance(value := getattr(story, one.name), tuple) and value and isinstance(value[0], Line)
        }
        return replace(
            story,
            **lists,
            headline=story.headline if story.headline and good[story.headline] else None,
            summary=tuple(passage for passage in story.summary if good[passage]),
            passages=tuple(passage for passage in story.passages if self.proofs.rereads(passage)),
        )

    def counted(self, failure: str | None) -> bool:
        self.lines += 1
        if failure is not None:
            self.refused.append(failure)
        return failure is None

    def failure(self, line: Line) -> str | None:
        """Give the citation of what fails in a line; None where all of it stands."""
        for passage in _passages(line):
            if not self.proofs.rereads(passage):
                return passage.citation
        for one in (line, *_nested(line)):
            cited = {passage.article_id for passage in one.passages or one.proofs}
            places = [passage for passage in _passages(one) if passage.article_id in cited]
            if not (self._is_named(one, places) and self._is_dated(one, places) and self._is_told(one)):
                return next((passage.citation for passage in places), one.anchor)
        return None

    def _is_named(self, line: Line, places: list[Passage]) -> bool:
        names = {plain(name) for name in _names(line)}
        if not names:
            return True
        proven = {name for place in places for name in self.proofs.names(place)}
        # The outlet itself may vouch for what its article says.
        return names <= proven | {plain(source.name) for source in line.sources}

    def _is_dated(self, line: Line, places: list[Passage]) -> bool:
        dates = set(_dates(line))
        return not dates or dates <= self.proofs.dates(places)

    def _is_told(self, line: Line) -> bool:
        """Look at what the record says, and at the headline of an article."""
        if isinstance(line, ArticleLine) and line.title:
            headline = self.proofs.reading.title(line.article_id)
            return headline is not None and headline.text == line.title
        return self.proofs.records(line)


def _prints(line: Line) -> bool:
    """Tell whether a line prints anything of an article."""
    return any(True for _ in _passages(line)) or (isinstance(line, ArticleLine) and bool(line.title))


def _passages(record: object) -> Iterator[Passage]:
    """Yield every passage that a line carries, those of the lines in it included."""
    if isinstance(record, Passage):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from _passages(item)
    elif isinstance(record, Line):
        for one in fields(record):
            yield from _passages(getattr(record, one.name))


def _nested(line: Line) -> Iterator[Line]:
    """Yield the lines that a line carries: a glance's subject, the two sides of a dispute."""
    for one in fields(line):
        value = getattr(line, one.name)
        if isinstance(value, Line):
            yield value


def _names(line: Line) -> Iterator[str]:
    """Yield the names that a line prints."""
    if isinstance(line, CastLine | RiseLine):
        yield line.name
    if isinstance(line, StatementLine) and line.speaker.key:
        yield line.speaker.name
    for name in NAMES:
        value = getattr(line, name, None)
        yield from (value,) if isinstance(value, str) else value or ()


def _dates(line: Line) -> Iterator[date]:
    for name in DATES:
        value = getattr(line, name, None)
        yield from (day for day in (value if isinstance(value, tuple) else (value,)) if day)
