"""Where somebody's own words stand: quotes in any style, nested, over paragraphs, with marks missing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsledger.extract.grammar.cue_lexicon import cues_by_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.extract.document import Document

# ruff: noqa: RUF001 - this module is about the quote marks that agencies print
# Of three single marks behind a word the first closes the inner quote.
_MARK = re.compile(r"(?<=\S)'(?=''(?!'))|''|``|[\"“”„‟«»‹›‘’‚‛']")
_OPENING = frozenset("“„‟«‹‘‚‛") | {"``"}
_EITHER = frozenset({'"', "''", "'"})
_SINGLE = frozenset("‘’‚‛'‹›")
_CLOSES: dict[str, frozenset[str]] = {
    '"': frozenset({'"', "”"}),
    "''": frozenset({"''", "”", '"'}),
    "'": frozenset({"'", "’"}),
    "``": frozenset({"''", '"', "”"}),
    "“": frozenset({"”", '"', "''"}),
    "„": frozenset({"“", "”", "‟", '"'}),
    "‟": frozenset({"”"}),
    "«": frozenset({"»"}),
    "»": frozenset({"«"}),
    "‹": frozenset({"›"}),
    "›": frozenset({"‹"}),
    "‘": frozenset({"’", "'"}),
    "‚": frozenset({"‘", "’"}),
    "‛": frozenset({"’"}),
}
_BEHIND_OPENING = re.compile(r"[\w(\[$€£…«“‘\"'-]")
_SINGLE_CLOSING = re.compile(r"['’](?!\w)")
_ENDINGS = frozenset({",", ".", "!", "?", "…"})
_ENDING_MARKS = frozenset({'"', "”", "''", "»"})
_DASH = re.compile(r"([—–―-])\s+(?=\S)")
# Where the speaker of a dialogue and the one who tells of it take turns.
_TURN = re.compile(r"(?<=[,.!?…])\s*([—–―-])\s+(?=\S)")
_WORD = re.compile(r"\w+")
_LONGEST_TELLING = 12
_MAX_DEPTH = 3
# A single mark that finds no partner within this reach is an apostrophe.
_SINGLE_REACH = 1500


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote with its marks; `inner_start` and `inner_end` leave them and the space beside them out.

    `depth` tells how many quotes it lies in, 0 for an outer one.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int = 0

    @property
    def runs_on(self) -> bool:
        """Whether no mark closes it, as where the next paragraph goes on with it."""
        return self.inner_end == self.end


def find_quotes(document: Document) -> tuple[Quote, ...]:
    """Find the quotes of every paragraph, by start; a mark without a partner opens one only where a cue leads up."""
    found: list[Quote] = []
    spans = document.paragraphs
    for number, (start, end) in enumerate(spans):
        after = spans[number + 1][0] if number + 1 < len(spans) else len(document.text)
        spoken = _between_dashes(document.text, start, end)
        found += spoken or _Scanner(document.text, start, end).quotes(after)
    return tuple(_with_depths(sorted(found, key=lambda quote: (quote.start, -quote.end))))


def _with_depths(quotes: list[Quote]) -> Iterator[Quote]:
    """Tell of each quote, given by start, how many others it lies in."""
    around: list[Quote] = []
    for quote in quotes:
        while around and around[-1].end <= quote.start:
            around.pop()
        yield replace(quote, depth=len(around))
        around.append(quote)


def _between_dashes(text: str, start: int, end: int) -> list[Quote]:
    """Read a paragraph of dialogue such as "— We are ready, — he said. — They are not."; [] where it is none."""
    opening = _DASH.match(text, start, end)
    turns = [*_TURN.finditer(text, opening.end(), end)] if opening is not None else []
    if opening is None or not turns:
        return []
    edges = [opening.span(1), *(turn.span(1) for turn in turns), (end, end)]
    pieces = [(left, right) for left, right in pairwise(edges) if text[left[1] : right[0]].strip()]
    told = [text[left[1] : right[0]] for left, right in pieces[1::2]]
    if not all(_tells(piece) for piece in told):
        return []
    return [_trimmed(text, (left[0], right[1]), (left[1], right[0])) for left, right in pieces[::2]]


def _tells(piece: str) -> bool:
    """Tell whether a piece between dashes names the speaker: "he said"."""
    cues = cues_by_form()
    return any(word in cues for word in _WORD.findall(piece.lower())[:_LONGEST_TELLING])


def _trimmed(text: str, outer: tuple[int, int], inner: tuple[int, int]) -> Quote:
    """Make a quote of its edges, with the space beside its marks left out of what is said."""
    said = text[inner[0] : inner[1]]
    first = inner[0] + len(said) - len(said.lstrip())
    return Quote(*outer, first, first + len(said.strip()))


@dataclass(frozen=True, slots=True)
class _Mark:
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Scanner:
    """Pairs the marks of one paragraph."""

    text: str
    start: int
    end: int

    def quotes(self, after: int) -> list[Quote]:
        found: list[Quote] = []
        stack: list[_Mark] = []
        for match in _MARK.finditer(self.text, self.start, self.end):
            mark = _Mark(match.group(), *match.span())
            if self._in_word(mark):
                continue
            if not found and not stack and self._lacks_opening(mark):
                found.append(_trimmed(self.text, (self.start, mark.end), (self.start, mark.start)))
                continue
            level = self._closed_by(stack, mark)
            if level is not None:
                opened = stack[level]
                del stack[level:]
                if self.text[opened.end : mark.start].strip():
                    found.append(_trimmed(self.text, (opened.start, mark.end), (opened.end, mark.start)))
            elif self._opens(mark) and len(stack) < _MAX_DEPTH:
                if stack and stack[-1].value == mark.value:
                    found += self._reopened(stack.pop(), mark)
                stack.append(mark)
        return found + (self._left_open(stack[0], after) if stack else [])

    def _in_word(self, mark: _Mark) -> bool:
        """Tell whether the mark is an apostrophe, as in "don't"."""
        inside = self.text[mark.start - 1 : mark.start].isalnum() and self.text[mark.end : mark.end + 1].isalnum()
        return mark.value in _SINGLE and inside

    def _lacks_opening(self, mark: _Mark) -> bool:
        """Tell whether the first mark of a paragraph closes what was never opened: `We are ready," he said`."""
        ends = self.text[mark.start - 1 : mark.start] in _ENDINGS and mark.start > self.start
        return ends and mark.value in _ENDING_MARKS and self._can_only_close(mark)

    def _closed_by(self, stack: list[_Mark], mark: _Mark) -> int | None:
        """Find the open quote, the innermost first, that the mark closes."""
        for level in range(len(stack) - 1, -1, -1):
            if mark.value in _CLOSES[stack[level].value] or (
                mark.value == stack[level].value and self._can_only_close(mark)
            ):
                either = mark.value == stack[level].value or mark.value in _EITHER
                reopens = either and self._can_only_open(mark)
                return None if reopens or self._is_possessive(mark) else level
        return None

    def _can_only_open(self, mark: _Mark) -> bool:
        """Tell whether a mark that serves both ends has a space before it and a word right behind it."""
        before = self.text[mark.start - 1 : mark.start]
        free = not before or before.isspace() or before in "([—–-"
        return free and bool(_BEHIND_OPENING.match(self.text, mark.end))

    def _can_only_close(self, mark: _Mark) -> bool:
        """Tell whether an opening mark was put where only a closing one can stand: behind a word, before a space."""
        before, behind = self.text[mark.start - 1 : mark.start], self.text[mark.end : mark.end + 1]
        return bool(before) and not before.isspace() and (not behind or behind.isspace())

    def _is_possessive(self, mark: _Mark) -> bool:
        """Tell whether a closing single mark is the apostrophe of a plural, with the true end still to come."""
        plural = self.text[mark.start - 1 : mark.start] in {"s", "S"} and self.text[mark.end : mark.end + 1].isspace()
        if mark.value not in {"'", "’"} or not plural:
            return False
        limit = min(self.end, mark.end + _SINGLE_REACH)
        closing = _SINGLE_CLOSING.search(self.text, mark.end, limit)
        return closing is not None and "‘" not in self.text[mark.end : closing.start()]

    def _opens(self, mark: _Mark) -> bool:
        if mark.value in {"»", "›"}:
            return self._can_only_open(mark)
        if mark.value in _SINGLE and not _SINGLE_CLOSING.search(self.text, mark.end, mark.end + _SINGLE_REACH):
            return mark.value in {"‹", "‚"}
        if mark.value == "'":
            return self._can_only_open(mark)
        return mark.value in _OPENING or (
            mark.value in _EITHER and not self.text[mark.start - 1 : mark.start].isalnum()
        )

    def _reopened(self, opened: _Mark, again: _Mark) -> list[Quote]:
        """Keep a quote that goes on behind a full stop with a mark of its own, as one over paragraphs does."""
        said = self.text[opened.end : again.start].rstrip()
        if opened.value in _SINGLE or not said.endswith((".", "!", "?")):
            return []
        end = opened.end + len(said)
        return [_trimmed(self.text, (opened.start, end), (opened.end, end))]

    def _left_open(self, opened: _Mark, after: int) -> list[Quote]:
        """Keep a quote whose end is missing if the next paragraph goes on with it or a cue leads up to it."""
        continued = self.text[after : after + 1] in _OPENING | {'"'}
        lead = self.text[self.start : opened.start].rstrip()[-1:]
        if opened.value in _SINGLE or not (continued or not lead or lead in ":,") or opened.end >= self.end:
            return []
        return [_trimmed(self.text, (opened.start, self.end), (opened.end, self.end))]
