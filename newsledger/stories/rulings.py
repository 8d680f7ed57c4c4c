"""Which articles belong together for sure, and which never: what people said first, then what copies what."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsledger.records.stories import StoryDecision


class Rulings:
    """Decisions without contradiction. What follows from them counts too: a is b, b is not c, so a is not c."""

    def __init__(self, decisions: Iterable[StoryDecision]) -> None:
        """Take decisions in, the latest first; one that contradicts those before it is left out."""
        self._heads: dict[str, str] = {}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for decision in sorted(decisions, key=lambda one: (-one.decided.toordinal(), one.kind, one.articles)):
            if decision.kind == "same_story":
                self.unite(*decision.articles)
            else:
                self._part(*map(self.head, decision.articles))

    def head(self, article: str) -> str:
        """Give the article that stands for all that belong together with this one."""
        while article in self._heads:
            article = self._heads[article]
        return article

    def unite(self, one: str, other: str) -> bool:
        """Put two articles together, unless that is ruled out; tell whether they are."""
        head, gone = sorted((self.head(one), self.head(other)))
        if head == gone:
            return True
        if gone in self._apart[head]:
            return False
        self._heads[gone] = head
        for far in self._apart.pop(gone, ()):
            self._apart[far].discard(gone)
            self._part(head, far)
        return True

    def accepted(self, copies: Mapping[str, str]) -> dict[str, str]:
        """Put copies together with their originals; leave out those of which people said otherwise."""
        return {article: original for article, original in sorted(copies.items()) if self.unite(article, original)}

    def apart(self, head: str) -> frozenset[str]:
        """Give the heads of what must not be in one story with this one."""
        return frozenset(self._apart.get(head, ()))

    def _part(self, head: str, other: str) -> None:
        if head != other:
            self._apart[head].add(other)
            self._apart[other].add(head)
