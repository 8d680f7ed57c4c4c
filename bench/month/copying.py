"""How outlets copy an agency's text: cut, under another headline, with the lead swapped, re-worded a little."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_WORD = re.compile(r"\b[a-z]+\b")
_SYNONYMS = {
    "said": "stated",
    "about": "regarding",
    "near": "close to",
    "because": "since",
    "yet": "but",
    "until": "till",
    "after": "following",
    "before": "ahead of",
    "men": "persons",
    "again": "anew",
    "nobody": "no one",
    "hardly": "scarcely",
    "meanwhile": "for now",
    "both": "the two",
    "begin": "start",
    "against": "versus",
    "overnight": "in the night",
    "further": "more",
    "wounded": "injured",
    "speak": "talk",
}
# No more of a text than this is put in other words.
_REWORDED = 0.2
_NOTE = 60  # words
_HEADS = ("In brief: {}", "{}, sources say", "Region: {}", "{} (updated)", "Today: {}")


def copied(title: str, text: str, chance: Random) -> tuple[str, str]:
    """Copy an article in one of the ways in which it is done."""
    way = chance.choice(_WAYS)
    return (chance.choice(_HEADS).format(title) if chance.random() < 0.5 else title), way(text, chance)  # noqa: PLR2004 - every other


def _verbatim(text: str, _: Random) -> str:
    return text


def _cut(text: str, _: Random) -> str:
    """Leave out the last sentence; a note is too short to be cut."""
    if len(text.split()) < _NOTE:
        return text
    body, _gap, last = text.rstrip().rpartition("\n\n")
    kept = _sentences(last)[:-1]
    return f"{body}\n\n{' '.join(kept)}".strip()


def _swapped(text: str, _: Random) -> str:
    """Put the second paragraph first."""
    paragraphs = text.split("\n\n")
    return "\n\n".join([*paragraphs[1:2], *paragraphs[:1], *paragraphs[2:]])


def _reworded(text: str, chance: Random) -> str:
    """Put up to a fifth of the words differently."""
    left = int(_REWORDED * len(text.split()) / 2)

    def other(found: re.Match[str]) -> str:
        nonlocal left
        word = found.group()
        if word in _SYNONYMS and left > 0 and chance.random() < 0.8:  # noqa: PLR2004 - most of them
            left -= 1
            return _SYNONYMS[word]
        return word

    return _WORD.sub(other, text)


def _introduced(text: str, _: Random) -> str:
    """Open with a line of one's own."""
    return f"Here is what is known at this hour.\n\n{text}"


_WAYS: tuple[Callable[[str, Random], str], ...] = (_verbatim, _cut, _swapped, _reworded, _introduced)


def _sentences(paragraph: str) -> list[str]:
    return re.split(r"(?<=[.”\"])\s+(?=[A-Z\"])", paragraph)
