"""Which entities a noun phrase stands for."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from newsledger.extract.grammar.cue_lexicon import cue_nouns
from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.phrases import Phrase, head_of, is_role, phrase_end
from newsledger.extract.lists.countries import country_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.grammar.words import Word
    from newsledger.extract.mentions import Mentions
    from newsledger.records.extraction import Citation, Entity, Mention

# Who can speak and act; a place, an event or a product can't.
ACTING = frozenset({"PER", "ORG", "GPE", "NORP", "BLOC"})
_RELAY_NAMES = ("press service", "press office")
_PERSONS = word_set("agent_persons")
_STATES = word_set("states")
_OFFICES = word_set("persons")
_NATIONAL = frozenset({"demonym", "metonym"})
_BODIES = frozenset({"ORG", "BLOC"})
_OWNING = frozenset({"of", "by", "from"})
_OFFICES_HELD = frozenset({"president", "minister", "premier", "chancellor", "king", "pope", "leader", "mr", "mrs"})
_NATIONAL_ENDINGS = ("ian", "ish", "ese", "an", "ch", "i")
_PAIR = 2
_NEAR = 3
# How far back, in characters, "the two countries" points.
_PAIR_REACH = 10_000
_BODY_REACH = 3_000
# How far back "he" points, where nobody else has spoken.
_PERSON_REACH = 300


@dataclass(frozen=True)
class Cast:
    """The entities of a text as speakers and actors; `citations` tell which of them only pass words on."""

    mentions: Mentions
    citations: Sequence[Citation] = field(default=())

    @cached_property
    def tellers(self) -> frozenset[str]:
        """The entities that the article cites."""
        return frozenset(citation.source for citation in self.citations)

    @cached_property
    def _outlets(self) -> frozenset[str]:
        return frozenset(e.id for e in self.mentions.entities if e.id in self.tellers or _is_outlet(e))

    def is_outlet(self, entity: str) -> bool:
        """Tell whether an entity is an agency or outlet, of which the article cites facts."""
        return entity in self._outlets

    def is_relay(self, entity: str) -> bool:
        """Tell whether an entity passes on what others say: an outlet, a press service."""
        name = self.mentions.by_id[entity].name.lower()
        return entity in self._outlets or any(relay in name for relay in _RELAY_NAMES)

    def cited(self, words: Sequence[Word], phrase: Phrase) -> tuple[str, ...]:
        """Name the outlet that a citation finds in a phrase."""
        start, end = words[phrase.first].start, words[phrase.end - 1].end
        first = max(0, bisect_left(self._citation_starts, start) - 1)
        near = self.citations[first : first + _NEAR]
        return tuple(c.source for c in near if c.start < end and start < c.end)[:1]

    def citations_in(self, start: int, end: int) -> Sequence[Citation]:
        """Give the citations that begin in a piece of the text."""
        return self.citations[bisect_left(self._citation_starts, start) : bisect_left(self._citation_starts, end)]

    @cached_property
    def _citation_starts(self) -> list[int]:
        return [citation.start for citation in self.citations]

    def who(self, words: Sequence[Word], phrase: Phrase) -> tuple[str, ...]:
        """Name the entities that a phrase stands for, one a conjunct; what only qualifies the head is none.

        A head that names nobody is taken for what explains it ("the minister, X,"); "the two countries" are the two
        that the text spoke of most up to there.
        """
        found = self._heads(words, phrase)
        unnamed = not any(_is_named(self.mentions.by_id[entity]) for entity in found)
        if unnamed and phrase.end + 1 < len(words) and words[phrase.end].text == ",":
            close = phrase_end(words, phrase.end + 1, len(words))
            if words[phrase.end + 1].tag == "name" and close < len(words) and words[close].tag == "punct":
                found = self._heads(words, Phrase(phrase.end + 1, close)) or found
        return found or self._titled(words, phrase) or self._authors(words, phrase) or self._pair(words, phrase)

    def _titled(self, words: Sequence[Word], phrase: Phrase) -> tuple[str, ...]:
        """Name the person whose title holds a preposition, "Secretary of State X"; not of "an aide of President X"."""
        end = words[phrase.end - 1].end
        for mention, entity in self.mentions.within(words[phrase.first].start, end):
            if mention.end == end and entity.type == "PER" and mention.kind == "name":
                first = next(k for k in range(phrase.first, phrase.end) if words[k].end > mention.start)
                before = words[first - 1]
                free = first > phrase.first and before.tag in {"name", "word"} and before.low not in _OFFICES_HELD
                return (entity.id,) if free else ()
        return ()

    def _authors(self, words: Sequence[Word], phrase: Phrase) -> tuple[str, ...]:
        """Name who speaks in a document or is called a body: "a statement by X", "the X poll", "the X project"."""
        head = head_of(words, phrase)
        if not is_document(words, phrase) and words[head].low not in cue_nouns("bodies"):
            return ()
        if head + 2 < phrase.end and words[head + 1].low in _OWNING:
            return self._heads(words, Phrase(head + 2, phrase.end))
        owner = next((k for k in range(head - 1, phrase.first, -1) if words[k].tag == "gen"), None)
        if owner is not None:
            return self._heads(words, Phrase(phrase.first, owner))
        inside = self.mentions.within(words[phrase.first].start, words[head].start)
        return tuple(entity.id for mention, entity in inside if mention.kind == "name" and entity.type in _BODIES)[-1:]

    def _heads(self, words: Sequence[Word], phrase: Phrase) -> tuple[str, ...]:
        found = (entity.id for part in _conjuncts(words, phrase) for entity in self._at_head(words, part))
        return tuple(dict.fromkeys(found))

    def _at_head(self, words: Sequence[Word], part: Phrase) -> list[Entity]:
        """Give the entity whose mention covers the head the widest; several where one phrase stands for several."""
        head = words[head_of(words, part)]
        covering = [
            (mention.end - mention.start, entity)
            for mention, entity in self.mentions.within(words[part.first].start, words[part.end - 1].end)
            if mention.start <= head.start < mention.end and entity.type in ACTING
        ]
        widest = max((width for width, _ in covering), default=0)
        return [entity for width, entity in covering if width == widest]

    def person_before(self, offset: int) -> str | None:
        """Name the person whom the text named last before an offset, not far from it."""
        near = self.mentions.within(max(0, offset - _PERSON_REACH), offset)
        return next((e.id for m, e in reversed(near) if e.type == "PER" and m.kind in {"name", "role"}), None)

    def body_called(self, noun: str, offset: int) -> tuple[str, ...]:
        """Name the body, named before an offset, whose name holds a noun: "the club" of "Northport Sailing Club"."""
        near = self.mentions.within(max(0, offset - _BODY_REACH), offset)
        named = (e.id for m, e in reversed(near) if e.type == "ORG" and noun in m.text.lower().split()[1:])
        return tuple(islice(named, 1))

    def groups(self, words: Sequence[Word], phrase: Phrase) -> tuple[str, ...]:
        """Name the state or body that an unnamed group of people belongs to: "Russian troops", "fighters of the X"."""
        found = [self.mentions.by_id[entity] for entity in self.who(words, phrase)]
        if not found or not words[head_of(words, phrase)].low.endswith("s") or any(map(_is_named, found)):
            return ()
        owners = (entity for entity in self.owners(words, phrase) if _is_named(self.mentions.by_id[entity]))
        return tuple(owners)

    def is_named(self, entity: str) -> bool:
        """Tell whether the text gives an entity a name."""
        return _is_named(self.mentions.by_id[entity])

    def _pair(self, words: Sequence[Word], phrase: Phrase) -> tuple[str, ...]:
        """Resolve "the two countries" and "both presidents"."""
        lows = {word.low for word in words[phrase.first : phrase.end]}
        kind = "GPE" if lows & _STATES else "PER" if lows & _OFFICES else None
        if kind is None or not lows & {"two", "both"}:
            return ()
        counts: dict[str, int] = {}
        end = words[phrase.first].start
        for mention, entity in self.mentions.within(max(0, end - _PAIR_REACH), end):
            if entity.type == kind and mention.kind != "pronoun" and (kind == "PER" or _is_country(entity)):
                counts[entity.id] = counts.get(entity.id, 0) + 1
        best = sorted(counts, key=lambda entity: -counts[entity])[:_PAIR]
        return tuple(best) if len(best) == _PAIR else ()

    def owners(self, words: Sequence[Word], phrase: Phrase) -> tuple[str, ...]:
        """Name whom a phrase belongs to where its head names nobody: "Russian experts", "the army of Chad"."""
        start, end = words[phrase.first].start, words[phrase.end - 1].end
        within = self.mentions.within(start, end)
        inside = [(m, e) for m, e in within if e.type in ACTING and m.kind != "role" and _qualifies(words, phrase, m)]
        if not inside:
            return ()
        joined = [inside[0]]
        for pair in inside[1:]:
            if _between(words, phrase, joined[-1][0].end, pair[0].start) not in (["and"], ["and", "the"]):
                break
            joined.append(pair)
        return tuple(dict.fromkeys(entity.id for _, entity in joined))

    @cached_property
    def _countries(self) -> dict[str, str]:
        """The country among the entities, by code: of several places the one that acts or has a demonym."""
        found: dict[str, str] = {}
        for entity in self.mentions.entities:
            if entity.type == "GPE" and entity.country and _is_country(entity):
                found.setdefault(entity.country, entity.id)
        return found

    def country_of(self, entity: str) -> str | None:
        """Find the country that a place lies in; the entity itself where it is no city, None where none is named."""
        place = self.mentions.by_id[entity]
        if place.type != "GPE" or _is_country(place) or place.country is None:
            return entity
        return self._countries.get(place.country)


def _qualifies(words: Sequence[Word], phrase: Phrase, mention: Mention) -> bool:
    """Tell whether a mention stands before the head of a phrase or hangs on it with "of"."""
    head = head_of(words, phrase)
    if mention.end <= words[head].start:
        return True
    return any(
        words[k].low == "of" and words[k].end <= mention.start and words[k + 1].tag != "prep"
        for k in range(head + 1, phrase.end - 1)
    )


def _between(words: Sequence[Word], phrase: Phrase, start: int, end: int) -> list[str]:
    return [word.low for word in words[phrase.first : phrase.end] if start <= word.start and word.end <= end]


def _is_named(entity: Entity) -> bool:
    return any(mention.kind not in {"role", "pronoun"} for mention in entity.mentions)


def _is_country(entity: Entity) -> bool:
    """Tell whether a place is a state: one of the world's, or one spoken of by a demonym or a metonym."""
    known = country_ids().get(entity.country or "")
    return known == entity.id or any(m.kind in _NATIONAL for m in entity.mentions)


