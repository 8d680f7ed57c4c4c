"""Examples as batches of windows, cut and marked as the reader does it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import torch

from newsledger.extract.document import read_document
from newsledger.extract.model.labels import LAYERS, ROOTS
from newsledger.extract.model.pieces import (
    ACTOR_MARK,
    CUE_MARK,
    CUE_WINDOW,
    MASK,
    RECIPIENT_MARK,
    WINDOW,
    Pieces,
    Window,
    around,
    cut,
    in_words,
    inputs,
    marked,
    windows,
)
from training.sets import MUTUAL, NOTHING, Pair

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from training.sets import Example, Labelled

UNKNOWN_LABEL = -100
# Window lengths vary, so that a lone sentence is read as well as one among others.
SHORTEST_WINDOW = 48
# Shares of the windows that are printed in capitals, in title case, in small letters.
_SHOUTED, _TITLED, _SMALL = 0.04, 0.04, 0.03
# Pieces that are hidden, so that names are told by their company, too.
_HIDDEN = 0.06
_LOWER, _TITLE, _UPPER, _INITIAL, _MIXED = 1, 2, 3, 4, 5
# So many sentences of a pair set are read as one text, as they would stand in an article.
_JOINED = 4
# What looks like a name may stand for a side that nothing happens to; so many wrong pairs are made of a right one.
_NAME = re.compile(r"\b[A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*")
_WRONG_PAIRS = 2
# Words marked as cues that are none, for each one that is.
_WRONG_CUES = 0.4
_ROWS = {name: row for row, name in enumerate(LAYERS)}


@dataclass(frozen=True)
class Cut:
    """An example cut into words once; `labels` has a row a layer, UNKNOWN_LABEL where the set is silent."""

    example: Example
    pieces: Pieces
    sentences: list[tuple[int, int]]
    labels: NDArray[np.int64]

    @cached_property
    def begins(self) -> NDArray[np.int64]:
        """Where each word begins, in code points."""
        return np.array([start for start, _ in self.pieces.spans], dtype=np.int64)

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """Where each word ends."""
        return np.array([end for _, end in self.pieces.spans], dtype=np.int64)

    def word(self, at: int) -> int:
        """Give the word in which a code point of the text stands, or the next one."""
        return min(int(np.searchsorted(self.ends, at, "right")), len(self.pieces) - 1)

    def tags(self, spans: Iterable[Labelled], types: tuple[str, ...]) -> NDArray[np.int64]:
        """Give the number of the tag of every word."""
        tags = np.zeros(len(self.pieces), dtype=np.int64)
        for start, end, kind in spans:
            first, last = (
                int(np.searchsorted(self.ends, start, "right")),
                int(np.searchsorted(self.begins, end, "left")),
            )
            number = 1 + 2 * types.index(kind)
            if first < last:
                tags[first] = number
                tags[first + 1 : last] = number + 1
        return tags


@dataclass(frozen=True)
class Item:
    """One window, ready to be padded; words are counted from its first."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    heads: NDArray[np.int64]
    labels: NDArray[np.int64]
    sides: tuple[tuple[int, int], ...] = ()  # an actor's word and its recipient's
    places: tuple[int, ...] = (0, 0, 0)
    roots: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Batch:
    """Windows padded to one length; `rows`, `heads` and `labels` list their words."""

    ids: torch.Tensor
    shapes: torch.Tensor
    rows: torch.Tensor
    heads: torch.Tensor
    labels: torch.Tensor  # layers x words
    sides: torch.Tensor  # pairs x 3: row, the actor's piece, the recipient's
    places: torch.Tensor
    roots: torch.Tensor  # windows x roots: which may be right; none where nothing is known

    def to(self, device: torch.device) -> Batch:
        """Copy the batch to where the network is."""
        return Batch(**{name: part.to(device, non_blocking=True) for name, part in vars(self).items()})


def cut_example(example: Example) -> Cut:
    """Cut an example into words and sentences, and put its labels on the words."""
    pieces = cut(example.text)
    labels = np.full((len(LAYERS), len(pieces)), UNKNOWN_LABEL, dtype=np.int64)
    found = Cut(example, pieces, in_words(pieces, read_document(example.text).sentences), labels)
    for row, (layer, types) in enumerate(LAYERS.items()):
        if layer in example.layers:
            labels[row] = found.tags(example.layers[layer], types)
    return found


