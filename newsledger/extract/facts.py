"""What an article says about itself: its language, its date."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsledger.extract.calendar import FULL_DATE, day_of
from newsledger.extract.dateline import find_dateline, find_heads
from newsledger.extract.lexicon import fold

if TYPE_CHECKING:
    from newsledger.records.article import Article
    from newsledger.records.extraction import Dateline

__all__ = ["complete", "find_dateline", "find_heads", "is_supported"]

SUPPORTED = ("en",)

# So much of a text shows its language.
_SAMPLE = 3000
# With fewer letters a guess is worth less than the odds that a text in plain letters is English.
_LETTERS_NEEDED = 60
_MOSTLY = 0.8
# No other language has so many of these.
_ENGLISH = frozenset("the of and that said with has for was were his its from".split())  # noqa: SIM905
_ENGLISH_SHARE = 0.1
_WORD = re.compile(r"[^\W\d_]+")

# A date line of its own, or a label and a date, at the head of a text.
_HEAD = 600
_LABELLED_DATE = re.compile(
    r"^[ \t]*(?:(?:date|dated|published|posted|updated|issued|on)\b[ :]*(?:on )?)?(?:\w+day,? )?" + FULL_DATE.pattern,
    re.MULTILINE | re.IGNORECASE,
)


def complete(article: Article, dateline: Dateline | None) -> Article:
    """Add what the text tells: the language where none is declared, the date where only the dateline has one."""
    article = replace(article, language=_language(article))
    if article.published is not None:
        return article
    if dateline is not None and dateline.date is not None:
        day = dateline.date
        return replace(article, published=datetime(day.year, day.month, day.day, tzinfo=UTC), published_from="dateline")
    for match in _LABELLED_DATE.finditer(article.text[:_HEAD]):
        found = day_of(match)
        if found is not None:
            published = datetime(found.year, found.month, found.day, tzinfo=UTC)
            return replace(article, published=published, published_from="text")
    return article


def is_supported(article: Article) -> bool:
    """Tell whether the extractor knows the article's language."""
    return (article.language or "").split("-")[0] in SUPPORTED


def _language(article: Article) -> str | None:
    """Take the declared language unless the script belies it; guess where none is declared."""
    sample = article.text[:_SAMPLE]
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if not letters:
        return article.language
    plain = sum(len(word) for word in words if word.isascii()) / letters >= _MOSTLY
    declared = (article.language or "").strip().replace("_", "-").lower()
    if declared and (plain or declared.split("-")[0] not in SUPPORTED):
        return declared
    # A name with diacritics is of no language.
    brief = letters < _LETTERS_NEEDED and all(fold(word).isascii() for word in words)
    if brief or (plain and _looks_english(words)):
        return "en"
    return _guess(sample)


def _looks_english(words: list[str]) -> bool:
    return sum(word.lower() in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words)


def _guess(sample: str) -> str:
    # Loading the model takes half a second: only where a text is not plainly English.
    from py3langid import langid  # noqa: PLC0415

    return str(langid.classify(sample.encode("utf-8", "replace").decode())[0])
