"""Who has been spoken of so far, as a reader remembers it: by recency, with the subjects foremost."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsledger.extract.entities.vocabulary import vocabulary
from newsledger.extract.lexicon import fold, plain_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from newsledger.extract.entities.scene import Profile, Scene, Sighting

_KEPT = 40
_BODY_REACH = 12
_LONGEST_TITLE = 7
# Who is one of these is called so in full.
_LESSER = frozenset({"vice", "deputy", "former", "ex", "assistant", "acting", "first", "under"})
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


@dataclass(frozen=True, slots=True)
class Remembered:
    """A mention as remembered; a subject is the first of its sentence that hangs on no preposition.

    One that is `free` hangs on no preposition and is no adjective.
    """

    id: str
    first: int
    last: int
    sentence: int
    subject: bool
    free: bool
    plural: bool


@dataclass
class Memory:
    """Remembers the latest mentions."""

    scene: Scene
    recent: deque[Remembered] = field(default_factory=lambda: deque(maxlen=_KEPT))
    # The office that somebody was given in the text, in lower case.
    offices: dict[str, str] = field(default_factory=dict)
    # The sentences that somebody was mentioned in.
    sentences: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _subject_sentence: int = -1

    def see(self, sighting: Sighting, *, plural: bool = False) -> None:
        """Remember a mention."""
        sentence = self.scene.sentence_of[sighting.first]
        self.sentences[sighting.id].add(sentence)
        free = sighting.kind != "demonym" and not self.hangs(sighting.first)
        subject = free and sentence != self._subject_sentence and not self._owns(sighting.last)
        if subject:
            self._subject_sentence = sentence
        self.recent.append(Remembered(sighting.id, sighting.first, sighting.last, sentence, subject, free, plural))

    def hangs(self, first: int) -> bool:
        """Tell whether a phrase hangs on a preposition."""
        before = self.scene.low(first - 1)
        if before in vocabulary().determiners:
            before = self.scene.low(first - 2)
        return before in _PREPOSITIONS and self.scene.same_sentence(first - 1, first)

    def _owns(self, last: int) -> bool:
        """Tell "Aliyev's aide" from Aliyev: who owns the subject is not the subject."""
        return self.scene.low(last) in ("'s", "'")

    def backwards(self, index: int, reach: int) -> Iterator[tuple[Remembered, Profile]]:
        """Yield who was mentioned in this sentence and so many before it, the latest first."""
        sentence = self.scene.sentence_of[index]
        for item in reversed(self.recent):
            if sentence - item.sentence > reach:
                return
            yield item, self.scene.profiles[item.id]

    def best(self, index: int, reach: int, fits: Callable[[Profile], bool], *, until: int | None = None) -> str | None:
        """Say who is meant: the nearest sentence counts, and in it the subject before the latest.

        Outside a quote nobody is meant who is only spoken of in one, and in a quote not the one who says it. With
        `until` nobody is meant who is named from that word on.
        """
        quoted, end = self.scene.quoted, index if until is None else until
        found = [item for item, profile in self.backwards(index, reach) if item.first < end and fits(profile)]
        if quoted[index]:
            candidates = [item for item in found if quoted[item.first] or not self._speaks(item)]
        else:
            candidates = [item for item in found if not quoted[item.first]]
        if not candidates:
            return None
        near = [item for item in candidates if item.sentence == candidates[0].sentence]
        subjects = [item for item in near if item.subject]
        return (subjects or near)[0 if subjects else -1].id

    def land(self, index: int, reach: int) -> str | None:
        """Say which country is spoken of: one that is named, that of who acts, one of which an adjective tells."""
        scene, sentence = self.scene, self.scene.sentence_of[index]
        found = list(self.backwards(index, reach))
        adjectives = {item.first for item, _ in found if (at := scene.at(item.first)) and at.kind == "demonym"}
        named = [item for item, profile in found if is_state(profile) and item.first not in adjectives]
        if not named or named[0].sentence != sentence:
            acting = (profile for item, profile in found if item.subject and item.sentence == sentence)
            country = next((scene.lexicon.country_of(who.country) for who in acting if who.type == "PER"), None)
            if country is not None:
                return scene.enter_entry(country).id
        idents = {item.id for item in named}
        return self.best(index, reach, lambda who: is_state(who) and (who.id in idents or not idents))

    def _speaks(self, item: Remembered) -> bool:
        """Tell whether somebody is mentioned as saying something."""
        speech = vocabulary().speech
        return self.scene.low(item.last) in speech or self.scene.low(item.first - 1) in speech

    def last_two(self, index: int, reach: int, fits: Callable[[Profile], bool]) -> tuple[str, str] | None:
        """Name the last two that fit, those of one sentence first."""
        found: dict[str, int] = {}
        by_sentence: dict[int, list[str]] = {}
        for item, profile in self.backwards(index, reach):
            if fits(profile):
                beside = self._joined_before(item)
                if beside is not None and fits(self.scene.profiles[beside]):
                    return beside, item.id
                found.setdefault(item.id, item.first)
                together = by_sentence.setdefault(item.sentence, [])
                if item.id not in together:
                    together.append(item.id)
        for together in by_sentence.values():
            if len(together) == 2:  # noqa: PLR2004 - a pair
                return together[1], together[0]
        latest = list(found)[:2]
        return (latest[1], latest[0]) if len(latest) == 2 else None  # noqa: PLR2004 - a pair

    def _joined_before(self, item: Remembered) -> str | None:
        """Give X of "X and Y", also where Y has his office in front: "X and Polish President Y"."""
        scene, at = self.scene, item.first - 1
        while at > item.first - _LONGEST_TITLE and scene.low(at) != "and":
            held = scene.at(at)
            if at not in scene.titles and scene.low(at) not in vocabulary().determiners and held is None:
                return None
            at -= 1
        before = scene.at(at - 1) if scene.low(at) == "and" else None
        return before.id if before is not None and before.kind != "demonym" and before.id != item.id else None

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

    def goes_by(self, ident: str, title: str) -> bool:
        """Tell whether somebody is called so, by his office."""
        office = self.office_of(ident)
        return office is not None and _is_called(office, title)

    def holder_in_text(self, index: int, noun: str, country: str | None, beside: Iterable[str] = ()) -> str | None:
        """Say who was called so in the text; a bare "minister" may be any minister, but no deputy one.

        Whom the office belongs to must have been spoken of `beside` the holder, if it is no country.
        """
        wanted = plain_title(noun)
        for item, profile in self.backwards(index, reach=1000):
            office = self.office_of(item.id) if profile.type == "PER" else None
            if office and _is_called(office, wanted) and country in (None, profile.country):
                met = self.sentences[item.id]
                if all(not met.isdisjoint(self.sentences[owner]) for owner in beside):
                    return item.id
        return None


def _is_called(office: str, wanted: str) -> bool:
    """Tell whether the holder of an office goes by a title: a minister of trade and a trade minister are ministers."""
    if office == wanted:
        return True
    head = office.partition(" of ")[0]
    lesser = not _LESSER.isdisjoint(head.replace("-", " ").split())
    return not lesser and (head == wanted or head.endswith(f" {wanted}") or office.endswith(f" {wanted}"))


def is_state(profile: Profile) -> bool:
    """Tell whether somebody is a country or acts as one; a place that nobody knows is none."""
    return profile.type == "BLOC" or (profile.type == "GPE" and profile.kind == "country")


def is_person(profile: Profile) -> bool:
    """Tell whether somebody is a single named person."""
    return profile.type == "PER"


def gender_of(profile: Profile) -> str | None:
    """Say whether a person is a man or a woman, by the registry, the title or the first name; None where unknown."""
    return profile.gender or vocabulary().first_names.get(fold(profile.name.split()[0]))