def text_items(cut_: Cut, limit: int = WINDOW) -> Iterator[Item]:
    """Yield the windows of a text as it is read first, without marks."""
    sides = [
        (cut_.word(pair.actor), cut_.word(pair.recipient))
        for pair in cut_.example.pairs
        if pair.actor is not None and pair.recipient is not None and pair.roots != NOTHING
    ]
    for window in windows(cut_.pieces, cut_.sentences, limit):
        inside = range(window.first, window.last)
        yield Item(
            *inputs(cut_.pieces, window),
            cut_.labels[:, window.first : window.last],
            sides=tuple((a - window.first, r - window.first) for a, r in sides if a in inside and r in inside),
        )


def cue_items(cut_: Cut, rng: random.Random | None = None, words: frozenset[str] = frozenset()) -> Iterator[Item]:
    """Yield a window around each cue, in which it is marked and its source and content alone are asked for.

    With a source of chance, windows vary in length, and some words that begin cues elsewhere (`words`) are marked where
    they are none and have neither source nor content.
    """
    told = {cut_.word(one.cue): one.parts for one in cut_.example.attributions}
    none = [
        word
        for word, (start, end) in enumerate(cut_.pieces.spans)
        if word not in told and cut_.example.text[start:end].lower() in words
    ]
    wrong = rng.sample(none, min(len(none), int(len(told) * _WRONG_CUES))) if rng else []
    for word, parts in (*told.items(), *((word, ()) for word in wrong)):
        limit = rng.randint(SHORTEST_WINDOW, CUE_WINDOW) if rng else CUE_WINDOW
        window = around(cut_.pieces, cut_.sentences, word, limit)
        ids, shapes, heads, _ = marked(cut_.pieces, window, [(word, CUE_MARK)])
        labels = np.full((len(LAYERS), window.last - window.first), UNKNOWN_LABEL)
        for part in ("source", "content"):
            tags = cut_.tags([span for span in parts if span[2] == part], (part,))
            labels[_ROWS[part]] = tags[window.first : window.last]
        yield Item(ids, shapes, heads, labels)


def cue_words(cuts: list[Cut]) -> frozenset[str]:
    """Collect the words that begin a cue more than once."""
    counts = Counter(
        cut.example.text[slice(*cut.pieces.spans[cut.word(one.cue)])].lower()
        for cut in cuts
        for one in cut.example.attributions
    )
    return frozenset(word for word, count in counts.items() if count > 1)


def pair_items(cut_: Cut, rng: random.Random | None = None) -> Iterator[Item]:
    """Yield a window a pair, in which it is marked; with a source of chance, windows with wrong pairs as well."""
    for pair in cut_.example.pairs:
        yield _pair_item(cut_, pair)
        wrong = _wrong_pairs(cut_.example, pair) if rng else []
        if rng and wrong:
            yield from (_pair_item(cut_, one) for one in rng.sample(wrong, min(_WRONG_PAIRS, len(wrong))))


def _wrong_pairs(example: Example, pair: Pair) -> list[Pair]:
    if pair.actor is None or pair.recipient is None or pair.roots == NOTHING:
        return []
    gold = [span for side in ("actor", "recipient") for span in example.layers.get(side, ())]
    wrong = [] if pair.roots & MUTUAL else [Pair(pair.recipient, pair.actor, NOTHING)]
    for name in _NAME.finditer(example.text):
        if not any(start < name.end() and name.start() < end for start, end, _ in gold):
            wrong += [Pair(pair.actor, name.start(), NOTHING), Pair(name.start(), pair.recipient, NOTHING)]
    return wrong


