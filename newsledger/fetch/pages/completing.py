"""What an extractor left behind: the standfirst over a body, and paragraphs that are built like those it kept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsledger.fetch.pages.lines import key_of
from newsledger.fetch.pages.pruning import is_linked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.html import HtmlElement

_TEXTS = ("h1", "p", "h2", "h3", "h4", "div", "span", "strong", "em", "b", "li")
_BLOCKS = frozenset({"p", "h2", "h3", "h4", "div", "li"})
# A paragraph that holds one of these is a box.
_INNER = ("p", "article", "section", "div", "ul", "ol", "h2", "h3", "h4", "table")
_STANDFIRST = range(25, 800)
_LEVELS = 4
_ALIKE = 2
_LEAST = 40
# No article has more paragraphs; looking for each of them in all of the text would take its time.
_MOST = 2_000
_LINKED = 0.4


def standfirst(tree: HtmlElement, lines: Sequence[str], descriptions: Collection[str]) -> str | None:
    """Find the line between headline and body that the page also gives as its description; None where there is none.

    A description that is nowhere shown is for search engines and no part of the article.
    """
    wanted = {key: key.split()[0] for text in descriptions if (key := key_of(text)) and len(text) in _STANDFIRST}
    body = "\n".join(map(key_of, lines))
    wanted = {key: word for key, word in wanted.items() if key not in body}
    if not wanted:
        return None
    opening = key_of(lines[0]) if lines else ""
    is_below_headline = tree.find(".//h1") is None
    for element in tree.iter(*_TEXTS):
        if element.tag == "h1":
            is_below_headline = True
        words = (element.text or "").split(maxsplit=1)
        if not words or not is_below_headline:
            continue
        block = _block(element)
        text = " ".join(block.text_content().split()) if len(block) <= _LEVELS else ""
        key = key_of(text)
        if key in wanted:
            return text
        if opening and key == opening:
            return None
    return None


def restored(tree: HtmlElement, lines: Sequence[str]) -> tuple[str, ...]:
    """Put lost paragraphs back in their places: those within the body that are built like at least two of its own.

    Built alike means the same tags and classes up to the third ancestor. What follows the body's last paragraph stays
    lost: it may be the next article.
    """
    kept = {key: position for position, line in enumerate(lines) if (key := key_of(line))}
    paragraphs = [(key_of(text), text, element) for element in tree.iter("p") if (text := _text(element))]
    if len(paragraphs) > _MOST:
        return tuple(lines)
    last = max((n for n, (key, _, _) in enumerate(paragraphs) if key in kept), default=-1)
    builds = Counter(_build(element) for key, _, element in paragraphs if key in kept)
    body, after = "\n".join(kept), -1
    lost: dict[int, list[str]] = {}
    for key, text, element in paragraphs[: last + 1]:
        if key in kept:
            after = kept[key]
        elif len(text) >= _LEAST and key not in body and builds[_build(element)] >= _ALIKE and _is_plain(element, text):
            lost.setdefault(after, []).append(text)
    return tuple(_merged(lines, lost))


def _merged(lines: Sequence[str], lost: dict[int, list[str]]) -> Iterator[str]:
    yield from lost.get(-1, [])
    for position, line in enumerate(lines):
        yield line
        yield from lost.get(position, [])


def _build(element: HtmlElement) -> tuple[tuple[str, str | None], ...]:
    build = []
    for _ in range(_LEVELS):
        build.append((str(element.tag), element.get("class")))
        element = element.getparent()
        if element is None:
            break
    return tuple(build)


def _block(element: HtmlElement) -> HtmlElement:
    while element.tag not in _BLOCKS and element.getparent() is not None:
        element = element.getparent()
    return element


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _is_plain(element: HtmlElement, text: str) -> bool:
    """Tell whether an element holds running text: not mostly links, and no blocks of its own."""
    return not is_linked(element, text, _LINKED) and next(element.iterdescendants(*_INNER), None) is None
