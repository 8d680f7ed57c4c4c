"""Scores of a network on texts that were held out: exact spans a layer and type, right roots a set."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
import torch

from newsledger.extract.model.decoding import best_tags, log_shares, spans
from newsledger.extract.model.labels import LAYERS
from training.batches import UNKNOWN_LABEL, Cut, Item, items, padded
from training.network import SLICES, root_scores

if TYPE_CHECKING:
    from training.network import Network

_LEFT_OUT = ("DATE", "MONEY")


def measure(network: Network, held_out: list[Cut]) -> str:
    """Give one line a layer: F1 of exact spans, micro and by type; for roots the share that is right."""
    hits: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    roots: dict[str, list[bool]] = defaultdict(list)
    network.eval()
    pairs: list[tuple[Cut, Item]] = [(cut, item) for cut in held_out for item in items(cut)]
    pairs.sort(key=lambda pair: len(pair[1].ids))
    for start in range(0, len(pairs), 16):
        chunk = pairs[start : start + 16]
        batch = padded([item for _, item in chunk])
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            scores = network(batch.ids, batch.shapes, (batch.ids != 0).long()).float()
        guesses = root_scores(scores, batch.places).argmax(-1).tolist()
        for row, (cut, item) in enumerate(chunk):
            if item.root != UNKNOWN_LABEL:
                roots[cut.example.set].append(guesses[row] == item.root)
            words = scores[row, torch.from_numpy(item.heads)].numpy()
            for number, layer in enumerate(LAYERS):
                if layer in cut.example.layers:
                    _count(hits[layer], layer, log_shares(words[:, SLICES[layer]]), item.labels[number])
    lines = [f"{layer}: {_line(hits[layer])}" for layer in LAYERS if layer in hits]
    lines += [f"roots of {name}: {np.mean(right):.3f} of {len(right)}" for name, right in roots.items()]
    return "\n".join(lines)


def _count(hits: Counter[tuple[str, str]], layer: str, shares: np.ndarray, labels: np.ndarray) -> None:
    found, gold = set(spans(best_tags(shares))), set(spans(labels))
    for what, counted in (("right", found & gold), ("found", found), ("gold", gold)):
        for *_, kind in counted:
            name = LAYERS[layer][kind]
            for key in (name,) if name in _LEFT_OUT else (name, "micro"):
                hits[what, key] += 1


def _line(hits: Counter[tuple[str, str]]) -> str:
    kinds = sorted({key for what, key in hits if what == "gold"}, key=lambda key: (key != "micro", key))
    return "  ".join(
        f"{kind} {2 * hits['right', kind] / max(1, hits['found', kind] + hits['gold', kind]):.3f}" for kind in kinds
    )
