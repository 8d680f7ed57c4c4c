"""The model at work: a text goes in, what is told of each of its words comes out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from newsledger.extract.model.decoding import best_tags, log_shares, spans
from newsledger.extract.model.files import model_file
from newsledger.extract.model.labels import LAYERS, layer_slices
from newsledger.extract.model.pieces import Pieces, cut, in_words, inputs, windows

if TYPE_CHECKING:
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
    scores: NDArray[np.float32]  # a row a word, the columns of `layer_slices`

    def spans(self, layer: str) -> tuple[Told, ...]:
        """Give the spans of a layer in the order of the text; those of one layer never overlap."""
        shares = log_shares(self.scores[:, _SLICES[layer]])
        tags = best_tags(shares)
        chosen = np.exp(np.take_along_axis(shares, tags[:, None], axis=1)[:, 0]) if len(tags) else shares[:, 0]
        return tuple(
            Told(
                start=self.pieces.spans[first][0],
                end=self.pieces.spans[last - 1][1],
                type=LAYERS[layer][kind],
                share=float(chosen[first:last].mean()),
                odds=_odds(shares[first:last]),
            )
            for first, last, kind in spans(tags)
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
    scores = np.zeros((len(pieces), _SLICES["pair"].start), dtype=np.float32)
    for window in windows(pieces, in_words(pieces, document.sentences)):
        ids, shapes, heads = inputs(pieces, window)
        (found,) = _session().run(None, {"ids": ids[None], "shapes": shapes[None]})
        kept = slice(window.kept_first - window.first, window.kept_last - window.first)
        scores[window.kept_first : window.kept_last] = found[0, heads[kept], : scores.shape[1]]
    return Reading(pieces, scores)


@cache
def _session() -> onnxruntime.InferenceSession:
    """Load the network, once a process."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model_file("model.onnx").read_bytes(), options, ["CPUExecutionProvider"])
