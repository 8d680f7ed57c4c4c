"""What the published copy holds of single articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.database import published_copy
from store.errors import store_errors
from store.reading.loading import load_extractions
from store.schemas import given

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from newsledger.records.extraction import Extraction


def read_articles(published: Path, article_ids: Iterable[str]) -> dict[str, Extraction]:
    """Read the newest revision of each article with its records, by id; who is not stored is left out.

    Raises StoreError.
    """
    with published_copy(published) as con, store_errors(published):
        with given(con, article_id=sorted(set(article_ids))):
            keys = con.execute(
                "SELECT article_id, revision FROM articles SEMI JOIN given USING (article_id) WHERE is_newest"
            ).fetchall()
        return {found.article.article_id: found for found in load_extractions(con, keys)}
