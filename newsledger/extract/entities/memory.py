"""Who has been spoken of so far, as a reader remembers it: by recency, with the subjects foremost."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsledger.extract.entities.vocabulary import vocabulary
from newsledger.extract.lexicon import fold, plain_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from newsledger.extract.entities.scene import Profile, Scene, Sighting

_KEPT = 40
_BODY_REACH = 12
_PREPOSITIONS = frozenset(
    {
        "in",
        "on",
        "at",
        "of",
        "by",
        "with",
        "for",
        "from",
        "to",
        "against",
        "between",
        "about",
        "near",
        "into",
        "than",
        "as",
        "after",
        "before",
        "under",
        "over",
        "towards",
        "like",
        "via",
        "inside",
        "outside",
        "off",
        "around",
    },
)
_STATES = ("GPE", "BLOC")


@dataclass(frozen=True, slots=True)
class Remembered:
    """A mention as remembered; a subject is the first of its sentence that hangs on no preposition."""

    id: str
    first: int
    last: int
    sentence: int
    subject: bool
    plural: bool


@dataclass
class Memory:
    """Remembers the latest mentions."""

    scene: Scene
    recent: deque[Remembered] = field(default_factory=lambda: deque(maxlen=_KEPT))
    # The office that somebody was given in the text, in lower case.
    offices: dict[str, str] = field(default_factory=dict)
    _subject_sentence: int = -1

    def see(self, sighting: Sighting, *, plural: bool = False) -> None:
        """Remember a mention."""
        sentence = self.scene.sentence_of[sighting.first]
        subject = sentence != self._subject_sentence and not self._hangs(sighting.first)
        subject = subject and sighting.kind != "demonym"
        if subject:
            self._subject_sentence = sentence
        self.recent.append(Remembered(sighting.id, sighting.first, sighting.last, sentence, subject, plural))

    def _hangs(self, first: int) -> bool:
        before = self.scene.low(first - 1)
        if before in vocabulary().determiners:
            before = self.scene.low(first - 2)
        return before in _PREPOSITIONS and self.scene.same_sentence(first - 1, first)

    def backwards(self, index: int, reach: int) -> Iterator[tuple[Remembered, Profile]]:
        """Yield who was mentioned in this sentence and so many before it, the latest first."""
        sentence = self.scene.sentence_of[index]
        for item in reversed(self.recent):
            if sentence - item.sentence > reach:
                return
            yield item, self.scene.profiles[item.id]

    def best(self, index: int, reach: int, fits: Callable[[Profile], bool]) -> str | None:
        """Say who is meant: the nearest sentence counts, and in it the subject before the latest.

        Outside a quote nobody is meant who is only spoken of in one.
        """
        quoted = self.scene.quoted
        found = [item for item, profile in self.backwards(index, reach) if fits(profile)]
        candidates = [item for item in found if quoted[index] or not quoted[item.first]]
        if not candidates:
            return None
        near = [item for item in candidates if item.sentence == candidates[0].sentence]
        subjects = [item for item in near if item.subject]
        return (subjects or near)[0 if subjects else -1].id

    def last_two(self, index: int, reach: int, fits: Callable[[Profile], bool]) -> tuple[str, str] | None:
        """Name the last two that fit, those of one sentence first."""
        found: dict[str, int] = {}
        by_sentence: dict[int, list[str]] = {}
        for item, profile in self.backwards(index, reach):
            if fits(profile):
                found.setdefault(item.id, item.first)
                together = by_sentence.setdefault(item.sentence, [])
                if item.id not in together:
                    together.append(item.id)
        for together in by_sentence.values():
            if len(together) == 2:  # noqa: PLR2004 - a pair
                return together[1], together[0]
        latest = list(found)[:2]
        return (latest[1], latest[0]) if len(latest) == 2 else None  # noqa: PLR2004 - a pair

    def body_called(self, index: int, noun: str, *, anywhere: bool = False) -> str | None:
        """Say which body was named, or mentioned, with the noun at its end, or anywhere in its name."""
        words = noun.split()
        for item, profile in self.backwards(index, _BODY_REACH):
            name = profile.name.lower().split()
            called = self.scene.lower[item.last - len(words) : item.last] == words or name[-len(words) :] == words
            if profile.type == "ORG" and (called or (anywhere and noun in name)):
                return item.id
        return None

    def office_of(self, ident: str) -> str | None:
        """Give the office of somebody: the text's, else the registry's on the reference date."""
        if ident in self.offices:
            return self.offices[ident]
        entry = self.scene.lexicon.entries.get(ident)
        day = self.scene.reference
        held = [o.title for o in entry.offices if day is not None and o.held_on(day)] if entry else []
        return held[0] if held else None

    def holder_in_text(self, index: int, noun: str, country: str | None) -> str | None:
        """Say who was called so in the text; a bare "minister" may be any minister."""
        wanted = plain_title(noun)
        for item, profile in self.backwards(index, reach=1000):
            office = self.office_of(item.id) if profile.type == "PER" else None
            if office and (office == wanted or office.endswith(f" {wanted}")) and country in (None, profile.country):
                return item.id
        return None


def is_state(profile: Profile) -> bool:
    """Tell whether somebody is a country or acts as one."""
    return profile.type in _STATES and profile.kind not in ("city", "region")


def is_person(profile: Profile) -> bool:
    """Tell whether somebody is a single named person."""
    return profile.type == "PER"


def gender_of(profile: Profile) -> str | None:
    """Say whether a person is a man or a woman, by the registry, the title or the first name; None where unknown."""
    return profile.gender or vocabulary().first_names.get(fold(profile.name.split()[0]))
