"""Who acts and who is acted on: actors and recipients of an event, by where they stand around its trigger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.cast import ACTING
from newsledger.extract.events.naming import Namer
from newsledger.extract.grammar.clauses import (
    Argument,
    Subject,
    arguments,
    clause_limit,
    earlier_verb,
    main_verb,
    subject_of,
)
from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.phrases import Phrase, head_of, is_role, phrase_end, phrase_start
from newsledger.extract.grammar.words import VERBAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.events.triggers import Trigger
    from newsledger.records.extraction import EventType

_UNREAL_LINKS = frozenset({"of", "for", "about"})
_UNREAL = word_set("unreal")
# These concern whoever is named in what they are about; a protest, too, whoever governs where it is held.
_CONCERNING = frozenset({"ACCUSE", "AGREE", "REJECT", "THREATEN", "CONCEDE", "REQUEST", "PROTEST"})
_CONCERNED = frozenset({"inner", "object", "on", "against", "with", "to", "from", "for", "in", "of", "by"})
_RULING = {"REQUEST": ("that",), "ACCUSE": ("that",), "THREATEN": ("if", "unless")}
# Unnamed victims stand for the place they are harmed in.
_HARMING = frozenset({"ASSAULT", "AID", "SANCTION"})
_HOLDING = word_set("holding")
_TARGETS = word_set("targets")
_JOINT = frozenset({"joint", "bilateral", "common", "shared", "mutual"})
_JOINT_REACH = 3
_OF_REACH = 10
BODIES = frozenset({"ORG", "BLOC"})
_MOVING = frozenset({"MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Roles:
    """The entities in an event's two roles."""

    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()

    def apart(self) -> Roles:
        """Leave out of the recipients whoever acts."""
        return Roles(self.actors, tuple(side for side in self.recipients if side not in self.actors))


