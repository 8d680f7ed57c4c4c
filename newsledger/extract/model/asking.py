"""Questions to the model about a place of a text: whose words a cue brings, what one side does to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from newsledger.extract.model.decoding import log_shares
from newsledger.extract.model.labels import NO_EVENT, PAIR_PLACES, ROOTS, layer_slices
from newsledger.extract.model.pieces import (
    ACTOR_MARK,
    CUE_MARK,
    CUE_WINDOW,
    RECIPIENT_MARK,
    WINDOW,
    around,
    marked,
    own_sentence,
)
from newsledger.extract.model.reading import run, told

if TYPE_CHECKING:
    from newsledger.extract.model.reading import Reading, Told
    from newsledger.records.extraction import EventType

_PAIR = layer_slices()["pair"]


@dataclass(frozen=True, slots=True)
class ToldAttribution:
    """The sources and contents that the model finds for a cue; `share` is the probability of the content's words."""

    sources: tuple[Told, ...]
    contents: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ToldDeed:
    """What the model finds that an actor does to a recipient: the likeliest root, and how likely it and any event are.

    `roots` has the probability of each of them given that there is an event.
    """

    root: EventType
    share: float
    any: float
    roots: dict[EventType, float]
    triggers: tuple[Told, ...]


def ask_cue(reading: Reading, word: int) -> ToldAttribution:
    """Ask what is told by the cue that begins with a word."""
    pieces = reading.pieces
    window = around(pieces, reading.sentences, word, CUE_WINDOW)
    ids, shapes, heads, _ = marked(pieces, window, [(word, CUE_MARK)])
    scores, words = run(ids, shapes)[heads], range(window.first, window.last)
    return ToldAttribution(
        sources=tuple(told(pieces, words, scores, "source")), contents=tuple(told(pieces, words, scores, "content"))
    )


def ask_pair(reading: Reading, actor: int | None, recipient: int | None) -> ToldDeed:
    """Ask what the actor whose mention begins with a word does to the recipient whose mention begins with another.

    A side that the text doesn't name is None. The text has a word.
    """
    pieces = reading.pieces
    at = next((word for word in (actor, recipient) if word is not None), 0)
    window = own_sentence(pieces, reading.sentences, at, WINDOW)
    marks = [(word, mark) for word, mark in ((actor, ACTOR_MARK), (recipient, RECIPIENT_MARK)) if word is not None]
    ids, shapes, heads, places = marked(pieces, window, marks)
    scores = run(ids, shapes)
    parts = scores[:, _PAIR].reshape(len(ids), PAIR_PLACES, len(ROOTS) + 1)
    found = dict(zip((mark for _, mark in marks), places, strict=True))
    where = (0, found.get(ACTOR_MARK, 0), found.get(RECIPIENT_MARK, 0))
    shares = np.exp(log_shares(parts[list(where), range(PAIR_PLACES)].sum(axis=0)))
    roots = shares[:NO_EVENT] / shares[:NO_EVENT].sum()
    best = int(roots.argmax())
    return ToldDeed(
        root=ROOTS[best],
        share=float(roots[best]),
        any=float(1 - shares[NO_EVENT]),
        roots=dict(zip(ROOTS, roots.tolist(), strict=True)),
        triggers=tuple(told(pieces, range(window.first, window.last), scores[heads], "trigger")),
    )
