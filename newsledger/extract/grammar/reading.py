"""A text prepared for reading who says and does what: its words, its quotes and the stretches to look at one by one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from newsledger.extract.grammar.cue_lexicon import cue_frames, cues_by_form
from newsledger.extract.grammar.quotes import find_quotes
from newsledger.extract.grammar.words import FINITE, read_words
from newsledger.records.spans import span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsledger.extract.document import Document
    from newsledger.extract.grammar.phrases import Phrase
    from newsledger.extract.grammar.quotes import Quote
    from newsledger.extract.grammar.words import Word
    from newsledger.records.spans import Span

# "X cried in court", "X said on Monday"
_SETTINGS = frozenset({"in", "on", "at", "during", "after"})
_TELLING_REACH = 12
# A stretch never grows longer, whatever its quotes: what is looked for inside one may cost its length squared.
_MAX_WORDS = 600


@dataclass(frozen=True)
class Reading:
    """The words and outer quotes of a document; a unit is a sentence, or several that one quote holds together."""

    document: Document
    words: tuple[Word, ...]
    quotes: tuple[Quote, ...]
    nested: tuple[Quote, ...]
    units: tuple[tuple[int, int], ...]

    def span(self, phrase: Phrase) -> Span:
        """Give the piece of text that a phrase covers."""
        return span_of(self.document.text, self.words[phrase.first].start, self.words[phrase.end - 1].end)

    def inside(self, number: int) -> Reading:
        """Read an outer quote as a text of its own, with the quotes nested in it for its outer ones."""
        quote = self.quotes[number]
        low, high = (self.document.token_index(at) for at in (quote.inner_start, quote.inner_end))
        begin = bisect_right(self.nested, quote.start, key=lambda nested: nested.start)
        nested = self.nested[begin : bisect_left(self.nested, quote.end, key=lambda nested: nested.start)]
        words = [replace(word, quote=-1) for word in self.words[low:high]]
        for n, inner in enumerate(nested):
            start, end = (self.document.token_index(at) - low for at in (inner.start, inner.end))
            words[start:end] = [replace(word, quote=n) for word in words[start:end]]
        spans = self.document.sentences[self.document.sentence_index(quote.inner_start) :]
        cuts = [self.document.token_index(end) - low for _, end in takewhile(lambda s: s[0] < quote.inner_end, spans)]
        units = _cut(0, len(words), cuts)
        return Reading(self.document, tuple(words), nested, (), tuple(units))

    def quotes_between(self, low: int, high: int) -> tuple[int, ...]:
        """Give the numbers of the outer quotes that have words between two others."""
        return tuple(dict.fromkeys(word.quote for word in self.words[low:high] if word.quote >= 0))

    def quotes_begun(self, low: int, high: int) -> tuple[int, ...]:
        """Give the numbers of the outer quotes that begin between two words."""
        before = self.words[low - 1].quote if low else -1
        return tuple(number for number in self.quotes_between(low, high) if number != before)


def read(document: Document) -> Reading:
    """Prepare a document for reading."""
    quotes = find_quotes(document)
    outer = tuple(quote for quote in quotes if quote.depth == 0)
    words = read_words(document, outer)
    nested = tuple(quote for quote in quotes if quote.depth == 1)
    return Reading(document, words, outer, nested, tuple(_units(document, words)))


def _sentences(document: Document, words: tuple[Word, ...]) -> Iterator[tuple[int, int]]:
    """Yield the sentences by word numbers, parted before a quote that begins behind a full stop."""
    for start, end in document.sentences:
        low, high = document.token_index(start), document.token_index(end)
        for k in range(low + 1, high):
            before, word = words[k - 1], words[k]
            if word.tag == "mark" and word.quote >= 0 > before.quote and before.text in {".", "!", "?"}:
                yield low, k
                low = k
        if low < high:
            yield low, high


def _cut(low: int, high: int, cuts: Iterable[int]) -> list[tuple[int, int]]:
    """Part a stretch at the given words, and wherever a piece would grow too long."""
    edges = [low, *(cut for cut in cuts if low < cut < high), high]
    return [
        (start, min(end, start + _MAX_WORDS)) for left, end in pairwise(edges) for start in range(left, end, _MAX_WORDS)
    ]


def _tells(document: Document, words: tuple[Word, ...], low: int, high: int) -> bool:
    """Tell whether a sentence only names who spoke the quote before it, as in `"Never!" X cried`."""
    behind = low > 0 and words[low - 1].tag == "mark" and words[low - 1].quote >= 0 > words[low].quote
    if not behind or high - low > _TELLING_REACH or "\n" in document.text[words[low - 1].end : words[low].start]:
        return False
    verb = next((k for k in range(low, min(high, low + _TELLING_REACH)) if words[k].tag in FINITE), high)
    forms = cues_by_form().get(words[verb].low, ()) if verb + 1 < high else ()
    spoken = any("q" in cue_frames()[lemma] for lemma, particles in forms if not particles)
    return spoken and (words[verb + 1].tag in {"punct", "time", "adv"} or words[verb + 1].low in _SETTINGS)


def _units(document: Document, words: tuple[Word, ...]) -> list[tuple[int, int]]:
    units: list[tuple[int, int]] = []
    for low, high in _sentences(document, words):
        quoted = bool(units) and words[low].quote >= 0 and words[low - 1].quote == words[low].quote
        if quoted and words[low - 2].quote != words[low].quote and units[-1][0] < low - 1:
            # The mark that opens the quote was taken for the end of the sentence before it.
            units[-1], quoted = (units[-1][0], low - 1), False
            units.append((low - 1, high))
        elif (quoted or _tells(document, words, low, high)) and units and high - units[-1][0] <= _MAX_WORDS:
            units[-1] = (units[-1][0], high)
        else:
            units += _cut(low, high, [])
    return units
