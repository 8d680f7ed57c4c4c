"""Corrections replayed on what was read out of an article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from newsledger.extract.corrections import NoEvent, WrongEntity, WrongSpeaker
from newsledger.extract.reassigning import entity_of, hand_over, named_by, point_at, with_sides, without_idle
from newsledger.records.extraction import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsledger.extract.corrections import Correction
    from newsledger.extract.registry import Entry
    from newsledger.records.extraction import Entity, Event, Extraction, Figure, Statement
    from newsledger.records.spans import Span

# What became of a correction: it changed what was read, or that was right already, or there is nothing left to correct.
State = Literal["applied", "no longer needed", "lost"]
# The least share of the longer one that what was said and a correction's words have in common.
_SAME = 0.5
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction; `reason` says why it is lost."""

    state: State
    reason: str = ""


Corrected = tuple["Extraction", Outcome]


def correct(
    found: Extraction, corrections: Iterable[Correction], entries: Mapping[str, Entry]
) -> tuple[Extraction, tuple[Outcome, ...]]:
    """Replay the corrections of an article on its extraction, one after the other; tell what became of each.

    Pure. What comes out is as whole as what went in: every span re-reads, each entity stands once and is mentioned,
    and every id that a record points at is among the entities. One that is lost changes nothing.
    """
    outcomes = []
    for correction in corrections:
        found, outcome = _replay(found, correction, entries)
        outcomes.append(outcome)
    return found, tuple(outcomes)


def _replay(found: Extraction, correction: Correction, entries: Mapping[str, Entry]) -> Corrected:
    if not correction.stands(found.article.text):
        return found, Outcome("lost", "the words are gone")
    match correction:
        case WrongSpeaker():
            return _speaker(found, correction, entries)
        case WrongEntity():
            return _identity(found, correction, entries)
        case NoEvent():
            return _no_event(found, correction, entries)
    raise TypeError(type(correction).__name__)


def _no_event(found: Extraction, correction: NoEvent, entries: Mapping[str, Entry]) -> Corrected:
    start, end = correction.place(found.article.text) or (0, 0)
    refused = [
        event
        for event in found.events
        if event.trigger.start < end
        and start < event.trigger.end
        and (not correction.sides or {*event.actors, *event.recipients} == {*correction.sides})
    ]
    if not refused:
        return found, Outcome("no longer needed")
    left = replace(found, events=tuple(event for event in found.events if event not in refused))
    sides = {ident for event in refused for ident in (*event.actors, *event.recipients)}
    return without_idle(left, sides, entries), Outcome("applied")


def _identity(found: Extraction, correction: WrongEntity, entries: Mapping[str, Entry]) -> Corrected:
    meant = {
        entity.id: (entity, mentions) for entity in found.entities if (mentions := named_by(entity, correction.words))
    }
    others = [ident for ident in meant if ident != correction.to]
    # What is read as a third one is wrong as well, unless the form stands for several.
    wrong = correction.was if correction.was in others else others[0] if len(meant) == len(others) == 1 else None
    if wrong is None:
        right = correction.to in meant
        return found, Outcome("no longer needed") if right else Outcome("lost", "nobody is read to be named so")
    to = entity_of(found, correction.to, entries)
    if to is None:
        return found, _unknown(correction.to)
    return hand_over(found, meant[wrong][0], to, meant[wrong][1]), Outcome("applied")


def _speaker(found: Extraction, correction: WrongSpeaker, entries: Mapping[str, Entry]) -> Corrected:
    said = _said(found, correction)
    if not said:
        return found, Outcome("lost", "these words are not read as said by one")
    former = said[0].speaker
    if former == correction.to:
        return found, Outcome("no longer needed")
    if correction.to is None:
        changed = {one.id: replace(one, speaker=None, speaker_span=None) for one in said}
        return without_idle(_retold(found, changed), [former or ""], entries), Outcome("applied")
    to = entity_of(found, correction.to, entries)
    if to is None:
        return found, _unknown(correction.to)
    pointing = [_pointing(found, one, to) for one in said]
    changed = {
        one.id: replace(one, speaker=to.id, speaker_span=span, via=tuple(relay for relay in one.via if relay != to.id))
        for one, (span, _) in zip(said, pointing, strict=True)
    }
    mentions = {mention for _, moved in pointing for mention in moved}
    known = point_at(_retold(found, changed), former, to, mentions)
    return without_idle(known, [former or ""], entries), Outcome("applied")


