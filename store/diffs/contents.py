"""What a record says, ids and offsets aside: as fields that can be compared, and in one line for people. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from newsledger.records.run import RecordType
from newsledger.records.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from newsledger.records.extraction import (
        Citation,
        Entity,
        Event,
        Extraction,
        Figure,
        Statement,
        Time,
        Topic,
    )

    Record = Entity | Citation | Statement | Event | Figure | Time | Topic

RECORD_TYPES: tuple[RecordType, ...] = get_args(RecordType)
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"') | dict.fromkeys("\u2018\u2019\u201a", "'"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A record with what it says.

    `fields` are pairs of name and value; two records that agree in them say the same. `identity` is what most likely
    stays where they differ, `said` the words to compare by, [`start`, `end`) where it stands in its text.
    """

    type: RecordType
    record: Record
    fields: tuple[tuple[str, str], ...]
    identity: str
    said: str
    start: int
    end: int
    line: str

    @property
    def span(self) -> Span | None:
        """Return all of the record's text; None for what has no place of its own."""
        return self.record if isinstance(self.record, Span) else None


def facts_of(extraction: Extraction, shared: frozenset[str]) -> Mapping[RecordType, tuple[Fact, ...]]:
    """Give what each record of an article says.

    Entities are told apart by their id where it is one of the `shared` ones, else by their name.
    """
    names = _Names(extraction, shared)
    return {
        "entity": tuple(_entity(entity, names) for entity in extraction.entities),
        "citation": tuple(_citation(citation, names) for citation in extraction.citations),
        "statement": tuple(_statement(statement, names) for statement in extraction.statements),
        "event": tuple(_event(event, names) for event in extraction.events),
        "figure": tuple(_figure(figure, names) for figure in extraction.figures),
        "time": tuple(_time(time) for time in extraction.times),
        "topic": tuple(_topic(topic) for topic in extraction.topics),
    }


def normal(text: str) -> str:
    """Give a text as it is compared: white space and the shape of quotation marks make no difference."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).split())


class _Names:
    """How an article's entities are called, among each other and beside those of another reading."""

    def __init__(self, extraction: Extraction, shared: frozenset[str]) -> None:
        self._names = {entity.id: entity.name for entity in extraction.entities}
        self._shared = shared

    def token(self, entity_id: str | None) -> str:
        if entity_id is None:
            return ""
        name = self._names.get(entity_id)
        return entity_id if name is None or entity_id in self._shared else f"~{normal(name).casefold()}"

    def tokens(self, ids: Iterable[str]) -> str:
        return ", ".join(map(self.token, ids))

    def name(self, entity_id: str) -> str:
        return self._names.get(entity_id, entity_id)

    def names(self, ids: Iterable[str]) -> str:
        return ", ".join(map(self.name, ids))

    def source(self, entity_id: str | None) -> str:
        return f", according to {self.name(entity_id)}" if entity_id else ""


def _fact(type_: RecordType, record: Record, place: Span | None, line: str, /, **content: Any) -> Fact:  # noqa: ANN401 - fields of any type
    identity, said = content.pop("identity"), content.pop("said")
    return Fact(
        type=type_,
        record=record,
        fields=tuple((name, _written(value)) for name, value in content.items()),
        identity=identity,
        said=said.casefold(),
        start=place.start if place else 0,
        end=place.end if place else 0,
        line=normal(line),
    )


def _written(value: object) -> str:
    return "" if value is None else normal(str(value))


def _entity(entity: Entity, names: _Names) -> Fact:
    known = [one for one in (entity.type, entity.country, entity.role) if one]
    return _fact(
        "entity",
        entity,
        entity.mentions[0] if entity.mentions else None,
        f"{entity.name} ({', '.join(known)}; mentioned {len(entity.mentions)} times)",
        identity=names.token(entity.id),
        said=entity.name,
        name=entity.name,
        type=entity.type,
        country=entity.country,
        sector=entity.sector,
        role=entity.role,
        wikidata=entity.wikidata,
        mentions=", ".join(sorted(f"{mention.text} ({mention.kind})" for mention in entity.mentions)),
    )