def _is_outlet(entity: Entity) -> bool:
    named = any(mention.kind == "name" for mention in entity.mentions)
    return entity.type == "ORG" and entity.sector == "JRN" and named


def _conjuncts(words: Sequence[Word], phrase: Phrase) -> list[Phrase]:
    """Split a phrase at "and" and at the commas of a list."""
    joined = any(words[k].low in {"and", "&"} for k in range(phrase.first, phrase.end))
    parts: list[Phrase] = []
    head, first = head_of(words, phrase), phrase.first
    hangs = head + 1 < phrase.end and words[head + 1].low == "of" and words[head].low.endswith("s")
    for k in range(phrase.first, phrase.end if not hangs else phrase.first):
        if joined and (words[k].low in {"and", "&"} or words[k].text == ","):
            parts += [Phrase(first, k)] if first < k else []
            first = k + 1
    return [*parts, Phrase(first, phrase.end)] if first < phrase.end else parts


def can_speak(words: Sequence[Word], phrase: Phrase) -> bool:
    """Tell whether a phrase that names no entity may still be a speaker: a pronoun or a kind of person or body."""
    head = words[head_of(words, phrase)]
    return head.low in _PERSONS or is_role(head.low) or head.tag == "name"


def is_document(words: Sequence[Word], phrase: Phrase) -> bool:
    """Tell whether a phrase stands for what somebody wrote or said: "a joint statement", "the ministry's report"."""
    return words[head_of(words, phrase)].low in cue_nouns("documents")


def is_bare_relay(words: Sequence[Word], phrase: Phrase) -> bool:
    """Tell whether a phrase stands for an outlet: "the agency", "reports", "the X news site"; not "a Polish daily"."""
    head = words[head_of(words, phrase)].low
    if head not in cue_nouns("agencies"):
        return False
    named = any(w.tag == "name" and not w.low.endswith(_NATIONAL_ENDINGS) for w in words[phrase.first : phrase.end])
    known = words[phrase.first].low == "the" and phrase.end - phrase.first <= len(("the", "state", "news", "agency"))
    return named or known or phrase.end - phrase.first <= len(("a", "report"))
