"""The articles' pages: of the size and the build of real ones, the same in every run.

A news page of today has some 120 kB of markup, 850 elements, 190 links and 25 scripts, of which a few kilobytes are
the article: medians over a set of saved pages, which these keep to.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from bench.fetch.fixtures import ITEMS, Story, chance, host, story
from bench.fetch.words import Prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

_HEX = "0123456789abcdef"


def page(number: int, port: int) -> bytes:
    """Write an article's page of 60 to 150 kB in the manner of its host, 600 to 900 words of it the article."""
    draws = chance(f"page {number}")
    of, parts = story(number, port), _Parts(draws, draws.uniform(0.6, 1.3))
    manner = _MANNERS[number // ITEMS % len(_MANNERS)]
    main = manner(of, parts)
    head = _head(of, parts, is_described=manner is not _bare)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body class="page page--story">\n'
        f'<header class="masthead"><a class="logo" href="/">{host(number // ITEMS)}</a>\n'
        f"{parts.menu(14, 6)}</header>\n"
        f'{main}\n<section class="related"><h2>More on this</h2>\n{parts.cards(24)}</section>\n'
        f'<footer class="foot">\n{parts.menu(6, 7)}<p>All rights reserved. {parts.prose.sentence()}</p></footer>\n'
        f"{parts.scripts(17)}</body></html>\n"
    ).encode()


class _Parts:
    """What pages are made of; `size` stretches all that is not the article."""

    def __init__(self, chance: Random, size: float) -> None:
        self.prose = Prose(chance)
        self._chance = chance
        self._size = size

    def paragraphs(self) -> list[str]:
        """Write the article: 600 to 900 words."""
        left = self._chance.randint(600, 900)
        found: list[str] = []
        while left > 0:
            text = self.prose.paragraph(self._chance.randint(2, 4))
            left -= text.count(" ") + 1
            found.append(self._linked(text) if len(found) % 3 else text)
        return found

    def menu(self, groups: int, links: int) -> str:
        """Write a menu of links in groups."""
        inside = "".join(self._group(links) for _ in range(round(groups * self._size)))
        return f'<nav class="menu"><ul>\n{inside}</ul></nav>\n'

    def cards(self, count: int) -> str:
        """Write teasers of other articles."""
        return "".join(self._card() for _ in range(round(count * self._size)))

    def scripts(self, count: int) -> str:
        """Write inline scripts of one to three kilobytes: settings, trackers, advertising."""
        return "".join(self._script() for _ in range(round(count * self._size)))

    def style(self) -> str:
        """Write an inline style sheet of some ten kilobytes."""
        rules = (
            f".{word}__{other}{{display:flex;margin:{self._chance.randint(0, 40)}px 0;padding:0 {word[0]}px;"
            f"color:#{self.token(6)};background:#{self.token(6)};font-size:{self._chance.randint(10, 40)}px}}"
            for word, other in (self.prose.words(2) for _ in range(round(90 * self._size)))
        )
        return f"<style>{''.join(rules)}</style>"

    def token(self, length: int) -> str:
        """Give hexadecimal digits, as ids of all kinds are made of."""
        return "".join(self._chance.choices(_HEX, k=length))

    def _linked(self, text: str) -> str:
        """Make three words of a text a link."""
        before, *words, after = text.split(" ", 4)
        return f'{before} <a class="in-text" href="/topic/{self.token(4)}">{" ".join(words)}</a> {after}'

    def _group(self, links: int) -> str:
        return f'<li class="menu__group"><ul>{"".join(self._link() for _ in range(links))}</ul></li>\n'

    def _link(self) -> str:
        one, other = self.prose.words(2)
        return f'<li><a class="menu__link" href="/{one}/{other}" data-track="nav-{one}">{one.title()} {other}</a></li>'

    def _card(self) -> str:
        title, number, image = self.prose.title(), self._chance.randint(1, 10**6), self.token(12)
        sources = "".join(
            f'<source media="(min-width:{width}px)" srcset="/img/{image}-{width}.webp">' for width in (480, 960)
        )
        return (
            f'<div class="card" data-id="{number}"><div class="card__media"><a href="/page/{number}?from=card">'
            f'<picture>{sources}<img src="/img/{image}.jpg" alt="{title}" loading="lazy"></picture></a></div>'
            f'<div class="card__text"><div class="card__kicker"><span>{self.prose.words(1)[0]}</span></div>'
            f'<h3 class="card__title"><a href="/page/{number}?from=card"><span>{title}</span></a></h3>'
            f'<p class="card__lead">{self.prose.sentence()}</p><div class="card__foot"><!-- foot -->'
            f'<svg class="icon" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg><time>3 hours ago</time>'
            f"</div></div></div>\n"
        )

    def _script(self) -> str:
        settings = {word: f"/{word}/v2/{self.token(6)}?consent=true" for word in self.prose.words(32)}
        return f"<script>window.site=window.site||[];site.push({json.dumps(settings)});</script>\n"


