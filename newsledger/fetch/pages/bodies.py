"""The body of an article: trafilatura reads, others stand by for pages on which it finds too little.

trafilatura is asked twice at most: plainly first, which costs a third less and on most pages gives the same, then with
all its fallbacks where the plain reading left most of the page's prose behind.
"""

from __future__ import annotations

import logging
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readability import Document as Readable
from trafilatura import bare_extraction
from trafilatura.settings import DEFAULT_CONFIG, Document

from newsledger.fetch.pages.completing import restored, standfirst
from newsledger.fetch.pages.lines import key_of, lines_of, tidy
from newsledger.fetch.pages.linking import links_of
from newsledger.fetch.pages.pruning import prose_length, prune
from newsledger.fetch.text import html_to_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.html import HtmlElement

for _name in ("trafilatura", "htmldate", "charset_normalizer", "readability"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

# A reading is too little below this share of the page's prose.
_SHARE = 0.5
_STUB = 250
_LUMP = 300
_LABEL = 30
# A short article is one, too: below 250 characters trafilatura would give all words of the page instead.
_CONFIG = deepcopy(DEFAULT_CONFIG)
_CONFIG["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An article's body, one line a paragraph, and the extractor that found it."""

    text: str
    origin: str


def read_body(
    page: HtmlElement, url: str | None, written: str | None, headlines: Sequence[str], descriptions: Sequence[str]
) -> Body | None:
    """Read the body of a page, which is left as it is; None where there is none.

    `written` is what its JSON-LD gives as the body; `headlines` and `descriptions` are what the page calls itself.
    """
    tree = deepcopy(page)
    prune(tree)
    found = _chosen(tree, url, written)
    if found is None:
        return None
    titles = {key for line in headlines if (key := key_of(line))}
    lines = found.text.split("\n")
    if found.origin != "jsonld":
        lines = [*restored(tree, lines)]
    kept = tidy(lines, titles, links_of(tree))
    above = standfirst(tree, kept, [text for text in descriptions if key_of(text) not in titles])
    text = "\n".join((above, *kept) if above else kept)
    return Body(text=text, origin=found.origin) if text and not _is_of_the_frame(text, page, titles) else None


def _is_of_the_frame(text: str, page: HtmlElement, titles: Collection[str]) -> bool:
    """Tell a few words that all stand in the headline and the menus, and no sentence."""
    if len(text) >= _STUB or text.endswith((".", "!", "?", "…")):
        return False
    menu = (key_of(label) for link in page.iter("a") if len(label := link.text_content()) <= _LABEL)
    return set(key_of(text).split()) <= {word for key in (*titles, *menu) for word in key.split()}


def _chosen(tree: HtmlElement, url: str | None, written: str | None) -> Body | None:
    """Take the first reading that holds enough of the prose of page and JSON-LD, else the one that holds far more."""
    enough = _SHARE * max(prose_length(tree), len(written or ""))
    best: Body | None = None
    is_lump = False
    for body in _readings(tree, url, written):
        is_parted = is_lump and "\n" in body.text and len(body.text) >= _SHARE * len(best.text if best else "")
        if body.text and (best is None or is_parted or _is_more(body, best)):
            best, is_lump = body, _is_lump(body.text, tree)
        if best and len(best.text) >= enough and not is_lump:
            break
    return best


def _is_lump(text: str, tree: HtmlElement) -> bool:
    """Tell whether all words of a page were taken as one paragraph that it doesn't have."""
    if "\n" in text or len(text) < _LUMP:
        return False
    return all(len(paragraph.text_content()) < _SHARE * len(text) for paragraph in tree.iter("p"))


def _is_more(body: Body, best: Body) -> bool:
    """Tell whether a reading has far more than the best one so far.

    Of readability, which knows the page the least, it must have most of that one, too, unless that is next to nothing:
    a longer text without it is of something else, such as comments.
    """
    if len(body.text) * _SHARE <= len(best.text):
        return False
    if body.origin != "readability" or len(best.text) < _STUB:
        return True
    whole, lines = key_of(body.text), [key for line in best.text.split("\n") if (key := key_of(line))]
    return sum(len(line) for line in lines if line in whole) >= _SHARE * sum(map(len, lines))


def _readings(tree: HtmlElement, url: str | None, written: str | None) -> Iterator[Body]:
    for is_fast in (True, False):
        found = bare_extraction(
            tree,
            url=url,
            include_comments=False,
            with_metadata=False,
            fast=is_fast,
            config=_CONFIG if is_fast else DEFAULT_CONFIG,
        )
        if isinstance(found, Document) and found.body is not None:
            yield Body(text="\n".join(lines_of(found.body)), origin="trafilatura")
    yield Body(text="\n".join(filter(None, map(html_to_text, (written or "").splitlines()))), origin="jsonld")
    yield Body(text=html_to_text(Readable(tree).summary()), origin="readability")
