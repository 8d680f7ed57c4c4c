"""What revisions of the day changed without saying so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.records.day import EditRow, Spot
from store.reading.sections.articles import read_texts
from store.reading.sections.asking import ask, in_utc

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from newsledger.records.day import TextRow
    from store.reading.loading import Key
    from store.reading.sections.asking import Window
    from store.schemas import Row


def read_edits(con: duckdb.DuckDBPyConnection, window: Window) -> tuple[EditRow, ...]:
    """Give what was changed of headlines, passages and records."""
    rows = ask(con, "edits", window)
    passages = [row for row in rows if row["kind"].startswith("passage_")]
    keys = [(row["article_id"], row["revision"] - step) for row in passages for step in (0, 1)]
    texts = {(text.article_id, text.revision): text for text in read_texts(con, keys)}
    return tuple(_edit(row, texts) for row in rows)


def _edit(row: Row, texts: Mapping[Key, TextRow]) -> EditRow:
    is_headline = row["kind"] == "headline_changed"
    return EditRow(
        article_id=row["article_id"],
        revision=row["revision"],
        revised_at=in_utc(row["revised_at"]),
        former_at=in_utc(row["former_at"]),
        source=row["source_id"],
        title=row["title"],
        url=row["url"],
        record_type=row["record_type"],
        kind=row["kind"],
        before=_spot(row, "before", texts),
        after=_spot(row, "after", texts),
        headline_before=row["before"] if is_headline else None,
        headline_after=row["after"] if is_headline else None,
    )


def _spot(row: Row, side: str, texts: Mapping[Key, TextRow]) -> Spot | None:
    """Find where a record or passage stands; None where it is neither, or not there any more."""
    is_after = side == "after"
    key = (row["article_id"], row["revision"] - (not is_after))
    place = (row[f"{side}_char_start"], row[f"{side}_char_end"], row[f"{side}_text"])
    if place[0] is None:
        found = _found(texts.get(key), row[side])
        if found is None:
            return None
        place = (*found.span(), found[0])
    return Spot(
        article_id=key[0],
        revision=key[1],
        start=place[0],
        end=place[1],
        text=place[2],
        source=row["source_id"],
        told_at=in_utc(row["revised_at"] if is_after else row["former_at"]),
    )


def _found(text: TextRow | None, passage: str | None) -> re.Match[str] | None:
    """Find a passage in a text, whatever its white space: the log of edits keeps a sentence a line."""
    if text is None or not passage:
        return None
    return re.search(r"\s+".join(map(re.escape, passage.split())), text.text)
