"""The model at work: a text goes in, what is told of each of its words comes out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from newsledger.extract.model.decoding import best_tags, log_shares, spans
from newsledger.extract.model.files import model_file
from newsledger.extract.model.labels import LAYERS, LINK_WIDTH, layer_slices
from newsledger.extract.model.pieces import Pieces, cut, in_words, inputs, windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from newsledger.extract.document import Document

# Fixed, so that a process takes no more than its share whatever the machine.
THREADS = 1
_SLICES = layer_slices()


@dataclass(frozen=True, slots=True)
class Told:
    """Code points `start` up to `end` are told to be of a type.

    `share` is the mean probability of their tags; `odds` has the mean logarithm of it for each type of the layer.
    """

    start: int
    end: int
    type: str
    share: float
    odds: tuple[float, ...]


@dataclass(frozen=True)
class Reading:
    """What the model tells of a text."""

    pieces: Pieces
    scores: NDArray[np.float32]  # a row a word, the columns of `layer_slices` before `pair`
    sentences: list[tuple[int, int]]  # in words

    def spans(self, layer: str) -> tuple[Told, ...]:
        """Give the spans of a layer in the order of the text; those of one layer never overlap."""
        return tuple(told(self.pieces, range(len(self.pieces)), self.scores, layer))

    def beginnings(self, layer: str) -> NDArray[np.float32]:
        """Give the probability of each word that a span of a layer with one type begins with it."""
        found: NDArray[np.float32] = np.exp(log_shares(self.scores[:, _SLICES[layer]])[:, 1])
        return found

    def recipients(self, actor: int, sentence: int) -> NDArray[np.float32]:
        """Give the probability of each word of a sentence that the recipient of what an actor does begins with it.

        `actor` is the first word of the actor.
        """
        first, last = self.sentences[sentence]
        links = self.scores[first:last, _SLICES["asked"]] @ self.scores[actor, _SLICES["asking"]]
        found: NDArray[np.float32] = np.exp(log_shares(links / LINK_WIDTH**0.5))
        return found


def told(pieces: Pieces, words: range, scores: NDArray[np.float32], layer: str) -> Iterator[Told]:
    """Read the spans of a layer off the scores of a run of words."""
    shares = log_shares(scores[:, _SLICES[layer]])
    tags = best_tags(shares)
    chosen = np.exp(np.take_along_axis(shares, tags[:, None], axis=1)[:, 0]) if len(tags) else shares[:, 0]
    for first, last, kind in spans(tags):
        yield Told(
            start=pieces.spans[words[first]][0],
            end=pieces.spans[words[last - 1]][1],
            type=LAYERS[layer][kind],
            share=float(chosen[first:last].mean()),
            odds=_odds(shares[first:last]),
        )


def _odds(shares: NDArray[np.float32]) -> tuple[float, ...]:
    """Give the mean logarithm of the probability that the words begin and go on as each type."""
    begun, gone_on = shares[0, 1::2], shares[1:, 2::2]
    return tuple(((begun + gone_on.sum(axis=0)) / len(shares)).tolist())


def read(document: Document) -> Reading:
    """Let the model read a text; the same text gives the same reading, whatever else is read.

    Windows go through the network one by one: its activations are quantised by what a batch holds, so windows that
    share a batch would change one another's scores, and nothing is gained by it (docs/decisions.md).
    """
    pieces = cut(document.text)
    sentences = in_words(pieces, document.sentences)
    scores = np.zeros((len(pieces), _SLICES["pair"].start), dtype=np.float32)
    for window in windows(pieces, sentences):
        ids, shapes, heads = inputs(pieces, window)
        kept = slice(window.kept_first - window.first, window.kept_last - window.first)
        scores[window.kept_first : window.kept_last] = run(ids, shapes)[heads[kept], : scores.shape[1]]
    return Reading(pieces, scores, sentences)


def run(ids: NDArray[np.int64], shapes: NDArray[np.int64]) -> NDArray[np.float32]:
    """Let the network score one window: a row a piece, the columns of `layer_slices`."""
    (found,) = _session().run(None, {"ids": ids[None], "shapes": shapes[None]})
    scores: NDArray[np.float32] = found[0]
    return scores


@cache
def _session() -> onnxruntime.InferenceSession:
    """Load the network, once a process."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model_file("model.onnx").read_bytes(), options, ["CPUExecutionProvider"])
