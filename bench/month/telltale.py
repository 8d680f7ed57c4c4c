"""What the digests print of each story, day by day: nothing may be told twice unless something changed."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from datetime import date

    from newsledger.digest import Digest
    from newsledger.digest.lines import StoryLine

_WORDS = re.compile(r"[^\W_]+")


class Fact(NamedTuple):
    """Something that is printed of a story, and who vouches for it: two who do may both be heard on one day."""

    what: Hashable
    by: Hashable = None


@dataclass(slots=True)
class Told:
    """What was told so far of each story, with the days on which it was."""

    days: dict[Hashable, set[date]] = field(default_factory=lambda: defaultdict(set))
    doubled: list[str] = field(default_factory=list)

    def take(self, digest: Digest) -> None:
        """Take in a day's digest; what changed in a story is left aside, for that is told beside what was before."""
        for line in digest.stories.lines:
            seen = set[Fact]()
            for fact in _facts(line):
                self.days[line.story_id, fact.what].add(digest.day)
                if fact in seen:
                    self.doubled.append(f"{fact.what} twice on {digest.day}")
                seen.add(fact)

    @property
    def facts(self) -> int:
        """How many different things were told."""
        return len(self.days)

    @property
    def twice(self) -> list[str]:
        """List what was told more than once."""
        later = [f"{fact} on {', '.join(map(str, sorted(days)))}" for fact, days in self.days.items() if len(days) > 1]
        return [*later, *self.doubled]


def _facts(line: StoryLine) -> Iterator[Fact]:
    for said in line.statements:
        yield Fact(("said", said.speaker.name, tuple(words for one in said.contents for words in _words(one.text))))
    for event in line.events:
        # Without a date, other words may tell another deed.
        words = () if event.when[0] else tuple(words for one in event.quotes for words in _words(one.text))
        deed = (event.type, event.status, frozenset(event.actors), frozenset(event.recipients), event.when[0], words)
        yield Fact(deed, (event.attributed_to, event.mode, event.location, event.when[1]))
    for figure in line.figures:
        of = frozenset(_words(figure.quantity_of or "")) or frozenset(figure.about)
        # What counts nothing that is named may count something else at another place.
        place = None if figure.quantity_of else figure.printed.citation
        yield Fact(
            ("figure", figure.value, figure.unit, of), (figure.attributed_to, figure.bound, figure.period, place)
        )


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())
