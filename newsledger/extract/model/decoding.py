"""From scores to spans: the likeliest sequence of tags in which nothing goes on that has not begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEVER = -1e9


def log_shares(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn scores into logarithms of probabilities, row by row."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    shares: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return shares


def best_tags(shares: NDArray[np.float32]) -> NDArray[np.int64]:
    """Find the likeliest tags of a run of words (words x tags, O first, then B- and I- of each type), by Viterbi."""
    words, tags = shares.shape
    if not words:
        return np.zeros(0, dtype=np.int64)
    moves = np.zeros((tags, tags), dtype=np.float32)
    for inside in range(2, tags, 2):
        moves[:, inside] = _NEVER
        moves[[inside - 1, inside], inside] = 0
    total = shares[0] + np.where(np.arange(tags) % 2 == 0, np.where(np.arange(tags) == 0, 0, _NEVER), 0)
    came_from = np.zeros((words, tags), dtype=np.int64)
    for word in range(1, words):
        paths = total[:, None] + moves
        came_from[word] = paths.argmax(axis=0)
        total = paths.max(axis=0) + shares[word]
    found = np.zeros(words, dtype=np.int64)
    found[-1] = total.argmax()
    for word in range(words - 1, 0, -1):
        found[word - 1] = came_from[word, found[word]]
    return found


def spans(tags: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Read the spans off a run of tags: first word, last word (exclusive), number of the type."""
    found: list[tuple[int, int, int]] = []
    for word, tag in enumerate(tags.tolist()):
        if tag == 0:
            continue
        kind = (tag - 1) // 2
        if tag % 2 == 0 and found and found[-1][1:] == (word, kind):
            found[-1] = (found[-1][0], word + 1, kind)
        else:
            found.append((word, word + 1, kind))
    return found
