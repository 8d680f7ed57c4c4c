"""What stands among an article's paragraphs and is none of them: taken out of a page's tree before anything is read.

Only what markup itself names is taken: captions, posts of other people, boxes, labels for screen readers. What merely
is not shown stays, since many sites reveal the body by a script.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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
# A box that holds this share of a page's words is no box, whatever its name; captions with this share are the text.
_MOST = 0.3
# Prose is what stands in paragraphs of some length that are not mostly links, or at such a length in no paragraph.
_PARAGRAPH = 80
_BARE = ("div", "section", "article", "main", "td", "br", "body")
_LINKED = 0.4
# Captions within one of these are of other articles.
_ELSEWHERE = frozenset({"a", "aside", "footer", "nav"})


def prune(tree: HtmlElement) -> None:
    """Take out menus, captions, embedded posts and boxes; a box stays where it holds the headline or much of the text.

    Of a photo story the captions stay, each once, as paragraphs: they are its text.

    JSON-LD goes as well: trafilatura would take a body out of it as one line and not say so.
    """
    for element in list(tree.iter("script", "nav")):
        if element.tag == "nav" or "ld+json" in (element.get("type") or ""):
            _drop(element)
    images = list(tree.iter("img"))
    captions = [one for image in images if (one := _around(image)) is not None and _is_caption(one)]
    _take_captions(tree, [*captions, *tree.iter("figcaption")])
    most: float | None = None
    for element in list(tree.iter(*_BOX_TAGS)):
        if _EMBEDS.search(name := element.get("class") or ""):
            _drop(element)
        elif element.get("role") == "dialog" or _BOXES.search(f"{name} {element.get('id') or ''}"):
            if most is None:
                most = _MOST * len(tree.text_content())
            if len(element.text_content()) < most and element.find(".//h1") is None:
                _drop(element)


def _take_captions(tree: HtmlElement, captions: Sequence[HtmlElement]) -> None:
    """Take captions out, or make paragraphs of them where they are several and much of the prose, or all of it."""
    own: dict[str, HtmlElement] = {}
    for caption in captions:
        text = " ".join(caption.text_content().split())
        if (
            text
            and not is_linked(caption, text, _LINKED)
            and not _ELSEWHERE & {one.tag for one in caption.iterancestors()}
        ):
            own.setdefault(text, caption)
    size = sum(map(len, own))
    prose = max(0, prose_length(tree) - sum(map(prose_length, own.values())))
    is_story = size >= _MOST * (size + prose) and (len(own) > 1 or not prose)
    kept = {caption: text for text, caption in own.items()} if is_story else {}
    for caption in captions:
        if caption not in kept:
            _drop(caption)
    for caption, text in kept.items():
        for child in list(caption):
            caption.remove(child)
        caption.tag, caption.text = "p", text
        for figure in caption.iterancestors("figure"):
            figure.tag = "div"


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


def prose_length(tree: HtmlElement) -> int:
    """Count the characters of a page's prose, each paragraph once."""
    paragraphs = {text for paragraph in tree.iter("p") if (text := _prose(paragraph))}
    bare = {text for one in tree.iter(*_BARE) for text in (one.text, one.tail) if text and len(text) >= _PARAGRAPH}
    return sum(len(" ".join(text.split())) for text in paragraphs | bare)


def _prose(paragraph: HtmlElement) -> str | None:
    text = " ".join(paragraph.text_content().split())
    return text if len(text) >= _PARAGRAPH and not is_linked(paragraph, text, _LINKED) else None