def _pair_item(cut_: Cut, pair: Pair) -> Item:
    pieces = cut_.pieces
    last = int(np.searchsorted(pieces.starts, WINDOW, "right")) - 1
    sides = [(pair.actor, ACTOR_MARK), (pair.recipient, RECIPIENT_MARK)]
    marks = [(cut_.word(at), mark) for at, mark in sides if at is not None]
    ids, shapes, heads, found = marked(pieces, Window(0, last, 0, last), marks)
    places = dict(zip((mark for _, mark in marks), found, strict=True))
    labels = np.full((len(LAYERS), last), UNKNOWN_LABEL)
    if pair in cut_.example.pairs:
        labels[_ROWS["trigger"]] = cut_.labels[_ROWS["trigger"], :last]
    where = (0, places.get(ACTOR_MARK, 0), places.get(RECIPIENT_MARK, 0))
    return Item(ids, shapes, heads, labels, places=where, roots=pair.roots)


def joined(examples: list[Example], rng: random.Random) -> Iterator[Example]:
    """Join sentences to short texts, in random order; a layer stays if all of them have it."""
    order = rng.sample(examples, len(examples))
    while order:
        size = rng.randint(1, _JOINED)
        group, order = order[:size], order[size:]
        starts = [0]
        for example in group:
            starts.append(starts[-1] + len(example.text.rstrip()) + 1)
        placed = list(zip(group, starts, strict=False))
        yield replace(
            group[0],
            text=" ".join(example.text.rstrip() for example in group),
            layers={
                layer: tuple((s + at, e + at, kind) for one, at in placed for s, e, kind in one.layers[layer])
                for layer in group[0].layers
                if all(layer in example.layers for example in group)
            },
            pairs=tuple(
                Pair(pair.actor + at, pair.recipient + at, pair.roots)
                for one, at in placed
                for pair in one.pairs
                if pair.actor is not None and pair.recipient is not None
            ),
        )


def varied(item: Item, rng: np.random.Generator) -> Item:
    """Print some windows in another letter case, and hide some pieces."""
    draw, shapes = rng.random(), item.shapes
    if draw < _SHOUTED:
        shapes = np.where((shapes >= _LOWER) & (shapes <= _MIXED), _UPPER, shapes)
    elif draw < _SHOUTED + _TITLED:
        shapes = np.where(shapes == _LOWER, _TITLE, shapes)
    elif draw < _SHOUTED + _TITLED + _SMALL:
        shapes = np.where((shapes >= _TITLE) & (shapes <= _MIXED), _LOWER, shapes)
    hidden = (rng.random(len(item.ids)) < _HIDDEN) & (item.ids > CUE_MARK)
    hidden[[0, -1]] = False
    return replace(item, shapes=shapes, ids=np.where(hidden, MASK, item.ids))


def batches(found: list[Item], tokens: int, rng: random.Random) -> list[list[Item]]:
    """Group windows of like length into batches of about `tokens` pieces, in random order."""
    order = sorted(found, key=lambda item: len(item.ids) + rng.random() * 16)
    groups: list[list[Item]] = [[]]
    for item in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(item.ids) > tokens:
            groups.append([])
        groups[-1].append(item)
    rng.shuffle(groups)
    return groups


def padded(group: list[Item]) -> Batch:
    """Pad a group of windows to one batch."""
    length = max(len(item.ids) for item in group)
    ids, shapes = np.zeros((len(group), length), np.int64), np.zeros((len(group), length), np.int64)
    roots = np.zeros((len(group), len(ROOTS) + 1), bool)
    for row, item in enumerate(group):
        ids[row, : len(item.ids)], shapes[row, : len(item.ids)] = item.ids, item.shapes
        roots[row, sorted(item.roots)] = True
    sides = [(row, item.heads[a], item.heads[r]) for row, item in enumerate(group) for a, r in item.sides]
    return Batch(
        ids=torch.from_numpy(ids),
        shapes=torch.from_numpy(shapes),
        rows=torch.from_numpy(np.repeat(np.arange(len(group)), [len(item.heads) for item in group])),
        heads=torch.from_numpy(np.concatenate([item.heads for item in group])),
        labels=torch.from_numpy(np.concatenate([item.labels for item in group], axis=1)),
        sides=torch.tensor(sides, dtype=torch.long).view(-1, 3),
        places=torch.tensor([item.places for item in group]),
        roots=torch.from_numpy(roots),
    )
