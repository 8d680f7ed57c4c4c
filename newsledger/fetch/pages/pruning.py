"""What stands among an article's paragraphs and is none of them: taken out of a page's tree before anything is read.

Only what markup itself names is taken: captions, posts of other people, boxes, labels for screen readers. What merely
is not shown stays, since many sites reveal the body by a script.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Posts of other sites stand in a page as a document of their own, by another author; the class names are those of the
# sites' own embedding code.
_EMBEDS = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|fb-(?:post|video|comment-embed)|bluesky-embed"
    r"|reddit-(?:card|embed[\w-]*)|mastodon-embed|text-post-media|wp-block-embed)(?:\s|$)"
)
_BOXES = re.compile(
    r"(?:^|\s)(?:newsletters?|(?:show-|reader-|user-)?comments(?:[_-]+(?:area|section|list|wrapper|container))?|disqus_thread"
    r"|visually-?hidden|sr-only|screen-reader-text)(?:\s|$)"
    r"|newsletter[_-]*(?:box|form|sign-?up|promo|widget|capture|subscri|banner|cta|embed|module)"
    r"|about-(?:the-)?author|author[_-]*bio|most-(?:read|popular|viewed)|(?:access|registration)-wall",
    re.IGNORECASE,
)
_BOX_TAGS = frozenset({"div", "section", "aside", "p", "ul", "ol", "form", "footer", "span", "blockquote", "figure"})
_CAPTION = 250
# A box that holds this share of a page's words is no box, whatever its name.
_MOST = 0.3


def prune(tree: HtmlElement) -> None:
    """Take out menus, captions, embedded posts and boxes; a box stays where it holds the headline or much of the text.

    JSON-LD goes as well: trafilatura would take a body out of it as one line and not say so.
    """
    for element in list(tree.iter("script", "nav")):
        if element.tag == "nav" or "ld+json" in (element.get("type") or ""):
            _drop(element)
    for image in list(tree.iter("img")):
        if (paragraph := _around(image)) is not None and _is_caption(paragraph):
            _drop(paragraph)
    most: float | None = None
    for element in list(tree.iter(*_BOX_TAGS, "figcaption")):
        if element.tag == "figcaption" or _EMBEDS.search(name := element.get("class") or ""):
            _drop(element)
        elif element.get("role") == "dialog" or _BOXES.search(f"{name} {element.get('id') or ''}"):
            if most is None:
                most = _MOST * len(tree.text_content())
            if len(element.text_content()) < most and element.find(".//h1") is None:
                _drop(element)


def _around(image: HtmlElement) -> HtmlElement | None:
    parent = image.getparent()
    if parent is not None and parent.tag == "a":
        parent = parent.getparent()
    return parent if parent is not None and parent.tag == "p" else None


def _is_caption(paragraph: HtmlElement) -> bool:
    """Tell an image with nothing but some words set apart: a caption, where no figure is used."""
    text = "".join(paragraph.text_content().split())
    set_apart = sum(len("".join(one.text_content().split())) for one in paragraph.iterchildren("em", "i", "small"))
    return len(text) <= _CAPTION and set_apart == len(text)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def is_linked(element: HtmlElement, text: str, share: float) -> bool:
    """Tell whether at least this share of an element's text is links; one without text is not."""
    return bool(text) and sum(len(link.text_content()) for link in element.iter("a")) >= share * len(text)
