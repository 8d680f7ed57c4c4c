"""The gold sets as examples: a text, the spans that are known of it, and whether it is kept back for development."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from newsledger.extract.model.labels import ATTRIBUTION_PARTS, ROOTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Labelled = tuple[int, int, str]

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

# The labels of worldwide-newswire are the types that names are told in.
_NAME_TYPES = {
    "Person": "PER",
    "Organization": "ORG",
    "Location": "LOC",
    "Facility": "FAC",
    "NORP": "NORP",
    "Product": "PRODUCT",
    "Misc": "MISC",
    "Date": "DATE",
    "Money": "MONEY",
}
_EVENT_MARK = re.compile(r"\(EVT: ([^()]*)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text with the layers of labels that are known of it, and the root of the pair that is marked in it."""

    set: str
    id: str
    text: str
    held_out: bool
    layers: dict[str, tuple[Labelled, ...]]
    actor: int | None = None  # where the actor's, the recipient's first mention begins
    recipient: int | None = None
    root: int | None = None


def read_sets(data: Path, names: tuple[str, ...]) -> list[Example]:
    """Read the named sets; sentences of the pair sets that are held out in one are left out of the others."""
    examples = [example for name in names for example in _READERS[name](data)]
    held_out = {plain(example.text) for example in examples if example.held_out and example.root is not None}
    kept = [example for example in examples if example.held_out or plain(example.text) not in held_out]
    print(f"{len(examples) - len(kept)} training examples dropped: their sentence is held out elsewhere", flush=True)
    return kept


def plain(text: str) -> str:
    """Give what two prints of one sentence have in common."""
    return re.sub(r"\W+", " ", text).casefold().strip()


def is_held_out(text: str, share: int = 10) -> bool:
    """Keep one in `share` texts for development, by a hash of the text so that every set agrees on it."""
    return crc32(plain(text).encode()) % share == 0


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    body = path.read_bytes()
    for line in (gzip.decompress(body) if path.suffix == ".gz" else body).splitlines():
        yield json.loads(line)


def _worldwide(data: Path) -> Iterator[Example]:
    for row in _rows(data / "worldwide-newswire" / "ner.jsonl.gz"):
        names: list[Labelled] = []
        for start, end, tag in (token for sentence in row["sentences"] for token in sentence):
            if tag == "O":
                continue
            kind = _NAME_TYPES[tag[2:]]
            if tag[0] == "I" and names and names[-1][2] == kind:
                names[-1] = (names[-1][0], end, kind)
            else:
                names.append((start, end, kind))
        yield Example(
            set="worldwide",
            id=row["id"],
            text=row["text"],
            held_out=is_held_out(row["text"]),
            layers={"names": tuple(names)},
        )


def _polnear(data: Path) -> Iterator[Example]:
    for part in ("train", "dev"):
        for row in _rows(data / "polnear" / f"{part}.jsonl.gz"):
            layers = {
                name: tuple(
                    (start, end, name)
                    for attribution in row["attributions"]
                    for start, end in (attribution[name] or {"spans": ()})["spans"]
                )
                for name in ATTRIBUTION_PARTS
            }
            yield Example(set="polnear", id=row["id"], text=row["text"], held_out=part == "dev", layers=layers)


def _plv(data: Path) -> Iterator[Example]:
    for row in _rows(data / "plv" / "plv.jsonl"):
        if row["source_spans"] and row["target_spans"]:
            yield Example(
                set="plv",
                id=row["id"],
                text=row["text"],
                held_out=is_held_out(row["text"], 5),
                layers={},
                actor=row["source_spans"][0][0],
                recipient=row["target_spans"][0][0],
                root=ROOTS.index("CONCEDE" if row["root"] == "YIELD" else row["root"]),
            )


def _gsr(data: Path) -> Iterator[Example]:
    for row in _rows(data / "plover-gsr" / "gsr.jsonl"):
        actors, recipients = row["actor_spans"], row["recipient_spans"] or row["actor_spans"][1:]
        yield Example(
            set="gsr",
            id=row["id"],
            text=row["text"],
            held_out=is_held_out(row["text"], 5),
            layers={"trigger": tuple(_triggers(row))},
            actor=actors[0][0] if actors else None,
            recipient=recipients[0][0] if recipients else None,
            root=ROOTS.index(row["type"]),
        )


def _triggers(row: dict[str, Any]) -> Iterator[Labelled]:
    """Find the words that the markup calls the event's, in their order."""
    at = 0
    for words in _EVENT_MARK.findall(row["markup"]):
        found = row["text"].find(words, at)
        if found >= 0:
            at = found + len(words)
            yield found, at, "trigger"


def _synthetic(data: Path) -> Iterator[Example]:
    for row in _rows(data / "synthetic-events" / "stories.jsonl.gz"):
        yield Example(
            set="synthetic",
            id=row["id"],
            text=row["text"],
            held_out=is_held_out(row["text"]),
            layers={},
            root=ROOTS.index(row["label"]),
        )


_READERS: dict[str, Callable[[Path], Iterator[Example]]] = {
    "worldwide": _worldwide,
    "polnear": _polnear,
    "plv": _plv,
    "gsr": _gsr,
    "synthetic": _synthetic,
}
SETS = tuple(_READERS)
