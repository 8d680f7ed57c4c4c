"""What an article says about itself: its language, its date."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from newsledger.extract.calendar import FULL_DATE, day_of
from newsledger.extract.dateline import find_dateline, find_heads
from newsledger.extract.grammar.numerals import listed
from newsledger.extract.lexicon import fold

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

    from newsledger.records.article import Article
    from newsledger.records.extraction import Dateline

__all__ = ["complete", "find_dateline", "find_heads", "is_supported"]

SUPPORTED = ("en",)

# So much of a text shows its language.
_SAMPLE = 3000
# With fewer letters, or with fewer small words, a text tells too little.
_BRIEF = 60
_FEW = 3
_MOSTLY = 0.8
# No other language has so many of these among its small words.
_ENGLISH = frozenset(listed("the of and that said with has for was were his its from"))
_ENGLISH_SHARE = 0.12
_WORD = re.compile(r"[^\W\d_]+")
# What the news of the world is written in; with fewer to choose from, the guess is better.
_LANGUAGES = listed(
    "en ru be uk pl lt lv et de fr es it pt nl sv da no fi cs sk sl hu ro bg sr hr el tr ar fa he ka hy az kk ky uz mn "
    "zh ja ko hi ur bn ta th vi id"
)
# Surer than this, or a text of names alone would be Polish for one name in it.
_SURE = 0.8

# At the head of a text: a date behind a label, and one on a line of its own or behind a byline.
_HEAD = 600
_WEEKDAY = r"(?:\w+day,? )?"
_LABELLED_DATE = re.compile(
    r"^[ \t]*(?:(?:first |last )?(?:date|dated|published|posted|updated|modified|issued)\b[ :]*(?:on |at )?)"
    + _WEEKDAY
    + FULL_DATE.pattern,
    re.MULTILINE | re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"^[ \t]*(?:on |by [^\n]{2,60}?[ \t]*[,|\u2022\u2013\u2014-][ \t]*)?"
    + _WEEKDAY
    + FULL_DATE.pattern
    + r"(?:[T,\u2013 -]*(?:at )?\d{1,2}[:.]\d{2}[^\n]{0,30}|[ \t]*[|/\u2022][^\n]*)?[ \t.]*$",
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
    head = article.text[:_HEAD]
    for match in sorted((*_LABELLED_DATE.finditer(head), *_DATE_LINE.finditer(head)), key=re.Match.start):
        found = day_of(match)
        if found is not None:
            published = datetime(found.year, found.month, found.day, tzinfo=UTC)
            return replace(article, published=published, published_from="text")
    return article


def is_supported(article: Article) -> bool:
    """Tell whether the extractor knows the article's language."""
    return (article.language or "").split("-")[0] in SUPPORTED


def _language(article: Article) -> str | None:
    """Take the declared language unless the text belies it; guess where none is declared."""
    sample = article.text[:_SAMPLE]
    words = _WORD.findall(sample)
    if not words:
        return article.language
    declared = (article.language or "").strip().replace("_", "-").lower()
    is_declared = declared.split("-")[0] in SUPPORTED
    if _looks_english(words):
        return declared if is_declared or (declared and _is_brief(words)) else "en"
    if declared and not is_declared:
        return declared
    is_latin = _latin_share(words) >= _MOSTLY
    if is_latin and (_are_names(words) or (declared and _is_brief(words))):
        return declared or "en"
    language, surety = _guess(sample)
    if is_latin:
        return language if surety >= _SURE else declared or "en"
    return language if surety >= _SURE or not _is_cyrillic(words) else "ru"


def _is_brief(words: list[str]) -> bool:
    return sum(map(len, words)) < _BRIEF


def _are_names(words: list[str]) -> bool:
    """Tell a name or a list of names, which are of no language: "Deutsche Bank" is an English phrase, too."""
    if all(map(str.isupper, words)):
        return _is_brief(words)
    return sum(map(str.islower, words)) < max(_FEW, len(words) / 5)


def _latin_share(words: list[str]) -> float:
    """Give the share of Latin letters; those of names with marks on them are."""
    return sum(len(word) for word in words if fold(word).isascii()) / sum(map(len, words))


def _is_cyrillic(words: list[str]) -> bool:
    letters = "".join(words)
    return (
        sum("\N{CYRILLIC CAPITAL LETTER IE WITH GRAVE}" <= letter <= "\u04ff" for letter in letters) > len(letters) / 2
    )


def _looks_english(words: list[str]) -> bool:
    """Tell by the small words: names, of which a text may be full, are of no language."""
    small = [word for word in words if word.islower()] or words
    hits = sum(word.lower() in _ENGLISH for word in small)
    return hits > 0 and hits >= _ENGLISH_SHARE * len(small) and _latin_share(words) > 1 / 2


def _guess(sample: str) -> tuple[str, float]:
    """Guess the language, with the odds that the guess is right."""
    language, surety = _identifier().classify(sample.encode("utf-8", "replace").decode())
    return str(language), float(surety)


@cache
def _identifier() -> LanguageIdentifier:
    # Loading the model takes half a second: only where a text is not plainly English.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_LANGUAGES)
    return identifier
