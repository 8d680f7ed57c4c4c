"""The gold sets as examples: a text, the spans that are known of it, and whether it is kept back for development."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from newsledger.extract.model.labels import ATTRIBUTION_PARTS, NO_EVENT, ROOTS

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
_SENTENCES = Path(__file__).with_name("sentences")
_OWN_MARK = re.compile(r"\{([ART]) ([^{}]*)\}")
# The sides of these change places without another event coming of it.
MUTUAL = frozenset(map(ROOTS.index, ("AGREE", "CONSULT", "COOPERATE")))
NOTHING = frozenset({NO_EVENT})
# cameo-class knows four kinds of deeds by CAMEO's numbers; these are the roots that its codes became.
_ROOTS_OF_KINDS = {
    "verbal cooperation": ("AGREE", "CONSULT", "SUPPORT", "REQUEST"),
    "material cooperation": ("COOPERATE", "AID", "CONCEDE", "RETREAT"),
    "verbal conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "COERCE"),
    "material conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Where a cue begins, and the spans of its source and content."""

    cue: int
    parts: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Where an actor and a recipient are mentioned first, None where nowhere, and what may join them."""

    actor: int | None
    recipient: int | None
    roots: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text with the layers of labels that are known of it, its attributions, and the pairs that are known of it."""

    set: str
    id: str
    text: str
    held_out: bool
    layers: dict[str, tuple[Labelled, ...]]
    attributions: tuple[Attribution, ...] = ()
    pairs: tuple[Pair, ...] = ()


def read_sets(data: Path, names: tuple[str, ...]) -> list[Example]:
    """Read the named sets; sentences of the pair sets that are held out in one are left out of the others."""
    examples = [example for name in names for example in _READERS[name](data)]
    held_out = {plain(example.text) for example in examples if example.held_out and example.set != "worldwide"}
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
            told = row["attributions"]
            yield Example(
                set="polnear",
                id=row["id"],
                text=row["text"],
                held_out=part == "dev",
                layers={name: tuple(_parts(told, name)) for name in ATTRIBUTION_PARTS},
                attributions=tuple(
                    Attribution(one["cue"]["spans"][0][0], (*_parts([one], "source"), *_parts([one], "content")))
                    for one in told
                    if one["cue"]
                ),
            )


def _parts(attributions: list[dict[str, Any]], name: str) -> Iterator[Labelled]:
    for attribution in attributions:
        for start, end in (attribution[name] or {"spans": ()})["spans"]:
            yield start, end, name


def _plv(data: Path) -> Iterator[Example]:
    for row in _rows(data / "plv" / "plv.jsonl"):
        if row["source_spans"] and row["target_spans"]:
            yield Example(
                set="plv",
                id=row["id"],
                text=row["text"],
                held_out=is_held_out(row["text"], 5),
                layers=_sides(row["source_spans"], row["target_spans"]),
                pairs=(
                    Pair(
                        row["source_spans"][0][0],
                        row["target_spans"][0][0],
                        _roots("CONCEDE" if row["root"] == "YIELD" else row["root"]),
                    ),
                ),
            )


def _sides(actors: list[list[int]], recipients: list[list[int]]) -> dict[str, tuple[Labelled, ...]]:
    return {
        "actor": tuple((start, end, "actor") for start, end in actors),
        "recipient": tuple((start, end, "recipient") for start, end in recipients),
    }


def _gsr(data: Path) -> Iterator[Example]:
    for row in _rows(data / "plover-gsr" / "gsr.jsonl"):
        actors, recipients = row["actor_spans"], row["recipient_spans"] or row["actor_spans"][1:]
        yield Example(
            set="gsr",
            id=row["id"],
            text=row["text"],
            held_out=is_held_out(row["text"], 5),
            layers={"trigger": tuple(_triggers(row))} | (_sides(actors, recipients) if actors else {}),
            pairs=(Pair(_start(actors), _start(recipients), _roots(row["type"])),),
        )


def _start(spans: list[list[int]]) -> int | None:
    return spans[0][0] if spans else None


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
            pairs=(Pair(None, None, _roots(row["label"])),),
        )


def _cameo(data: Path) -> Iterator[Example]:
    """Read the sides (S, T, or R for both at once) of sentences of which the kind of deed is known, not the root."""
    spans, kinds = (_rows(data / "cameo-class" / name) for name in ("actor-spans.jsonl", "class.jsonl"))
    for row, kind in zip(spans, kinds, strict=True):
        text, marks = kind["text"], list(_tagged(row["tokens"], row["tags"], kind["text"]))
        actors = [[start, end] for start, end, side in marks if side in "SR"]
        recipients = [[start, end] for start, end, side in marks if side in "TR"]
        if actors and recipients and recipients[-1] != actors[0]:
            roots = frozenset(map(ROOTS.index, _ROOTS_OF_KINDS.get(kind["quad"], ()))) or NOTHING
            yield Example(
                set="cameo",
                id=row["id"],
                text=text,
                held_out=is_held_out(text, 5),
                layers={} if roots == NOTHING else _sides(actors, recipients),
                pairs=(Pair(actors[0][0], recipients[-1][0], roots),),
            )


def _roots(name: str) -> frozenset[int]:
    return frozenset({ROOTS.index(name)})


def _tagged(tokens: list[str], tags: list[str], text: str) -> Iterator[Labelled]:
    at, found = 0, list[Labelled]()
    for token, tag in zip(tokens, tags, strict=True):
        start = text.find(token, at)
        if start < 0:
            return
        at = start + len(token)
        if tag[0] == "I" and found:
            found[-1] = (found[-1][0], at, found[-1][2])
        elif tag != "O":
            found.append((start, at, tag[2:]))
    yield from found


def _own(_: Path) -> Iterator[Example]:
    """Read the sentences that were written for this, with their marks taken out."""
    for path in sorted(_SENTENCES.glob("*.txt")):
        none = path.stem == "none"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text, marks = _unmarked(line)
            actors, recipients = ([[s, e] for s, e, mark in marks if mark == side] for side in "AR")
            triggers = tuple((start, end, "trigger") for start, end, mark in marks if mark == "T")
            yield Example(
                set="own",
                id=f"{path.stem}-{number}",
                text=text,
                held_out=False,
                layers={} if none else _sides(actors, recipients) | {"trigger": triggers},
                pairs=(Pair(actors[0][0], recipients[0][0], NOTHING if none else _roots(path.stem.upper())),),
            )


def _unmarked(line: str) -> tuple[str, list[Labelled]]:
    text, at, marks = "", 0, list[Labelled]()
    for mark in _OWN_MARK.finditer(line):
        text += line[at : mark.start()]
        marks.append((len(text), len(text) + len(mark[2]), mark[1]))
        text, at = text + mark[2], mark.end()
    return text + line[at:], marks


_READERS: dict[str, Callable[[Path], Iterator[Example]]] = {
    "worldwide": _worldwide,
    "polnear": _polnear,
    "plv": _plv,
    "gsr": _gsr,
    "cameo": _cameo,
    "synthetic": _synthetic,
    "own": _own,
}
SETS = tuple(_READERS)
