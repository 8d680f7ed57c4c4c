"""The register: what the feeds listed, one row an item of a feed, with what became of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsledger.records.feeds import FeedEntry, KnownItem
from store.reading.loading import aware, rows_of
from store.schemas import given
from store.writing.books import is_of_page
from store.writing.rows import utc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import duckdb

    from newsledger.records.feeds import Disposition, FetchedItem
    from newsledger.records.run import Run
    from store.schemas import Row

ItemKey = tuple[str, str]
Fate = tuple["FetchedItem", "Disposition"]

# What an item is told to be while its page is not asked for: this leaves standing what became of it before.
_SEEN_AGAIN = frozenset({"known", "duplicate"})
_REMEMBERED = ("disposition", "detail", "tries", "due_at", "page_etag", "page_last_modified")
_READ_AT_ONCE = 5_000
_ITEMS = """
    SELECT
        i.feed_id, i.article_id, i.url, i.title, i.published_at, i.modified_at, i.authors, i.language, i.body_html,
        i.guid, i.disposition, a.article_id IS NOT NULL, i.first_seen_at, i.tries, i.due_at, i.page_etag,
        i.page_last_modified
    FROM items AS i
    LEFT JOIN articles AS a ON a.article_id = i.article_id AND a.is_newest
    WHERE i.last_seen_at >= ? OR i.due_at IS NOT NULL
    ORDER BY i.feed_id, i.article_id
"""


def read_items(con: duckdb.DuckDBPyConnection, since: datetime) -> tuple[KnownItem, ...]:
    """Read the items last seen since then, and all that are due some time, in the order of feeds and ids."""
    found = con.execute(_ITEMS, [utc(since)])
    items: list[KnownItem] = []
    # In parts: with all rows alive at once the garbage collector takes half as long again.
    while rows := found.fetchmany(_READ_AT_ONCE):
        items.extend(map(_known_item, rows))
    return tuple(items)


def register_rows(con: duckdb.DuckDBPyConnection, fates: Sequence[Fate], run: Run, now: datetime) -> list[Row]:
    """Give the rows of the items in a batch as they are to stand: on top of what the register has of them."""
    listed: dict[ItemKey, list[Fate]] = {}
    for fate in fates:
        entry = fate[0].entry
        listed.setdefault((entry.feed_id, entry.article_id), []).append(fate)
    former = _former(con, list(listed))
    return [_row(found, former.get(key), run, now) for key, found in listed.items()]


def _former(con: duckdb.DuckDBPyConnection, keys: Sequence[ItemKey]) -> Mapping[ItemKey, Row]:
    with given(con, feed_id=[key[0] for key in keys], article_id=[key[1] for key in keys]):
        known = con.execute(
            "SELECT feed_id, article_id FROM items SEMI JOIN given USING (feed_id, article_id)"
        ).fetchall()
    if not known:
        return {}
    # All columns of those alone that are there: of the others there is nothing to read.
    with given(con, feed_id=[key[0] for key in known], article_id=[key[1] for key in known]):
        rows = rows_of(con.execute("SELECT * FROM items SEMI JOIN given USING (feed_id, article_id)"))
    return {(row["feed_id"], row["article_id"]): row for row in rows}


def _row(found: Sequence[Fate], former: Row | None, run: Run, now: datetime) -> Row:
    """Give the row of an item that stands once or several times in a batch; the last one that is no duplicate tells."""
    item, fate = ([one for one in found if one[1] != "duplicate"] or found)[-1]
    # What was taken down is recognised by its address; nothing that it says is kept.
    entry = item.entry if fate != "forgotten" else replace(item.entry, title=None, authors=(), body_html=None)
    is_of_run = former is not None and former["run_id"] == run.run_id
    if former and is_of_run and fate in _SEEN_AGAIN and former["counted_as"] != "deferred":
        # The run has counted it already; so a batch that is saved twice is counted once.
        fate = former["counted_as"]
    outcome = _outcome(item, fate, former, is_of_run=is_of_run)
    return {
        "feed_id": entry.feed_id,
        "article_id": entry.article_id,
        "url": entry.url,
        "guid": entry.guid,
        "title": entry.title,
        "published_at": utc(entry.published),
        "modified_at": utc(entry.modified),
        "authors": entry.authors,
        "language": entry.language,
        "body_html": entry.body_html if outcome["disposition"] == "deferred" or outcome["due_at"] else None,
        **outcome,
        "first_seen_at": former["first_seen_at"] if former else utc(now),
        "last_seen_at": utc(now),
        "run_id": run.run_id,
        "counted_as": fate,
        "listings": max(len(found), former["listings"] if former and is_of_run else 0),
    }


def _outcome(item: FetchedItem, fate: Disposition, former: Row | None, *, is_of_run: bool) -> Row:
    """Give what is remembered of how it went: as before where the item was only seen again."""
    if former and fate in _SEEN_AGAIN:
        was_asked = is_of_run and former["counted_as"] == "deferred"
        # Another feed's item stands for it now, so this one is owed no longer.
        is_taken_over = fate == "duplicate" and former["disposition"] == "deferred"
        if not was_asked and not is_taken_over:
            return {column: former[column] for column in _REMEMBERED}
    # Only a page that was read is one to compare later answers with.
    read = item.answer if is_of_page(item) else None
    # A drop without particulars is for the same as before.
    detail = former["detail"] if former and former["disposition"] == fate else None
    tries = max(item.tries, former["tries"]) if former and fate == "deferred" else item.tries
    return {
        "disposition": fate,
        "detail": item.detail or detail,
        "tries": tries,
        "due_at": utc(item.due_at),
        "page_etag": read.etag if read else former and former["page_etag"],
        "page_last_modified": read.last_modified if read else former and former["page_last_modified"],
    }


def _known_item(row: tuple[Any, ...]) -> KnownItem:
    feed_id, article_id, url, title, published, modified, authors, language, body_html, guid, *rest = row
    disposition, stored, first_seen, tries, due, etag, last_modified = rest
    return KnownItem(
        entry=FeedEntry(
            feed_id=feed_id,
            article_id=article_id,
            url=url,
            title=title,
            published=aware(published),
            modified=aware(modified),
            authors=tuple(authors),
            language=language,
            body_html=body_html,
            guid=guid,
        ),
        disposition=disposition,
        stored=stored,
        first_seen=aware(first_seen) or first_seen,
        tries=tries,
        due_at=aware(due),
        etag=etag,
        last_modified=last_modified,
    )
