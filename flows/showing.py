"""What `newsledger show` prints: an article with all its records, and before it the one that is asked for, if any."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.console import one_line, printable
from flows.meant import meant
from flows.sheets import print_sheet
from newsledger.digest import render_sheet, sheet_of
from newsledger.digest.timewords import instant_words
from newsledger.records.errors import InputError
from store.reading.showing import Shown, read_article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.meant import Place
    from newsledger.digest import Sheet
    from newsledger.digest.sheet import Row
    from newsledger.records.config import Config
    from newsledger.records.extraction import Extraction
    from store.reading.showing import TakenDown

_NEAR_CHARS = 600


def show_article(config: Config, wanted: str, form: str, revision: int | None) -> None:
    """Print an article, or a record in its article. Raises InputError where there is none, or several are meant."""
    published = config.paths.published
    article_id, place = meant(published, wanted)
    found = read_article(published, article_id, revision)
    if found is None:
        stored = read_article(published, article_id)
        numbers = ", ".join(str(number) for number, _ in stored.revisions) if isinstance(stored, Shown) else "none"
        message = f"{article_id} has no revision {revision}; stored: {numbers}"
        raise InputError(message)
    if not isinstance(found, Shown):
        _tell_takedown(found, form)
        return
    sheet = _with_facts(sheet_of(found.extraction), found)
    if config.paths.decisions.exists():
        from flows.corrections import told_of  # noqa: PLC0415 - takes a while

        corrected = [("corrected", line) for line in told_of(config, found.extraction)]
        sheet = replace(sheet, facts=(*sheet.facts, *corrected))
    row = _row(sheet, article_id, place) if place else None
    if form == "html":
        for piece in render_sheet(sheet, row.id if row else None):
            sys.stdout.write(f"{piece}\n")
        return
    if row:
        _tell_record(found.extraction, row)
    print_sheet(sheet)


def _row(sheet: Sheet, article_id: str, place: Place) -> Row:
    """Find the record of an id, or the first that stands in a place. Raises InputError where there is none."""
    rows = {row.id: row for table in sheet.tables for row in table.rows}
    if isinstance(place, str):
        if place in rows:
            return rows[place]
        message = f"{article_id} has no record {place}; it has {_listed(place[0], rows)}"
        raise InputError(message)
    for row in rows.values():
        if any((mark.start, mark.end) == place for mark in row.marks):
            return row
    message = (
        f"{article_id} has no record from {place[0]} to {place[1]}; `newsledger show {article_id}` lists its records"
    )
    raise InputError(message)


def _listed(letter: str, rows: Iterable[str]) -> str:
    """Name the first and the last of the records whose ids begin with a letter, else what else there is."""
    numbers = sorted(int(ident[1:]) for ident in rows if ident[0] == letter)
    if not numbers:
        return f"none that begins with {letter}"
    first, last = numbers[0], numbers[-1]
    return f"{letter}{first}" if first == last else f"{letter}{first} to {letter}{last}"


def _with_facts(sheet: Sheet, found: Shown) -> Sheet:
    """Add to the facts of a sheet what the store knows: it stands in the place of what the article alone says."""
    facts = dict(sheet.facts)
    present = found.extraction.article.revision
    source = facts.get("source")
    if source and found.source and found.source != source:
        facts["source"] = f"{found.source} ({source})"
    if found.extraction.article.url:
        facts["url"] = found.extraction.article.url
    facts["stored"] = instant_words(dict(found.revisions)[present])
    facts["revision"] = f"{present} of {len(found.revisions)}"
    others = [f"{number}: {instant_words(stored)}" for number, stored in found.revisions if number != present]
    if others:
        facts["revision"] += f" (stored {'; '.join(others)})"
    if found.extraction.topics:
        facts["topics"] = ", ".join(f"{one.topic} {one.score:.2f}" for one in found.extraction.topics)
    return replace(sheet, facts=tuple(facts.items()))


def _tell_record(extraction: Extraction, row: Row) -> None:
    """Print a record with the sentences that it stands in, and one before and one after."""
    sys.stdout.write(f"{row.id:<10} {one_line(row.title)}\n")
    if row.marks:
        start, end = row.marks[0].start, row.marks[0].end
        first, last = _around(extraction, start, end)
        text = extraction.article.text
        before, after = text[max(first, start - _NEAR_CHARS) : start], text[end : min(last, end + _NEAR_CHARS)]
        _write_marked(before, text[start:end], after)
    sys.stdout.write("\n")


def _around(extraction: Extraction, start: int, end: int) -> tuple[int, int]:
    """Give where the sentences around a place begin and end: those that it touches, one before, one after."""
    sentences, text = extraction.sentences, extraction.article.text
    first = bisect_right(sentences, start, key=lambda sentence: sentence[1])
    last = bisect_left(sentences, end, key=lambda sentence: sentence[0])
    return sentences[max(first - 1, 0)][0] if sentences else 0, sentences[last][1] if last < len(sentences) else len(
        text
    )


def _write_marked(before: str, piece: str, after: str) -> None:
    if not sys.stdout.isatty():
        sys.stdout.write(f"{one_line(before + piece + after)}\n")
        return
    from rich.console import Console  # noqa: PLC0415 - a pipe need not wait for it
    from rich.text import Text  # noqa: PLC0415

    parts = [" ".join(part.split("\n")) for part in (before, piece, after)]
    Console(highlight=False).print(Text.assemble(*zip(map(printable, parts), ("", "bold yellow", ""), strict=True)))


def _tell_takedown(found: TakenDown, form: str) -> None:
    if form == "html":
        message = f"{found.article_id} was taken down on {instant_words(found.forgotten)}: {found.reason}"
        raise InputError(message)
    facts = [("id", found.article_id), ("url", found.url or ""), ("taken down", instant_words(found.forgotten))]
    sys.stdout.writelines(
        f"{name:<10} {one_line(value)}\n" for name, value in (*facts, ("because", found.reason)) if value
    )
