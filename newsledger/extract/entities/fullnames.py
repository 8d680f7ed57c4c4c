"""The names that a text prints in full, and whose a shorter, reordered or misprinted one is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from newsledger.extract.entities.spellings import misprinted, respelt
from newsledger.extract.entities.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.extract.entities.scene import Scene
    from newsledger.records.extraction import EntityType

Words = tuple[str, ...]
# No article has more people; comparing every word with every name of a register would take for ever.
_MOST_COMPARED = 300
_LONGEST = 8
_LEGAL_FORMS = frozenset(
    {"party", "co", "ltd", "inc", "group", "corp", "corporation", "company", "plc", "ag", "gmbh", "sa", "llc"}
)


def words_of(scene: Scene, first: int, last: int) -> Words:
    """Give the words of a name as they are compared: in small letters, without diacritics, titles, marks and "Jr."."""
    words = []
    for index in range(first, min(last, first + _LONGEST)):
        is_word = scene.low(index)[0].isalnum() and index not in scene.titles
        if is_word and scene.key(index) not in vocabulary().suffixes:
            words.append(scene.low(index).replace("'", ""))
    return tuple(words)


@dataclass
class FullNames:
    """Names of two words or more, each with whose it is; of several that fit the one named first is meant."""

    whole: dict[Words, str] = field(default_factory=dict)
    kinds: dict[str, EntityType] = field(default_factory=dict)
    _ends: dict[Words, list[Words]] = field(default_factory=lambda: defaultdict(list))
    _starts: dict[Words, list[Words]] = field(default_factory=lambda: defaultdict(list))
    _middles: dict[Words, list[Words]] = field(default_factory=lambda: defaultdict(list))

    def add(self, ident: str, kind: EntityType, words: Words) -> None:
        """Note a name that is printed in full."""
        if words in self.whole:
            return
        self.whole[words] = ident
        self.kinds.setdefault(ident, kind)
        for length in range(1, len(words)):
            self._ends[words[-length:]].append(words)
            self._starts[words[:length]].append(words)
        for middle in words[1:-1]:
            self._middles[(middle,)].append(words)

    @cached_property
    def _surnames(self) -> dict[str, str]:
        return {name[-1]: self.whole[name] for name in reversed(self.whole) if self._is_person(name)}

    def same_person(self, words: Words) -> str | None:
        """Say whose name this is in another order, or with a name less or more in the middle."""
        turned = (words[1:] + words[:1], words[-1:] + words[:-1])
        found = [name for name in turned if self._is_person(name)]
        found += [name for name in self._ends[words[-1:]] if self._is_person(name) and _shortens(words, name)]
        return self._only(found)

    def person(self, words: Words) -> str | None:
        """Say whose surname this is, wherever in a name surnames stand, else whose first names."""
        for names in (self._ends[words], self._starts[words], self._middles[words]):
            found = next((self.whole[name] for name in names if self._is_person(name)), None)
            if found is not None:
                return found
        return None

    def longer(self) -> Iterator[tuple[str, str]]:
        """Yield who is named by a part of whose name: Rodrigo Chaves and Rodrigo Chaves Robles, a firm and its Ltd."""
        for words, ident in self.whole.items():
            if self.kinds[ident] == "PER":
                parts = [words[i:j] for i in range(len(words)) for j in range(i + 2, len(words) + 1)]
            else:
                parts = [words[:-1]] if words[-1] in _LEGAL_FORMS else []
            for part in parts:
                other = self.whole.get(part)
                if other is not None and other != ident and self.kinds[other] == self.kinds[ident]:
                    yield other, ident
                    break

    def thing(self, words: Words, *kinds: EntityType) -> str | None:
        """Say which body or place is called so for short: "Proton" of Proton Technologies, "the Commission"."""
        found = [name for name in self._starts[words] if self.kinds[self.whole[name]] in kinds]
        if not found and "ORG" in kinds:
            found = [name for name in self._ends[words] if self.kinds[self.whole[name]] == "ORG"]
        return self._only(found)

    def respelt(self, word: str) -> str | None:
        """Say whose surname this is in another spelling or with a slip; nobody's where two are as near."""
        if len(self._surnames) > _MOST_COMPARED:
            return None
        found = {ident for own, ident in self._surnames.items() if respelt(word, own) or misprinted(word, own)}
        return found.pop() if len(found) == 1 else None

    def _is_person(self, name: Words) -> bool:
        return name in self.whole and self.kinds[self.whole[name]] == "PER"

    def _only(self, names: list[Words]) -> str | None:
        found = {self.whole[name] for name in names}
        return found.pop() if len(found) == 1 else None


def _shortens(one: Words, other: Words) -> bool:
    """Tell whether two names with one surname differ by what stands in the middle, or by an initial in front."""
    less, more = sorted((one, other), key=len)
    if less[-1] != more[-1] or len(less) < 2:  # noqa: PLR2004 - a first name and a surname
        return False
    if len(less) < len(more):
        return less[0] == more[0]
    alike = less[0].startswith(more[0]) or more[0].startswith(less[0])
    return alike and min(len(less[0]), len(more[0])) == 1 and less[1:] == more[1:]
