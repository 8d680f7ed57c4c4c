"""A reader of toy sentences, so that a test can show which records a change of the text makes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from newsledger.records.article import Article
from newsledger.records.extraction import Entity, Event, Extraction, Figure, Mention, Statement, Topic
from newsledger.records.spans import Span

SPEAKERS = {"Lind": "lind", "Petrov": "petrov"}
SENTENCE = re.compile(
    r"(?P<who>\w+) said (?P<what>[^.]+)\.|(?P<number>\d+) (?P<of>\w+) came\.|(?P<actor>\w+) met (?P<other>\w+)\."
)


def read(text: str, prefix: str = "", extractor: str = "x1") -> Extraction:
    """Read a text by pattern; ids begin with `prefix`."""
    statements, figures, events = [], [], []
    for number, match in enumerate(SENTENCE.finditer(text)):
        own: dict[str, Any] = {
            "start": match.start(),
            "end": match.end(),
            "text": match.group(),
            "id": f"{prefix}{number}",
        }
        if match["who"]:
            statements.append(
                Statement(
                    **own,
                    kind="indirect",
                    content=span(match, "what"),
                    speaker=prefix + SPEAKERS[match["who"]],
                    speaker_span=span(match, "who"),
                    verb="say",
                )
            )
        elif match["number"]:
            value = Decimal(match["number"])
            figures.append(Figure(**at(match, "number"), value=value, unit="count", quantity_of=match["of"]))
        else:
            events.append(
                Event(
                    **own,
                    trigger=Span(start=match.end("actor") + 1, end=match.end("actor") + 4, text="met"),
                    type="CONSULT",
                    quad="verbal cooperation",
                    intensity=4,
                    status="occurred",
                    confidence=1,
                    actors=(prefix + SPEAKERS[match["actor"]],),
                    recipients=(prefix + SPEAKERS[match["other"]],),
                )
            )
    return Extraction(
        article=Article(article_id="a", text=text),
        extractor=extractor,
        sentences=((0, len(text)),) if text else (),
        entities=tuple(
            Entity(
                id=prefix + entity_id,
                name=name,
                type="PER",
                mentions=tuple(
                    Mention(start=found.start(), end=found.end(), text=name, kind="name")
                    for found in re.finditer(name, text)
                ),
            )
            for name, entity_id in SPEAKERS.items()
            if name in text
        ),
        statements=tuple(statements),
        figures=tuple(figures),
        events=tuple(events),
        topics=(Topic(topic="talks", score=0.5, evidence=()),) if "talks" in text else (),
    )


def at(match: re.Match[str], name: str) -> dict[str, Any]:
    return {"start": match.start(name), "end": match.end(name), "text": match[name]}


def span(match: re.Match[str], name: str) -> Span:
    return Span(**at(match, name))
