"""Answers what no extraction says, JSON lines in and out: `python -m bench.answers names < pairs.jsonl`.

names: {"id", "schema", "name1", "name2"} -> {"id", "score"}, the schema one of OpenSanctions' (Person, Company, ...).
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from newsledger.extract.naming import similarity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from newsledger.extract.naming import NameKind

    Answer = Callable[[dict[str, Any]], dict[str, Any]]

_KINDS: dict[str, NameKind] = {"Person": "PER", "Organization": "ORG", "Company": "ORG", "PublicBody": "ORG"}


def names(question: dict[str, Any]) -> dict[str, Any]:
    """Say how likely two names are to name the same thing."""
    kind = _KINDS.get(question["schema"], "other")
    return {"id": question["id"], "score": round(similarity(question["name1"], question["name2"], kind), 4)}


TASKS: dict[str, Answer] = {"names": names}


def answers(task: str, lines: Iterable[bytes]) -> Iterator[str]:
    """Yield an answer for each question; a line that is none is named in a ValueError."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = TASKS[task](json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"no field {error}" if isinstance(error, KeyError) else error
            message = f"standard input, line {number}: not a question for {task}: {reason}"
            raise ValueError(message) from error
        yield json.dumps(answer)


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
