"""Who acts and who is acted on: actors and recipients of an event, by where they stand around its trigger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.grammar.clauses import Argument, Subject, arguments, earlier_verb, main_verb, subject_of
from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.phrases import Phrase, head_of, phrase_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.cast import Cast
    from newsledger.extract.events.triggers import Trigger
    from newsledger.extract.grammar.words import Word

_UNREAL = word_set("unreal")
# Unnamed victims stand for the place they are harmed in.
_HARMING = frozenset({"ASSAULT"})
_SINGULAR = frozenset({"he", "she"})
_ANYBODY = frozenset({"i", "we", "they"})
_ONESELF = _SINGULAR | _ANYBODY | {"it"}


@dataclass(frozen=True, slots=True)
class Roles:
    """The entities in an event's two roles."""

    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the roles of the triggers in one stretch of words."""

    words: Sequence[Word]
    cast: Cast
    unit: tuple[int, int]
    speaker: str | None = None

    def roles(self, trigger: Trigger, subject: Subject | None, limit: int) -> Roles:
        """Find the roles of a trigger whose clause ends at `limit`."""
        # What parts a verb from its particle is its object: "provide X with".
        parted = not trigger.nominal and trigger.end - trigger.word > 1 + len(trigger.pattern.particles)
        behind = list(arguments(self.words, trigger.word + 1 if parted else trigger.end, limit))
        if trigger.nominal:
            return self._of_noun(trigger, behind)
        if trigger.passive:
            return self._of_passive(trigger, subject, behind)
        actors = self._named(subject.phrase) if subject is not None else ()
        pattern = trigger.pattern
        if pattern.sym:
            return Roles(_merged(actors, self._first(behind, pattern.take or ("with",))))
        recipients = () if pattern.only else self._recipients(trigger, behind)
        if pattern.mode == "visit":
            recipients = self._hosts(recipients)
        if not recipients and pattern.type in _HARMING and "object" in pattern.take:
            recipients = self._first(behind, ("in", "at", "of"))
        if pattern.host:
            actors, recipients = recipients, actors
        return Roles(actors, tuple(r for r in recipients if r not in actors))

    def _named(self, phrase: Phrase) -> tuple[str, ...]:
        """Name the entities of a phrase: those at its heads, else whom it belongs to."""
        who = self.cast.groups(self.words, phrase) or self.cast.who(self.words, phrase)
        return who or self.cast.owners(self.words, phrase) or self._oneself(phrase)

    def _oneself(self, phrase: Phrase) -> tuple[str, ...]:
        """Take a pronoun that nothing resolves for whoever is speaking: "it said that it would", "we will"."""
        low = self.words[phrase.first].low
        if self.speaker is None or phrase.end - phrase.first > 1 or low not in _ONESELF:
            return ()
        person = self.cast.mentions.by_id[self.speaker].type == "PER"
        fits = low in _ANYBODY or (low in _SINGULAR) == person
        return (self.speaker,) if fits else ()

    def duty(self, modal: int) -> Roles:
        """Read "X must ...": whoever says so asks it of X."""
        subject = subject_of(self.words, modal, self.unit[0])
        asked = self._named(subject.phrase) if subject is not None else ()
        if self.speaker is None or not asked or self.speaker in asked:
            return Roles()
        return Roles((self.speaker,), asked)

    def _first(self, behind: Sequence[Argument], take: tuple[str, ...]) -> tuple[str, ...]:
        """Name the first argument that stands where the pattern takes a role from."""
        found = (self._named(a.phrase) for link in take for a in behind if a.link == link)
        return next((ids for ids in found if ids), ())

    def _recipients(self, trigger: Trigger, behind: Sequence[Argument]) -> tuple[str, ...]:
        """Name the recipients of an active verb; of the noun that completes the trigger only whose it is counts."""
        pattern = trigger.pattern
        take = pattern.take if pattern.objects else tuple(sorted(pattern.take, key=lambda link: link != "object"))
        for link in take:
            for argument in behind:
                if argument.link == link:
                    head = self.words[head_of(self.words, argument.phrase)].low
                    own = link == "object" and any(head in names for names in pattern.objects)
                    ids = self.cast.owners(self.words, argument.phrase) if own else self._named(argument.phrase)
                    if ids:
                        return ids
        return ()

    def _hosts(self, places: tuple[str, ...]) -> tuple[str, ...]:
        """Turn the cities of a visit into the countries they lie in, where the text names those."""
        hosts = (self.cast.country_of(place) for place in places)
        return tuple(dict.fromkeys(host for host in hosts if host is not None))

    def _of_passive(self, trigger: Trigger, subject: Subject | None, behind: list[Argument]) -> Roles:
        pattern = trigger.pattern
        agents = self._first(behind, ("by",))
        if pattern.sym:
            owners = self.cast.owners(self.words, subject.phrase) if subject is not None else ()
            return Roles(agents or self._first(behind, ("between", "with")) or owners)
        patients = self._named(subject.phrase) if subject is not None else ()
        if pattern.objects and subject is not None:
            # What was imposed is the subject; on whom it was imposed stands behind.
            links = tuple(link for link in pattern.take if link != "object")
            patients = self._first(behind, links) or self.cast.owners(self.words, subject.phrase)
        if pattern.host:
            agents, patients = patients, agents
        return Roles(agents, tuple(p for p in patients if p not in agents))

    def _of_noun(self, trigger: Trigger, behind: list[Argument]) -> Roles:
        """Read "X's visit to Y", "talks between X and Y", "the invasion of Y by X"."""
        owner = self._owner(trigger.word)
        pattern = trigger.pattern
        if pattern.sym:
            sides = self._first(behind, ("between", "among")) or owner or self._first(behind, ("of",))
            partners = self._first(behind, ("with",))
            if partners and not sides:
                sides = self._whose(trigger.word)
            return Roles(_merged(sides, partners))
        agents = owner or self._first(behind, ("by",))
        recipients = self._first(behind, pattern.take) if agents else ()
        if pattern.mode == "visit":
            recipients = self._hosts(recipients)
        return Roles(agents, tuple(r for r in recipients if r not in agents))

    def _owner(self, noun: int) -> tuple[str, ...]:
        """Name the possessor of a noun: "X's visit", "his visit"."""
        start = phrase_start(self.words, noun + 1, self.unit[0])
        genitive = next((k for k in range(noun - 1, start, -1) if self.words[k].tag == "gen"), None)
        if start - 2 >= self.unit[0] and self.words[start - 1].low == "of" and self.words[start - 2].low in _UNREAL:
            return ()
        if genitive is not None:
            return self._named(Phrase(start, genitive))
        possessive = next((k for k in range(noun - 1, start - 1, -1) if self.words[k].tag == "poss"), None)
        return self.cast.who(self.words, Phrase(possessive, possessive + 1)) if possessive is not None else ()

    def _whose(self, noun: int) -> tuple[str, ...]:
        """Name who had the talks of "after talks with Y": the subject of the clause that the talks stand in."""
        verb = earlier_verb(self.words, noun, self.unit[0])
        if verb is None:
            verb = main_verb(self.words, noun + 1, self.unit[1])
        subject = subject_of(self.words, verb, self.unit[0]) if verb is not None else None
        return self.cast.who(self.words, subject.phrase) if subject is not None else ()


def _merged(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*left, *right)))