@dataclass(frozen=True, slots=True)
class Finder(Namer):
    """Finds the roles of the triggers in one stretch of words."""

    def roles(self, trigger: Trigger, subject: Subject | None, limit: int) -> Roles:
        """Find the roles of a trigger whose clause ends at `limit`."""
        # What parts a verb from its particle is its object: "provide X with".
        parted = trigger.end - trigger.word > 1 + len(trigger.pattern.particles)
        if trigger.nominal:
            start = self._past_name(trigger.end)
            inner = (
                k for k in range(start + 1, limit) if self.words[k].tag == "verb" and self.words[k - 1].tag == "to"
            )
            return self._of_noun(trigger, list(arguments(self.words, start, next(inner, limit))))
        behind = list(arguments(self.words, trigger.word + 1 if parted else trigger.end, limit))
        if trigger.passive:
            return self._of_passive(trigger, subject, behind)
        actors = self.subject(subject)
        pattern = trigger.pattern
        if pattern.sym:
            sides = _merged(actors, self._first(behind, pattern.take or ("with",)))
            sides = _merged(sides, self._conveners(trigger))
            return Roles(sides, self._farther(trigger, behind, limit, sides) if len(sides) == 1 else ())
        recipients = () if pattern.only else self._recipients(trigger, behind, actors)
        if not recipients and not pattern.only:
            recipients = self._farther(trigger, behind, limit, actors)
        if pattern.mode == "visit":
            recipients = self._hosts(recipients)
        if (
            not recipients
            and pattern.type in _HARMING
            and "object" in pattern.take
            and self._harms_unnamed(trigger, behind)
        ):
            recipients = self._first(behind, ("in", "at", "of", "near", "outside"))
        if pattern.host:
            actors, recipients = recipients, actors
        return Roles(actors, recipients)

    def _harms_unnamed(self, trigger: Trigger, behind: Sequence[Argument]) -> bool:
        """Tell whether people or places without a name are acted on, so that where they are stands for them."""
        links = {"to", "for"} if trigger.pattern.objects else {"object"}
        heads = [self.words[head_of(self.words, a.phrase)] for a in behind if a.link in links]
        return all(is_role(h.low) or h.low in _TARGETS or h.low.endswith("s") or h.tag == "num" for h in heads)

    def _past_name(self, k: int) -> int:
        """Step over the name in quotes behind a noun: "the exercise 'West' | of X and Y"."""
        quotes = [word.quote for word in self.words[k : self.unit[1]]]
        if not quotes or quotes[0] < 0 or quotes[0] == self.words[k - 1].quote:
            return k
        return k + next((n for n, quote in enumerate(quotes) if quote != quotes[0]), len(quotes))

    def duty(self, modal: int) -> Roles:
        """Read "X must ...": whoever says so asks it of X."""
        subject = subject_of(self.words, modal, self.unit[0])
        # Not anybody: "one must admit", "pilots should rest".
        known = self.cast.mentions.by_id
        asked = tuple(s for s in self.subject(subject) if self.cast.is_named(s) or known[s].type in BODIES)
        following = self.words[modal + 1 : min(self.unit[1], modal + 3)]
        passive = [word.low for word in following[:1]] == ["be"] and following[-1].tag == "past"
        if self.speaker is None or not asked or self.speaker in asked or passive:
            return Roles()
        return Roles((self.speaker,), asked)

    def _first(self, behind: Sequence[Argument], take: tuple[str, ...]) -> tuple[str, ...]:
        """Name the first argument that stands where the pattern takes a role from."""
        found = (self.named(a.phrase) for link in take for a in behind if a.link == link)
        return next((ids for ids in found if ids), ())

    def _recipients(self, trigger: Trigger, behind: Sequence[Argument], actors: tuple[str, ...]) -> tuple[str, ...]:
        """Name the recipients of an active verb; of the noun that completes the trigger only whose it is counts."""
        pattern = trigger.pattern
        take = pattern.take if pattern.objects else tuple(sorted(pattern.take, key=lambda link: link != "object"))
        completing: list[Phrase] = []
        for link in take:
            for argument in behind:
                if argument.link == link:
                    head = self.words[head_of(self.words, argument.phrase)].low
                    own = link == "object" and any(head in names for names in pattern.objects)
                    completing += [argument.phrase] if own else []
                    ids = () if own else self.named(argument.phrase)
                    unknown = link == "object" and self.words[argument.phrase.first].tag == "obj"
                    if unknown or (ids and not set(ids) <= set(actors)):
                        return ids
        owners = (self._whose_it_is(phrase, actors) for phrase in completing)
        return next((ids for ids in owners if ids), ())

    def _whose_it_is(self, phrase: Phrase, actors: tuple[str, ...]) -> tuple[str, ...]:
        """Name whom what is done concerns: "Russian timber", but the council in "its boycott of the council"."""
        owners = self.cast.owners(self.words, phrase)
        if owners and not set(owners) <= set(actors):
            return owners
        inside = arguments(self.words, head_of(self.words, phrase) + 1, phrase.end)
        return self._first([argument for argument in inside if argument.link == "of"], ("of",))

    def _farther(
        self, trigger: Trigger, behind: Sequence[Argument], limit: int, actors: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Name who is concerned by what is agreed, refused or threatened: "refused to send troops to Chad"."""
        words, high = self.words, self.unit[1]
        joined = limit + 1 < high and limit == trigger.end and words[limit].low == "and"
        if joined and words[limit + 1].tag in VERBAL:
            # "condemn and reject the decision of X"
            behind = list(arguments(words, limit + 2, clause_limit(words, limit + 2, high)))
            return self._recipients(trigger, behind, actors)
        kind = trigger.pattern.type
        return self._concerned(kind, behind, limit, actors) if kind in _CONCERNING else ()

    def refused(self, trigger: Trigger, limit: int, actors: tuple[str, ...]) -> tuple[str, ...]:
        """Name whom it concerns that somebody will not do a thing: "will not admit ships from Chad"."""
        return self._concerned("REJECT", list(arguments(self.words, trigger.end, limit)), limit, actors)

    def _concerned(
        self, kind: EventType, behind: Sequence[Argument], limit: int, actors: tuple[str, ...]
    ) -> tuple[str, ...]:
        clause = self._ruled(kind, limit)
        if kind == "ACCUSE":
            behind = []
        phrases = [a.phrase for a in behind if a.link in _CONCERNED and self.words[a.phrase.first].tag != "poss"]
        found = [ids for ids in map(self.named, [*clause, *phrases]) if ids and not set(ids) & set(actors)]
        named = (ids for ids in found if any(map(self.cast.is_named, ids)))
        return next(named, found[0] if found else ())

    def _ruled(self, kind: EventType, limit: int) -> list[Phrase]:
        """Find who is to do what is asked, or what a threat hangs on: "demanded Friday that X go", "unless X goes"."""
        words, high = self.words, self.unit[1]
        opener = next((k for k in range(limit, min(high, limit + 2)) if words[k].low in _RULING.get(kind, ())), None)
        if opener is None or (end := phrase_end(words, opener + 1, high)) == opener + 1:
            return []
        # "demanded that X be released": it is not X who is to do it.
        passive = end + 1 < high and words[end].low == "be" and words[end + 1].tag == "past"
        return [] if passive else [Phrase(opener + 1, end)]

    def _hosts(self, places: tuple[str, ...]) -> tuple[str, ...]:
        """Turn the cities of a visit into the countries they lie in, where the text names those."""
        hosts = (self.cast.country_of(place) for place in places if self.cast.is_named(place))
        return tuple(dict.fromkeys(host for host in hosts if host is not None))

    def _of_passive(self, trigger: Trigger, subject: Subject | None, behind: list[Argument]) -> Roles:
        pattern = trigger.pattern
        agents = self._first(behind, ("by",))
        if pattern.sym:
            owners = self.cast.owners(self.words, subject.phrase) if subject is not None else ()
            return Roles(agents or self._first(behind, ("between", "with")) or owners)
        patients = self.subject(subject)
        if pattern.objects and subject is not None:
            # What was imposed is the subject; on whom it was imposed stands behind.
            links = tuple(link for link in pattern.take if link != "object")
            start, end = head_of(self.words, subject.phrase) + 1, subject.phrase.end
            concerned = self._first(list(arguments(self.words, start, end)), links)
            owners = self.cast.owners(self.words, subject.phrase)
            patients = self._first(behind, links) or concerned or owners
            # "EU sanctions on Chad were lifted": by whoever imposed them.
            agents = agents or (owners if concerned and owners != concerned else ())
        if pattern.host:
            agents, patients = patients, agents
        if pattern.type in _MOVING and subject is not None and not agents:
            # Troops that are sent are those who act.
            agents = self.cast.owners(self.words, subject.phrase) or self.subject(subject)
        return Roles(agents, patients)

    def _of_noun(self, trigger: Trigger, behind: list[Argument]) -> Roles:
        """Read "X's visit to Y", "talks between X and Y", "the invasion of Y by X"."""
        owner, before = self._owner(trigger.word), self._named_before(trigger.word)
        pattern = trigger.pattern
        if pattern.sym:
            sides = self._first(behind, ("between", "among")) or owner or self._first(behind, ("of",)) or before
            sides = sides or self._holders(trigger.end)
            partners = self._first(behind, ("with",))
            if partners and not sides:
                sides = self._whose(trigger.word)
            sides = _merged(sides, partners)
            if pattern.joint and len(sides) <= 1:
                joint = self._is_joint(trigger.word)
                sides = sides or (self._whose(trigger.word) if joint else ())
                return Roles(sides) if joint or self._is_alliance(sides) else Roles()
            return Roles(sides)
        undergoing = self._first(behind, ("of",))
        if pattern.undergone and not undergoing:
            return Roles(self._first(behind, ("by",)), owner)
        agents = owner or self._first(behind, ("by",))
        recipients = self._first(behind, pattern.take) if agents or before else ()
        agents = agents or (before if recipients else ())
        if pattern.mode == "visit":
            recipients = self._hosts(recipients)
        return Roles(agents, recipients)

    def _owner(self, noun: int) -> tuple[str, ...]:
        """Name the possessor of a noun: "X's visit", "his visit"."""
        start = phrase_start(self.words, noun + 1, self.unit[0])
        genitive = next((k for k in range(noun - 1, start, -1) if self.words[k].tag == "gen"), None)
        if genitive is not None:
            return self.named(Phrase(start, genitive))
        possessive = next((k for k in range(noun - 1, start - 1, -1) if self.words[k].tag == "poss"), None)
        if possessive is None:
            return ()
        return self.cast.who(self.words, Phrase(possessive, possessive + 1)) or self._whose(noun)

    def _is_alliance(self, sides: tuple[str, ...]) -> bool:
        entities = (self.cast.mentions.by_id[side] for side in sides)
        return any(entity.type == "BLOC" or entity.sector == "IGO" for entity in entities)

    def _conveners(self, trigger: Trigger) -> tuple[str, ...]:
        """Name the body whose meeting it is: "attended the NATO summit", "the summit of NATO"."""
        named = [name for noun in trigger.nouns for name in self._named_before(noun)]
        for noun in trigger.nouns:
            named += self._first(list(arguments(self.words, noun + 1, min(self.unit[1], noun + _OF_REACH))), ("of",))
        bodies = (name for name in named if self.cast.mentions.by_id[name].type in BODIES)
        return tuple(name for name in bodies if self.cast.is_named(name))

    def _holders(self, k: int) -> tuple[str, ...]:
        """Name who held it by the clause behind a noun: "the drills, which X and Y began", "the talks X had with Y"."""
        words, high = self.words, self.unit[1]
        k += k < high and words[k].text == ","
        k += k < high and words[k].tag in {"rel", "that"}
        end = phrase_end(words, k, high)
        holds = k < end < high and words[end].low in _HOLDING
        return self.named(Phrase(k, end)) if holds else ()

    def _named_before(self, noun: int) -> tuple[str, ...]:
        """Name whoever stands before a noun in its own phrase: "the NATO summit", "Russian-Polish talks"."""
        start = phrase_start(self.words, noun + 1, self.unit[0])
        if start == noun:
            return ()
        within = self.cast.mentions.within(self.words[start].start, self.words[noun].start)
        return tuple(dict.fromkeys(entity.id for mention, entity in within if entity.type in ACTING))

    def _is_joint(self, noun: int) -> bool:
        return any(word.low in _JOINT for word in self.words[max(self.unit[0], noun - _JOINT_REACH) : noun])

    def is_unreal(self, noun: int) -> bool:
        """Tell whether a noun hangs on one by which it is only spoken of: "the risk of an attack"."""
        words = self.words
        first = max(self.unit[0], phrase_start(words, noun + 1, self.unit[0]) - 2)
        return any(words[k].low in _UNREAL and words[k + 1].low in _UNREAL_LINKS for k in range(first, noun))

    def _whose(self, noun: int) -> tuple[str, ...]:
        """Name who had the talks of "after talks with Y": the subject of the clause that the talks stand in."""
        verb = earlier_verb(self.words, noun, self.unit[0])
        if verb is None:
            verb = main_verb(self.words, noun + 1, self.unit[1])
        subject = subject_of(self.words, verb, self.unit[0]) if verb is not None else None
        return self.subject(subject)


def _merged(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*left, *right)))
