"""The feeds that the server gives, and what their items are about: the same in every run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from random import Random

from bench.fetch.words import Prose

ITEMS = 10
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
_SEED = "news 1"


def host(number: int) -> str:
    """Give the name of the host that has the feed of this number, and the pages of its items."""
    return f"h{number}.bench.example"


def chance(what: str) -> Random:
    """Give a source of chance that is the same for the same thing."""
    return Random(f"{_SEED} {what}")  # noqa: S311 - fixtures are no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the feed and the page of one item have in common."""

    url: str
    title: str
    author: str
    published: datetime
    summary: str


def story(number: int, port: int) -> Story:
    """Make up the item of this number; every host has ten in a row."""
    prose = Prose(chance(f"story {number}"))
    return Story(
        url=f"http://{host(number // ITEMS)}:{port}/page/{number}",
        title=prose.title(),
        author=prose.name(),
        published=NOW - timedelta(minutes=7 * (number % ITEMS) + 11),
        summary=prose.paragraph(2),
    )


def feed(number: int, port: int) -> bytes:
    """Write an RSS document of 15 to 60 kB; every third feed carries whole articles, the others the first lines."""
    draws = chance(f"feed {number}")
    prose = Prose(draws)
    paragraphs = draws.randint(8, 11) if number % 3 == 0 else draws.randint(2, 5)
    site = f"http://{host(number)}:{port}/"
    items = "".join(_item(story(number * ITEMS + i, port), prose, paragraphs) for i in range(ITEMS))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<title>{prose.title()}</title><link>{site}</link><description>{prose.sentence()}</description>"
        f"<language>en-gb</language><lastBuildDate>{format_datetime(NOW)}</lastBuildDate><ttl>15</ttl>"
        f"{items}</channel></rss>\n"
    ).encode()


def _item(of: Story, prose: Prose, paragraphs: int) -> str:
    image = f"{of.url}/lead-{{}}.jpg"
    body = "".join(f"<p>{prose.paragraph(4)}</p>\n" for _ in range(paragraphs))
    media = "".join(f'<media:content url="{image.format(w)}" width="{w}" height="{w * 9 // 16}"/>' for w in (240, 1024))
    categories = "".join(f"<category>{word}</category>" for word in prose.words(4))
    return (
        f"<item><title>{escape(of.title)}</title><link>{of.url}?utm_source=rss&amp;utm_medium=feed</link>"
        f'<guid isPermaLink="false">{of.url}</guid><pubDate>{format_datetime(of.published)}</pubDate>'
        f"<dc:creator>{of.author}</dc:creator>{categories}{media}"
        f"<description>{escape(f'<p>{of.summary}</p>')}</description>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>\n"
    )
