"""A training run at one step: the network, its running average, and what is needed to go on."""

from __future__ import annotations

import math
from copy import deepcopy
from typing import TYPE_CHECKING

import torch

from training.network import Network, loss

if TYPE_CHECKING:
    from pathlib import Path

    from training.batches import Batch

_WARM_UP, _DECAY, _CLIP = 0.06, 0.01, 1.0
# The average forgets over some 500 steps; it scores better than the network of any one step.
_AVERAGED = 0.998
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class State:
    """Trains for a number of steps, and can be saved and loaded between any two."""

    def __init__(self, steps: int, peak: float, begun: Path | None = None) -> None:
        self.step = 0
        self.network = (trained(begun) if begun else Network()).to(DEVICE)
        # The words' own vectors stay as they came: as good after an epoch, quicker, and rare names keep their place.
        self.network.encoder.embeddings.word_embeddings.weight.requires_grad_(requires_grad=False)
        self.averaged = deepcopy(self.network).eval()
        self._trained = [p for p in self.network.parameters() if p.requires_grad]
        self._running = [p for p in self.averaged.parameters() if p.requires_grad]
        self._optimizer = torch.optim.AdamW(self._trained, peak, weight_decay=_DECAY, fused=True)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, lambda step: rate(step, steps))

    def learn(self, batch: Batch) -> torch.Tensor:
        """Take one step; give the loss before it."""
        self.network.train()
        batch = batch.to(DEVICE)
        with torch.autocast(DEVICE.type, torch.bfloat16):
            scores = self.network.score(batch)
        total = loss(scores, batch)
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._trained, _CLIP)
        self._optimizer.step()
        self._schedule.step()
        self._optimizer.zero_grad()
        self.step += 1
        kept = min(_AVERAGED, self.step / (self.step + 9))
        with torch.no_grad():
            torch._foreach_lerp_(self._running, self._trained, 1 - kept)
        return total.detach()

    def save(self, path: Path) -> None:
        """Write the state; a run that is cut off meanwhile keeps the former one."""
        aside = path.with_suffix(".new")
        torch.save({name: part.state_dict() for name, part in self._parts()} | self._numbers(), aside)
        aside.replace(path)

    def load(self, path: Path) -> None:
        """Go on from a state that was saved."""
        saved = torch.load(path, map_location=DEVICE)
        for name, part in self._parts():
            part.load_state_dict(saved[name])
        self.step = saved["step"]
        torch.set_rng_state(saved["rng"].cpu())

    def _parts(self) -> list[tuple[str, torch.nn.Module | torch.optim.Optimizer | torch.optim.lr_scheduler.LambdaLR]]:
        return [
            ("network", self.network),
            ("averaged", self.averaged),
            ("optimizer", self._optimizer),
            ("schedule", self._schedule),
        ]

    def _numbers(self) -> dict[str, int | torch.Tensor]:
        return {"step": self.step, "rng": torch.get_rng_state()}


def trained(run: Path) -> Network:
    """Load the averaged network of a run."""
    network = Network()
    network.load_state_dict(torch.load(run / "state.pt", map_location="cpu")["averaged"])
    return network.eval()


def rate(step: int, steps: int) -> float:
    """Give the share of the peak learning rate: up in a line, down in half a cosine."""
    warm = max(1, int(_WARM_UP * steps))
    return step / warm if step < warm else 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))
