"""Answers what no extraction says, JSON lines in and out: `python -m bench.answers names < pairs.jsonl`.

relation: {"id", "text", "source_spans", "target_spans"} -> {"id", "root", "quad"}, a PLOVER type and the number of its
quad class, for what the source does to the target; spans are pairs of code points, either list may be empty.
clusters: {"id", "title", "text", "published"} -> {"id", "cluster"}; all questions are read before the first answer.
names: {"id", "schema", "name1", "name2"} -> {"id", "score"}, the schema one of OpenSanctions' (Person, Company, ...).
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_right
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args

from newsledger.extract.document import read_document
from newsledger.extract.model.asking import ask_pair
from newsledger.extract.model.reading import read
from newsledger.extract.naming import similarity
from newsledger.extract.pipeline import extract
from newsledger.extract.plover import quad_of
from newsledger.records.article import Article
from newsledger.records.extraction import Quad
from newsledger.records.stories import StoryCandidate
from newsledger.stories import tell_stories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from newsledger.extract.naming import NameKind
    from newsledger.records.extraction import Event

    Answer = Callable[[dict[str, Any]], Any]

# What an event of extraction adds to the probability of its type.
_RULE = 0.5
_KINDS: dict[str, NameKind] = {"Person": "PER", "Organization": "ORG", "Company": "ORG", "PublicBody": "ORG"}


def names(question: dict[str, Any]) -> dict[str, Any]:
    """Say how likely two names are to name the same thing."""
    kind = _KINDS.get(question["schema"], "other")
    return {"id": question["id"], "score": round(similarity(question["name1"], question["name2"], kind), 4)}


def relation(question: dict[str, Any]) -> dict[str, Any]:
    """Say what a given source does to a given target: what the model tells, and the events of extraction weigh in."""
    text, sides = question["text"], (question["source_spans"], question["target_spans"])
    reading = read(read_document(text))
    if not reading.sentences:
        message = "the text has no word"
        raise ValueError(message)
    ends = [end for _, end in reading.pieces.spans]
    places = [bisect_right(ends, spans[0][0]) if spans else None for spans in sides]
    told = ask_pair(reading, *places)
    weights = dict(told.roots)
    for event in _events(question["id"], text, sides):
        weights[event.type] += _RULE
    quads = [sum(weight for root, weight in weights.items() if quad_of(root) == quad) for quad in get_args(Quad)]
    return {
        "id": question["id"],
        "root": max(weights, key=lambda root: weights[root]),
        "quad": quads.index(max(quads)) + 1,
    }


def _events(ident: str, text: str, sides: tuple[list[list[int]], list[list[int]]]) -> Iterator[Event]:
    """Yield the events that extraction finds between the given sides."""
    found = extract(Article(article_id=ident, text=text))
    mentions = {entity.id: entity.mentions for entity in found.entities}

    def touches(ids: tuple[str, ...], spans: list[list[int]]) -> bool:
        places = [mention for side in ids for mention in mentions[side]]
        return not spans or any(m.start < end and start < m.end for m in places for start, end in spans)

    for event in found.events:
        if touches(event.actors, sides[0]) and touches(event.recipients or event.actors, sides[1]):
            yield event


def candidate(question: dict[str, Any]) -> StoryCandidate:
    """Read an article that is to be put into a cluster; without a time zone its time is in UTC."""
    told_at = datetime.fromisoformat(published) if (published := question.get("published")) else None
    if told_at and told_at.tzinfo is None:
        told_at = told_at.replace(tzinfo=UTC)
    return StoryCandidate(
        article_id=str(question["id"]), text=question["text"], title=question.get("title"), told_at=told_at
    )


def clusters(candidates: Sequence[StoryCandidate]) -> Iterator[dict[str, Any]]:
    """Say which of these articles tell one story."""
    stories = {place.article_id: place.story_id for place in tell_stories(candidates, {}).places}
    for one in candidates:
        yield {"id": one.article_id, "cluster": stories[one.article_id]}


# What each line is asked for by itself, and what is asked of all lines together.
TASKS: dict[str, Answer] = {"names": names, "relation": relation, "clusters": candidate}
TOGETHER = {"clusters": clusters}


def answers(task: str, lines: Iterable[bytes]) -> Iterator[str]:
    """Yield an answer for each question; a line that is none is named in a ValueError."""
    found = _answered(task, lines)
    together = TOGETHER.get(task)
    yield from map(json.dumps, together([*found]) if together else found)


def _answered(task: str, lines: Iterable[bytes]) -> Iterator[Any]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield TASKS[task](json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"no field {error}" if isinstance(error, KeyError) else error
            message = f"standard input, line {number}: not a question for {task}: {reason}"
            raise ValueError(message) from error


def main() -> None:
    """Answer each question on standard input."""
    parser = argparse.ArgumentParser(prog="python -m bench.answers", description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=sorted(TASKS))
    task = parser.parse_args().task
    try:
        for answer in answers(task, sys.stdin.buffer):
            print(answer)
    except ValueError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
