"""What people corrected in single articles: small records, anchored in the article's words, that `extract` replays."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from newsledger.records.extraction import Extraction
    from newsledger.records.spans import Span

_MARK_CHARS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What every correction tells: about which words of which article, when, by whom, why, and a sentence with them.

    No number of the extractor's stands in it, so that it outlives the extractor.
    """

    article: str
    words: str
    decided: date
    by: str | None = None
    why: str | None = None
    example: str | None = None

    def __post_init__(self) -> None:
        if not self.words.strip():
            message = "words must not be empty"
            raise ValueError(message)

    def stands(self, text: str) -> bool:
        """Tell whether what it is about still stands in the article's text."""
        return self.words in text


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Correction):
    """A correction of the one record that the words are; `example` is the sentence, or sentences, they stand in.

    Where they stand there several times, or the sentence does, `occurrence` counts them from 1 on.
    """

    occurrence: int = 1

    def __post_init__(self) -> None:
        Correction.__post_init__(self)
        if self.words not in (self.example or ""):
            message = "words must stand in example, as they do in the article"
            raise ValueError(message)
        if self.occurrence < 1:
            message = "occurrence must be 1 or more"
            raise ValueError(message)

    def stands(self, text: str) -> bool:
        """Tell whether the words still stand in the article's text, in the same sentence."""
        return self.place(text) is not None

    def place(self, text: str) -> tuple[int, int] | None:
        """Find where the words stand in the text; None where they are gone."""
        starts = places(text, self.example or "", self.words)
        if len(starts) < self.occurrence:
            return None
        start = starts[self.occurrence - 1]
        return start, start + len(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongSpeaker(Placed):
    """Who said the words is `to`, not `was`; None is nobody who is known."""

    was: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoEvent(Placed):
    """The words tell of no event; with `sides`, of none between these, whatever they tell of others."""

    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongEntity(Correction):
    """Who or what the article names by the words, wherever it does, is `to`, not `was`."""

    was: str
    to: str


CORRECTIONS: Final[Mapping[str, type[Correction]]] = MappingProxyType(
    {"speaker": WrongSpeaker, "identity": WrongEntity, "no_event": NoEvent}
)


def placed(found: Extraction, span: Span) -> dict[str, Any]:
    """Give the fields by which a correction finds a piece of the article again: `words`, `example`, `occurrence`."""
    text = found.article.text
    around = [pair for pair in found.sentences if pair[0] < span.end and span.start < pair[1]]
    start, end = min((span.start, *(pair[0] for pair in around))), max((span.end, *(pair[1] for pair in around)))
    starts = places(text, text[start:end], span.text)
    return {"words": span.text, "example": text[start:end], "occurrence": starts.index(span.start) + 1}


def in_example(correction: Correction) -> Correction:
    """Give the correction as it bears on its example alone, were that an article."""
    if not isinstance(correction, Placed):
        return correction
    example = correction.example or ""
    times = len(places(example, example, correction.words))
    return replace(correction, occurrence=(correction.occurrence - 1) % times + 1)


def places(text: str, sentence: str, words: str) -> list[int]:
    """Give every start of the words in the text where they stand in such a sentence."""
    return sorted({start + inner for start in _found(text, sentence) for inner in _found(sentence, words)})


def by_article(corrections: Iterable[Correction]) -> dict[str, tuple[Correction, ...]]:
    """Sort corrections by article; the order within an article stays."""
    found: dict[str, tuple[Correction, ...]] = {}
    for correction in corrections:
        found[correction.article] = (*found.get(correction.article, ()), correction)
    return found


def mark(corrections: Iterable[Correction]) -> str:
    """Give a short mark of all that corrections change in what is read."""
    changes = "\n".join(repr(_without_remarks(one)) for one in corrections)
    return hashlib.sha256(changes.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_CHARS]


def _without_remarks(correction: Correction) -> Correction:
    example = correction.example if isinstance(correction, Placed) else None
    return replace(correction, decided=date.min, by=None, why=None, example=example)


def _found(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)
