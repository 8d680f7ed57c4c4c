"""What the day's articles are, and what is wrong with them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from newsledger.digest.lines import ArticleLine, Passage
from newsledger.digest.model import IssueLine
from newsledger.digest.reading import anchor_of

if TYPE_CHECKING:
    from newsledger.digest.reading import Reading
    from newsledger.records.day import ArticleRow

# So much of a text stands for a title that is missing.
OPENING = 120
# So many articles are named for each kind of trouble.
EXAMPLES = 5


def article_line(reading: Reading, row: ArticleRow) -> ArticleLine:
    """Tell what an article of the day is."""
    source = reading.source(row.source)
    title = row.title if row.title and row.title.strip() else None
    text = reading.texts.get((row.article_id, row.revision))
    opening = None if title or text is None else _opening(row.article_id, text.text)
    return ArticleLine(
        anchor=anchor_of("a", row.article_id),
        passages=(opening,) if opening else (),
        sources=(source,) if source else (),
        weight=float(row.records),
        article_id=row.article_id,
        title=title,
        opening=opening,
        url=row.url,
        published=row.published,
        published_from=row.published_from,
        language=row.language,
        text_from=row.text_from,
        revision=row.revision,
        copy_of=row.copy_of,
    )


def loose_lines(reading: Reading) -> list[ArticleLine]:
    """Give the articles of the day that belong to no story, outlet by outlet in the order of publication."""
    known = {story.story_id for story in reading.view.stories}
    rows = (row for row in reading.view.articles if row.story_id not in known)
    return sorted((article_line(reading, row) for row in rows), key=_outlet_order)


def issue_lines(reading: Reading) -> tuple[IssueLine, ...]:
    """Give the kinds of trouble, each with the first articles that have it."""
    found = defaultdict[str, dict[tuple[str, str | None, str], None]](dict)
    for row in reading.view.articles:
        for issue in row.issues:
            found[issue.code][row.article_id, row.title, issue.detail] = None
    return tuple(
        IssueLine(code=code, count=len(articles), articles=tuple(articles)[:EXAMPLES])
        for code, articles in sorted(found.items())
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