def _head(of: Story, parts: _Parts, *, is_described: bool) -> str:
    properties = {"title": of.title, "description": of.summary, "url": of.url, "type": "article", "site_name": "Bench"}
    metas = "".join(f'<meta property="og:{name}" content="{escape(value)}">' for name, value in properties.items())
    return (
        f'<meta charset="utf-8"><title>{of.title} | Bench</title><link rel="canonical" href="{of.url}">{metas}'
        f'<meta property="article:published_time" content="{of.published.isoformat()}">'
        f'<meta name="viewport" content="width=device-width">{_description(of) if is_described else ""}\n'
        f"{parts.style()}\n{parts.scripts(8)}"
    )


def _description(of: Story) -> str:
    """Write what search engines are told; older programs tell them nothing."""
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": of.title,
        "datePublished": of.published.isoformat(),
        "dateModified": of.published.isoformat(),
        "author": [{"@type": "Person", "name": of.author}],
        "publisher": {"@type": "Organization", "name": "Bench", "logo": {"@type": "ImageObject", "url": "/logo.png"}},
        "description": of.summary,
        "mainEntityOfPage": of.url,
    }
    return f'<meta name="author" content="{of.author}"><script type="application/ld+json">{json.dumps(told)}</script>'


def _plain(of: Story, parts: _Parts) -> str:
    """Mark the article up as HTML means it."""
    body = "\n".join(_with_extras(f"<p>{text}</p>" for text in parts.paragraphs()))
    return (
        f'<main><article><h1>{of.title}</h1><p class="byline">By <a href="/by/1">{of.author}</a> '
        f'<time datetime="{of.published.isoformat()}">10 March 2026</time></p>\n'
        f'<figure><img src="/img/{parts.token(12)}.jpg" alt="">'
        f"<figcaption>{parts.prose.sentence()}</figcaption></figure>\n"
        f"{body}</article>\n<aside><h2>Most read</h2>\n{parts.cards(9)}</aside></main>"
    )


def _nested(of: Story, parts: _Parts) -> str:
    """Build the article of blocks in blocks, as editors with components do."""
    blocks = (
        f'<div class="c-block" data-component="text"><div class="c-rich"><p class="c-p">{text}</p></div></div>'
        for text in parts.paragraphs()
    )
    body = "\n".join(_with_extras(blocks))
    return (
        f'<div class="l-wrap"><div class="l-main"><div class="c-head"><h1 class="c-title"><span>{of.title}</span></h1>'
        f'<div class="c-lead"><p><strong>{of.summary}</strong></p></div>'
        f'<div class="c-meta"><span>{of.author}</span></div></div>'
        f'<div class="article-body" itemprop="articleBody">{body}</div></div>\n'
        f'<div class="l-side">{parts.cards(9)}</div></div>'
    )


def _bare(of: Story, parts: _Parts) -> str:
    """Set the article between line breaks in a division with a story's class, as older programs do."""
    body = "\n".join(_with_extras(f"{text}<br><br>" for text in parts.paragraphs()))
    return (
        f'<div id="columns"><div id="left">{parts.menu(3, 6)}</div><div id="middle"><h1>{of.title}</h1>'
        f'<div class="date">10.03.2026, 11:00 | {of.author}</div><div class="story-content">{body}</div>'
        f'<div class="share"><a href="#">Share</a> <a href="#">Print</a></div></div>'
        f'<div id="right"><h4>Latest</h4>{parts.cards(9)}</div></div>'
    )


def _with_extras(blocks: Iterator[str]) -> Iterator[str]:
    """Put an advertisement behind every fourth block and a pull quote behind the second."""
    for place, block in enumerate(blocks):
        yield block
        if place % 4 == 3:  # noqa: PLR2004 - every fourth
            yield f'<div class="ad-slot" id="ad-{place}" data-sizes="300x250"><span>Advertisement</span></div>'
        if place == 1:
            yield '<blockquote class="pull"><p>It was <em>quite</em> a <a href="/page/9">week</a>.</p></blockquote>'


_MANNERS: tuple[Callable[[Story, _Parts], str], ...] = (_plain, _nested, _bare)
