"""The logs of edits as rows: what each revision changed of the one before, in its article and in its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.diffs.edits import edits
from store.diffs.rewording import rewordings
from store.reading.loading import load_extractions
from store.schemas import given

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

    from newsledger.records.article import Article
    from newsledger.records.extraction import Extraction
    from store.diffs.contents import Fact
    from store.reading.loading import Key
    from store.schemas import Row


def pairs(
    con: duckdb.DuckDBPyConnection, made: Iterable[Extraction], keys: Iterable[Key]
) -> tuple[tuple[Extraction, Extraction], ...]:
    """Pair the revisions of the given keys with those before and after them: as just made, else as stored."""
    known = {(one.article.article_id, one.article.revision): one for one in made}
    keys = set(keys)
    missing = _beside(keys) - known.keys()
    with given(con, article_id=[key[0] for key in missing], revision=[key[1] for key in missing]):
        stored = con.execute("SELECT article_id, revision FROM articles SEMI JOIN given USING (article_id, revision)")
        found = load_extractions(con, sorted(stored.fetchall()))
    known |= {(one.article.article_id, one.article.revision): one for one in found}
    return tuple(
        (known[article_id, revision - 1], known[article_id, revision])
        for article_id, revision in sorted(told_by(keys))
        if (article_id, revision) in known and (article_id, revision - 1) in known
    )


def told_by(keys: Iterable[Key]) -> frozenset[Key]:
    """Give the revisions whose edits have to be told anew where those of the keys are read otherwise."""
    return frozenset((article_id, revision + step) for article_id, revision in keys for step in (0, 1))


def change_rows(compared: Iterable[tuple[Article, Article]]) -> list[Row]:
    """Give the rows of `article_changes`."""
    return [
        {
            "article_id": after.article_id,
            "revision": after.revision,
            "no": no,
            "field": edit.field,
            "sentence_no": edit.sentence_no,
            "before": edit.before,
            "after": edit.after,
        }
        for before, after in compared
        for no, edit in enumerate(edits(before, after), 1)
    ]


def record_change_rows(compared: Sequence[tuple[Extraction, Extraction]]) -> list[Row]:
    """Give the rows of `record_changes`; none where the two were read by different versions."""
    return [
        {
            "article_id": after.article.article_id,
            "revision": after.article.revision,
            "no": no,
            "kind": one.kind,
            "record_type": one.record_type,
            "before": one.lines[0],
            "after": one.lines[1],
            **_place("before", one.before),
            **_place("after", one.after),
        }
        for before, after in compared
        for no, one in enumerate(rewordings(before, after), 1)
    ]


def _beside(keys: set[Key]) -> set[Key]:
    return {(article_id, revision + step) for article_id, revision in keys for step in (-1, 1)}


def _place(side: str, fact: Fact | None) -> Row:
    """Name the columns of a record's span, which is all of it and not its place among others alone."""
    span = fact and fact.span
    return {f"{side}_char_start": span and span.start, f"{side}_char_end": span and span.end}