def _unknown(ident: str) -> Outcome:
    return Outcome("lost", f"neither the registry nor the article knows {ident!r}")


def _said(found: Extraction, correction: WrongSpeaker) -> list[Statement]:
    """Give the statement that the words are, with the other parts of its quote."""
    start, end = correction.place(found.article.text) or (0, 0)

    def share(content: Span) -> float:
        common = min(content.end, end) - max(content.start, start)
        return common / max(content.end - content.start, end - start)

    most = max((share(one.content) for one in found.statements), default=0)
    same = [one for one in found.statements if share(one.content) == most > _SAME]
    by_speaker = {one.speaker: one for one in reversed(same)}
    one = by_speaker.get(correction.was) or by_speaker.get(correction.to)
    if one is None and len(same) == 1:
        one = same[0]
    if one is None:
        return []
    return [
        other
        for other in found.statements
        if other.id == one.id or (one.group and other.group == one.group and other.speaker == one.speaker)
    ]


def _pointing(found: Extraction, said: Statement, to: Entity) -> tuple[Span | None, tuple[Mention, ...]]:
    """Give the words that name the right speaker, and which mentions are his or hers from now on.

    A role or a pronoun that was read as somebody else is; the name of somebody else names the speaker only where
    nothing else in the article does.
    """
    span = said.speaker_span
    if span is None:
        # The words that tell that it is said must point at who says it where no others do.
        return None, () if to.mentions else (_mention(said.cue or said.content, "role"),)
    within = {entity.id: [one for one in entity.mentions if one.overlaps(span)] for entity in (*found.entities, to)}
    if within[to.id]:
        return span, ()
    wrong = within.get(said.speaker or "", [])
    if not wrong:
        return span, (_mention(span, "pronoun" if span.text.lower() in _PRONOUNS else "role"),)
    loose = tuple(one for one in wrong if one.kind in {"role", "pronoun"}) if to.mentions else tuple(wrong)
    return (span if loose else None), loose


def _mention(span: Span, kind: Literal["role", "pronoun"]) -> Mention:
    return Mention(start=span.start, end=span.end, text=span.text, kind=kind)


def _retold(found: Extraction, changed: Mapping[str, Statement]) -> Extraction:
    """Put changed statements in; what is told in them, or done by saying them, follows their speakers.

    One that another speaker's statement of the same words equals by now is left out.
    """
    former = [one for one in found.statements if one.id in changed]
    # Where no words of a statement name its speaker, "we" and "I" do.
    names = [place for entity in found.entities if entity.id == former[0].speaker for place in entity.mentions]
    twins = {
        new.id: other.id
        for new in changed.values()
        for other in found.statements
        if other.id not in changed and (other.content, other.speaker) == (new.content, new.speaker)
    }

    def retold(event: Event) -> Event:
        event = replace(event, statement=twins.get(event.statement or "", event.statement))
        for one in former:
            new = changed[one.id]
            if one.cue and event.trigger.overlaps(one.cue):
                return with_sides(event, _swapped(event.actors, one, new), event.recipients)
            if event.statement == twins.get(one.id, one.id):
                told = event.attributed_to == _voucher(one)
                event = replace(event, attributed_to=_voucher(new) if told else event.attributed_to)
                named = any(place.overlaps(event) and one.content.covers(place) for place in names)
                sides = event.actors, event.recipients
                return event if named else with_sides(event, *(_swapped(side, one, new) for side in sides))
        return event

    def recounted(figure: Figure) -> Figure:
        for one in former:
            if one.content.covers(figure) and figure.attributed_to == one.speaker:
                return replace(figure, attributed_to=changed[one.id].speaker)
        return figure

    return replace(
        found,
        statements=tuple(changed.get(one.id, one) for one in found.statements if one.id not in twins),
        events=tuple(map(retold, found.events)),
        figures=tuple(map(recounted, found.figures)),
    )


def _swapped(side: Sequence[str], former: Statement, now: Statement) -> list[str]:
    return [ident for ident in (now.speaker if one == former.speaker else one for one in side) if ident]


def _voucher(said: Statement) -> str | None:
    return said.speaker or (said.via[0] if said.via else None)