def _citation(citation: Citation, names: _Names) -> Fact:
    source = names.token(citation.source)
    line = f"{names.name(citation.source)}: {citation.text}"
    said = f"{source} {citation.text}"
    return _fact("citation", citation, citation, line, identity=source, said=said, source=source, text=citation.text)


def _statement(statement: Statement, names: _Names) -> Fact:
    speaker = names.name(statement.speaker) if statement.speaker else "somebody"
    content = normal(statement.content.text)
    told = f"“{statement.content.text}”" if statement.kind == "direct" else statement.content.text
    return _fact(
        "statement",
        statement,
        statement.content,
        f"{speaker} {statement.cue.text if statement.cue else 'said'}: {told}",
        identity=content.casefold(),
        said=content,
        kind=statement.kind,
        content=content,
        speaker=names.token(statement.speaker),
        speaker_as=statement.speaker_span and statement.speaker_span.text,
        cue=statement.cue and statement.cue.text,
        verb=statement.verb,
        via=names.tokens(statement.via),
        is_split=statement.group is not None,
        text=statement.text,
    )


def _event(event: Event, names: _Names) -> Fact:
    actors, recipients = names.tokens(event.actors), names.tokens(event.recipients)
    towards = f" → {names.names(event.recipients)}" if event.recipients else ""
    known = ", ".join(filter(None, (event.status, _days(event.date_start, event.date_end))))
    line = f"{event.type} {names.names(event.actors) or '?'}{towards} ({known}){names.source(event.attributed_to)}"
    return _fact(
        "event",
        event,
        event.trigger,
        line,
        identity=f"{event.type} {normal(event.trigger.text)}",
        said=f"{event.trigger.text} {actors} {recipients}",
        type=event.type,
        status=event.status,
        actors=actors,
        recipients=recipients,
        attributed_to=names.token(event.attributed_to),
        mode=event.mode,
        contexts=", ".join(event.contexts),
        quad=event.quad,
        intensity=event.intensity,
        confidence=f"{event.confidence:.2f}",
        location=names.token(event.location),
        dates=_period(event.date_start, event.date_end),
        is_said=event.statement is not None,
        trigger=event.trigger.text,
        text=event.text,
    )


def _figure(figure: Figure, names: _Names) -> Fact:
    value, most = _number(figure.value), None if figure.value_max is None else _number(figure.value_max)
    pieces = [
        "" if figure.bound in ("exact", "between") else figure.bound,
        f"{value}\u2013{most}" if most else value,
        "" if figure.unit == "count" and figure.quantity_of else figure.unit,
        figure.quantity_of or "",
        f"({figure.change})" if figure.change else "",
        _days(figure.period_start, figure.period_end),
    ]
    return _fact(
        "figure",
        figure,
        figure,
        " ".join(filter(None, pieces)) + names.source(figure.attributed_to),
        identity=f"{figure.unit} {normal(figure.quantity_of or '')}",
        said=f"{figure.text} {figure.quantity_of or ''}",
        value=value,
        value_max=most,
        unit=figure.unit,
        bound=figure.bound,
        change=figure.change,
        quantity_of=figure.quantity_of,
        about=names.tokens(figure.about),
        period=_period(figure.period_start, figure.period_end),
        attributed_to=names.token(figure.attributed_to),
        text=figure.text,
    )


def _time(time: Time) -> Fact:
    return _fact(
        "time",
        time,
        time,
        f"{time.text} = {time.value}",
        identity=time.value,
        said=time.text,
        type=time.type,
        value=time.value,
        dates=_period(time.date_start, time.date_end),
        text=time.text,
    )


def _topic(topic: Topic) -> Fact:
    score = f"{topic.score:.2f}"
    evidence = ", ".join(sorted(span.text for span in topic.evidence))
    line = f"{topic.topic} {score}"
    return _fact(
        "topic",
        topic,
        None,
        line,
        identity=topic.topic,
        said=topic.topic,
        topic=topic.topic,
        score=score,
        evidence=evidence,
    )


def _number(value: Decimal) -> str:
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _days(start: date | None, end: date | None) -> str:
    """Write an interval of days for people."""
    return "" if start is None and end is None else str(start) if start == end else f"{start} to {end}"


def _period(start: date | None, end: date | None) -> str:
    return "" if start is None and end is None else f"{start}/{end}"
