"""Who said what, speaker by speaker."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from newsledger.digest.lines import Speaker, StatementLine
from newsledger.digest.reading import anchor_of, bearing, merged, words_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from newsledger.digest.reading import Reading
    from newsledger.records.extraction import Extraction, Statement

# What makes a statement weigh: a named person speaks, in an office, in so many words, early in the article, at length.
NAMED, OFFICE, LEAD, LENGTH = 0.2, 0.1, 0.2, 0.1
KIND_WEIGHT = {"direct": 0.2, "mixed": 0.15, "indirect": 0.1}
TELLING_LENGTH = range(40, 400)
# So many characters tell one utterance from another.
TELLING = 20
NOBODY = Speaker(key="", name="Speaker not named")


def statement_lines(reading: Reading, extractions: Iterable[Extraction]) -> list[StatementLine]:
    """Give the statements of some articles, the weightiest first; the parts and copies of a quote are one line."""
    # The longest come first, so that what repeats a part of an utterance meets the whole of it.
    said = sorted(_each(reading, extractions), key=lambda line: -len(_words(line)))
    lines = merged(said, key=_Utterances().of)
    return sorted(lines, key=lambda line: (-line.weight, line.passages[0].citation, line.anchor))


def _each(reading: Reading, extractions: Iterable[Extraction]) -> Iterator[StatementLine]:
    for extraction in extractions:
        quotes: dict[tuple[str, str | None], list[Statement]] = defaultdict(list)
        for part in extraction.statements:
            quotes[quote_key(part)].append(part)
        yield from (_line(reading, extraction, parts) for parts in quotes.values())


def quote_key(statement: Statement) -> tuple[str, str | None]:
    """Tell the quotes of an article apart: the parts of one have one key."""
    return statement.group or f"statement {statement.id}", statement.speaker


def _line(reading: Reading, extraction: Extraction, parts: list[Statement]) -> StatementLine:
    """Make one line of the parts of one quote."""
    first = parts[0]
    cued = next((part for part in parts if part.cue), first)
    return StatementLine(
        anchor=anchor_of("s", extraction.article.article_id, first.start, first.end, first.id),
        passages=tuple(dict.fromkeys(reading.cite(extraction, part) for part in parts)),
        proofs=reading.name_proofs(extraction, (first.speaker, *first.via)),
        sources=reading.sources_of(extraction),
        weight=_weight(reading, extraction, first),
        speaker=_speaker(reading, first),
        kind=first.kind,
        cue=reading.cite(extraction, cued.cue) if cued.cue else None,
        verb=cued.verb,
        contents=tuple(reading.cite(extraction, part.content) for part in parts),
        via=reading.names(first.via),
    )


def _speaker(reading: Reading, statement: Statement) -> Speaker:
    if statement.speaker is None:
        return NOBODY
    entity = reading.entities.get(statement.speaker)
    if entity is None:
        return Speaker(key=statement.speaker, name=statement.speaker)
    return Speaker(key=entity.id, name=entity.name, role=entity.role, country=entity.country)


class _Utterances:
    """Knows what each speaker said, to tell words of one utterance from those of another."""

    def __init__(self) -> None:
        self._said: dict[str, list[str]] = defaultdict(list)

    def of(self, line: StatementLine) -> Hashable:
        """Give the utterance that a line is, or is a part of; a few words may be a part of any."""
        words, said = _words(line), self._said[line.speaker.key]
        is_telling = len(words) >= TELLING
        whole = next((one for one in said if words == one or (is_telling and words in one)), None)
        if whole is None:
            said.append(words)
        return line.speaker.key, whole or words


def _words(line: StatementLine) -> str:
    return words_of(" ".join(content.text for content in line.contents))


def _weight(reading: Reading, extraction: Extraction, statement: Statement) -> float:
    entity = reading.entities.get(statement.speaker or "")
    length = statement.content.end - statement.content.start
    weight = (
        NAMED * (entity is not None and entity.type == "PER")
        + OFFICE * (entity is not None and entity.role is not None)
        + KIND_WEIGHT[statement.kind]
        + LEAD * (1 - statement.start / len(extraction.article.text))
        + LENGTH * (length in TELLING_LENGTH)
    )
    return round(weight * bearing(extraction), 6)
