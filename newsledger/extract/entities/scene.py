"""The workbench of entity finding: the words of a text, and who has been sighted where so far."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from newsledger.extract.lexicon import Entry, Lexicon, fold
from newsledger.records.extraction import Entity, EntityType, Mention, MentionKind

if TYPE_CHECKING:
    from datetime import date

    from newsledger.extract.document import Document, Token


# Named less often, no country is a text's own.
_HOME_LEAST = 2
_OPENING_QUOTES = frozenset("“«„")
_CLOSING_QUOTES = frozenset("”»")
_OPENING = frozenset('"“«')


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of somebody or something that the text mentions."""

    id: str
    name: str
    type: EntityType
    kind: str | None = None
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    wikidata: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """Words `first` up to, not including, `last` mention the entity `id`."""

    first: int
    last: int
    id: str
    kind: MentionKind


@dataclass
class Scene:
    """A text under investigation. Its helpers read words by number; a number out of range reads as an empty word."""

    document: Document
    lexicon: Lexicon
    reference: date | None
    profiles: dict[str, Profile] = field(default_factory=dict)
    sightings: list[Sighting] = field(default_factory=list)
    # Which sighting, by its number, holds a word.
    holders: dict[int, int] = field(default_factory=dict)
    # Mentions that share their words with another one.
    shared: dict[Sighting, None] = field(default_factory=dict)
    # The capitalised words that are titles.
    titles: set[int] = field(default_factory=set)

    @cached_property
    def home(self) -> Entry | None:
        """The country that the text speaks of as its own: the one that most of its names belong to.

        Read it once the known names are sighted.
        """
        counts = Counter(self.profiles[sighting.id].country for sighting in self.sightings)
        del counts[None]
        ranked = counts.most_common(2)
        if not ranked or ranked[0][1] < _HOME_LEAST or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return self.lexicon.country_of(ranked[0][0])

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The words and marks of the text."""
        return self.document.words

    @cached_property
    def starts(self) -> list[int]:
        """Where the words begin."""
        return [word.start for word in self.words]

    @cached_property
    def ends(self) -> list[int]:
        """Where the words end."""
        return [word.end for word in self.words]

    @cached_property
    def keys(self) -> list[str]:
        """The words as the lexicon writes them: letter case kept, diacritics off."""
        return [fold(word.text) for word in self.words]

    @cached_property
    def lower(self) -> list[str]:
        """The words in lower case."""
        return [key.lower() for key in self.keys]

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """The words that the text writes without a capital somewhere."""
        return frozenset(word.text for word in self.words if word.text.islower())

    @cached_property
    def sentence_of(self) -> list[int]:
        """The number of each word's sentence."""
        starts = [start for start, _ in self.document.sentences]
        return [bisect_right(starts, word.start) - 1 for word in self.words]

    @cached_property
    def quoted(self) -> list[bool]:
        """Tell of each word whether it stands between quotation marks; a mark holds for its paragraph."""
        inside, found, paragraph = False, [], -1
        starts = [start for start, _ in self.document.paragraphs]
        for word in self.words:
            number = bisect_right(starts, word.start)
            if number != paragraph:
                inside, paragraph = False, number
            if word.text in _OPENING_QUOTES:
                inside = True
            elif word.text in _CLOSING_QUOTES:
                inside = False
            elif word.text == '"':
                inside = not inside
            found.append(inside)
        return found

    def low(self, index: int) -> str:
        """Give a word in lower case."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def key(self, index: int) -> str:
        """Give a word with its letter case, without diacritics."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def same_sentence(self, one: int, other: int) -> bool:
        """Tell whether two words stand in one sentence."""
        size = len(self.words)
        return 0 <= one < size and 0 <= other < size and self.sentence_of[one] == self.sentence_of[other]

    def opens_sentence(self, index: int) -> bool:
        """Tell whether a word begins a sentence, or a quoted one inside another."""
        before = index - 1
        if not self.same_sentence(before, index):
            return True
        if self.keys[before] in _OPENING:
            return self.words[before].end == self.words[index].start
        while self.same_sentence(before, index) and not self.keys[before][0].isalnum():
            before -= 1
        return not self.same_sentence(before, index)

    def is_capitalised(self, index: int) -> bool:
        """Tell whether a word begins with a capital letter."""
        return self.key(index)[:1].isupper()

    def text(self, first: int, last: int) -> str:
        """Give the text of a run of words."""
        return self.document.text[self.words[first].start : self.words[last - 1].end]

    def is_free(self, first: int, last: int) -> bool:
        """Tell whether no sighting holds any of the words."""
        return not any(index in self.holders for index in range(first, last))

    def at(self, index: int) -> Sighting | None:
        """Give the sighting that holds a word."""
        number = self.holders.get(index)
        return None if number is None else self.sightings[number]

    def enter(self, profile: Profile) -> Profile:
        """Make somebody known; who is known already stays as he is."""
        return self.profiles.setdefault(profile.id, profile)

    def enter_entry(self, entry: Entry) -> Profile:
        """Make somebody known from the registry."""
        return self.enter(profile_of(entry))

    def amend(self, profile: Profile) -> None:
        """Replace what is known of somebody."""
        self.profiles[profile.id] = profile

    def sight(self, first: int, last: int, ident: str, kind: MentionKind) -> None:
        """Note a mention; words that were held by another sighting now belong to this one."""
        for index in range(first, last):
            self.holders[index] = len(self.sightings)
        self.sightings.append(Sighting(first, last, ident, kind))

    def share(self, sighting: Sighting) -> None:
        """Note a mention whose words may belong to another one as well."""
        self.shared[sighting] = None

    def drop(self, number: int) -> None:
        """Take a sighting back; its words are free again."""
        for index in range(self.sightings[number].first, self.sightings[number].last):
            if self.holders.get(index) == number:
                del self.holders[index]

    def resight(self, number: int, ident: str, kind: MentionKind) -> None:
        """Say that a sighting was of somebody else."""
        self.sightings[number] = replace(self.sightings[number], id=ident, kind=kind)

    def rename(self, ident: str, other: str) -> None:
        """Say that all sightings of somebody were of somebody else."""
        for number, sighting in enumerate(self.sightings):
            if sighting.id == ident:
                self.sightings[number] = replace(sighting, id=other)
        self.shared = {replace(s, id=other) if s.id == ident else s: None for s in self.shared}

    def standing(self) -> list[tuple[int, Sighting]]:
        """Give the sightings that still hold their words, with their numbers, in the order of the text."""
        numbers = {number for index, number in self.holders.items() if self.sightings[number].first == index}
        return sorted(((n, self.sightings[n]) for n in numbers), key=lambda pair: pair[1].first)

    def entities(self) -> tuple[Entity, ...]:
        """Give everybody who was sighted, in the order of first mention."""
        mentions: dict[str, list[Mention]] = {}
        standing = dict.fromkeys((*(sighting for _, sighting in self.standing()), *self.shared))
        for sighting in sorted(standing, key=lambda sighting: (sighting.first, -sighting.last)):
            start, end = self.words[sighting.first].start, self.words[sighting.last - 1].end
            mention = Mention(start=start, end=end, text=self.document.text[start:end], kind=sighting.kind)
            mentions.setdefault(sighting.id, []).append(mention)
        return tuple(_entity(self.profiles[ident], found) for ident, found in mentions.items())


def profile_of(entry: Entry) -> Profile:
    """Turn a registry entry into a profile."""
    return Profile(
        id=entry.id,
        name=entry.name,
        type=entry.type,
        kind=entry.kind,
        country=entry.country,
        sector=entry.sector,
        wikidata=entry.wikidata,
        gender=entry.gender,
    )


def _entity(profile: Profile, mentions: list[Mention]) -> Entity:
    return Entity(
        id=profile.id,
        name=profile.name,
        type=profile.type,
        mentions=tuple(mentions),
        country=profile.country,
        sector=profile.sector,
        role=profile.role,
        wikidata=profile.wikidata,
    )
