"""What shows of which type a name is: its own words, and the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.entities.titles import title_ending_at
from newsledger.extract.entities.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.extract.entities.scene import Scene
    from newsledger.records.extraction import EntityType

_STRONG, _FAIR, _SLIGHT, _WEAK = 8, 3, 2, 1
_PERSON_WORDS = range(2, 5)
_PLACE_WORDS = 2
# How adjectives of peoples, faiths and parties end.
_ADJECTIVES = ("ean", "ian", "ist", "ish", "ese", "ic", "ians", "ists")
_QUOTES = frozenset('"“”')
_BODY_BEFORE = frozenset({"the", "(", "on"})
_YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Clue:
    """A hint that a name is of a type."""

    type: EntityType
    weight: int


def is_headed(scene: Scene, first: int, last: int) -> bool:
    """Tell whether the last word of a run, or its first with "of", says what it is: a bank, a ministry, an airport."""
    return last - first > 1 and next(_heads(scene, first, last), None) is not None


def is_head(scene: Scene, index: int) -> bool:
    """Tell whether a single word can head a name: "Bank" of "Bank of Russia", of "Palestinian Authority"."""
    words, key = vocabulary(), scene.key(index)
    opens = key in words.org_of and scene.low(index + 1) == "of"
    return opens or any(key in heads for heads in (words.org, words.gpe, words.loc, words.fac, words.event))


def cues(scene: Scene, first: int, last: int) -> Iterator[Clue]:
    """Yield the hints for one occurrence of a name."""
    yield from _own_words(scene, first, last)
    yield from _before(scene, first, last)
    if scene.same_sentence(first, last):
        yield from _behind(scene, last)


def lower_head(scene: Scene, last: int) -> tuple[EntityType, int] | None:
    """Read the small head that belongs to the name before it: "Brest region", "Wagner group"; with where it ends."""
    words, low = vocabulary(), scene.low(last)
    if not scene.same_sentence(last - 1, last) or not scene.key(last).islower():
        return None
    small: tuple[tuple[EntityType, frozenset[str]], ...] = (
        ("GPE", words.gpe_lower),
        ("LOC", words.loc_lower),
        ("ORG", words.org_part),
    )
    for kind, heads in small:
        if low in heads:
            return kind, last + 1
    for end in (last + 2, last + 1):
        phrase = tuple(scene.lower[last:end])
        if phrase and phrase in words.fac_lower.get(phrase[-1], ()):
            return "FAC", end
    return None


def _heads(scene: Scene, first: int, last: int) -> Iterator[Clue]:
    words = vocabulary()
    head, opening = scene.key(last - 1), scene.key(first)
    small = lower_head(scene, last - 1) or lower_head(scene, last - 2)
    if small is not None and small[1] == last:
        yield Clue(small[0], _STRONG)
    if opening in words.org_of and scene.key(first + 1) in ("of", "for"):
        yield Clue("ORG", _STRONG + 1)
    if opening in words.loc_of and (scene.key(first + 1) == "of" or opening in ("Lake", "Mount", "Cape")):
        yield Clue("LOC", _STRONG + 1)
    if head in words.norp or head in ("Peoples", "Nations"):
        yield Clue("NORP", _STRONG)
    elif head in words.org:
        yield Clue("ORG", _STRONG)
    elif head in words.gpe:
        yield Clue("GPE", _STRONG)
    elif head in words.loc:
        yield Clue("LOC", _STRONG)
    elif head in words.fac:
        yield Clue("FAC", _STRONG)
    elif head in words.event:
        yield Clue("EVENT", _STRONG)


def _own_words(scene: Scene, first: int, last: int) -> Iterator[Clue]:
    words = vocabulary()
    size, opening = last - first, scene.key(first)
    if size > 1:
        yield from _heads(scene, first, last)
        if opening in words.first_names and size in _PERSON_WORDS:
            yield Clue("PER", _STRONG - 1)
        elif size in _PERSON_WORDS and any(_is_plain(scene, index) for index in range(first, last)):
            yield Clue("PER", _SLIGHT)
    digits = [scene.key(index) for index in range(first, last) if scene.key(index)[:1].isdigit()]
    if digits and scene.key(last - 1) == digits[-1]:
        yield Clue("EVENT" if _YEAR.match(digits[-1]) else "PRODUCT", _STRONG)
    if size == 1:
        yield from _single_word(scene, first)
    yield Clue("ORG", _WEAK)


def _single_word(scene: Scene, index: int) -> Iterator[Clue]:
    key = scene.key(index)
    adjective = scene.low(index - 1) in ("a", "an") and scene.key(index + 1).islower()
    if key in vocabulary().norp or (adjective and key.istitle()):
        yield Clue("NORP", _STRONG)
    elif key.isupper():
        yield Clue("ORG", _FAIR)
    elif key.lower().endswith(_ADJECTIVES) and scene.same_sentence(index, index + 1) and scene.key(index + 1).islower():
        yield Clue("NORP", _STRONG)
    elif key.istitle():
        yield Clue("PER", _SLIGHT)


def _is_plain(scene: Scene, index: int) -> bool:
    """Tell whether a word looks like a part of a person's name, an initial included."""
    key = scene.key(index)
    return key in ("-", ".") or (key.istitle() and key.lower() not in vocabulary().common)


def _before(scene: Scene, first: int, last: int) -> Iterator[Clue]:
    words = vocabulary()
    if not scene.same_sentence(first - 1, first):
        return
    before = scene.low(first - 1)
    if title_ending_at(scene, first) is not None:
        yield Clue("PER", _STRONG)
    if before in words.place_before and last - first <= _PLACE_WORDS:
        yield Clue("GPE", _FAIR)
    if before == "of" and scene.low(first - 2) in words.place_described:
        yield Clue("GPE", _STRONG)
    if before in words.event_before or (before in _QUOTES and scene.low(first - 2) in words.event_before):
        yield Clue("EVENT", _STRONG)
    kinds: tuple[tuple[EntityType, int, frozenset[str]], ...] = (
        ("ORG", _STRONG, words.org_lower),
        ("GPE", _FAIR, words.place_described),
        ("ORG", _FAIR, _BODY_BEFORE),
    )
    for kind, weight, introduced_by in kinds:
        if before in introduced_by:
            yield Clue(kind, weight)


def _behind(scene: Scene, last: int) -> Iterator[Clue]:
    words = vocabulary()
    after = scene.low(last)
    if after in words.speech:
        yield Clue("PER", _FAIR)
    if after in words.org_lower:
        yield Clue("ORG", _STRONG)
    if after in _QUOTES and scene.low(last + 1) in words.event_before:
        yield Clue("EVENT", _STRONG)
    if after in words.product_after:
        yield Clue("PRODUCT", _FAIR)
    if after == "," and (
        (scene.key(last + 1).isdecimal() and scene.key(last + 2) == ",") or scene.low(last + 1) == "who"
    ):
        yield Clue("PER", _STRONG)
    if after == "," and scene.low(last + 2) in words.place_described:
        yield Clue("GPE", _STRONG)
