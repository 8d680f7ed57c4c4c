"""A text cut where its marks begin and end, so that marks may nest and overlap and each still stands exactly."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.digest.sheet import Kind, Role, Sheet

# What a browser changes, drops, or lets turn the reading direction.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A mark that covers a piece: what it is of which record."""

    kind: Kind
    row: str
    role: Role

    @property
    def name(self) -> str:
        """What such marks look like: the name of their style."""
        return f"{self.kind}-{self.role}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text with all the marks that cover it; the pieces of a text make it whole."""

    number: int
    text: str
    links: tuple[Link, ...]


def cut(sheet: Sheet) -> tuple[Piece, ...]:
    """Cut a sheet's text into pieces, each covered from end to end by the same marks."""
    opening: dict[int, list[Link]] = defaultdict(list)
    closing: dict[int, list[Link]] = defaultdict(list)
    for table in sheet.tables:
        for row in table.rows:
            for mark in row.marks:
                link = Link(table.kind, row.id, mark.role)
                opening[mark.start].append(link)
                closing[mark.end].append(link)
    return tuple(_pieces(harmless(sheet.text), opening, closing))


def harmless(text: str) -> str:
    """Put a sign that can be seen in the place of each that a browser would not show; places stay what they are."""
    return _UNSHOWN.sub("\ufffd", text.replace("\r", " "))


def _pieces(text: str, opening: dict[int, list[Link]], closing: dict[int, list[Link]]) -> Iterator[Piece]:
    edges = sorted({0, *opening, *closing, len(text)})
    # Marks of one role of a record may overlap, so they are counted.
    covering: Counter[Link] = Counter()
    for number, (start, end) in enumerate(pairwise(edges), 1):
        covering = covering - Counter(closing.get(start)) + Counter(opening.get(start))
        yield Piece(number, text[start:end], tuple(sorted(covering)))
