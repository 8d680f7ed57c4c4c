"""Which paragraphs of a page hold links: what leads elsewhere is told by that from a sentence that begins alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.fetch.pages.lines import key_of
from newsledger.fetch.pages.pruning import is_linked

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset({"p", "li", "dd", "h2", "h3", "h4", "h5", "div", "aside", "section", "blockquote", "td"})
# A paragraph that is nothing but a link leads elsewhere.
_ALL = 0.95
_MOST = 0.4
_LONGEST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Keys of lines with a link or a button in them, of those that are mostly links, and of paragraphs that are one."""

    some: frozenset[str]
    most: frozenset[str]
    alone: frozenset[str]


def links_of(tree: HtmlElement) -> Links:
    """Find the links of a page's tree."""
    blocks = {block for link in tree.iter("a", "button") if (block := _block(link)) is not None}
    texts = [(block, text) for block in blocks if len(text := block.text_content().strip()) <= _LONGEST]
    return Links(
        some=frozenset(key_of(text) for _, text in texts),
        most=frozenset(key_of(text) for block, text in texts if is_linked(block, text, _MOST)),
        alone=frozenset(key_of(text) for block, text in texts if block.tag == "p" and is_linked(block, text, _ALL)),
    )


def _block(link: HtmlElement) -> HtmlElement | None:
    return next((one for one in link.iterancestors() if one.tag in _BLOCKS), None)
