"""Compare two printed names word by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from newsledger.extract.naming.forms import LONGEST, Form, NameKind, Word, form_of
from newsledger.extract.naming.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Alike = Callable[[Word, Word], float]

# From here on two names are held to name the same thing.
SAME = 0.5

# How likely it is that two names are one although a word of each contradicts the other, or a word is missing in one:
# people's middle names are left out, while a bank is not its branch.
_CONFLICT = 0.35
_MISSING = {"PER": 0.85, "ORG": 0.4, "other": 0.4}
# A single name may be anybody's; letters alone, too; another number is another thing.
_LONE = 0.45
_ONLY_INITIALS = 0.4
_OTHER_NUMBER = 0.3
# How surely words are one that are no spellings of each other.
_INITIAL = 0.8
_VARIANT = 0.95
_RUN_TOGETHER = 0.95
_SAME_READING = 0.9
# Less alike than this is a conflict.
_LEAST = 0.35
# In a body's word of this length every letter tells.
_SHORT = 4
_ACRONYM = 3
# One slip in so many letters of a whole name is a slip, wherever the words end.
_LETTERS_A_SLIP = 10
_MOST_SLIPS = 2
_ABJADS = ("ARABIC", "HEBREW")


@dataclass(slots=True)
class _Pairing:
    """Words of two names that were put side by side, and those that stayed alone."""

    left: list[Word]
    right: list[Word]
    score: float = 1.0
    agreed: bool = False
    full: bool = False  # whether any word agrees in more than its initial

    def note(self, degree: float, *, full: bool) -> None:
        """Count words that agree to a degree."""
        self.score *= degree
        self.agreed = True
        self.full |= full


def similarity(one: str, other: str, kind: NameKind) -> float:
    """Say how likely two printed names are to name the same thing, from 0 to 1; at `SAME` and above they do.

    The order of the names plays no part. Of a name only the first 300 characters are read.
    """
    if one == other:
        return 1.0
    one, other = sorted((one[:LONGEST], other[:LONGEST]))
    a, b = form_of(one, kind), form_of(other, kind)
    if not a.joined or not b.joined:
        return 0.0
    if a.numbers == b.numbers and (a.joined == b.joined or a.words == b.words):
        return 1.0
    score = max(_by_words(a, b, kind), _by_letters(a, b))
    contradict = a.numbers != b.numbers and (kind != "PER" or (a.numbers and b.numbers))
    return min(score, _OTHER_NUMBER) if contradict else score


def _by_letters(a: Form, b: Form) -> float:
    """Compare whole names, whatever their words: "AlQaida", "Joynt Stock Company"."""
    telling = min(sum(len(word.text) for word in form.words) for form in (a, b))
    slips = 0 if a.script or b.script or len(a.words) == len(b.words) else min(_MOST_SLIPS, telling // _LETTERS_A_SLIP)
    distance = OSA.distance(a.joined, b.joined, score_cutoff=slips)
    return _RUN_TOGETHER - 0.1 * distance if distance <= slips else 0.0


def _by_words(a: Form, b: Form, kind: NameKind) -> float:
    alike = _measure(a, b, kind)
    pairing = _pair(a.words, b.words, alike)
    if not pairing.full:
        return _ONLY_INITIALS if pairing.agreed else 0.0
    score = pairing.score * _alone(pairing, kind)
    if kind == "PER":
        if min(len(a.words), len(b.words)) == 1 and (pairing.left or pairing.right):
            score *= _LONE
        if _sons(a) and _sons(b) and alike(a.words[0], b.words[0]) < SAME:
            score *= _CONFLICT
    return score


def _sons(form: Form) -> bool:
    """Tell whether a name says whose child somebody is, which makes the order of its words matter."""
    return any(word.text in vocabulary().filiation for word in form.words[1:])


def _alone(pairing: _Pairing, kind: NameKind) -> float:
    """Weigh what has no counterpart: words on both sides contradict, on one side they were left out."""
    left, right = (sorted((word.weight for word in side), reverse=True) for side in (pairing.left, pairing.right))
    both = min(len(left), len(right))
    conflicts = sum(map(max, left[:both], right[:both]))
    return float(_CONFLICT**conflicts * _MISSING[kind] ** sum((*left[both:], *right[both:])))


def _pair(left: Sequence[Word], right: Sequence[Word], alike: Alike) -> _Pairing:
    """Put the words of two names side by side: equal ones, ones run together, the most alike."""
    pairing = _Pairing(list(left), list(right))
    for word in left:
        twin = next((other for other in pairing.right if other.own == word.own), None)
        if twin is not None:
            pairing.left.remove(word)
            pairing.right.remove(twin)
            pairing.note(1.0, full=len(word.text) > 1)
    if pairing.left and pairing.right:
        _run_together(pairing, pairing.left, pairing.right)
        _run_together(pairing, pairing.right, pairing.left)
        _pair_alike(pairing, alike)
    return pairing


def _run_together(pairing: _Pairing, longer: list[Word], shorter: list[Word]) -> None:
    """Take out a word that is two words of the other side in one, or the initials of several."""
    for word in shorter:
        size = len(word.text)
        for first in range(len(longer) - 1):
            run = longer[first : first + size]
            if word.sound == run[0].sound + longer[first + 1].sound:
                pairing.note(_RUN_TOGETHER, full=True)
                size = 2
            elif len(run) == size > 1 and word.text == "".join(each.text[0] for each in run):
                pairing.note(_INITIAL, full=size >= _ACRONYM)
            else:
                continue
            shorter.remove(word)
            del longer[first : first + size]
            return


def _pair_alike(pairing: _Pairing, alike: Alike) -> None:
    options = sorted(
        (-degree, i, j)
        for i, word in enumerate(pairing.left)
        for j, other in enumerate(pairing.right)
        if (degree := alike(word, other)) >= _LEAST
    )
    lefts, rights = dict(enumerate(pairing.left)), dict(enumerate(pairing.right))
    for degree, i, j in options:
        if i in lefts and j in rights:
            word, other = lefts.pop(i), rights.pop(j)
            weight = max(word.weight, other.weight)
            pairing.note(float((-degree) ** weight), full=len(word.text) > 1 < len(other.text))
    pairing.left, pairing.right = list(lefts.values()), list(rights.values())


def _measure(a: Form, b: Form, kind: NameKind) -> Alike:
    """Choose how words are compared by the scripts that the names are in."""
    if a.script and a.script == b.script:
        return _in_own_script
    if a.script in _ABJADS or b.script in _ABJADS:
        return _by_consonants
    return _of_person if kind == "PER" else _of_body


def _in_own_script(word: Word, other: Word) -> float:
    if word.text == other.text:
        return _SAME_READING
    return _degree(OSA.distance(word.own, other.own), 0.3 * max(len(word.own), len(other.own)))


def _by_consonants(word: Word, other: Word) -> float:
    size = max(len(word.skeleton), len(other.skeleton))
    return _degree(OSA.distance(word.skeleton, other.skeleton), 0.35 * size + 0.2)


def _of_person(word: Word, other: Word) -> float:
    if len(word.text) == 1 or len(other.text) == 1:
        return _INITIAL if word.text[0] == other.text[0] else 0.0
    if word.variants & other.variants:
        return _VARIANT
    return _by_spelling(word, other)


def _of_body(word: Word, other: Word) -> float:
    if max(len(word.text), len(other.text)) <= _SHORT:
        return _SAME_READING if word.sound == other.sound else 0.0
    return _by_spelling(word, other)


def _by_spelling(word: Word, other: Word) -> float:
    """Compare letters, sounds and consonants: a slip in a vowel counts a third of one that is heard and seen."""
    cost = (
        OSA.distance(word.text, other.text)
        + OSA.distance(word.sound, other.sound)
        + OSA.distance(word.skeleton, other.skeleton)
    ) / 3
    size = max(len(word.text), len(other.text))
    return _degree(cost, min(0.3 * size + 0.2, 0.04 * size + 1.55))


def _degree(cost: float, bearable: float) -> float:
    """Bring a number of slips to 0..1: at what is bearable it is as likely as not that one word was meant."""
    return max(0.0, 1 - 0.5 * cost / bearable)
