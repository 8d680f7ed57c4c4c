"""Texts as rows of hashed words, and which of them share runs of four words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING
from unicodedata import normalize

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

# Numbers keep their marks, so that 3.5 is one of them; scripts without spaces give a word a character.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[\u3040-\u30ff\u3400-\u9fff]|\w+")
_QUOTED = re.compile(r"“[^“”]{1,2000}”|«[^«»]{1,2000}»|„[^„“”]{1,2000}[“”]|\"[^\"]{1,2000}\"")
_MARKS = str.maketrans("", "", ".,")
_COUNTS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_MONTHS = ["january", "february", "april", "june", "july", "august", "september", "october", "november", "december"]
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
# "One", "May" and "March" are more often other words than numbers and months.
_NUMBERS = (
    {word: str(number) for number, word in enumerate(_COUNTS) if number > 1}
    | {month[:length]: month[:3] for month in _MONTHS for length in (3, 4, len(month))}
    | {day: day[:3] for day in _DAYS}
)
_ANY_NUMBER = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.uint64(0xD6E8FEB86659FD93)
_RUN = 4
_NEIGHBOURS = 8


class Vocabulary(dict[str, int]):
    """The hash of each word: odd for numbers and dates, even for all others."""

    def __missing__(self, word: str) -> int:
        number = word.translate(_MARKS) if word[0].isdigit() else _NUMBERS.get(word)
        digest = blake2b((number or word).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self[word] = code = int.from_bytes(digest) & ~1 | (number is not None)
        return code


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """The words of a text as hashes, without case and marks."""

    text: str
    words: Hashes

    @classmethod
    def read(cls, text: str, vocabulary: Vocabulary) -> Body:
        """Split a text into words."""
        found = _WORD.findall(_fold(text))
        return cls(text, np.fromiter(map(vocabulary.__getitem__, found), np.uint64, len(found)))

    def runs(self, length: int) -> Hashes:
        """Give the hash of each run of words; in runs all numbers and dates are alike."""
        masked = np.where(self.words & np.uint64(1), _ANY_NUMBER, self.words)
        count = max(0, len(masked) - length + 1)
        hashes = np.zeros(count, np.uint64)
        for at in range(length):
            hashes = (hashes ^ masked[at : at + count]) * _STEP
        return hashes

    def told(self) -> list[bool]:
        """Tell of each word whether it stands outside quotation marks."""
        folded = _fold(self.text)
        spans = [match.span() for match in _QUOTED.finditer(folded)]
        if not spans:
            return [True] * len(self.words)
        quoted = iter([*spans, (len(folded) + 1,) * 2])
        start, end = next(quoted)
        told = []
        for word in _WORD.finditer(folded):
            while word.start() >= end:
                start, end = next(quoted)
            told.append(word.start() < start)
        return told


def sharing(bodies: Sequence[Body], asked: Collection[int], least: int) -> Iterator[tuple[int, int, int]]:
    """Give pairs of bodies, by their places, and how many runs of four words they were seen to share, that is `least`.

    Each pair has one of the `asked` in it, the earlier body first. A run that many bodies hold leads from each only to
    the first and the nearest of them, so the work grows with the words and not with the pairs; the count is a lower
    bound then.
    """
    if not asked:
        return
    is_asked = np.zeros(len(bodies), bool)
    is_asked[list(asked)] = True
    wanted = np.unique(np.concatenate([bodies[at].runs(_RUN) for at in asked]))
    wanted = np.append(wanted, np.uint64(0))  # what lies behind all is looked for here
    runs = [_among(wanted, np.unique(body.runs(_RUN))) for body in bodies]
    hashes = np.concatenate(runs)
    owners = np.repeat(np.arange(len(bodies)), [len(one) for one in runs])
    order = np.argsort(hashes, kind="stable")  # owners of a run stay in order
    pairs, counts = _pairs(hashes[order], owners[order], is_asked)
    for pair, count in zip(pairs[counts >= least], counts[counts >= least], strict=True):
        first, second = divmod(int(pair), len(bodies))
        yield first, second, int(count)


def _among(wanted: Hashes, hashes: Hashes) -> Hashes:
    kept: Hashes = hashes[wanted[np.searchsorted(wanted[:-1], hashes)] == hashes]
    return kept


def _pairs(hashes: Hashes, owners: NDArray[np.int64], is_asked: NDArray[np.bool_]) -> tuple[NDArray[np.int64], ...]:
    """Count pairs of owners of one hash; a pair of owners is one number."""
    starts = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)])
    firsts = np.repeat(starts, np.diff(np.append(starts, len(hashes))))
    here = np.arange(len(hashes))
    found = []
    for back in range(_NEIGHBOURS + 1):
        other = here - back if back else firsts
        mine = (other >= firsts) & (here - other > (0 if back else _NEIGHBOURS))
        mine[mine] = is_asked[owners[here[mine]]] | is_asked[owners[other[mine]]]
        found.append(owners[other[mine]] * len(is_asked) + owners[here[mine]])
    return np.unique(np.concatenate(found), return_counts=True)


def _fold(text: str) -> str:
    return normalize("NFKC", text).casefold()
