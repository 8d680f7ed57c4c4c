"""What the day's articles are, and what is wrong with them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from newsledger.digest.lines import ArticleLine, Passage
from newsledger.digest.model import IssueLine
from newsledger.digest.reading import anchor_of, bearing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsledger.digest.reading import Reading
    from newsledger.records.extraction import Extraction

# So much of a text stands for a title that is missing.
OPENING = 120
# So many articles are named for each kind of trouble.
EXAMPLES = 5


def article_lines(reading: Reading) -> list[ArticleLine]:
    """Give the day's articles, those that tell most first."""
    lines = [_article_line(reading, extraction) for extraction in reading.view.extractions]
    return sorted(lines, key=lambda line: (-line.weight, *_outlet_order(line)))


def in_outlet_order(lines: Iterable[ArticleLine]) -> tuple[ArticleLine, ...]:
    """Put the articles of an outlet together, in the order in which they were published."""
    return tuple(sorted(lines, key=_outlet_order))


def issue_lines(reading: Reading) -> tuple[IssueLine, ...]:
    """Give the kinds of trouble, each with the first articles that have it."""
    found = defaultdict[str, dict[tuple[str, str | None, str], None]](dict)
    for extraction in reading.view.extractions:
        article = extraction.article
        for issue in article.issues:
            found[issue.code][article.article_id, article.title, issue.detail] = None
    return tuple(
        IssueLine(code=code, count=len(articles), articles=tuple(articles)[:EXAMPLES])
        for code, articles in sorted(found.items())
    )


def _article_line(reading: Reading, extraction: Extraction) -> ArticleLine:
    article = extraction.article
    source = reading.source_of(extraction)
    title = article.title if article.title and article.title.strip() else None
    opening = None if title else _opening(article.article_id, article.text)
    return ArticleLine(
        anchor=anchor_of("a", article.article_id),
        passages=(opening,) if opening else (),
        sources=(source,) if source else (),
        weight=bearing(extraction) * len((*extraction.statements, *extraction.events, *extraction.figures)),
        article_id=article.article_id,
        title=title,
        opening=opening,
        url=article.url,
        published=article.published,
        published_from=article.published_from,
        language=article.language,
        text_from=article.text_from,
        revision=article.revision,
    )


def _opening(article_id: str, text: str) -> Passage | None:
    """Point at the first words of a text."""
    start = len(text) - len(text.lstrip())
    piece = text[start : start + OPENING + 1].partition("\n")[0]
    if len(piece) > OPENING:
        piece = piece[: max(piece.rfind(" "), OPENING // 2)]
    piece = piece.rstrip()
    return Passage(article_id=article_id, start=start, end=start + len(piece), text=piece) if piece else None


def _outlet_order(line: ArticleLine) -> tuple[str, str, str]:
    source = line.sources[0].name if line.sources else ""
    return source, line.published.isoformat() if line.published else "", line.article_id
