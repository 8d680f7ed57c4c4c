"""Examples as batches of windows, cut and marked as the reader does it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from newsledger.extract.document import read_document
from newsledger.extract.model.labels import LAYERS
from newsledger.extract.model.pieces import (
    ACTOR_MARK,
    MASK,
    RECIPIENT_MARK,
    WINDOW,
    Pieces,
    cut,
    in_words,
    inputs,
    windows,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from training.sets import Example

UNKNOWN_LABEL = -100
# Window lengths vary, so that a lone sentence is read as well as one among others.
SHORTEST_WINDOW = 48
# Shares of the windows that are printed in capitals, in title case, in small letters.
_SHOUTED, _TITLED, _SMALL = 0.04, 0.04, 0.03
# Pieces that are hidden, so that names are told by their company, too.
_HIDDEN = 0.06
_LOWER, _TITLE, _UPPER, _INITIAL, _MIXED = 1, 2, 3, 4, 5


@dataclass(frozen=True)
class Cut:
    """An example cut into words once; `labels` has a row a layer, UNKNOWN_LABEL where the set is silent."""

    example: Example
    pieces: Pieces
    sentences: list[tuple[int, int]]
    labels: NDArray[np.int64]


@dataclass(frozen=True)
class Item:
    """One window, ready to be padded."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    heads: NDArray[np.int64]
    labels: NDArray[np.int64]
    places: tuple[int, int, int]
    root: int


@dataclass(frozen=True)
class Batch:
    """Windows padded to one length; `rows`, `heads` and `labels` list the words that have labels."""

    ids: torch.Tensor
    shapes: torch.Tensor
    rows: torch.Tensor
    heads: torch.Tensor
    labels: torch.Tensor  # layers x words
    places: torch.Tensor
    roots: torch.Tensor


def cut_example(example: Example) -> Cut:
    """Cut an example into words and sentences, and put its labels on the words."""
    pieces = cut(example.text)
    labels = np.full((len(LAYERS), len(pieces)), UNKNOWN_LABEL, dtype=np.int64)
    for row, (layer, types) in enumerate(LAYERS.items()):
        if layer in example.layers:
            labels[row] = _tags(pieces, example.layers[layer], types)
    return Cut(example, pieces, in_words(pieces, read_document(example.text).sentences), labels)


def _tags(pieces: Pieces, spans: tuple[tuple[int, int, str], ...], types: tuple[str, ...]) -> NDArray[np.int64]:
    tags = np.zeros(len(pieces), dtype=np.int64)
    begins, ends = np.array([s for s, _ in pieces.spans]), np.array([e for _, e in pieces.spans])
    for start, end, kind in spans:
        first, last = int(np.searchsorted(ends, start, "right")), int(np.searchsorted(begins, end, "left"))
        number = 1 + 2 * types.index(kind)
        if first < last:
            tags[first] = number
            tags[first + 1 : last] = number + 1
    return tags


def items(cut_: Cut, limit: int = WINDOW) -> Iterator[Item]:
    """Yield the windows of an example; one whose pair has a root is one window."""
    if cut_.example.root is not None:
        yield _pair_item(cut_)
        return
    for window in windows(cut_.pieces, cut_.sentences, limit):
        ids, shapes, heads = inputs(cut_.pieces, window)
        yield Item(ids, shapes, heads, cut_.labels[:, window.first : window.last], (0, 0, 0), UNKNOWN_LABEL)


def _pair_item(cut_: Cut) -> Item:
    example, pieces = cut_.example, cut_.pieces
    begins = [start for start, _ in pieces.spans]
    last = int(np.searchsorted(pieces.starts, WINDOW, "right")) - 1
    marks = sorted(
        (int(np.searchsorted(begins, at, "left")), mark)
        for at, mark in ((example.actor, ACTOR_MARK), (example.recipient, RECIPIENT_MARK))
        if at is not None
    )
    ids, shapes, heads = inputs(pieces, next(windows(pieces, [(0, last)])))
    places = {}
    for word, mark in reversed(marks):
        if word < last:
            at = int(heads[word])
            ids, shapes = np.insert(ids, at, mark), np.insert(shapes, at, 0)
            heads = np.where(heads >= at, heads + 1, heads)
            places = {key: place + (place >= at) for key, place in places.items()} | {mark: at}
    root = example.root if example.root is not None else UNKNOWN_LABEL
    where = (0, places.get(ACTOR_MARK, 0), places.get(RECIPIENT_MARK, 0))
    return Item(ids, shapes, heads, cut_.labels[:, :last], where, root)


def varied(item: Item, rng: random.Random) -> Item:
    """Print some windows in another letter case, and hide some pieces."""
    draw, shapes = rng.random(), item.shapes
    if draw < _SHOUTED:
        shapes = np.where((shapes >= _LOWER) & (shapes <= _MIXED), _UPPER, shapes)
    elif draw < _SHOUTED + _TITLED:
        shapes = np.where(shapes == _LOWER, _TITLE, shapes)
    elif draw < _SHOUTED + _TITLED + _SMALL:
        shapes = np.where((shapes >= _TITLE) & (shapes <= _MIXED), _LOWER, shapes)
    hidden = np.array([rng.random() < _HIDDEN for _ in item.ids])
    hidden[[0, -1]] = False
    hidden[list(item.places)] = False
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
    for row, item in enumerate(group):
        ids[row, : len(item.ids)], shapes[row, : len(item.ids)] = item.ids, item.shapes
    counts = [len(item.heads) for item in group]
    return Batch(
        ids=torch.from_numpy(ids),
        shapes=torch.from_numpy(shapes),
        rows=torch.from_numpy(np.repeat(np.arange(len(group)), counts)),
        heads=torch.from_numpy(np.concatenate([item.heads for item in group])),
        labels=torch.from_numpy(np.concatenate([item.labels for item in group], axis=1)),
        places=torch.tensor([item.places for item in group]),
        roots=torch.tensor([item.root for item in group]),
    )
