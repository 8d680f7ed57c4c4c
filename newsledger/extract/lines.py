"""A text in the form that patterns are matched on, offset by offset the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.extract.document import Document


# Letters that a pattern takes for ASCII ones where case is ignored, but that no word list holds.
_ALIKE = str.maketrans(
    {
        "\N{LATIN SMALL LETTER LONG S}": "s",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}": "I",
        "\N{KELVIN SIGN}": "K",
    }
)


def lettered(text: str) -> str:
    """Give the text with ASCII letters for those that a pattern takes for them; whatever matches can be looked up."""
    return text if text.isascii() else text.translate(_ALIKE)


def unwrapped(document: Document) -> str:
    """Give the text with a space for each line break inside a paragraph, so that no expression is cut by one."""
    text = lettered(document.text)
    pieces, reached = [], 0
    for start, end in document.paragraphs:
        if "\n" in text[start:end]:
            pieces += [text[reached:start], text[start:end].replace("\n", " ")]
            reached = end
    return "".join((*pieces, text[reached:]))
