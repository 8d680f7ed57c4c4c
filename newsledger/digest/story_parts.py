"""What a story is made of beside its records: the sentences that tell it, who is in it, and when what happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from newsledger.digest.events import event_lines
from newsledger.digest.lines import CastLine, EventLine
from newsledger.digest.reading import anchor_of, plain
from newsledger.records.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.digest.lines import Line, Passage
    from newsledger.digest.novelty import Told
    from newsledger.digest.reading import Reading
    from newsledger.records.extraction import Extraction

TIMELINE = 3
# A longer sentence is no summary: the clause alone is shown.
LONGEST = 300
# A first sentence of fewer words is a caption or a heading.
FEWEST_WORDS = 5
# Of so many sentences a glance and a summary are chosen.
SENTENCES = 8
# What lies further back is history.
RECENT = timedelta(days=30)
TOOK_PLACE = frozenset(("occurred", "ongoing"))


def sentences_of(
    reading: Reading,
    lead: Extraction,
    records: Sequence[Line],
    told: Told,
) -> tuple[Passage, ...]:
    """Give sentences that tell a story, the best first: the first of its lead, then those of `records` in their order.

    None stands there twice, and none that an earlier article of the story has already.
    """
    chosen: list[Passage] = []
    for sentence in _candidates(reading, lead, records):
        if len(chosen) == SENTENCES:
            break
        is_new = not told.sentence(sentence.text)
        if is_new and not any(_is_alike(sentence, one) for one in chosen):
            chosen.append(sentence)
    return tuple(chosen)


def cast_lines(reading: Reading, articles: Sequence[Extraction]) -> list[CastLine]:
    """Give whom a story's articles name, those whom most name first, with the place where the first does."""
    named, mentioned = Counter[str](), Counter[str]()
    proofs: dict[str, Passage] = {}
    for extraction in articles:
        for entity in extraction.entities:
            names = [mention for mention in entity.mentions if mention.kind == "name"]
            if names:
                named[entity.id] += 1
                mentioned[entity.id] += len(entity.mentions)
                proofs.setdefault(entity.id, reading.cite(extraction, names[0]))
    order = sorted(named, key=lambda entity_id: (-named[entity_id], -mentioned[entity_id], entity_id))
    lines = []
    for entity_id in order:
        entity, proof = reading.entities[entity_id], proofs[entity_id]
        lines.append(
            CastLine(
                anchor=anchor_of("n", proof.article_id, entity_id),
                passages=(proof,),
                proofs=(proof,),
                weight=float(named[entity_id]),
                entity_id=entity_id,
                name=entity.name,
                type=entity.type,
                role=entity.role,
                country=entity.country,
                articles=named[entity_id],
            )
        )
    return lines


def timeline_of(reading: Reading, articles: Sequence[Extraction]) -> tuple[EventLine, ...]:
    """Give the weightiest deeds of a story by their days, one of a type and day; none where all are of one day."""
    day = reading.view.day
    dated: dict[tuple[object, ...], EventLine] = {}
    for line in event_lines(reading, articles):
        if line.status in TOOK_PLACE and line.when[0] and day - RECENT <= line.when[0] <= day:
            dated.setdefault((line.type, line.when[0]), line)
    first = list(dated.values())[:TIMELINE]
    chosen = sorted(first, key=lambda line: (str(line.when[0]), str(line.when[1]), line.anchor))
    if len({line.when[0] for line in chosen}) < 2:  # noqa: PLR2004 - one day is no line
        return ()
    return tuple(replace(line, anchor=f"t-{line.anchor}") for line in chosen)


def _candidates(reading: Reading, lead: Extraction, records: Sequence[Line]) -> Iterator[Passage]:
    opening = _opening(reading, lead)
    if opening is not None:
        yield opening
    for record in records:
        sentence = reading.sentence(record.passages[0])
        if len(sentence.text) <= LONGEST:
            yield sentence
        elif isinstance(record, EventLine):
            yield record.quotes[0]


def _opening(reading: Reading, lead: Extraction) -> Passage | None:
    """Give the first sentence that is one."""
    text = lead.article.text
    for start, end in lead.sentences:
        piece = text[start:end]
        if len(piece.split()) >= FEWEST_WORDS and len(piece) <= LONGEST:
            return reading.cite(lead, Span(start=start, end=end, text=piece))
    return None


def _is_alike(one: Passage, other: Passage) -> bool:
    """Tell whether two passages overlap or say the same words."""
    words, others = plain(one.text), plain(other.text)
    return one.overlaps(other) or words in others or others in words
