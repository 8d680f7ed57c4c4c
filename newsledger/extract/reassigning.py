"""Who is meant: mentions of one entity handed over to another, and the records that point at it by them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.extract.mentions import referenced
from newsledger.extract.registry import fold
from newsledger.records.extraction import Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from newsledger.extract.registry import Entry
    from newsledger.records.extraction import Event, Extraction, Mention
    from newsledger.records.spans import Span

    At = Callable[[str, Span], str]

_UNNAMED = ("role", "pronoun")


def entity_of(found: Extraction, ident: str, entries: Mapping[str, Entry]) -> Entity | None:
    """Give an entity of the article, or one of the registry, which is then without mentions; None for any other id."""
    entry = entries.get(ident)
    known = next((entity for entity in found.entities if entity.id == ident), None)
    if known is not None or entry is None:
        return known
    return Entity(
        id=entry.id,
        name=entry.name,
        type=entry.type,
        mentions=(),
        country=entry.country,
        sector=entry.sector,
        wikidata=entry.wikidata,
    )


def named_by(entity: Entity, form: str) -> frozenset[Mention]:
    """Give the mentions of an entity that are printed so, and those that stand for them.

    Those are shorter names out of the form's words, roles behind such a name, and pronouns behind either.
    """
    printed = _words(form)
    if not any(same_words(mention.text, form) for mention in entity.mentions):
        return frozenset()
    named = [mention for mention in entity.mentions if mention.kind not in _UNNAMED]
    meant = {mention for mention in entity.mentions if same_words(mention.text, form)}
    meant |= {mention for mention in named if set(_words(mention.text)) < set(printed)}
    for kind, leading in (("role", named), ("pronoun", [one for one in entity.mentions if one.kind != "pronoun"])):
        for mention in entity.mentions:
            if mention.kind == kind and _leader(mention, leading) in meant:
                meant.add(mention)
    return frozenset(meant)


def same_words(form: str, other: str) -> bool:
    """Tell whether two forms differ only in letter case, diacritics, spacing or a leading "the"."""
    return _words(form) == _words(other)


def hand_over(found: Extraction, was: Entity, to: Entity, moved: Collection[Mention]) -> Extraction:
    """Let mentions of `was` be mentions of `to`; a record that points at `was` by one of them follows it."""
    kept = tuple(mention for mention in was.mentions if mention not in moved)

    def at(ident: str, span: Span) -> str:
        return to.id if ident == was.id and _nearest((*kept, *moved), span) not in kept else ident

    if not kept and to.role is None:
        to = replace(to, role=was.role)
    renamed = _renamed(found, at)
    return replace(renamed, entities=_regrouped(found.entities, replace(was, mentions=kept), _gaining(to, moved)))


def point_at(found: Extraction, was: str | None, to: Entity, moved: Collection[Mention]) -> Extraction:
    """Let mentions be those of `to` alone; no record follows. Who lost the last one keeps it if a record points there.

    `was` is the id of the entity that they were mentions of, if any.
    """
    if not moved:
        return found
    former = next((entity for entity in found.entities if entity.id == was), None)
    if former is not None:
        left = tuple(mention for mention in former.mentions if mention not in moved)
        former = replace(former, mentions=left or former.mentions)
    return replace(found, entities=_regrouped(found.entities, former, _gaining(to, moved)))


def without_idle(found: Extraction, idents: Iterable[str], entries: Mapping[str, Entry]) -> Extraction:
    """Drop those of the entities that have no name, no place in the registry and no record."""
    used = referenced(found.citations, found.statements, found.figures, found.events)
    idle = {
        entity.id
        for entity in found.entities
        if entity.id in idents
        and entity.id not in used
        and entity.id not in entries
        and all(mention.kind in _UNNAMED for mention in entity.mentions)
    }
    return replace(found, entities=tuple(one for one in found.entities if one.id not in idle)) if idle else found


def with_sides(event: Event, actors: Iterable[str], recipients: Iterable[str]) -> Event:
    """Give an event other sides; nobody stands on one twice, and who acts is no recipient."""
    acting = tuple(dict.fromkeys(actors))
    return replace(
        event, actors=acting, recipients=tuple(one for one in dict.fromkeys(recipients) if one not in acting)
    )


def _renamed(found: Extraction, at: At) -> Extraction:
    """Give every record the ids that `at` gives for those it has, told where they are pointed at."""

    def one(ident: str | None, span: Span) -> str | None:
        return None if ident is None else at(ident, span)

    def some(idents: Iterable[str], span: Span) -> tuple[str, ...]:
        return tuple(dict.fromkeys(at(ident, span) for ident in idents))

    def source(ident: str | None, span: Span) -> str | None:
        """Give who vouches for it: the speaker in whose words it is told."""
        told = (said for said in found.statements if said.speaker == ident and said.content.covers(span))
        said = next(told, None)
        return one(ident, (said.speaker_span or said) if said else span)

    line = found.dateline
    return replace(
        found,
        dateline=line and replace(line, agency=one(line.agency, line), place=one(line.place, line)),
        citations=tuple(replace(each, source=at(each.source, each)) for each in found.citations),
        statements=tuple(
            replace(each, speaker=one(each.speaker, each.speaker_span or each), via=some(each.via, each))
            for each in found.statements
        ),
        events=tuple(
            replace(
                with_sides(each, some(each.actors, each), some(each.recipients, each)),
                location=one(each.location, each),
                attributed_to=source(each.attributed_to, each.trigger),
            )
            for each in found.events
        ),
        figures=tuple(
            replace(each, about=some(each.about, each), attributed_to=source(each.attributed_to, each))
            for each in found.figures
        ),
    )


def _regrouped(entities: Iterable[Entity], former: Entity | None, gaining: Entity) -> tuple[Entity, ...]:
    """Put the two in, in the order in which the text first mentions them; who is left without a mention is dropped."""
    known = {entity.id: entity for entity in entities}
    if former is not None:
        known[former.id] = former
    known[gaining.id] = gaining
    mentioned = (entity for entity in known.values() if entity.mentions)
    return tuple(sorted(mentioned, key=lambda entity: entity.mentions[0].start))


def _gaining(entity: Entity, mentions: Iterable[Mention]) -> Entity:
    places = {(mention.start, mention.end): mention for mention in (*mentions, *entity.mentions)}
    return replace(entity, mentions=tuple(places[place] for place in sorted(places)))


def _nearest(mentions: Iterable[Mention], span: Span) -> Mention:
    """Give the mention nearest to a piece of text; one before it rather than one behind."""
    return min(mentions, key=lambda one: (max(span.start - one.end, one.start - span.end, 0), one.start > span.start))


def _leader(mention: Mention, leading: Iterable[Mention]) -> Mention | None:
    """Give the last of the leading mentions before this one, else the first behind it."""
    first = last = None
    for one in leading:
        first = first or one
        if one.start < mention.start:
            last = one
    return last or first


def _words(form: str) -> tuple[str, ...]:
    words = tuple(fold(word).casefold() for word in form.split())
    return words[1:] if len(words) > 1 and words[0] == "the" else words
