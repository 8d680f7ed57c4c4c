"""What `newsledger show` prints: an article with all its records, and before it the one that is asked for, if any."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import process

from flows.console import printable
from flows.sheets import print_sheet
from newsledger.digest import render_sheet, sheet_of
from newsledger.digest.timewords import instant_words
from newsledger.records.errors import InputError
from store.reading.showing import Shown, known_articles, meant_articles, read_article

if TYPE_CHECKING:
    from pathlib import Path

    from newsledger.digest import Sheet
    from newsledger.digest.sheet import Row
    from newsledger.records.config import Config
    from newsledger.records.extraction import Extraction
    from store.reading.showing import TakenDown

_RECORD = re.compile(r"(?P<article>.+)/(?P<record>[sefcptn]\d+|d1)", re.DOTALL)
_NEAREST = 3
_NEAR_CHARS = 600


def show_article(config: Config, wanted: str, form: str, revision: int | None) -> None:
    """Print an article, or a record in its article. Raises InputError where there is none, or several are meant."""
    published = config.paths.published
    article_id, record = _meant(published, wanted)
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
    row = _row(sheet, article_id, record) if record else None
    if form == "html":
        for piece in render_sheet(sheet, record):
            sys.stdout.write(f"{piece}\n")
        return
    if row:
        _tell_record(found.extraction, row)
    print_sheet(sheet)


def _meant(published: Path, wanted: str) -> tuple[str, str | None]:
    """Give the id of the article that is meant, and of the record in it, if one is."""
    record = None
    readable = wanted.encode("utf-8", "replace").decode()
    found = meant_articles(published, readable, _addresses(readable))
    if not found and (parts := _RECORD.fullmatch(readable)):
        found, record = meant_articles(published, parts["article"], _addresses(parts["article"])), parts["record"]
    if not found:
        raise InputError(_nobody(published, readable))
    if len(found) > 1:
        message = f"{wanted!r} may be several articles: {', '.join(found)}"
        raise InputError(message)
    return found[0], record


def _addresses(wanted: str) -> tuple[str, ...]:
    """Give the forms in which an address may be stored, and the id that an article from there has."""
    if "://" not in wanted:
        return ()
    from newsledger.fetch.urls import article_id, canonical_url  # noqa: PLC0415 - brings all of fetching

    address = canonical_url(wanted)
    return (wanted, address, article_id("", url=address, guid=None, title=None, dated=None)) if address else (wanted,)


def _nobody(published: Path, wanted: str) -> str:
    known = known_articles(published)
    texts = [text for ident, url in known if (text := url if "://" in wanted else ident)]
    nearest = [text for text, _, _ in process.extract(wanted, texts, limit=_NEAREST)]
    return f"no article has the id or the URL {wanted!r}" + (f"; nearest: {', '.join(nearest)}" if nearest else "")


def _row(sheet: Sheet, article_id: str, record: str) -> Row:
    rows = {row.id: row for table in sheet.tables for row in table.rows}
    if record not in rows:
        nearest = ", ".join(ident for ident, _, _ in process.extract(record, list(rows), limit=_NEAREST))
        message = f"{article_id} has no record {record}" + (f"; nearest: {nearest}" if nearest else "")
        raise InputError(message)
    return rows[record]


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
    sys.stdout.write(f"{row.id:<10} {_line(row.title)}\n")
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
        sys.stdout.write(f"{_line(before + piece + after)}\n")
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
        f"{name:<10} {_line(value)}\n" for name, value in (*facts, ("because", found.reason)) if value
    )


def _line(text: str) -> str:
    return printable(" ".join(text.split()))
