"""Train the network: `python -m training.train --out FOLDER`. Started again, it goes on where it stopped."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from training.batches import (
    SHORTEST_WINDOW,
    WINDOW,
    Cut,
    Item,
    batches,
    cue_items,
    cue_words,
    cut_example,
    joined,
    padded,
    pair_items,
    text_items,
    varied,
)
from training.measure import measure
from training.sets import DATA, SETS, read_sets
from training.state import DEVICE, State

if TYPE_CHECKING:
    from collections.abc import Iterator

# How often each set is read: as running text, with a cue marked, with a pair marked.
TEXT_EPOCHS = {"worldwide": 9, "polnear": 6, "plv": 18, "gsr": 18, "cameo": 12, "own": 12}
CUE_EPOCHS = {"polnear": 3}
PAIR_EPOCHS = {"plv": 24, "gsr": 24, "cameo": 9, "own": 12, "synthetic": 1}
SEED = 20261126
_SAVED_SECONDS, _TOLD_STEPS, _MEASURED_STEPS = 120, 200, 2000


def plan(cuts: list[Cut], share: float, size: int) -> list[list[Item]]:
    """Lay out all batches of a run: a share of each set's epochs, spread evenly; the same for the same SEED."""
    placed: list[tuple[float, int, list[Item]]] = []
    for kind, epochs in (("text", TEXT_EPOCHS), ("cue", CUE_EPOCHS), ("pair", PAIR_EPOCHS)):
        for name, full in epochs.items():
            count = round(full * share)
            own = [cut for cut in cuts if cut.example.set == name]
            for epoch in range(count):
                rng = random.Random(f"{SEED} {kind} {name} {epoch}")
                letters = np.random.default_rng(rng.getrandbits(32))
                found = [varied(item, letters) for item in _read(own, kind, rng)]
                for group in batches(found, size, rng):
                    if group:
                        placed.append(((epoch + rng.random()) / count, len(placed), group))
    return [group for *_, group in sorted(placed, key=lambda entry: entry[:2])]


def _read(cuts: list[Cut], kind: str, rng: random.Random) -> Iterator[Item]:
    """Read a set once, in one of three ways."""
    if kind == "cue":
        words = cue_words(cuts)
        for cut in cuts:
            yield from cue_items(cut, rng, words)
    elif kind == "pair":
        for cut in cuts:
            yield from pair_items(cut, rng)
    else:
        if cuts and cuts[0].example.pairs:
            known = [cut.example for cut in cuts if cut.example.layers]
            cuts = [cut_example(example) for example in joined(known, rng)]
        for cut in cuts:
            yield from text_items(cut, rng.randint(SHORTEST_WINDOW, WINDOW))


def train(state: State, steps: list[list[Item]], held_out: list[Cut], path: Path) -> None:
    """Take the steps that are left; measure, tell and save on the way."""
    saved = told = time.monotonic()
    total, pieces = torch.zeros(()), 0
    while state.step < len(steps):
        batch = padded(steps[state.step])
        total, pieces = total.to(DEVICE) + state.learn(batch), pieces + batch.ids.numel()
        last = state.step == len(steps)
        if state.step % _TOLD_STEPS == 0:
            pace = pieces / (time.monotonic() - told)
            print(f"{state.step}/{len(steps)} loss {total / _TOLD_STEPS:.4f}, {pace:.0f} pieces a second", flush=True)
            total, pieces, told = torch.zeros(()), 0, time.monotonic()
        if last or state.step % _MEASURED_STEPS == 0:
            print(measure(state.averaged, held_out), flush=True)
        if last or time.monotonic() - saved > _SAVED_SECONDS:
            state.save(path)
            saved = time.monotonic()


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the gold sets")
    parser.add_argument("--out", type=Path, required=True, help="where the state is kept")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS), help="what is not named is left out")
    parser.add_argument("--begun", type=Path, help="the folder of a finished run to go on from")
    parser.add_argument("--share", type=float, default=1.0, help="read each set for this share of its epochs")
    parser.add_argument("--batch", type=int, default=1536, help="pieces a step")
    parser.add_argument("--peak", type=float, default=3e-4, help="the highest rate of learning")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(given.threads)
    cuts = [cut_example(example) for example in read_sets(given.data, tuple(given.sets))]
    held_out = [cut for cut in cuts if cut.example.held_out]
    steps = plan([cut for cut in cuts if not cut.example.held_out], given.share, given.batch)
    state, path = State(len(steps), given.peak, given.begun), given.out / "state.pt"
    given.out.mkdir(parents=True, exist_ok=True)
    if path.exists():
        state.load(path)
    print(f"{len(steps)} steps, from {state.step}; {len(held_out)} texts held out", flush=True)
    train(state, steps, held_out, path)


if __name__ == "__main__":
    main()
