"""Scores of a network on texts that were held out: exact spans a layer and type, links, right roots a set."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
import torch

from newsledger.extract.model.decoding import best_tags, log_shares, spans
from newsledger.extract.model.labels import LAYERS, NO_EVENT, ROOTS
from training.batches import UNKNOWN_LABEL, Cut, Item, cue_items, padded, pair_items, text_items
from training.network import SLICES, root_scores, side_scores
from training.state import DEVICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.batches import Batch
    from training.network import Network

_LEFT_OUT = ("DATE", "MONEY")
_CHUNK = 32

Asked = tuple[Cut, Item]
Hits = defaultdict[str, Counter[tuple[str, str]]]


def measure(network: Network, held_out: list[Cut]) -> str:
    """Give one line a layer: F1 of exact spans, micro and by type; for the link and roots the share that is right."""
    network.eval()
    hits: Hits = defaultdict(Counter)
    linked: list[bool] = []
    roots: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for chunk, batch, scores in _scored(network, [(cut, item) for cut in held_out for item in text_items(cut)]):
        _count_layers(hits, "", chunk, scores)
        if len(batch.sides):
            guesses = side_scores(scores, batch, batch.sides[:, 0], batch.sides[:, 1]).argmax(-1)
            linked += (guesses == batch.sides[:, 2]).tolist()
    for chunk, _, scores in _scored(network, [(cut, item) for cut in held_out for item in cue_items(cut)]):
        _count_layers(hits, "marked ", chunk, scores)
    for chunk, batch, scores in _scored(network, [(cut, item) for cut in held_out for item in pair_items(cut)]):
        _count_layers(hits, "marked ", chunk, scores)
        best = root_scores(scores, batch.places)[:, :NO_EVENT].argmax(-1).tolist()
        for (cut, item), guess in zip(chunk, best, strict=True):
            if len(item.roots) == 1 and NO_EVENT not in item.roots:
                roots[cut.example.set].append((*item.roots, guess))
    lines = [f"{layer}: {_line(hits[layer])}" for layer in hits]
    lines += [f"linked recipients: {np.mean(linked):.3f} of {len(linked)}"]
    return "\n".join(lines + [f"roots of {name}: {_roots(pairs)}" for name, pairs in roots.items()])


def _scored(
    network: Network, found: list[tuple[Cut, Item]]
) -> Iterator[tuple[list[tuple[Cut, Item]], Batch, torch.Tensor]]:
    found.sort(key=lambda entry: len(entry[1].ids))
    for start in range(0, len(found), _CHUNK):
        chunk = found[start : start + _CHUNK]
        batch = padded([item for _, item in chunk]).to(DEVICE)
        with torch.no_grad(), torch.autocast(DEVICE.type, torch.bfloat16):
            scores = network.score(batch)
        yield chunk, batch, scores


def _count_layers(hits: Hits, prefix: str, chunk: list[tuple[Cut, Item]], scores: torch.Tensor) -> None:
    told = scores.cpu().numpy()
    for row, (_, item) in enumerate(chunk):
        words = told[row, item.heads]
        for number, layer in enumerate(LAYERS):
            if (item.labels[number] != UNKNOWN_LABEL).any():
                _count(hits[prefix + layer], layer, log_shares(words[:, SLICES[layer]]), item.labels[number])


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


def _roots(pairs: list[tuple[int, int]]) -> str:
    def f1(root: int) -> float:
        both = sum(gold == guess == root for gold, guess in pairs)
        return 2 * both / max(1, sum((gold == root) + (guess == root) for gold, guess in pairs))

    known = [root for root in range(len(ROOTS)) if any(gold == root for gold, _ in pairs)]
    right = np.mean([gold == guess for gold, guess in pairs])
    return f"{right:.3f} of {len(pairs)}, macro F1 {np.mean([f1(root) for root in known]):.3f}"
