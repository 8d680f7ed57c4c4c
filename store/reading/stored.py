"""What the published copy holds of single articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.records.stories import StoryPlace
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


def read_places(published: Path, article_ids: Iterable[str]) -> dict[str, StoryPlace | None]:
    """Read where articles stand, by id: None for one without a place, and who is not stored is left out.

    Raises StoreError.
    """
    with (
        published_copy(published) as con,
        store_errors(published),
        given(con, article_id=sorted(set(article_ids))),
    ):
        found = con.execute(
            "SELECT article_id, p.story_id, p.copy_of, p.origin_id FROM articles SEMI JOIN given USING (article_id) "
            "LEFT JOIN story_articles AS p USING (article_id) WHERE is_newest"
        ).fetchall()
    return {
        article_id: StoryPlace(article_id=article_id, story_id=story_id, copy_of=copy_of, origin=origin)
        if story_id
        else None
        for article_id, story_id, copy_of, origin in found
    }
