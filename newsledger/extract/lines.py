"""A text whose paragraphs stand on one line each, offset by offset the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.extract.document import Document


def unwrapped(document: Document) -> str:
    """Give the text with a space for each line break inside a paragraph, so that no expression is cut by one."""
    text = document.text
    pieces, reached = [], 0
    for start, end in document.paragraphs:
        if "\n" in text[start:end]:
            pieces += [text[reached:start], text[start:end].replace("\n", " ")]
            reached = end
    return "".join((*pieces, text[reached:]))
