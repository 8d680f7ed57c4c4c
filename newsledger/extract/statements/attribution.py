"""The parts of one attribution, by word numbers: who, by which words, what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.extract.grammar.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution by word numbers; `contents` are the parts of what is said, none where it is still to come.

    `addressee` is who is spoken to, or who passes it on, `weak` tells that the content is no clause of its own.
    """

    source: Phrase | None
    cue: Phrase
    contents: tuple[Phrase, ...]
    lemma: str
    addressee: Phrase | None = None
    weak: bool = False
